package governance_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
	. "github.com/samraad/samraad/governance"
)

func asError(err error, target **forum.Error) bool { return errors.As(err, target) }

func (h *house) sitting() *Sitting {
	h.Helper()
	return seen(h, func(ctx context.Context, tx Tx) (*Sitting, error) {
		meeting, err := tx.Meeting(ctx, h.meeting)
		if err != nil {
			return nil, err
		}
		return ReadSitting(ctx, tx, meeting)
	})
}

func noted(by forum.Actor, on forum.MeetingID, a Arrival) deed[[]Presence] {
	return func(ctx context.Context, tx Tx) ([]Presence, error) { return NoteArrival(ctx, tx, by, on, a) }
}

func TestPeopleComeAndLeave(t *testing.T) {
	onBoth(t, forum.MandateEntry{}, func(h *house) {
		quorum := func() (present []int) {
			s := h.sitting()
			for _, level := range s.Quorum(h.matter, nil, h.now) {
				present = append(present, level.Present)
			}
			return present
		}
		wantPresent := func(want ...int) {
			h.Helper()
			if diff := cmp.Diff(want, quorum()); diff != "" {
				h.Errorf("present of each level (-want +got):\n%s", diff)
			}
		}
		secretaryActs := h.as(secretary)
		came := h.arrive(chair, deputy, users, secretary)
		wantPresent(1, 1)
		h.now = h.now.Add(10 * time.Minute)
		h.arrive(vaksdal, bergen)
		wantPresent(2, 2)
		done(h, func(ctx context.Context, tx Tx) (*Presence, error) {
			return NoteLeaving(ctx, tx, secretaryActs, came[0].ID, time.Time{})
		})
		wantPresent(1, 2)

		inChair := Arrival{Person: h.person(substitute), Seat: h.seatOf(chair)}
		seated := done(h, noted(h.as(deputy), h.meeting, inChair))
		wantPresent(2, 2)
		refused(h, "error.presence.taken", noted(secretaryActs, h.meeting, Arrival{Person: h.person(chair)}))
		refused(h, "error.presence.no_substitute", noted(secretaryActs, h.meeting, Arrival{Person: h.person(substitute), Seat: h.seatOf(bergen)}))
		refused(h, "error.presence.no_seat", noted(secretaryActs, h.meeting, Arrival{Person: h.person(outside)}))
		refused(h, "error.presence.to_come", noted(secretaryActs, h.meeting, Arrival{Person: h.person(chair), At: h.now.Add(time.Minute)}))
		refused(h, "error.presence.too_early", noted(secretaryActs, h.meeting, Arrival{Person: h.person(chair), At: h.now.AddDate(0, 0, -1)}))
		refused(h, "error.forbidden.note_presence", noted(h.as(vaksdal), h.meeting, Arrival{Person: h.person(chair)}))
		refused(h, "error.presence.left_first", func(ctx context.Context, tx Tx) (*Presence, error) {
			return NoteLeaving(ctx, tx, secretaryActs, seated[0].ID, h.now.Add(-time.Hour))
		})
		done(h, func(ctx context.Context, tx Tx) (*Presence, error) {
			return TakeBackPresence(ctx, tx, secretaryActs, seated[0].ID)
		})
		h.arrive(chair)
		wantPresent(2, 2)
		want := []string{
			"presence_came", "presence_came", "presence_came", "presence_came", "presence_came", "presence_came",
			"presence_left", "presence_seated", "presence_taken_back", "presence_came",
		}
		if diff := cmp.Diff(want, h.deeds("presence_came")); diff != "" {
			h.Error(diff)
		}
	})
}

func disqualify(ctx context.Context, tx Tx, by forum.Actor, matter forum.MatterID, person forum.PersonID, reason, basis string) (*Impartiality, error) {
	question, err := QuestionImpartiality(ctx, tx, by, matter, person, reason, basis)
	if err != nil {
		return nil, err
	}
	return Judge(ctx, tx, by, question.ID, Disqualified)
}

func TestTheDisqualifiedAreOut(t *testing.T) {
	onBoth(t, forum.MandateEntry{}, func(h *house) {
		h.arrive(chair, deputy, vaksdal, bergen)
		forOneMatter := Arrival{Person: h.person(substitute), Seat: h.seatOf(chair), Matter: h.matter}
		refused(h, "error.presence.not_disqualified", noted(h.as(secretary), h.meeting, forOneMatter))
		question := done(h, func(ctx context.Context, tx Tx) (*Impartiality, error) {
			return disqualify(ctx, tx, h.as(secretary), h.matter, h.person(chair), "Nær slektning av søkjaren", "")
		})
		if question.AllTookPart || question.Basis != UsualBasis || question.Judgement != Disqualified {
			h.Errorf("%+v", question)
		}
		voters := func() (people []forum.PersonID) {
			s := h.sitting()
			questions := seen(h, func(ctx context.Context, tx Tx) ([]Impartiality, error) { return tx.Impartialities(ctx, h.matter) })
			for _, e := range s.Voters(h.matter, questions, h.now) {
				people = append(people, e.Person)
			}
			return people
		}
		if diff := cmp.Diff([]forum.PersonID{h.person(deputy), h.person(vaksdal), h.person(bergen)}, voters()); diff != "" {
			h.Error(diff)
		}
		done(h, noted(h.as(secretary), h.meeting, forOneMatter))
		if len(voters()) != 4 {
			h.Error("the substitute is seated for the matter, and does not count")
		}
		refused(h, "error.conflict.impartiality", func(ctx context.Context, tx Tx) (*Impartiality, error) {
			return QuestionImpartiality(ctx, tx, h.as(secretary), h.matter, h.person(chair), "Igjen", "")
		})
		refused(h, "error.impartiality.settled", func(ctx context.Context, tx Tx) (*Impartiality, error) {
			return Judge(ctx, tx, h.as(secretary), question.ID, Cleared)
		})
		done(h, func(ctx context.Context, tx Tx) (*Impartiality, error) {
			return ReopenDisqualify(ctx, tx, h.as(deputy), question.ID)
		})
		done(h, func(ctx context.Context, tx Tx) (*Impartiality, error) {
			return Judge(ctx, tx, h.as(deputy), question.ID, Cleared)
		})
		want := []string{"impartiality_questioned", "impartiality_disqualified", "presence_seated", "impartiality_reopened", "impartiality_cleared"}
		if diff := cmp.Diff(want, h.deeds("impartiality_questioned")); diff != "" {
			h.Error(diff)
		}
	})
}

func TestAllTakePartWhenTooManyAreQuestioned(t *testing.T) {
	onBoth(t, forum.MandateEntry{}, func(h *house) {
		h.arrive(chair, deputy)
		question := done(h, func(ctx context.Context, tx Tx) (*Impartiality, error) {
			return disqualify(ctx, tx, h.as(secretary), h.matter, h.person(chair), "Nær slektning av søkjaren", "fvl. § 6 fyrste ledd bokstav b")
		})
		if !question.AllTookPart {
			h.Error("without the chair no municipality is there, and yet the chair did not take part in the question")
		}
	})
}
