package forum

// MemberChange is what a row of a list of members does.
type MemberChange string

// The changes.
const (
	NewMember     MemberChange = "new-person" // who is not known yet gets a seat
	NewSeat       MemberChange = "new-seat"   // who is known gets one
	ChangedSeat   MemberChange = "changed"
	UnchangedSeat MemberChange = "unchanged"
	TroubledRow   MemberChange = "trouble"
)

// MemberChanges lists them in the order in which they are counted.
var MemberChanges = []MemberChange{NewMember, NewSeat, ChangedSeat, UnchangedSeat, TroubledRow}

// Remark is something to know of a row that is nothing wrong.
type Remark struct {
	Key  string // of a text
	Args []any
}

// MemberOutcome is what one row means.
type MemberOutcome struct {
	Row          MemberRow
	Change       MemberChange
	Person       Person // ID 0 for who is not known yet
	Renamed      string // the name before, "" when it stays
	Organisation Organisation
	Forum        Forum
	Seat         Seat
	Remarks      []Remark
	Troubles     []*Error // Field is the column
	addresses    []string // that the person gets besides the main one
}

// MemberPlan is what a list of members means, row by row.
type MemberPlan struct {
	Outcomes []MemberOutcome
}

// Count is how many rows do one thing.
func (p *MemberPlan) Count(change MemberChange) (count int) {
	for _, o := range p.Outcomes {
		if o.Change == change {
			count++
		}
	}
	return count
}

// Changes tells whether carrying the plan out does anything.
func (p *MemberPlan) Changes() bool {
	return p.Count(NewMember)+p.Count(NewSeat)+p.Count(ChangedSeat) > 0
}

// forums are those in which seats come or change, each once, by id.
func (p *MemberPlan) forums() (forums []ForumID) {
	for _, o := range p.Outcomes {
		if o.Change != UnchangedSeat && o.Change != TroubledRow {
			forums = append(forums, o.Forum.ID)
		}
	}
	return onceEach(forums)
}

func (o *MemberOutcome) trouble(column MemberColumn, key string, args ...any) {
	o.Troubles = append(o.Troubles, Refuse(Invalid, key, args...).On(string(column)))
}

func (o *MemberOutcome) remark(key string, args ...any) {
	o.Remarks = append(o.Remarks, Remark{key, args})
}
