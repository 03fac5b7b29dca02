package mail

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// mostPaced is how many networks are remembered before those that have been quiet are forgotten.
const mostPaced = 5000

// pace bounds how many mails strangers bring in a minute: one network, and all of them together.
type pace struct {
	now     func() time.Time
	fromOne int
	mu      sync.Mutex
	all     *rate.Limiter
	from    map[netip.Prefix]*rate.Limiter
}

func newPace(fromOne, all int, now func() time.Time) *pace {
	return &pace{now: now, fromOne: fromOne, all: perMinute(all), from: map[netip.Prefix]*rate.Limiter{}}
}

// perMinute lets so many through at once, and so many more in each minute.
func perMinute(most int) *rate.Limiter { return rate.NewLimiter(rate.Limit(most)/60, most) }

// step is what a pace says to one more mail.
type step int

const (
	inStep step = iota
	tooFast
	allTooFast
)

// take counts one mail from a network. What is refused is not counted.
func (p *pace) take(network netip.Prefix) step {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	one, known := p.from[network]
	switch {
	case known && one.TokensAt(now) < 1:
		return tooFast
	case !p.all.AllowN(now, 1):
		return allTooFast
	case !known:
		p.forgetQuiet(now)
		one = perMinute(p.fromOne)
		p.from[network] = one
	}
	one.AllowN(now, 1)
	return inStep
}

// forgetQuiet drops networks that may bring as much as one that was never here. Since all together are bound, there are not
// many others.
func (p *pace) forgetQuiet(now time.Time) {
	if len(p.from) < mostPaced {
		return
	}
	for network, one := range p.from {
		if one.TokensAt(now) >= float64(p.fromOne) {
			delete(p.from, network)
		}
	}
}
