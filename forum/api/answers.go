package api

import (
	"context"
	"fmt"
	"time"

	"github.com/samraad/samraad/forum"
)

// Attendance is who comes to a meeting.
type Attendance struct {
	Rows      []AttendanceRow `json:"rows" doc:"Everybody invited, with the answer."`
	Levels    []LevelQuorum   `json:"levels" doc:"How each level stands."`
	Proposals []TimeProposal  `json:"proposals" doc:"Other times that calendars proposed, the newest first."`
}

// AttendanceRow is somebody invited and the answer.
type AttendanceRow struct {
	Person   Person `json:"person" doc:"Who is invited."`
	Capacity string `json:"capacity" doc:"In which capacity."`
	Reply    string `json:"reply,omitempty" doc:"yes, no, maybe, none or overdue; absent for who is invited no longer."`
	Comment  string `json:"comment,omitempty" doc:"The comment that came with it."`
	ForOld   bool   `json:"for_old_slot,omitempty" doc:"Whether it was given to an earlier time or place."`
	InPlace  string `json:"in_place_of,omitempty" doc:"Name of whom a substitute stands in for."`
	Delegate string `json:"delegate,omitempty" doc:"Name or address of whom they would send instead; substitutes are called up in their order all the same."`
}

// LevelQuorum is whether a level is quorate.
type LevelQuorum struct {
	Level  string `json:"level" doc:"municipal or specialist."`
	Seats  int    `json:"seats" doc:"How many seats it has."`
	Needed int    `json:"needed" doc:"How many of them make it quorate."`
	Coming int    `json:"coming" doc:"How many come."`
	Open   int    `json:"open" doc:"How many may still come."`
}

// TimeProposal is another time that somebody's calendar proposed.
type TimeProposal struct {
	Person  Person     `json:"person" doc:"Who proposed it."`
	Start   time.Time  `json:"start" doc:"When it would begin."`
	End     *time.Time `json:"end,omitempty" doc:"When it would end; absent where the calendar gave none."`
	Comment string     `json:"comment,omitempty" doc:"What was written along with it."`
	ForOld  bool       `json:"for_old_slot,omitempty" doc:"Whether it answers an earlier time or place."`
}

// NewAnswer is an answer to an invitation.
type NewAnswer struct {
	Reply   string `json:"reply" enum:"yes,no,maybe" doc:"Whether the caller comes."`
	Comment string `json:"comment,omitempty" maxLength:"10000" doc:"For the secretaries."`
}

// Answer is an answer that was given.
type Answer struct {
	ID        forum.AnswerID  `json:"id" doc:"Number of the answer."`
	MeetingID forum.MeetingID `json:"meeting_id" doc:"Number of the meeting."`
	Reply     string          `json:"reply" doc:"yes, no or maybe."`
	Comment   string          `json:"comment,omitempty" doc:"The comment given along with it."`
	At        time.Time       `json:"at" doc:"When it was given."`
}

func answers(a *API) {
	s := Subject{a, "Meetings"}
	One(s, About{ID: "getAttendance", Path: "/meetings/{id}/attendance", Summary: "Read who comes", Text: "The answers of all who are invited, for who may read them, and whether both levels are quorate."}, seeing(forum.ReadAttendance, attendanceOf))
	Create(s, About{ID: "answerMeeting", Path: "/meetings/{id}/answers", Summary: "Answer an invitation", Text: "The newest answer counts. Who declines is replaced by a substitute, where there is one."},
		func(a Answer) string { return fmt.Sprintf("/meetings/%d", a.MeetingID) },
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in *With[forum.MeetingID, NewAnswer]) (Answer, error) {
			return as(answerOf)(forum.AnswerMeeting(ctx, tx, by, in.ID, forum.Reply(in.Body.Reply), in.Body.Comment))
		})
}

func answerOf(a forum.Answer) Answer {
	return Answer{a.ID, a.MeetingID, string(a.Reply), a.Comment, a.CameAt.UTC()}
}

func attendanceOf(a forum.Attendance) Attendance {
	return Attendance{
		Rows: Each(a.Rows, func(r forum.AttendanceRow) AttendanceRow {
			return AttendanceRow{personOf(r.Person), string(r.Capacity), string(r.Reply), r.Newest.Comment, r.ForOld, r.InPlace, r.Delegate}
		}),
		Levels: Each(a.Levels, func(q forum.LevelQuorum) LevelQuorum {
			return LevelQuorum{string(q.Level), q.Seats, q.Needed, q.Coming, q.Open}
		}),
		Proposals: Each(a.Proposals, func(p forum.ProposalRow) TimeProposal {
			return TimeProposal{personOf(p.Person), p.Start.UTC(), instant(p.End), p.Comment, p.ForOld}
		}),
	}
}
