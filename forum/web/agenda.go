package web

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/samraad/samraad/forum"
	pages "github.com/samraad/samraad/templates/forum"
)

// typedAgenda is the agenda as it stands in the form.
type typedAgenda struct {
	base    int
	entries []forum.LineEntry
	minutes map[string]string // as typed
}

// longestAgenda bounds how many lines a form may send.
const longestAgenda = 500

func (v *Visit) typedAgenda() typedAgenda {
	base, err := strconv.Atoi(v.Value("base"))
	if err != nil {
		base = -1 // no revision has that number, so the save meets what is saved
	}
	typed := typedAgenda{base: base, minutes: map[string]string{}}
	for _, raw := range v.c.Request().PostArgs().PeekMulti("key") {
		key := clean(string(raw))
		if len(typed.entries) == longestAgenda {
			break
		}
		written := strings.TrimSpace(v.Value("minutes-" + key))
		minutes, err := strconv.Atoi(written)
		if err != nil {
			minutes = -1
		}
		typed.minutes[key] = written
		typed.entries = append(typed.entries, forum.LineEntry{
			Key: key, Title: v.Value("title-" + key), Kind: forum.ItemKind(v.Value("kind-" + key)), Minutes: minutes, Presenter: v.Value("presenter-" + key),
		})
	}
	return typed
}

func readEditor(v *Visit, meeting forum.MeetingID) (*forum.AgendaEditor, error) {
	return Read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.AgendaEditor, error) {
		return forum.ReadAgendaEditor(ctx, tx, by, meeting)
	})
}

func (v *Visit) agendaPage(editor *forum.AgendaEditor, p pages.EditAgenda) pages.EditAgenda {
	p.Frame, p.Meeting = v.Frame(v.Text.T("page.agenda.title"), v.meetingCrumbs(&editor.MeetingPage)...), editor
	return p
}

func askAgenda(v *Visit) error {
	meeting, err := ID[forum.MeetingID](v)
	if err != nil {
		return err
	}
	editor, err := readEditor(v, meeting)
	if err != nil {
		return err
	}
	return v.Show(v.agendaPage(editor, pages.EditAgenda{Base: editor.Revision, Rows: pages.EditRows(editor.Lines)}))
}

// editAgenda saves the form, or shows it again with one line moved, added or
// taken away, for those without scripts.
func editAgenda(v *Visit) error {
	meeting, err := ID[forum.MeetingID](v)
	if err != nil {
		return err
	}
	typed := v.typedAgenda()
	if do := v.Value("do"); do != "save" {
		typed.press(do)
		return v.agendaAgain(meeting, typed, nil)
	}
	return v.saveAgenda(meeting, typed)
}

func (v *Visit) saveAgenda(meeting forum.MeetingID, typed typedAgenda) error {
	pressed, err := Press(v, &forum.SendAgenda{Meeting: meeting, Base: typed.base, Entries: typed.entries})
	var refusal *forum.Error
	if errors.As(err, &refusal) && refusal.Key == "error.errand.under_way" {
		err = On(err, "agenda") // shown again, so that nothing typed is lost
	} else if forum.IsKind(err, forum.Conflict) {
		return v.agendaConflict(meeting, typed, err)
	}
	if mistakes := v.Mistakes(err); mistakes != nil {
		return v.agendaAgain(meeting, typed, mistakes)
	}
	if err != nil {
		return err
	}
	return v.Pressed(pressed, pages.MeetingAddress(meeting))
}

// agendaAgain shows the form with what was typed.
func (v *Visit) agendaAgain(meeting forum.MeetingID, typed typedAgenda, mistakes pages.Mistakes) error {
	editor, err := readEditor(v, meeting)
	if err != nil {
		return err
	}
	rows := pages.EditRows(editor.Typed(typed.entries))
	for i, row := range rows {
		if written, ok := typed.minutes[row.Key]; ok {
			rows[i].Minutes = written
		}
	}
	p := v.agendaPage(editor, pages.EditAgenda{Base: typed.base, Rows: rows, Mistakes: mistakes})
	if mistakes != nil {
		return v.Again(p)
	}
	return v.Show(p)
}

// agendaConflict shows both versions of an agenda that another saved meanwhile.
// Other conflicts, such as of a meeting that is over, are pages of their own.
func (v *Visit) agendaConflict(meeting forum.MeetingID, typed typedAgenda, refusal error) error {
	conflict, err := readConflict(v, meeting, typed)
	if mistakes := v.Mistakes(err); mistakes != nil {
		return v.agendaAgain(meeting, typed, mistakes)
	}
	if err != nil {
		return err
	}
	if conflict.Revision == typed.base {
		return refusal
	}
	frame := v.Frame(v.Text.T("page.conflict.title"), v.meetingCrumbs(&conflict.MeetingPage)...)
	return v.showAs(statuses[forum.Conflict], pages.AgendaConflict{Frame: frame, Conflict: conflict})
}

func readConflict(v *Visit, meeting forum.MeetingID, typed typedAgenda) (*forum.AgendaConflict, error) {
	return Read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.AgendaConflict, error) {
		return forum.ReadAgendaConflict(ctx, tx, by, meeting, typed.base, typed.entries)
	})
}

// settleAgenda saves what was chosen of two versions. When yet another was
// saved meanwhile, the choice is made anew against that one.
func settleAgenda(v *Visit) error {
	meeting, err := ID[forum.MeetingID](v)
	if err != nil {
		return err
	}
	typed := v.typedAgenda()
	conflict, err := readConflict(v, meeting, typed)
	if err != nil {
		return err
	}
	pick := map[string]forum.Side{}
	for _, d := range conflict.Differences {
		pick[d.Key] = forum.Side(v.Value("pick-" + d.Key))
	}
	if conflict.Revision == typed.base {
		typed.entries = conflict.Merged(pick, forum.Side(v.Value("order")))
		typed.minutes = map[string]string{}
	}
	return v.saveAgenda(meeting, typed)
}

// press does what a button of the form says to the lines that were typed.
func (t *typedAgenda) press(do string) {
	way, key, _ := strings.Cut(do, ":")
	if way == "add" {
		t.add(forum.LineSort(key))
		return
	}
	at := slices.IndexFunc(t.entries, func(e forum.LineEntry) bool { return e.Key == key })
	switch {
	case at < 0:
	case way == "up" && at > 0:
		t.entries[at-1], t.entries[at] = t.entries[at], t.entries[at-1]
	case way == "down" && at < len(t.entries)-1:
		t.entries[at+1], t.entries[at] = t.entries[at], t.entries[at+1]
	case way == "remove":
		t.entries = slices.Delete(t.entries, at, at+1)
	}
}

// usualNew is how many minutes a line lasts that an editor adds.
const usualNew = 10

func (t *typedAgenda) add(sort forum.LineSort) {
	if sort == forum.OwnLine || sort == forum.PauseLine {
		t.entries = append(t.entries, forum.LineEntry{Key: forum.NewLineKey(sort), Kind: forum.DiscussionItem, Minutes: usualNew})
	}
}
