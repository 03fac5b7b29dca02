package mail

import (
	"strings"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

// comment tells somebody of a comment to a draft. An answer lands in the same thread. Of an exempt matter the mail says who
// wrote and no more.
func (w Writer) comment(f forum.ThreadFacts) Draft {
	subject := w.T("mail.comment.subject", "Author", oneLine(f.Author), "Title", InSubject(f.Title))
	intro := w.T("mail.comment.intro", "Author", f.Author, "Organisation", f.Organisation, "Level", strings.ToLower(w.T("level."+string(f.Level))), "About", w.about(f))
	d := w.threadDraft(f, subject, intro)
	if f.Exempt {
		d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.T("mail.comment.exempt", "Basis", f.Basis))
	}
	d.Letter.Quote = f.Text
	d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.T("mail.comment.reply"))
	return d
}

// commentReceipt tells somebody what became of an answer to a thread.
func (w Writer) commentReceipt(f forum.ThreadFacts) Draft {
	if f.Trouble != "" {
		intro := w.T("mail.comment_receipt.not_taken", "About", w.about(f)) + " " + w.T(f.Trouble, f.Args...)
		return w.threadDraft(f, w.T("mail.comment_receipt.not_taken_subject", "Title", InSubject(f.Title)), intro)
	}
	d := w.threadDraft(f, w.T("mail.comment_receipt.subject", "Title", InSubject(f.Title)), w.T("mail.comment_receipt.intro", "About", w.about(f)))
	if len(f.Left) > 0 {
		lines := []string{w.T("mail.comment_receipt.left")}
		for _, name := range f.Left {
			lines = append(lines, "– "+oneLine(name))
		}
		d.Letter.Paragraphs = append(d.Letter.Paragraphs, strings.Join(lines, "\n"))
	}
	return d
}

// about is what a thread is about, in a sentence.
func (w Writer) about(f forum.ThreadFacts) string {
	switch f.Part {
	case "":
		return w.T("mail.comment.about.draft")
	case forum.OwnPart:
		return w.T("mail.comment.about.own", "Section", oneLine(f.Section))
	}
	return w.T("mail.comment.about." + string(f.Part))
}

// threadDraft is a letter about a thread, with the way to the draft and the word of who sees an answer.
func (w Writer) threadDraft(f forum.ThreadFacts, subject, intro string) Draft {
	d := w.matterDraft(f.MatterFacts, f.Forum, subject, intro)
	d.Token = f.Token
	d.Letter.Actions = []templates.Link{{Label: w.T("mail.comment.action"), URL: w.URL + pages.MatterAddress(f.Matter, "draft")}}
	d.Letter.Footer, d.Replies = w.T("mail.footer.comment", "Forum", f.Forum), w.T("mail.replies.thread", "Forum", f.Forum)
	return d
}
