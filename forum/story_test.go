package forum_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
)

// teller makes a long story of acts that chance chooses, the same for a seed.
// It names things by the order in which they came: ids have gaps where
// something was undone.
type teller struct {
	*house
	chance   *rand.Rand
	told     []string // what happened, the same on both databases
	forums   []forum.ForumID
	people   []forum.Actor
	meetings []forum.MeetingID
	matters  []forum.MatterID
	removals []forum.RemovalID
	mails    []forum.IncomingID
	sent     int    // mails that someone tried to send
	keep     func() // remembers what the act made, if it is kept
}

func newTeller(h *house, seed uint64) *teller {
	s := &teller{house: h, chance: rand.New(rand.NewPCG(seed, 0))}
	for _, key := range []string{"raad", "raad", "raad", "utval", "gruppe"} {
		s.forums = append(s.forums, h.forum(key))
	}
	for _, address := range []string{
		ourSecretary, ourSecretary, ourSecretary, ourSecretary, ourSecretary, hfSecretary, hfSecretary, hfSecretary, hfSecretary, hfSecretary, chair, chair, deputy, deputy, vaksdal, bergen, proposing, observing, outside,
	} {
		s.people = append(s.people, h.as(address))
	}
	return s
}

func oneOf[T any](s *teller, list []T) T { return list[s.chance.IntN(len(list))] }

// oneMade is one of those that were made, or none.
func oneMade[T ~int64](s *teller, made []T) T {
	if len(made) == 0 || s.chance.IntN(12) == 0 {
		return 999_999
	}
	recent := made[max(0, len(made)-12):]
	return recent[s.chance.IntN(len(recent))]
}

func (s *teller) slot() forum.Slot {
	start := s.now.Add(time.Duration(s.chance.IntN(90*24)) * time.Hour).Truncate(time.Hour)
	return forum.Slot{Start: start, End: start.Add(2 * time.Hour), Place: fmt.Sprintf("Rom %d", s.chance.IntN(3))}
}

// happen does one thing, allowed or not.
func (s *teller) happen(ctx context.Context, tx forum.Tx) (what string, err error) {
	s.keep = func() {}
	deeds := []func(context.Context, forum.Tx, forum.Actor, forum.ForumID) (string, error){
		s.meet, s.meet, s.propose, s.propose, s.triage, s.remove, s.remove, s.remove, s.post, s.post,
	}
	return oneOf(s, deeds)(ctx, tx, oneOf(s, s.people), oneOf(s, s.forums))
}

func (s *teller) meet(ctx context.Context, tx forum.Tx, by forum.Actor, in forum.ForumID) (what string, err error) {
	id, to := oneMade(s, s.meetings), s.slot()
	switch what = oneOf(s, []string{"plan", "plan", "plan", "call", "call", "move", "cancel"}); what {
	case "plan":
		var m *forum.Meeting
		m, err = forum.PlanMeeting(ctx, tx, by, in, oneOf(s, forum.MeetingForms), to)
		s.keep = func() { s.meetings = append(s.meetings, m.ID) }
	case "call":
		_, err = forum.CallMeeting(ctx, tx, by, id)
	case "move":
		_, err = forum.MoveMeeting(ctx, tx, by, id, to)
	case "cancel":
		_, err = forum.CancelMeeting(ctx, tx, by, id, "Storm")
	}
	return what, err
}

func (s *teller) propose(ctx context.Context, tx forum.Tx, by forum.Actor, in forum.ForumID) (string, error) {
	m, err := forum.ProposeMatter(ctx, tx, by, in, forum.Proposal{Title: "Ei sak\x00", Text: "\xff\x00", Kind: oneOf(s, forum.MatterKinds), Source: forum.ByWeb})
	s.keep = func() { s.matters = append(s.matters, m.ID) }
	return "propose", err
}

func (s *teller) triage(ctx context.Context, tx forum.Tx, by forum.Actor, _ forum.ForumID) (what string, err error) {
	matter, meeting := oneMade(s, s.matters), oneMade(s, s.meetings)
	switch what = oneOf(s, []string{"place", "place", "place", "put back"}); what {
	case "place":
		_, err = forum.PlaceMatter(ctx, tx, by, matter, meeting)
	case "put back":
		_, err = forum.PutBack(ctx, tx, by, matter)
	}
	return what, err
}

func (s *teller) remove(ctx context.Context, tx forum.Tx, by forum.Actor, in forum.ForumID) (what string, err error) {
	removal, yes := oneMade(s, s.removals), s.chance.IntN(4) > 0
	switch what = oneOf(s, []string{"ask", "ask", "answer", "answer", "decide", "decide", "decide", "withdraw"}); what {
	case "ask":
		way := oneOf(s, []forum.Way{forum.Return, forum.Relocate, forum.Merge})
		wish := forum.Removal{Way: way, Reason: "Grunn \xff\x00", ToForum: in, ToMatter: oneMade(s, s.matters)}
		var r *forum.Removal
		r, err = forum.AskRemoval(ctx, tx, by, oneMade(s, s.matters), wish)
		what += " to " + string(way)
		s.keep = func() { s.removals = append(s.removals, r.ID) }
	case "answer":
		_, err = forum.AnswerRemoval(ctx, tx, by, removal, s.chance.IntN(2) == 0, "Saka hastar")
	case "decide":
		_, err = forum.DecideContested(ctx, tx, by, removal, yes)
	case "withdraw":
		_, err = forum.WithdrawRemoval(ctx, tx, by, removal)
	}
	return what, err
}

func (s *teller) post(ctx context.Context, tx forum.Tx, by forum.Actor, _ forum.ForumID) (what string, err error) {
	mail := oneMade(s, s.mails)
	switch what = oneOf(s, []string{"accept", "accept", "take", "hold", "release", "set aside"}); what {
	case "accept":
		s.sent++
		if _, err = forum.AcceptMail(ctx, tx, forum.Incoming{Recipient: "raad@voss.example"}, fmt.Append(nil, s.sent)); err != nil {
			return what, err
		}
		var waiting []forum.Incoming
		waiting, err = tx.NotUnderstood(ctx, 1000)
		s.keep = func() { s.mails = append(s.mails, waiting[len(waiting)-1].ID) }
	case "take":
		var m *forum.Matter
		m, err = forum.TakeMailedItem(ctx, tx, mail, by.Person, forum.Reading{From: vaksdal}, mailedProposal)
		s.keep = func() { s.matters = append(s.matters, m.ID) }
	case "hold":
		err = forum.HoldMail(ctx, tx, mail, forum.Reading{From: "ukjend@kvam.example"}, "held.unknown_sender", true)
	case "release":
		err = forum.ReleaseHeld(ctx, tx, by, mail, oneOf(s, s.people).Person)
	case "set aside":
		err = forum.SetMailAside(ctx, tx, by, mail)
	}
	return what, err
}

// tell lets a number of things happen, each in its own transaction; every tenth
// that goes well is undone by who opened the transaction.
func (s *teller) tell(acts int) {
	s.Helper()
	undo := errors.New("undone")
	for n := range acts {
		s.now = s.now.Add(time.Duration(s.chance.IntN(60)) * time.Minute)
		what, err := try(s.house, func(ctx context.Context, tx forum.Tx) (string, error) {
			what, err := s.happen(ctx, tx)
			if err == nil && n%10 == 9 {
				err = undo
			}
			return what, err
		})
		line := what + " " + said(err)
		if errors.Is(err, undo) {
			line = what + " undone"
		} else if err != nil && (!errors.As(err, new(*forum.Error)) || forum.IsKind(err, forum.Unavailable)) {
			s.Fatalf("act %d, %s: %v", n, what, err)
		}
		if err == nil {
			s.keep()
		}
		s.told = append(s.told, line)
	}
}

// check looks for what must hold whatever happened.
func (s *teller) check() {
	s.Helper()
	numbers := map[string]bool{}
	for _, in := range slices.Compact(slices.Clone(s.forums)) {
		chain := seen(s.house, func(ctx context.Context, tx forum.Tx) ([]forum.Event, error) { return tx.Chain(ctx, in) })
		if n := forum.VerifyChain(chain); n != 0 {
			s.Errorf("the chain of forum %d breaks at %d of %d", in, n, len(chain))
		}
		for _, e := range chain {
			s.told = append(s.told, fmt.Sprintf("%d %d %s %s %v", in, e.Number, e.Deed, e.Level, e.Details))
		}
		on := s.agendas(in)
		for _, state := range matterStates {
			for _, m := range seen(s.house, func(ctx context.Context, tx forum.Tx) ([]forum.Matter, error) { return tx.Matters(ctx, in, state) }) {
				if (state == forum.Placed) != (on[m.ID] == 1) || on[m.ID] > 1 {
					s.Errorf("matter %s is %s and stands on %d agendas", m.Intake, state, on[m.ID])
				}
				if state == forum.Placed && (m.Number == "" || numbers[fmt.Sprint(in, m.Number)]) {
					s.Errorf("matter %s has the number %q", m.Intake, m.Number)
				}
				numbers[fmt.Sprint(in, m.Number)] = true
				numbers[m.Intake] = true
				s.told = append(s.told, fmt.Sprintf("%s %s %q", m.Intake, state, m.Number))
			}
		}
	}
	for n := range s.matters {
		if number := fmt.Sprintf("2026-%d", n+1); !numbers[number] {
			s.Errorf("%d matters came, and none has the intake number %s", len(s.matters), number)
		}
	}
}

// agendas counts on how many agendas of a forum each matter stands, and checks
// that nobody has two invitations to a meeting.
func (s *teller) agendas(in forum.ForumID) map[forum.MatterID]int {
	s.Helper()
	on := map[forum.MatterID]int{}
	for _, m := range seen(s.house, func(ctx context.Context, tx forum.Tx) ([]forum.Meeting, error) { return tx.Meetings(ctx, in) }) {
		for _, item := range seen(s.house, func(ctx context.Context, tx forum.Tx) ([]forum.Item, error) { return tx.Agenda(ctx, m.ID) }) {
			on[item.MatterID]++
		}
		whose := map[forum.PersonID]bool{}
		for _, i := range seen(s.house, func(ctx context.Context, tx forum.Tx) ([]forum.Invitation, error) { return tx.Invitations(ctx, m.ID) }) {
			if whose[i.PersonID] {
				s.Errorf("person %d has two invitations to meeting %d", i.PersonID, m.ID)
			}
			whose[i.PersonID] = true
			if m.State == forum.CancelledMeeting && !i.Withdrawn {
				s.Errorf("an invitation to a cancelled meeting stands")
			}
		}
		s.told = append(s.told, fmt.Sprintf("meeting %s %d", m.State, m.Sequence))
	}
	return on
}

func TestALongStory(t *testing.T) {
	for seed := range uint64(2) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			var stories [][]string
			onBoth(t, func(h *house) {
				tale := newTeller(h, seed)
				tale.tell(200)
				tale.check()
				stories = append(stories, tale.told)
			})
			for _, other := range stories[1:] {
				if diff := cmp.Diff(stories[0], other); diff != "" {
					t.Errorf("the databases tell it differently: %s", diff)
				}
			}
		})
	}
}
