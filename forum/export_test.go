package forum

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
	SessionLasts = sessionLasts
	PassLasts    = passLasts
)

func (s Seat) Capacities() []Capacity { return s.capacities() }

func (m *Matter) CarryOut(r *Removal) error { return m.carryOut(r) }
