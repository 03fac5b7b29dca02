package mail

import (
	"github.com/samraad/samraad/forum/mail"
	"github.com/samraad/samraad/governance"
	"github.com/samraad/samraad/templates"
	"github.com/samraad/samraad/templates/docx"
	pages "github.com/samraad/samraad/templates/forum"
	shown "github.com/samraad/samraad/templates/governance"
)

// ratificationLetter is a letter about a recommendation, with the case as a file where it may travel.
func ratificationLetter(w mail.Writer, f governance.RatificationFacts, subject, intro string) (mail.Draft, error) {
	d := matterLetter(w, f.MatterFacts, subject, intro, w.T("mail.action.ledger"), pages.MatterAddress(f.Matter, "ledger"))
	if f.Party != "" {
		d.Letter.Facts = append(d.Letter.Facts, templates.Fact{Label: w.T("mail.label.party"), Value: f.Party})
	}
	if f.Deadline != "" {
		d.Letter.Facts = append(d.Letter.Facts, templates.Fact{Label: w.T("mail.label.deadline"), Value: w.Day(f.Deadline.EndOf())})
	}
	d.Token = f.Token
	if f.Case == nil {
		return d, nil
	}
	content, err := docx.Write(shown.CaseDocument(*f.Case))
	d.Made = []mail.Made{{Name: shown.CaseName(*f.Case), Type: docx.MediaType, Content: content}}
	return d, err
}

// recommendation puts what is recommended into a letter, or says why it is not there.
func recommendation(w mail.Writer, d *mail.Draft, f governance.RatificationFacts) {
	if f.Exempt {
		d.Letter.Paragraphs = append(d.Letter.Paragraphs, exempted(w, f.Basis))
		return
	}
	d.Letter.Quote = f.Text
	d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.T("mail.ratification.document"))
}

// until is when a party is to answer, as a subject says it.
func until(w mail.Writer, f governance.RatificationFacts) string {
	if f.Deadline == "" {
		return ""
	}
	return " " + w.T("mail.ratification.until", "By", w.DayMonth(f.Deadline.EndOf()))
}

// ratificationAsked asks somebody who sits for a party for the party's word.
func ratificationAsked(w mail.Writer, f governance.RatificationFacts) (mail.Draft, error) {
	d, err := ratificationLetter(w, f, w.T("mail.ratification_asked.subject", "Until", until(w, f), "Title", mail.InSubject(f.Title)),
		w.T("mail.ratification_asked.intro", "Forum", f.Forum, "Party", f.Party, "Asker", f.Asker))
	recommendation(w, &d, f)
	d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.T("mail.ratification.words"))
	d.Replies = w.T("mail.replies.ratification", "Party", f.Party, "Forum", f.Forum)
	return d, err
}

// ratificationDue reminds somebody of it.
func ratificationDue(w mail.Writer, f governance.RatificationFacts) (mail.Draft, error) {
	d, err := ratificationLetter(w, f, w.T("mail.ratification_due.subject", "Until", until(w, f), "Title", mail.InSubject(f.Title)),
		w.T("mail.ratification_due.intro", "Forum", f.Forum, "Party", f.Party))
	recommendation(w, &d, f)
	d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.T("mail.ratification.words"))
	d.Replies = w.T("mail.replies.ratification", "Party", f.Party, "Forum", f.Forum)
	return d, err
}

// ratificationCopy is for a party's own address, or its archive.
func ratificationCopy(w mail.Writer, f governance.RatificationFacts) (mail.Draft, error) {
	to := "party"
	if f.Archive {
		to = "archive"
	}
	d, err := ratificationLetter(w, f, w.T("mail.ratification_copy.subject."+to, "Title", mail.InSubject(f.Title), "Forum", f.Forum),
		w.T("mail.ratification_copy.intro."+to, "Forum", f.Forum, "Party", f.Party))
	recommendation(w, &d, f)
	d.Letter.Footer = w.T("mail.footer.ratification_copy."+to, "Party", f.Party)
	return d, err
}

// ratificationReceipt tells what of a mail was registered, or that nothing was, and why.
func ratificationReceipt(w mail.Writer, f governance.RatificationFacts) (mail.Draft, error) {
	names := []any{"Title", mail.InSubject(f.Title), "Party", f.Party}
	replies := w.T("mail.replies.ratification", "Party", f.Party, "Forum", f.Forum)
	if f.Trouble != "" {
		d, err := ratificationLetter(w, f, w.T("mail.ratification_receipt.not_taken_subject", names...), w.T("mail.ratification_receipt.not_taken", names...)+" "+w.T(f.Trouble, f.Args...))
		d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.T("mail.ratification.words"))
		d.Replies = replies
		return d, err
	}
	d, err := ratificationLetter(w, f, w.T("mail.ratification_receipt.subject", names...), w.T("mail.ratification_receipt.intro", names...))
	d.Letter.Facts = append(d.Letter.Facts, templates.Fact{Label: w.T("mail.label.answer"), Value: w.T("ratification_state." + string(f.State))})
	if f.Ref != "" {
		d.Letter.Facts = append(d.Letter.Facts, templates.Fact{Label: w.T("mail.label.reference"), Value: f.Ref})
	}
	d.Letter.Quote = f.Remarks
	d.Replies = replies
	return d, err
}

// ratificationsDone tells the secretaries that every party has answered.
func ratificationsDone(w mail.Writer, f governance.RatificationFacts) (mail.Draft, error) {
	came := "mixed"
	if f.InForce {
		came = "in_force"
	}
	d, err := ratificationLetter(w, f, w.T("mail.ratifications_done.subject."+came, "Title", mail.InSubject(f.Title)), w.T("mail.ratifications_done.intro."+came, "Forum", f.Forum))
	for _, line := range f.Lines {
		d.Letter.Facts = append(d.Letter.Facts, templates.Fact{Label: line.Party, Value: w.T("ratification_state." + string(line.State))})
	}
	d.Letter.Footer = w.T("mail.footer.secretary", "Forum", f.Forum)
	return d, err
}
