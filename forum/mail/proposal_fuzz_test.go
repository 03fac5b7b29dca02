package mail

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/samraad/samraad/forum"
)

// counted is a Files that keeps nothing.
type counted struct{}

func (counted) Put(_ context.Context, content io.Reader) (forum.Digest, int64, error) {
	size, err := io.Copy(io.Discard, content)
	return "digest", size, err
}

func (counted) Open(context.Context, forum.Digest) (io.ReadCloser, error) {
	return nil, errors.New("nothing is kept")
}

// FuzzProposal: whatever a mail holds, what is proposed keeps to what a matter may be.
func FuzzProposal(f *testing.F) {
	for _, seed := range []string{
		"Subject: Sak\r\n\r\nEi sak.\r\n",
		"Subject: =?utf-8?q?=00=01?=\r\n\r\n\x00\r\n",
		"Subject: " + strings.Repeat("lang ", 100) + "\r\n\r\n" + strings.Repeat("x", longestText+1),
		"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nEi sak.\r\n--b\r\nContent-Disposition: attachment; filename=tom\r\n\r\n--b--\r\n",
	} {
		f.Add([]byte(seed))
	}
	r, in := &Reader{Files: counted{}}, &forum.Forum{Language: forum.Bokmal}
	f.Fuzz(func(t *testing.T, raw []byte) {
		m := Understand(raw, nil)
		p, err := r.proposal(t.Context(), in, m)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case p.Title == "" || utf8.RuneCountInString(p.Title) > longestTitle || strings.ContainsFunc(p.Title, unicode.IsControl):
			t.Errorf("title %q", p.Title)
		case len(p.Text) > longestText || !utf8.ValidString(p.Text):
			t.Errorf("a text of %d bytes", len(p.Text))
		case len(p.Papers) < len(m.Attachments):
			t.Errorf("%d papers of %d attachments", len(p.Papers), len(m.Attachments))
		}
		for _, paper := range p.Papers {
			if paper.Name == "" || (paper.Refused == "") != (paper.Digest != "") {
				t.Errorf("paper %+v", paper)
			}
		}
	})
}
