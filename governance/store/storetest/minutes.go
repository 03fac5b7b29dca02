package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/governance"
)

// minutesOf is one version of the minutes of a meeting of the registry's forum.
func (r *registry) minutesOf(ctx context.Context, tx governance.Tx, uid string) (*governance.Minutes, error) {
	m := forum.Meeting{
		ForumID: r.council.ID, State: forum.HeldMeeting, Form: forum.Remote, UID: r.matter.Intake + uid,
		Slot: forum.Slot{Start: agreed, End: agreed.Add(time.Hour)}, ItemsDue: agreed, PapersDue: agreed,
	}
	if err := tx.SaveMeeting(ctx, &m); err != nil {
		return nil, err
	}
	of := &governance.Minutes{
		ForumID: r.council.ID, MeetingID: m.ID, Number: 1, State: governance.WritingMinutes, Changes: "Feil «dag» \\", StartedBy: r.person.ID, StartedAt: agreed,
	}
	return of, tx.SaveMinutes(ctx, of)
}

func minutes(t *testing.T, keeper forum.Keeper) {
	r := newRegistry(t, keeper)
	var first, second *governance.Minutes
	r.write(func(ctx context.Context, tx governance.Tx) (err error) {
		if first, err = r.minutesOf(ctx, tx, "a"); err != nil {
			return err
		}
		first.State, first.ApprovedAt = governance.ApprovedMinutes, agreed
		next := *first
		second = &next
		second.ID, second.Number, second.State, second.ApprovedAt = 0, 2, governance.SentMinutes, time.Time{}
		return errors.Join(tx.SaveMinutes(ctx, first), tx.SaveMinutes(ctx, second))
	})
	equal(r, "one", first, func(ctx context.Context, tx governance.Tx) (*governance.Minutes, error) {
		return tx.Minutes(ctx, first.ID)
	})
	equal(r, "of the meeting", []governance.Minutes{*first, *second}, func(ctx context.Context, tx governance.Tx) ([]governance.Minutes, error) {
		return tx.MinutesOf(ctx, first.MeetingID)
	})
	ours := func(ctx context.Context, tx governance.Tx) (ours []governance.Minutes, err error) {
		open, err := tx.MinutesOpen(ctx)
		for _, m := range open {
			if m.ForumID == r.council.ID {
				ours = append(ours, m)
			}
		}
		return ours, err
	}
	equal(r, "open", []governance.Minutes{*second}, ours)
	unprinted := func(before time.Time) func(context.Context, governance.Tx) (bool, error) {
		return func(ctx context.Context, tx governance.Tx) (found bool, err error) {
			ids, err := tx.MinutesUnprinted(ctx, before)
			for _, id := range ids {
				found = found || id == first.ID
			}
			return found, err
		}
	}
	equal(r, "unprinted", true, unprinted(agreed.Add(time.Microsecond)))
	equal(r, "unprinted before", false, unprinted(agreed))
	first.PDF, first.PDFSize = "abc", 7
	r.write(func(ctx context.Context, tx governance.Tx) error { return tx.SaveMinutes(ctx, first) })
	equal(r, "unprinted once printed", false, unprinted(agreed.Add(time.Hour)))
	again := *second
	again.ID = 0
	if err := r.attempt(func(ctx context.Context, tx governance.Tx) error { return tx.SaveMinutes(ctx, &again) }); !forum.IsKind(err, forum.Conflict) {
		t.Errorf("a version twice: %v", err)
	}
	err := r.attempt(func(ctx context.Context, tx governance.Tx) error { _, err := tx.Minutes(ctx, 1<<40); return err })
	if !forum.IsKind(err, forum.NotFound) {
		t.Errorf("minutes that are not there: %v", err)
	}
}

func minutesRounds(t *testing.T, keeper forum.Keeper) {
	r := newRegistry(t, keeper)
	round := governance.MinutesRound{
		Number: 1, Digest: "d", Asked: []forum.PersonID{r.person.ID}, SentBy: r.person.ID, SentAt: agreed, KeyedBy: r.person.ID, KeyedAt: agreed, Deadline: agreed.Add(time.Hour),
		Record: governance.Record{
			Forum: "Rådet", Start: agreed, End: agreed.Add(time.Hour), Version: 1,
			Present: []governance.RecordedPerson{{PersonID: r.person.ID, Name: "Medlem", Stays: []governance.RecordedStay{{Came: agreed}}}},
			Items: []governance.RecordedItem{{
				Key: "item-1", Matter: r.matter.ID, Title: "Utskriving", Note: "Sa «ja»\n\nog \\nei", Dissents: []governance.RecordedDissent{{Name: "Medlem", Text: "Nei"}},
				Actions: []governance.RecordedAction{{OrganisationID: r.organisation.ID, Text: "Skriv", Due: "2026-06-01"}},
			}},
		},
	}
	answers := []governance.MinutesAnswer{{PersonID: r.person.ID, Reply: governance.RemarkReply, Text: "Nja", Source: forum.ByWeb, SaidAt: agreed}, {PersonID: r.person.ID, Reply: governance.ApproveMinutesReply, Source: forum.ByMail, SaidAt: agreed}}
	words := []governance.MinutesWord{{Level: forum.Municipal, PersonID: r.person.ID, StandIn: true, Answer: forum.Objects, Reason: "Nei", Source: forum.ByWeb, SaidAt: agreed}}
	r.write(func(ctx context.Context, tx governance.Tx) error {
		of, err := r.minutesOf(ctx, tx, "a")
		if err != nil {
			return err
		}
		round.MinutesID = of.ID
		err = tx.SaveMinutesRound(ctx, &round)
		for i := range answers {
			answers[i].RoundID = round.ID
			err = errors.Join(err, tx.SaveMinutesAnswer(ctx, &answers[i]))
		}
		words[0].RoundID = round.ID
		return errors.Join(err, tx.SaveMinutesWord(ctx, &words[0]))
	})
	equal(r, "round", &round, func(ctx context.Context, tx governance.Tx) (*governance.MinutesRound, error) {
		return tx.MinutesRound(ctx, round.ID)
	})
	equal(r, "answers", answers, func(ctx context.Context, tx governance.Tx) ([]governance.MinutesAnswer, error) {
		return tx.MinutesAnswers(ctx, round.ID)
	})
	equal(r, "words", words, func(ctx context.Context, tx governance.Tx) ([]governance.MinutesWord, error) {
		return tx.MinutesWords(ctx, round.ID)
	})
	again := round
	again.ID = 0
	if err := r.attempt(func(ctx context.Context, tx governance.Tx) error { return tx.SaveMinutesRound(ctx, &again) }); !forum.IsKind(err, forum.Conflict) {
		t.Errorf("a round twice: %v", err)
	}
}

func minutesNotes(t *testing.T, keeper forum.Keeper) {
	r := newRegistry(t, keeper)
	text := governance.MinutesText{Item: "item-1", Field: governance.NoteField, Text: "Ei\n\ntekst", Author: r.person.ID, WrittenAt: agreed, NotedAt: agreed}
	dissent := governance.MinutesDissent{Item: "item-1", PersonID: r.person.ID, Text: "Nei"}
	action := governance.MinutesAction{Item: "item-1", OrganisationID: r.organisation.ID, Text: "Skriv", Due: "2026-06-01"}
	var id governance.MinutesID
	r.write(func(ctx context.Context, tx governance.Tx) error {
		of, err := r.minutesOf(ctx, tx, "a")
		if err != nil {
			return err
		}
		id = of.ID
		text.MinutesID, dissent.MinutesID, action.MinutesID = id, id, id
		return errors.Join(tx.SaveMinutesText(ctx, &text), tx.SaveMinutesDissent(ctx, &dissent), tx.SaveMinutesAction(ctx, &action))
	})
	equal(r, "texts", []governance.MinutesText{text}, func(ctx context.Context, tx governance.Tx) ([]governance.MinutesText, error) {
		return tx.MinutesTexts(ctx, id)
	})
	dissents := func(ctx context.Context, tx governance.Tx) ([]governance.MinutesDissent, error) {
		return tx.MinutesDissents(ctx, id)
	}
	actions := func(ctx context.Context, tx governance.Tx) ([]governance.MinutesAction, error) {
		return tx.MinutesActions(ctx, id)
	}
	equal(r, "dissents", []governance.MinutesDissent{dissent}, dissents)
	equal(r, "actions", []governance.MinutesAction{action}, actions)
	again := text
	again.ID = 0
	if err := r.attempt(func(ctx context.Context, tx governance.Tx) error { return tx.SaveMinutesText(ctx, &again) }); !forum.IsKind(err, forum.Conflict) {
		t.Errorf("a text twice: %v", err)
	}
	r.write(func(ctx context.Context, tx governance.Tx) error {
		return errors.Join(tx.DropMinutesDissent(ctx, dissent.ID), tx.DropMinutesAction(ctx, action.ID))
	})
	equal(r, "no dissents", nil, dissents)
	equal(r, "no actions", nil, actions)
}
