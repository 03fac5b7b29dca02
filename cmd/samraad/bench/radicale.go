package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// reads is how many first reads one measurement takes.
const reads = 10

// feedRow reads a calendar of 500 meetings whole, as one does that has nothing
// of it yet. Both have the calendar's text from before: ours from when somebody
// read it last, if nothing changed since, the other that of each event. The note
// says how fast ours is when all of it has to be written anew: in a feed that
// was just started, whose text is kept on the disk before it is sent.
var feedRow = row{
	name: "feed", what: "500 meetings' feed, first read", against: "Debian's radicale, GET of 500 events", goal: "≥ 8×",
	prepare: func(ctx context.Context, folder string) (*pair, error) {
		ours, err := feedSite(ctx, folder)
		if err != nil {
			return nil, err
		}
		other, err := startRadicale(ctx, filepath.Join(folder, "radicale"))
		if err != nil {
			return nil, errors.Join(err, ours.close())
		}
		ours.header = nil
		p := &pair{
			ours: ours.first, other: other.first,
			close: func() error { return errors.Join(ours.close(), other.close()) },
		}
		p.note = func(ctx context.Context) (string, error) {
			var mine, theirs []float64
			for range rounds {
				a, err := ours.anew(ctx)
				if err != nil {
					return "", err
				}
				b, err := other.first(ctx)
				if err != nil {
					return "", err
				}
				mine, theirs = append(mine, a), append(theirs, b)
			}
			return fmt.Sprintf("written anew %s/s (%.2f×)", figure(median(mine)), median(mine)/median(theirs)), nil
		}
		return p, warmed(ctx, p)
	},
}

// first is how often a second the whole is read.
func (s *site) first(ctx context.Context) (float64, error) {
	start := time.Now()
	for range reads {
		if _, err := get(ctx, s.url, s.header); err != nil {
			return 0, err
		}
	}
	return rate(reads, start), nil
}

// anew is first for what has to be written each time.
func (s *site) anew(ctx context.Context) (float64, error) {
	var took time.Duration
	for range reads {
		if err := s.again(ctx); err != nil {
			return 0, err
		}
		start := time.Now()
		if _, err := get(ctx, s.url, s.header); err != nil {
			return 0, err
		}
		took += time.Since(start)
	}
	return reads / took.Seconds(), nil
}

// renewed puts a feed that nobody has read yet in the place of the one before.
func (h *house) renewed(s *site, folder string) func(context.Context) error {
	return func(ctx context.Context) error {
		secret, err := h.startFeed(ctx)
		s.url = folder + secret + ".ics"
		return err
	}
}

// radicaleConf serves one folder to anybody on this machine.
const radicaleConf = `[server]
hosts = 127.0.0.1:%d
[auth]
type = none
[rights]
type = authenticated
[storage]
filesystem_folder = %s
[logging]
level = error
`

func startRadicale(ctx context.Context, folder string) (*site, error) {
	program, err := exec.LookPath("radicale")
	if err != nil {
		return nil, errors.New("radicale is missing: apt-get install -y --no-install-recommends radicale")
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	calendar := filepath.Join(folder, "collection-root", "medlem", "kalender")
	if err := os.MkdirAll(calendar, 0o755); err != nil {
		return nil, err
	}
	conf := filepath.Join(folder, "radicale.conf")
	err = errors.Join(
		os.WriteFile(conf, fmt.Appendf(nil, radicaleConf, port, folder), 0o644),
		os.WriteFile(filepath.Join(calendar, ".Radicale.props"), []byte(`{"tag": "VCALENDAR", "D:displayname": "kalender"}`), 0o644),
	)
	for i := range meetings {
		err = errors.Join(err, os.WriteFile(filepath.Join(calendar, fmt.Sprintf("%d.ics", i)), event(i), 0o644))
	}
	if err != nil {
		return nil, err
	}
	serving := exec.CommandContext(context.WithoutCancel(ctx), program, "--config", conf)
	if err := serving.Start(); err != nil {
		return nil, err
	}
	s := &site{
		url:    fmt.Sprintf("http://127.0.0.1:%d/medlem/kalender/", port),
		header: http.Header{"Authorization": {"Basic bWVkbGVtOng="}}, // medlem, whom nobody asks for a password
		close: func() error {
			err := serving.Process.Signal(os.Interrupt)
			_ = serving.Wait() // it was told to end
			return err
		},
	}
	err = until(ctx, func() (bool, error) {
		_, err := get(ctx, s.url, s.header)
		return err == nil, nil
	})
	return s, err
}

// event is a meeting as a calendar file.
func event(i int) []byte {
	start := time.Now().UTC().AddDate(0, 0, 10+i).Truncate(time.Hour)
	const layout = "20060102T150405Z"
	return fmt.Appendf(nil, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//bench//EN\r\nBEGIN:VEVENT\r\nUID:%d@bench.example\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:%s\r\nDTEND:%s\r\nSUMMARY:Møte i Samarbeidsrådet\r\nLOCATION:Heradshuset\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
		i, start.Format(layout), start.Add(2*time.Hour).Format(layout))
}
