package mail_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/samraad/samraad/forum"
)

// troubled is a Files that fails.
type troubled struct {
	forum.Files
	err   error
	panic bool
}

func (f troubled) Put(context.Context, io.Reader) (forum.Digest, int64, error) {
	if f.panic {
		panic("a fault in a part")
	}
	return "", 0, f.err
}

// TestOneMailsTroubleIsItsOwn lets the papers of one mail fail: others go on, and it ends with a secretary.
func TestOneMailsTroubleIsItsOwn(t *testing.T) {
	withPaper := passed("kvam.example") + strings.Join([]string{
		"From: <" + member + ">", "To: <" + council + ">", "Subject: Med papir", "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b", "",
		"--b", "Content-Type: text/plain", "", "Sjå vedlegg.", "", "--b", "Content-Type: application/pdf", "Content-Disposition: attachment; filename=a.pdf", "", "%PDF", "", "--b--", "",
	}, "\r\n")
	for _, test := range []struct {
		name string
		part troubled
	}{
		{"an error", troubled{err: errors.New("a fault in a part")}},
		{"a panic", troubled{panic: true}},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := onSQLite(t)
			h.deliver(withPaper, council)
			h.deliver(passed("kvam.example")+item(member, "Utan papir", "Ei sak."), group)
			reader := h.reader()
			reader.Files = test.part
			if n := h.drained(reader); n != 1 {
				t.Fatalf("%d mails were read beside the one that fails", n)
			}
			if got := h.only(group); got.State != forum.Understood {
				t.Errorf("the other mail is %s", got.State)
			}
			for range 9 {
				h.drained(reader)
			}
			if got := h.only(council); got.State != forum.HeldMail || got.Reason != "held.trouble" {
				t.Errorf("the mail is %s %s", got.State, got.Reason)
			}
		})
	}
	t.Run("a part that is away", func(t *testing.T) {
		h := onSQLite(t)
		h.deliver(withPaper, council)
		reader := h.reader()
		reader.Files = troubled{err: forum.Refuse(forum.Unavailable, "error.database")}
		for range 9 {
			if _, err := reader.Drain(context.Background()); !forum.IsKind(err, forum.Unavailable) {
				t.Fatalf("got %v", err)
			}
		}
		if got := h.only(council); got.State != forum.Accepted {
			t.Errorf("the mail is %s %s", got.State, got.Reason)
		}
		reader.Files = h.files
		h.drained(reader)
		if got := h.only(council); got.State != forum.Understood {
			t.Errorf("the mail is %s %s", got.State, got.Reason)
		}
	})
}
