package forum

import (
	"regexp"
	"strings"
)

// MemberColumn is what a column of a list of members holds.
type MemberColumn string

// The columns.
const (
	NameColumn         MemberColumn = "name"
	AddressColumn      MemberColumn = "address"
	OrganisationColumn MemberColumn = "organisation"
	CapacityColumn     MemberColumn = "capacity"
	RankColumn         MemberColumn = "rank"
	ForumColumn        MemberColumn = "forum"
	FromColumn         MemberColumn = "from"
	ToColumn           MemberColumn = "to"
	LanguageColumn     MemberColumn = "language"
)

// MemberColumns lists them in the order in which they are shown.
var MemberColumns = []MemberColumn{
	NameColumn, AddressColumn, OrganisationColumn, CapacityColumn, RankColumn, ForumColumn, FromColumn, ToColumn, LanguageColumn,
}

// MemberRow is one row of a list of members, as somebody wrote it.
type MemberRow struct {
	Line  int // in the list, from 1
	Cells map[MemberColumn]string
}

// mailbox is an address as it stands in a cell, with the name beside it.
type mailbox struct {
	name, address string
}

var (
	bracketed = regexp.MustCompile(`([^<>;\n]*)<\s*(?i:mailto:)?([^<>\s]+@[^<>\s]+)\s*>`)
	bare      = regexp.MustCompile(`(?i:mailto:)?([^<>\s;,"'()]+@[^<>\s;,"'()]+)`)
)

// mailboxes finds the addresses of a cell, and gives back what else is in it.
func mailboxes(cell string) (found []mailbox, rest string) {
	rest = bracketed.ReplaceAllStringFunc(cell, func(text string) string {
		parts := bracketed.FindStringSubmatch(text)
		found = append(found, mailbox{strings.Trim(parts[1], `"', `+"\t"), parts[2]})
		return ";"
	})
	rest = bare.ReplaceAllStringFunc(rest, func(text string) string {
		found = append(found, mailbox{"", strings.TrimRight(bare.FindStringSubmatch(text)[1], ".")})
		return ";"
	})
	return found, strings.Trim(rest, "; ,/\n\t")
}

// spread gives each person of a row one of its own: a cell of addresses can name
// several persons by several names.
func (r MemberRow) spread() []MemberRow {
	found, rest := mailboxes(r.Cells[AddressColumn])
	if rest != "" || len(found) < 2 {
		return []MemberRow{r}
	}
	names := map[string]bool{}
	for _, m := range found {
		names[strings.ToLower(m.name)] = true
	}
	if names[""] || len(names) < len(found) {
		return []MemberRow{r}
	}
	rows := make([]MemberRow, len(found))
	for i, m := range found {
		rows[i] = MemberRow{Line: r.Line, Cells: map[MemberColumn]string{}}
		for column, cell := range r.Cells {
			rows[i].Cells[column] = cell
		}
		rows[i].Cells[NameColumn], rows[i].Cells[AddressColumn] = m.name, m.address
	}
	return rows
}

// member is what the cells of a row say, as far as the row alone tells.
type member struct {
	row       MemberRow
	name      string
	addresses []string
	capacity  Capacity
	rank      int // 0 for not said
	speak     bool
	propose   bool
	from, to  Date // "" for not said
	language  Language
	troubles  []*Error // Field is the column
}

func (m *member) trouble(column MemberColumn, key string, args ...any) {
	m.troubles = append(m.troubles, Refuse(Invalid, key, args...).On(string(column)))
}

// understand reads the cells of a row.
func (r MemberRow) understand() *member {
	m := &member{row: r, name: strings.Join(strings.Fields(r.Cells[NameColumn]), " ")}
	for _, column := range MemberColumns {
		if HasIdentityNumber(r.Cells[column]) {
			m.trouble(column, "error.identity_number")
			return m
		}
	}
	m.readAddresses()
	m.readCapacity()
	for _, date := range []struct {
		column MemberColumn
		into   *Date
	}{{FromColumn, &m.from}, {ToColumn, &m.to}} {
		cell := r.Cells[date.column]
		if cell == "" {
			continue
		}
		day, err := ReadDate(cell)
		if err != nil {
			m.trouble(date.column, "error.members.date", "Given", cell)
		}
		*date.into = day
	}
	if m.from != "" && m.to != "" && m.to < m.from {
		m.trouble(ToColumn, "error.members.backwards")
	}
	if cell := r.Cells[LanguageColumn]; cell != "" {
		if m.language = languageWords[words(cell)]; m.language == "" {
			m.trouble(LanguageColumn, "error.members.language", "Given", cell)
		}
	}
	return m
}

func (m *member) readAddresses() {
	cell := m.row.Cells[AddressColumn]
	found, rest := mailboxes(cell)
	switch {
	case cell == "":
		m.trouble(AddressColumn, "error.members.no_address")
		return
	case rest != "" && len(found) == 1 && !strings.Contains(rest, "@"): // "Kari Nordmann kari@stad.no"
		found[0].name = strings.Trim(rest, `"',() `)
	case rest != "" || len(found) == 0:
		m.trouble(AddressColumn, "error.address", "Given", cell)
		return
	}
	for _, box := range found {
		address, err := CleanAddress(box.address)
		if err != nil {
			m.trouble(AddressColumn, "error.address", "Given", box.address)
			return
		}
		if m.name == "" {
			m.name = strings.Join(strings.Fields(box.name), " ")
		}
		m.addresses = append(m.addresses, address)
	}
	if len([]rune(m.name)) > longestTitle {
		m.trouble(NameColumn, "error.too_long", "Most", longestTitle)
	}
}

func (m *member) readCapacity() {
	cell := m.row.Cells[CapacityColumn]
	if cell == "" {
		m.trouble(CapacityColumn, "error.members.no_capacity")
		return
	}
	role, known := readRole(cell)
	if !known {
		m.trouble(CapacityColumn, "error.members.capacity", "Given", cell)
		return
	}
	m.capacity, m.rank, m.speak, m.propose = role.capacity, role.rank, role.speak, role.propose
	if cell := m.row.Cells[RankColumn]; cell != "" {
		rank, ok := ordinal(cell)
		switch {
		case !ok:
			m.trouble(RankColumn, "error.members.rank", "Given", cell)
		case m.capacity == Substitute:
			m.rank = rank
		}
	}
}
