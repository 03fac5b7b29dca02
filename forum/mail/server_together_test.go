package mail_test

import (
	"context"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
)

// TestMailsThatWaitTogether has several mails wait for the database while the server is asked to end: one peer has hung up, the
// forum of another is gone when its turn comes. Each of the rest is answered, and what was answered with 250 is there.
func TestMailsThatWaitTogether(t *testing.T) {
	onBoth(t, func(h *house) {
		server, address := h.serve(nil)
		var peers []*peer
		for i := range 6 {
			p := connect(h.T, address)
			p.expect("EHLO kvam.example", "250")
			to := council
			if i == 0 {
				to = group
			}
			p.begin(member, to)
			peers = append(peers, p)
		}
		moved := h.forum(group)
		moved.Address = "moved@voss.example"
		held, letGo, ended := make(chan struct{}), make(chan struct{}), make(chan error, 2)
		go func() {
			ended <- h.keeper.Write(context.Background(), func(ctx context.Context, tx forum.Tx) error {
				err := tx.SaveForum(ctx, moved)
				close(held)
				<-letGo
				return err
			})
		}()
		<-held
		for i, p := range peers {
			if _, err := p.conn.Write([]byte(item(member, "Sak "+string(rune('A'+i)), "Ei sak.") + ".\r\n")); err != nil {
				h.Fatal(err)
			}
		}
		if err := peers[1].conn.Close(); err != nil {
			h.Fatal(err)
		}
		go func() {
			ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
			defer cancel()
			ended <- server.Shutdown(ctx)
		}()
		close(letGo)
		h.must(<-ended)
		peers[0].expect("", "550")
		answers := 0
		for _, p := range peers[2:] {
			p.expect("", "250")
			answers++
		}
		h.must(<-ended)
		subjects := len(h.mails(council))
		if subjects != answers && subjects != answers+1 { // the one who hung up may have been heard before
			h.Errorf("%d mails are there of %d that were answered", subjects, answers)
		}
	})
}
