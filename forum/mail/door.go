package mail

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"sync"
	"time"
)

// door knows who is connected, so that ending can send the idle off at once and let the others have their answer first, and
// nobody takes every place.
type door struct {
	mostFromOne int
	mostOfAll   int // of strangers, and as many of others
	trusts      func(netip.Addr) bool

	mu        sync.Mutex
	closed    bool
	listeners []net.Listener
	open      map[*guest]bool      // and whether they are in the middle of a mail
	from      map[netip.Prefix]int // how many of them come from where
	strangers int                  // how many of them are neither trusted nor of this machine
}

func newDoor(mostFromOne, mostOfAll int, trusts func(netip.Addr) bool) *door {
	return &door{mostFromOne: mostFromOne, mostOfAll: mostOfAll, trusts: trusts, open: map[*guest]bool{}, from: map[netip.Prefix]int{}}
}

// guest is one connection.
type guest struct {
	net.Conn
	door     *door
	from     netip.Prefix
	stranger bool
}

// guestOf finds the guest at the other end of a connection, which may have become secret since.
func guestOf(conn net.Conn) *guest {
	if secret, is := conn.(*tls.Conn); is {
		conn = secret.NetConn()
	}
	g, _ := conn.(*guest)
	return g
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

// Accept lets one connection in, and sends off those of whom there are enough.
func (l guardedListener) Accept() (net.Conn, error) {
	for {
		conn, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		peer := peerOf(conn)
		g := &guest{conn, l.door, placeOf(peer), !peer.IsLoopback() && !l.door.trusts(peer)}
		switch l.door.admit(g) {
		case admitted:
			return g, nil
		case isClosing:
			return nil, errors.Join(net.ErrClosed, conn.Close())
		case tooMany:
			go sendOff(conn, "4.7.0", "mail.smtp.too_many")
		case allTaken:
			go sendOff(conn, "4.3.2", "mail.smtp.full")
		}
	}
}

// admission is what the door says to who comes.
type admission int

const (
	admitted admission = iota
	isClosing
	tooMany
	allTaken
)

func (d *door) admit(g *guest) admission {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case d.closed:
		return isClosing
	case g.stranger && d.from[g.from] >= d.mostFromOne:
		return tooMany
	case g.stranger && d.strangers >= d.mostOfAll, !g.stranger && len(d.open)-d.strangers >= d.mostOfAll:
		return allTaken
	}
	d.open[g] = false
	d.from[g.from]++
	if g.stranger {
		d.strangers++
	}
	return admitted
}

// peerOf is the address at the other end, loopback for a socket of this machine and the zero one when it has none.
func peerOf(conn net.Conn) netip.Addr {
	if conn.RemoteAddr().Network() == "unix" {
		return netip.IPv6Loopback()
	}
	at, err := netip.ParseAddrPort(conn.RemoteAddr().String())
	if err != nil {
		return netip.Addr{}
	}
	return at.Addr().Unmap().WithZone("")
}

// placeOf is what counts as one peer.
func placeOf(peer netip.Addr) netip.Prefix {
	bits := peer.BitLen()
	if peer.Is6() {
		bits = 64
	}
	place, _ := peer.Prefix(bits) // fails for the zero address only, whose place is the zero one
	return place
}

// sendOff tells a peer to come again later (RFC 5321 § 3.8), and why (RFC 3463 § 3).
func sendOff(conn net.Conn, detail, key string) {
	_ = conn.SetDeadline(time.Now().Add(time.Second))
	_, _ = fmt.Fprintf(conn, "421 %s %s\r\n", detail, inBoth(key)) // a peer that is gone need not be told
	_ = conn.Close()
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
	g.door.leave(g)
	return g.Conn.Close()
}

// leave forgets a guest, however often it says goodbye.
func (d *door) leave(g *guest) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, here := d.open[g]; !here {
		return
	}
	delete(d.open, g)
	if d.from[g.from]--; d.from[g.from] == 0 {
		delete(d.from, g.from)
	}
	if g.stranger {
		d.strangers--
	}
}

// busy marks whether the guest is in the middle of a mail.
func (g *guest) busy(isBusy bool) {
	g.door.mu.Lock()
	defer g.door.mu.Unlock()
	if _, here := g.door.open[g]; here {
		g.door.open[g] = isBusy
	}
}
