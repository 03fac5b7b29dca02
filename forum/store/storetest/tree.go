package storetest

import "github.com/samraad/samraad/forum"

func areas(w *world) {
	below := forum.Area{Key: "below" + w.tag, Name: "Hardanger", Parent: w.area.ID}
	w.write(func(tx forum.Tx) { w.must(tx.SaveArea(w.ctx, &below)) })
	below.Name = "Indre Hardanger"
	w.write(func(tx forum.Tx) { w.must(tx.SaveArea(w.ctx, &below)) })
	w.read(func(tx forum.Tx) {
		w.equal("area", ok(tx.Area(w.ctx, below.ID)), &below)
		w.equal("area by key", ok(tx.AreaByKey(w.ctx, w.area.Key)), &w.area)
		at := map[forum.AreaID]int{}
		for i, area := range ok(tx.Areas(w.ctx)) {
			at[area.ID] = i
		}
		if at[w.area.ID] >= at[below.ID] {
			w.Error("an area stands before the one around it")
		}
	})
	w.refused(w.attempt(func(tx forum.Tx) error {
		return tx.SaveArea(w.ctx, &forum.Area{Key: w.area.Key})
	}), forum.Conflict, "error.conflict.area")
	w.refused(w.attempt(func(tx forum.Tx) error {
		return tx.SaveArea(w.ctx, &forum.Area{Key: "orphan" + w.tag, Parent: 1 << 40})
	}), forum.Conflict, "error.conflict.area")
}

func organisations(w *world) {
	w.read(func(tx forum.Tx) {
		w.equal("organisation", ok(tx.Organisation(w.ctx, w.municipal.ID)), &w.municipal)
		w.equal("organisation by number", ok(tx.OrganisationByNumber(w.ctx, w.hospital.Number)), &w.hospital)
		all := ok(tx.Organisations(w.ctx))
		w.equal("one of all", all[w.hospital.ID], w.hospital)
	})
	w.refused(w.attempt(func(tx forum.Tx) error {
		return tx.SaveOrganisation(w.ctx, &forum.Organisation{Number: w.municipal.Number})
	}), forum.Conflict, "error.conflict.organisation")
}

func people(w *world) {
	w.read(func(tx forum.Tx) {
		w.equal("person", ok(tx.Person(w.ctx, w.person.ID)), &w.person)
		w.equal("one of all", ok(tx.People(w.ctx))[w.other.ID], w.other)
		w.equal("person by main address", ok(tx.PersonByAddress(w.ctx, "MEDLEM@"+w.tag+".Example")), &w.person)
	})
	second := "privat@" + w.tag + ".example"
	w.write(func(tx forum.Tx) {
		w.must(tx.LearnAddress(w.ctx, w.person.ID, "Privat@"+w.tag+".example"))
		w.must(tx.LearnAddress(w.ctx, w.person.ID, second))
	})
	moved := w.person
	moved.Address = "ny@" + w.tag + ".example"
	w.write(func(tx forum.Tx) { w.must(tx.SavePerson(w.ctx, &moved)) })
	w.read(func(tx forum.Tx) {
		for _, address := range []string{second, w.person.Address, moved.Address} {
			w.equal(address, ok(tx.PersonByAddress(w.ctx, address)), &moved)
		}
	})
	w.refused(w.attempt(func(tx forum.Tx) error {
		return tx.LearnAddress(w.ctx, w.other.ID, second)
	}), forum.Conflict, "error.conflict.address")
	w.refused(w.attempt(func(tx forum.Tx) error {
		return tx.SavePerson(w.ctx, &forum.Person{Name: "Dobbel", Address: second})
	}), forum.Conflict, "error.conflict.address")
}

func forums(w *world) {
	var contact, second, first *forum.Forum
	w.write(func(tx forum.Tx) {
		contact = w.forum(tx, "contact", 0, 2)
		second = w.forum(tx, "group-b", w.council.ID, 2)
		first = w.forum(tx, "group-a", w.council.ID, 1)
		contact.Language = forum.English
		w.must(tx.SaveForum(w.ctx, contact))
	})
	w.read(func(tx forum.Tx) {
		w.equal("forum", ok(tx.Forum(w.ctx, second.ID)), second)
		w.equal("forum by address", ok(tx.ForumByAddress(w.ctx, "Contact@"+w.tag+".example")), contact)
		var ours []forum.Forum
		for _, f := range ok(tx.Forums(w.ctx)) {
			if f.AreaID == w.area.ID {
				ours = append(ours, f)
			}
		}
		w.equal("forums as a tree", ours, []forum.Forum{w.council, *first, *second, *contact})
	})
	w.refused(w.attempt(func(tx forum.Tx) error {
		return tx.SaveForum(w.ctx, &forum.Forum{AreaID: w.area.ID, Key: "council"})
	}), forum.Conflict, "error.conflict.forum")
	w.refused(w.attempt(func(tx forum.Tx) error {
		return tx.SaveForum(w.ctx, &forum.Forum{AreaID: w.area.ID, Key: "else", Address: w.council.Address})
	}), forum.Conflict, "error.conflict.forum")
}

func mandates(w *world) {
	old := forum.Mandate{
		ForumID: w.council.ID, From: "2024-01-01", To: "2025-12-31", Text: "Det første", Basis: "hol. § 6-1", Rule: forum.Consensus,
		Profile: forum.AgreementProfile, Deadlines: forum.Deadlines{ItemsDays: 14, PapersDays: 7}, AnswerHours: 72, KeyHours: 24, DraftDays: 21, RemindDays: 10, LateDays: 3, QuorumPercent: 60, ArchiveCopies: true, PerOrganisation: true, AdoptedBy: forum.Balanced,
		Inherits: []forum.Capacity{forum.Chair, forum.Secretary}, KeyHolders: []forum.Capacity{forum.Chair},
		Exceptions:    []forum.Exception{{Capacity: forum.Observer, Level: "*", Right: forum.ReadInbox, Allow: true, Reason: "opplæring"}},
		Parties:       []forum.OrganisationID{w.municipal.ID, w.hospital.ID},
		StandingItems: []forum.StandingItem{{What: forum.MutualBriefing, Minutes: 10}, {What: forum.OwnLine, Title: "Æ", AtEnd: true}},
	}
	current := forum.Mandate{ForumID: w.council.ID, From: "2026-01-01", Text: "Det andre", Rule: forum.DoubleMajority, Profile: forum.AgreementProfile}
	w.write(func(tx forum.Tx) {
		w.must(tx.SaveMandate(w.ctx, &old))
		w.must(tx.SaveMandate(w.ctx, &current))
	})
	w.read(func(tx forum.Tx) {
		for date, want := range map[forum.Date]*forum.Mandate{
			"2024-01-01": &old, "2025-12-31": &old, "2026-01-01": &current, "2099-01-01": &current,
		} {
			w.equal(string(date), ok(tx.Mandate(w.ctx, w.council.ID, date)), want)
		}
		_, err := tx.Mandate(w.ctx, w.council.ID, "2023-12-31")
		w.refused(err, forum.NotFound, "error.not_found.mandate")
		var ours []forum.Mandate
		for _, m := range ok(tx.Mandates(w.ctx, "2025-06-01")) {
			if m.ForumID == w.council.ID {
				ours = append(ours, m)
			}
		}
		w.equal("mandates on a date", ours, []forum.Mandate{old})
	})
}

func seats(w *world) {
	seat := func(of forum.Seat) forum.Seat {
		of.ForumID, of.From = w.council.ID, "2026-01-01"
		w.write(func(tx forum.Tx) { w.must(tx.SaveSeat(w.ctx, &of)) })
		return of
	}
	second := seat(forum.Seat{OrganisationID: w.municipal.ID, PersonID: w.other.ID, Capacity: forum.Substitute, Rank: 2})
	first := seat(forum.Seat{OrganisationID: w.municipal.ID, PersonID: w.person.ID, Capacity: forum.Substitute, Rank: 1})
	chair := seat(forum.Seat{OrganisationID: w.hospital.ID, PersonID: w.person.ID, Capacity: forum.Chair})
	gone := seat(forum.Seat{OrganisationID: w.hospital.ID, PersonID: w.other.ID, Capacity: forum.Observer, Speak: true, Propose: true, To: "2026-02-28"})
	second.Level, first.Level, chair.Level, gone.Level = forum.Municipal, forum.Municipal, forum.Specialist, forum.Specialist
	w.read(func(tx forum.Tx) {
		w.equal("seats", ok(tx.Seats(w.ctx, w.council.ID, "2026-02-28")), []forum.Seat{chair, first, second, gone})
		w.equal("seats later", ok(tx.Seats(w.ctx, w.council.ID, "2026-03-01")), []forum.Seat{chair, first, second})
		w.equal("seats before", len(ok(tx.Seats(w.ctx, w.council.ID, "2025-12-31"))), 0)
		w.equal("seats of one", ok(tx.SeatsOf(w.ctx, w.person.ID, "2026-03-01")), []forum.Seat{first, chair})
	})
	chair.To = "2026-03-31"
	w.write(func(tx forum.Tx) { w.must(tx.SaveSeat(w.ctx, &chair)) })
	w.read(func(tx forum.Tx) {
		w.equal("after the chair left", ok(tx.Seats(w.ctx, w.council.ID, "2026-04-01")), []forum.Seat{first, second})
	})
}
