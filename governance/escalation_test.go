package governance_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/samraad/samraad/forum"
	. "github.com/samraad/samraad/governance"
)

const (
	hospitalSecretary = "sekretar@bergen.example"
	topSecretary      = "sekretar@topp.example"
)

// grow puts the council under a top leaders' meeting and a committee under the
// council, each with people of its own.
func (h *house) grow(change func(*forum.AreaPlan)) (top, committee forum.ForumID) {
	h.Helper()
	plan := councilPlan(forum.MandateEntry{})
	council := plan.Forums[0]
	council.Parent = "topp"
	council.Seats = append(council.Seats, forum.SeatEntry{Person: hospitalSecretary, Organisation: "983974724", Capacity: forum.Secretary})
	plan.People = append(plan.People, forum.PersonEntry{Address: hospitalSecretary, Name: "Person " + hospitalSecretary}, forum.PersonEntry{Address: topSecretary, Name: "Person " + topSecretary})
	mandate := forum.MandateEntry{From: "2020-01-01"}
	plan.Forums = []forum.ForumEntry{
		{Key: "topp", Name: "Toppleiarmøtet", Kind: forum.TopLeaderMeeting, Address: "topp@voss.example", Mandate: mandate, Seats: []forum.SeatEntry{
			{Person: chair, Organisation: "944233199", Capacity: forum.Member}, {Person: topSecretary, Organisation: "983974724", Capacity: forum.Secretary},
		}},
		council,
		{Key: "utval", Name: "Underutval", Kind: forum.SubCommittee, Parent: "raad", Address: "utval@voss.example", Mandate: mandate, Seats: []forum.SeatEntry{
			{Person: outside, Organisation: "961821967", Capacity: forum.Secretary},
		}},
	}
	if change != nil {
		change(plan)
	}
	done(h, func(ctx context.Context, tx Tx) (forum.ImportCount, error) {
		return forum.ImportArea(ctx, tx, forum.Operator(), plan)
	})
	all := seen(h, func(ctx context.Context, tx Tx) ([]forum.Forum, error) { return tx.Forums(ctx) })
	return h.forumOf(all, "topp"), h.forumOf(all, "utval")
}

func (h *house) forumOf(all []forum.Forum, key string) forum.ForumID {
	return all[slices.IndexFunc(all, func(f forum.Forum) bool { return f.Key == key })].ID
}

// posted are the messages of kinds since the start, as "kind address" in order.
func (h *house) posted(kinds ...forum.MessageKind) (lines []string) {
	h.Helper()
	for _, m := range h.mailsOf(kinds...) {
		lines = append(lines, string(m.Kind)+" "+m.To)
	}
	return lines
}

func (h *house) mailsOf(kinds ...forum.MessageKind) (mails []forum.Message) {
	h.Helper()
	return seen(h, func(ctx context.Context, tx Tx) ([]forum.Message, error) {
		ids, err := tx.MessagesBefore(ctx, forum.Queued, tx.Now().Add(time.Hour))
		for _, id := range ids {
			m, err := tx.Message(ctx, id)
			if err != nil {
				return nil, err
			}
			if slices.Contains(kinds, m.Kind) {
				mails = append(mails, *m)
			}
		}
		return mails, err
	})
}

func (h *house) want(what string, got, want []string) {
	h.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		h.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func escalated(by forum.Actor, matter forum.MatterID, to forum.ForumID) deed[*Escalation] {
	return func(ctx context.Context, tx Tx) (*Escalation, error) {
		return Escalate(ctx, tx, by, matter, Sending{To: to, Reason: "For stor for oss", Question: "Skal vi byggje?", Deadline: "2026-03-20"})
	}
}

func answeredWith(by forum.Actor, id EscalationID, text string) deed[*Escalation] {
	return func(ctx context.Context, tx Tx) (*Escalation, error) {
		return AnswerEscalation(ctx, tx, by, id, text, 0)
	}
}

func journey(by forum.Actor, matter forum.MatterID) deed[*Journey] {
	return func(ctx context.Context, tx Tx) (*Journey, error) { return ReadJourney(ctx, tx, by, matter) }
}

func TestAMatterGoesUpWithItsPapersAndTheAnswerComesBack(t *testing.T) {
	onBoth(t, forum.MandateEntry{}, func(h *house) {
		top, committee := h.grow(nil)
		done(h, func(ctx context.Context, tx Tx) ([]forum.Document, error) {
			_, err := forum.AddPapers(ctx, tx, h.as(secretary), h.matter, []forum.Paper{{Name: "Notat.txt", Type: "text/plain", Size: 3, Digest: "aa"}}, forum.Internal, "")
			if err != nil {
				return nil, err
			}
			return forum.AddPapers(ctx, tx, h.as(secretary), h.matter, []forum.Paper{{Name: "Løyndom.txt", Type: "text/plain", Size: 3, Digest: "bb"}}, forum.Exempt, "offl. § 13")
		})
		done(h, func(ctx context.Context, tx Tx) (*forum.Draft, error) {
			return forum.OpenDraft(ctx, tx, h.as(vaksdal), h.matter)
		})
		done(h, func(ctx context.Context, tx Tx) (*forum.Saving, error) {
			sections, err := tx.DraftSections(ctx, h.matter)
			if err != nil {
				return nil, err
			}
			return forum.SaveSection(ctx, tx, h.as(deputy), sections[1].ID, 0, "Vi rår til å byggje.")
		})

		for _, who := range []string{vaksdal, bergen, users, substitute, outside} {
			refused(h, "error.forbidden.escalate_matter", escalated(h.as(who), h.matter, top))
		}
		e := done(h, escalated(h.as(hospitalSecretary), h.matter, top))
		if e.Direction != Up || e.State != OpenEscalation || e.AskedLevel != s {
			h.Errorf("sent as %+v", e)
		}
		h.want("told", h.posted(EscalatedMessage), []string{"escalated " + topSecretary, "escalated " + secretary})
		refused(h, "error.escalation.sent_already", escalated(h.as(secretary), h.matter, committee))

		there := seen(h, func(ctx context.Context, tx Tx) (*forum.MatterPage, error) {
			return forum.ReadMatterPage(ctx, tx, h.as(topSecretary), e.ToMatter)
		})
		var papers []string
		for _, d := range there.Papers {
			papers = append(papers, d.Name+" "+string(d.Access)+" "+string(d.Digest))
		}
		h.want("papers there", papers, []string{"Notat.txt internal aa", "Løyndom.txt exempt bb"})
		if there.State != forum.Proposed || there.ForumID != top || there.Proposer != h.person(secretary) {
			h.Errorf("there it is %+v", there.Matter)
		}
		texts := seen(h, func(ctx context.Context, tx Tx) (texts []string, _ error) {
			sections, err := tx.DraftSections(ctx, e.ToMatter)
			if err != nil {
				return nil, err
			}
			versions, err := tx.DraftVersions(ctx, sections[1].ID)
			for _, v := range versions {
				texts = append(texts, v.Text+" "+string(v.Level))
			}
			return texts, err
		})
		h.want("draft there", texts, []string{"Vi rår til å byggje. " + string(s)})

		here := seen(h, journey(h.as(vaksdal), h.matter))
		if len(here.Stops) != 2 || here.Stops[1].By.Question != "Skal vi byggje?" || here.Stops[1].MayOpen || !here.Stops[0].Here || here.MaySend {
			h.Errorf("the way is %+v", here.Stops)
		}
		refused(h, "error.forbidden.answer_escalation", answeredWith(h.as(secretary), e.ID, "Bygg"))
		refused(h, "error.text_missing", answeredWith(h.as(topSecretary), e.ID, " "))
		done(h, answeredWith(h.as(topSecretary), e.ID, "Ja, bygg innan 2027."))
		refused(h, "error.escalation.state.answered", answeredWith(h.as(topSecretary), e.ID, "Nei"))
		h.want("told of the answer", h.posted(EscalationClosedMessage), []string{"escalation-closed " + secretary, "escalation-closed " + hospitalSecretary})
		back := seen(h, journey(h.as(users), h.matter))
		if got := back.Stops[1].By; got.State != AnsweredEscalation || got.Answer != "Ja, bygg innan 2027." {
			h.Errorf("it came back as %+v", got)
		}
		h.want("the log", h.deeds("matter_sent_up"), []string{"matter_sent_up", "escalation_answered"})

		down := done(h, escalated(h.as(secretary), h.matter, committee))
		if down.Direction != Down {
			h.Errorf("down is %s", down.Direction)
		}
		done(h, func(ctx context.Context, tx Tx) (*Escalation, error) {
			return WithdrawEscalation(ctx, tx, h.as(hospitalSecretary), down.ID, "Ikkje lenger")
		})
		whole := seen(h, journey(h.as(topSecretary), e.ToMatter))
		var states []string
		for _, stop := range whole.Stops {
			state := ""
			if stop.By != nil {
				state = string(stop.By.State)
			}
			states = append(states, stop.Forum.Name+" "+state)
		}
		h.want("the way as seen from the top", states, []string{"Samarbeidsrådet ", "Toppleiarmøtet answered", "Underutval withdrawn"})
	})
}

func TestAForumIsSomewhereElseInTheSameArea(t *testing.T) {
	onBoth(t, forum.MandateEntry{}, func(h *house) {
		top, _ := h.grow(nil)
		for name, to := range map[string]forum.ForumID{"itself": h.council, "nowhere": 999, "none": 0} {
			h.Run(name, func(t *testing.T) {
				refused(h, "error.escalation.forum", func(ctx context.Context, tx Tx) (*Escalation, error) {
					return Escalate(ctx, tx, h.as(secretary), h.matter, Sending{To: to, Reason: "x", Question: "y"})
				})
			})
		}
		refused(h, "error.deadline_over", func(ctx context.Context, tx Tx) (*Escalation, error) {
			return Escalate(ctx, tx, h.as(secretary), h.matter, Sending{To: top, Reason: "x", Question: "y", Deadline: "2020-01-01"})
		})
	})
}

// TestWordsOfAnExemptMatterStayWithThoseWhoMayReadThem looks for a secret in all
// that others than those are shown or sent.
func TestWordsOfAnExemptMatterStayWithThoseWhoMayReadThem(t *testing.T) {
	onBoth(t, forum.MandateEntry{}, func(h *house) {
		const secret = "Kvitserkprosjektet"
		top, _ := h.grow(nil)
		done(h, func(ctx context.Context, tx Tx) (bool, error) {
			_, err := forum.ClassifyTitle(ctx, tx, h.as(secretary), h.matter, forum.Titling{Public: "Ei sak", Access: forum.Exempt, Full: secret, Basis: "offl. § 23"})
			return true, err
		})
		e := done(h, func(ctx context.Context, tx Tx) (*Escalation, error) {
			return Escalate(ctx, tx, h.as(secretary), h.matter, Sending{To: top, Reason: secret, Question: secret})
		})
		done(h, answeredWith(h.as(topSecretary), e.ID, secret))
		for _, m := range h.mailsOf(EscalatedMessage, EscalationClosedMessage) {
			if strings.Contains(string(m.Facts), secret) {
				h.Errorf("the mail %s to %s has it", m.Kind, m.To)
			}
		}
		for _, in := range []forum.ForumID{h.council, top} {
			for _, event := range seen(h, func(ctx context.Context, tx Tx) ([]forum.Event, error) { return tx.Chain(ctx, in) }) {
				for _, detail := range event.Details {
					if strings.Contains(detail, secret) {
						h.Errorf("the log has it: %s", event.Deed)
					}
				}
			}
		}
		shown := func(who string) string {
			j := seen(h, journey(h.as(who), h.matter))
			p := seen(h, func(ctx context.Context, tx Tx) (*EscalationPage, error) {
				return ReadEscalation(ctx, tx, h.as(who), e.ID)
			})
			return string(forum.MarshalFacts(j)) + string(forum.MarshalFacts(p))
		}
		if !strings.Contains(shown(vaksdal), secret) {
			h.Error("a member of the council is kept from it")
		}
		if strings.Contains(shown(substitute), secret) {
			h.Error("a substitute who is not called up reads it")
		}
		refused(h, "error.forbidden.read_matter", func(ctx context.Context, tx Tx) (*EscalationPage, error) {
			return ReadEscalation(ctx, tx, h.as(outside), e.ID)
		})
	})
}

func TestAnOverdueAnswerIsRemindedOfOnce(t *testing.T) {
	onBoth(t, forum.MandateEntry{}, func(h *house) {
		top, _ := h.grow(nil)
		done(h, escalated(h.as(secretary), h.matter, top))
		for _, at := range []string{"2026-03-10 10:00", "2026-03-16 10:00", "2026-03-17 10:00"} {
			h.now = oslo(at)
			h.must(Scan(h.Context(), h.keeper, noHolidays{}))
		}
		h.want("reminded", h.posted(EscalationDueMessage), []string{"escalation-due " + topSecretary})
	})
}

// noHolidays is an almanac without any.
type noHolidays struct{}

func (noHolidays) Holiday(forum.Date) string { return "" }

func (noHolidays) Days(forum.SeriesRule, int) []forum.Date { return nil }

func oslo(at string) time.Time {
	local, err := time.ParseInLocation("2006-01-02 15:04", at, forum.Oslo)
	if err != nil {
		panic(err)
	}
	return local.UTC()
}

// TestUpIsTheOtherWayOfDown draws trees: whatever is up from one is down from the other.
func TestUpIsTheOtherWayOfDown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var forums []forum.Forum
		for i := range rapid.IntRange(2, 8).Draw(t, "forums") {
			forums = append(forums, forum.Forum{ID: forum.ForumID(i + 1), AreaID: 1, Parent: forum.ForumID(rapid.IntRange(0, i).Draw(t, "parent"))})
		}
		a := forum.ForumID(rapid.IntRange(1, len(forums)).Draw(t, "from"))
		b := forum.ForumID(rapid.IntRange(1, len(forums)).Draw(t, "to"))
		there, err := DirectionOf(forums, a, b)
		back, backErr := DirectionOf(forums, b, a)
		if a == b {
			if err == nil {
				t.Fatal("a forum sends to itself")
			}
			return
		}
		want := map[Direction]Direction{Up: Down, Down: Up, Sideways: Sideways}[there]
		if err != nil || backErr != nil || back != want {
			t.Fatalf("%s there, %s back", there, back)
		}
	})
}
