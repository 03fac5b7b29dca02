package governance

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/samraad/samraad/forum"
)

// Enact makes the decisions of approved minutes, in the order of the list: each
// gets the forum's next number, and each of its actions becomes a follow-up, whose
// owner is told; the leaders of the organisations hear what was decided; and a matter that
// another forum sent is answered. The approval has asked who may; this is a part of
// it, and locks no matters but those that are answered, which the approval holds.
//
// The same minutes enacted again make nothing anew. Corrected minutes keep what they
// say as the earlier ones of the meeting did; what they say otherwise is a new
// decision that supersedes the earlier one in that matter, and what they leave out
// is withdrawn. It answers the decision that holds for each of the list.
func Enact(ctx context.Context, tx Tx, by forum.Actor, minutes MinutesID, list []Enactment) ([]Decision, error) {
	for _, e := range list {
		if err := e.Check(); err != nil {
			return nil, err
		}
	}
	own, err := tx.DecisionsOf(ctx, minutes)
	if err != nil || len(own) > 0 && len(own) == len(list) {
		return own, err
	}
	earlier, err := earlierDecisions(ctx, tx, minutes, list)
	if err != nil {
		return nil, err
	}
	w := &enacting{by: by, minutes: minutes, own: own, earlier: earlier}
	for i, e := range list {
		if err := w.enact(ctx, tx, i+1, e); err != nil {
			return nil, err
		}
	}
	for i := range w.earlier {
		if err := withdraw(ctx, tx, by, &w.earlier[i]); err != nil {
			return nil, err
		}
	}
	if err := w.answerBack(ctx, tx); err != nil {
		return nil, err
	}
	return w.made, w.tellLeaders(ctx, tx)
}

// earlierDecisions are those that hold by earlier minutes of the meetings that a
// list speaks of, locked.
func earlierDecisions(ctx context.Context, tx Tx, minutes MinutesID, list []Enactment) (earlier []Decision, err error) {
	var meetings []forum.MeetingID
	for _, e := range list {
		if e.MeetingID != 0 && !slices.Contains(meetings, e.MeetingID) {
			meetings = append(meetings, e.MeetingID)
		}
	}
	slices.Sort(meetings)
	for _, meeting := range meetings {
		there, err := tx.DecisionsAt(ctx, meeting)
		if err != nil {
			return nil, err
		}
		for _, d := range there {
			if d.MinutesID == minutes {
				continue
			}
			locked, err := tx.Decision(ctx, d.ID)
			if err != nil {
				return nil, err
			}
			if locked.Holds() {
				earlier = append(earlier, *locked)
			}
		}
	}
	return earlier, nil
}

// enacting is a list of enactments on its way to be decisions.
type enacting struct {
	by      forum.Actor
	minutes MinutesID
	own     []Decision // that these minutes made before
	earlier []Decision // that hold, and that the list has not spoken of yet
	made    []Decision
	fresh   []Decision // of made, those that are new
}

func (w *enacting) enact(ctx context.Context, tx Tx, place int, e Enactment) error {
	if i := slices.IndexFunc(w.own, func(d Decision) bool { return d.Place == place }); i >= 0 {
		w.made = append(w.made, w.own[i])
		return nil
	}
	before := w.before(e)
	if before != nil && before.says(e) {
		w.made = append(w.made, *before)
		return nil
	}
	d, err := w.make(ctx, tx, place, e)
	if err != nil {
		return err
	}
	var kept []FollowUp
	if before != nil {
		if kept, err = carryOver(ctx, tx, before, d); err != nil {
			return err
		}
		if err := supersede(ctx, tx, w.by, forum.Standing{}, before, d); err != nil {
			return err
		}
	}
	for _, a := range d.Actions {
		if slices.ContainsFunc(kept, func(f FollowUp) bool { return f.OrganisationID == a.OrganisationID }) {
			continue
		}
		if err := assign(ctx, tx, d, a); err != nil {
			return err
		}
	}
	w.made, w.fresh = append(w.made, *d), append(w.fresh, *d)
	return nil
}

// before takes out the earlier decision that an enactment speaks of, nil for none:
// the one that says the same, the one of its motion, or the first in its matter that
// no other motion stood behind.
func (w *enacting) before(e Enactment) *Decision {
	for _, speaks := range []func(d Decision) bool{
		func(d Decision) bool { return d.says(e) },
		func(d Decision) bool { return d.MotionID != 0 && d.MotionID == e.MotionID },
		func(d Decision) bool { return d.MotionID == 0 || e.MotionID == 0 },
	} {
		at := slices.IndexFunc(w.earlier, func(d Decision) bool { return d.MatterID == e.MatterID && d.MeetingID == e.MeetingID && speaks(d) })
		if at >= 0 {
			before := w.earlier[at]
			w.earlier = slices.Delete(w.earlier, at, at+1)
			return &before
		}
	}
	return nil
}

// says tells whether a decision says what an enactment does, its actions included.
func (d *Decision) says(e Enactment) bool {
	return d.Text == strings.TrimSpace(e.Text) && d.Basis == strings.TrimSpace(e.Basis) && d.MotionID == e.MotionID && slices.Equal(d.Actions, e.actions())
}

// actions are those of the enactment as they are kept.
func (e Enactment) actions() []Action {
	kept := slices.Clone(e.Actions)
	for i := range kept {
		kept[i].Text = strings.TrimSpace(kept[i].Text)
	}
	return kept
}

// carryOver moves the follow-ups that a corrected decision asks for as the earlier
// one did: what was reported of them stays said.
func carryOver(ctx context.Context, tx Tx, before, d *Decision) (kept []FollowUp, err error) {
	followUps, err := tx.FollowUpsOf(ctx, before.ID)
	if err != nil {
		return nil, err
	}
	for _, a := range d.Actions {
		asked := slices.IndexFunc(before.Actions, func(b Action) bool { return b == a })
		at := slices.IndexFunc(followUps, func(f FollowUp) bool { return f.OrganisationID == a.OrganisationID })
		if asked < 0 || at < 0 {
			continue
		}
		f := followUps[at]
		f.DecisionID = d.ID
		if err := tx.SaveFollowUp(ctx, &f); err != nil {
			return nil, err
		}
		kept = append(kept, f)
	}
	return kept, nil
}

// make keeps a decision under its number.
func (w *enacting) make(ctx context.Context, tx Tx, place int, e Enactment) (*Decision, error) {
	day := tx.Now()
	if e.MeetingID != 0 {
		meeting, err := tx.Peek().Meeting(ctx, e.MeetingID)
		if err != nil {
			return nil, err
		}
		day = meeting.Start
	}
	mandate, err := forum.MandateOn(ctx, tx, e.ForumID, forum.DateOf(day))
	if err != nil {
		return nil, err
	}
	year := day.In(forum.Oslo).Year()
	serial, err := tx.NextNumber(ctx, fmt.Sprintf("decision/%d/%d", e.ForumID, year))
	if err != nil {
		return nil, err
	}
	d := &Decision{
		ForumID: e.ForumID, Number: fmt.Sprintf("%d/%02d", serial, year%100), MinutesID: w.minutes, Place: place, MeetingID: e.MeetingID, MatterID: e.MatterID,
		MotionID: e.MotionID, Text: strings.TrimSpace(e.Text), Basis: strings.TrimSpace(e.Basis), Actions: e.actions(), Rule: cmp.Or(mandate.Rule, forum.Consensus), MadeAt: tx.Now(),
	}
	if err := tx.SaveDecision(ctx, d); err != nil {
		return nil, err
	}
	if err := recordDecision(ctx, tx, w.by, forum.Standing{}, d, "decision_made", nil); err != nil {
		return nil, err
	}
	return d, nil
}

// assign makes a follow-up of an action. An organisation that was merged meanwhile
// is its successor, and an owner who does not sit for it is whoever does in the forum.
func assign(ctx context.Context, tx Tx, d *Decision, a Action) error {
	organisation, err := living(ctx, tx, a.OrganisationID)
	if err != nil {
		return err
	}
	f := &FollowUp{
		DecisionID: d.ID, ForumID: d.ForumID, OrganisationID: organisation.ID, OwnerID: a.OwnerID, Text: strings.TrimSpace(a.Text), Due: a.Due,
		State: OpenFollowUp, Since: tx.Now(),
	}
	sits, err := sitsFor(ctx, tx, f.OwnerID, organisation.ID)
	if err != nil {
		return err
	}
	if !sits {
		if f.OwnerID, err = seatHolder(ctx, tx, d.ForumID, organisation.ID); err != nil {
			return err
		}
	}
	if err := tx.SaveFollowUp(ctx, f); err != nil {
		return err
	}
	return tellOwner(ctx, tx, d, f, AssignedCause, "", forum.Actor{})
}

// living is an organisation, or what it was merged into by today.
func living(ctx context.Context, tx Tx, id forum.OrganisationID) (*forum.Organisation, error) {
	today := forum.DateOf(tx.Now())
	all, err := forum.OrganisationsOn(ctx, tx, today)
	if err != nil {
		return nil, err
	}
	o := all[id]
	for range all {
		if o.Successor == 0 || o.ValidTo == "" || o.ValidTo >= today {
			break
		}
		o = all[o.Successor]
	}
	if o.ID == 0 {
		return nil, forum.Refuse(forum.NotFound, "error.not_found.organisation")
	}
	return &o, nil
}

// sitsFor tells whether a person has a seat for an organisation today.
func sitsFor(ctx context.Context, tx Tx, person forum.PersonID, organisation forum.OrganisationID) (bool, error) {
	if person == 0 {
		return false, nil
	}
	seats, err := tx.SeatsOf(ctx, person, forum.DateOf(tx.Now()))
	return slices.ContainsFunc(seats, func(s forum.Seat) bool { return s.OrganisationID == organisation }), err
}

// seatHolder is who sees to what an organisation owes a forum unless somebody else
// is named: who leads for it there, sits for it as a member, or is its secretary;
// 0 for nobody.
func seatHolder(ctx context.Context, tx Tx, in forum.ForumID, organisation forum.OrganisationID) (forum.PersonID, error) {
	seats, err := tx.Seats(ctx, in, forum.DateOf(tx.Now()))
	if err != nil {
		return 0, err
	}
	for _, capacity := range []forum.Capacity{forum.Chair, forum.Deputy, forum.Member, forum.Secretary, forum.Observer, forum.Substitute} {
		at := slices.IndexFunc(seats, func(s forum.Seat) bool { return s.Capacity == capacity && s.OrganisationID == organisation })
		if at >= 0 {
			return seats[at].PersonID, nil
		}
	}
	return 0, nil
}
