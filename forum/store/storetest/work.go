package storetest

import (
	"time"

	"github.com/samraad/samraad/forum"
)

func meetings(w *world) {
	var late, early *forum.Meeting
	w.write(func(tx forum.Tx) {
		late = w.meeting(tx, "late", noon.AddDate(0, 1, 0).In(forum.Oslo))
		early = w.meeting(tx, "early", noon.Add(1500*time.Nanosecond))
	})
	late.Start, late.End, late.ItemsDue, late.PapersDue = late.Start.UTC(), late.End.UTC(), late.ItemsDue.UTC(), late.PapersDue.UTC()
	early.Start, early.End = early.Start.Truncate(time.Microsecond), early.End.Truncate(time.Microsecond)
	early.ItemsDue, early.PapersDue = time.Time{}, early.PapersDue.Truncate(time.Microsecond)
	early.State, early.Sequence, early.Reason = forum.CancelledMeeting, 2, "Snøstorm"
	w.write(func(tx forum.Tx) { w.must(tx.SaveMeeting(w.ctx, early)) })
	w.read(func(tx forum.Tx) {
		got := ok(tx.Meeting(w.ctx, early.ID))
		w.equal("meeting", got, early)
		w.equal("its zone", got.Start.Location().String(), "UTC")
		w.equal("meeting by UID", ok(tx.MeetingByUID(w.ctx, late.UID)), late)
		_, err := tx.MeetingByUID(w.ctx, "")
		w.refused(err, forum.NotFound, "error.not_found.meeting")
		var ahead []forum.Meeting
		for _, m := range ok(tx.MeetingsAhead(w.ctx, early.Start)) {
			if m.ForumID == w.council.ID {
				ahead = append(ahead, m)
			}
		}
		w.equal("meetings ahead", ahead, []forum.Meeting{*late})
		w.equal("meetings by start", ok(tx.Meetings(w.ctx, w.council.ID)), []forum.Meeting{*early, *late})
	})
	w.refused(w.attempt(func(tx forum.Tx) error {
		twin := *late
		twin.ID = 0
		return tx.SaveMeeting(w.ctx, &twin)
	}), forum.Conflict, "error.conflict.meeting")
}

func invitations(w *world) {
	var invitation forum.Invitation
	w.write(func(tx forum.Tx) {
		m := w.meeting(tx, "uid", noon)
		invitation = forum.Invitation{MeetingID: m.ID, PersonID: w.person.ID, Capacity: forum.Member, Token: "t" + w.tag}
		w.must(tx.SaveInvitation(w.ctx, &invitation))
		invitation.Withdrawn, invitation.InvitedAt, invitation.StandsFor, invitation.StandsOf, invitation.Uncovered = true, noon, w.other.ID, w.municipal.ID, true
		w.must(tx.SaveInvitation(w.ctx, &invitation))
	})
	w.read(func(tx forum.Tx) {
		w.equal("invitations", ok(tx.Invitations(w.ctx, invitation.MeetingID)), []forum.Invitation{invitation})
	})
	w.refused(w.attempt(func(tx forum.Tx) error {
		return tx.SaveInvitation(w.ctx, &forum.Invitation{MeetingID: invitation.MeetingID, PersonID: w.person.ID})
	}), forum.Conflict, "error.conflict.invitation")
}

func agenda(w *world) {
	var first, second forum.Item
	var next *forum.Meeting
	w.write(func(tx forum.Tx) {
		m := w.meeting(tx, "uid", noon)
		next = w.meeting(tx, "next", noon.AddDate(0, 2, 0))
		second = forum.Item{MeetingID: m.ID, MatterID: w.matter(tx, "2").ID, Position: 2}
		first = forum.Item{MeetingID: m.ID, MatterID: w.matter(tx, "1").ID, Position: 1}
		w.must(tx.SaveItem(w.ctx, &second))
		w.must(tx.SaveItem(w.ctx, &first))
	})
	w.read(func(tx forum.Tx) {
		w.equal("agenda", ok(tx.Agenda(w.ctx, first.MeetingID)), []forum.Item{first, second})
		w.equal("place", ok(tx.PlaceOf(w.ctx, second.MatterID)), &second)
		w.equal("placed matters", ok(tx.PlacedMatters(w.ctx, first.MeetingID)), map[forum.MatterID]forum.Matter{
			first.MatterID: *ok(tx.Matter(w.ctx, first.MatterID)), second.MatterID: *ok(tx.Matter(w.ctx, second.MatterID)),
		})
	})
	w.refused(w.attempt(func(tx forum.Tx) error {
		return tx.SaveItem(w.ctx, &forum.Item{MeetingID: next.ID, MatterID: first.MatterID, Position: 1})
	}), forum.Conflict, "error.conflict.item")
	w.write(func(tx forum.Tx) { w.must(tx.DropItem(w.ctx, first.ID)) })
	w.read(func(tx forum.Tx) {
		_, err := tx.PlaceOf(w.ctx, first.MatterID)
		w.refused(err, forum.NotFound, "error.not_found.item")
		w.equal("placed matters after", len(ok(tx.PlacedMatters(w.ctx, first.MeetingID))), 1)
		w.equal("placed matters elsewhere", len(ok(tx.PlacedMatters(w.ctx, next.ID))), 0)
		w.equal("agenda after", ok(tx.Agenda(w.ctx, first.MeetingID)), []forum.Item{second})
	})
}

func matters(w *world) {
	var first, second *forum.Matter
	w.write(func(tx forum.Tx) {
		first, second = w.matter(tx, "1"), w.matter(tx, "2")
		merged := w.matter(tx, "3")
		merged.State, merged.MergedInto, merged.Reason = forum.Merged, first.ID, "same sak"
		w.must(tx.SaveMatter(w.ctx, merged))
		w.equal("within the transaction", ok(tx.Matter(w.ctx, merged.ID)), merged)
	})
	w.read(func(tx forum.Tx) {
		w.equal("matter", ok(tx.Matter(w.ctx, first.ID)), first)
		w.equal("matters", ok(tx.Matters(w.ctx, w.council.ID, forum.Proposed)), []forum.Matter{*first, *second})
		w.equal("matters, counted", ok(tx.CountMatters(w.ctx, w.council.ID, forum.Proposed)), 2)
		w.equal("matters returned, counted", ok(tx.CountMatters(w.ctx, w.council.ID, forum.Returned)), 0)
	})
	w.refused(w.attempt(func(tx forum.Tx) error {
		return tx.SaveMatter(w.ctx, &forum.Matter{ForumID: w.council.ID, Intake: first.Intake, ProposedAt: noon})
	}), forum.Conflict, "error.conflict.matter")
}

func numbers(w *world) {
	for want := 1; want <= 3; want++ {
		w.write(func(tx forum.Tx) { w.equal("number", ok(tx.NextNumber(w.ctx, "a"+w.tag)), want) })
	}
	w.write(func(tx forum.Tx) { w.equal("of another series", ok(tx.NextNumber(w.ctx, "b"+w.tag)), 1) })
}

func removals(w *world) {
	var open, done forum.Removal
	w.write(func(tx forum.Tx) {
		into := w.matter(tx, "into")
		done = forum.Removal{MatterID: w.matter(tx, "1").ID, Way: forum.Merge, ToMatter: into.ID, State: forum.WithdrawnRemoval, AskedBy: w.other.ID, AskedLevel: forum.Specialist, AskedAt: noon, Reason: "same"}
		open = forum.Removal{MatterID: done.MatterID, Way: forum.Relocate, ToForum: w.council.ID, State: forum.AskedRemoval, AskedBy: w.other.ID, AskedLevel: forum.Specialist, AskedAt: noon, Reason: "rett stad"}
		w.must(tx.SaveRemoval(w.ctx, &done))
		w.must(tx.SaveRemoval(w.ctx, &open))
		open.State, open.Objection = forum.ContestedRemoval, "nei"
		open.Agreed = []forum.Key{{Person: w.person.ID, Level: forum.Municipal}}
		w.must(tx.SaveRemoval(w.ctx, &open))
	})
	w.read(func(tx forum.Tx) {
		w.equal("removal", ok(tx.Removal(w.ctx, done.ID)), &done)
		w.equal("open one", ok(tx.OpenRemoval(w.ctx, open.MatterID)), &open)
		w.equal("open ones", ok(tx.OpenRemovals(w.ctx, w.council.ID)), []forum.Removal{open})
	})
	w.refused(w.attempt(func(tx forum.Tx) error {
		return tx.SaveRemoval(w.ctx, &forum.Removal{MatterID: open.MatterID, State: forum.AskedRemoval, AskedAt: noon})
	}), forum.Conflict, "error.conflict.removal")
	w.write(func(tx forum.Tx) {
		open.State = forum.KeptRemoval
		w.must(tx.SaveRemoval(w.ctx, &open))
		_, err := tx.OpenRemoval(w.ctx, open.MatterID)
		w.refused(err, forum.NotFound, "error.not_found.removal")
	})
}

func documents(w *world) {
	var second, first forum.Document
	var meeting *forum.Meeting
	w.write(func(tx forum.Tx) {
		first = forum.Document{
			MatterID: w.matter(tx, "1").ID, Position: 1, Name: "saksframlegg.pdf", Type: "application/pdf", Size: 1 << 33, Digest: forum.Digest("d" + w.tag),
			Access: forum.Exempt, Basis: "offl. § 13", AddedBy: w.person.ID, AddedAt: noon,
		}
		second = first
		second.Position, second.Name, second.AddedBy = 2, "vedlegg.txt", 0
		w.must(tx.SaveDocument(w.ctx, &second))
		w.must(tx.SaveDocument(w.ctx, &first))
		second.Access = forum.Open
		w.must(tx.SaveDocument(w.ctx, &second))
		meeting = w.meeting(tx, "papers", noon)
		w.must(tx.SaveItem(w.ctx, &forum.Item{MeetingID: meeting.ID, MatterID: first.MatterID, Position: 1}))
		w.must(tx.SaveItem(w.ctx, &forum.Item{MeetingID: meeting.ID, MatterID: w.matter(tx, "without").ID, Position: 2}))
	})
	w.read(func(tx forum.Tx) {
		w.equal("document", ok(tx.Document(w.ctx, second.ID)), &second)
		w.equal("documents", ok(tx.Documents(w.ctx, first.MatterID)), []forum.Document{first, second})
		w.equal("at the meeting", ok(tx.DocumentsAt(w.ctx, meeting.ID)), map[forum.MatterID][]forum.Document{first.MatterID: {first, second}})
		w.equal("withdrawn", ok(tx.WithdrawnDocuments(w.ctx, first.MatterID)), []forum.Document(nil))
	})
	w.write(func(tx forum.Tx) {
		first.Version, first.Held, first.WithdrawnBy, first.WithdrawnAt = 3, true, w.person.ID, noon
		w.must(tx.SaveDocument(w.ctx, &first))
	})
	w.read(func(tx forum.Tx) {
		w.equal("those that stand", ok(tx.Documents(w.ctx, first.MatterID)), []forum.Document{second})
		w.equal("those that stand at the meeting", ok(tx.DocumentsAt(w.ctx, meeting.ID)), map[forum.MatterID][]forum.Document{first.MatterID: {second}})
		w.equal("those withdrawn", ok(tx.WithdrawnDocuments(w.ctx, first.MatterID)), []forum.Document{first})
	})
}
