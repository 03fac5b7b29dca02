package forum_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/samraad/samraad/forum"
)

// TestWhatMayNotTravelAnyMoreStaysBehind: a paper that is made exempt, held or
// withdrawn after an edition is out is in no file of it any more, and in no mail.
func TestWhatMayNotTravelAnyMoreStaysBehind(t *testing.T) {
	for name, change := range map[string]func(*forum.Document, forum.Tx){
		"exempt":    func(d *forum.Document, _ forum.Tx) { d.Access, d.Basis = forum.Exempt, "offl. § 13" },
		"held":      func(d *forum.Document, _ forum.Tx) { d.Held = true },
		"withdrawn": func(d *forum.Document, tx forum.Tx) { d.WithdrawnAt = tx.Now() },
	} {
		t.Run(name, func(t *testing.T) {
			onBoth(t, func(h *house) {
				m, e := h.sentOut()
				link, printed := h.packages()[vaksdal].Copy, printOf(e, 1000)
				notice, figures := e.Items[0].Papers[0].DocumentID, e.Items[1].Papers[0].DocumentID
				for _, id := range []forum.DocumentID{notice, figures} {
					done(h, func(ctx context.Context, tx forum.Tx) (*forum.Document, error) {
						d, err := tx.Document(ctx, id)
						if err != nil {
							return nil, err
						}
						change(d, tx)
						return d, tx.SaveDocument(ctx, d)
					})
				}
				for _, file := range [][2]string{{"pdf", ""}, {"items", e.Items[0].Line.Key}, {"papers", number(figures)}} {
					if _, err := try(h, func(ctx context.Context, tx forum.Tx) (*forum.Paper, error) {
						return forum.ReadCopyFile(ctx, tx, link, file[0], file[1])
					}); err == nil {
						t.Errorf("the %s of the copy is open", file[0])
					}
					by := h.as(vaksdal)
					if _, err := try(h, func(ctx context.Context, tx forum.Tx) (*forum.Paper, error) {
						return forum.ReadEditionFile(ctx, tx, by, e.ID, file[0], file[1])
					}); err == nil {
						t.Errorf("the %s of the edition is open", file[0])
					}
				}
				for _, file := range h.travels(vaksdal).Files {
					if file.Digest == printed.Digest || file.Name == "tal.xlsx" {
						t.Errorf("a mail that waits for its relay carries %s", file.Name)
					}
				}
				h.letters()
				h.answer(chair, m.ID, forum.NotComing)
				got := h.packages()[substitute]
				for _, file := range got.Files {
					if file.Digest == printed.Digest || file.Name == "tal.xlsx" {
						t.Errorf("who is called up late is mailed %s", file.Name)
					}
				}
			})
		})
	}
}

// TestNothingGoesOutThatWasPrintedTooEarly: a paper that is held while the
// package is printed has it printed again before anything is mailed.
func TestNothingGoesOutThatWasPrintedTooEarly(t *testing.T) {
	onBoth(t, func(h *house) {
		m := h.called()
		matter := h.propose(chair, "Felles beredskap")
		id := h.paper(matter.ID, "notat.pdf", 10, forum.Internal)
		done(h, placed(h.as(ourSecretary), matter.ID, m.ID))
		e := h.goOut(m.ID)
		h.letters()
		done(h, func(ctx context.Context, tx forum.Tx) (*forum.Document, error) {
			d, err := tx.Document(ctx, id)
			if err != nil {
				return nil, err
			}
			d.Held = true
			return d, tx.SaveDocument(ctx, d)
		})
		_, err := try(h, delivered(printOf(e, 1000)))
		refused(h.T, err, "conflict: error.edition.printing")
		h.wantReceivers(h.packages())
		order := done(h, func(ctx context.Context, tx forum.Tx) (*forum.PrintOrder, error) {
			return forum.PreparePrint(ctx, tx, e.ID)
		})
		done(h, delivered(printOf(&order.Edition, 1000)))
		h.wantReceivers(h.packages(), invitedToCouncil...)
	})
}

// travels is what the package that waits for a receiver's relay may say now.
func (h *house) travels(to string) (facts forum.PackageFacts) {
	h.Helper()
	seen(h, func(ctx context.Context, tx forum.Tx) (int, error) {
		messages, err := tx.Messages(ctx, h.forum("raad"), 0, 100)
		for _, m := range messages {
			if m.Kind != forum.PackageMessage || m.To != to {
				continue
			}
			now, err := forum.FactsThatTravel(ctx, tx, &m)
			if err != nil {
				return 0, err
			}
			return 0, json.Unmarshal(now, &facts)
		}
		return 0, err
	})
	return facts
}
