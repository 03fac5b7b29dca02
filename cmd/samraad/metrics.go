package main

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/samraad/samraad/forum"
)

// metrics are what an operator watches: what failed for good and what waits,
// read from the database when asked, and what this process did.
type metrics struct {
	registry *prometheus.Registry
	jobs     *prometheus.CounterVec
	mails    *prometheus.CounterVec
	readings *prometheus.CounterVec
	visits   *prometheus.HistogramVec
	mailbox  *mailboxMetrics
}

func newMetrics(keeper forum.Keeper) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		jobs: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "samraad_jobs_total", Help: "Jobs worked by this process, by kind and outcome.",
		}, []string{"kind", "outcome"}),
		mails: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "samraad_mails_total", Help: "Mails offered over SMTP, by the code of the answer.",
		}, []string{"code"}),
		readings: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "samraad_mails_read_total", Help: "Accepted mails, by what became of them.",
		}, []string{"state"}),
		visits: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "samraad_http_seconds", Help: "Time to answer a request, by method, route and status.", Buckets: prometheus.DefBuckets,
		}, []string{"method", "route", "status"}),
	}
	m.mailbox = newMailboxMetrics(m.registry)
	m.registry.MustRegister(
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), m.jobs, m.mails, m.readings, m.visits,
		waiting(keeper, "samraad_jobs_failed", "Jobs that were given up, at most 1000.", func(ctx context.Context, tx forum.Tx) (int, error) {
			jobs, err := tx.FailedJobs(ctx, 1000)
			return len(jobs), err
		}),
		waiting(keeper, "samraad_messages_failed", "Outgoing messages that failed for good.", func(ctx context.Context, tx forum.Tx) (int, error) {
			return countMessages(ctx, tx, forum.Failed)
		}),
		waiting(keeper, "samraad_messages_queued", "Outgoing messages that wait to be handed over.", func(ctx context.Context, tx forum.Tx) (int, error) {
			return countMessages(ctx, tx, forum.Queued)
		}),
		waiting(keeper, "samraad_mail_unread", "Accepted mails that are not understood yet.", func(ctx context.Context, tx forum.Tx) (int, error) {
			return tx.CountIncoming(ctx, 0, forum.Accepted)
		}),
		waiting(keeper, "samraad_mail_unproven", "Accepted mails whose author is still to be proven.", func(ctx context.Context, tx forum.Tx) (int, error) {
			return tx.CountIncoming(ctx, 0, forum.Unproven)
		}),
	)
	return m
}

func countMessages(ctx context.Context, tx forum.Tx, state forum.MessageState) (int, error) {
	counts, err := tx.CountMessages(ctx, state)
	all := 0
	for _, n := range counts {
		all += n
	}
	return all, err
}

// readWithin bounds what one scrape may take of the database.
const readWithin = 5 * time.Second

// waiting is a gauge that counts something in the database; -1 when it cannot.
func waiting(keeper forum.Keeper, name, help string, count func(context.Context, forum.Tx) (int, error)) prometheus.Collector {
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, func() float64 {
		ctx, cancel := context.WithTimeout(context.Background(), readWithin)
		defer cancel()
		found := -1
		_ = keeper.Read(ctx, func(ctx context.Context, tx forum.Tx) error {
			n, err := count(ctx, tx)
			if err == nil {
				found = n
			}
			return err
		})
		return float64(found)
	})
}

func (m *metrics) jobDone(kind string, err error) {
	outcome := "done"
	if err != nil {
		outcome = "failed"
	}
	m.jobs.WithLabelValues(kind, outcome).Inc()
}

func (m *metrics) mailAnswered(code, _ int) { m.mails.WithLabelValues(strconv.Itoa(code)).Inc() }

func (m *metrics) mailRead(state forum.IncomingState) {
	m.readings.WithLabelValues(string(state)).Inc()
}

func (m *metrics) visitAnswered(method, route string, status int, took time.Duration) {
	m.visits.WithLabelValues(method, route, strconv.Itoa(status)).Observe(took.Seconds())
}

// server answers GET /metrics, and nothing else.
func (m *metrics) server() *http.Server {
	paths := http.NewServeMux()
	paths.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	return &http.Server{Handler: paths, ReadTimeout: 10 * time.Second, WriteTimeout: 30 * time.Second}
}
