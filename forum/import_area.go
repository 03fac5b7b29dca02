package forum

import (
	"context"
	"fmt"
	"reflect"
)

// ImportCount says what an import did.
type ImportCount struct {
	Created   int
	Changed   int
	Unchanged int
}

// ImportArea brings an area to what a plan says: it creates what is new and
// changes what differs; it never removes. The same plan again changes nothing.
// Field of an error is the path of the entry at fault.
func ImportArea(ctx context.Context, tx Tx, by Actor, plan *AreaPlan) (ImportCount, error) {
	if !by.Operator {
		return ImportCount{}, Refuse(Forbidden, "error.forbidden.operator")
	}
	if wrong := plan.Check(tx.MoreRights()...); len(wrong) > 0 {
		return ImportCount{}, wrong[0]
	}
	im := &areaImport{tx: tx, plan: plan, organisations: map[string]OrganisationID{}, merged: map[OrganisationID]Organisation{}, people: map[string]PersonID{}, forums: map[string]ForumID{}}
	for _, step := range []func(context.Context) error{im.importArea, im.importOrganisations, im.importPeople, im.importForums} {
		if err := step(ctx); err != nil {
			return ImportCount{}, err
		}
	}
	return im.count, nil
}

type areaImport struct {
	tx            Tx
	plan          *AreaPlan
	area          AreaID
	organisations map[string]OrganisationID
	merged        map[OrganisationID]Organisation
	people        map[string]PersonID
	forums        map[string]ForumID
	count         ImportCount
}

// settle saves what is new or differs from what was found, and counts it.
func settle[T any](ctx context.Context, im *areaImport, found *T, err error, want *T, save func(context.Context, *T) error) (changed bool, failure error) {
	switch {
	case IsKind(err, NotFound):
		im.count.Created++
		return true, save(ctx, want)
	case err != nil:
		return false, err
	case reflect.DeepEqual(found, want):
		im.count.Unchanged++
		return false, nil
	}
	im.count.Changed++
	return true, save(ctx, want)
}

func (im *areaImport) importArea(ctx context.Context) error {
	entry := im.plan.Area
	want := &Area{Key: entry.Key, Name: entry.Name}
	if entry.Parent != "" {
		parent, err := im.tx.AreaByKey(ctx, entry.Parent)
		if IsKind(err, NotFound) {
			return Refuse(Invalid, "error.plan.unknown_area", "Given", entry.Parent).On("area.parent")
		}
		if err != nil {
			return err
		}
		want.Parent = parent.ID
	}
	found, err := im.tx.AreaByKey(ctx, entry.Key)
	if err == nil {
		want.ID = found.ID
	}
	_, err = settle(ctx, im, found, err, want, im.tx.SaveArea)
	im.area = want.ID
	return err
}

func (im *areaImport) importOrganisations(ctx context.Context) error {
	for i, e := range im.plan.Organisations {
		want := &Organisation{
			Number: e.Number, Municipality: e.Municipality, Name: e.Name, Level: e.Level, Side: e.Side, Language: e.Language,
			ValidFrom: e.From, ValidTo: e.To, Contact: e.Contact, Archive: e.Archive,
		}
		found, err := im.tx.OrganisationByNumber(ctx, e.Number)
		if err == nil {
			want.keep(found)
			if found.Level != want.Level {
				return Refuse(Conflict, "error.plan.level_changed", "Given", e.Name).On(fmt.Sprintf("organisations[%d].level", i))
			}
		}
		if _, err := settle(ctx, im, found, err, want, im.tx.SaveOrganisation); err != nil {
			return err
		}
		im.organisations[e.Number], im.merged[want.ID] = want.ID, *want
	}
	return nil
}

func (im *areaImport) importPeople(ctx context.Context) error {
	for i, e := range im.plan.People {
		want := &Person{Name: e.Name, Address: e.Address, Language: e.Language}
		found, err := im.tx.PersonByAddress(ctx, e.Address)
		if err == nil {
			want.ID = found.ID
		}
		if _, err := settle(ctx, im, found, err, want, im.tx.SavePerson); err != nil {
			return err
		}
		im.people[e.Address] = want.ID
		for n, address := range append([]string{e.Address}, e.Addresses...) {
			err := im.tx.LearnAddress(ctx, want.ID, address)
			if IsKind(err, Conflict) {
				return Refuse(Conflict, "error.plan.address_taken", "Given", address).On(fmt.Sprintf("people[%d].addresses[%d]", i, max(0, n-1)))
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (im *areaImport) importForums(ctx context.Context) error {
	existing, err := im.tx.Forums(ctx)
	if err != nil {
		return err
	}
	for i, e := range im.plan.Forums {
		if err := im.importForum(ctx, existing, i, e); err != nil {
			return err
		}
	}
	return nil
}

func (im *areaImport) importForum(ctx context.Context, existing []Forum, i int, e ForumEntry) error {
	want := &Forum{
		AreaID: im.area, Parent: im.forums[e.Parent], Key: e.Key, Name: e.Name, Kind: e.Kind, Address: e.Address, Language: e.Language, Position: i + 1,
	}
	var found *Forum
	missing := error(Refuse(NotFound, "error.not_found.forum"))
	for _, f := range existing {
		switch {
		case f.AreaID == im.area && f.Key == e.Key:
			found, missing, want.ID = &f, nil, f.ID
		case f.Address == e.Address:
			return Refuse(Conflict, "error.plan.address_taken", "Given", e.Address).On(fmt.Sprintf("forums[%d].address", i))
		}
	}
	changed, err := settle(ctx, im, found, missing, want, im.tx.SaveForum)
	if err != nil {
		return err
	}
	im.forums[e.Key] = want.ID
	before := im.count
	if err := im.importMandate(ctx, want.ID, e.Mandate); err != nil {
		return err
	}
	if err := im.importSeats(ctx, want.ID, e.Seats); err != nil {
		return err
	}
	if !changed && im.count.Created == before.Created && im.count.Changed == before.Changed {
		return nil
	}
	return im.tx.Record(ctx, Event{ForumID: want.ID, At: im.tx.Now(), Deed: "forum_imported", Object: ForumObject(want.ID)})
}

func (im *areaImport) importMandate(ctx context.Context, forum ForumID, e MandateEntry) error {
	want := &Mandate{
		ForumID: forum, From: e.From, To: e.To, Text: e.Text, Basis: e.Basis, Rule: e.Rule, Profile: e.Profile,
		Deadlines: Deadlines{e.ItemsDays, e.PapersDays, e.MinutesDays}, AnswerHours: e.AnswerHours, KeyHours: e.KeyHours, DraftDays: e.DraftDays, RemindDays: e.RemindDays, LateDays: e.LateDays, QuorumPercent: e.QuorumPercent,
		PerOrganisation: e.PerOrganisation, AdoptedBy: e.AdoptedBy, ArchiveCopies: e.ArchiveCopies,
		Inherits: orNil(e.Inherits), KeyHolders: orNil(e.Keys),
	}
	for _, x := range e.Exceptions {
		want.Exceptions = append(want.Exceptions, Exception{x.Capacity, x.Level, Right{x.Action, x.Object}, x.Allow, x.Reason})
	}
	for _, number := range e.Parties {
		want.Parties = append(want.Parties, im.organisations[number])
	}
	for _, x := range e.Standing {
		want.StandingItems = append(want.StandingItems, StandingItem(x))
	}
	versions, err := im.tx.MandateVersions(ctx, forum)
	if err != nil {
		return err
	}
	found, before, after := among(versions, want.From, DateOf(im.tx.Now()))
	if found != nil {
		want.ID, want.From = found.ID, found.From
	}
	if after != nil && (want.To == "" || want.To >= after.From) {
		want.To = after.From.Before(1) // what follows is not undone by a file that does not know of it
	}
	if before != nil && (before.To == "" || before.To >= want.From) {
		before.To = want.From.Before(1)
		if err := im.tx.SaveMandate(ctx, before); err != nil {
			return err
		}
	}
	missing := error(nil)
	if found == nil {
		missing = Refuse(NotFound, "error.not_found.mandate")
	}
	want.Parties = im.living(want.Parties, want.From)
	_, err = settle(ctx, im, found, missing, want, im.tx.SaveMandate)
	return err
}

// among finds, in versions by their start, the one that starts on a date, and
// those around that start. A date that is left out means the one in force today.
func among(versions []Mandate, from, today Date) (found, before, after *Mandate) {
	if from == "" {
		for i := range versions {
			if today.Within(versions[i].From, versions[i].To) {
				from = versions[i].From
			}
		}
	}
	for i := range versions {
		v := &versions[i]
		switch {
		case v.From == from:
			found = v
		case v.From < from:
			before = v
		case after == nil:
			after = v
		}
	}
	return found, before, after
}

func (im *areaImport) importSeats(ctx context.Context, forum ForumID, entries []SeatEntry) error {
	for _, e := range entries {
		want := &Seat{
			ForumID: forum, OrganisationID: im.organisations[e.Organisation], PersonID: im.people[e.Person], Capacity: e.Capacity,
			Speak: e.Speak, Propose: e.Propose, Rank: e.Rank, From: e.From, To: e.To,
		}
		if !im.before(want) {
			im.count.Unchanged++
			continue
		}
		found, err := im.writtenSeat(ctx, want)
		if err == nil {
			want.ID, want.Level = found.ID, found.Level
		}
		if _, err := settle(ctx, im, found, err, want, im.tx.SaveSeat); err != nil {
			return err
		}
	}
	return nil
}

// writtenSeat finds the seat that an entry speaks of, which may have begun or
// ended otherwise than the entry says.
func (im *areaImport) writtenSeat(ctx context.Context, want *Seat) (*Seat, error) {
	seats, err := im.tx.WrittenSeats(ctx, want.ForumID)
	if err != nil {
		return nil, err
	}
	for _, s := range seats {
		if sameSeat(s, *want) {
			return &s, nil
		}
	}
	return nil, Refuse(NotFound, "error.not_found.seat")
}

// orNil makes a list that a file writes as empty the same as one it leaves out.
func orNil[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return list
}
