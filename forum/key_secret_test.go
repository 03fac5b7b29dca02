package forum_test

import (
	"context"
	"strings"
	"testing"

	"github.com/samraad/samraad/forum"
)

// TestNobodyElseSeesTheAddressOfAKey: neither in what was sent to its holder nor
// in what the holder wrote to it.
func TestNobodyElseSeesTheAddressOfAKey(t *testing.T) {
	onBoth(t, func(h *house) {
		m := h.called()
		done(h, placed(h.as(ourSecretary), h.propose(chair, "Felles beredskap").ID, m.ID))
		h.letters()
		done(h, askedFor(h.as(ourSecretary), m.ID))
		letter := h.letters()[1]
		token := facts[forum.KeysFacts](h, letter).Token
		to := forum.TokenAddress("raad@voss.example", token)
		came := done(h, func(ctx context.Context, tx forum.Tx) (forum.IncomingID, error) {
			piece, err := tx.SavePiece(ctx, []byte("Reply-To: "+to+"\r\n\r\n"))
			if err != nil {
				return 0, err
			}
			letter.Contents = []forum.Digest{piece}
			if err := tx.SaveMessage(ctx, &letter); err != nil {
				return 0, err
			}
			if _, err := forum.AcceptMail(ctx, tx, forum.Incoming{Recipient: to, Envelope: deputy}, []byte("To: "+to+"\r\n\r\nKanskje")); err != nil {
				return 0, err
			}
			waiting, err := tx.NotUnderstood(ctx, 1)
			return waiting[0].ID, err
		})
		for who, sees := range map[string]bool{ourSecretary: false, hfSecretary: false, deputy: true} {
			by := h.as(who)
			sent := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.MessagePage, error) {
				return forum.ReadMessagePage(ctx, tx, by, letter.ID)
			})
			if strings.Contains(string(sent.Raw), token) != sees {
				h.Errorf("%s reads %q", who, sent.Raw)
			}
			if sees {
				continue
			}
			got := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.IncomingPage, error) {
				return forum.ReadIncomingPage(ctx, tx, by, came)
			})
			if strings.Contains(string(got.Raw)+got.Recipient, token) {
				h.Errorf("%s reads %q to %s", who, got.Raw, got.Recipient)
			}
		}
	})
}
