package governance_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
	. "github.com/samraad/samraad/governance"
)

func (h *house) inWriting(motion MotionID) BallotID {
	h.Helper()
	return done(h, takes(h.as(secretary), motion, Taking{Way: InWriting, Deadline: h.now.AddDate(0, 0, 7)})).ID
}

func (h *house) scan() {
	h.Helper()
	h.must(Scan(h.Context(), h.keeper, nil))
}

// letters are who got which mails since the last look.
func (h *house) letters() (got []string) {
	h.Helper()
	for _, m := range h.messages() {
		got = append(got, string(m.Kind)+" "+m.To)
	}
	slices.Sort(got)
	return got
}

func (h *house) messages() []forum.Message {
	h.Helper()
	return seen(h, func(ctx context.Context, tx Tx) (fresh []forum.Message, err error) {
		ids, err := tx.MessagesBefore(ctx, forum.Queued, h.now.Add(time.Hour))
		for _, id := range ids {
			if id <= h.read {
				continue
			}
			h.read = id
			m, err := tx.Message(ctx, id)
			if err != nil {
				return nil, err
			}
			fresh = append(fresh, *m)
		}
		return fresh, err
	})
}

func TestSilenceIsNeverYes(t *testing.T) {
	onBoth(t, forum.MandateEntry{}, func(h *house) {
		motion := h.put(chair, "Vi øver.", Wording{})
		refused(h, "error.ballot.deadline", takes(h.as(secretary), motion.ID, Taking{Way: InWriting, Deadline: h.now.Add(time.Hour)}))
		h.messages()
		ballot := h.inWriting(motion.ID)
		if diff := cmp.Diff([]string{"ballot " + chair, "ballot " + bergen, "ballot " + vaksdal, "ballot " + deputy}, sorted(h.letters())); diff != "" {
			h.Error(diff)
		}
		h.say(ballot, map[string]string{chair: "+", vaksdal: "+"})
		refused(h, "error.ballot.deadline_ahead", closed(h.as(secretary), ballot))
		h.now = h.now.AddDate(0, 0, 6)
		h.scan()
		h.scan()
		if diff := cmp.Diff([]string{"ballot-reminder " + bergen, "ballot-reminder " + deputy}, sorted(h.letters())); diff != "" {
			h.Errorf("reminded: %s", diff)
		}
		h.now = h.now.AddDate(0, 0, 1)
		refused(h, "error.ballot.too_late", voted(h.as(deputy), ballot, Said{Vote: Yes}))
		h.scan()
		b := seen(h, func(ctx context.Context, tx Tx) (*Ballot, error) { return tx.Ballot(ctx, ballot) })
		if b.Result.Outcome != NotQuorate || b.Result.Where != s {
			h.Errorf("%+v", b.Result)
		}
		if got := len(h.letters()); got != 5 { // the four and the secretary
			h.Errorf("%d heard of the result", got)
		}
		next := h.call(h.now.AddDate(0, 1, 0))
		page := seen(h, func(ctx context.Context, tx Tx) (*PresencePage, error) {
			return ReadPresence(ctx, tx, h.as(chair), next)
		})
		if len(page.Reported) != 1 || page.Reported[0].ID != ballot || page.Reported[0].EndedKey() != "ended.not-quorate" {
			h.Errorf("the next agenda reports %+v", page.Reported)
		}
	})
}

func sorted(list []string) []string { slices.Sort(list); return list }

func TestEveryMemberCanDemandAMeeting(t *testing.T) {
	onBoth(t, forum.MandateEntry{}, func(h *house) {
		ballot := h.inWriting(h.put(chair, "Vi øver.", Wording{}).ID)
		next := h.call(h.now.AddDate(0, 1, 0))
		demand := func(by string) deed[*Ballot] {
			return func(ctx context.Context, tx Tx) (*Ballot, error) { return DemandMeeting(ctx, tx, h.as(by), ballot) }
		}
		refused(h, "error.ballot.no_vote", demand(secretary))
		done(h, demand(bergen))
		refused(h, "error.ballot.stopped.demanded", demand(vaksdal))
		refused(h, "error.ballot.stopped.demanded", voted(h.as(chair), ballot, Said{Vote: Yes}))
		item := seen(h, func(ctx context.Context, tx Tx) (*forum.Item, error) { return tx.PlaceOf(ctx, h.matter) })
		if item.MeetingID != next {
			h.Error("the matter does not stand on the next agenda")
		}
	})
}

// link is the secret of the link in the last mail to somebody.
func (h *house) link(to string) string {
	h.Helper()
	var facts BallotFacts
	for _, m := range h.messages() {
		if m.To == to && m.Kind == BallotMessage {
			h.must(json.Unmarshal(m.Facts, &facts))
		}
	}
	if facts.Link == "" {
		h.Fatalf("%s got no link", to)
	}
	return facts.Link
}

func TestALinkAloneDoesNotVote(t *testing.T) {
	onBoth(t, forum.MandateEntry{}, func(h *house) {
		h.inWriting(h.put(chair, "Vi øver.", Wording{}).ID)
		link := h.link(bergen)
		vote := func(code string) *forum.Error {
			return done(h, func(ctx context.Context, tx Tx) (*forum.Error, error) {
				return VoteByLink(ctx, tx, link, code, Said{Vote: Yes})
			})
		}
		wantRefused := func(code, key string) {
			h.Helper()
			if why := vote(code); why == nil || why.Key != key {
				h.Errorf("%q: %v, want %s", code, why, key)
			}
		}
		wantRefused("", "error.ballot.code_over")
		done(h, func(ctx context.Context, tx Tx) (bool, error) { return true, AskVotingCode(ctx, tx, link) })
		letters := h.messages()
		var facts VotingCodeFacts
		h.must(json.Unmarshal(letters[0].Facts, &facts))
		if len(letters) != 1 || letters[0].To != bergen || letters[0].ForumID != 0 {
			h.Fatalf("the code went to %+v", letters)
		}
		wantRefused("aaaa-aaaa", "error.ballot.code")
		if why := vote(" " + strings.ReplaceAll(facts.Code, "-", " ")); why != nil {
			h.Fatal(why)
		}
		page := seen(h, func(ctx context.Context, tx Tx) (*VotingPage, error) { return ReadVotingLink(ctx, tx, link) })
		if !page.Voted || page.Trouble != nil {
			h.Errorf("%+v", page)
		}
		h.now = h.now.Add(time.Hour)
		wantRefused(facts.Code, "error.ballot.code_over")
		done(h, func(ctx context.Context, tx Tx) (bool, error) { return true, AskVotingCode(ctx, tx, link) })
		for range forum.MostTries {
			wantRefused("bbbb-bbbb", "error.ballot.code")
		}
		wantRefused(facts.Code, "error.ballot.code_over")
		refused(h, "error.ballot.link", func(ctx context.Context, tx Tx) (*VotingPage, error) { return ReadVotingLink(ctx, tx, "nobody's") })
	})
}

func TestAMailIsNoVote(t *testing.T) {
	onBoth(t, forum.MandateEntry{}, func(h *house) {
		motion := h.put(chair, "Vi øver.", Wording{})
		ballot := h.inWriting(motion.ID)
		trouble := func(person string) string {
			h.Helper()
			h.messages()
			done(h, func(ctx context.Context, tx Tx) (bool, error) {
				return true, RefuseMailedVote(ctx, tx, ballot, h.person(person))
			})
			letters := h.messages()
			var facts BallotFacts
			h.must(json.Unmarshal(letters[0].Facts, &facts))
			if len(letters) != 1 || letters[0].To != person || (facts.Link != "") != (facts.Trouble == "error.ballot.by_mail") {
				h.Fatalf("%+v", facts)
			}
			return facts.Trouble
		}
		wantTrouble := func(person, want string) {
			h.Helper()
			if got := trouble(person); got != want {
				h.Errorf("%s hears %s, want %s", person, got, want)
			}
		}
		wantTrouble(chair, "error.ballot.by_mail")
		wantTrouble(users, "error.ballot.no_vote")
		done(h, func(ctx context.Context, tx Tx) (*Motion, error) {
			return WithdrawMotion(ctx, tx, h.as(chair), motion.ID)
		})
		wantTrouble(deputy, "error.ballot.stopped.withdrawn")
	})
}
