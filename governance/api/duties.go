package api

import (
	"context"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/api"
	"github.com/samraad/samraad/governance"
)

// Duty is one thing that governance asks of the person.
type Duty struct {
	Sort           string                    `json:"sort" doc:"What kind of thing: vote, minutes-key, minutes-answer, impartiality, position, climb, escalation, ratification, follow-up, offer, minutes-write or minutes-ask-keys." example:"ratification"`
	ForumID        forum.ForumID             `json:"forum_id" doc:"Number of the forum."`
	By             *time.Time                `json:"by,omitempty" doc:"The last instant at which it is done in time."`
	MatterID       forum.MatterID            `json:"matter_id,omitempty" doc:"Number of the matter."`
	MeetingID      forum.MeetingID           `json:"meeting_id,omitempty" doc:"Of minutes: number of the meeting."`
	MinutesID      governance.MinutesID      `json:"minutes_id,omitempty" doc:"Number of the minutes, absent where they are not begun."`
	BallotID       governance.BallotID       `json:"ballot_id,omitempty" doc:"Number of the ballot."`
	Level          string                    `json:"level,omitempty" doc:"Of a position: the level whose it is."`
	LadderID       governance.LadderID       `json:"ladder_id,omitempty" doc:"Number of the ladder."`
	EscalationID   governance.EscalationID   `json:"escalation_id,omitempty" doc:"Number of the escalation."`
	RatificationID governance.RatificationID `json:"ratification_id,omitempty" doc:"Number of the party's line."`
	ImpartialityID governance.ImpartialityID `json:"impartiality_id,omitempty" doc:"Number of the question."`
	PersonID       forum.PersonID            `json:"person_id,omitempty" doc:"Number of who is questioned."`
	FollowUpID     governance.FollowUpID     `json:"follow_up_id,omitempty" doc:"Number of the follow-up."`
}

func dutyOf(d governance.Duty) Duty {
	shown := Duty{
		Sort: string(d.Sort), ForumID: d.Forum.ID, By: instant(d.By), MatterID: d.Matter.ID, MeetingID: d.Minutes.Meeting.ID, BallotID: d.Vote.ID, Level: string(d.Level),
		LadderID: d.Ladder.ID, EscalationID: d.Escalation.ID, RatificationID: d.Ratification.ID, ImpartialityID: d.Impartiality.ID, PersonID: d.Person.ID, FollowUpID: d.FollowUp.ID,
	}
	if d.Minutes.Minutes != nil {
		shown.MinutesID = d.Minutes.Minutes.ID
	}
	return shown
}

func duties(a *api.API) {
	api.Lists(api.Subject{API: a, Tag: "Self"}, api.About{ID: "listDuties", Path: "/me/duties", Summary: "List what governance asks of the own person", Text: "Votes, minutes, positions, escalations, ratifications, questions of impartiality and follow-ups across all forums, the most urgent first."},
		api.List[governance.Duty, Duty]{Show: dutyOf},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, _ *api.Paging) ([]governance.Duty, error) {
			all, err := governance.ReadDuties(ctx, governance.In(tx), by)
			if err != nil {
				return nil, err
			}
			return all.List, nil
		})
}
