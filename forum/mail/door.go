package mail

import (
	"errors"
	"net"
	"sync"
	"time"
)

// door knows who is connected, so that ending can send the idle off at once and let the others have their answer first.
type door struct {
	mu        sync.Mutex
	closed    bool
	listeners []net.Listener
	open      map[*guest]bool // and whether they are in the middle of a mail
}

// guest is one connection.
type guest struct {
	net.Conn
	door *door
}

type guardedListener struct {
	net.Listener
	door *door
}

// guard lets in who comes to a listener, and nobody when the door is closed already.
func (d *door) guard(listener net.Listener) net.Listener {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.listeners = append(d.listeners, listener)
	if d.closed {
		_ = listener.Close() // accepting from it fails, and that is what is wanted
	}
	return guardedListener{listener, d}
}

func (d *door) isClosed() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.closed
}

// Accept lets one connection in.
func (l guardedListener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	g := &guest{conn, l.door}
	l.door.mu.Lock()
	defer l.door.mu.Unlock()
	if l.door.closed {
		return nil, errors.Join(net.ErrClosed, conn.Close())
	}
	l.door.open[g] = false
	return g, nil
}

const finishWithin = 10 * time.Second

// longAgo as a deadline ends a waiting read at once.
var longAgo = time.Unix(1, 0)

// close lets nobody in any more, sends off who is idle, and the others after their answer.
func (d *door) close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.closed = true
	for _, listener := range d.listeners {
		_ = listener.Close() // it may be closed already
	}
	for g := range d.open {
		_ = g.Conn.SetReadDeadline(d.lastDeadline(g)) // fails only on a connection that is gone
	}
}

// lastDeadline is until when a guest may go on talking once the door is closed.
func (d *door) lastDeadline(g *guest) time.Time {
	if d.open[g] {
		return time.Now().Add(finishWithin)
	}
	return longAgo
}

// SetReadDeadline gives the peer little time once the door is closed.
func (g *guest) SetReadDeadline(at time.Time) error {
	g.door.mu.Lock()
	defer g.door.mu.Unlock()
	if g.door.closed {
		at = g.door.lastDeadline(g)
	}
	return g.Conn.SetReadDeadline(at)
}

// Close ends the connection.
func (g *guest) Close() error {
	g.door.mu.Lock()
	delete(g.door.open, g)
	g.door.mu.Unlock()
	return g.Conn.Close()
}

// busy marks whether the guest is in the middle of a mail.
func (g *guest) busy(isBusy bool) {
	g.door.mu.Lock()
	defer g.door.mu.Unlock()
	if _, here := g.door.open[g]; here {
		g.door.open[g] = isBusy
	}
}
