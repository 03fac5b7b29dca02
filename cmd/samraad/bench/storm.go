package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// storm asks for a page from many clients at once, as it is and not compressed,
// so that both sides send the same bytes; it gives the rate, and how long the
// slowest hundredth waited at the least.
func (s *site) storm(ctx context.Context, clients, times, status int) (perSecond float64, p99 time.Duration, err error) {
	transport := &http.Transport{MaxIdleConnsPerHost: clients, MaxConnsPerHost: clients, DisableCompression: true}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport, Timeout: patience}
	took := make([]time.Duration, times)
	var next atomic.Int64
	failures := make(chan error, clients)
	start := time.Now()
	var wait sync.WaitGroup
	for range clients {
		wait.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= times {
					return
				}
				began := time.Now()
				if err := s.once(ctx, client, status); err != nil {
					failures <- err
					return
				}
				took[i] = time.Since(began)
			}
		})
	}
	wait.Wait()
	perSecond = rate(times, start)
	select {
	case err := <-failures:
		return 0, 0, err
	default:
	}
	slices.Sort(took)
	return perSecond, took[times*99/100], nil
}

func (s *site) once(ctx context.Context, client *http.Client, status int) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url, nil)
	if err != nil {
		return err
	}
	for name, values := range s.header {
		request.Header[name] = values
	}
	answer, err := client.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		return err
	}
	if answer.StatusCode != status {
		return fmt.Errorf("%s answered %s", s.url, answer.Status)
	}
	return nil
}

// warmed lets both sides do once what is measured, so that neither is measured
// on its first connections and an empty memory.
func warmed(ctx context.Context, p *pair) error {
	for _, side := range []func(context.Context) (float64, error){p.ours, p.other} {
		if _, err := side(ctx); err != nil {
			return errors.Join(err, p.close())
		}
	}
	return nil
}

// everySecond does something at once and then each second, until it is stopped.
func everySecond(ctx context.Context, do func(context.Context) error) (stop func() error) {
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan error)
	go func() {
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		for {
			if err := do(context.WithoutCancel(ctx)); err != nil {
				ended <- err
				return
			}
			select {
			case <-ctx.Done():
				ended <- nil
				return
			case <-tick.C:
			}
		}
	}()
	return func() error {
		cancel()
		return <-ended
	}
}
