package web_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/store/storetest"
	"github.com/samraad/samraad/forum/web"
	"github.com/samraad/samraad/templates"
)

func TestOperation(t *testing.T) {
	ready := errors.New("no database")
	var mu sync.Mutex
	answered := map[string]int{}
	s := newStage(t, storetest.SQLite(t), func(o *web.Options) {
		o.Ready = func(context.Context) error { return ready }
		o.Answered = func(method, route string, status int, took time.Duration) {
			mu.Lock()
			defer mu.Unlock()
			answered[method+" "+route] = status
		}
	})
	b := s.stranger()
	b.get("/healthz").is(t, http.StatusOK)
	b.get("/readyz").is(t, http.StatusServiceUnavailable)
	ready = nil
	b.get("/readyz").is(t, http.StatusOK)
	b.get("/metrics").is(t, http.StatusNotFound)
	b.get(council + "/inbox?secret=1")
	b.get("/made/up")
	mu.Lock()
	defer mu.Unlock()
	if answered["GET /forums/:id/inbox"] != http.StatusForbidden || answered["GET other"] != http.StatusNotFound {
		t.Errorf("what was answered is %v", answered)
	}
	lines := s.logLines("request")
	if len(lines) != 6 || lines[4]["path"] != "/forums/1/inbox" || lines[4]["status"] != float64(http.StatusForbidden) {
		t.Errorf("the log is %v", lines)
	}
	if strings.Contains(s.log.String(), "secret") {
		t.Error("the log holds a query")
	}
}

func TestAssetsAreKeptForEver(t *testing.T) {
	sheet := templates.Asset("site.css")
	if sheet == "" {
		t.Fatal("the style sheet is not built: run make assets")
	}
	got := onSQLite(t).stranger().get(sheet).is(t, http.StatusOK)
	if got.header.Get("Cache-Control") != "public, max-age=31536000, immutable" || got.header.Get("Content-Type") != "text/css; charset=utf-8" {
		t.Errorf("the style sheet is sent with %v", got.header)
	}
}

// broken is a keeper whose database is away, or that fails in a way of its own.
type broken struct{ err error }

func (k broken) Read(context.Context, func(context.Context, forum.Tx) error) error  { return k.err }
func (k broken) Write(context.Context, func(context.Context, forum.Tx) error) error { return k.err }

func TestTrouble(t *testing.T) {
	tests := []struct {
		name string
		err  error
		want int
		says string
	}{
		{"database away", forum.Refuse(forum.Unavailable, "error.database").Because(errors.New("connection refused")), http.StatusServiceUnavailable, "Databasen svarar ikkje"},
		{"unforeseen", errors.New("column secret_column is missing"), http.StatusInternalServerError, "Nemn nummeret"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := newStage(t, storetest.SQLite(t), func(o *web.Options) { o.Keeper = broken{test.err} })
			b := s.stranger()
			got := b.get("/forums").is(t, test.want).has(t, test.says).lacks(t, "secret_column", "connection refused")
			b.post(council+"/matters/new", "title", "Sak").is(t, test.want).has(t, "Det du skreiv, vart ikkje lagra", ">Sak<")
			if test.want != http.StatusInternalServerError {
				return
			}
			logged := s.logLines("request failed")
			if len(logged) == 0 || !strings.Contains(logged[0]["error"].(string), "secret_column") {
				t.Fatalf("the log is %v", logged)
			}
			got.has(t, logged[0]["reference"].(string))
		})
	}
}

// falling is a keeper that panics, as a fault of ours would.
type falling struct{}

func (falling) Read(context.Context, func(context.Context, forum.Tx) error) error  { panic("lost") }
func (falling) Write(context.Context, func(context.Context, forum.Tx) error) error { panic("lost") }

// TestTroubleTellsNoSecrets to the log, whichever route it comes to.
func TestTroubleTellsNoSecrets(t *testing.T) {
	const secret = "abcdefghijklmnopqrstuvwxyz"
	for name, keeper := range map[string]forum.Keeper{"panics": falling{}, "errors": broken{errors.New("lost")}} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, storetest.SQLite(t), func(o *web.Options) { o.Keeper = keeper })
			b := s.stranger()
			for route := range site {
				method, pattern, _ := strings.Cut(route, " ")
				path := strings.NewReplacer("nonsense", secret).Replace(at(pattern, "1"))
				request := b.request(method, path+"?pass="+secret, "application/x-www-form-urlencoded", strings.NewReader("pass="+secret+"&code="+secret))
				request.Header.Set("Cookie", "session="+secret+"; sign-in="+secret)
				request.Header.Set("Referer", s.url+path)
				b.do(request)
			}
			failed := len(s.logLines("request failed")) + len(s.logLines("problem not shown"))
			if log := s.log.String(); strings.Contains(log, secret) || failed < 50 {
				t.Errorf("the log is %.3000s", log)
			}
		})
	}
}

// TestPanic answers as for any other failure, and goes on.
func TestPanic(t *testing.T) {
	s := newStage(t, storetest.SQLite(t), func(o *web.Options) { o.Ready = func(context.Context) error { panic("lost") } })
	s.stranger().get("/readyz").is(t, http.StatusInternalServerError).has(t, "Noko gjekk gale")
	s.stranger().get("/demo").is(t, http.StatusOK)
}
