package web

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/web"
	"github.com/samraad/samraad/governance"
	pages "github.com/samraad/samraad/templates/governance"
)

// following is an act on a follow-up.
type following func(ctx context.Context, tx governance.Tx, by forum.Actor, id governance.FollowUpID) (*governance.FollowUp, error)

// pressed does something that needs no form.
func pressed(what web.Notice, do following) web.Handler {
	return func(v *web.Visit) error {
		return follow(v, what, do)
	}
}

// follow does something to the follow-up that the path names, and goes on to its place;
// fields are those of the form by the refusals' own names, of which a wrong one is
// shown again with what was typed.
func follow(v *web.Visit, what web.Notice, do following, fields ...[2]string) error {
	id, err := web.ID[governance.FollowUpID](v)
	if err != nil {
		return err
	}
	f, err := write(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*governance.FollowUp, error) {
		return do(ctx, tx, by, id)
	})
	var refusal *forum.Error
	for _, field := range fields {
		if errors.As(err, &refusal) && refusal.Field == field[0] {
			return followUpAgain(v, id, web.On(err, pages.FollowUpField(field[1], id)), fields)
		}
	}
	if err != nil {
		return err
	}
	return v.Done(what, int64(id), pages.FollowUpPlace(f.DecisionID, f.ID, ""))
}

// followUpAgain shows the page of the decision with the form that was answered wrong.
func followUpAgain(v *web.Visit, id governance.FollowUpID, wrong error, fields [][2]string) error {
	decision, err := read(v, func(ctx context.Context, tx governance.Tx, _ forum.Actor) (governance.DecisionID, error) {
		f, err := tx.FollowUp(ctx, id)
		if err != nil {
			return 0, err
		}
		return f.DecisionID, nil
	})
	if err != nil {
		return err
	}
	p, err := decisionPage(v, decision)
	if err != nil {
		return err
	}
	for _, field := range fields {
		name := pages.FollowUpField(field[1], id)
		p.Typed[name] = v.Value(name)
	}
	p.Mistakes = v.Mistakes(wrong)
	return v.Again(p)
}

// typed is what stands in a field of the form of the follow-up that the path names.
func typed(v *web.Visit, form string) string {
	id, err := web.ID[governance.FollowUpID](v)
	if err != nil {
		return ""
	}
	return v.Value(pages.FollowUpField(form, id))
}

func reportDone(v *web.Visit) error {
	return follow(v, followUpDone, func(ctx context.Context, tx governance.Tx, by forum.Actor, id governance.FollowUpID) (*governance.FollowUp, error) {
		return governance.ReportDone(ctx, tx, by, id, typed(v, "note"))
	}, [2]string{"text", "note"})
}

func noteFollowUp(v *web.Visit) error {
	return follow(v, followUpNoted, func(ctx context.Context, tx governance.Tx, by forum.Actor, id governance.FollowUpID) (*governance.FollowUp, error) {
		return governance.NoteFollowUp(ctx, tx, by, id, typed(v, "note"))
	}, [2]string{"text", "note"})
}

func blockFollowUp(v *web.Visit) error {
	return follow(v, followUpBlocked, func(ctx context.Context, tx governance.Tx, by forum.Actor, id governance.FollowUpID) (*governance.FollowUp, error) {
		return governance.BlockFollowUp(ctx, tx, by, id, typed(v, "block"))
	}, [2]string{"text", "block"})
}

func handOver(v *web.Visit) error {
	organisation, owner, _ := strings.Cut(typed(v, "to"), "/")
	to, _ := strconv.ParseInt(organisation, 10, 64) // what is no number is nobody
	person, _ := strconv.ParseInt(owner, 10, 64)
	return follow(v, followUpHanded, func(ctx context.Context, tx governance.Tx, by forum.Actor, id governance.FollowUpID) (*governance.FollowUp, error) {
		return governance.HandOver(ctx, tx, by, id, forum.OrganisationID(to), forum.PersonID(person), typed(v, "hand-over"))
	}, [2]string{"owner", "to"}, [2]string{"organisation", "to"}, [2]string{"text", "hand-over"})
}

func answerOffer(v *web.Visit) error {
	take, what := v.Value("take") == "yes", followUpTaken
	if !take {
		what = followUpNotTaken
	}
	return follow(v, what, func(ctx context.Context, tx governance.Tx, by forum.Actor, id governance.FollowUpID) (*governance.FollowUp, error) {
		return governance.AnswerOffer(ctx, tx, by, id, take, typed(v, "answer"))
	}, [2]string{"text", "answer"})
}

func reschedule(v *web.Visit) error {
	return follow(v, followUpRescheduled, func(ctx context.Context, tx governance.Tx, by forum.Actor, id governance.FollowUpID) (*governance.FollowUp, error) {
		return governance.RescheduleFollowUp(ctx, tx, by, id, forum.Date(typed(v, "due")), typed(v, "reschedule"))
	}, [2]string{"due", "due"}, [2]string{"text", "reschedule"})
}
