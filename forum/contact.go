package forum

import (
	"context"
	"slices"
	"strings"
)

// SetContact says at which address an organisation is written to about its
// seats, "" for none. A secretary of its own level may, for a party of the forum.
func SetContact(ctx context.Context, tx Tx, by Actor, in ForumID, id OrganisationID, address string) error {
	if err := tx.HoldSeats(ctx, in); err != nil {
		return err
	}
	o, err := tx.Organisation(ctx, id)
	if err != nil {
		return err
	}
	standing, err := mayWriteFor(ctx, tx, by, in, o)
	if err != nil {
		return err
	}
	mandate, err := MandateOn(ctx, tx, in, DateOf(tx.Now()))
	if err != nil {
		return err
	}
	seats, err := tx.Seats(ctx, in, DateOf(tx.Now()))
	if err != nil {
		return err
	}
	if !slices.Contains(mandate.Parties, id) && !slices.ContainsFunc(seats, func(s Seat) bool { return s.OrganisationID == id }) {
		return Refuse(NotFound, "error.not_found.organisation")
	}
	clean := ""
	if strings.TrimSpace(address) != "" {
		if clean, err = CleanAddress(address); err != nil {
			return err.(*Error).On("contact")
		}
		if _, _, err := ForumAt(ctx, tx, clean); !IsKind(err, NotFound) {
			return errOr(err, Refuse(Invalid, "error.claim.forum").On("contact"))
		}
	}
	if o.Contact == clean {
		return nil
	}
	o.Contact = clean
	if err := tx.SaveOrganisation(ctx, o); err != nil {
		return err
	}
	return tx.Record(ctx, Event{
		ForumID: in, At: tx.Now(), PersonID: by.Person, Level: standing.Level, Deed: "contact_set", Object: ForumObject(in),
		Details: map[string]string{"Organisation": o.Name},
	})
}

// mayWriteFor is the standing of who may say where an organisation is written to.
func mayWriteFor(ctx context.Context, tx Tx, by Actor, in ForumID, o *Organisation) (Standing, error) {
	return by.mayForSide(ctx, tx, in, o.Level, o.Side)
}

// mayForSide is the standing of who may seat people for a level: a secretary of
// that level, or of any where that level has none. For an advisory party it is
// the level that appointed it, or any.
func (by Actor) mayForSide(ctx context.Context, tx Tx, in ForumID, level, side Level) (Standing, error) {
	if level == Advisory {
		level = side
	}
	standing, err := by.May(ctx, tx, SeatIt, in)
	if err != nil || level == "" {
		return standing, err
	}
	own, err := by.MayFor(ctx, tx, SeatIt, in, level)
	if err == nil || !IsKind(err, Forbidden) {
		return own, err
	}
	there, failure := Holders(ctx, tx, in, SeatIt, level)
	if failure != nil {
		return Standing{}, failure
	}
	if len(there) == 0 {
		return standing, nil
	}
	return Standing{}, err
}
