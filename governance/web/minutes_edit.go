package web

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/web"
	"github.com/samraad/samraad/governance"
	"github.com/samraad/samraad/templates"
	own "github.com/samraad/samraad/templates/governance"
)

// minutesEditor is the editor, with what was typed into it.
func minutesEditor(v *web.Visit, id governance.MinutesID, p own.EditMinutes) (own.EditMinutes, error) {
	editor, err := read(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*governance.MinutesEditor, error) {
		return governance.ReadMinutesEditor(ctx, tx, by, id)
	})
	if err != nil {
		return p, err
	}
	name := own.MinutesName(v.Text, editor.Minutes)
	p.Editor = editor
	p.Frame = v.Frame(v.Text.T("page.minutes.write"), minutesCrumbs(v, &editor.MinutesPage, templates.Link{Label: name, URL: own.MinutesAddress(id)})...)
	return p, nil
}

// editMinutes opens the editor; minutes that are not written any more open to be read.
func editMinutes(v *web.Visit) error {
	id, err := web.ID[governance.MinutesID](v)
	if err != nil {
		return err
	}
	p, err := minutesEditor(v, id, own.EditMinutes{})
	if forum.IsKind(err, forum.Conflict) {
		return v.GoTo(own.MinutesAddress(id))
	}
	if err != nil {
		return err
	}
	return v.Show(p)
}

func minutesEditorAgain(v *web.Visit, id governance.MinutesID, p own.EditMinutes) error {
	p, err := minutesEditor(v, id, p)
	if err != nil {
		return err
	}
	return v.Again(p)
}

// typedPassages are the fields of the form that was sent.
func typedPassages(v *web.Visit, item string) (passages []governance.Passage) {
	settled, side, _ := strings.Cut(v.Value("side"), ":")
	for _, field := range governance.MinutesFields {
		if item == "" && field != governance.NoteField {
			continue
		}
		p := governance.Passage{Field: field, Was: v.Value(string(field) + "_was"), Text: v.Value(string(field))}
		if settled == string(field) {
			p.Side = forum.DraftSide(side)
		}
		passages = append(passages, p)
	}
	return passages
}

// saveMinutesItem saves what was written of an item. A script gets the texts as
// they stand then; a browser without one goes on to the editor. Where two wrote the
// same, both see both.
func saveMinutesItem(v *web.Visit) error {
	id, err := web.ID[governance.MinutesID](v)
	if err != nil {
		return err
	}
	item := v.Value("item")
	passages := typedPassages(v, item)
	saved, err := write(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) ([]governance.SavedPassage, error) {
		return governance.SaveMinutesItem(ctx, tx, by, id, item, passages)
	})
	if v.Quick() {
		return minutesSavedQuickly(v, item, saved, err)
	}
	again := own.EditMinutes{Item: item, Typed: map[governance.MinutesField]governance.Passage{}, Clashes: map[governance.MinutesField]string{}}
	for _, p := range passages {
		again.Typed[p.Field] = p
	}
	if again.Mistakes = v.Mistakes(err); again.Mistakes != nil {
		return minutesEditorAgain(v, id, again)
	}
	if err != nil {
		return err
	}
	for _, s := range saved {
		if s.Clash {
			again.Clashes[s.Field] = s.Text
			again.Mistakes = append(again.Mistakes, templates.Mistake{Field: string(s.Field), Text: v.Text.T("page.minutes.clash")})
			continue
		}
		delete(again.Typed, s.Field)
	}
	if len(again.Clashes) > 0 {
		return minutesEditorAgain(v, id, again)
	}
	return v.Done(minutesSaved, 0, own.MinutesItemAddress(id, item))
}

func minutesSavedQuickly(v *web.Visit, item string, saved []governance.SavedPassage, err error) error {
	var refusal *forum.Error
	if errors.As(err, &refusal) && (refusal.Kind == forum.Invalid || refusal.Kind == forum.Conflict) {
		return v.Trouble(v.Text.T(refusal.Key, refusal.Args...))
	}
	if err != nil {
		return err
	}
	var texts []own.MinutesText
	for _, s := range saved {
		texts = append(texts, own.MinutesText{Item: item, Field: s.Field, Text: s.Text, Woven: s.Woven, Clash: s.Clash})
	}
	return v.ShowPart(own.MinutesTexts(texts))
}

// showMinutesTexts are all texts as they stand, for an editor that is open.
func showMinutesTexts(v *web.Visit) error {
	id, err := web.ID[governance.MinutesID](v)
	if err != nil {
		return err
	}
	p, err := minutesEditor(v, id, own.EditMinutes{})
	if err != nil {
		return err
	}
	texts := []own.MinutesText{minutesTextOf(v, p.Editor, "", governance.NoteField, p.Editor.Record.Note)}
	for _, item := range p.Editor.Record.Items {
		if p.Editor.Kept(item) {
			continue
		}
		for _, field := range governance.MinutesFields {
			texts = append(texts, minutesTextOf(v, p.Editor, item.Key, field, item.Text(field)))
		}
	}
	return v.ShowPart(own.MinutesTexts(texts))
}

func minutesTextOf(v *web.Visit, e *governance.MinutesEditor, item string, field governance.MinutesField, text string) own.MinutesText {
	t := own.MinutesText{Item: item, Field: field, Text: text}
	if name := e.Authors[item][field]; name != "" {
		t.By = v.Text.T("page.minutes.by", "Name", name)
	}
	return t
}

// minutesClock is an hour of the day of a meeting, the zero time for none given.
func minutesClock(v *web.Visit, m forum.Meeting, name string) (time.Time, error) {
	given := v.Value(name)
	if given == "" {
		return time.Time{}, nil
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", string(forum.DateOf(m.Start))+" "+given, forum.Oslo)
	if err != nil {
		return time.Time{}, forum.Refuse(forum.Invalid, "error.time", "Given", given).On(name)
	}
	return at.UTC(), nil
}

// noteMinutesArrival notes who came: one, or all who are missing.
func noteMinutesArrival(v *web.Visit) error {
	id, err := web.ID[governance.MinutesID](v)
	if err != nil {
		return err
	}
	note := own.MinutesNote{Form: "arrive", Person: web.Chosen[forum.PersonID](v, "person"), Seat: web.Chosen[forum.SeatID](v, "seat")}
	_, err = write(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) ([]governance.Presence, error) {
		e, err := governance.ReadMinutesEditor(ctx, tx, by, id)
		if err != nil {
			return nil, err
		}
		at, err := minutesClock(v, e.Meeting, "at")
		if err != nil {
			return nil, err
		}
		arrivals := []governance.Arrival{{Person: note.Person, Seat: note.Seat, At: at}}
		if v.Value("all") != "" {
			arrivals = nil
			for _, m := range e.Missing {
				arrivals = append(arrivals, governance.Arrival{Person: m.Seat.PersonID})
			}
		} else if note.Person == 0 {
			return nil, forum.Refuse(forum.Invalid, "error.minutes.choose").On("person")
		}
		return governance.NoteArrival(ctx, tx, by, e.Meeting.ID, arrivals...)
	})
	return minutesEdited(v, id, "", err, own.EditMinutes{Note: note, Clock: v.Value("at")})
}

// minutesEdited goes on from what was done beside the texts, or shows its form again.
func minutesEdited(v *web.Visit, id governance.MinutesID, item string, err error, again own.EditMinutes) error {
	if again.Mistakes = v.Mistakes(err); again.Mistakes != nil {
		return minutesEditorAgain(v, id, again)
	}
	if err != nil {
		return err
	}
	if item == "" {
		return v.GoTo(own.MinutesAddress(id, "edit"))
	}
	return v.GoTo(own.MinutesItemAddress(id, item))
}

// atMinutesItem points what is wrong at the forms of an item.
func atMinutesItem(err error, item string) error {
	var refusal *forum.Error
	if errors.As(err, &refusal) && refusal.Field != "" {
		return refusal.On(own.MinutesNoteField(item, refusal.Field))
	}
	return err
}

func noteMinutesLeaving(v *web.Visit) error {
	id, err := web.ID[governance.MinutesID](v)
	if err != nil {
		return err
	}
	_, err = write(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*governance.Presence, error) {
		return governance.NoteLeaving(ctx, tx, by, web.Chosen[governance.PresenceID](v, "presence"), time.Time{})
	})
	return minutesEdited(v, id, "", err, own.EditMinutes{})
}

func addDissent(v *web.Visit) error {
	id, err := web.ID[governance.MinutesID](v)
	if err != nil {
		return err
	}
	item := v.Value("item")
	note := own.MinutesNote{
		Form: "dissent", Item: item, Person: web.Chosen[forum.PersonID](v, own.MinutesNoteField(item, "person")), Text: v.Value(own.MinutesNoteField(item, "dissent")),
	}
	_, err = write(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*governance.MinutesDissent, error) {
		return governance.AddDissent(ctx, tx, by, id, governance.MinutesDissent{Item: note.Item, PersonID: note.Person, Text: note.Text})
	})
	return minutesEdited(v, id, item, atMinutesItem(err, item), own.EditMinutes{Note: note})
}

func addAction(v *web.Visit) error {
	id, err := web.ID[governance.MinutesID](v)
	if err != nil {
		return err
	}
	item := v.Value("item")
	note := own.MinutesNote{
		Form: "action", Item: item, Organisation: web.Chosen[forum.OrganisationID](v, own.MinutesNoteField(item, "organisation")),
		Person: web.Chosen[forum.PersonID](v, own.MinutesNoteField(item, "owner")), Text: v.Line(own.MinutesNoteField(item, "action")),
		Due: v.Value(own.MinutesNoteField(item, "due")),
	}
	_, err = write(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*governance.MinutesAction, error) {
		return governance.AddAction(ctx, tx, by, id, governance.MinutesAction{
			Item: note.Item, OrganisationID: note.Organisation, OwnerID: note.Person, Text: note.Text, Due: forum.Date(note.Due),
		})
	})
	return minutesEdited(v, id, item, atMinutesItem(err, item), own.EditMinutes{Note: note})
}

func dropDissent(v *web.Visit) error {
	return dropMinutesNote(v, func(ctx context.Context, tx governance.Tx, by forum.Actor, id governance.MinutesID) error {
		return governance.DropDissent(ctx, tx, by, id, web.Chosen[governance.MinutesDissentID](v, "note"))
	})
}

func dropAction(v *web.Visit) error {
	return dropMinutesNote(v, func(ctx context.Context, tx governance.Tx, by forum.Actor, id governance.MinutesID) error {
		return governance.DropAction(ctx, tx, by, id, web.Chosen[governance.MinutesActionID](v, "note"))
	})
}

func dropMinutesNote(v *web.Visit, drop func(context.Context, governance.Tx, forum.Actor, governance.MinutesID) error) error {
	id, err := web.ID[governance.MinutesID](v)
	if err != nil {
		return err
	}
	_, err = write(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (bool, error) {
		return true, drop(ctx, tx, by, id)
	})
	if err != nil {
		return err
	}
	return v.GoTo(own.MinutesAddress(id, "edit"))
}
