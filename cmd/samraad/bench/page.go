package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/sqlitedialect"

	"database/sql"

	"github.com/samraad/samraad/forum"
)

// The storm on the meeting page.
const (
	clients = 50
	views   = 1_000
)

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
		var mine, theirs []float64
		measured := func(s *site, slow *[]float64) func(context.Context) (float64, error) {
			return func(ctx context.Context) (float64, error) {
				perSecond, p99, err := s.storm(ctx, clients, views, http.StatusOK)
				*slow = append(*slow, p99.Seconds())
				return perSecond, err
			}
		}
		return &pair{
			ours: measured(ours, &mine), other: measured(bare, &theirs),
			note: func() string {
				a, b := median(mine), median(theirs)
				return fmt.Sprintf("p99 %.0f ms against %.0f ms (%.1f×), %d bytes", a*1000, b*1000, a/b, size)
			},
			close: func() error { return errors.Join(ours.close(), bare.close()) },
		}, nil
	},
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
	raw, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		return nil, err
	}
	raw.SetMaxOpenConns(4)
	db := bun.NewDB(raw, sqlitedialect.New())
	ctx := context.Background()
	if _, err := db.NewCreateTable().Model((*bareRow)(nil)).Exec(ctx); err != nil {
		return nil, err
	}
	for i := range 60 {
		if _, err := db.NewInsert().Model(&bareRow{ID: int64(i + 1), Name: fmt.Sprintf("Ting %d", i), At: time.Now()}).Exec(ctx); err != nil {
			return nil, err
		}
	}
	page := make([]byte, size)
	for i := range page {
		page[i] = 'a'
	}
	s, err := bareFiber(func(c *fiber.Ctx) error {
		for i := range 3 {
			var rows []bareRow
			if err := db.NewSelect().Model(&rows).Where("id > ? AND id <= ?", i*20, i*20+20).Scan(c.UserContext()); err != nil {
				return err
			}
		}
		c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
		return c.Send(page)
	})
	if err != nil {
		return nil, err
	}
	stop := s.close
	s.close = func() error { return errors.Join(stop(), db.Close()) }
	return s, nil
}
