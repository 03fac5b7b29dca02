package governance

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/samraad/samraad/forum"
)

// AddDissent records what somebody who was there says against a decision.
func AddDissent(ctx context.Context, tx Tx, by forum.Actor, id MinutesID, dissent MinutesDissent) (*MinutesDissent, error) {
	d, err := writeMinutesItem(ctx, tx, by, id, dissent.Item)
	if err != nil {
		return nil, err
	}
	if dissent.Text, err = minutesLine(dissent.Text, longestMinutesText, "dissent"); err != nil {
		return nil, err
	}
	presences, err := tx.Presences(ctx, d.meeting.ID)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(presences, func(p Presence) bool { return p.PersonID == dissent.PersonID }) {
		return nil, forum.Refuse(forum.Invalid, "error.minutes.not_there").On("person")
	}
	all, err := tx.MinutesDissents(ctx, id)
	if err != nil {
		return nil, err
	}
	if len(slices.DeleteFunc(all, func(o MinutesDissent) bool { return o.Item != dissent.Item })) >= mostMinutesNotes {
		return nil, forum.Refuse(forum.Invalid, "error.minutes.many", "Most", mostMinutesNotes).On("dissent")
	}
	dissent.ID, dissent.MinutesID = 0, id
	if err := tx.SaveMinutesDissent(ctx, &dissent); err != nil {
		return nil, err
	}
	return &dissent, recordMinutes(ctx, tx, by, d.as, d.minutes, "minutes_dissent", nil)
}

// writeMinutesItem is writeMinutes at an item.
func writeMinutesItem(ctx context.Context, tx Tx, by forum.Actor, id MinutesID, item string) (*minutesDesk, error) {
	d, err := writeMinutes(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	if item == "" {
		return nil, forum.Refuse(forum.NotFound, "error.minutes.no_item")
	}
	return d, d.mustHave(ctx, tx, item)
}

// DropDissent takes a recorded dissent out while the minutes are written.
func DropDissent(ctx context.Context, tx Tx, by forum.Actor, id MinutesID, dissent MinutesDissentID) error {
	d, err := writeMinutes(ctx, tx, by, id)
	if err != nil {
		return err
	}
	all, err := tx.MinutesDissents(ctx, id)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(all, func(o MinutesDissent) bool { return o.ID == dissent })
	if at < 0 {
		return forum.Refuse(forum.NotFound, "error.not_found.minutes_dissent")
	}
	if err := d.mustHave(ctx, tx, all[at].Item); err != nil {
		return err
	}
	if err := tx.DropMinutesDissent(ctx, dissent); err != nil {
		return err
	}
	return recordMinutes(ctx, tx, by, d.as, d.minutes, "minutes_dissent_dropped", nil)
}

// AddAction records what an organisation is to do by a decision.
func AddAction(ctx context.Context, tx Tx, by forum.Actor, id MinutesID, action MinutesAction) (*MinutesAction, error) {
	d, err := writeMinutesItem(ctx, tx, by, id, action.Item)
	if err != nil {
		return nil, err
	}
	if action.Text, err = minutesLine(action.Text, longestMinutesLine, "action"); err != nil {
		return nil, err
	}
	if action.Due, err = forum.ParseDate(string(action.Due)); err != nil {
		return nil, err.(*forum.Error).On("due")
	}
	if action.Due < forum.DateOf(d.meeting.Start) {
		return nil, forum.Refuse(forum.Invalid, "error.minutes.due_before").On("due")
	}
	seats, err := forum.SeatsAt(ctx, tx, d.meeting.ForumID, forum.DateOf(d.meeting.Start))
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(seats, func(s forum.Seat) bool { return s.OrganisationID == action.OrganisationID }) {
		return nil, forum.Refuse(forum.Invalid, "error.minutes.no_party").On("organisation")
	}
	if action.OwnerID != 0 && !slices.ContainsFunc(seats, func(s forum.Seat) bool {
		return s.OrganisationID == action.OrganisationID && s.PersonID == action.OwnerID
	}) {
		return nil, forum.Refuse(forum.Invalid, "error.minutes.other_owner").On("owner")
	}
	all, err := tx.MinutesActions(ctx, id)
	if err != nil {
		return nil, err
	}
	if len(slices.DeleteFunc(all, func(o MinutesAction) bool { return o.Item != action.Item })) >= mostMinutesNotes {
		return nil, forum.Refuse(forum.Invalid, "error.minutes.many", "Most", mostMinutesNotes).On("action")
	}
	action.ID, action.MinutesID = 0, id
	if err := tx.SaveMinutesAction(ctx, &action); err != nil {
		return nil, err
	}
	return &action, recordMinutes(ctx, tx, by, d.as, d.minutes, "minutes_action", nil)
}

// DropAction takes a recorded action out while the minutes are written.
func DropAction(ctx context.Context, tx Tx, by forum.Actor, id MinutesID, action MinutesActionID) error {
	d, err := writeMinutes(ctx, tx, by, id)
	if err != nil {
		return err
	}
	all, err := tx.MinutesActions(ctx, id)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(all, func(o MinutesAction) bool { return o.ID == action })
	if at < 0 {
		return forum.Refuse(forum.NotFound, "error.not_found.minutes_action")
	}
	if err := d.mustHave(ctx, tx, all[at].Item); err != nil {
		return err
	}
	if err := tx.DropMinutesAction(ctx, action); err != nil {
		return err
	}
	return recordMinutes(ctx, tx, by, d.as, d.minutes, "minutes_action_dropped", nil)
}

// minutesLine is a text that minutes record beside their fields: trimmed, not
// empty, not too long.
func minutesLine(text string, most int, field string) (string, error) {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return "", forum.Refuse(forum.Invalid, "error.minutes.no_text").On(field)
	case utf8.RuneCountInString(text) > most:
		return "", forum.Refuse(forum.Invalid, "error.too_long", "Most", most).On(field)
	case forum.HasIdentityNumber(text):
		return "", forum.Refuse(forum.Invalid, "error.identity_number").On(field)
	}
	return text, nil
}
