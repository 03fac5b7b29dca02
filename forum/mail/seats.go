package mail

import (
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

// seats tells a secretary which seats others gave, changed or ended.
func (w Writer) seats(f forum.SeatsFacts) Draft {
	intro := w.T("mail.seats.intro_operator", "Forum", f.Forum)
	if f.By != "" {
		intro = w.T("mail.seats.intro", "By", oneLine(f.By), "Forum", f.Forum)
	}
	letter := w.Begin(f.Forum, w.N("mail.seats.subject", len(f.Seats), "Forum", f.Forum), intro)
	letter.Paragraphs = []string{intro, w.T("mail.seats.next")}
	for _, s := range f.Seats {
		letter.Facts = append(letter.Facts, templates.Fact{Label: oneLine(s.Person), Value: w.seatLine(s)})
	}
	letter.Actions = []templates.Link{{Label: w.T("mail.action.people"), URL: w.URL + pages.ForumAddress(f.In, "people")}}
	letter.Footer = w.T("mail.footer.secretary", "Forum", f.Forum)
	return Draft{Letter: letter, Forum: f.Forum, Address: f.Address}
}

// seatLine says of a seat what happened to it.
func (w Writer) seatLine(s forum.SeatFact) string {
	line := w.T("mail.seats."+string(s.Change), "Capacity", w.T("capacity."+string(s.Capacity)), "Organisation", oneLine(s.Organisation))
	if s.From != "" {
		line += ", " + w.T("mail.seats.from", "Day", w.onDate(s.From))
	}
	if s.To != "" {
		line += ", " + w.T("mail.seats.to", "Day", w.onDate(s.To))
	}
	return line
}

// onDate is a date as people write it.
func (w Writer) onDate(d forum.Date) string {
	day, err := time.ParseInLocation(time.DateOnly, string(d), templates.Oslo)
	if err != nil {
		return string(d)
	}
	return w.Date(day)
}
