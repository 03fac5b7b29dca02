package forum

import (
	"context"
	"slices"
)

// Reader is what someone may read of a matter beyond who may read the matter at
// all.
type Reader struct {
	Exempt bool // what is exempt from public access
	Held   bool // papers that are held for a secretary to look at
	// Out are the matters in which the body found the reader disqualified (fvl. § 6):
	// what is exempt in them is kept from the reader, whatever else they may read.
	Out []MatterID
}

// Reads tells whether the reader may read what is exempt in a matter.
func (r Reader) Reads(matter MatterID) bool { return r.Exempt && !slices.Contains(r.Out, matter) }

// Disqualifier tells from what the body keeps somebody: the house above does.
type Disqualifier interface {
	// DisqualifiedIn lists the matters in which the body has found a person disqualified.
	DisqualifiedIn(ctx context.Context, person PersonID) ([]MatterID, error)
}

// Withheld is why something is kept from a reader, "" for what is not.
type Withheld string

// The reasons.
const (
	WithheldExempt Withheld = "exempt" // offl. § 12 and following
	WithheldOut    Withheld = "out"    // exempt, and the reader is disqualified in its matter
	WithheldHeld   Withheld = "held"   // an identity number was found in it
)

// Withheld tells why a paper is kept from a reader.
func (d Document) Withheld(from Reader) Withheld {
	switch {
	case d.Access == Exempt && !from.Exempt:
		return WithheldExempt
	case d.Access == Exempt && !from.Reads(d.MatterID):
		return WithheldOut
	case d.Held && !from.Held:
		return WithheldHeld
	}
	return ""
}

// For is the paper as a reader may see it. Of one that is withheld only its
// place, access code and legal basis are left: neither name, type, size nor
// bytes, so that text stands in for them.
func (d Document) For(r Reader) Document {
	if d.Withheld(r) == "" {
		return d
	}
	return Document{
		ID: d.ID, MatterID: d.MatterID, Position: d.Position, Access: d.Access, Basis: d.Basis, Version: d.Version, Held: d.Held, AddedAt: d.AddedAt,
	}
}

// StandsIn tells whether a paper is what is left of one that is withheld.
func (d Document) StandsIn() bool { return d.Digest == "" }

// For is the matter as a reader may see it: the full title and the text of one
// that is exempt are left out, and the public title and legal basis stand in.
func (m Matter) For(r Reader) Matter {
	if m.Withheld(r) {
		m.FullTitle, m.Text = "", ""
	}
	return m
}

// Withheld tells whether title and text are kept from a reader.
func (m Matter) Withheld(from Reader) bool { return m.Access == Exempt && !from.Reads(m.ID) }

// papersFor are the papers of a matter as a reader may see them.
func papersFor(r Reader, documents []Document) []Document {
	seen := make([]Document, len(documents))
	for i, d := range documents {
		seen[i] = d.For(r)
	}
	return seen
}

// ReaderIn is what an actor may read in a forum.
func (by Actor) ReaderIn(ctx context.Context, tx Tx, in ForumID) (Reader, error) {
	var r Reader
	if err := by.fill(ctx, tx, in, map[Right]*bool{ReadExempt: &r.Exempt, ReadInbox: &r.Held}); err != nil {
		return r, err
	}
	return r, by.keepOut(ctx, tx, &r)
}

// ReaderAt is what an actor may read at a meeting, where a substitute who is
// called up reads as a member does.
func (by Actor) ReaderAt(ctx context.Context, tx Tx, m *Meeting) (Reader, error) {
	r, err := by.ReaderIn(ctx, tx, m.ForumID)
	if err != nil || r.Exempt {
		return r, err
	}
	_, err = by.MayAt(ctx, tx, ReadExempt, m)
	r.Exempt = err == nil
	if err != nil && !IsKind(err, Forbidden) {
		return r, err
	}
	return r, by.keepOut(ctx, tx, &r)
}

// keepOut keeps from a reader what the body judged that they may not read.
func (by Actor) keepOut(ctx context.Context, tx Tx, r *Reader) (err error) {
	if r.Exempt {
		r.Out, err = tx.DisqualifiedIn(ctx, by.Person)
	}
	return err
}

// ReaderOf is what an actor may read of a matter, where it stands now.
func ReaderOf(ctx context.Context, tx Tx, by Actor, m *Matter) (Reader, error) {
	item, err := tx.PlaceOf(ctx, m.ID)
	if IsKind(err, NotFound) {
		return by.ReaderIn(ctx, tx, m.ForumID)
	}
	if err != nil {
		return Reader{}, err
	}
	on, err := tx.Meeting(ctx, item.MeetingID)
	if err != nil {
		return Reader{}, err
	}
	return by.ReaderAt(ctx, tx, on)
}
