package mail

import (
	"context"

	"github.com/samraad/samraad/forum"
)

// Composed is a message for tests to look at.
type Composed struct {
	Subject, Sender, Plain string
	Raw                    []byte
	Pieces                 [][]byte
}

// Compose writes a message as the outbox does.
func Compose(ctx context.Context, m *forum.Message, url string, files forum.Files) (*Composed, error) {
	return ComposeSigned(ctx, m, url, files, nil)
}

// ComposeSigned is Compose where keys sign.
func ComposeSigned(ctx context.Context, m *forum.Message, url string, files forum.Files, keys SigningKeys) (*Composed, error) {
	o := &Outbox{URL: url, Files: files, Keys: keys}
	c, err := o.compose(ctx, m)
	if err != nil {
		return nil, err
	}
	d, err := o.Write(m)
	return &Composed{Subject: c.subject, Sender: c.sender, Plain: d.Letter.Plain(), Raw: c.raw, Pieces: c.pieces}, err
}

// FillRoom takes all room that there is for mail, once it is free, until the answer is called.
func (s *Server) FillRoom(ctx context.Context) (free func()) {
	if err := s.room.all.Acquire(ctx, s.Room); err != nil {
		panic(err)
	}
	return func() { s.room.all.Release(s.Room) }
}

// Update tells whether golden files are to be written anew.
func Update() bool { return *update }

// TokenIn is where answers to a message go.
func TokenIn(m *forum.Message) string { return tokenIn(m) }
