package forum

// AreaPlan is an area as a file describes it: parties, people, the tree of
// forums with mandates and seats. Things name each other by what lasts: an
// organisation by its number, a person by address, a forum by key.
type AreaPlan struct {
	Area          AreaEntry           `yaml:"area"`
	Organisations []OrganisationEntry `yaml:"organisations"`
	People        []PersonEntry       `yaml:"people"`
	Forums        []ForumEntry        `yaml:"forums"`
}

// AreaEntry names the area.
type AreaEntry struct {
	Key    string `yaml:"key"`
	Name   string `yaml:"name"`
	Parent string `yaml:"parent"` // key of an area imported before, "" for none
	// Mailbox is the one mailbox that all forums share, "" where each has an address of its own: then forums have its address with
	// their key, or whatever is named, behind a plus sign (RFC 5233).
	Mailbox string `yaml:"mailbox"`
}

// OrganisationEntry is one party.
type OrganisationEntry struct {
	Number       string   `yaml:"number"`
	Name         string   `yaml:"name"`
	Level        Level    `yaml:"level"`
	Side         Level    `yaml:"side"`
	Municipality string   `yaml:"municipality"`
	Language     Language `yaml:"language"`
	Contact      string   `yaml:"contact"` // where it is written to, "" to leave that as it is
	Archive      string   `yaml:"archive"` // where copies for its archive go, "" to leave that as it is
	From         Date     `yaml:"from"`
	To           Date     `yaml:"to"`
}

// PersonEntry is one person; Addresses are further ones to write from.
type PersonEntry struct {
	Address   string   `yaml:"address"`
	Name      string   `yaml:"name"`
	Language  Language `yaml:"language"`
	Addresses []string `yaml:"addresses"`
}

// ForumEntry is one forum with its mandate and seats.
type ForumEntry struct {
	Key      string       `yaml:"key"`
	Name     string       `yaml:"name"`
	Kind     ForumKind    `yaml:"kind"`
	Parent   string       `yaml:"parent"`
	Address  string       `yaml:"address"`
	Language Language     `yaml:"language"`
	Mandate  MandateEntry `yaml:"mandate"`
	Seats    []SeatEntry  `yaml:"seats"`
}

// MandateEntry is the mandate in force from a date.
type MandateEntry struct {
	From            Date             `yaml:"from"`
	To              Date             `yaml:"to"`
	Text            string           `yaml:"text"`
	Basis           string           `yaml:"basis"`
	Rule            DecisionRule     `yaml:"rule"`
	Profile         RuleProfile      `yaml:"profile"`
	ItemsDays       int              `yaml:"items_days"`
	PapersDays      int              `yaml:"papers_days"`
	MinutesDays     int              `yaml:"minutes_days"`
	AnswerHours     int              `yaml:"answer_hours"`
	KeyHours        int              `yaml:"key_hours"`
	DraftDays       int              `yaml:"draft_days"`
	RemindDays      int              `yaml:"remind_days"`
	LateDays        int              `yaml:"late_days"`
	QuorumPercent   int              `yaml:"quorum_percent"`
	PerOrganisation bool             `yaml:"per_organisation"`
	AdoptedBy       DecisionRule     `yaml:"adopted_by"`
	ArchiveCopies   bool             `yaml:"archive_copies"`
	Inherits        []Capacity       `yaml:"inherits"`
	Keys            []Capacity       `yaml:"keys"`
	Parties         []string         `yaml:"parties"`
	Exceptions      []ExceptionEntry `yaml:"exceptions"`
	Standing        []StandingEntry  `yaml:"standing_items"`
}

// StandingEntry is one standing item of every agenda.
type StandingEntry struct {
	What    LineSort `yaml:"what"`
	Title   string   `yaml:"title"` // of one of the forum's own
	Minutes int      `yaml:"minutes"`
	AtEnd   bool     `yaml:"at_end"`
}

// ExceptionEntry is one departure from the policy.
type ExceptionEntry struct {
	Capacity Capacity `yaml:"capacity"`
	Level    Level    `yaml:"level"`
	Action   string   `yaml:"action"`
	Object   string   `yaml:"object"`
	Allow    bool     `yaml:"allow"`
	Reason   string   `yaml:"reason"`
}

// SeatEntry is one seat.
type SeatEntry struct {
	Person       string   `yaml:"person"`
	Organisation string   `yaml:"organisation"`
	Capacity     Capacity `yaml:"capacity"`
	Speak        bool     `yaml:"speak"`
	Propose      bool     `yaml:"propose"`
	Rank         int      `yaml:"rank"`
	From         Date     `yaml:"from"`
	To           Date     `yaml:"to"`
}
