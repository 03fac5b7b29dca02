package mail

import (
	"slices"
	"strings"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

// keysAsked puts an agenda before a key-holder, or the stand-in of one who is away.
func (w Writer) keysAsked(f forum.KeysFacts) Draft {
	what := "package"
	if f.Sort == forum.SupplementEdition {
		what = "supplement"
	}
	until := w.Moment(f.Deadline)
	subject := w.T("mail.keys_asked.subject."+what, "Until", until, "Forum", f.Forum, "Day", w.Day(f.Start))
	intro := w.T("mail.keys_asked.intro."+what, "By", f.AskedBy, "Forum", f.Forum, "Day", w.Day(f.Start), "Until", until)
	d := w.keysDraft(f, subject, intro)
	if f.InPlace != "" {
		d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.T("mail.keys_asked.in_place", "Holder", f.InPlace))
	}
	d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.listedWords(f))
	for _, item := range f.Items {
		d.Letter.Facts = append(d.Letter.Facts, templates.Fact{Label: item.Handle, Value: w.keyItem(item)})
	}
	d.Letter.Quote = f.Text
	d.Letter.Actions[0].Label = w.T("mail.action.keys")
	d.Letter.Footer, d.Replies = w.T("mail.footer.keys", "Forum", f.Forum), w.T("mail.replies.keys", "Forum", f.Forum)
	return d
}

// keysReceipt tells a key-holder what of a mail was registered, or that nothing was, and why.
func (w Writer) keysReceipt(f forum.KeysFacts) Draft {
	day := w.Day(f.Start)
	if f.Trouble != "" {
		intro := w.T("mail.keys_receipt.not_taken", "Forum", f.Forum, "Day", day)
		d := w.keysDraft(f, w.T("mail.keys_receipt.not_taken_subject", "Forum", f.Forum, "Day", day), intro+" "+w.T(f.Trouble, f.Args...))
		if len(f.Items) > 0 {
			d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.listedWords(f))
		}
		d.Letter.Footer, d.Replies = w.T("mail.footer.keys", "Forum", f.Forum), w.T("mail.replies.keys", "Forum", f.Forum)
		return d
	}
	next := w.T("mail.keys_receipt.waits", "Until", w.Moment(f.Deadline))
	if f.Out {
		next = w.T("mail.keys_receipt.out")
	}
	d := w.keysDraft(f, w.T("mail.keys_receipt.subject", "Forum", f.Forum, "Day", day), w.T("mail.keys_receipt.intro", "Forum", f.Forum, "Day", day))
	d.Letter.Paragraphs = append(d.Letter.Paragraphs, next)
	for _, item := range f.Items {
		said := w.T("mail.keys_receipt.answer." + string(item.Answer))
		if item.Reason != "" {
			said += ": " + item.Reason
		}
		d.Letter.Facts = append(d.Letter.Facts, templates.Fact{Label: item.Handle, Value: w.keyItemName(item) + "\n" + said})
	}
	d.Letter.Footer, d.Replies = w.T("mail.footer.keys", "Forum", f.Forum), w.T("mail.replies.keys", "Forum", f.Forum)
	return d
}

// keysObjected tells a secretary what was objected to while there is time to mend it.
func (w Writer) keysObjected(f forum.KeysFacts) Draft {
	day := w.Day(f.Start)
	subject := w.N("mail.keys_objected.subject", len(f.Items), "Until", w.Moment(f.Deadline), "Forum", f.Forum, "Day", day)
	d := w.keysDraft(f, subject, w.T("mail.keys_objected.intro", "Forum", f.Forum, "Day", day))
	d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.T("mail.keys_objected.next", "Until", w.Moment(f.Deadline)))
	d.Letter.Facts = w.objections(f)
	d.Letter.Footer = w.T("mail.footer.secretary", "Forum", f.Forum)
	return d
}

// keysLifted tells those who were told of an objection that it is taken back.
func (w Writer) keysLifted(f forum.KeysFacts) Draft {
	day := w.Day(f.Start)
	subject := w.N("mail.keys_lifted.subject", len(f.Items), "Forum", f.Forum, "Day", day)
	d := w.keysDraft(f, subject, w.N("mail.keys_lifted.intro", len(f.Items), "Forum", f.Forum, "Day", day))
	d.Letter.Facts = w.objections(f)
	d.Letter.Footer = w.T("mail.footer.held_back", "Forum", f.Forum)
	return d
}

// heldBack tells secretaries and key-holders what an objection kept from going out.
func (w Writer) heldBack(f forum.KeysFacts) Draft {
	day := w.Day(f.Start)
	rest := "nothing"
	if f.Out {
		rest = "rest"
	}
	d := w.keysDraft(f, w.N("mail.held_back.subject", len(f.Items), "Forum", f.Forum, "Day", day), w.T("mail.held_back."+rest, "Forum", f.Forum, "Day", day))
	d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.T("mail.held_back.next"))
	d.Letter.Facts = w.objections(f)
	d.Letter.Footer = w.T("mail.footer.held_back", "Forum", f.Forum)
	return d
}

// keysDraft is a letter about an edition, with the way to its page.
func (w Writer) keysDraft(f forum.KeysFacts, subject, intro string) Draft {
	letter := w.Begin(f.Forum, subject, intro)
	letter.Paragraphs = []string{intro}
	letter.Actions = []templates.Link{{Label: w.T("mail.action.keys_page"), URL: w.URL + pages.MeetingAddress(f.Meeting, "keys")}}
	return Draft{Letter: letter, Forum: f.Forum, Address: f.Address, Token: f.Token, Person: f.Person}
}

// listedWords tells which words an answer can be made of, with an item of the letter as the example: a matter if there is
// one.
func (w Writer) listedWords(f forum.KeysFacts) string {
	example := f.Items[max(slices.IndexFunc(f.Items, func(i forum.KeyFact) bool { return i.Number != "" }), 0)]
	return w.T("mail.keys_asked.words", "Item", example.Handle)
}

func (w Writer) objections(f forum.KeysFacts) (facts []templates.Fact) {
	for _, item := range f.Items {
		lines := []string{w.keyItemName(item)}
		for _, o := range item.Objections {
			lines = append(lines, o.By+" ("+w.T("level."+string(o.Level))+"): "+o.Reason)
		}
		facts = append(facts, templates.Fact{Label: item.Handle, Value: strings.Join(lines, "\n")})
	}
	return facts
}

// keyItem is an item by its title, with its papers by name.
func (w Writer) keyItem(item forum.KeyFact) string {
	lines := []string{w.keyItemName(item)}
	for _, name := range item.Papers {
		lines = append(lines, "– "+oneLine(name))
	}
	for _, basis := range item.Exempt {
		if basis == "" {
			lines = append(lines, "– "+w.T("mail.keys_asked.exempt_no_basis"))
		} else {
			lines = append(lines, "– "+w.T("mail.keys_asked.exempt", "Basis", basis))
		}
	}
	return strings.Join(lines, "\n")
}

func (w Writer) keyItemName(item forum.KeyFact) string {
	return oneLine(pages.LineTitle(w.Text, item.What, item.Level, item.Title))
}
