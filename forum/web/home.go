package web

import (
	"context"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

// home shows what awaits who is signed in, and greets who is not.
func home(v *Visit) error {
	page, err := Read(v, v.readHome)
	if forum.IsKind(err, forum.Forbidden) {
		if v.options.Demo {
			return v.GoTo(templates.DemoAddress)
		}
		return v.Show(pages.Entry{Frame: v.Frame("")})
	}
	if err != nil {
		return err
	}
	page.Frame = v.Frame(v.Text.T("page.home.title"))
	return v.Show(page)
}

func (v *Visit) readHome(ctx context.Context, tx forum.Tx, by forum.Actor) (pages.Home, error) {
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
	}
	if page.Awaiting, err = forum.ReadAwaiting(ctx, tx, by); err != nil {
		return page, err
	}
	if page.Failures, err = forum.CountFailures(ctx, tx, by); err != nil {
		return page, err
	}
	page.Governed, err = v.options.House.InHome(ctx, tx, by, v)
	return page, err
}
