package mail

import (
	"bytes"
	"context"
	"strings"
	"unicode"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
)

const (
	longestTitle  = 200      // characters; the rules take 250
	longestText   = 150_000  // bytes; the rules take 200,000
	shownOfLong   = 4_000    // characters of a longer text, the rest of which is a paper
	longestFirst  = 80       // characters of the text that stand in for a missing subject
	largestPaper  = 20 << 20 // bytes
	paperEmpty    = "paper.empty"
	paperTooLarge = "paper.too_large"
)

// proposal is what a mail proposes to a forum: its subject as the title, the author's own words, and its papers, whose bytes
// are put into Files now. Nothing that was written is lost: what is too long is kept whole beside what is shown.
func (r *Reader) proposal(ctx context.Context, in *forum.Forum, m *Message) (forum.Proposal, error) {
	t := templates.In(templates.Language(in.Language))
	p := forum.Proposal{Title: visible(m.Subject), Text: strings.TrimSpace(m.Text), Kind: forum.MatterKinds[0], Source: forum.ByMail}
	if p.Title == "" {
		p.Title = firstWords(p.Text)
	}
	if p.Title == "" {
		p.Title = t.T("mail.untitled")
	}
	if short := cutWords(p.Title, longestTitle); short != p.Title {
		p.Title, p.Text = short, strings.TrimSpace(p.Title+"\n\n"+p.Text)
	}
	papers := m.Attachments
	if len(p.Text) > longestText {
		whole := Attachment{Name: safeName(p.Title) + ".txt", Type: "text/plain", Size: len(p.Text), Content: []byte(p.Text)}
		papers = append([]Attachment{whole}, papers...)
		p.Text = cutWords(p.Text, shownOfLong) + "\n\n" + t.T("mail.whole_text", "Name", whole.Name)
	}
	for _, paper := range papers {
		kept, err := r.paper(ctx, paper)
		if err != nil {
			return forum.Proposal{}, err
		}
		p.Papers = append(p.Papers, kept)
	}
	return p, nil
}

// visible is text on one line without control characters.
func visible(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}

// firstWords is the beginning of the first line that says something.
func firstWords(text string) string {
	for line := range strings.Lines(text) {
		if line = visible(line); line != "" {
			return cutWords(line, longestFirst)
		}
	}
	return ""
}

// paper puts one file's bytes away, or refuses it by name.
func (r *Reader) paper(ctx context.Context, a Attachment) (forum.Paper, error) {
	paper := forum.Paper{Name: a.Name, Type: a.Type, Size: int64(a.Size)}
	switch {
	case a.Size == 0:
		paper.Refused = paperEmpty
		return paper, nil
	case a.Size > largestPaper:
		paper.Refused = paperTooLarge
		return paper, nil
	}
	var err error
	paper.Digest, paper.Size, err = r.Files.Put(ctx, bytes.NewReader(a.Content))
	return paper, err
}
