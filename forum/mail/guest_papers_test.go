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

// TestWhatWaitsForARelayIsLookedAtAgain: a mail that is tried again goes without a paper that may not travel any more, and
// else byte for byte as it was.
func TestWhatWaitsForARelayIsLookedAtAgain(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*forum.Document, forum.Tx)
		goes   bool
	}{
		"exempt":    {func(d *forum.Document, _ forum.Tx) { d.Access, d.Basis = forum.Exempt, "offl. § 13" }, false},
		"held":      {func(d *forum.Document, _ forum.Tx) { d.Held = true }, false},
		"withdrawn": {func(d *forum.Document, tx forum.Tx) { d.WithdrawnAt = tx.Now() }, false},
		"renamed":   {func(d *forum.Document, _ forum.Tx) { d.Name = "ny.txt" }, true},
	} {
		t.Run(name, func(t *testing.T) {
			onBoth(t, func(h *house) {
				digest, size, err := h.files.Put(h.Context(), bytes.NewReader([]byte("Tal som ingen skal sjå")))
				h.must(err)
				paper := forum.Paper{Name: "tal.txt", Type: "text/plain", Size: size, Digest: digest}
				in, by := h.forum(council).ID, forum.AsPerson(h.person(member).ID)
				message := forum.Message{
					ForumID: in, To: "fastlege@lege.example", Kind: forum.GuestMessage, Language: forum.Nynorsk, CreatedAt: h.now, State: forum.Queued, MIMEID: "guest@voss.example",
					Facts: forum.MarshalFacts(guestFacts(func(f *forum.GuestFacts) { f.Papers = []forum.Paper{paper} })),
				}
				var document forum.Document
				h.write(func(ctx context.Context, tx forum.Tx) error {
					m, err := forum.ProposeMatter(ctx, tx, by, in, forum.Proposal{Title: "Ei sak", Kind: forum.DiscussionMatter, Source: forum.ByWeb, Papers: []forum.Paper{paper}})
					if err != nil {
						return err
					}
					documents, err := tx.Documents(ctx, m.ID)
					if err != nil {
						return err
					}
					document = documents[0]
					if err := forum.TakePaperText(ctx, tx, digest, forum.PaperContent{Text: "Tal"}); err != nil {
						return err
					}
					return tx.SaveMessage(ctx, &message)
				})
				s := newSink(h.T, nil)
				outbox := h.outbox(relayTo(h.T, "smtp://"+s.address))
				outbox.Files = h.files
				s.then(refusal(451, "greylisted"))
				if err := outbox.Send(h.Context(), message.ID); err == nil {
					h.Fatal("the relay took it")
				}
				h.write(func(ctx context.Context, tx forum.Tx) error {
					c.change(&document, tx)
					return tx.SaveDocument(ctx, &document)
				})
				h.must(outbox.Send(h.Context(), message.ID))
				got := s.all()
				if len(got) != 2 || !bytes.Contains(got[0].raw, []byte("tal.txt")) {
					h.Fatalf("%d were tried, the first without the paper", len(got))
				}
				if goes := bytes.Contains(got[1].raw, []byte("tal.txt")); goes != c.goes || c.goes != bytes.Equal(got[0].raw, got[1].raw) {
					h.Errorf("the second names the paper: %v", goes)
				}
				if !bytes.Equal(got[1].raw, h.bytesOf(message.ID)) {
					h.Error("other bytes were sent than are stored")
				}
			})
		})
	}
}
