package api

import (
	"context"
	"fmt"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/api"
	"github.com/samraad/samraad/governance"
)

// Minutes are one version of the minutes of a meeting.
type Minutes struct {
	ID         governance.MinutesID      `json:"id" doc:"Number of the minutes."`
	MeetingID  forum.MeetingID           `json:"meeting_id" doc:"Number of the meeting."`
	Version    int                       `json:"version" doc:"From 1; later ones are corrections."`
	State      string                    `json:"state" doc:"writing, sent, keyed or approved."`
	Changes    string                    `json:"changes,omitempty" doc:"Of a correction: what it changes, and why."`
	Due        time.Time                 `json:"due" doc:"By when they are to be out."`
	RoundID    governance.MinutesRoundID `json:"round_id,omitempty" doc:"The newest round of approval; answers name it, so that none counts for another text."`
	Digest     string                    `json:"digest,omitempty" doc:"SHA-256 of what the round put before people."`
	Holds      bool                      `json:"holds" doc:"Whether the stored record has that digest."`
	Deadline   *time.Time                `json:"deadline,omitempty" doc:"From when on the silence of key-holders approves."`
	ApprovedAt *time.Time                `json:"approved_at,omitempty" doc:"When both keys had approved."`
	Present    []MinutesPerson           `json:"present" doc:"Who was there."`
	Absent     []MinutesPerson           `json:"absent" doc:"Members who were not."`
	Items      []MinutesItem             `json:"items" doc:"What is recorded of each line of the agenda; nothing while they are written by others."`
	Note       string                    `json:"note,omitempty" doc:"Of the meeting as a whole."`
	Answers    []MinutesAnswer           `json:"answers" doc:"Those who were asked, with what holds of their answers."`
	Keys       []MinutesKey              `json:"keys" doc:"How each level's key stands, once asked."`
	Decisions  []MinutesDecision         `json:"decisions" doc:"Of approved minutes, as far as the caller may read them."`
	MayWrite   bool                      `json:"may_write" doc:"Whether the caller writes minutes of the forum."`
}

// MinutesPerson is somebody who was there, or should have been.
type MinutesPerson struct {
	PersonID     forum.PersonID `json:"person_id" doc:"Number of the person."`
	Name         string         `json:"name" doc:"As it was then."`
	Organisation string         `json:"organisation" doc:"For which the person sat."`
	Level        string         `json:"level" doc:"Of the organisation."`
	InPlace      string         `json:"in_place,omitempty" doc:"Whose seat a substitute filled."`
	Stays        []MinutesStay  `json:"stays" doc:"From when to when."`
}

// MinutesStay is one stretch of presence.
type MinutesStay struct {
	Came time.Time  `json:"came" doc:"When."`
	Left *time.Time `json:"left,omitempty" doc:"Absent for who stayed."`
}

// MinutesItem is what is recorded of one line.
type MinutesItem struct {
	Key       string           `json:"key" doc:"Name of the line." example:"item-3"`
	MatterID  forum.MatterID   `json:"matter_id,omitempty" doc:"Absent for a line that is no matter."`
	Number    string           `json:"number,omitempty" doc:"Of the matter."`
	Title     string           `json:"title,omitempty" doc:"The public one."`
	Exempt    bool             `json:"exempt" doc:"Whether it is exempt from public access."`
	Basis     string           `json:"basis,omitempty" doc:"On which legal basis."`
	Note      string           `json:"note,omitempty" doc:"What was said."`
	Proposals string           `json:"proposals,omitempty" doc:"What was proposed, and by whom."`
	Motions   []MinutesMotion  `json:"motions" doc:"What was moved, in the order of voting."`
	Decision  string           `json:"decision,omitempty" doc:"What was decided."`
	Closed    string           `json:"closed,omitempty" doc:"Legal basis on which the doors were closed."`
	Dissents  []MinutesDissent `json:"dissents" doc:"Recorded dissent."`
	Actions   []RecordedAction `json:"actions" doc:"What organisations are to do."`
}

// MinutesDissent is what somebody had recorded.
type MinutesDissent struct {
	ID           governance.MinutesDissentID `json:"id" doc:"Number of the dissent."`
	Name         string                      `json:"name" doc:"Who dissents."`
	Organisation string                      `json:"organisation" doc:"For which the person sat."`
	Level        string                      `json:"level" doc:"Of the organisation."`
	Text         string                      `json:"text" doc:"What is recorded."`
}

// RecordedAction is an action with its number.
type RecordedAction struct {
	ID     governance.MinutesActionID `json:"id" doc:"Number of the action."`
	Action MinutesAction              `json:"action" doc:"What is to be done."`
}

// MinutesAction is what an organisation is to do.
type MinutesAction struct {
	OrganisationID forum.OrganisationID `json:"organisation_id" minimum:"1" doc:"Number of the organisation."`
	OwnerID        forum.PersonID       `json:"owner_id,omitempty" minimum:"0" doc:"Who of it; left out for whoever sits for it."`
	Text           string               `json:"text" maxLength:"2000" doc:"What is to be done."`
	Due            string               `json:"due" maxLength:"10" doc:"By when." example:"2026-11-30"`
}

// MinutesAnswer is somebody who was asked.
type MinutesAnswer struct {
	PersonID forum.PersonID `json:"person_id" doc:"Number of the person."`
	Name     string         `json:"name" doc:"Name of the person."`
	Reply    string         `json:"reply,omitempty" doc:"approve or remark; absent for none."`
	Text     string         `json:"text,omitempty" doc:"Of a remark, for those who may read it."`
	At       *time.Time     `json:"at,omitempty" doc:"When it was said."`
}

// MinutesKey is a level's key.
type MinutesKey struct {
	Level  string `json:"level" doc:"municipal or specialist."`
	Answer string `json:"answer,omitempty" doc:"approve or object; absent for none."`
	By     string `json:"by,omitempty" doc:"Who said it."`
	Reason string `json:"reason,omitempty" doc:"Of an objection."`
}

// MinutesDecision is a decision that approved minutes made.
type MinutesDecision struct {
	ID     governance.DecisionID `json:"id" doc:"Number of the decision in the program."`
	Number string                `json:"number" doc:"The forum's own."`
	Text   string                `json:"text" doc:"What was decided."`
}

// MinutesPassage is what is written in a field of an item.
type MinutesPassage struct {
	Field string `json:"field" enum:"note,proposals,decision,closed" doc:"Which field."`
	Was   string `json:"was" maxLength:"100000" doc:"What it said when the writing began: what others wrote since is woven in."`
	Text  string `json:"text" maxLength:"100000" doc:"What it is to say."`
	Side  string `json:"side,omitempty" enum:"mine,theirs,both" doc:"What holds where others changed the same paragraphs; left out the call is refused there, with nothing saved."`
}

// MinutesWriting is what is written of an item.
type MinutesWriting struct {
	Item     string           `json:"item" maxLength:"100" doc:"Name of the line; empty for the meeting as a whole."`
	Passages []MinutesPassage `json:"passages" minItems:"1" maxItems:"4" doc:"Field by field."`
}

// NewDissent is a dissent to be recorded.
type NewDissent struct {
	Item     string         `json:"item" maxLength:"100" doc:"Name of the line."`
	PersonID forum.PersonID `json:"person_id" minimum:"1" doc:"Who dissents, of those who are noted as present."`
	Text     string         `json:"text" maxLength:"100000" doc:"What is to be recorded."`
}

// NewAction is an action to be recorded.
type NewAction struct {
	Item   string        `json:"item" maxLength:"100" doc:"Name of the line."`
	Action MinutesAction `json:"action" doc:"What is to be done."`
}

// MinutesNoteDrop takes a dissent or an action out.
type MinutesNoteDrop struct {
	ID int64 `json:"id" minimum:"1" doc:"Number of the dissent or the action."`
}

// MinutesReply is what somebody who was there says.
type MinutesReply struct {
	RoundID governance.MinutesRoundID `json:"round_id" minimum:"1" doc:"The round that is spoken of; an older one is refused."`
	Reply   string                    `json:"reply" enum:"approve,remark,take-back" doc:"The answer."`
	Text    string                    `json:"text,omitempty" maxLength:"100000" doc:"Of a remark."`
}

// MinutesKeyWord is what a key-holder says.
type MinutesKeyWord struct {
	RoundID governance.MinutesRoundID `json:"round_id" minimum:"1" doc:"The round that is spoken of; an older one is refused."`
	Answer  string                    `json:"answer" enum:"approve,object,take-back" doc:"The word."`
	Reason  string                    `json:"reason,omitempty" maxLength:"10000" doc:"Of an objection."`
}

// MinutesCorrection is why approved minutes are corrected.
type MinutesCorrection struct {
	Reason string `json:"reason" maxLength:"10000" doc:"What is changed, and why; all can read it."`
}

func minutesInstant(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	utc := at.UTC()
	return &utc
}

func minutesOf(p governance.MinutesPage) Minutes {
	m := Minutes{
		ID: p.ID, MeetingID: p.MeetingID, Version: p.Number, State: string(p.State), Changes: p.Changes, Due: p.Due.UTC(), RoundID: p.RoundID, Holds: p.Holds,
		ApprovedAt: minutesInstant(p.ApprovedAt), Present: []MinutesPerson{}, Absent: []MinutesPerson{}, Items: []MinutesItem{}, MayWrite: p.MayWrite,
		Answers: api.Each(p.Answers, func(a governance.MinutesAnswerRow) MinutesAnswer {
			shown := MinutesAnswer{PersonID: a.PersonID, Name: a.Name}
			if a.Answer != nil {
				shown.Reply, shown.Text, shown.At = string(a.Answer.Reply), a.Answer.Text, minutesInstant(a.Answer.SaidAt)
			}
			return shown
		}),
		Keys: api.Each(p.Keys, func(k governance.MinutesKeyRow) MinutesKey {
			shown := MinutesKey{Level: string(k.Level), By: k.By}
			if k.Word != nil {
				shown.Answer, shown.Reason = string(k.Word.Answer), k.Word.Reason
			}
			return shown
		}),
		Decisions: api.Each(p.Decisions, func(d governance.Decision) MinutesDecision { return MinutesDecision{d.ID, d.Number, d.Text} }),
	}
	if p.Round != nil {
		m.Digest, m.Deadline = string(p.Round.Digest), minutesInstant(p.Round.Deadline)
	}
	if p.Record != nil {
		m.Note = p.Record.Note
		m.Present, m.Absent = api.Each(p.Record.Present, minutesPersonOf), api.Each(p.Record.Absent, minutesPersonOf)
		m.Items = api.Each(p.Record.Items, minutesItemOf)
	}
	return m
}

func minutesPersonOf(p governance.RecordedPerson) MinutesPerson {
	return MinutesPerson{p.PersonID, p.Name, p.Organisation, string(p.Level), p.InPlace, api.Each(p.Stays, func(s governance.RecordedStay) MinutesStay {
		return MinutesStay{s.Came.UTC(), minutesInstant(s.Left)}
	})}
}

func minutesItemOf(i governance.RecordedItem) MinutesItem {
	return MinutesItem{
		Key: i.Key, MatterID: i.Matter, Number: i.Number, Title: i.Title, Exempt: i.Exempt, Basis: i.Basis, Note: i.Note, Proposals: i.Proposals, Decision: i.Decision,
		Motions: api.Each(i.Motions, minutesMotionOf),
		Closed:  i.Closed,
		Dissents: api.Each(i.Dissents, func(d governance.RecordedDissent) MinutesDissent {
			return MinutesDissent{d.ID, d.Name, d.Organisation, string(d.Level), d.Text}
		}),
		Actions: api.Each(i.Actions, func(a governance.RecordedAction) RecordedAction {
			return RecordedAction{a.ID, MinutesAction{a.OrganisationID, a.OwnerID, a.Text, string(a.Due)}}
		}),
	}
}

var minutesThing = api.Thing[governance.MinutesID, Minutes]{
	Hold: func(ctx context.Context, tx forum.Tx, id governance.MinutesID) error {
		of, err := governance.In(tx).Minutes(ctx, id)
		if err != nil {
			return err
		}
		_, err = tx.Meeting(ctx, of.MeetingID)
		return err
	},
	See: seeMinutes,
}

func seeMinutes(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.MinutesID) (Minutes, error) {
	page, err := governance.ReadMinutes(ctx, governance.In(tx), by, id)
	if err != nil {
		return Minutes{}, err
	}
	return minutesOf(*page), nil
}

func whereMinutes(m Minutes) string { return fmt.Sprintf("/minutes/%d", m.ID) }

// writeMinutes saves passages; one that clashes is refused, with nothing saved.
func writeMinutes(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.MinutesID, in MinutesWriting) error {
	passages := api.Each(in.Passages, func(p MinutesPassage) governance.Passage {
		return governance.Passage{Field: governance.MinutesField(p.Field), Was: p.Was, Text: p.Text, Side: forum.DraftSide(p.Side)}
	})
	saved, err := governance.SaveMinutesItem(ctx, governance.In(tx), by, id, in.Item, passages)
	for _, s := range saved {
		if s.Clash {
			return forum.Refuse(forum.Conflict, "error.minutes.clash")
		}
	}
	return err
}

func minutes(a *api.API) {
	s := a.Group("Minutes", "What is recorded of a meeting, and its way to being approved.", map[string]string{"minutes": "Number of the minutes."})
	api.One(s, api.About{ID: "getMinutes", Path: "/minutes/{id}", Summary: "Read minutes", Text: "One version. What is exempt is withheld from who may not read it; what is being written is its writers'."}, seeMinutes)
	api.Create(s, api.About{ID: "startMinutes", Path: "/meetings/{id}/minutes", Summary: "Begin the minutes of a meeting", Text: "Once, by a secretary, of a meeting that is called."}, whereMinutes,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in *api.Of[forum.MeetingID]) (Minutes, error) {
			of, err := governance.StartMinutes(ctx, governance.In(tx), by, in.ID)
			if err != nil {
				return Minutes{}, err
			}
			return seeMinutes(ctx, tx.Peek(), by, of.ID)
		})
	api.Create(s, api.About{ID: "correctMinutes", Path: "/minutes/{id}/corrections", Summary: "Begin a correction", Text: "Approved minutes never change: the next version begins with all that they say."}, whereMinutes,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in *api.With[governance.MinutesID, MinutesCorrection]) (Minutes, error) {
			next, err := governance.CorrectMinutes(ctx, governance.In(tx), by, in.ID, in.Body.Reason)
			if err != nil {
				return Minutes{}, err
			}
			return seeMinutes(ctx, tx.Peek(), by, next.ID)
		})
	api.Change(s, api.About{ID: "writeMinutes", Path: "/minutes/{id}/passages", Summary: "Write of an item", Text: "What others wrote meanwhile is woven in by paragraph."}, minutesThing, writeMinutes)
	api.Change(s, api.About{ID: "addDissent", Path: "/minutes/{id}/dissents", Summary: "Record a dissent", Text: "Of somebody who is noted as present."}, minutesThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.MinutesID, in NewDissent) error {
			_, err := governance.AddDissent(ctx, governance.In(tx), by, id, governance.MinutesDissent{Item: in.Item, PersonID: in.PersonID, Text: in.Text})
			return err
		})
	api.Change(s, api.About{ID: "dropDissent", Path: "/minutes/{id}/dissents/drop", Summary: "Take a dissent out", Text: "While the minutes are written."}, minutesThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.MinutesID, in MinutesNoteDrop) error {
			return governance.DropDissent(ctx, governance.In(tx), by, id, governance.MinutesDissentID(in.ID))
		})
	api.Change(s, api.About{ID: "addAction", Path: "/minutes/{id}/actions", Summary: "Record an action", Text: "Approval makes a follow-up of it."}, minutesThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.MinutesID, in NewAction) error {
			_, err := governance.AddAction(ctx, governance.In(tx), by, id, governance.MinutesAction{
				Item: in.Item, OrganisationID: in.Action.OrganisationID, OwnerID: in.Action.OwnerID, Text: in.Action.Text, Due: forum.Date(in.Action.Due),
			})
			return err
		})
	api.Change(s, api.About{ID: "dropAction", Path: "/minutes/{id}/actions/drop", Summary: "Take an action out", Text: "While the minutes are written."}, minutesThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.MinutesID, in MinutesNoteDrop) error {
			return governance.DropAction(ctx, governance.In(tx), by, id, governance.MinutesActionID(in.ID))
		})
	approval(s)
	minutesLists(s)
}

// approval is the way of minutes from being written to being approved.
func approval(s api.Subject) {
	api.Press(s, api.About{ID: "sendMinutes", Path: "/minutes/{id}/send", Summary: "Send minutes for approval", Text: "They are frozen as they are, and those who were there with a vote get them by mail."}, minutesThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.MinutesID) error {
			_, err := governance.SendMinutes(ctx, governance.In(tx), by, id)
			return err
		})
	api.Press(s, api.About{ID: "reopenMinutes", Path: "/minutes/{id}/reopen", Summary: "Take minutes up again", Text: "Of minutes that are sent and not approved. What was said of them counts for no later round."}, minutesThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.MinutesID) error {
			_, err := governance.ReopenMinutes(ctx, governance.In(tx), by, id)
			return err
		})
	api.Press(s, api.About{ID: "askMinutesKeys", Path: "/minutes/{id}/keys", Summary: "Put minutes before the key-holders", Text: "Their silence until the deadline approves."}, minutesThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id governance.MinutesID) error {
			_, err := governance.AskMinutesKeys(ctx, governance.In(tx), by, id)
			return err
		})
	api.Change(s, api.About{ID: "answerMinutes", Path: "/minutes/{id}/answers", Summary: "Approve minutes, or remark on them", Text: "Of somebody who was there with a vote."}, minutesThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, _ governance.MinutesID, in MinutesReply) error {
			_, err := governance.AnswerMinutes(ctx, governance.In(tx), by, in.RoundID, governance.MinutesSaying{Reply: governance.MinutesReply(in.Reply), Text: in.Text})
			return err
		})
	api.Change(s, api.About{ID: "turnMinutesKey", Path: "/minutes/{id}/words", Summary: "Turn a key for minutes", Text: "When both levels have approved, the minutes are frozen, their decisions numbered and their follow-ups made."}, minutesThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, _ governance.MinutesID, in MinutesKeyWord) error {
			_, err := governance.TurnMinutesKey(ctx, governance.In(tx), by, in.RoundID, governance.MinutesKeySaying{Answer: forum.KeyAnswer(in.Answer), Reason: in.Reason})
			return err
		})
}
