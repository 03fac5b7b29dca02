package governance_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/samraad/samraad/forum"
	. "github.com/samraad/samraad/governance"
)

// TestTheDisqualifiedReadNothingExempt holds what is exempt in a matter against
// everything that a member opens, before the body judges, after it found the member
// disqualified, and when the judgement is taken back.
func TestTheDisqualifiedReadNothingExempt(t *testing.T) {
	onBoth(t, twoKeys, func(h *house) {
		const secret = "Løynd"
		papers := done(h, func(ctx context.Context, tx Tx) ([]forum.Document, error) {
			_, classified := forum.ClassifyTitle(ctx, tx, h.as(secretary), h.matter, forum.Titling{Access: forum.Exempt, Basis: "offl. § 23", Public: "Leige", Full: secret + " tittel"})
			_, added := forum.AddPapers(ctx, tx, h.as(secretary), h.matter, []forum.Paper{{Name: secret + ".txt", Type: "text/plain", Size: 3, Digest: "aa"}}, forum.Exempt, "offl. § 23")
			documents, err := tx.Documents(ctx, h.matter)
			return documents, errors.Join(classified, added, err)
		})
		open := h.propose("Open sak", h.meeting)
		done(h, func(ctx context.Context, tx Tx) ([]forum.Document, error) {
			return forum.AddPapers(ctx, tx, h.as(secretary), open, []forum.Paper{{Name: "Andre.txt", Type: "text/plain", Size: 3, Digest: "bb"}}, forum.Exempt, "offl. § 23")
		})
		h.put(deputy, secret+" framlegg", Wording{})
		id, item := h.minutes()
		h.arrive(chair, deputy, vaksdal, bergen)
		done(h, writtenItem(h, secretary, id, item, Passage{Field: NoteField, Text: secret + " drøfting."}))

		// What somebody reads: of the matter, the agenda, the votes and the minutes.
		reads := func(who string) (found []string) {
			h.Helper()
			note := func(where string, texts ...string) {
				if slices.ContainsFunc(texts, func(s string) bool { return strings.Contains(s, secret) }) {
					found = append(found, where)
				}
			}
			seen(h, func(ctx context.Context, tx Tx) (any, error) {
				matter, err := forum.ReadMatterPage(ctx, tx, h.as(who), h.matter)
				h.must(err)
				note("matter", matter.FullTitle, matter.Papers[0].Name)
				meeting, err := forum.ReadMeetingPage(ctx, tx, h.as(who), h.meeting)
				h.must(err)
				at := slices.IndexFunc(meeting.Items, func(r forum.AgendaRow) bool { return r.MatterID == h.matter })
				note("agenda", meeting.Items[at].Matter.FullTitle, meeting.Items[at].Papers[0].Name)
				other := slices.IndexFunc(meeting.Items, func(r forum.AgendaRow) bool { return r.MatterID == open })
				if meeting.Items[other].Papers[0].Name != "Andre.txt" {
					h.Errorf("%s does not read the papers of another matter", who)
				}
				votes, err := ReadVotes(ctx, tx, h.as(who), h.matter)
				h.must(err)
				note("votes", votes.Motions[0].Text)
				if paper, err := forum.ReadPaperFile(ctx, tx, h.as(who), papers[0].ID); err == nil {
					note("file", paper.Name)
				}
				if version, err := forum.ReadPaperVersion(ctx, tx, h.as(who), papers[0].ID, 1); err == nil {
					note("version", version.Name)
				}
				return nil, nil
			})
			return found
		}
		everything := []string{"matter", "agenda", "votes", "file", "version"}
		want := func(when, who string, places []string) {
			h.Helper()
			if got := reads(who); !slices.Equal(got, places) {
				h.Errorf("%s, %s reads what is exempt in %q, want %q", when, who, got, places)
			}
		}
		want("at first", vaksdal, everything)
		question := done(h, func(ctx context.Context, tx Tx) (*Impartiality, error) {
			return QuestionImpartiality(ctx, tx, h.as(secretary), h.matter, h.person(vaksdal), "Eig meieriet", "")
		})
		want("while it is a question", vaksdal, everything)
		done(h, func(ctx context.Context, tx Tx) (*Impartiality, error) {
			return Judge(ctx, tx, h.as(secretary), question.ID, Disqualified)
		})
		want("disqualified", vaksdal, nil)
		want("disqualified", bergen, everything)
		refused(h, "error.paper.withheld.out", func(ctx context.Context, tx Tx) (*forum.Document, error) {
			return forum.ReadPaperFile(ctx, tx, h.as(vaksdal), papers[0].ID)
		})
		round := done(h, sentMinutes(h, id))
		said := func(who string) string {
			record := h.page(id, who).Record
			return record.Items[slices.IndexFunc(record.Items, func(i RecordedItem) bool { return i.Key == item })].Note
		}
		if said(vaksdal) != "" || said(bergen) == "" || round.Record.Items == nil {
			h.Errorf("minutes say %q to the disqualified, %q to another", said(vaksdal), said(bergen))
		}
		done(h, func(ctx context.Context, tx Tx) (*Impartiality, error) {
			return ReopenDisqualify(ctx, tx, h.as(secretary), question.ID)
		})
		want("taken back", vaksdal, everything)
		if said(vaksdal) == "" {
			h.Error("minutes stay closed to who is a reader again")
		}
	})
}
