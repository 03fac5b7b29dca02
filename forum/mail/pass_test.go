package mail_test

import (
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
)

// slow is a Files that takes a paper only when it is let.
type slow struct {
	forum.Files
	begun, let chan struct{}
}

func (f slow) Put(ctx context.Context, content io.Reader) (forum.Digest, int64, error) {
	close(f.begun)
	<-f.let
	return f.Files.Put(ctx, content)
}

// TestMailThatComesMeanwhile is read while one that came before is still being read.
func TestMailThatComesMeanwhile(t *testing.T) {
	h := onSQLite(t)
	h.deliver(passed("kvam.example")+strings.Join([]string{
		"From: <" + member + ">", "To: <" + council + ">", "Subject: Med papir", "MIME-Version: 1.0",
		"Content-Type: application/pdf", "Content-Disposition: attachment; filename=a.pdf", "", "%PDF", "",
	}, "\r\n"), council)
	reader := h.reader()
	papers := slow{h.files, make(chan struct{}), make(chan struct{})}
	read := make(chan forum.IncomingState, 2)
	reader.Files, reader.Read = papers, func(state forum.IncomingState) { read <- state }
	drained := make(chan int)
	go func() {
		n, err := reader.Drain(context.Background())
		if err != nil {
			t.Error(err)
		}
		drained <- n
	}()
	<-papers.begun
	h.deliver(passed("kvam.example")+item(member, "Utan papir", "Ei sak."), group)
	reader.Wake()
	select {
	case <-read:
	case <-time.After(time.Minute):
		t.Error("the mail that came meanwhile waits for the other")
	}
	if got := h.only(council); got.State != forum.Accepted {
		t.Errorf("the first mail is %s", got.State)
	}
	close(papers.let)
	if n := <-drained; n != 2 {
		t.Errorf("%d mails were read", n)
	}
	for _, to := range []string{council, group} {
		if got := h.only(to); got.State != forum.Understood {
			t.Errorf("the mail to %s is %s", to, got.State)
		}
	}
}
