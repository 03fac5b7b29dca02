package storetest

import "github.com/samraad/samraad/forum"

// seating checks what keeps changes of seats.
func seating(w *world) {
	seat := forum.Seat{ForumID: w.council.ID, OrganisationID: w.hospital.ID, PersonID: w.person.ID, Capacity: forum.Chair, From: "2026-01-01", Level: forum.Specialist}
	heir := forum.Seat{ForumID: w.council.ID, OrganisationID: w.hospital.ID, PersonID: w.other.ID, Capacity: forum.Chair, From: "2026-06-01", Level: forum.Specialist}
	w.write(func(tx forum.Tx) {
		w.must(tx.HoldSeats(w.ctx, w.council.ID))
		w.must(tx.HoldSeats(w.ctx, w.council.ID)) // again is no news
		w.must(tx.SaveSeat(w.ctx, &seat))
		w.must(tx.SaveSeat(w.ctx, &heir))
		_, err := tx.EndingOf(w.ctx, seat.ID)
		w.refused(err, forum.NotFound, "error.not_found.ending")
		w.equal("seat to change", ok(tx.Seat(w.ctx, seat.ID)), &seat)
	})
	ending := forum.SeatEnding{
		SeatID: seat.ID, Last: "2026-05-31", Heir: w.other.ID, HeirSeat: heir.ID, Matters: []forum.MatterID{3, 4},
		Lines: []forum.MovedLines{{Meeting: 5, Keys: []string{"item-1", "own-æ"}}}, EndedBy: w.person.ID, EndedAt: noon,
	}
	before := forum.SeatEnding{SeatID: seat.ID, Last: "2026-04-30", Before: "2026-12-31", EndedAt: noon, Undone: true}
	w.write(func(tx forum.Tx) {
		w.must(tx.SaveEnding(w.ctx, &ending))
		w.must(tx.SaveEnding(w.ctx, &before))
	})
	w.read(func(tx forum.Tx) {
		w.must(tx.HoldSeats(w.ctx, w.council.ID))
		w.equal("seat", ok(tx.Seat(w.ctx, heir.ID)), &heir)
		w.equal("seats for an organisation", ok(tx.SeatsFor(w.ctx, w.hospital.ID)), []forum.Seat{seat, heir})
		w.equal("seats for another", len(ok(tx.SeatsFor(w.ctx, w.municipal.ID))), 0)
		w.equal("ending", ok(tx.Ending(w.ctx, ending.ID)), &ending)
		w.equal("one that was taken back", ok(tx.Ending(w.ctx, before.ID)), &before)
		w.equal("ending of a seat", ok(tx.EndingOf(w.ctx, seat.ID)), &ending)
		w.equal("endings", ok(tx.Endings(w.ctx, w.council.ID)), map[forum.SeatID]forum.SeatEnding{seat.ID: ending})
		_, err := tx.Seat(w.ctx, 1<<40)
		w.refused(err, forum.NotFound, "error.not_found.seat")
	})
	later := forum.SeatEnding{SeatID: seat.ID, Last: "2026-06-30", EndedAt: noon}
	w.write(func(tx forum.Tx) { w.must(tx.SaveEnding(w.ctx, &later)) })
	w.read(func(tx forum.Tx) {
		w.equal("newest", ok(tx.Endings(w.ctx, w.council.ID)), map[forum.SeatID]forum.SeatEnding{seat.ID: later})
	})
	ending.HeirSeat = 0
	w.write(func(tx forum.Tx) {
		w.must(tx.SaveEnding(w.ctx, &ending))
		w.must(tx.DropSeat(w.ctx, &heir))
	})
	w.read(func(tx forum.Tx) {
		w.equal("seats left", ok(tx.WrittenSeats(w.ctx, w.council.ID)), []forum.Seat{seat})
	})
	w.refused(w.attempt(func(tx forum.Tx) error { return tx.DropSeat(w.ctx, &seat) }), forum.Conflict, "error.conflict.seat")
}

// seatsInTurn lets many change a forum's seats at once: each sees what the one
// before it did.
func seatsInTurn(w *world) {
	w.together(writers, func(i int) {
		for range acts {
			err := w.attempt(func(tx forum.Tx) error {
				if err := tx.HoldSeats(w.ctx, w.council.ID); err != nil {
					return err
				}
				seats, err := tx.WrittenSeats(w.ctx, w.council.ID)
				if err != nil {
					return err
				}
				return tx.SaveSeat(w.ctx, &forum.Seat{
					ForumID: w.council.ID, OrganisationID: w.municipal.ID, PersonID: w.person.ID, Capacity: forum.Substitute, Rank: len(seats) + 1,
				})
			})
			if err != nil {
				w.Error(err)
			}
		}
	})
	w.read(func(tx forum.Tx) {
		for i, s := range ok(tx.WrittenSeats(w.ctx, w.council.ID)) {
			if s.Rank != i+1 {
				w.Fatalf("seat %d has rank %d: two changed the seats at once", i+1, s.Rank)
			}
		}
	})
}

// renamed keeps what an organisation was called before, and what it became.
func renamed(w *world) {
	o := w.municipal
	o.Contact, o.Archive, o.Successor = "postmottak@"+w.tag+".example", "arkiv@"+w.tag+".example", w.hospital.ID
	o.Former = []forum.FormerName{{Name: "Kvam", Municipality: "1238", To: "2019-12-31"}}
	w.write(func(tx forum.Tx) { w.must(tx.SaveOrganisation(w.ctx, &o)) })
	w.read(func(tx forum.Tx) {
		w.equal("organisation", ok(tx.Organisation(w.ctx, o.ID)), &o)
		w.equal("one of all", ok(tx.Organisations(w.ctx))[o.ID], o)
	})
}

func endedFeeds(w *world) {
	var ours []forum.FeedID
	for _, f := range []forum.Feed{
		{Secret: "one" + w.tag, PersonID: w.person.ID, ForumID: w.council.ID}, {Secret: "all" + w.tag, PersonID: w.person.ID},
		{Secret: "other" + w.tag, PersonID: w.other.ID, ForumID: w.council.ID},
	} {
		f.CreatedAt = noon
		w.write(func(tx forum.Tx) { w.must(tx.SaveFeed(w.ctx, &f)) })
		ours = append(ours, f.ID)
	}
	w.write(func(tx forum.Tx) {
		second := w.forum(tx, "second", 0, 2)
		w.must(tx.SaveSeat(w.ctx, &forum.Seat{ForumID: w.council.ID, OrganisationID: w.hospital.ID, PersonID: w.person.ID, Capacity: forum.Member, To: "2026-02-28"}))
		w.must(tx.SaveSeat(w.ctx, &forum.Seat{ForumID: second.ID, OrganisationID: w.hospital.ID, PersonID: w.other.ID, Capacity: forum.Member, To: "2026-02-28"}))
		w.must(tx.SaveSeat(w.ctx, &forum.Seat{ForumID: w.council.ID, OrganisationID: w.hospital.ID, PersonID: w.other.ID, Capacity: forum.Member}))
	})
	found := func(on forum.Date) (list []forum.FeedID) {
		w.read(func(tx forum.Tx) {
			for _, f := range ok(tx.FeedsOfEnded(w.ctx, on)) {
				if f.PersonID == w.person.ID || f.PersonID == w.other.ID {
					list = append(list, f.ID)
				}
			}
		})
		return list
	}
	w.equal("on the last day", len(found("2026-02-28")), 0)
	w.equal("on the day after", found("2026-03-01"), ours[:2])
}
