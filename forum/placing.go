package forum

import (
	"context"
	"fmt"
	"time"
)

// PlaceMatter takes a matter from the inbox to a meeting's agenda, last, under
// the forum's number NN/YY of the meeting's year; the proposer hears of it. A
// removal that was asked for ends with it.
func PlaceMatter(ctx context.Context, tx Tx, by Actor, id MatterID, on MeetingID) (*Matter, error) {
	meeting, missing := tx.Meeting(ctx, on)
	if err := holdAgenda(ctx, tx, on, id); err != nil {
		return nil, err
	}
	matter, err := tx.Matter(ctx, id)
	if err != nil {
		return nil, err
	}
	standing, err := by.May(ctx, tx, PlaceIt, matter.ForumID)
	if err != nil {
		return nil, err
	}
	if missing != nil {
		return nil, missing
	}
	if err := agendaOpen(matter, meeting); err != nil {
		return nil, err
	}
	if !meeting.End.After(tx.Now()) {
		return nil, Refuse(Conflict, "error.meeting.state."+string(HeldMeeting))
	}
	if err := place(ctx, tx, by, standing, matter, meeting); err != nil {
		return nil, err
	}
	details := map[string]string{"Number": matter.Number, "Start": meeting.Start.Format("2006-01-02T15:04:05Z07:00")}
	if err := RecordMatter(ctx, tx, by, standing, matter, "matter_placed", details); err != nil {
		return nil, err
	}
	return matter, tellProposer(ctx, tx, matter, PlacedMessage, func(facts *MatterFacts) {
		facts.Meeting = &MeetingFacts{meeting.ID, meeting.Slot, meeting.ItemsDue}
	})
}

// agendaOpen refuses a meeting of another forum, or one whose agenda is closed.
func agendaOpen(matter *Matter, meeting *Meeting) error {
	if meeting.ForumID != matter.ForumID {
		return Refuse(Invalid, "error.matter.other_forums_meeting").On("meeting")
	}
	if !meeting.Movable() {
		return meeting.conflict()
	}
	return nil
}

func place(ctx context.Context, tx Tx, by Actor, as Standing, matter *Matter, meeting *Meeting) error {
	if err := matter.leaves(); err != nil {
		return err
	}
	if err := endRemoval(ctx, tx, by, as, matter); err != nil {
		return err
	}
	number := matter.Number
	if number == "" {
		serial, err := tx.NextNumber(ctx, matterNumbers(matter.ForumID, meeting.Start))
		if err != nil {
			return err
		}
		number = fmt.Sprintf("%d/%02d", serial, yearOf(meeting.Start)%100)
	}
	if err := matter.Place(number); err != nil {
		return err
	}
	if err := tx.SaveMatter(ctx, matter); err != nil {
		return err
	}
	items, err := tx.Agenda(ctx, meeting.ID)
	if err != nil {
		return err
	}
	last := 0
	if len(items) > 0 {
		last = items[len(items)-1].Position
	}
	if err := tx.SaveItem(ctx, &Item{MeetingID: meeting.ID, MatterID: matter.ID, Position: last + 1, PlacedBy: by.Person}); err != nil {
		return err
	}
	return settleAgenda(ctx, tx, by, meeting)
}

// matterNumbers names the series of a forum's numbers in the year of a meeting.
func matterNumbers(in ForumID, start time.Time) string {
	return fmt.Sprintf("forum/%d/%d", in, yearOf(start))
}

// endRemoval takes back the removal that a matter waits on, since what is dealt
// with is not removed; a contested one is the key-holders' to end.
func endRemoval(ctx context.Context, tx Tx, by Actor, as Standing, matter *Matter) error {
	open, err := tx.OpenRemoval(ctx, matter.ID)
	if IsKind(err, NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if open.State == ContestedRemoval {
		return Refuse(Conflict, "error.removal.contested")
	}
	open.State = WithdrawnRemoval
	if err := tx.SaveRemoval(ctx, open); err != nil {
		return err
	}
	return RecordMatter(ctx, tx, by, as, matter, "removal_withdrawn", nil)
}

// PutBack takes a matter off its agenda, or takes its return back: it waits in
// the inbox again, keeps its number, and the proposer hears of it. What the
// other equal level proposed comes off an agenda only by a secretary of that
// level, or by whoever placed it.
func PutBack(ctx context.Context, tx Tx, by Actor, id MatterID) (*Matter, error) {
	matter, item, meeting, err := placeLocked(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	standing, err := mayPutBack(ctx, tx, by, matter, item)
	if err != nil {
		return nil, err
	}
	if item == nil {
		return matter, putBack(ctx, tx, by, standing, matter, nil)
	}
	if err := agendaOpen(matter, meeting); err != nil {
		return nil, err
	}
	if err := putBack(ctx, tx, by, standing, matter, item); err != nil {
		return nil, err
	}
	return matter, settleAgenda(ctx, tx, by, meeting)
}

// placeLocked is a matter with where it stands, nil for on no agenda. One that
// comes to another agenda meanwhile is a Conflict.
func placeLocked(ctx context.Context, tx Tx, id MatterID) (*Matter, *Item, *Meeting, error) {
	before, err := placeOf(ctx, tx, id)
	if err != nil {
		return nil, nil, nil, err
	}
	var meeting *Meeting
	if before.ID != 0 {
		if meeting, err = tx.Meeting(ctx, before.MeetingID); err != nil {
			return nil, nil, nil, err
		}
		if err := holdAgenda(ctx, tx, meeting.ID, id); err != nil {
			return nil, nil, nil, err
		}
	}
	matter, err := tx.Matter(ctx, id)
	if err != nil {
		return nil, nil, nil, err
	}
	now, err := placeOf(ctx, tx, id)
	switch {
	case err != nil:
		return nil, nil, nil, err
	case now.ID == 0:
		return matter, nil, nil, nil
	case now.MeetingID != before.MeetingID:
		return nil, nil, nil, Refuse(Conflict, "error.matter.state."+string(Placed))
	}
	return matter, &now, meeting, nil
}

// placeOf is the item that a matter stands as, without an id for none.
func placeOf(ctx context.Context, tx Tx, id MatterID) (Item, error) {
	item, err := tx.PlaceOf(ctx, id)
	if IsKind(err, NotFound) {
		return Item{}, nil
	}
	if err != nil {
		return Item{}, err
	}
	return *item, nil
}

// mayPutBack is the standing of who may put a matter back, item being where it
// stands on an agenda or nil.
func mayPutBack(ctx context.Context, tx Tx, by Actor, matter *Matter, item *Item) (Standing, error) {
	standing, err := by.May(ctx, tx, PlaceIt, matter.ForumID)
	if err != nil || item == nil || matter.Level.Other() == "" || item.PlacedBy == by.Person {
		return standing, err
	}
	return by.MayFor(ctx, tx, PlaceIt, matter.ForumID, matter.Level)
}

// putBack returns a matter to the inbox, off the item that it stood as (nil for
// none), and tells its proposer.
func putBack(ctx context.Context, tx Tx, by Actor, as Standing, matter *Matter, item *Item) error {
	if err := matter.PutBack(); err != nil {
		return err
	}
	if item != nil {
		if err := tx.DropItem(ctx, item.ID); err != nil {
			return err
		}
	}
	if err := tx.SaveMatter(ctx, matter); err != nil {
		return err
	}
	if err := RecordMatter(ctx, tx, by, as, matter, "matter_put_back", nil); err != nil {
		return err
	}
	reach, err := nextTaking(ctx, tx, matter.ForumID)
	if err != nil {
		return err
	}
	return tellProposer(ctx, tx, matter, PutBackMessage, func(facts *MatterFacts) { facts.Meeting = reach })
}

// emptyAgenda puts all that stood on a cancelled meeting's agenda back.
func emptyAgenda(ctx context.Context, tx Tx, by Actor, m *Meeting) error {
	if err := holdAgenda(ctx, tx, m.ID); err != nil {
		return err
	}
	items, err := tx.Agenda(ctx, m.ID)
	if err != nil {
		return err
	}
	standing, err := by.May(ctx, tx, CancelIt, m.ForumID)
	if err != nil {
		return err
	}
	for _, item := range items {
		matter, err := tx.Matter(ctx, item.MatterID)
		if err != nil {
			return err
		}
		if err := putBack(ctx, tx, by, standing, matter, &item); err != nil {
			return err
		}
	}
	return settleAgenda(ctx, tx, by, m)
}
