package forum

import (
	"context"
	"time"
)

// What the tests of the package look at from outside.
var (
	SameSeat  = sameSeat
	Overlap   = overlap
	BySeating = bySeating
	Titled    = titled
	EvenSlots = evenSlots
)

const (
	LongestTitle = longestTitle
	LongestText  = longestText
	IdleLasts    = idleLasts
	SessionLasts = sessionLasts
	SeenEvery    = seenEvery
	AskingWithin = askingWithin

	MostForAddress  = mostForAddress
	MostFromNetwork = mostFromNetwork
	PassLasts       = passLasts
	MostShown       = mostShown
)

func (s Seat) Capacities() []Capacity { return s.capacities() }

func (m *Matter) CarryOut(r *Removal) error { return m.carryOut(r) }

// CheckSeries refuses a series as planning it would.
func CheckSeries(s Series, almanac Almanac, now time.Time) error {
	if err := s.check(now); err != nil {
		return err
	}
	_, err := SeriesDays(s.Rule, almanac, nil)
	return err
}

// Shifted is a slot after the change that took another from before to after.
func Shifted(almanac Almanac, blocked []BlockedWeeks, s, before, after Slot) Slot {
	return openDays{almanac, blocked}.shifted(s, before, after)
}

// Verdict is what judging an answer gave, as a word.
func (m *Meeting) Verdict(a Answer, earlier []Answer, now time.Time) string {
	return string(m.judge(a, earlier, now))
}

func (a Answer) Compare(b Answer) int { return a.compare(b) }

func SeatsReply(of ...Reply) Reply { return seatReply(of...) }

var KeyDeadline = keyDeadline

func HoldBack(e *Edition, ring Keyring) bool { return e.holdBack(ring) }

// TakeGuestReply gives a guest an answer and tells what became of it.
func TakeGuestReply(g *Guest, m *Meeting, reply Reply, sequence int, stamp, now time.Time) string {
	return string(g.take(m, reply, sequence, stamp, now))
}

// GateOf is the pure rule of the gate.
var GateOf = gateOf

// LookAround works out at once where an actor stands everywhere.
func LookAround(ctx context.Context, tx Tx, by Actor) error { return by.lookAround(ctx, tx) }

// EmptyActs are acts that rest, one of each kind, about nothing that there is.
func EmptyActs() (acts []Sendable) {
	for _, make := range sendables {
		acts = append(acts, make())
	}
	return acts
}

// Add counts a failure.
func (t *AddressTrouble) Add(now time.Time, message MessageID, f Failure) { t.add(now, message, f) }
