package forum_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
)

// invitedToCouncil are all who have an invitation to a meeting of the council.
var invitedToCouncil = []string{chair, deputy, vaksdal, bergen, ourSecretary, hfSecretary, proposing, observing}

func delivered(print *forum.Print) act[*forum.Print] {
	return func(ctx context.Context, tx forum.Tx) (*forum.Print, error) {
		p := *print
		return &p, forum.DeliverEdition(ctx, tx, &p)
	}
}

// printOf is a print of an edition, of some bytes.
func printOf(e *forum.Edition, size int64) *forum.Print {
	print := &forum.Print{EditionID: e.ID, Name: "Sakliste.pdf", Digest: "whole", Size: size}
	for _, item := range e.Outgoing() {
		printed := forum.PrintedItem{Line: item.Line.Key, Name: item.Title + ".pdf", Digest: forum.Digest("part-" + item.Line.Key), Size: size / 2, Pages: 2}
		for _, p := range item.Papers {
			fate := forum.PrintedPaper{Document: p.DocumentID, Digest: p.Digest, Fate: "merged", From: 2, Pages: 1}
			if strings.HasSuffix(p.Name, ".xlsx") {
				fate = forum.PrintedPaper{Document: p.DocumentID, Digest: p.Digest, Fate: "apart", Reason: "no_converter"}
			}
			printed.Papers = append(printed.Papers, fate)
		}
		print.Items = append(print.Items, printed)
	}
	return print
}

// paper adds a paper to a matter.
func (h *house) paper(to forum.MatterID, name string, size int64, access forum.AccessCode) forum.DocumentID {
	h.Helper()
	return done(h, func(ctx context.Context, tx forum.Tx) (forum.DocumentID, error) {
		d := &forum.Document{MatterID: to, Name: name, Type: "application/pdf", Size: size, Digest: forum.Digest("digest of " + name), Access: access, AddedAt: tx.Now(), Version: 1}
		if access == forum.Exempt {
			d.Basis = "offl. § 13"
		}
		err := tx.SaveDocument(ctx, d)
		return d.ID, err
	})
}

// sentOut is a called meeting whose agenda, of two matters with papers, has gone
// out and was printed; letters are forgotten.
func (h *house) sentOut() (*forum.Meeting, *forum.Edition) {
	h.Helper()
	m := h.called()
	first, second := h.propose(chair, "Felles beredskap"), h.propose(bergen, "Utskriving")
	h.paper(first.ID, "notat.pdf", 20_000, forum.Internal)
	h.paper(first.ID, "hemmeleg.pdf", 20_000, forum.Exempt)
	h.paper(second.ID, "tal.xlsx", 30_000, forum.Open)
	for _, id := range []forum.MatterID{first.ID, second.ID} {
		done(h, placed(h.as(ourSecretary), id, m.ID))
	}
	e := h.goOut(m.ID)
	h.letters()
	done(h, delivered(printOf(e, 100_000)))
	return m, e
}

// goOut asks for the keys and turns both.
func (h *house) goOut(id forum.MeetingID) *forum.Edition {
	h.Helper()
	e := done(h, askedFor(h.as(ourSecretary), id))
	done(h, worded(h.as(chair), e.ID, approveAll))
	done(h, worded(h.as(deputy), e.ID, approveAll))
	if e = h.edition(e.ID); e.State != forum.OutEdition {
		h.Fatalf("the edition is %s", e.State)
	}
	return e
}

// packages are the packages among the letters since the last look, by receiver.
func (h *house) packages() map[string]forum.PackageFacts {
	h.Helper()
	sent := map[string]forum.PackageFacts{}
	for _, m := range h.letters() {
		if m.Kind == forum.PackageMessage {
			sent[m.To] = facts[forum.PackageFacts](h, m)
		}
	}
	return sent
}

func (h *house) wantReceivers(sent map[string]forum.PackageFacts, want ...string) {
	h.Helper()
	var got []string
	for to := range sent {
		got = append(got, to)
	}
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		h.Errorf("receivers (-want +got):\n%s", diff)
	}
}

func TestAPackageReachesAllWhoAreInvited(t *testing.T) {
	onBoth(t, func(h *house) {
		m := h.called()
		h.answer(vaksdal, m.ID, forum.Coming)
		h.letters()
		m, e := h.sentOut()
		_ = m
		sent := h.packages()
		h.wantReceivers(sent, invitedToCouncil...)
		got := sent[chair]
		if got.Sequence != m.Sequence || got.UID != m.UID || got.Change != forum.Request || got.Reply != "" || got.Sort != forum.PackageEdition {
			h.Errorf("the calendar part is %+v", got.InvitationFacts)
		}
		wantFiles := []string{"Sakliste.pdf", "tal.xlsx"}
		var files []string
		for _, f := range got.Files {
			files = append(files, f.Name)
		}
		if diff := cmp.Diff(wantFiles, files); diff != "" {
			h.Errorf("files (-want +got):\n%s", diff)
		}
		line := got.Lines[0]
		if line.Title != "Felles beredskap" || !slices.Equal(line.Papers, []string{"notat.pdf"}) || !slices.Equal(line.Behind, []string{"offl. § 13"}) {
			h.Errorf("the first line is %+v", line)
		}
		done(h, delivered(printOf(e, 5)))
		if again := h.packages(); len(again) != 0 {
			h.Errorf("delivering again sent %d mails", len(again))
		}
	})
}

func TestAGivenAnswerStaysInTheCalendar(t *testing.T) {
	onBoth(t, func(h *house) {
		m := h.called()
		done(h, placed(h.as(ourSecretary), h.propose(chair, "Felles beredskap").ID, m.ID))
		h.answer(vaksdal, m.ID, forum.Coming)
		e := h.goOut(m.ID)
		h.letters()
		done(h, delivered(printOf(e, 1000)))
		if sent := h.packages(); sent[vaksdal].Reply != forum.Coming || sent[bergen].Reply != "" {
			h.Errorf("answers in the packages: %q and %q", sent[vaksdal].Reply, sent[bergen].Reply)
		}
	})
}

func TestWhatAPackageCarries(t *testing.T) {
	for name, c := range map[string]struct {
		size, loose int64
		unprinted   bool
		files       []string
		apart       []string
		larger      bool
	}{
		"all of it":                    {9_000_000, 1_000_000, false, []string{"Sakliste.pdf", "tal.xlsx"}, nil, false},
		"the PDF, and no loose paper":  {9_000_000, 1_000_001, false, []string{"Sakliste.pdf"}, []string{"tal.xlsx"}, false},
		"nothing that is too large":    {10_000_001, 10, false, nil, []string{"tal.xlsx"}, true},
		"papers alone without a print": {0, 10, true, []string{"notat.pdf", "tal.xlsx"}, nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			onBoth(t, func(h *house) {
				m := h.called()
				matter := h.propose(chair, "Felles beredskap")
				h.paper(matter.ID, "notat.pdf", 20_000, forum.Internal)
				h.paper(matter.ID, "tal.xlsx", c.loose, forum.Open)
				h.paper(matter.ID, "hemmeleg.xlsx", 10, forum.Exempt)
				done(h, placed(h.as(ourSecretary), matter.ID, m.ID))
				e := h.goOut(m.ID)
				print := printOf(e, c.size)
				if c.unprinted {
					print = &forum.Print{EditionID: e.ID}
				}
				h.letters()
				done(h, delivered(print))
				got := h.packages()[chair]
				var files, apart []string
				for _, f := range got.Files {
					files = append(files, f.Name)
				}
				for _, f := range got.Apart {
					apart = append(apart, f.Name)
				}
				if !slices.Equal(files, c.files) || !slices.Equal(apart, c.apart) || got.Larger != c.larger {
					h.Errorf("carries %v, leaves %v, too large: %v", files, apart, got.Larger)
				}
			})
		})
	}
}

func TestNothingGoesOutOfAMeetingThatIsOff(t *testing.T) {
	onBoth(t, func(h *house) {
		m := h.called()
		done(h, placed(h.as(ourSecretary), h.propose(chair, "Felles beredskap").ID, m.ID))
		e := h.goOut(m.ID)
		done(h, cancelled(h.as(ourSecretary), m.ID))
		h.letters()
		done(h, delivered(printOf(e, 1000)))
		h.wantReceivers(h.packages())
	})
}

func TestOneOfManyPrintersDelivers(t *testing.T) {
	onBoth(t, func(h *house) {
		m := h.called()
		done(h, placed(h.as(ourSecretary), h.propose(chair, "Felles beredskap").ID, m.ID))
		e := h.goOut(m.ID)
		h.letters()
		var wait sync.WaitGroup
		for range 4 {
			wait.Go(func() { _, _ = try(h, delivered(printOf(e, 1000))) })
		}
		wait.Wait()
		got := 0
		for _, m := range h.letters() {
			if m.Kind == forum.PackageMessage {
				got++
			}
		}
		if got != len(invitedToCouncil) {
			h.Errorf("%d mails for %d who are invited", got, len(invitedToCouncil))
		}
	})
}

func TestASubstituteGetsWhatIsOut(t *testing.T) {
	onBoth(t, func(h *house) {
		m, _ := h.sentOut()
		h.letters()
		h.answer(chair, m.ID, forum.NotComing)
		sent := h.packages()
		h.wantReceivers(sent, substitute)
		copy := h.copyOf(sent[substitute].Copy)
		if !copy.Admits || copy.Person.Address != substitute {
			h.Fatalf("the substitute's copy is %+v", copy.Delivery)
		}
		h.answer(chair, m.ID, forum.Coming)
		h.letters()
		h.answer(chair, m.ID, forum.NotComing)
		h.wantReceivers(h.packages()) // the first copy holds
	})
}

func TestALinkClosesWithTheSeat(t *testing.T) {
	onBoth(t, func(h *house) {
		_, _ = h.sentOut()
		link := h.packages()[vaksdal].Copy
		reimported(h, func(p *forum.AreaPlan) {
			for i, seat := range council(p).Seats {
				if seat.Person == vaksdal {
					council(p).Seats[i].To = forum.DateOf(h.now)
				}
			}
		})
		if !h.copyOf(link).Admits {
			h.Error("the link is closed on the last day of the seat")
		}
		h.now = h.now.AddDate(0, 0, 1)
		if h.copyOf(link).Admits {
			h.Error("the link is open after the seat")
		}
		_, err := try(h, func(ctx context.Context, tx forum.Tx) (*forum.Paper, error) {
			return forum.ReadCopyFile(ctx, tx, link, "pdf", "")
		})
		refused(h.T, err, "forbidden: error.edition.closed")
	})
}

// copyOf opens the page of a link.
func (h *house) copyOf(link string) *forum.CopyPage {
	h.Helper()
	return seen(h, func(ctx context.Context, tx forum.Tx) (*forum.CopyPage, error) { return forum.ReadCopy(ctx, tx, link) })
}

func TestFilesOfACopy(t *testing.T) {
	onBoth(t, func(h *house) {
		_, e := h.sentOut()
		link := h.packages()[vaksdal].Copy
		secret := e.Items[0].Papers[slices.IndexFunc(e.Items[0].Papers, func(p forum.EditionPaper) bool { return p.Access == forum.Exempt })]
		open := e.Items[1].Papers[0]
		for name, c := range map[string]struct{ part, key, want string }{
			"the whole":       {"pdf", "", "Sakliste.pdf"},
			"an item":         {"items", e.Items[0].Line.Key, "Felles beredskap.pdf"},
			"an unknown item": {"items", "item-0", "not found: error.not_found.file_of_edition"},
			"a paper apart":   {"papers", number(open.DocumentID), "tal.xlsx"},
			"an exempt paper": {"papers", number(secret.DocumentID), "not found: error.not_found.file_of_edition"},
			"nonsense":        {"../..", "passwd", "not found: error.not_found.file_of_edition"},
		} {
			h.Run(name, func(t *testing.T) {
				file, err := try(h, func(ctx context.Context, tx forum.Tx) (*forum.Paper, error) {
					return forum.ReadCopyFile(ctx, tx, link, c.part, c.key)
				})
				if err != nil {
					refused(t, err, c.want)
				} else if file.Name != c.want {
					t.Errorf("got %s, want %s", file.Name, c.want)
				}
			})
		}
		_, err := try(h, func(ctx context.Context, tx forum.Tx) (*forum.CopyPage, error) {
			return forum.ReadCopy(ctx, tx, "guessed")
		})
		refused(h.T, err, "not found: error.edition.link")
	})
}

func TestOpeningACopyIsSeenByTheSecretaries(t *testing.T) {
	onBoth(t, func(h *house) {
		m, e := h.sentOut()
		link := h.packages()[vaksdal].Copy
		h.copyOf(link) // which scanners of mail do too
		if row := h.outOf(m.ID)[0]; row.Opened != 0 {
			h.Errorf("%d have opened it", row.Opened)
		}
		h.now = h.now.Add(time.Minute)
		first := h.now
		done(h, func(ctx context.Context, tx forum.Tx) (*forum.Delivery, error) { return forum.OpenCopy(ctx, tx, link) })
		h.now = h.now.Add(time.Hour)
		done(h, func(ctx context.Context, tx forum.Tx) (*forum.Delivery, error) { return forum.OpenCopy(ctx, tx, link) })
		by := h.as(bergen)
		done(h, func(ctx context.Context, tx forum.Tx) (*forum.Edition, error) {
			return forum.OpenEdition(ctx, tx, by, e.ID)
		})
		row := h.outOf(m.ID)[0]
		if row.Opened != 2 || len(row.Copies) != len(invitedToCouncil) {
			h.Errorf("%d of %d have opened it", row.Opened, len(row.Copies))
		}
		at := slices.IndexFunc(row.Copies, func(c forum.CopyRow) bool { return c.Person.Address == vaksdal })
		if !row.Copies[at].OpenedAt.Equal(first) {
			h.Errorf("opened at %s, want %s", row.Copies[at].OpenedAt, first)
		}
		_, err := try(h, func(ctx context.Context, tx forum.Tx) (*forum.PackagePage, error) {
			return forum.ReadPackagePage(ctx, tx, by, m.ID)
		})
		refused(h.T, err, "forbidden: error.forbidden.edit_agenda")
	})
}

// outOf is what went out of a meeting, as a secretary sees it, the newest first.
func (h *house) outOf(id forum.MeetingID) []forum.SentEdition {
	h.Helper()
	by := h.as(ourSecretary)
	return seen(h, func(ctx context.Context, tx forum.Tx) (*forum.PackagePage, error) {
		return forum.ReadPackagePage(ctx, tx, by, id)
	}).Editions
}
