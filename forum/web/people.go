package web

import (
	"context"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

func showPeople(v *Visit) error {
	p, err := v.people(pages.People{}, forum.Date(clean(v.c.Query("on"))))
	if err != nil {
		return err
	}
	return v.Show(p)
}

// peopleCrumb is the page of a forum's people on the way to another.
func (v *Visit) peopleCrumb(in forum.Forum) templates.Link {
	return templates.Link{Label: v.Text.T("page.people.title"), URL: pages.ForumAddress(in.ID, "people")}
}

// people is the page of a forum's people on a date, "" for today.
func (v *Visit) people(p pages.People, on forum.Date) (pages.People, error) {
	in, err := ID[forum.ForumID](v)
	if err != nil {
		return p, err
	}
	page, err := Read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.PeoplePage, error) {
		return forum.ReadPeoplePage(ctx, tx, by, in, on)
	})
	if err != nil {
		return p, err
	}
	p.Frame, p.People = v.Frame(v.Text.T("page.people.title"), ForumCrumb(page.Forum)), page
	return p, nil
}

func showHandover(v *Visit) error {
	in, err := ID[forum.ForumID](v)
	if err != nil {
		return err
	}
	page, err := Read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.HandoverPage, error) {
		return forum.ReadHandoverPage(ctx, tx, by, in)
	})
	if err != nil {
		return err
	}
	frame := v.Frame(v.Text.T("page.handover.title", "Forum", page.Forum.Name), ForumCrumb(page.Forum), v.peopleCrumb(page.Forum))
	return v.Show(pages.Handover{Frame: frame, Handover: page})
}

func saveContact(v *Visit) error {
	in, err := ID[forum.ForumID](v)
	if err != nil {
		return err
	}
	organisation := Chosen[forum.OrganisationID](v, "organisation")
	field := pages.ContactField(organisation)
	_, err = Write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (forum.ForumID, error) {
		return in, forum.SetContact(ctx, tx, by, in, organisation, v.Line(field))
	})
	if v.Mistakes(err) != nil {
		typed := forum.PartyRow{Organisation: forum.Organisation{ID: organisation, Contact: v.Line(field)}}
		p, failure := v.people(pages.People{Contact: typed, Mistakes: v.Mistakes(On(err, field))}, "")
		if failure != nil {
			return failure
		}
		return v.Again(p)
	}
	if err != nil {
		return err
	}
	return v.Done(contactSaved, 0, pages.ForumAddress(in, "people"))
}

func askEnding(v *Visit) error { return v.ending(pages.EndSeat{}) }

// ending shows the form of a seat that ends, or what that does when a plan is made.
func (v *Visit) ending(p pages.EndSeat) error {
	seat, err := ID[forum.SeatID](v)
	if err != nil {
		return err
	}
	page, err := Read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.EndingPage, error) {
		return forum.ReadEndingPage(ctx, tx, by, seat)
	})
	if err != nil {
		return err
	}
	if p.Last == "" {
		p.Last = string(page.Today)
	}
	p.Seat, p.Frame = page, v.Frame(v.Text.T("page.end.title", "Person", page.Seat.Person.Name), ForumCrumb(page.Forum), v.peopleCrumb(page.Forum))
	if p.Mistakes != nil {
		return v.Again(p)
	}
	return v.Show(p)
}

// typedEnding is the ending as it stands in the form.
func (v *Visit) typedEnding() (pages.EndSeat, forum.Heir) {
	p := pages.EndSeat{Last: v.Value("last"), Known: v.Line("known"), HeirName: v.Line("heir_name"), HeirAddress: v.Line("heir_address")}
	heir := forum.Heir{Name: p.HeirName, Address: p.HeirAddress}
	if heir.Address == "" && p.Known != "" {
		heir = forum.Heir{Address: p.Known}
	}
	return p, heir
}

func endSeat(v *Visit) error {
	seat, err := ID[forum.SeatID](v)
	if err != nil {
		return err
	}
	typed, heir := v.typedEnding()
	switch v.Value("step") {
	case "edit":
		return v.ending(typed)
	case "end":
		return v.endNow(seat, typed, heir)
	}
	typed.Plan, err = Read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.EndingPlan, error) {
		return forum.PreviewEnding(ctx, tx, by, seat, forum.Date(typed.Last), heir)
	})
	if typed.Mistakes = v.Mistakes(err); typed.Mistakes != nil {
		return v.ending(typed)
	}
	if err != nil {
		return err
	}
	return v.ending(typed)
}

func (v *Visit) endNow(seat forum.SeatID, typed pages.EndSeat, heir forum.Heir) error {
	pressed, err := Press(v, forum.SendEnding{Seat: seat, Last: forum.Date(typed.Last), Heir: heir})
	if typed.Mistakes = v.Mistakes(err); typed.Mistakes != nil {
		return v.ending(typed)
	}
	if err != nil {
		return err
	}
	return v.seatPressed(pressed, seat)
}

// seatPressed goes on to the people of a seat's forum.
func (v *Visit) seatPressed(pressed *forum.Trial, id forum.SeatID) error {
	seat, err := Read(v, func(ctx context.Context, tx forum.Tx, _ forum.Actor) (*forum.Seat, error) { return tx.Seat(ctx, id) })
	if err != nil {
		return err
	}
	return v.Pressed(pressed, pages.ForumAddress(seat.ForumID, "people"))
}

func undoEnding(v *Visit) error {
	ending, err := ID[forum.EndingID](v)
	if err != nil {
		return err
	}
	pressed, err := Press(v, forum.SendEndingBack{Ending: ending})
	if err != nil {
		return err
	}
	of, err := Read(v, func(ctx context.Context, tx forum.Tx, _ forum.Actor) (*forum.SeatEnding, error) {
		return tx.Ending(ctx, ending)
	})
	if err != nil {
		return err
	}
	return v.seatPressed(pressed, of.SeatID)
}
