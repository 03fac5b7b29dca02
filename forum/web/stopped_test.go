package web_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/store/storetest"
)

// TestStoppedMail shows an address that gets no mail to who can do something about it, and lets mail go to it again from each
// of the places that say so.
func TestStoppedMail(t *testing.T) {
	storetest.Both(t, func(t *testing.T, database string) {
		s := newStage(t, database, nil)
		stop := func() {
			s.write(func(ctx context.Context, tx forum.Tx) error {
				trouble, err := tx.AddressTrouble(ctx, member)
				if forum.IsKind(err, forum.NotFound) {
					trouble, err = &forum.AddressTrouble{Address: member, Status: "5.1.1", Said: "550 <b>no</b> such user"}, nil
				}
				if err != nil {
					return err
				}
				trouble.At, trouble.StoppedAt = tx.Now(), tx.Now()
				return tx.SaveAddressTrouble(ctx, trouble)
			})
		}
		stop()
		b, people := s.as(secretary), council+"/people"
		b.get(people).has(t, "E-post til "+member+" kjem i retur", "550 &lt;b&gt;no&lt;/b&gt; such user", "E-post kjem ikkje fram", council+"/resume")
		b.get("/failed").has(t, "Adresser som ikkje får e-post", "Medlem, Vaksdal kommune")
		b.get("/").has(t, "/failed")
		s.as(hospital).get(people).is(t, http.StatusOK).lacks(t, "kjem i retur", "550")
		s.as(hospital).post(council+"/resume", "address", member).is(t, http.StatusForbidden)
		b.post(council+"/resume", "address", "ukjend@vaksdal.example").is(t, http.StatusNotFound).has(t, "er ikkje stoppa")

		// What is made meanwhile is not sent, and says why.
		b.post(b.meeting()+"/call").is(t, http.StatusOK)
		var stopped []forum.Message
		s.write(func(ctx context.Context, tx forum.Tx) (err error) {
			stopped, err = tx.MessagesIn(ctx, forum.Stopped, []forum.ForumID{1}, 9)
			return err
		})
		if len(stopped) != 1 || stopped[0].To != member {
			t.Fatalf("stopped: %+v", stopped)
		}
		page := fmt.Sprintf("/messages/%d", stopped[0].ID)
		b.get(page).has(t, "Brevet er ikkje sendt", "Laga og lagd i kø", council+"/resume").lacks(t, page+"/again")
		b.post(council+"/resume", "address", member, "back", page).is(t, http.StatusOK).has(t, "Det går e-post til adressa att", page+"/again")
		b.get(people).lacks(t, "kjem i retur")
		b.post(council+"/resume", "address", member).is(t, http.StatusConflict).has(t, "går alt e-post")

		stop()
		own := s.as(member)
		own.get("/me").has(t, "E-post til deg på "+member+" kjem i retur", "/me/resume")
		own.post("/me/resume").is(t, http.StatusOK).has(t, "Det går e-post til adressa att").lacks(t, "/me/resume")
		own.post("/me/resume").is(t, http.StatusConflict)
		s.as(hospital).post("/me/resume").is(t, http.StatusNotFound)
	})
}
