package forum

import (
	"fmt"
	"slices"
	"strings"
)

// Check gives all that is wrong with the plan in itself; Field of each is its
// path in the file, as in forums[2].seats[0].capacity. more are the rights of the
// house above, which exceptions may name too.
func (p *AreaPlan) Check(more ...Right) []*Error {
	c := &planCheck{plan: p, rights: slices.Concat(Rights, more), organisations: map[string]int{}, people: map[string]int{}, forums: map[string]int{}, addresses: map[string]string{}}
	c.need("area.key", p.Area.Key)
	c.need("area.name", p.Area.Name)
	if p.Area.Mailbox != "" && c.mailbox() == "" {
		c.refuse("area.mailbox", "error.plan.mailbox", "Given", p.Area.Mailbox)
	}
	if p.Area.Parent != "" && p.Area.Parent == p.Area.Key {
		c.refuse("area.parent", "error.plan.unknown_area", "Given", p.Area.Parent)
	}
	for i := range p.Organisations {
		c.organisation(i)
	}
	for i := range p.People {
		c.person(i)
	}
	for i := range p.Forums {
		c.forum(i)
	}
	return c.found
}

type planCheck struct {
	plan          *AreaPlan
	rights        []Right
	organisations map[string]int
	people        map[string]int
	forums        map[string]int
	addresses     map[string]string // forum address → path
	found         []*Error
}

func (c *planCheck) refuse(path, key string, args ...any) {
	c.found = append(c.found, Refuse(Invalid, key, args...).On(path))
}

func (c *planCheck) add(path string, err error) {
	if refusal, ok := err.(*Error); ok {
		c.found = append(c.found, refusal.On(path))
	}
}

func (c *planCheck) need(path, value string) {
	if strings.TrimSpace(value) == "" {
		c.refuse(path, "error.plan.missing", "Given", path[strings.LastIndexByte(path, '.')+1:])
	}
}

// once refuses a name that an earlier entry of the same list has.
func (c *planCheck) once(path, name string, seen map[string]int, at int) {
	if _, twice := seen[name]; twice && name != "" {
		c.refuse(path, "error.plan.twice", "Given", name)
		return
	}
	seen[name] = at
}

func oneOf[T ~string](c *planCheck, path string, value T, allowed []T) {
	if slices.Contains(allowed, value) {
		return
	}
	names := make([]string, len(allowed))
	for i, a := range allowed {
		names[i] = string(a)
	}
	c.refuse(path, "error.plan.one_of", "Given", string(value), "Allowed", strings.Join(names, ", "))
}

var languages = []Language{Nynorsk, Bokmal, English}

func (c *planCheck) language(path string, l *Language) {
	if *l == "" {
		*l = Nynorsk
	}
	oneOf(c, path, *l, languages)
}

func (c *planCheck) period(path string, from, to Date) {
	for _, d := range []struct {
		name string
		date Date
	}{{".from", from}, {".to", to}} {
		if d.date == "" {
			continue
		}
		if _, err := ParseDate(string(d.date)); err != nil {
			c.add(path+d.name, err)
		}
	}
	if from != "" && to != "" && to < from {
		c.refuse(path+".to", "error.plan.to_before_from")
	}
}

func (c *planCheck) organisation(i int) {
	o, path := &c.plan.Organisations[i], fmt.Sprintf("organisations[%d]", i)
	c.add(path+".number", CheckOrganisationNumber(o.Number))
	c.once(path+".number", o.Number, c.organisations, i)
	c.need(path+".name", o.Name)
	oneOf(c, path+".level", o.Level, Levels)
	if o.Side != "" {
		oneOf(c, path+".side", o.Side, []Level{Municipal, Specialist})
	}
	c.language(path+".language", &o.Language)
	c.period(path, o.From, o.To)
	if o.Contact != "" {
		address, err := CleanAddress(o.Contact)
		c.add(path+".contact", err)
		o.Contact = address
	}
	if o.Archive != "" {
		address, err := CleanAddress(o.Archive)
		c.add(path+".archive", err)
		o.Archive = address
	}
}

func (c *planCheck) person(i int) {
	p, path := &c.plan.People[i], fmt.Sprintf("people[%d]", i)
	address, err := CleanAddress(p.Address)
	c.add(path+".address", err)
	c.once(path+".address", address, c.people, i)
	p.Address = address
	for n, more := range p.Addresses {
		at := fmt.Sprintf("%s.addresses[%d]", path, n)
		clean, err := CleanAddress(more)
		c.add(at, err)
		c.once(at, clean, c.people, i)
		p.Addresses[n] = clean
	}
	c.need(path+".name", p.Name)
	c.language(path+".language", &p.Language)
}

// mailbox is the one that all forums share, "" for none.
func (c *planCheck) mailbox() string {
	if c.plan.Area.Mailbox == "" {
		return ""
	}
	address, err := CleanAddress(c.plan.Area.Mailbox)
	if err != nil || strings.Contains(address, "+") {
		return "" // and refused as the area's
	}
	return address
}

// longestLocal leaves room for a token behind a forum's local part (RFC 5321 § 4.5.3.1.1: 64 octets).
const longestLocal = 64 - len("+") - secretLength

func (c *planCheck) forum(i int) {
	f, path := &c.plan.Forums[i], fmt.Sprintf("forums[%d]", i)
	c.need(path+".key", f.Key)
	if f.Parent != "" {
		if _, known := c.forums[f.Parent]; !known {
			c.refuse(path+".parent", "error.plan.unknown_forum", "Given", f.Parent)
		}
	}
	c.once(path+".key", f.Key, c.forums, i)
	c.need(path+".name", f.Name)
	oneOf(c, path+".kind", f.Kind, ForumKinds)
	box := c.mailbox()
	if f.Address == "" && box != "" {
		f.Address = TokenAddress(box, strings.ToLower(f.Key))
	}
	address, err := CleanAddress(f.Address)
	c.add(path+".address", err)
	if base, behind := SplitTokenAddress(address); strings.Contains(address, "+") && (base != box || behind == "") {
		c.refuse(path+".address", "error.plan.plus_address", "Given", f.Address)
	}
	if local, _, _ := strings.Cut(address, "@"); len(local) > longestLocal {
		c.refuse(path+".address", "error.too_long", "Most", longestLocal)
	}
	if other, taken := c.addresses[address]; taken && address != "" {
		c.refuse(path+".address", "error.plan.twice", "Given", address, "Other", other)
	}
	c.addresses[address], f.Address = path, address
	c.language(path+".language", &f.Language)
	c.mandate(path+".mandate", &f.Mandate)
	for n := range f.Seats {
		c.seat(fmt.Sprintf("%s.seats[%d]", path, n), f, n)
	}
}

func (c *planCheck) mandate(path string, m *MandateEntry) {
	if m.Rule == "" {
		m.Rule = Consensus
	}
	if m.Profile == "" {
		m.Profile = AgreementProfile
	}
	oneOf(c, path+".rule", m.Rule, DecisionRules)
	oneOf(c, path+".profile", m.Profile, RuleProfiles)
	c.period(path, m.From, m.To)
	if m.ItemsDays < 0 || m.ItemsDays > 365 {
		c.refuse(path+".items_days", "error.plan.days")
	}
	if m.PapersDays < 0 || m.PapersDays > 365 {
		c.refuse(path+".papers_days", "error.plan.days")
	}
	if m.MinutesDays < 0 || m.MinutesDays > 365 {
		c.refuse(path+".minutes_days", "error.plan.days")
	}
	if m.AnswerHours < 0 || m.AnswerHours > 365*24 {
		c.refuse(path+".answer_hours", "error.plan.hours")
	}
	if m.KeyHours < 0 || m.KeyHours > 365*24 {
		c.refuse(path+".key_hours", "error.plan.key_hours")
	}
	if m.DraftDays < 0 || m.DraftDays > 365 {
		c.refuse(path+".draft_days", "error.plan.draft_days")
	}
	if m.RemindDays < 0 || m.RemindDays > MostFollowUpDays {
		c.refuse(path+".remind_days", "error.plan.days")
	}
	if m.LateDays < 0 || m.LateDays > MostFollowUpDays {
		c.refuse(path+".late_days", "error.plan.days")
	}
	if m.QuorumPercent < 0 || m.QuorumPercent > 100 {
		c.refuse(path+".quorum_percent", "error.plan.percent")
	}
	if m.AdoptedBy != "" {
		oneOf(c, path+".adopted_by", m.AdoptedBy, []DecisionRule{Consensus, DoubleMajority, Balanced})
	}
	for n, capacity := range m.Inherits {
		oneOf(c, fmt.Sprintf("%s.inherits[%d]", path, n), capacity, SeatCapacities)
	}
	for n, capacity := range m.Keys {
		oneOf(c, fmt.Sprintf("%s.keys[%d]", path, n), capacity, SeatCapacities)
	}
	for n, number := range m.Parties {
		c.known(fmt.Sprintf("%s.parties[%d]", path, n), number)
	}
	for n, e := range m.Exceptions {
		c.exception(fmt.Sprintf("%s.exceptions[%d]", path, n), e)
	}
	for n, e := range m.Standing {
		c.standing(fmt.Sprintf("%s.standing_items[%d]", path, n), e)
	}
}

func (c *planCheck) standing(path string, e StandingEntry) {
	oneOf(c, path+".what", e.What, StandingSorts)
	if e.What == OwnLine {
		c.need(path+".title", e.Title)
	}
	if e.Minutes < 0 || e.Minutes > longestMinutes {
		c.refuse(path+".minutes", "error.agenda.minutes", "Most", longestMinutes)
	}
}

func (c *planCheck) exception(path string, e ExceptionEntry) {
	oneOf(c, path+".capacity", e.Capacity, append(slices.Clone(SeatCapacities), ObserverSpeak, ObserverPropose, KeyHolder))
	oneOf(c, path+".level", e.Level, append(slices.Clone(Levels), "*"))
	if !slices.Contains(c.rights, Right{e.Action, e.Object}) {
		c.refuse(path+".action", "error.plan.right", "Given", e.Action+" "+e.Object)
	}
	c.need(path+".reason", e.Reason)
}

func (c *planCheck) known(path, number string) {
	if _, known := c.organisations[number]; !known {
		c.refuse(path, "error.plan.unknown_organisation", "Given", number)
	}
}

func (c *planCheck) seat(path string, f *ForumEntry, n int) {
	s := &f.Seats[n]
	s.Person = strings.ToLower(strings.TrimSpace(s.Person))
	if at, known := c.people[s.Person]; known {
		s.Person = c.plan.People[at].Address // however the file names the person
	} else {
		c.refuse(path+".person", "error.plan.unknown_person", "Given", s.Person)
	}
	c.known(path+".organisation", s.Organisation)
	oneOf(c, path+".capacity", s.Capacity, SeatCapacities)
	c.period(path, s.From, s.To)
	if (s.Speak || s.Propose) && s.Capacity != Observer {
		c.refuse(path+".capacity", "error.plan.observer_rights")
	}
	for _, other := range f.Seats[:n] {
		if other.Person == s.Person && other.Organisation == s.Organisation && other.Capacity == s.Capacity &&
			overlap(other.From, other.To, s.From, s.To) {
			c.refuse(path, "error.plan.seat_twice", "Given", s.Person)
			return
		}
	}
}
