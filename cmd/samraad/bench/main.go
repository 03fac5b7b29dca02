// Command bench measures the program against named others in the same run, and
// prints one table of medians and ratios. Its figures are printed, never asserted.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/pprof"
	"slices"
	"strings"
	"syscall"
	"text/tabwriter"
	"time"
)

// rounds is how often each side of a row is measured; the median counts.
const rounds = 5

// row is one line of the table: ours and another measured by turns.
type row struct {
	name    string
	what    string
	against string
	goal    string
	prepare func(ctx context.Context, folder string) (*pair, error)
}

// pair is what a row measures; the values are things done in a second.
type pair struct {
	ours, other func(ctx context.Context) (float64, error)
	note        func(ctx context.Context) (string, error) // said below the table, nil for nothing
	close       func() error
}

// rows is the table.
var rows = []row{
	smtpRow, postfixRow, matterRow, readingRow, invitationRow, feedRow, unchangedRow, pageRow, mayRow,
	votesRow(SQLite, spread), programsRow(SQLite, spread), votesRow(SQLite, hot), programsRow(SQLite, hot),
	votesRow(Postgres, spread), programsRow(Postgres, spread), votesRow(Postgres, hot), programsRow(Postgres, hot),
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	only := flag.String("only", "", "names of rows, by commas; all of them unless given")
	keep := flag.String("o", "", "file that the table is kept in, too")
	profile := flag.String("profile", "", "file for a profile of the processor's time")
	flag.Parse()
	err := profiled(*profile, func() error { return run(ctx, os.Stdout, *only, *keep) })
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// profiled runs with a profile, unless its path is empty.
func profiled(path string, run func() error) error {
	if path == "" {
		return run()
	}
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := pprof.StartCPUProfile(file); err != nil {
		return err
	}
	err = run()
	pprof.StopCPUProfile()
	return errors.Join(err, file.Close())
}

func run(ctx context.Context, out io.Writer, only, keep string) error {
	var table strings.Builder
	lines := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	fmt.Fprintln(lines, "what\tagainst\tours\tthe other\tratio\tgoal")
	var notes []string
	var failed error
	for _, r := range rows {
		if only != "" && !slices.Contains(strings.Split(only, ","), r.name) {
			continue
		}
		fmt.Fprintf(os.Stderr, "%s …\n", r.name)
		ours, other, note, err := r.measure(ctx)
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("%s: %w", r.name, err))
			fmt.Fprintf(lines, "%s\t%s\tnot measured\t\t\t%s\n", r.what, r.against, r.goal)
			continue
		}
		fmt.Fprintf(lines, "%s\t%s\t%s/s\t%s/s\t%.2f×\t%s\n", r.what, r.against, figure(ours), figure(other), ours/other, r.goal)
		if note != "" {
			notes = append(notes, r.what+": "+note)
		}
	}
	if err := lines.Flush(); err != nil {
		return err
	}
	for _, note := range notes {
		fmt.Fprintln(&table, note)
	}
	fmt.Fprintf(&table, "Medians of %d turns, both sides warm, on %s.\n", rounds, machine())
	if _, err := io.WriteString(out, table.String()); err != nil {
		return err
	}
	if keep != "" {
		failed = errors.Join(failed, os.WriteFile(keep, []byte(table.String()), 0o644))
	}
	return failed
}

// measure takes turns, so that what else the machine does meets both sides.
func (r row) measure(ctx context.Context) (ours, other float64, note string, err error) {
	folder, err := os.MkdirTemp("", "samraad-bench-")
	if err != nil {
		return 0, 0, "", err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	p, err := r.prepare(ctx, folder)
	if err != nil {
		return 0, 0, "", err
	}
	if p.close != nil {
		defer func() { err = errors.Join(err, p.close()) }()
	}
	var mine, theirs []float64
	for i := range rounds + 1 {
		a, err := p.ours(ctx)
		if err != nil {
			return 0, 0, "", fmt.Errorf("ours: %w", err)
		}
		b, err := p.other(ctx)
		if err != nil {
			return 0, 0, "", fmt.Errorf("the other: %w", err)
		}
		if i > 0 { // the first warms both up
			mine, theirs = append(mine, a), append(theirs, b)
		}
	}
	if p.note != nil {
		if note, err = p.note(ctx); err != nil {
			return 0, 0, "", err
		}
	}
	return median(mine), median(theirs), note, nil
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

// figure writes a rate as people read it.
func figure(rate float64) string {
	switch {
	case rate >= 1000:
		return fmt.Sprintf("%.0f", rate)
	case rate >= 10:
		return fmt.Sprintf("%.1f", rate)
	}
	return fmt.Sprintf("%.2f", rate)
}

// rate is how many things a second n done since a start are.
func rate(n int, since time.Time) float64 { return float64(n) / time.Since(since).Seconds() }
