package storetest

import (
	"encoding/json"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/samraad/samraad/forum"
)

func errands(w *world) {
	errand := func(key string, due time.Time) forum.Errand {
		return forum.Errand{
			ForumID: w.council.ID, Kind: "call", Key: key + w.tag, SubjectKind: "meeting", SubjectID: 7, PersonID: w.person.ID, Level: forum.Municipal,
			Args: json.RawMessage(`{"Act":{"Meeting":7}}`), Seen: "abc", About: map[string]string{"Start": "2026-06-02T08:00:00Z"}, People: 6,
			PressedAt: noon, DueAt: due, TroubleArgs: map[string]string{},
		}
	}
	late, early := errand("late", noon.Add(2*time.Minute)), errand("early", noon.Add(time.Minute))
	w.write(func(tx forum.Tx) {
		w.must(tx.SaveErrand(w.ctx, &late))
		w.must(tx.SaveErrand(w.ctx, &early))
	})
	own := func(tx forum.Tx) (found []forum.Errand) {
		for _, e := range ok(tx.RestingErrands(w.ctx)) {
			if e.ForumID == w.council.ID {
				found = append(found, e)
			}
		}
		return found
	}
	w.read(func(tx forum.Tx) {
		w.equal("errand", ok(tx.Errand(w.ctx, late.ID)), &late)
		w.equal("resting", own(tx), []forum.Errand{early, late})
		w.equal("failed", len(ok(tx.FailedErrands(w.ctx, w.person.ID))), 0)
	})
	again := errand("late", noon)
	w.refused(w.attempt(func(tx forum.Tx) error { return tx.SaveErrand(w.ctx, &again) }), forum.Conflict, "error.conflict.errand")

	late.FailedAt, late.Trouble, late.TroubleArgs = noon.Add(time.Hour), "error.errand.changed", map[string]string{"Name": "Kvam"}
	w.write(func(tx forum.Tx) {
		w.must(tx.SaveErrand(w.ctx, &late))
		w.must(tx.DropErrand(w.ctx, early.ID))
	})
	w.read(func(tx forum.Tx) {
		w.equal("resting", len(own(tx)), 0)
		w.equal("failed", ok(tx.FailedErrands(w.ctx, w.person.ID)), []forum.Errand{late})
		w.equal("of another", len(ok(tx.FailedErrands(w.ctx, w.other.ID))), 0)
		_, err := tx.Errand(w.ctx, early.ID)
		w.refused(err, forum.NotFound, "error.not_found.errand")
	})
	w.takenOnce(errand("race", noon))
}

// takenOnce lets many take one errand at once: one does, and the others find it gone.
func (w *world) takenOnce(errand forum.Errand) {
	w.write(func(tx forum.Tx) { w.must(tx.SaveErrand(w.ctx, &errand)) })
	var took atomic.Int32
	w.together(writers, func(int) {
		err := w.attempt(func(tx forum.Tx) error {
			_, err := tx.Errand(w.ctx, errand.ID)
			if forum.IsKind(err, forum.NotFound) {
				return nil
			}
			if err != nil {
				return err
			}
			took.Add(1)
			return tx.DropErrand(w.ctx, errand.ID)
		})
		if err != nil {
			w.Error(err)
		}
	})
	w.equal("who took it", took.Load(), int32(1))
}

func numbersGivenBack(w *world) {
	series := "forum/" + w.tag
	w.write(func(tx forum.Tx) {
		for want := 1; want <= 2; want++ {
			w.equal("number", ok(tx.NextNumber(w.ctx, series)), want)
		}
		w.equal("an earlier one", ok(tx.GiveBackNumber(w.ctx, series, 1)), false)
		w.equal("the last", ok(tx.GiveBackNumber(w.ctx, series, 2)), true)
		w.equal("twice", ok(tx.GiveBackNumber(w.ctx, series, 2)), false)
		w.equal("the next", ok(tx.NextNumber(w.ctx, series)), 2)
	})
}

func awaiting(w *world) {
	var m, draft, over *forum.Meeting
	var invitation forum.Invitation
	var answer forum.Answer
	var edition forum.Edition
	var first, second *forum.Matter
	other := forum.Forum{}
	w.write(func(tx forum.Tx) {
		m, draft, over = w.meeting(tx, "called", noon.AddDate(0, 1, 0)), w.meeting(tx, "draft", noon.AddDate(0, 2, 0)), w.meeting(tx, "over", noon.AddDate(0, -1, 0))
		m.State, over.State = forum.CalledMeeting, forum.AgendaSent
		w.must(tx.SaveMeeting(w.ctx, m))
		w.must(tx.SaveMeeting(w.ctx, over))
		for i, at := range []*forum.Meeting{m, draft, over} {
			for _, person := range []forum.PersonID{w.person.ID, w.other.ID} {
				one := forum.Invitation{MeetingID: at.ID, PersonID: person, Capacity: forum.Member, Token: fmt.Sprint(i, person, w.tag), Withdrawn: person == w.other.ID, Uncovered: true}
				w.must(tx.SaveInvitation(w.ctx, &one))
				if at == m && person == w.person.ID {
					invitation = one
				}
			}
			one := forum.Answer{MeetingID: at.ID, PersonID: w.person.ID, Reply: forum.Coming, Stamp: noon, Source: forum.ByWeb, CameAt: noon}
			w.must(tx.SaveAnswer(w.ctx, &one))
			if at == m {
				answer = one
			}
		}
		edition = forum.Edition{MeetingID: m.ID, ForumID: w.council.ID, Number: 1, Sort: forum.NoticeEdition, State: forum.OutEdition, AskedAt: noon, OutAt: noon}
		w.must(tx.SaveEdition(w.ctx, &edition))
		first, second = w.matter(tx, "1"), w.matter(tx, "2")
		other = *w.forum(tx, "other", w.council.ID, 2)
		second.ForumID = other.ID
		w.must(tx.SaveMatter(w.ctx, second))
	})
	message := forum.Message{ForumID: w.council.ID, PersonID: w.person.ID, To: w.person.Address, Kind: forum.NoticeMessage, Language: forum.Nynorsk, Facts: json.RawMessage(`{}`), CreatedAt: noon, State: forum.Queued, MIMEID: "m" + w.tag}
	guest := forum.Guest{MeetingID: m.ID, Line: "item-1", Name: "Gjest", Address: "gjest@" + w.tag + ".example", Language: forum.Nynorsk, UID: "g" + w.tag, Link: "l" + w.tag, Sequence: 1, Reply: forum.NotComing, RepliedTo: 1, InvitedBy: w.person.ID}
	delivery := forum.Delivery{EditionID: edition.ID, MeetingID: m.ID, PersonID: w.person.ID, Link: "d" + w.tag, SentAt: noon}
	removal := forum.Removal{MatterID: second.ID, Way: forum.Return, State: forum.AskedRemoval, AskedBy: w.other.ID, AskedLevel: forum.Specialist, AskedAt: noon, Reason: "same"}
	w.write(func(tx forum.Tx) {
		w.must(tx.SaveMessage(w.ctx, &message))
		delivery.MessageID = message.ID
		w.must(tx.SaveDelivery(w.ctx, &delivery))
		w.must(tx.SaveGuest(w.ctx, &guest))
		w.must(tx.SaveRemoval(w.ctx, &removal))
	})
	both := []forum.ForumID{w.council.ID, other.ID}
	w.read(func(tx forum.Tx) {
		w.equal("invitations", ok(tx.InvitationsOf(w.ctx, w.person.ID, noon)), []forum.Invitation{invitation})
		w.equal("withdrawn", len(ok(tx.InvitationsOf(w.ctx, w.other.ID, noon))), 0)
		w.equal("answers", ok(tx.AnswersOf(w.ctx, w.person.ID, noon)), []forum.Answer{answer})
		w.equal("notices", len(ok(tx.NoticesTo(w.ctx, w.person.ID, noon))), 1)
		w.equal("notices to another", len(ok(tx.NoticesTo(w.ctx, w.other.ID, noon))), 0)
		w.equal("matters", ok(tx.MattersIn(w.ctx, both, forum.Proposed)), []forum.Matter{*first, *second})
		w.equal("matters of one", ok(tx.MattersIn(w.ctx, both[1:], forum.Proposed)), []forum.Matter{*second})
		w.equal("removals", ok(tx.RemovalsIn(w.ctx, both)), []forum.Removal{removal})
		w.equal("removals of one", len(ok(tx.RemovalsIn(w.ctx, both[:1]))), 0)
		w.equal("held", len(ok(tx.HeldIn(w.ctx, both, 5))), 0)
		w.equal("uncovered", ok(tx.Uncovered(w.ctx, []forum.MeetingID{m.ID})), []forum.Invitation{invitation})
		w.equal("guests", ok(tx.GuestsAway(w.ctx, []forum.MeetingID{m.ID, draft.ID})), []forum.Guest{guest})
		w.equal("editions", len(ok(tx.EditionsOf(w.ctx, []forum.MeetingID{m.ID, draft.ID}))), 1)
	})
	delivery.ConfirmedAt, guest.Sequence = noon, 2
	w.write(func(tx forum.Tx) {
		w.must(tx.SaveDelivery(w.ctx, &delivery))
		w.must(tx.SaveGuest(w.ctx, &guest))
	})
	w.read(func(tx forum.Tx) {
		w.equal("confirmed", len(ok(tx.NoticesTo(w.ctx, w.person.ID, noon))), 0)
		w.equal("told anew", len(ok(tx.GuestsAway(w.ctx, []forum.MeetingID{m.ID}))), 0)
	})
}
