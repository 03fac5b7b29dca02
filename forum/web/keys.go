package web

import (
	"cmp"
	"context"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

func readKeys(v *visit, meeting forum.MeetingID) (*forum.KeysPage, error) {
	return read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.KeysPage, error) {
		return forum.ReadKeysPage(ctx, tx, by, meeting)
	})
}

// showKeys opens where a meeting's agenda stands with the keys.
func showKeys(v *visit) error {
	meeting, err := id[forum.MeetingID](v)
	if err != nil {
		return err
	}
	page, err := v.keysPage(meeting, pages.Keys{})
	if err != nil {
		return err
	}
	return v.show(page)
}

// keysPage is the page with what was typed into its forms.
func (v *visit) keysPage(meeting forum.MeetingID, p pages.Keys) (pages.Keys, error) {
	keys, err := readKeys(v, meeting)
	if err != nil {
		return p, err
	}
	p.Frame, p.Keys = v.frame(v.text.T("page.keys.title"), v.keysCrumbs(keys)...), keys
	if p.Mistakes == nil && keys.Waits() {
		p.Along = keys.Edition.Text // asking again says the same unless changed
	}
	return p, nil
}

func (v *visit) keysCrumbs(keys *forum.KeysPage) []templates.Link {
	return []templates.Link{
		forumCrumb(keys.Forum),
		{Label: v.text.T("page.meeting.title", "Date", v.text.Date(keys.Meeting.Start)), URL: pages.MeetingAddress(keys.Meeting.ID)},
	}
}

// showKeysState is the part of the pages that tells how far the keys are.
func showKeysState(v *visit) error {
	meeting, err := id[forum.MeetingID](v)
	if err != nil {
		return err
	}
	keys, err := readKeys(v, meeting)
	if err != nil {
		return err
	}
	return v.show(part{pages.KeysState(v.text, keys)})
}

func askForKeys(v *visit) error {
	meeting, err := id[forum.MeetingID](v)
	if err != nil {
		return err
	}
	typed := pages.Keys{Along: v.value("text")}
	pressed, err := press(v, forum.SendAsk{Meeting: meeting, Text: typed.Along})
	if forum.IsKind(err, forum.Invalid) || forum.IsKind(err, forum.Conflict) {
		err = on(err, "text") // the form is shown again, so that nothing typed is lost
	}
	if typed.Mistakes = v.mistakes(err); typed.Mistakes != nil {
		page, err := v.keysPage(meeting, typed)
		if err != nil {
			return err
		}
		return v.again(page)
	}
	if err != nil {
		return err
	}
	return v.pressed(pressed, pages.MeetingAddress(meeting, "keys"))
}

// keysPressed goes on to the page of the keys of an edition.
func (v *visit) keysPressed(pressed *forum.Trial, edition forum.EditionID) error {
	e, err := readEdition(v, edition)
	if err != nil {
		return err
	}
	return v.pressed(pressed, pages.MeetingAddress(e.MeetingID, "keys"))
}

// giveWord takes a key-holder's word on one item, or an approval of all.
func giveWord(v *visit) error {
	edition, err := id[forum.EditionID](v)
	if err != nil {
		return err
	}
	saying, item := forum.KeySaying{Answer: forum.KeyAnswer(v.value("answer"))}, v.value("item")
	if item != "" {
		saying.Items, saying.Reason = []string{item}, cmp.Or(v.value("reason-"+item), v.value("reason"))
	}
	var act forum.Sendable = forum.SendApproval{Edition: edition, Saying: saying}
	if saying.Answer == forum.Objects {
		act = &forum.SendObjection{Edition: edition, Saying: saying}
	}
	pressed, err := press(v, act)
	if err = off(err); item != "" && forum.IsKind(err, forum.Invalid) {
		err = on(err, "reason-"+item)
	}
	if mistakes := v.mistakes(err); mistakes != nil {
		return v.wordAgain(edition, pages.Keys{Reasons: map[string]string{item: saying.Reason}, Mistakes: mistakes})
	}
	if err != nil {
		return err
	}
	return v.keysPressed(pressed, edition)
}

func (v *visit) wordAgain(edition forum.EditionID, typed pages.Keys) error {
	e, err := readEdition(v, edition)
	if err != nil {
		return err
	}
	page, err := v.keysPage(e.MeetingID, typed)
	if err != nil {
		return err
	}
	return v.again(page)
}

// readEdition is an edition of a meeting that the reader may see.
func readEdition(v *visit, edition forum.EditionID) (*forum.Edition, error) {
	return read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.Edition, error) {
		e, err := tx.Edition(ctx, edition)
		if err != nil {
			return nil, err
		}
		_, err = by.May(ctx, tx, forum.ReadMeeting, e.ForumID)
		return e, err
	})
}

func askOverride(v *visit) error {
	page, err := overridePage(v, pages.OverrideKeys{})
	if err != nil {
		return err
	}
	return v.show(page)
}

// overridePage is the page with what was typed, for who may override.
func overridePage(v *visit, p pages.OverrideKeys) (pages.OverrideKeys, error) {
	edition, err := id[forum.EditionID](v)
	if err != nil {
		return p, err
	}
	e, err := readEdition(v, edition)
	if err != nil {
		return p, err
	}
	keys, err := readKeys(v, e.MeetingID)
	switch {
	case err != nil:
		return p, err
	case e.State != forum.AskedEdition:
		return p, forum.Refuse(forum.Conflict, "error.keys."+string(e.State))
	case !keys.MayOverride:
		return p, forum.Refuse(forum.Forbidden, "error.forbidden.override_keys")
	}
	p.Frame = v.frame(v.text.T("page.override.title"), append(v.keysCrumbs(keys), templates.Link{
		Label: v.text.T("page.keys.title"), URL: pages.MeetingAddress(e.MeetingID, "keys"),
	})...)
	p.Edition, p.Waits = *e, keys.Levels
	return p, nil
}

func overrideKeys(v *visit) error {
	edition, err := id[forum.EditionID](v)
	if err != nil {
		return err
	}
	typed := pages.OverrideKeys{Reason: v.value("reason")}
	pressed, err := press(v, forum.SendOverride{Edition: edition, Reason: typed.Reason})
	if typed.Mistakes = v.mistakes(err); typed.Mistakes != nil {
		page, err := overridePage(v, typed)
		if err != nil {
			return err
		}
		return v.again(page)
	}
	if err != nil {
		return err
	}
	return v.keysPressed(pressed, edition)
}

// nameStandIn is a key-holder's choice, on the own page, of who stands in.
func nameStandIn(v *visit) error {
	in, err := id[forum.ForumID](v)
	if err != nil {
		return err
	}
	field := pages.StandInField(in)
	return v.change(pages.Self{}, standInNamed, func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
		err := forum.NameStandIn(ctx, tx, by, in, chosen[forum.PersonID](v, field))
		if forum.IsKind(err, forum.Invalid) {
			err = on(err, field)
		}
		return err
	})
}
