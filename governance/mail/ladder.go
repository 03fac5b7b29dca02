package mail

import (
	"github.com/samraad/samraad/forum/mail"
	"github.com/samraad/samraad/governance"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

// ladderLetter is a letter about a ladder; what the levels write stays on the page.
func ladderLetter(kind string) func(w mail.Writer, f governance.LadderFacts) (mail.Draft, error) {
	return func(w mail.Writer, f governance.LadderFacts) (mail.Draft, error) {
		names := []any{"Title", mail.InSubject(f.Title), "Forum", f.Forum, "By", f.By, "Until", w.DayMonth(f.Deadline.EndOf())}
		if f.Level != "" {
			names = append(names, "Level", w.T("level."+string(f.Level)))
		} else {
			names = append(names, "Level", "")
		}
		action := "mail.action.ladder"
		if kind == "ladder_opened" || kind == "ladder_due" {
			action = "mail.ladder_opened.action"
		}
		d := matterLetter(w, f.MatterFacts, w.T("mail."+kind+".subject", names...), w.T("mail."+kind+".intro", names...), w.T(action), pages.MatterAddress(f.Matter, "ladder"))
		if kind == "ladder_opened" {
			d.Letter.Facts = append(d.Letter.Facts, templates.Fact{Label: w.T("mail.label.deadline"), Value: w.Day(f.Deadline.EndOf())})
			if f.Exempt {
				d.Letter.Paragraphs = append(d.Letter.Paragraphs, exempted(w, f.Basis))
			} else {
				d.Letter.Quote = f.Reason
			}
		}
		d.Letter.Footer = w.T("mail.footer.ladder", "Forum", f.Forum)
		return d, nil
	}
}
