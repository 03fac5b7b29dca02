package governance

import (
	"context"
	"slices"

	"github.com/samraad/samraad/forum"
)

// attendance is who was there, in the order of the seats, and who was not.
func (r *recorder) attendance(ctx context.Context, tx Tx) (err error) {
	if r.presences, err = tx.Presences(ctx, r.meeting.ID); err != nil {
		return err
	}
	seats, err := forum.SeatsAt(ctx, tx, r.meeting.ForumID, forum.DateOf(r.meeting.Start))
	if err != nil {
		return err
	}
	for _, p := range r.presences {
		at := slices.IndexFunc(r.record.Present, func(o RecordedPerson) bool { return o.PersonID == p.PersonID })
		if at < 0 {
			r.record.Present = append(r.record.Present, RecordedPerson{
				PersonID: p.PersonID, Name: r.people[p.PersonID].Name, Organisation: r.organisations[p.OrganisationID].Name, Level: p.Level, Capacity: p.Capacity,
				InPlace: r.people[p.StandsFor].Name,
			})
			at = len(r.record.Present) - 1
		}
		r.record.Present[at].Stays = append(r.record.Present[at].Stays, RecordedStay{p.CameAt, p.LeftAt})
	}
	for _, s := range seats {
		filled := slices.ContainsFunc(r.presences, func(p Presence) bool { return p.SeatID == s.ID || p.PersonID == s.PersonID })
		twice := slices.ContainsFunc(r.record.Absent, func(o RecordedPerson) bool { return o.PersonID == s.PersonID })
		if s.Capacity.Votes() && !filled && !twice {
			r.record.Absent = append(r.record.Absent, RecordedPerson{
				PersonID: s.PersonID, Name: r.people[s.PersonID].Name, Organisation: r.organisations[s.OrganisationID].Name, Level: s.Level, Capacity: s.Capacity,
			})
		}
	}
	slices.SortStableFunc(r.record.Present, func(a, b RecordedPerson) int {
		return slices.Index(forum.SeatCapacities, a.Capacity) - slices.Index(forum.SeatCapacities, b.Capacity)
	})
	return nil
}

// approvers are those who were there and have a vote: they approve the minutes.
func approvers(presences []Presence) (people []forum.PersonID) {
	for _, p := range presences {
		if p.Capacity.Votes() && !slices.Contains(people, p.PersonID) {
			people = append(people, p.PersonID)
		}
	}
	return people
}
