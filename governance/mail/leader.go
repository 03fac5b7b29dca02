package mail

import (
	"github.com/samraad/samraad/forum/mail"
	"github.com/samraad/samraad/governance"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/governance"
)

// leaderMinutes tells a leader what approved minutes decided.
func leaderMinutes(w mail.Writer, f governance.LeaderFacts) (mail.Draft, error) {
	intro := w.T("mail.leader.written", "Forum", f.Forum, "Organisation", f.Organisation)
	if !f.Meeting.IsZero() {
		intro = w.T("mail.leader.minutes", "Forum", f.Forum, "Organisation", f.Organisation, "Day", w.Day(f.Meeting))
	}
	return leaderDraft(w, f, leaderSubject(w, f, "minutes_subject"), intro), nil
}

// leaderQuarter tells a leader what was decided in a quarter.
func leaderQuarter(w mail.Writer, f governance.LeaderFacts) (mail.Draft, error) {
	intro := w.T("mail.leader.quarter", "Forum", f.Forum, "Organisation", f.Organisation, "From", dayOf(w, f.From), "To", dayOf(w, f.To))
	return leaderDraft(w, f, leaderSubject(w, f, "quarter_subject"), intro), nil
}

// leaderDraft is one screen: what the organisation owes, and then what was decided.
// leaderSubject tells how much the organisation owes, before what the mail is of.
func leaderSubject(w mail.Writer, f governance.LeaderFacts, key string) string {
	owes := len(f.Owes) + f.OwesMore
	if owes == 0 {
		key = "quiet_" + key
	}
	return w.T("mail.leader."+key, "Forum", f.Forum, "Organisation", f.Organisation, "Count", owes)
}

func leaderDraft(w mail.Writer, f governance.LeaderFacts, subject, intro string) mail.Draft {
	letter := w.Begin(f.Forum, subject, intro)
	letter.Paragraphs = []string{intro}
	switch {
	case len(f.Owes) == 0:
		letter.Paragraphs = append(letter.Paragraphs, w.T("mail.leader.owes_none", "Organisation", f.Organisation))
	case f.Late > 0:
		letter.Paragraphs = append(letter.Paragraphs, w.N("mail.leader.late", f.Late))
	}
	for _, line := range f.Owes {
		letter.Facts = append(letter.Facts, templates.Fact{Label: owedLabel(w, line), Value: owedValue(w, line)})
	}
	if f.OwesMore > 0 {
		letter.Facts = append(letter.Facts, templates.Fact{Label: "…", Value: w.N("mail.leader.more", f.OwesMore)})
	}
	letter.Listed = templates.Listed{Heading: w.T("mail.leader.decided")}
	for _, line := range f.Decided {
		letter.Listed.Lines = append(letter.Listed.Lines, templates.Fact{Label: line.Number, Value: decidedValue(w, line)})
	}
	if f.DecidedMore > 0 {
		letter.Listed.Lines = append(letter.Listed.Lines, templates.Fact{Label: "…", Value: w.N("mail.leader.more", f.DecidedMore)})
	}
	if len(f.Decided) == 0 {
		letter.Paragraphs = append(letter.Paragraphs, w.T("mail.leader.decided_none"))
	}
	owed := governance.OverviewFilter{Forum: f.In, Organisation: f.ID, Look: governance.OwedLook}
	letter.Actions = []templates.Link{
		{Label: w.T("mail.leader.owed_page", "Organisation", f.Organisation), URL: w.URL + pages.OverviewOf(owed, "")},
		{Label: w.T("mail.leader.all"), URL: w.URL + pages.OverviewOf(governance.OverviewFilter{Forum: f.In}, "")},
	}
	letter.Footer = w.T("mail.footer.leader", "Forum", f.Forum, "Organisation", f.Organisation)
	return mail.Draft{Letter: letter, Forum: f.Forum, Address: f.Address, Person: f.Person}
}

func owedLabel(w mail.Writer, line governance.LeaderLine) string {
	switch {
	case line.Late:
		return w.T("mail.leader.due_late", "Date", dayOf(w, line.Due))
	case line.State == governance.BlockedFollowUp:
		return w.T("mail.leader.due_blocked", "Date", dayOf(w, line.Due))
	}
	return w.T("mail.leader.due", "Date", dayOf(w, line.Due))
}

func owedValue(w mail.Writer, line governance.LeaderLine) string {
	what := decidedValue(w, line)
	if line.What != "" {
		what = line.Number + ": " + what
	}
	if line.Owner == "" {
		return what
	}
	return w.T("mail.leader.owner", "What", what, "Name", line.Owner)
}

// decidedValue is what was decided, in a line; of an exempt matter its public title.
func decidedValue(w mail.Writer, line governance.LeaderLine) string {
	if line.What == "" {
		return line.Matter + " (" + w.T("mail.leader.exempt", "Basis", line.Basis) + ")"
	}
	return mail.InSubject(line.What)
}
