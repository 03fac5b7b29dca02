package web

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

// Mistakes are what refusals say of the form, nil when one of them speaks of
// something else and the form is not to be shown again.
func (v *Visit) Mistakes(err error) (found pages.Mistakes) {
	for _, one := range eachOf(err) {
		var refusal *forum.Error
		if !errors.As(one, &refusal) || refusal.Field == "" || refusal.Kind == forum.Forbidden {
			return nil
		}
		found = append(found, templates.Mistake{Field: refusal.Field, Text: v.Text.T(refusal.Key, refusal.Args...)})
	}
	return found
}

// eachOf are the errors that were joined to one.
func eachOf(err error) (each []error) {
	switch joined, many := err.(interface{ Unwrap() []error }); {
	case err == nil:
		return nil
	case !many:
		return []error{err}
	default:
		for _, one := range joined.Unwrap() {
			each = append(each, eachOf(one)...)
		}
		return each
	}
}

// Again shows a form with what was typed and what is wrong.
func (v *Visit) Again(p Page) error { return v.showAs(fiber.StatusUnprocessableEntity, p) }

// Moment is the instant that a day and a time of day in Oslo name; the zero
// time when neither is given.
func (v *Visit) Moment(name string) (time.Time, error) {
	date, clock := v.Value(name+"_date"), v.Value(name+"_time")
	if date == "" && clock == "" {
		return time.Time{}, nil
	}
	day, err := forum.ParseDate(date)
	if err != nil {
		return time.Time{}, On(err, name)
	}
	if _, err := time.Parse("15:04", clock); err != nil {
		return time.Time{}, forum.Refuse(forum.Invalid, "error.time", "Given", clock).On(name)
	}
	return osloTime(day, clock, name)
}

// osloTime refuses the hour that the clocks skip when summer time begins.
func osloTime(day forum.Date, clock, field string) (time.Time, error) {
	const layout = "2006-01-02 15:04"
	written := string(day) + " " + clock
	at, err := time.ParseInLocation(layout, written, forum.Oslo)
	if err != nil {
		return time.Time{}, forum.Refuse(forum.Invalid, "error.time", "Given", clock).On(field)
	}
	if at.Format(layout) != written {
		return time.Time{}, forum.Refuse(forum.Invalid, "error.time_gap", "Given", clock).On(field)
	}
	return at.UTC(), nil
}

// On points a refusal at a field.
func On(err error, field string) error {
	var refusal *forum.Error
	if errors.As(err, &refusal) {
		return refusal.On(field)
	}
	return err
}

// Line is an answer of one Line.
func (v *Visit) Line(name string) string { return strings.Join(strings.Fields(v.Value(name)), " ") }

// typedSlot is the slot as it stands in the form.
func (v *Visit) typedSlot() pages.Slot {
	return pages.Slot{
		StartDate: v.Value("start_date"), StartTime: v.Value("start_time"), EndDate: v.Value("end_date"), EndTime: v.Value("end_time"),
		Place: v.Value("place"), Link: v.Value("link"),
	}
}

// slot reads the slot that the form names.
func (v *Visit) slot() (forum.Slot, error) {
	start, noStart := v.Moment("start")
	end, noEnd := v.Moment("end")
	slot := forum.Slot{Start: start, End: end, Place: v.Line("place"), Link: v.Line("link")}
	if err := errors.Join(noStart, noEnd); err != nil {
		return slot, errors.Join(err, slot.CheckPlace())
	}
	return slot, nil
}

// slotOf is a slot as a form shows it.
func slotOf(s forum.Slot) pages.Slot {
	start, end := s.Start.In(forum.Oslo), s.End.In(forum.Oslo)
	return pages.Slot{
		StartDate: start.Format(time.DateOnly), StartTime: start.Format("15:04"), EndDate: end.Format(time.DateOnly), EndTime: end.Format("15:04"),
		Place: s.Place, Link: s.Link,
	}
}

// today is the earliest date that a form offers.
func today(now time.Time) string { return string(forum.DateOf(now)) }

// forumsCrumb is the way to a forum's own page.
func (v *Visit) forumsCrumb(name string) []templates.Link {
	return []templates.Link{{Label: v.Text.T("nav.forums"), URL: pages.ForumsAddress}, {Label: name}}
}

// field is an answer of a form, fit to be shown.
type field struct{ name, value string }

// fields are the answers of the form that was posted; none when it cannot be read.
func (v *Visit) fields() (fields []field) {
	if form, err := v.c.MultipartForm(); err == nil {
		for _, name := range slices.Sorted(maps.Keys(form.Value)) {
			for _, value := range form.Value[name] {
				fields = append(fields, field{name, clean(value)})
			}
		}
		return fields
	}
	for name, value := range v.c.Request().PostArgs().All() {
		fields = append(fields, field{string(name), clean(string(value))})
	}
	return fields
}
