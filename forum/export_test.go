package forum

// What the tests of the package look at from outside.
var (
	SameSeat  = sameSeat
	Overlap   = overlap
	BySeating = bySeating
	Titled    = titled
	DigestOf  = digestOf
)

const (
	LongestTitle = longestTitle
	LongestText  = longestText
	SessionLasts = sessionLasts
	PassLasts    = passLasts
	MostShown    = mostShown
)

func (s Seat) Capacities() []Capacity { return s.capacities() }

func (m *Matter) CarryOut(r *Removal) error { return m.carryOut(r) }
