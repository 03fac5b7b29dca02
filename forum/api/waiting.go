package api

import (
	"context"
	"time"

	"github.com/samraad/samraad/forum"
)

// Waiting is one thing that waits for the person.
type Waiting struct {
	Sort      string           `json:"sort" doc:"What kind of thing: errand, notice, answer, key, stand-in, agree, decide, uncovered, guest, contribution, draft, papers, supplement, matter, mail or failure." example:"answer"`
	ForumID   forum.ForumID    `json:"forum_id" doc:"Number of the forum."`
	By        *time.Time       `json:"by,omitempty" doc:"The last instant at which it is done in time."`
	Since     *time.Time       `json:"since,omitempty" doc:"Of a contribution: from when on it could be given."`
	Level     string           `json:"level,omitempty" doc:"Of a contribution: the level from which it is missing."`
	MeetingID forum.MeetingID  `json:"meeting_id,omitempty" doc:"Number of the meeting; of a matter, the one that it can reach next."`
	MatterID  forum.MatterID   `json:"matter_id,omitempty" doc:"Number of the matter."`
	EditionID forum.EditionID  `json:"edition_id,omitempty" doc:"Number of the edition."`
	RemovalID forum.RemovalID  `json:"removal_id,omitempty" doc:"Number of the removal."`
	MailID    forum.IncomingID `json:"mail_id,omitempty" doc:"Number of the mail that is held."`
	MessageID forum.MessageID  `json:"message_id,omitempty" doc:"Number of the message that failed."`
	GuestID   forum.GuestID    `json:"guest_id,omitempty" doc:"Number of the guest."`
	PersonID  forum.PersonID   `json:"person_id,omitempty" doc:"Number of who asked, stays away, or seems to have written."`
	StandIn   bool             `json:"stand_in,omitempty" doc:"Whether the person was called up, or turns another's key."`
}

func waitingOf(w forum.Waiting) Waiting {
	return Waiting{
		Sort: string(w.Sort), ForumID: w.Forum.ID, By: instant(w.By), Since: instant(w.Since), Level: string(w.Level), MeetingID: w.Meeting.ID, MatterID: w.Matter.ID, EditionID: w.Edition.ID,
		RemovalID: w.Removal.ID, MailID: w.Mail.ID, MessageID: w.Message.ID, GuestID: w.Guest.ID, PersonID: w.Person.ID, StandIn: w.StandIn,
	}
}

func waiting(a *API) {
	Lists(Subject{a, "Self"}, About{ID: "listWaiting", Path: "/me/waiting", Summary: "List what awaits the own person", Text: "Across all forums, the most urgent first."},
		List[forum.Waiting, Waiting]{Show: waitingOf},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, _ *Paging) ([]forum.Waiting, error) {
			all, err := forum.ReadAwaiting(ctx, tx, by)
			if err != nil {
				return nil, err
			}
			return all.List, nil
		})
}
