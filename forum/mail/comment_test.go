package mail_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
)

// commentLetters are what people get about comments to a draft.
func commentLetters() []letter {
	facts := func(change func(*forum.ThreadFacts)) forum.ThreadFacts {
		f := forum.ThreadFacts{
			MatterFacts: matterFacts(nil), Part: forum.RecommendationPart, Author: "Klinikkdirektør, Helse Bergen HF", Organisation: "Helse Bergen HF", Level: forum.Specialist,
			Text: "Kl. 10 er for tidleg for oss.\n\nKan vi møtast kl. 12?", Token: "abcdefghijklmnopqrstuvwxyz",
		}
		change(&f)
		return f
	}
	return []letter{
		{"comment", forum.CommentMessage, facts(func(*forum.ThreadFacts) {})},
		{"comment_own_section", forum.CommentMessage, facts(func(f *forum.ThreadFacts) { f.Part, f.Section = forum.OwnPart, "Økonomi og drift" })},
		{"comment_exempt", forum.CommentMessage, facts(func(f *forum.ThreadFacts) { f.Part, f.Text, f.Exempt, f.Basis = "", "", true, "offl. § 13" })},
		{"comment_receipt", forum.CommentReceiptMessage, facts(func(f *forum.ThreadFacts) { f.Part = forum.BackgroundPart })},
		{"comment_receipt_papers", forum.CommentReceiptMessage, facts(func(f *forum.ThreadFacts) { f.Left = []string{"Tal.xlsx", "Kart.pdf"} })},
		{"comment_receipt_refused", forum.CommentReceiptMessage, facts(func(f *forum.ThreadFacts) { f.Trouble = "error.matter.state.merged" })},
	}
}

// commented is a house in whose council the secretary has commented on a matter
// of the member's; it gives the matter and what the member was told.
func commented(h *house) (forum.MatterID, forum.ThreadFacts) {
	h.Helper()
	in, writer := h.forum(council).ID, forum.AsPerson(h.person(member).ID)
	var matter *forum.Matter
	h.write(func(ctx context.Context, tx forum.Tx) (err error) {
		matter, err = forum.ProposeMatter(ctx, tx, writer, in, forum.Proposal{Title: "Utskriving", Text: "Bakgrunn.", Kind: forum.DecisionMatter, Source: forum.ByWeb})
		if err != nil {
			return err
		}
		_, err = forum.OpenThread(ctx, tx, forum.AsPerson(h.person(secretary).ID), matter.ID, 0, "Kva med helgane?")
		return err
	})
	return matter.ID, h.threadFacts(forum.CommentMessage, member)
}

// threadFacts are those of the newest message of a kind to an address.
func (h *house) threadFacts(kind forum.MessageKind, to string) (facts forum.ThreadFacts) {
	h.Helper()
	for _, m := range h.sent(council) {
		if m.Kind == kind && m.To == to {
			facts = forum.ThreadFacts{}
			h.must(json.Unmarshal(m.Facts, &facts))
		}
	}
	if facts.Token == "" {
		h.Fatalf("%s got no %s", to, kind)
	}
	return facts
}

// thread is what stands in the first thread of a matter's draft.
func (h *house) thread(id forum.MatterID) (list []string) {
	h.Helper()
	page := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.DraftPage, error) {
		return forum.ReadDraftPage(ctx, tx, forum.AsPerson(h.person(member).ID), id)
	})
	for _, c := range page.Threads[0].Comments {
		list = append(list, string(c.Source)+": "+c.Text)
	}
	return list
}

func TestAnAnswerLandsInTheThread(t *testing.T) {
	onBoth(t, func(h *house) {
		id, told := commented(h)
		own := forum.TokenAddress(council, told.Token)
		h.deliver(keyMail(member, "Dei òg.\n\nSærleg jula."), own)
		if n := h.drained(h.reader()); n != 1 || h.only(council).State != forum.Understood || h.only(council).MatterID != id {
			h.Fatalf("%d mails were read: %+v", n, h.only(council))
		}
		if diff := cmp.Diff([]string{"web: Kva med helgane?", "mail: Dei òg.\n\nSærleg jula."}, h.thread(id)); diff != "" {
			h.Errorf("the thread (-want +got):\n%s", diff)
		}
		if receipt := h.threadFacts(forum.CommentReceiptMessage, member); receipt.Trouble != "" {
			h.Errorf("the receipt says %+v", receipt)
		}
	})
}

// TestNoOtherMailLandsInAThread holds or notes what is not the member's own words,
// and tells the member who may be told.
func TestNoOtherMailLandsInAThread(t *testing.T) {
	for name, test := range map[string]struct {
		mail  func(string) string
		state forum.IncomingState
		want  string
	}{
		"of another member":        {func(string) string { return keyMail(secretary, "Mitt") }, forum.HeldMail, "held.unauthenticated"},
		"of a machine":             {func(m string) string { return "Auto-Submitted: auto-replied\r\n" + m }, forum.Noted, "noted.auto-reply"},
		"with an identity number":  {func(m string) string { return strings.Replace(m, "Dei", "13097248022", 1) }, forum.HeldMail, "held.identity_number"},
		"of a matter that is gone": {func(m string) string { return m }, forum.HeldMail, "held.comment_refused"},
	} {
		t.Run(name, func(t *testing.T) {
			onBoth(t, func(h *house) {
				id, told := commented(h)
				if name == "of a matter that is gone" {
					h.write(func(ctx context.Context, tx forum.Tx) error {
						m, err := tx.Matter(ctx, id)
						if err != nil {
							return err
						}
						m.State = forum.Returned
						return tx.SaveMatter(ctx, m)
					})
				}
				h.deliver(test.mail(keyMail(member, "Dei òg.")), forum.TokenAddress(council, told.Token))
				h.drained(h.reader())
				if got := h.only(council); got.State != test.state || got.Reason != test.want {
					h.Errorf("the mail is %s: %s", got.State, got.Reason)
				}
				if diff := cmp.Diff([]string{"web: Kva med helgane?"}, h.thread(id)); diff != "" {
					h.Errorf("the thread (-want +got):\n%s", diff)
				}
				if test.want == "held.comment_refused" && h.threadFacts(forum.CommentReceiptMessage, member).Trouble == "" {
					h.Error("the member was not told why")
				}
			})
		})
	}
}
