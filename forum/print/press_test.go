package print_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/files"
	"github.com/samraad/samraad/forum/print"
	"github.com/samraad/samraad/forum/store"
	"github.com/samraad/samraad/forum/store/storetest"
	"github.com/samraad/samraad/policies"
	"github.com/samraad/samraad/templates"
)

// The people of the council.
const (
	leader    = "leiar@kvam.example"
	deputy    = "nestleiar@bergen.example"
	secretary = "sekretar@kvam.example"
)

// pressHouse is a store with a council whose agenda is to be printed.
type pressHouse struct {
	*testing.T
	keeper *store.DB
	files  *files.Folder
	press  *print.Press
	now    time.Time
}

func inPressHouses(t *testing.T, test func(h *pressHouse)) {
	t.Helper()
	policy, err := policies.Default()
	if err != nil {
		t.Fatal(err)
	}
	storetest.Both(t, func(t *testing.T, address string) {
		h := &pressHouse{T: t, now: time.Date(2026, 2, 2, 9, 0, 0, 0, time.UTC)}
		h.keeper, err = store.Open(t.Context(), address, store.Options{Clock: func() time.Time { return h.now }, Policy: policy})
		h.must(err)
		h.files, err = files.Open(t.TempDir())
		h.must(err)
		t.Cleanup(func() {
			if err := errors.Join(h.keeper.Close(), h.files.Close()); err != nil {
				t.Error(err)
			}
		})
		h.must(h.keeper.Migrate(t.Context()))
		h.write(func(ctx context.Context, tx forum.Tx) error {
			_, err := forum.ImportArea(ctx, tx, forum.Operator(), pressPlan())
			return err
		})
		h.press = &print.Press{Keeper: h.keeper, Files: h.files, Printer: &print.Printer{}, Log: slog.New(slog.DiscardHandler)}
		test(h)
	})
}

func pressPlan() *forum.AreaPlan {
	return &forum.AreaPlan{
		Area: forum.AreaEntry{Key: "voss", Name: "Voss"},
		Organisations: []forum.OrganisationEntry{
			{Number: "944233199", Name: "Kvam herad", Level: forum.Municipal, Municipality: "4622"},
			{Number: "983974724", Name: "Helse Bergen HF", Level: forum.Specialist},
		},
		People: []forum.PersonEntry{{Address: leader, Name: "Leiar, Kvam"}, {Address: deputy, Name: "Nestleiar, Bergen"}, {Address: secretary, Name: "Sekretær, Kvam"}},
		Forums: []forum.ForumEntry{{
			Key: "raad", Name: "Samarbeidsrådet", Kind: forum.Council, Address: "raad@voss.example",
			Mandate: forum.MandateEntry{From: "2020-01-01", PapersDays: 7, Keys: []forum.Capacity{forum.Chair, forum.Deputy}},
			Seats: []forum.SeatEntry{
				{Person: leader, Organisation: "944233199", Capacity: forum.Chair}, {Person: deputy, Organisation: "983974724", Capacity: forum.Deputy},
				{Person: secretary, Organisation: "944233199", Capacity: forum.Secretary},
			},
		}},
	}
}

func (h *pressHouse) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

func (h *pressHouse) write(fn func(ctx context.Context, tx forum.Tx) error) {
	h.Helper()
	h.must(h.keeper.Write(context.Background(), fn))
}

func (h *pressHouse) as(ctx context.Context, tx forum.Tx, address string) forum.Actor {
	h.Helper()
	person, err := tx.PersonByAddress(ctx, address)
	h.must(err)
	return forum.AsPerson(person.ID)
}

// meeting is a called meeting.
func (h *pressHouse) meeting() (id forum.MeetingID) {
	h.Helper()
	h.write(func(ctx context.Context, tx forum.Tx) error {
		in, err := tx.ForumByAddress(ctx, "raad@voss.example")
		if err != nil {
			return err
		}
		start := time.Date(2026, 3, 10, 8, 0, 0, 0, time.UTC)
		by := h.as(ctx, tx, secretary)
		m, err := forum.PlanMeeting(ctx, tx, by, in.ID, forum.Ordinary, forum.Slot{Start: start, End: start.Add(3 * time.Hour), Place: "Heradshuset"})
		if err != nil {
			return err
		}
		id = m.ID
		_, err = forum.CallMeeting(ctx, tx, by, id)
		return err
	})
	return id
}

// matter is one on the agenda, with a paper.
func (h *pressHouse) matter(on forum.MeetingID, title, paper string, content []byte) (id forum.MatterID) {
	h.Helper()
	digest, size, err := h.files.Put(h.Context(), bytes.NewReader(content))
	h.must(err)
	h.write(func(ctx context.Context, tx forum.Tx) error {
		by := h.as(ctx, tx, leader)
		m, err := tx.Meeting(ctx, on)
		if err != nil {
			return err
		}
		matter, err := forum.ProposeMatter(ctx, tx, by, m.ForumID, forum.Proposal{
			Title: title, Kind: forum.DecisionMatter, Text: "Vi bed rådet om å avgjere dette.", Source: forum.ByWeb,
			Papers: []forum.Paper{{Name: paper, Type: "application/pdf", Size: size, Digest: digest}},
		})
		if err != nil {
			return err
		}
		id = matter.ID
		_, err = forum.PlaceMatter(ctx, tx, h.as(ctx, tx, secretary), id, on)
		return err
	})
	return id
}

// read says that a paper was looked through.
func (h *pressHouse) read(content []byte) {
	h.Helper()
	digest, _, err := h.files.Put(h.Context(), bytes.NewReader(content))
	h.must(err)
	h.write(func(ctx context.Context, tx forum.Tx) error {
		text, err := tx.PaperText(ctx, digest)
		if err != nil {
			return err
		}
		text.State = forum.PaperRead
		return tx.SavePaperText(ctx, text)
	})
}

// goOut lets the agenda out.
func (h *pressHouse) goOut(id forum.MeetingID) (edition forum.EditionID) {
	h.Helper()
	h.write(func(ctx context.Context, tx forum.Tx) error {
		e, err := forum.AskForKeys(ctx, tx, h.as(ctx, tx, secretary), id, "")
		if err != nil {
			return err
		}
		edition = e.ID
		_, err = forum.OverrideTheKeys(ctx, tx, h.as(ctx, tx, secretary), e.ID, "Det hastar")
		return err
	})
	return edition
}

func (h *pressHouse) printOf(id forum.EditionID) (print *forum.Print) {
	h.Helper()
	h.write(func(ctx context.Context, tx forum.Tx) (err error) {
		print, err = tx.PrintOf(ctx, id)
		return err
	})
	return print
}

// mails counts the packages that were sent.
func (h *pressHouse) mails() (n int) {
	h.Helper()
	h.write(func(ctx context.Context, tx forum.Tx) error {
		ids, err := tx.MessagesBefore(ctx, forum.Queued, h.now.Add(time.Hour))
		for _, id := range ids {
			m, err := tx.Message(ctx, id)
			if err != nil {
				return err
			}
			if m.Kind == forum.PackageMessage {
				n++
			}
		}
		return err
	})
	return n
}

func (h *pressHouse) bytesOf(digest forum.Digest) []byte {
	h.Helper()
	open, err := h.files.Open(h.Context(), digest)
	h.must(err)
	content, err := io.ReadAll(open)
	h.must(errors.Join(err, open.Close()))
	return content
}

// TestOnlyWhatChangedIsPrintedAgain prints a package twice over, and a supplement to it.
func TestOnlyWhatChangedIsPrintedAgain(t *testing.T) {
	inPressHouses(t, func(h *pressHouse) {
		id := h.meeting()
		papers := [][]byte{pdfOf(t, "P", 2, "notat"), []byte("%PDF-1.7 nothing of the sort"), pdfOf(t, "P", 1, "nytt")}
		h.matter(id, "Felles beredskap", "notat.pdf", papers[0])
		h.matter(id, "Utskriving", "låst.pdf", papers[1])
		h.press.Reports = func(_ context.Context, _ forum.Tx, m *forum.Meeting, words templates.Text) ([]print.Report, error) {
			return []print.Report{{Number: "9/26", Title: "Vaktordning", Outcome: words.T("print.changed")}}, nil
		}
		first := h.goOut(id)
		if err := h.press.Print(h.Context(), first, false); !forum.IsKind(err, forum.Unavailable) || h.mails() != 0 {
			h.Fatalf("%d mails before the papers are looked through: %v", h.mails(), err)
		}
		if err := h.press.Print(h.Context(), first, true); !forum.IsKind(err, forum.Unavailable) || h.mails() != 0 {
			h.Fatalf("%d mails with the last try: %v", h.mails(), err)
		}
		h.read(papers[0])
		h.read(papers[1])
		h.must(h.press.Print(h.Context(), first, false))
		h.must(h.press.Print(h.Context(), first, false))
		printed := h.printOf(first)
		if !bytes.HasPrefix(h.bytesOf(printed.Digest), []byte("%PDF-")) || h.mails() != 3 || len(printed.Items) != 2 {
			h.Fatalf("%d mails, print %+v", h.mails(), printed)
		}
		if text := poppler(h, "pdftotext", h.bytesOf(printed.Digest), []string{"-layout"}, "-"); !strings.Contains(text, "Vaktordning") {
			h.Errorf("the agenda tells nothing of what was settled in writing:\n%s", text)
		}
		if got := printed.Items[0].Papers[0]; got.Fate != "merged" || got.Pages != 2 {
			h.Errorf("the first paper is %+v", got)
		}
		if apart := printed.Apart(); len(apart) != 1 {
			h.Errorf("apart: %v", apart)
		}

		h.now = h.now.Add(time.Hour)
		h.matter(id, "Ny sak", "nytt.pdf", papers[2])
		h.read(papers[2])
		second := h.goOut(id)
		h.must(h.press.Print(h.Context(), second, false))
		again := h.printOf(second)
		if len(again.Items) != 3 || again.Items[0].Digest != printed.Items[0].Digest || again.Items[1].Digest != printed.Items[1].Digest {
			h.Errorf("what did not change was printed again: %+v", again.Items)
		}
		if text := poppler(h, "pdftotext", h.bytesOf(again.Digest), []string{"-layout"}, "-"); strings.Contains(text, "Vaktordning") {
			h.Errorf("a supplement tells it again:\n%s", text)
		}
		if again.Digest == printed.Digest || h.mails() != 6 {
			h.Errorf("%d mails", h.mails())
		}
	})
}

// broken gives no paper back, as a disk that is away.
type broken struct{ forum.Files }

func (broken) Open(context.Context, forum.Digest) (io.ReadCloser, error) {
	return nil, forum.Refuse(forum.Unavailable, "error.files")
}

// TestNobodyWaitsForAPrinter that cannot print: with the last try the agenda goes
// out with its contents alone.
func TestNobodyWaitsForAPrinter(t *testing.T) {
	inPressHouses(t, func(h *pressHouse) {
		id := h.meeting()
		paper := pdfOf(t, "P", 1, "notat")
		h.matter(id, "Felles beredskap", "notat.pdf", paper)
		h.read(paper)
		edition := h.goOut(id)
		var log strings.Builder
		h.press.Files, h.press.Log = broken{h.files}, slog.New(slog.NewTextHandler(&log, nil))
		if err := h.press.Print(h.Context(), edition, false); !forum.IsKind(err, forum.Unavailable) {
			h.Fatalf("printing gave %v", err)
		}
		if h.mails() != 0 {
			h.Fatal("mails went out before the last try")
		}
		h.must(h.press.Print(h.Context(), edition, true))
		if print := h.printOf(edition); print.Digest != "" || h.mails() != 3 {
			h.Errorf("%d mails, print %+v", h.mails(), print)
		}
		if !strings.Contains(log.String(), "edition not printed") {
			h.Errorf("the log says %q", log.String())
		}
	})
}
