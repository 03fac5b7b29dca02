package web

import (
	"context"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

func showPeople(v *visit) error {
	p, err := v.people(pages.People{}, forum.Date(clean(v.c.Query("on"))))
	if err != nil {
		return err
	}
	return v.show(p)
}

// peopleCrumb is the page of a forum's people on the way to another.
func (v *visit) peopleCrumb(in forum.Forum) templates.Link {
	return templates.Link{Label: v.text.T("page.people.title"), URL: pages.ForumAddress(in.ID, "people")}
}

// people is the page of a forum's people on a date, "" for today.
func (v *visit) people(p pages.People, on forum.Date) (pages.People, error) {
	in, err := id[forum.ForumID](v)
	if err != nil {
		return p, err
	}
	page, err := read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.PeoplePage, error) {
		return forum.ReadPeoplePage(ctx, tx, by, in, on)
	})
	if err != nil {
		return p, err
	}
	p.Frame, p.People = v.frame(v.text.T("page.people.title"), forumCrumb(page.Forum)), page
	return p, nil
}

func showHandover(v *visit) error {
	in, err := id[forum.ForumID](v)
	if err != nil {
		return err
	}
	page, err := read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.HandoverPage, error) {
		return forum.ReadHandoverPage(ctx, tx, by, in)
	})
	if err != nil {
		return err
	}
	frame := v.frame(v.text.T("page.handover.title", "Forum", page.Forum.Name), forumCrumb(page.Forum), v.peopleCrumb(page.Forum))
	return v.show(pages.Handover{Frame: frame, Handover: page})
}

func saveContact(v *visit) error {
	in, err := id[forum.ForumID](v)
	if err != nil {
		return err
	}
	organisation := chosen[forum.OrganisationID](v, "organisation")
	field := pages.ContactField(organisation)
	_, err = write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (forum.ForumID, error) {
		return in, forum.SetContact(ctx, tx, by, in, organisation, v.line(field))
	})
	if v.mistakes(err) != nil {
		typed := forum.PartyRow{Organisation: forum.Organisation{ID: organisation, Contact: v.line(field)}}
		p, failure := v.people(pages.People{Contact: typed, Mistakes: v.mistakes(on(err, field))}, "")
		if failure != nil {
			return failure
		}
		return v.again(p)
	}
	if err != nil {
		return err
	}
	return v.done(contactSaved, 0, pages.ForumAddress(in, "people"))
}

func askEnding(v *visit) error { return v.ending(pages.EndSeat{}) }

// ending shows the form of a seat that ends, or what that does when a plan is made.
func (v *visit) ending(p pages.EndSeat) error {
	seat, err := id[forum.SeatID](v)
	if err != nil {
		return err
	}
	page, err := read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.EndingPage, error) {
		return forum.ReadEndingPage(ctx, tx, by, seat)
	})
	if err != nil {
		return err
	}
	if p.Last == "" {
		p.Last = string(page.Today)
	}
	p.Seat, p.Frame = page, v.frame(v.text.T("page.end.title", "Person", page.Seat.Person.Name), forumCrumb(page.Forum), v.peopleCrumb(page.Forum))
	if p.Mistakes != nil {
		return v.again(p)
	}
	return v.show(p)
}

// typedEnding is the ending as it stands in the form.
func (v *visit) typedEnding() (pages.EndSeat, forum.Heir) {
	p := pages.EndSeat{Last: v.value("last"), Known: v.line("known"), HeirName: v.line("heir_name"), HeirAddress: v.line("heir_address")}
	heir := forum.Heir{Name: p.HeirName, Address: p.HeirAddress}
	if heir.Address == "" && p.Known != "" {
		heir = forum.Heir{Address: p.Known}
	}
	return p, heir
}

func endSeat(v *visit) error {
	seat, err := id[forum.SeatID](v)
	if err != nil {
		return err
	}
	typed, heir := v.typedEnding()
	switch v.value("step") {
	case "edit":
		return v.ending(typed)
	case "end":
		return v.endNow(seat, typed, heir)
	}
	typed.Plan, err = read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.EndingPlan, error) {
		return forum.PreviewEnding(ctx, tx, by, seat, forum.Date(typed.Last), heir)
	})
	if typed.Mistakes = v.mistakes(err); typed.Mistakes != nil {
		return v.ending(typed)
	}
	if err != nil {
		return err
	}
	return v.ending(typed)
}

func (v *visit) endNow(seat forum.SeatID, typed pages.EndSeat, heir forum.Heir) error {
	pressed, err := press(v, forum.SendEnding{Seat: seat, Last: forum.Date(typed.Last), Heir: heir})
	if typed.Mistakes = v.mistakes(err); typed.Mistakes != nil {
		return v.ending(typed)
	}
	if err != nil {
		return err
	}
	return v.seatPressed(pressed, seat)
}

// seatPressed goes on to the people of a seat's forum.
func (v *visit) seatPressed(pressed *forum.Trial, id forum.SeatID) error {
	seat, err := read(v, func(ctx context.Context, tx forum.Tx, _ forum.Actor) (*forum.Seat, error) { return tx.Seat(ctx, id) })
	if err != nil {
		return err
	}
	return v.pressed(pressed, pages.ForumAddress(seat.ForumID, "people"))
}

func undoEnding(v *visit) error {
	ending, err := id[forum.EndingID](v)
	if err != nil {
		return err
	}
	pressed, err := press(v, forum.SendEndingBack{Ending: ending})
	if err != nil {
		return err
	}
	of, err := read(v, func(ctx context.Context, tx forum.Tx, _ forum.Actor) (*forum.SeatEnding, error) {
		return tx.Ending(ctx, ending)
	})
	if err != nil {
		return err
	}
	return v.seatPressed(pressed, of.SeatID)
}
