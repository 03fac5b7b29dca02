package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/api"
	"github.com/samraad/samraad/forum/calendar"
	"github.com/samraad/samraad/forum/web"
	governedapi "github.com/samraad/samraad/governance/api"
	governedweb "github.com/samraad/samraad/governance/web"
)

// meetings is how many a feed has.
const meetings = 500

// unchangedRow asks as a calendar asks that has the feed: ours looks up the
// secret, whether its owner may still read, and whether the feed says something
// else by now; the other knows nothing and always answers 304.
var unchangedRow = row{
	name: "unchanged", what: "500 meetings' feed, unchanged (304)", against: "a bare Fiber handler", goal: "≥ 0.2×",
	prepare: func(ctx context.Context, folder string) (*pair, error) {
		site, err := feedSite(ctx, folder)
		if err != nil {
			return nil, err
		}
		bare, err := bareFiber(func(c *fiber.Ctx) error { return c.SendStatus(fiber.StatusNotModified) })
		if err != nil {
			return nil, errors.Join(err, site.close())
		}
		const asks = 2_000
		p := &pair{
			ours:  func(ctx context.Context) (float64, error) { return site.ask(ctx, asks, http.StatusNotModified) },
			other: func(ctx context.Context) (float64, error) { return bare.ask(ctx, asks, http.StatusNotModified) },
			close: func() error { return errors.Join(site.close(), bare.close()) },
		}
		return p, warmed(ctx, p)
	},
}

// site is a page that is asked for.
type site struct {
	url    string
	header http.Header
	again  func(ctx context.Context) error // makes what is read new to everybody, nil for nothing
	write  func(ctx context.Context) error // something into its database
	close  func() error
}

// startFeed gives a member a feed, in place of the one that is there.
func (h *house) startFeed(ctx context.Context) (secret string, err error) {
	return secret, h.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
		by, err := as(ctx, tx, member(0))
		if err != nil {
			return err
		}
		feeds, err := tx.Feeds(ctx, by.Person)
		if err != nil {
			return err
		}
		for _, f := range feeds {
			if err := forum.RevokeFeed(ctx, tx, by, f.ID); err != nil {
				return err
			}
		}
		if err := forum.StartFeed(ctx, tx, by, 0); err != nil {
			return err
		}
		if feeds, err = tx.Feeds(ctx, by.Person); err != nil {
			return err
		}
		secret = feeds[0].Secret
		return nil
	})
}

// feedSite serves the feed of somebody with many meetings, and asks as a calendar that has it.
func feedSite(ctx context.Context, folder string) (*site, error) {
	h, err := newHouse(ctx, filepath.Join(folder, "house"), areaOf(1, 1))
	if err != nil {
		return nil, err
	}
	for i := range meetings {
		if _, err := h.called(ctx, 10+i); err != nil {
			return nil, errors.Join(err, h.close())
		}
	}
	secret, err := h.startFeed(ctx)
	if err != nil {
		return nil, errors.Join(err, h.close())
	}
	s, err := h.serve(ctx)
	if err != nil {
		return nil, err
	}
	s.again = h.renewed(s, s.url+"/calendar/")
	s.url += "/calendar/" + secret + ".ics"
	answer, err := get(ctx, s.url, nil)
	if err != nil {
		return nil, errors.Join(err, s.close())
	}
	s.header = http.Header{"If-None-Match": {answer.Get("ETag")}}
	return s, nil
}

// serve opens the pages of a house.
func (h *house) serve(ctx context.Context) (*site, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, errors.Join(err, h.close())
	}
	url := "http://" + listener.Addr().String()
	programs := api.New(api.Options{Keeper: h, Files: h.files, Almanac: calendar.Almanac{}, URL: url, Log: h.log, More: governedapi.Operations})
	server := web.New(web.Options{Keeper: h, Files: h.files, URL: url, Log: h.log, API: programs, House: governedweb.House{}})
	go func() { _ = server.Serve(listener) }()
	return &site{url: url, close: func() error {
		return errors.Join(server.Shutdown(context.WithoutCancel(ctx)), h.close())
	}}, nil
}

// bareFiber serves one handler, configured as ours is.
func bareFiber(handler fiber.Handler) (*site, error) {
	app := fiber.New(fiber.Config{DisableStartupMessage: true, Immutable: true})
	app.Get("/", handler)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	go func() { _ = app.Listener(listener) }()
	return &site{url: "http://" + listener.Addr().String() + "/", close: app.Shutdown}, nil
}

// ask asks so many times on a few connections.
func (s *site) ask(ctx context.Context, times, status int) (float64, error) {
	rates, _, err := s.storm(ctx, connections, times, status)
	return rates, err
}

// get asks once and gives the headers.
func get(ctx context.Context, url string, header http.Header) (http.Header, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	request.Header = header
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		return nil, err
	}
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s answered %s", url, answer.Status)
	}
	return answer.Header, nil
}

// patience bounds one request.
const patience = time.Minute
