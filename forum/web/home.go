package web

import (
	"context"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

// home shows what awaits who is signed in, and greets who is not.
func home(v *visit) error {
	page, err := read(v, readHome)
	if forum.IsKind(err, forum.Forbidden) {
		if v.options.Demo {
			return v.goTo(templates.DemoAddress)
		}
		return v.show(pages.Entry{Frame: v.frame("")})
	}
	if err != nil {
		return err
	}
	page.Frame = v.frame(v.text.T("page.home.title"))
	return v.show(page)
}

func readHome(ctx context.Context, tx forum.Tx, by forum.Actor) (pages.Home, error) {
	var page pages.Home
	places, err := forum.ReadPlaces(ctx, tx, by)
	if err != nil {
		return page, err
	}
	for _, place := range places {
		if len(place.Standings) == 0 || !place.MayRead {
			continue
		}
		page.Places = append(page.Places, place)
		asks, err := readAsks(ctx, tx, by, place.ID)
		if err != nil {
			return page, err
		}
		page.Asks = append(page.Asks, asks...)
	}
	if page.Keys, err = forum.ReadWaitingKeys(ctx, tx, by); err != nil {
		return page, err
	}
	page.Failures, err = forum.CountFailures(ctx, tx, by)
	return page, err
}

// readAsks lists the removals of a forum that wait for this person.
func readAsks(ctx context.Context, tx forum.Tx, by forum.Actor, in forum.ForumID) ([]pages.Ask, error) {
	removals, err := tx.OpenRemovals(ctx, in)
	if err != nil {
		return nil, err
	}
	var asks []pages.Ask
	for _, r := range removals {
		matter, err := forum.ReadMatterPage(ctx, tx, by, r.MatterID)
		if forum.IsKind(err, forum.Forbidden) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if matter.MayAnswer || matter.MayDecide {
			asks = append(asks, pages.Ask{Matter: matter.Matter, Removal: *matter.Removal, By: matter.AskedBy})
		}
	}
	return asks, nil
}
