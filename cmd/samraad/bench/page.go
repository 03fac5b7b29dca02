package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"runtime"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/sqlitedialect"

	"github.com/samraad/samraad/forum"
)

// The storm on the meeting page.
const (
	clients = 50
	views   = 2_000
)

// pageRow asks for one page from many clients. Ours recognises the visitor, asks
// for each right, reads the meeting with its agenda, invitations, answers and
// history in one transaction, and writes the page. The other reads three lists
// of twenty rows by three queries, from a database that is opened as ours is,
// and sends bytes that it holds ready. Nothing is written meanwhile; the note
// says what one act a second does to ours and one row a second to the other.
var pageRow = row{
	name: "page", what: "the meeting page, 50 clients", against: "a bare Fiber handler with three bun reads and a page of the same bytes",
	goal: "≥ 0.4×, p99 ≤ 3×",
	prepare: func(ctx context.Context, folder string) (*pair, error) {
		ours, err := meetingSite(ctx, filepath.Join(folder, "ours"))
		if err != nil {
			return nil, err
		}
		size, err := ours.size(ctx)
		if err != nil {
			return nil, errors.Join(err, ours.close())
		}
		bare, err := barePage(filepath.Join(folder, "bare.db"), size)
		if err != nil {
			return nil, errors.Join(err, ours.close())
		}
		a, b := &stormed{site: ours}, &stormed{site: bare}
		p := &pair{ours: a.once, other: b.once, close: func() error { return errors.Join(ours.close(), bare.close()) }}
		p.note = func(ctx context.Context) (string, error) {
			quiet := slowest(a, b)
			busyA, err := a.whileWriting(ctx)
			if err != nil {
				return "", err
			}
			busyB, err := b.whileWriting(ctx)
			return fmt.Sprintf("%d bytes, %s; while each is written to once a second %s/s against %s/s (%.2f×), %s",
				size, quiet, figure(busyA), figure(busyB), busyA/busyB, slowest(a, b)), err
		}
		err = warmed(ctx, p)
		a.p99, b.p99 = nil, nil
		return p, err
	},
}

// stormed is a page that is asked for by all clients at once.
type stormed struct {
	*site
	p99 []float64 // of each storm, in seconds
}

func (s *stormed) once(ctx context.Context) (float64, error) {
	perSecond, p99, err := s.storm(ctx, clients, views, http.StatusOK)
	s.p99 = append(s.p99, p99.Seconds())
	return perSecond, err
}

// whileWriting is the median rate while the site is written to once a second.
func (s *stormed) whileWriting(ctx context.Context) (float64, error) {
	s.p99 = nil
	stop := everySecond(ctx, s.write)
	var rates []float64
	for range rounds {
		perSecond, err := s.once(ctx)
		if err != nil {
			return 0, errors.Join(err, stop())
		}
		rates = append(rates, perSecond)
	}
	return median(rates), stop()
}

// slowest says how long the slowest hundredth waits on both sides.
func slowest(a, b *stormed) string {
	ours, other := median(a.p99), median(b.p99)
	return fmt.Sprintf("p99 %.0f ms against %.0f ms (%.1f×)", ours*1000, other*1000, ours/other)
}

// meetingSite serves a called meeting with ten matters, to a member who is signed in.
func meetingSite(ctx context.Context, folder string) (*site, error) {
	h, err := newHouse(ctx, folder, areaOf(seats, 1))
	if err != nil {
		return nil, err
	}
	id, err := h.called(ctx, 30)
	if err != nil {
		return nil, errors.Join(err, h.close())
	}
	var secret string
	err = h.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
		by, err := as(ctx, tx, secretary)
		if err != nil {
			return err
		}
		m, err := tx.Meeting(ctx, id)
		if err != nil {
			return err
		}
		for i := range 10 {
			matter, err := forum.ProposeMatter(ctx, tx, by, m.ForumID, forum.Proposal{Title: fmt.Sprintf("Sak nummer %d", i), Kind: forum.DecisionMatter, Text: "Vi ber rådet drøfte dette.", Source: forum.ByWeb})
			if err != nil {
				return err
			}
			if _, err := forum.PlaceMatter(ctx, tx, by, matter.ID, id); err != nil {
				return err
			}
		}
		pass, err := forum.IssuePass(ctx, tx, forum.Operator(), member(0))
		if err != nil {
			return err
		}
		secret, err = forum.RedeemPass(ctx, tx, pass)
		return err
	})
	if err != nil {
		return nil, errors.Join(err, h.close())
	}
	s, err := h.serve(ctx)
	if err != nil {
		return nil, err
	}
	s.url += fmt.Sprintf("/meetings/%d", id)
	s.header = http.Header{"Cookie": {"session=" + secret}}
	s.write = h.propose
	return s, nil
}

// size is how many bytes the page has.
func (s *site) size(ctx context.Context) (int64, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url, nil)
	if err != nil {
		return 0, err
	}
	request.Header = s.header
	answer, err := (&http.Client{Timeout: patience, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}).Do(request)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("%s answered %s", s.url, answer.Status)
	}
	return io.Copy(io.Discard, answer.Body)
}

// bareRow is what the bare page reads.
type bareRow struct {
	bun.BaseModel `bun:"table:things"`
	ID            int64 `bun:",pk"`
	Name          string
	At            time.Time
}

// barePage reads three lists by bun and answers as many bytes as our page has.
func barePage(path string, size int64) (*site, error) {
	ctx := context.Background()
	writer, err := openBare(path, "_txlock=immediate", 1)
	if err != nil {
		return nil, err
	}
	if _, err := writer.NewCreateTable().Model((*bareRow)(nil)).Exec(ctx); err != nil {
		return nil, err
	}
	insert := func(ctx context.Context, id int) error {
		_, err := writer.NewInsert().Model(&bareRow{ID: int64(id), Name: fmt.Sprintf("Ting %d", id), At: time.Now()}).Exec(ctx)
		return err
	}
	rows := 0
	for ; rows < 60; rows++ {
		if err := insert(ctx, rows+1); err != nil {
			return nil, err
		}
	}
	reader, err := openBare(path, "_pragma=query_only(1)", max(4, runtime.NumCPU()))
	if err != nil {
		return nil, err
	}
	page := bytes.Repeat([]byte("a"), int(size))
	s, err := bareFiber(func(c *fiber.Ctx) error {
		for i := range 3 {
			var rows []bareRow
			if err := reader.NewSelect().Model(&rows).Where("id > ? AND id <= ?", i*20, i*20+20).Scan(c.UserContext()); err != nil {
				return err
			}
		}
		c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
		return c.Send(page)
	})
	if err != nil {
		return nil, err
	}
	s.write = func(ctx context.Context) error {
		rows++
		return insert(ctx, rows)
	}
	stop := s.close
	s.close = func() error { return errors.Join(stop(), reader.Close(), writer.Close()) }
	return s, nil
}

// openBare opens SQLite as the store does.
func openBare(path, more string, connections int) (*bun.DB, error) {
	raw, err := sql.Open("sqlite", "file:"+path+
		"?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&"+more)
	if err != nil {
		return nil, err
	}
	raw.SetMaxOpenConns(connections)
	raw.SetMaxIdleConns(connections)
	return bun.NewDB(raw, sqlitedialect.New()), nil
}
