package web_test

import (
	"context"
	"errors"
	"net/http"
	"testing"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/store/storetest"
	"github.com/samraad/samraad/forum/web"
)

// restless is a keeper that gives every change up once, as a database may, and
// then has it done.
type restless struct{ forum.Keeper }

var errGivenUp = errors.New("given up")

func (r restless) Write(ctx context.Context, fn func(context.Context, forum.Tx) error) error {
	err := r.Keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) error { return errors.Join(errGivenUp, fn(ctx, tx)) })
	if !errors.Is(err, errGivenUp) {
		return err
	}
	return r.Keeper.Write(ctx, fn)
}

// TestEveryChangeMayBeBegunAnew leaves one of each thing, and pages as usual.
func TestEveryChangeMayBeBegunAnew(t *testing.T) {
	s := furnished(t, storetest.SQLite(t), func(o *web.Options) { o.Keeper = restless{o.Keeper} })
	b := s.as(secretary)
	b.get("/me").is(t, http.StatusOK).has(t, "/calendar/")
	b.get("/matters/1").has(t, "side.html")
	b.post("/matters/1/place", "meeting", "1").is(t, http.StatusOK).has(t, "1/26")
	b.post("/meetings/1/keys/ask", "text", "Sjå side to").is(t, http.StatusOK).has(t, "lagd fram for nøkkelhavarane")
	s.as(chair).post("/editions/1/words", "answer", "approve").is(t, http.StatusOK).has(t, "Godkjenninga er registrert")
	s.as(member).post("/meetings/1/answer", "answer", "yes", "comment", "Kjem").is(t, http.StatusOK).has(t, "Du har svart")
	b.post("/matters/1/put-back").is(t, http.StatusOK)
	b.post("/sign-out").is(t, http.StatusOK)
	b.get("/me").is(t, http.StatusForbidden)
}
