package forum

import (
	"context"
	"net/netip"
	"time"
)

// Tally counts how often something was done since an instant.
type Tally struct {
	Subject Digest
	BeganAt time.Time
	Number  int64
}

// TallyKeeper counts across processes.
type TallyKeeper interface {
	// Count adds one to the tally of a subject and gives it; one that began at
	// an instant or before it begins anew. Of two who count at once the second
	// waits for the first.
	Count(ctx context.Context, subject Digest, overSince time.Time) (*Tally, error)
	// DropTallies forgets those that began at an instant or before it.
	DropTallies(ctx context.Context, overSince time.Time) error
}

// limit counts an asking of a subject and refuses what is too much within
// askingWithin; what is refused does not count.
func limit(ctx context.Context, tx Tx, subject string, most int64) error {
	tally, err := tx.Count(ctx, DigestOf(subject), tx.Now().Add(-askingWithin))
	if err == nil && tally.Number > most {
		err = Refuse(TooMany, "error.sign_in.too_many", "When", tally.BeganAt.Add(askingWithin))
	}
	return err
}

// NetworkOf is what is counted as one network: an IPv4 address, or the /64 of
// an IPv6 address, which is what one subscriber has at the least (RFC 6177 § 2).
func NetworkOf(peer netip.Addr) string { return prefix(peer, 32, 64) }

// NeighbourhoodOf is as much of an address as tells its owner where it was:
// the /24 of an IPv4 address, or the /48 of an IPv6 address.
func NeighbourhoodOf(peer netip.Addr) string { return prefix(peer, 24, 48) }

func prefix(peer netip.Addr, of4, of6 int) string {
	peer = peer.Unmap().WithZone("")
	bits := of6
	if peer.Is4() {
		bits = of4
	}
	network, err := peer.Prefix(bits)
	if err != nil || !network.IsValid() { // no address
		return ""
	}
	return network.String()
}
