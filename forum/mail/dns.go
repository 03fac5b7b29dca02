package mail

import (
	"context"
	"net"
	"time"

	"blitiri.com.ar/go/spf"
)

// Resolver asks DNS; *net.Resolver does.
type Resolver = spf.DNSResolver

// NewResolver asks the DNS server at an address with a port, or whom the machine asks when it is "".
func NewResolver(address string) Resolver {
	if address == "" {
		return net.DefaultResolver
	}
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, address)
	}}
}

const questionTakes = 5 * time.Second

// bounded asks with little patience, so that one slow server does not take the time of all questions.
type bounded struct{ dns Resolver }

func ask[T any](ctx context.Context, question func(context.Context) (T, error)) (T, error) {
	ctx, cancel := context.WithTimeout(ctx, questionTakes)
	defer cancel()
	return question(ctx)
}

func (b bounded) LookupTXT(ctx context.Context, name string) ([]string, error) {
	return ask(ctx, func(ctx context.Context) ([]string, error) { return b.dns.LookupTXT(ctx, name) })
}

func (b bounded) LookupMX(ctx context.Context, name string) ([]*net.MX, error) {
	return ask(ctx, func(ctx context.Context) ([]*net.MX, error) { return b.dns.LookupMX(ctx, name) })
}

func (b bounded) LookupIPAddr(ctx context.Context, host string) ([]net.IPAddr, error) {
	return ask(ctx, func(ctx context.Context) ([]net.IPAddr, error) { return b.dns.LookupIPAddr(ctx, host) })
}

func (b bounded) LookupAddr(ctx context.Context, address string) ([]string, error) {
	return ask(ctx, func(ctx context.Context) ([]string, error) { return b.dns.LookupAddr(ctx, address) })
}
