package forum

import "slices"

// keep leaves what a file does not know of: how an organisation was merged and
// renamed, and where it is written to.
func (o *Organisation) keep(found *Organisation) {
	o.ID, o.Former, o.Successor = found.ID, found.Former, found.Successor
	if o.Contact == "" {
		o.Contact = found.Contact
	}
	if o.Archive == "" {
		o.Archive = found.Archive
	}
	if found.Successor != 0 {
		o.ValidTo = found.ValidTo
	}
	if slices.ContainsFunc(found.Former, func(f FormerName) bool { return f.Name == o.Name && f.Municipality == o.Municipality }) {
		o.Name, o.Municipality = found.Name, found.Municipality // the file is of before
	}
}

// living are the parties of a mandate from a day on, those that were merged
// before it as what they became.
func (im *areaImport) living(parties []OrganisationID, from Date) (living []OrganisationID) {
	for _, id := range parties {
		if o := im.merged[id]; o.Successor != 0 && o.ValidTo < from {
			id = o.Successor
		}
		if !slices.Contains(living, id) {
			living = append(living, id)
		}
	}
	return living
}

// before ends a seat with its organisation where that was merged: its people sit
// for what it became. It tells whether there is anything left of the seat.
func (im *areaImport) before(seat *Seat) bool {
	o := im.merged[seat.OrganisationID]
	if o.Successor != 0 && (seat.To == "" || seat.To > o.ValidTo) {
		seat.To = o.ValidTo
	}
	return o.Successor == 0 || seat.From <= o.ValidTo
}
