package governance

import (
	"context"
	"slices"
	"time"

	"github.com/samraad/samraad/forum"
)

// Record is all that minutes say, as of when it was put together. It holds names
// and titles as they were then, so that it reads the same for ever.
type Record struct {
	Forum      string
	Form       forum.MeetingForm
	Start, End time.Time // UTC
	Place      string
	Link       string
	Version    int
	Changes    string
	Present    []RecordedPerson
	Absent     []RecordedPerson
	Items      []RecordedItem
	Note       string // of the meeting as a whole
}

// RecordedPerson is somebody who was there, or should have been.
type RecordedPerson struct {
	PersonID     forum.PersonID
	Name         string
	Organisation string
	Level        forum.Level
	Capacity     forum.Capacity
	InPlace      string         // name of whose seat a substitute filled, "" for the own one
	Stays        []RecordedStay // none of those absent
}

// RecordedStay is from when to when somebody was there.
type RecordedStay struct {
	Came, Left time.Time // UTC; Left is zero for who stayed
}

// RecordedItem is what is recorded of one line of the agenda.
type RecordedItem struct {
	Key       string
	What      forum.LineSort
	Level     forum.Level    // whose slot it is
	Matter    forum.MatterID // 0 for a line that is none
	Number    string
	Title     string // the public one of a matter
	FullTitle string // of a matter that is exempt
	Exempt    bool   // what was said and decided is kept from who may not read the matter
	Basis     string // on which legal basis
	Note      string
	Proposals string
	Motions   []RecordedMotion `json:",omitempty"` // that the meeting dealt with, in the order of voting
	Decision  string
	Closed    string // legal basis on which the doors were closed
	Dissents  []RecordedDissent
	Actions   []RecordedAction
}

// RecordedDissent is what somebody had recorded.
type RecordedDissent struct {
	ID           MinutesDissentID
	Name         string
	Organisation string
	Level        forum.Level
	Text         string
}

// RecordedAction is what an organisation is to do.
type RecordedAction struct {
	ID             MinutesActionID
	OrganisationID forum.OrganisationID
	OwnerID        forum.PersonID
	Organisation   string
	Owner          string // "" for whoever sits for the organisation
	Text           string
	Due            forum.Date
}

// For is the record as a reader may see it: of what is exempt the public title and
// the legal basis stand in.
func (r Record) For(reader forum.Reader) Record {
	r.Items = slices.Clone(r.Items)
	for i, item := range r.Items {
		if item.keptFrom(reader) {
			r.Items[i] = RecordedItem{
				Key: item.Key, What: item.What, Level: item.Level, Matter: item.Matter, Number: item.Number, Title: item.Title, Exempt: true, Basis: item.Basis,
			}
		}
	}
	return r
}

// keptFrom tells whether what is recorded of the item is kept from a reader.
func (i RecordedItem) keptFrom(r forum.Reader) bool { return i.Exempt && !r.Reads(i.Matter) }

// Public is the record as anybody may see it, as it travels in mail and in print.
func (r Record) Public() Record { return r.For(forum.Reader{}) }

// Says tells whether anything is recorded of the item.
func (i RecordedItem) Says() bool {
	return i.Note != "" || i.Proposals != "" || i.Decision != "" || i.Closed != "" || len(i.Motions)+len(i.Dissents)+len(i.Actions) > 0
}

// text is one of the texts of the item.
func (i *RecordedItem) text(field MinutesField) *string {
	return map[MinutesField]*string{NoteField: &i.Note, ProposalsField: &i.Proposals, DecisionField: &i.Decision, ClosedField: &i.Closed}[field]
}

// Text is what the item says in a field.
func (i RecordedItem) Text(field MinutesField) string { return *i.text(field) }

// recorder puts a record together.
type recorder struct {
	minutes       *Minutes
	meeting       *forum.Meeting
	people        map[forum.PersonID]forum.Person
	organisations map[forum.OrganisationID]forum.Organisation
	presences     []Presence
	record        Record
}

// recordOf is what minutes say now.
func recordOf(ctx context.Context, tx Tx, m *forum.Meeting, of *Minutes) (*Record, error) {
	in, err := tx.Forum(ctx, m.ForumID)
	if err != nil {
		return nil, err
	}
	r := &recorder{minutes: of, meeting: m, record: Record{
		Forum: in.Name, Form: m.Form, Start: m.Start, End: m.End, Place: m.Place, Link: m.Link, Version: of.Number, Changes: of.Changes,
	}}
	if r.people, err = forum.Everyone(ctx, tx); err != nil {
		return nil, err
	}
	if r.organisations, err = forum.OrganisationsOn(ctx, tx, forum.DateOf(m.Start)); err != nil {
		return nil, err
	}
	for _, part := range []func(context.Context, Tx) error{r.attendance, r.lines, r.votes, r.texts, r.dissents, r.actions} {
		if err := part(ctx, tx); err != nil {
			return nil, err
		}
	}
	return &r.record, nil
}

// lines begin with the agenda as it stands, pauses left out.
func (r *recorder) lines(ctx context.Context, tx Tx) error {
	order, err := forum.RunningOrderOf(ctx, tx, r.meeting)
	if err != nil {
		return err
	}
	items, err := tx.Agenda(ctx, r.meeting.ID)
	if err != nil {
		return err
	}
	matters, err := tx.PlacedMatters(ctx, r.meeting.ID)
	if err != nil {
		return err
	}
	for _, line := range order.Lines {
		if line.What == forum.PauseLine {
			continue
		}
		item := RecordedItem{Key: line.Key, What: line.What, Level: line.Level, Title: line.Title}
		if at := slices.IndexFunc(items, func(i forum.Item) bool { return i.ID == line.Item }); line.Item != 0 && at >= 0 {
			matter := matters[items[at].MatterID]
			item.Matter, item.Number, item.Title = matter.ID, matter.Number, matter.Title
			if matter.Access == forum.Exempt {
				item.Exempt, item.Basis, item.FullTitle = true, matter.Basis, matter.FullTitle
			}
		}
		r.record.Items = append(r.record.Items, item)
	}
	return nil
}

// item is a line of the record; what was written of one that is on the agenda no
// more comes last.
func (r *recorder) item(key string) *RecordedItem {
	at := slices.IndexFunc(r.record.Items, func(i RecordedItem) bool { return i.Key == key })
	if at < 0 {
		r.record.Items = append(r.record.Items, RecordedItem{Key: key, What: GoneLine})
		at = len(r.record.Items) - 1
	}
	return &r.record.Items[at]
}

// GoneLine is what was written of and then taken off the agenda.
const GoneLine forum.LineSort = "gone"

func (r *recorder) texts(ctx context.Context, tx Tx) error {
	texts, err := tx.MinutesTexts(ctx, r.minutes.ID)
	for _, t := range texts {
		switch {
		case t.Item == "":
			r.record.Note = t.Text
		case t.Text != "":
			*r.item(t.Item).text(t.Field) = t.Text
		}
	}
	return err
}

func (r *recorder) dissents(ctx context.Context, tx Tx) error {
	dissents, err := tx.MinutesDissents(ctx, r.minutes.ID)
	for _, d := range dissents {
		recorded := RecordedDissent{ID: d.ID, Name: r.people[d.PersonID].Name, Text: d.Text}
		if at := slices.IndexFunc(r.presences, func(p Presence) bool { return p.PersonID == d.PersonID }); at >= 0 {
			recorded.Organisation, recorded.Level = r.organisations[r.presences[at].OrganisationID].Name, r.presences[at].Level
		}
		item := r.item(d.Item)
		item.Dissents = append(item.Dissents, recorded)
	}
	return err
}

func (r *recorder) actions(ctx context.Context, tx Tx) error {
	actions, err := tx.MinutesActions(ctx, r.minutes.ID)
	for _, a := range actions {
		item := r.item(a.Item)
		item.Actions = append(item.Actions, RecordedAction{
			ID: a.ID, OrganisationID: a.OrganisationID, OwnerID: a.OwnerID, Organisation: r.organisations[a.OrganisationID].Name, Owner: r.people[a.OwnerID].Name,
			Text: a.Text, Due: a.Due,
		})
	}
	return err
}
