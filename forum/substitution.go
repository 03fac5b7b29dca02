package forum

import "slices"

// Candidate is someone as the rule of substitution sees them.
type Candidate struct {
	Person       PersonID
	Organisation OrganisationID
	Reply        Reply
	// For is in whose place a substitute is called up now, 0 for nobody's.
	For PersonID
}

// Stead is in whose place a substitute sits: who sits for two organisations has two.
type Stead struct {
	Member       PersonID
	Organisation OrganisationID
}

// Cover is who has to be called up.
type Cover struct {
	Called    map[PersonID]Stead // by substitute
	Uncovered []Stead            // of members who stay away and for whom nobody is left
}

// CallUp says who of the substitutes stands in for whom. A member who declines,
// or is silent too long, is replaced by the next substitute of the same
// organisation, who is replaced in the same way; who accepts again releases
// those called up. A member who has not answered yet, as after a move, changes
// nothing. members come in the seating order, once for each organisation,
// substitutes in theirs.
func CallUp(members, substitutes []Candidate) Cover {
	c := Cover{Called: map[PersonID]Stead{}}
	for _, m := range members {
		c.keep(m, substitutes)
	}
	for _, m := range members {
		if m.away() {
			c.find(m, substitutes)
		}
	}
	return c
}

func (c Candidate) stead() Stead { return Stead{c.Person, c.Organisation} }

func (c Candidate) away() bool { return c.Reply == NotComing || c.Reply == Overdue }

// keep lets those stay who are called up for a member, and no more than needed.
func (c *Cover) keep(m Candidate, substitutes []Candidate) {
	if m.Reply == Coming {
		return
	}
	calledFor := func(s Candidate) bool { return s.For == m.Person && s.Organisation == m.Organisation }
	coming := slices.IndexFunc(substitutes, func(s Candidate) bool { return calledFor(s) && s.Reply == Coming })
	for at, s := range substitutes {
		// Who declined may still accept again, so keeps the invitation.
		if calledFor(s) && (coming < 0 || at == coming || s.away()) {
			c.Called[s.Person] = m.stead()
		}
	}
}

// find calls the next substitute up if nobody who is called up may come.
func (c *Cover) find(m Candidate, substitutes []Candidate) {
	for _, s := range substitutes {
		if c.Called[s.Person] == m.stead() && !s.away() {
			return
		}
	}
	next := slices.IndexFunc(substitutes, func(s Candidate) bool {
		_, called := c.Called[s.Person]
		return s.Organisation == m.Organisation && !called && !s.away()
	})
	if next < 0 {
		c.Uncovered = append(c.Uncovered, m.stead())
		return
	}
	c.Called[substitutes[next].Person] = m.stead()
}

// of are a member's steads for which nobody is left.
func (c *Cover) of(member PersonID) (steads []Stead) {
	for _, p := range c.Uncovered {
		if p.Member == member {
			steads = append(steads, p)
		}
	}
	return steads
}
