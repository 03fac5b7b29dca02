package governance

import (
	"strings"
	"time"
	"unicode"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/governance"
	"github.com/samraad/samraad/templates"
	"github.com/samraad/samraad/templates/docx"
	pages "github.com/samraad/samraad/templates/forum"
)

// CaseDocument writes a case for the parties' own case systems, in the forum's language.
func CaseDocument(c governance.CaseText) docx.Document {
	t := templates.In(templates.Language(c.Language))
	day := func(d forum.Date) string { return t.Date(d.EndOf()) }
	d := docx.Document{Language: localeOf(c.Language), Title: c.Title, Author: c.Forum, Created: c.At.EndOf().Add(-12 * time.Hour)}
	add := func(style docx.Style, label, text string) {
		if text != "" {
			d.Blocks = append(d.Blocks, docx.Block{Style: style, Label: label, Text: text})
		}
	}
	add(docx.Title, "", c.Title)
	add(docx.Paragraph, t.T("case.from"), c.Forum)
	add(docx.Paragraph, t.T("case.number"), c.Number)
	add(docx.Paragraph, t.T("case.kind"), t.T("matter_kind."+string(c.Kind)))
	add(docx.Paragraph, t.T("case.proposer"), c.Proposer)
	add(docx.Paragraph, t.T("case.made"), day(c.At))
	if c.Deadline != "" {
		add(docx.Paragraph, t.T("case.deadline"), day(c.Deadline))
	}
	add(docx.Heading, "", t.T("case.proposal"))
	add(docx.Paragraph, "", c.Proposal)
	if c.Text != "" {
		add(docx.Heading, "", t.T("case.text"))
		add(docx.Paragraph, "", c.Text)
	}
	for _, s := range c.Sections {
		add(docx.Heading, "", t.T("case.section", "Section", pages.SectionTitle(t, s.Part, s.Title)))
		add(docx.Paragraph, "", s.Text)
	}
	if len(c.Papers) > 0 {
		add(docx.Heading, "", t.T("case.papers"))
		add(docx.Paragraph, "", strings.Join(c.Papers, "\n"))
	}
	return d
}

// CaseName is what the file is called.
func CaseName(c governance.CaseText) string {
	name := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == ' ' || r == '-' {
			return r
		}
		return '-'
	}, c.Number+" "+c.Title)
	if runes := []rune(name); len(runes) > 80 {
		name = strings.TrimSpace(string(runes[:80]))
	}
	return name + ".docx"
}

// localeOf is a language as documents name it.
func localeOf(l forum.Language) string {
	switch l {
	case forum.Bokmal:
		return "nb-NO"
	case forum.English:
		return "en-GB"
	}
	return "nn-NO"
}
