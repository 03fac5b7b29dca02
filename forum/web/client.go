package web

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/samraad/samraad/forum"
)

// client is the address of who visits: the peer, or behind a proxy that is
// trusted what that proxy says. The zero address when it has none.
func (v *Visit) client() netip.Addr {
	peer, _ := netip.AddrFromSlice(v.c.Context().RemoteIP())
	var said []string
	for _, line := range v.c.Request().Header.PeekAll(fiber.HeaderXForwardedFor) {
		said = append(said, strings.Split(string(line), ",")...)
	}
	return clientOf(peer.Unmap(), said, v.options.Proxies)
}

// clientOf goes back through what proxies said, the nearest first, as far as
// each next one is trusted: what stands before may be made up.
func clientOf(peer netip.Addr, said []string, trusted []netip.Prefix) netip.Addr {
	at := peer
	for _, hop := range slices.Backward(said) {
		if !slices.ContainsFunc(trusted, func(p netip.Prefix) bool { return p.Contains(at) }) {
			break
		}
		before, err := netip.ParseAddr(strings.TrimSpace(hop))
		if err != nil {
			break
		}
		at = before.Unmap().WithZone("")
	}
	return at
}

// visitor is from where the visit comes, for the list of sessions.
func (v *Visit) visitor() forum.Visitor {
	return forum.Visitor{Browser: browserName(v.c.Get(fiber.HeaderUserAgent)), Network: forum.NeighbourhoodOf(v.client())}
}

// sign is what an agent's name holds, and what it is called.
type sign struct{ holds, name string }

// Browsers name those that they descend from as well, so the youngest come first.
var (
	browserSigns = []sign{
		{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser/", "Samsung Internet"}, {"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"},
		{"CriOS/", "Chrome"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"},
	}
	systemSigns = []sign{
		{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"}, {"Mac OS X", "macOS"}, {"CrOS", "ChromeOS"}, {"Linux", "Linux"},
	}
)

// browserName is what people call the browser of a User-Agent (RFC 9110
// § 10.1.5) and its system, "" when neither is known.
func browserName(agent string) string {
	var names []string
	for _, signs := range [][]sign{browserSigns, systemSigns} {
		if at := slices.IndexFunc(signs, func(s sign) bool { return strings.Contains(agent, s.holds) }); at >= 0 {
			names = append(names, signs[at].name)
		}
	}
	return strings.Join(names, ", ")
}
