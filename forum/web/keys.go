package web

import (
	"cmp"
	"context"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

func readKeys(v *Visit, meeting forum.MeetingID) (*forum.KeysPage, error) {
	return Read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.KeysPage, error) {
		return forum.ReadKeysPage(ctx, tx, by, meeting)
	})
}

// showKeys opens where a meeting's agenda stands with the keys.
func showKeys(v *Visit) error {
	meeting, err := ID[forum.MeetingID](v)
	if err != nil {
		return err
	}
	page, err := v.keysPage(meeting, pages.Keys{})
	if err != nil {
		return err
	}
	return v.Show(page)
}

// keysPage is the page with what was typed into its forms.
func (v *Visit) keysPage(meeting forum.MeetingID, p pages.Keys) (pages.Keys, error) {
	keys, err := readKeys(v, meeting)
	if err != nil {
		return p, err
	}
	p.Frame, p.Keys = v.Frame(v.Text.T("page.keys.title"), v.keysCrumbs(keys)...), keys
	if p.Mistakes == nil && keys.Waits() {
		p.Along = keys.Edition.Text // asking again says the same unless changed
	}
	return p, nil
}

func (v *Visit) keysCrumbs(keys *forum.KeysPage) []templates.Link {
	return []templates.Link{
		ForumCrumb(keys.Forum),
		{Label: v.Text.T("page.meeting.title", "Date", v.Text.Date(keys.Meeting.Start)), URL: pages.MeetingAddress(keys.Meeting.ID)},
	}
}

// showKeysState is the part of the pages that tells how far the keys are.
func showKeysState(v *Visit) error {
	meeting, err := ID[forum.MeetingID](v)
	if err != nil {
		return err
	}
	keys, err := readKeys(v, meeting)
	if err != nil {
		return err
	}
	return v.Show(part{pages.KeysState(v.Text, keys)})
}

func askForKeys(v *Visit) error {
	meeting, err := ID[forum.MeetingID](v)
	if err != nil {
		return err
	}
	typed := pages.Keys{Along: v.Value("text")}
	pressed, err := Press(v, forum.SendAsk{Meeting: meeting, Text: typed.Along})
	if forum.IsKind(err, forum.Invalid) || forum.IsKind(err, forum.Conflict) {
		err = On(err, "text") // the form is shown again, so that nothing typed is lost
	}
	if typed.Mistakes = v.Mistakes(err); typed.Mistakes != nil {
		page, err := v.keysPage(meeting, typed)
		if err != nil {
			return err
		}
		return v.Again(page)
	}
	if err != nil {
		return err
	}
	return v.Pressed(pressed, pages.MeetingAddress(meeting, "keys"))
}

// keysPressed goes on to the page of the keys of an edition.
func (v *Visit) keysPressed(pressed *forum.Trial, edition forum.EditionID) error {
	e, err := readEdition(v, edition)
	if err != nil {
		return err
	}
	return v.Pressed(pressed, pages.MeetingAddress(e.MeetingID, "keys"))
}

// giveWord takes a key-holder's word on one item, or an approval of all.
func giveWord(v *Visit) error {
	edition, err := ID[forum.EditionID](v)
	if err != nil {
		return err
	}
	saying, item := forum.KeySaying{Answer: forum.KeyAnswer(v.Value("answer"))}, v.Value("item")
	if item != "" {
		saying.Items, saying.Reason = []string{item}, cmp.Or(v.Value("reason-"+item), v.Value("reason"))
	}
	var act forum.Sendable = forum.SendApproval{Edition: edition, Saying: saying}
	if saying.Answer == forum.Objects {
		act = &forum.SendObjection{Edition: edition, Saying: saying}
	}
	pressed, err := Press(v, act)
	if err = Off(err); item != "" && forum.IsKind(err, forum.Invalid) {
		err = On(err, "reason-"+item)
	}
	if mistakes := v.Mistakes(err); mistakes != nil {
		return v.wordAgain(edition, pages.Keys{Reasons: map[string]string{item: saying.Reason}, Mistakes: mistakes})
	}
	if err != nil {
		return err
	}
	return v.keysPressed(pressed, edition)
}

func (v *Visit) wordAgain(edition forum.EditionID, typed pages.Keys) error {
	e, err := readEdition(v, edition)
	if err != nil {
		return err
	}
	page, err := v.keysPage(e.MeetingID, typed)
	if err != nil {
		return err
	}
	return v.Again(page)
}

// readEdition is an edition of a meeting that the reader may see.
func readEdition(v *Visit, edition forum.EditionID) (*forum.Edition, error) {
	return Read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.Edition, error) {
		e, err := tx.Edition(ctx, edition)
		if err != nil {
			return nil, err
		}
		_, err = by.May(ctx, tx, forum.ReadMeeting, e.ForumID)
		return e, err
	})
}

func askOverride(v *Visit) error {
	page, err := overridePage(v, pages.OverrideKeys{})
	if err != nil {
		return err
	}
	return v.Show(page)
}

// overridePage is the page with what was typed, for who may override.
func overridePage(v *Visit, p pages.OverrideKeys) (pages.OverrideKeys, error) {
	edition, err := ID[forum.EditionID](v)
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
	p.Frame = v.Frame(v.Text.T("page.override.title"), append(v.keysCrumbs(keys), templates.Link{
		Label: v.Text.T("page.keys.title"), URL: pages.MeetingAddress(e.MeetingID, "keys"),
	})...)
	p.Edition, p.Waits = *e, keys.Levels
	return p, nil
}

func overrideKeys(v *Visit) error {
	edition, err := ID[forum.EditionID](v)
	if err != nil {
		return err
	}
	typed := pages.OverrideKeys{Reason: v.Value("reason")}
	pressed, err := Press(v, forum.SendOverride{Edition: edition, Reason: typed.Reason})
	if typed.Mistakes = v.Mistakes(err); typed.Mistakes != nil {
		page, err := overridePage(v, typed)
		if err != nil {
			return err
		}
		return v.Again(page)
	}
	if err != nil {
		return err
	}
	return v.keysPressed(pressed, edition)
}

// nameStandIn is a key-holder's choice, on the own page, of who stands in.
func nameStandIn(v *Visit) error {
	in, err := ID[forum.ForumID](v)
	if err != nil {
		return err
	}
	field := pages.StandInField(in)
	return v.change(pages.Self{}, standInNamed, func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
		err := forum.NameStandIn(ctx, tx, by, in, Chosen[forum.PersonID](v, field))
		if forum.IsKind(err, forum.Invalid) {
			err = On(err, field)
		}
		return err
	})
}
