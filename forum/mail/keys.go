package mail

import (
	"slices"
	"strings"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

// keysAsked puts an agenda before a key-holder, or the stand-in of one who is away.
func (w writer) keysAsked(f forum.KeysFacts) draft {
	what := "package"
	if f.Sort == forum.SupplementEdition {
		what = "supplement"
	}
	until := w.moment(f.Deadline)
	subject := w.T("mail.keys_asked.subject."+what, "Until", until, "Forum", f.Forum, "Day", w.day(f.Start))
	intro := w.T("mail.keys_asked.intro."+what, "By", f.AskedBy, "Forum", f.Forum, "Day", w.day(f.Start), "Until", until)
	d := w.keysDraft(f, subject, intro)
	if f.InPlace != "" {
		d.letter.Paragraphs = append(d.letter.Paragraphs, w.T("mail.keys_asked.in_place", "Holder", f.InPlace))
	}
	d.letter.Paragraphs = append(d.letter.Paragraphs, w.listedWords(f))
	for _, item := range f.Items {
		d.letter.Facts = append(d.letter.Facts, templates.Fact{Label: item.Handle, Value: w.keyItem(item)})
	}
	d.letter.Quote = f.Text
	d.letter.Actions[0].Label = w.T("mail.action.keys")
	d.letter.Footer = w.T("mail.footer.keys", "Forum", f.Forum)
	return d
}

// keysReceipt tells a key-holder what of a mail was registered, or that nothing was, and why.
func (w writer) keysReceipt(f forum.KeysFacts) draft {
	day := w.day(f.Start)
	if f.Trouble != "" {
		intro := w.T("mail.keys_receipt.not_taken", "Forum", f.Forum, "Day", day)
		d := w.keysDraft(f, w.T("mail.keys_receipt.not_taken_subject", "Forum", f.Forum, "Day", day), intro+" "+w.T(f.Trouble, f.Args...))
		if len(f.Items) > 0 {
			d.letter.Paragraphs = append(d.letter.Paragraphs, w.listedWords(f))
		}
		d.letter.Footer = w.T("mail.footer.keys", "Forum", f.Forum)
		return d
	}
	next := w.T("mail.keys_receipt.waits", "Until", w.moment(f.Deadline))
	if f.Out {
		next = w.T("mail.keys_receipt.out")
	}
	d := w.keysDraft(f, w.T("mail.keys_receipt.subject", "Forum", f.Forum, "Day", day), w.T("mail.keys_receipt.intro", "Forum", f.Forum, "Day", day))
	d.letter.Paragraphs = append(d.letter.Paragraphs, next)
	for _, item := range f.Items {
		said := w.T("mail.keys_receipt.answer." + string(item.Answer))
		if item.Reason != "" {
			said += ": " + item.Reason
		}
		d.letter.Facts = append(d.letter.Facts, templates.Fact{Label: item.Handle, Value: w.keyItemName(item) + "\n" + said})
	}
	d.letter.Footer = w.T("mail.footer.keys", "Forum", f.Forum)
	return d
}

// keysObjected tells a secretary what was objected to while there is time to mend it.
func (w writer) keysObjected(f forum.KeysFacts) draft {
	day := w.day(f.Start)
	subject := w.N("mail.keys_objected.subject", len(f.Items), "Until", w.moment(f.Deadline), "Forum", f.Forum, "Day", day)
	d := w.keysDraft(f, subject, w.T("mail.keys_objected.intro", "Forum", f.Forum, "Day", day))
	d.letter.Paragraphs = append(d.letter.Paragraphs, w.T("mail.keys_objected.next", "Until", w.moment(f.Deadline)))
	d.letter.Facts = w.objections(f)
	d.letter.Footer = w.T("mail.footer.secretary", "Forum", f.Forum)
	return d
}

// keysLifted tells those who were told of an objection that it is taken back.
func (w writer) keysLifted(f forum.KeysFacts) draft {
	day := w.day(f.Start)
	subject := w.N("mail.keys_lifted.subject", len(f.Items), "Forum", f.Forum, "Day", day)
	d := w.keysDraft(f, subject, w.N("mail.keys_lifted.intro", len(f.Items), "Forum", f.Forum, "Day", day))
	d.letter.Facts = w.objections(f)
	d.letter.Footer = w.T("mail.footer.held_back", "Forum", f.Forum)
	return d
}

// heldBack tells secretaries and key-holders what an objection kept from going out.
func (w writer) heldBack(f forum.KeysFacts) draft {
	day := w.day(f.Start)
	rest := "nothing"
	if f.Out {
		rest = "rest"
	}
	d := w.keysDraft(f, w.N("mail.held_back.subject", len(f.Items), "Forum", f.Forum, "Day", day), w.T("mail.held_back."+rest, "Forum", f.Forum, "Day", day))
	d.letter.Paragraphs = append(d.letter.Paragraphs, w.T("mail.held_back.next"))
	d.letter.Facts = w.objections(f)
	d.letter.Footer = w.T("mail.footer.held_back", "Forum", f.Forum)
	return d
}

// keysDraft is a letter about an edition, with the way to its page.
func (w writer) keysDraft(f forum.KeysFacts, subject, intro string) draft {
	letter := w.begin(f.Forum, subject, intro)
	letter.Paragraphs = []string{intro}
	letter.Actions = []templates.Link{{Label: w.T("mail.action.keys_page"), URL: w.url + pages.MeetingAddress(f.Meeting, "keys")}}
	return draft{letter: letter, forum: f.Forum, address: f.Address, token: f.Token, person: f.Person}
}

// listedWords tells which words an answer can be made of, with an item of the letter as the example: a matter if there is
// one.
func (w writer) listedWords(f forum.KeysFacts) string {
	example := f.Items[max(slices.IndexFunc(f.Items, func(i forum.KeyFact) bool { return i.Number != "" }), 0)]
	return w.T("mail.keys_asked.words", "Item", example.Handle)
}

func (w writer) objections(f forum.KeysFacts) (facts []templates.Fact) {
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
func (w writer) keyItem(item forum.KeyFact) string {
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

func (w writer) keyItemName(item forum.KeyFact) string {
	return oneLine(pages.LineTitle(w.Text, item.What, item.Level, item.Title))
}
