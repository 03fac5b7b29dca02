package mail

import (
	"cmp"
	"strings"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
	"github.com/samraad/samraad/governance"
	"github.com/samraad/samraad/templates"
	own "github.com/samraad/samraad/templates/governance"
)

// minutesAsked sends the minutes to somebody who was there.
func minutesAsked(w mail.Writer, f governance.MinutesFacts) (mail.Draft, error) {
	d := minutesDraft(w, f, w.T("mail.minutes_asked.subject", "Forum", f.Forum, "Day", w.Day(f.Slot.Start)),
		w.T("mail.minutes_asked.intro", "By", f.By, "Forum", f.Forum, "Day", w.Day(f.Slot.Start)))
	d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.T("mail.minutes_asked.words"))
	wholeMinutes(w, &d, f)
	d.Replies = w.T("mail.replies.minutes", "Forum", f.Forum)
	return d, nil
}

// minutesKeys puts the minutes before a key-holder, or the stand-in of one.
func minutesKeys(w mail.Writer, f governance.MinutesFacts) (mail.Draft, error) {
	until := w.Moment(f.Deadline)
	d := minutesDraft(w, f, w.T("mail.minutes_keys.subject", "Until", until, "Forum", f.Forum, "Day", w.Day(f.Slot.Start)),
		w.T("mail.minutes_keys.intro", "By", f.By, "Forum", f.Forum, "Day", w.Day(f.Slot.Start), "Until", until))
	if f.InPlace != "" {
		d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.T("mail.keys_asked.in_place", "Holder", f.InPlace))
	}
	d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.T("mail.minutes_keys.words"))
	wholeMinutes(w, &d, f)
	d.Letter.Footer, d.Replies = w.T("mail.footer.minutes_key", "Forum", f.Forum), w.T("mail.replies.keys", "Forum", f.Forum)
	return d, nil
}

// minutesReceipt tells what was understood of a mail, and how to undo it; or that
// nothing was, and why.
func minutesReceipt(w mail.Writer, f governance.MinutesFacts) (mail.Draft, error) {
	day := w.Day(f.Slot.Start)
	if f.Trouble != "" {
		intro := w.T("mail.minutes_receipt.not_taken", "Day", day) + " " + w.T(f.Trouble, f.Args...)
		d := minutesDraft(w, f, w.T("mail.minutes_receipt.not_taken_subject", "Day", day), intro)
		d.Replies = w.T("mail.replies.minutes", "Forum", f.Forum)
		return d, nil
	}
	understood, next := "mail.minutes_receipt.understood."+string(f.Reply), "mail.minutes_receipt.undo."+string(f.Reply)
	if f.ForKey {
		understood, next = "mail.minutes_receipt.key."+string(f.Key), "mail.minutes_receipt.key_undo"
		if f.Approved {
			next = "mail.minutes_receipt.approved"
		}
	}
	d := minutesDraft(w, f, w.T("mail.minutes_receipt.subject", "Day", day), w.T(understood, "Day", day))
	quoteMinutes(&d, f.Text)
	d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.T(next, "Until", w.Moment(f.Deadline)))
	d.Replies = w.T("mail.replies.minutes", "Forum", f.Forum)
	return d, nil
}

// minutesObjected tells a secretary what a key-holder objects to.
func minutesObjected(w mail.Writer, f governance.MinutesFacts) (mail.Draft, error) {
	day := w.Day(f.Slot.Start)
	d := minutesDraft(w, f, w.T("mail.minutes_objected.subject", "Forum", f.Forum, "Day", day),
		w.T("mail.minutes_objected.intro", "By", f.By, "Level", strings.ToLower(w.T("level."+string(f.Level))), "Day", day))
	quoteMinutes(&d, f.Text)
	d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.T("mail.minutes_objected.next", "Until", w.Moment(f.Deadline)))
	d.Letter.Footer = w.T("mail.footer.secretary", "Forum", f.Forum)
	return d, nil
}

// minutesApproved tells all who were invited what was decided, and where the
// minutes are read.
func minutesApproved(w mail.Writer, f governance.MinutesFacts) (mail.Draft, error) {
	day := w.Day(f.Slot.Start)
	subject, intro := w.T("mail.minutes_approved.subject", "Forum", f.Forum, "Day", day), w.T("mail.minutes_approved.intro", "Forum", f.Forum, "Day", day)
	if f.Version > 1 {
		subject, intro = w.T("mail.minutes_approved.corrected_subject", "Forum", f.Forum, "Day", day), w.T("mail.minutes_approved.corrected", "Forum", f.Forum, "Day", day)
	}
	d := minutesDraft(w, f, subject, intro)
	quoteMinutes(&d, f.Changes)
	for _, decided := range f.Decisions {
		text := decided.Text
		if decided.Basis != "" {
			text = w.T("minutes.exempt", "Basis", decided.Basis)
		}
		d.Letter.Facts = append(d.Letter.Facts, templates.Fact{Label: w.T("mail.minutes_approved.decision", "Number", decided.Number), Value: decided.Title + "\n" + text})
	}
	if len(f.Decisions) == 0 {
		d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.T("mail.minutes_approved.none"))
	}
	d.Letter.Footer = w.T("mail.footer.minutes_out", "Forum", f.Forum)
	return d, nil
}

// minutesOwed reminds a secretary.
func minutesOwed(w mail.Writer, f governance.MinutesFacts) (mail.Draft, error) {
	day := w.Day(f.Slot.Start)
	d := minutesDraft(w, f, w.T("mail.minutes_owed.subject", "By", w.By(f.Deadline), "Forum", f.Forum, "Day", day),
		w.T("mail.minutes_owed.intro", "Forum", f.Forum, "Day", day, "Until", w.Moment(f.Deadline)))
	d.Letter.Footer = w.T("mail.footer.secretary", "Forum", f.Forum)
	return d, nil
}

// minutesDraft is a letter about minutes, with the way to the meeting's page.
func minutesDraft(w mail.Writer, f governance.MinutesFacts, subject, intro string) mail.Draft {
	letter := w.Begin(f.Forum, subject, intro)
	letter.Paragraphs = []string{intro}
	letter.Actions = []templates.Link{{Label: w.T("mail.action.minutes"), URL: w.MeetingURL(f.Meeting)}}
	return mail.Draft{Letter: letter, Forum: f.Forum, Address: f.Address, Token: f.Token, Person: f.Person}
}

// quoteMinutes sets somebody's words below the sentence that leads to them.
func quoteMinutes(d *mail.Draft, text string) {
	if text != "" {
		d.Letter.Paragraphs = append(d.Letter.Paragraphs, "«"+text+"»")
	}
}

// wholeMinutes puts all of the minutes into a letter, as they may travel.
func wholeMinutes(w mail.Writer, d *mail.Draft, f governance.MinutesFacts) {
	r := f.Record
	d.Letter.Quote = f.Changes
	d.Letter.Facts = append(d.Letter.Facts,
		templates.Fact{Label: w.T("print.when"), Value: w.Between(r.Start, r.End)},
		templates.Fact{Label: w.T("print.where"), Value: cmp.Or(r.Place, r.Link)},
		templates.Fact{Label: w.T("minutes.present"), Value: minutesPeople(w.Text, *r, r.Present)},
	)
	if len(r.Absent) > 0 {
		d.Letter.Facts = append(d.Letter.Facts, templates.Fact{Label: w.T("minutes.absent"), Value: minutesPeople(w.Text, *r, r.Absent)})
	}
	d.Letter.Listed.Heading = own.MinutesName(w.Text, governance.Minutes{Number: r.Version})
	for _, item := range r.Items {
		d.Letter.Listed.Lines = append(d.Letter.Listed.Lines, templates.Fact{Label: cmp.Or(item.Number, "–"), Value: minutesItemLines(w.Text, item)})
	}
	if r.Note != "" {
		d.Letter.Listed.Lines = append(d.Letter.Listed.Lines, templates.Fact{Label: "–", Value: w.T("minutes.whole") + "\n" + minutesLines(r.Note)})
	}
}

func minutesPeople(t templates.Text, r governance.Record, people []governance.RecordedPerson) string {
	var list []string
	for _, p := range people {
		line := own.MinutesPersonLine(t, p)
		if stays := own.MinutesStays(t, r, p); stays != "" {
			line += ", " + stays
		}
		list = append(list, line)
	}
	return strings.Join(list, "\n")
}

// minutesItemLines are what is recorded of an item, its title first.
func minutesItemLines(t templates.Text, item governance.RecordedItem) string {
	all := []string{strings.TrimSpace(strings.TrimPrefix(own.MinutesItemTitle(t, item), item.Number))}
	add := func(label, text string) {
		if text != "" {
			all = append(all, label+": "+minutesLines(text))
		}
	}
	switch {
	case item.Exempt:
		all = append(all, t.T("minutes.exempt", "Basis", item.Basis))
	case !item.Says():
		all = append(all, t.T("minutes.nothing"))
	}
	if item.Closed != "" {
		all = append(all, t.T("minutes.closed", "Basis", item.Closed))
	}
	for _, field := range []governance.MinutesField{governance.NoteField, governance.ProposalsField} {
		add(t.T("minutes_field."+string(field)), item.Text(field))
	}
	for _, m := range item.Motions {
		heading := m.Heading()
		add(templates.Explain(t, heading.Key, heading.Words, heading.Args), m.Text)
		for _, step := range m.Steps() {
			all = append(all, "– "+templates.Explain(t, step.Key, step.Words, step.Args))
		}
	}
	add(t.T("minutes_field.decision"), item.Decision)
	for _, dissent := range item.Dissents {
		add(t.T("minutes.dissents"), dissent.Name+", "+dissent.Organisation+": "+dissent.Text)
	}
	for _, action := range item.Actions {
		add(t.T("minutes.actions"), own.MinutesActionLine(t, action))
	}
	return strings.Join(all, "\n")
}

// minutesLines are paragraphs without the blank lines between them.
func minutesLines(text string) string { return strings.Join(forum.Paragraphs(text), "\n") }
