package print

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime/debug"
	"strconv"
	"strings"
	"time"
)

// Child starts a program that calls Serve, once for each piece of work.
type Child struct {
	Path   string // of the program
	Args   []string
	Memory int64         // bytes it may take for a paper, 0 for UsualMemory
	Time   time.Duration // it may take for a paper, 0 for UsualTime
}

// What a child may take unless said otherwise.
const (
	UsualMemory = 1 << 30
	UsualTime   = 30 * time.Second
)

// The environment of a child: its limits and nothing else.
const (
	memoryVariable = "SAMRAAD_PRINT_MEMORY" // bytes
	timeVariable   = "SAMRAAD_PRINT_TIME"   // whole seconds on the processor
)

// Serve does one piece of work that a Child sends: it limits its own process,
// reads the work from r and writes the answer to w. It is to be called by a
// process that does nothing else.
func Serve(r io.Reader, w io.Writer) error {
	memory, seconds, err := limits()
	if err != nil {
		return err
	}
	if err := limitProcess(memory, seconds); err != nil {
		return err
	}
	debug.SetMemoryLimit(memory / 10 * 8)
	var asked work
	if err := gob.NewDecoder(r).Decode(&asked); err != nil {
		return err
	}
	return gob.NewEncoder(w).Encode(asked.do())
}

func limits() (memory int64, seconds uint64, err error) {
	memory, err = strconv.ParseInt(os.Getenv(memoryVariable), 10, 64)
	if err == nil {
		seconds, err = strconv.ParseUint(os.Getenv(timeVariable), 10, 64)
	}
	if err != nil {
		return 0, 0, fmt.Errorf("the server starts this, with limits in the environment: %w", err)
	}
	return memory, seconds, nil
}

// run has a child do the work. One that dies over a paper leaves it apart.
func (c *Child) run(ctx context.Context, w work) (answer, error) {
	memory, limit := c.limitsFor(w)
	timed, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	command := exec.CommandContext(timed, c.Path, c.Args...)
	command.Env = []string{
		memoryVariable + "=" + strconv.FormatInt(memory, 10),
		timeVariable + "=" + strconv.Itoa(int(limit/time.Second)+1),
	}
	inGroup(command)
	command.WaitDelay = time.Second
	var sent, got, said bytes.Buffer
	if err := gob.NewEncoder(&sent).Encode(w); err != nil {
		return answer{}, failed(err)
	}
	command.Stdin, command.Stdout, command.Stderr = &sent, &limited{&got, 8 * MostBytes}, &tail{to: &said}
	err := command.Run()
	var a answer
	var exited *exec.ExitError
	switch {
	case err == nil:
		if err := gob.NewDecoder(&got).Decode(&a); err != nil {
			return answer{Reason: Broken, Failed: err.Error()}, nil
		}
		return a, nil
	case ctx.Err() != nil:
		return answer{}, failed(ctx.Err())
	case timed.Err() != nil:
		return answer{Reason: TimedOut, Failed: "took longer than " + limit.String()}, nil
	case errors.As(err, &exited):
		return answer{Reason: deathOf(said.String(), err), Failed: fmt.Sprintf("%v: %s", err, &said)}, nil
	}
	return answer{}, failed(err)
}

// limitsFor are memory and time for a piece of work: what joins papers that
// were already read may take more, by how many bytes they are.
func (c *Child) limitsFor(w work) (memory int64, limit time.Duration) {
	memory, limit = c.Memory, c.Time
	if memory == 0 {
		memory = UsualMemory
	}
	if limit == 0 {
		limit = UsualTime
	}
	if w.Do == bindPaper {
		return memory, limit
	}
	for _, bound := range w.Bound {
		memory += 8 * int64(len(bound))
	}
	for _, part := range w.Parts {
		memory += 8 * int64(len(part.PDF))
	}
	return memory, 4 * limit
}

// deathOf is what a child's death says of the paper that it had in hand.
func deathOf(said string, err error) Reason {
	switch {
	case strings.Contains(said, "out of memory"), strings.Contains(said, "cannot allocate memory"), strings.Contains(said, "stack overflow"):
		return TooLarge
	case strings.Contains(err.Error(), "CPU time limit exceeded"), strings.Contains(said, "SIGXCPU"):
		return TimedOut
	}
	return Broken
}

// tail keeps the first bytes of what a dying child says.
type tail struct{ to *bytes.Buffer }

func (t *tail) Write(b []byte) (int, error) {
	const most = 4000
	t.to.Write(b[:min(len(b), max(0, most-t.to.Len()))])
	return len(b), nil
}
