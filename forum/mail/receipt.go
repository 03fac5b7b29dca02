package mail

import (
	"strings"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
)

// receipt tells a proposer that the matter is in, under which number, which meeting it can reach, and what became of each paper.
func (w Writer) receipt(f forum.MatterFacts) Draft {
	subject := w.T("mail.receipt.subject", "Intake", f.Intake, "Title", InSubject(f.Title))
	d := w.matterDraft(f, f.Forum, subject, w.T("mail.receipt.intro", "Forum", f.Forum, "Intake", f.Intake))
	kept, refused := w.papers(f.Papers)
	if f.Meeting == nil {
		d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.T("mail.receipt.no_meeting"))
	} else {
		d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.T("mail.receipt.reach", "Moment", w.Moment(f.Meeting.Start)))
		d.Letter.Facts = append(d.Letter.Facts,
			templates.Fact{Label: w.T("mail.label.meeting"), Value: w.Between(f.Meeting.Start, f.Meeting.End)},
			templates.Fact{Label: w.T("mail.label.items_due"), Value: w.DateLong(f.Meeting.ItemsDue)},
		)
	}
	if len(kept) > 0 {
		d.Letter.Facts = append(d.Letter.Facts, templates.Fact{Label: w.T("mail.label.papers"), Value: strings.Join(kept, "\n")})
	}
	if len(refused) > 0 {
		d.Letter.Paragraphs = append(d.Letter.Paragraphs, w.N("mail.receipt.refused", len(refused), "Address", f.Address))
		d.Letter.Facts = append(d.Letter.Facts, templates.Fact{Label: w.T("mail.label.refused"), Value: strings.Join(refused, "\n")})
	}
	d.Letter.Footer = w.proposerFooter(f, f.Forum)
	return d
}

// papers are one line each: those kept with their size, the others with why not.
func (w Writer) papers(papers []forum.Paper) (kept, refused []string) {
	for _, paper := range papers {
		if paper.Refused == "" {
			kept = append(kept, oneLine(paper.Name)+" ("+w.Size(paper.Size)+")")
		} else {
			refused = append(refused, oneLine(paper.Name)+" ("+w.T(paper.Refused)+")")
		}
	}
	return kept, refused
}
