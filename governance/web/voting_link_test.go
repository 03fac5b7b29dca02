package web_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/web/webtest"
	"github.com/samraad/samraad/governance"
)

// TestLinkWithoutAChoice votes in an election by the link of a mail: with nothing
// chosen nothing is cast, and a blank vote that is chosen is.
func TestLinkWithoutAChoice(t *testing.T) {
	tr := newTree(t)
	tr.furnish()
	var link struct{ Link string }
	tr.sent(treeChair, governance.BallotMessage, &link)
	nobody := tr.nobody()
	page := "/vote/" + link.Link
	if status, body := nobody.post(page+"/code", nil); status != http.StatusSeeOther {
		t.Fatalf("asking for a code answered %d: %s", status, body)
	}
	var code struct{ Code string }
	tr.sent(treeChair, governance.BallotCodeMessage, &code)
	changed := webtest.Watched(t, tr.database)
	if status, body := nobody.post(page, url.Values{"code": {code.Code}}); status != http.StatusUnprocessableEntity || changed() {
		t.Errorf("nothing chosen answered %d: %s", status, body)
	}
	if status, body := nobody.post(page, url.Values{"code": {code.Code}, "candidate": {"0"}}); status != http.StatusSeeOther || !changed() {
		t.Errorf("a blank vote answered %d: %s", status, body)
	}
}

// sent reads the facts of the newest message of a kind to somebody.
func (tr *tree) sent(to string, kind forum.MessageKind, facts any) {
	tr.Helper()
	found := false
	tr.write(func(ctx context.Context, tx governance.Tx) error {
		ids, err := tx.MessagesBefore(ctx, forum.Queued, tx.Now().Add(time.Hour))
		for _, id := range ids {
			m, err := tx.Message(ctx, id)
			if err != nil {
				return err
			}
			if m.Kind == kind && m.To == to {
				found = true
				ok(tr.T, json.Unmarshal(m.Facts, facts))
			}
		}
		return err
	})
	if !found {
		tr.Fatalf("no %s was sent to %s", kind, to)
	}
}
