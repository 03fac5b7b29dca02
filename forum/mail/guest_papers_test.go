package mail_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/samraad/samraad/forum"
)

// TestAGuestGetsOnlyPapersThatWereLookedThrough: the mail waits for it, and goes
// without a paper that an identity number was found in.
func TestAGuestGetsOnlyPapersThatWereLookedThrough(t *testing.T) {
	for name, held := range map[string]bool{"clean": false, "held": true} {
		t.Run(name, func(t *testing.T) {
			onBoth(t, func(h *house) {
				digest, size, err := h.files.Put(h.Context(), bytes.NewReader([]byte("Namn og nummer")))
				h.must(err)
				paper := forum.Paper{Name: "liste.txt", Type: "text/plain", Size: size, Digest: digest}
				in, by := h.forum(council).ID, forum.AsPerson(h.person(member).ID)
				var matter forum.MatterID
				message := forum.Message{
					ForumID: in, To: "fastlege@lege.example", Kind: forum.GuestMessage, Language: forum.Nynorsk, CreatedAt: h.now, State: forum.Queued, MIMEID: "guest@voss.example",
					Facts: forum.MarshalFacts(guestFacts(func(f *forum.GuestFacts) { f.Papers = []forum.Paper{paper} })),
				}
				h.write(func(ctx context.Context, tx forum.Tx) error {
					m, err := forum.ProposeMatter(ctx, tx, by, in, forum.Proposal{Title: "Ei sak", Kind: forum.DiscussionMatter, Source: forum.ByWeb, Papers: []forum.Paper{paper}})
					if err != nil {
						return err
					}
					matter = m.ID
					return tx.SaveMessage(ctx, &message)
				})
				outbox := h.outbox(nil)
				outbox.Files = h.files
				if err := outbox.Send(h.Context(), message.ID); !forum.IsKind(err, forum.Unavailable) {
					h.Fatalf("sending a paper that nobody has looked through: %v", err)
				}
				h.write(func(ctx context.Context, tx forum.Tx) error {
					text, err := tx.PaperText(ctx, digest)
					if err != nil {
						return err
					}
					text.State = forum.PaperRead
					documents, err := tx.Documents(ctx, matter)
					if err != nil {
						return err
					}
					documents[0].Held = held
					if err := tx.SaveDocument(ctx, &documents[0]); err != nil {
						return err
					}
					return tx.SavePaperText(ctx, text)
				})
				h.must(outbox.Send(h.Context(), message.ID))
				if carried := bytes.Contains(h.bytesOf(message.ID), []byte("liste.txt")); carried == held {
					h.Errorf("the mail names the paper: %v", carried)
				}
			})
		})
	}
}
