package storetest

import (
	"errors"
	"time"

	"github.com/samraad/samraad/forum"
)

func ownAddresses(w *world) {
	private := "a-privat@" + w.tag + ".example"
	w.write(func(tx forum.Tx) { w.must(tx.LearnAddress(w.ctx, w.person.ID, private)) })
	w.read(func(tx forum.Tx) {
		w.equal("addresses", ok(tx.AddressesOf(w.ctx, w.person.ID)), []string{private, w.person.Address})
	})
	for _, wrong := range []error{
		w.attempt(func(tx forum.Tx) error { return tx.ForgetAddress(w.ctx, w.other.ID, private) }),
		w.attempt(func(tx forum.Tx) error { return tx.ForgetAddress(w.ctx, w.person.ID, "x"+private) }),
	} {
		w.refused(wrong, forum.NotFound, "error.not_found.address")
	}
	w.write(func(tx forum.Tx) { w.must(tx.ForgetAddress(w.ctx, w.person.ID, "A-Privat@"+w.tag+".example")) })
	w.read(func(tx forum.Tx) {
		w.equal("addresses left", ok(tx.AddressesOf(w.ctx, w.person.ID)), []string{w.person.Address})
		_, err := tx.PersonByAddress(w.ctx, private)
		w.refused(err, forum.NotFound, "error.not_found.person")
	})
}

func claims(w *world) {
	var first, second forum.AddressClaim
	w.write(func(tx forum.Tx) {
		m := forum.Message{To: "ny@" + w.tag + ".example", Kind: forum.ClaimMessage, Facts: []byte("{}"), CreatedAt: noon, State: forum.Queued}
		w.must(tx.SaveMessage(w.ctx, &m))
		first = forum.AddressClaim{PersonID: w.person.ID, Address: m.To, Digest: "d1", MessageID: m.ID, CreatedAt: noon}
		second = first
		second.Digest, second.CreatedAt = "d2", noon.Add(time.Hour)
		w.must(tx.SaveClaim(w.ctx, &first))
		w.must(tx.SaveClaim(w.ctx, &second))
	})
	w.read(func(tx forum.Tx) {
		w.equal("claims", ok(tx.Claims(w.ctx, w.person.ID)), []forum.AddressClaim{second, first})
		w.equal("claims of another", len(ok(tx.Claims(w.ctx, w.other.ID))), 0)
	})
	w.write(func(tx forum.Tx) { w.must(tx.DropClaim(w.ctx, second.ID)) })
	w.read(func(tx forum.Tx) {
		w.equal("claims left", ok(tx.Claims(w.ctx, w.person.ID)), []forum.AddressClaim{first})
	})
}

func absences(w *world) {
	away := func(person forum.PersonID, from, to forum.Date) forum.Absence {
		a := forum.Absence{PersonID: person, From: from, To: to}
		w.write(func(tx forum.Tx) { w.must(tx.SaveAbsence(w.ctx, &a)) })
		return a
	}
	late, early := away(w.person.ID, "2041-07-01", "2041-07-31"), away(w.person.ID, "2041-05-01", "2041-05-01")
	other := away(w.other.ID, "2041-05-30", "2041-07-01")
	ours := func(all []forum.Absence) (list []forum.Absence) {
		for _, a := range all {
			if a.PersonID == w.person.ID || a.PersonID == w.other.ID {
				list = append(list, a)
			}
		}
		return list
	}
	w.read(func(tx forum.Tx) {
		w.equal("a person's", ok(tx.AbsencesOf(w.ctx, w.person.ID, "2041-05-01")), []forum.Absence{early, late})
		w.equal("that are not over", ok(tx.AbsencesOf(w.ctx, w.person.ID, "2041-05-02")), []forum.Absence{late})
		for _, c := range []struct {
			from, to forum.Date
			want     []forum.Absence
		}{
			{"2041-05-01", "2041-05-01", []forum.Absence{early}},
			{"2041-05-02", "2041-05-29", nil},
			{"2041-05-02", "2041-05-30", []forum.Absence{other}},
			{"2041-07-01", "2041-07-01", []forum.Absence{other, late}},
			{"2041-05-01", "", []forum.Absence{early, other, late}},
		} {
			w.equal(string(c.from+"–"+c.to), ours(ok(tx.Absences(w.ctx, c.from, c.to))), c.want)
		}
	})
	w.write(func(tx forum.Tx) { w.must(tx.DropAbsence(w.ctx, other.ID)) })
	w.read(func(tx forum.Tx) {
		w.equal("left", ours(ok(tx.Absences(w.ctx, "2041-01-01", ""))), []forum.Absence{early, late})
	})
}

func feeds(w *world) {
	var all, one forum.Feed
	w.write(func(tx forum.Tx) {
		one = forum.Feed{Secret: "one" + w.tag, PersonID: w.person.ID, ForumID: w.council.ID, CreatedAt: noon}
		all = forum.Feed{Secret: "all" + w.tag, PersonID: w.person.ID, CreatedAt: noon}
		w.must(tx.SaveFeed(w.ctx, &one))
		w.must(tx.SaveFeed(w.ctx, &all))
		_, err := tx.FeedText(w.ctx, all.ID)
		w.refused(err, forum.NotFound, "error.not_found.feed")
	})
	all.Version, all.MadeOn, all.Language, all.Digest, all.ChangedAt = 1<<40, "2026-03-02", forum.English, "d", noon
	text := []byte("BEGIN:VCALENDAR\r\n\x00\xff' ? $1 æ")
	w.write(func(tx forum.Tx) {
		w.must(tx.SaveFeed(w.ctx, &all))
		w.must(tx.SaveFeedText(w.ctx, all.ID, []byte("before")))
		w.must(tx.SaveFeedText(w.ctx, all.ID, text))
	})
	w.read(func(tx forum.Tx) {
		w.equal("feed", ok(tx.Feed(w.ctx, all.Secret)), &all)
		w.equal("text", ok(tx.FeedText(w.ctx, all.ID)), text)
		w.equal("feeds", ok(tx.Feeds(w.ctx, w.person.ID)), []forum.Feed{all, one})
		w.equal("feeds of another", len(ok(tx.Feeds(w.ctx, w.other.ID))), 0)
	})
	for name, twin := range map[string]forum.Feed{
		"of all": {Secret: "x" + w.tag, PersonID: w.person.ID}, "of one": {Secret: "x" + w.tag, PersonID: w.person.ID, ForumID: w.council.ID},
		"with a secret": {Secret: one.Secret, PersonID: w.other.ID},
	} {
		twin.CreatedAt = noon
		err := w.attempt(func(tx forum.Tx) error { return tx.SaveFeed(w.ctx, &twin) })
		if !forum.IsKind(err, forum.Conflict) {
			w.Errorf("a second feed %s: %v", name, err)
		}
	}
	w.write(func(tx forum.Tx) { w.must(tx.DropFeed(w.ctx, all.ID)) })
	w.read(func(tx forum.Tx) {
		_, err := tx.Feed(w.ctx, all.Secret)
		w.refused(err, forum.NotFound, "error.not_found.feed")
		_, err = tx.FeedText(w.ctx, all.ID)
		w.refused(err, forum.NotFound, "error.not_found.feed")
	})
}

// versions saves each thing that feeds tell of, alone: the version grows by one
// for the forum that it belongs to, and for no other.
func versions(w *world) {
	var second *forum.Forum
	var m *forum.Meeting
	seat := forum.Seat{ForumID: w.council.ID, OrganisationID: w.municipal.ID, PersonID: w.person.ID, Capacity: forum.Member}
	w.write(func(tx forum.Tx) {
		second = w.forum(tx, "second", 0, 2)
		m = w.meeting(tx, "uid", noon)
		w.must(tx.SaveSeat(w.ctx, &seat))
	})
	version := func(person forum.PersonID, in forum.ForumID) (v int64) {
		w.read(func(tx forum.Tx) { v = ok(tx.ForumsVersion(w.ctx, person, in)) })
		return v
	}
	before, beside := version(w.person.ID, w.council.ID), version(0, second.ID)
	invitation := forum.Invitation{MeetingID: m.ID, PersonID: w.other.ID, Token: "t" + w.tag}
	grown := []struct {
		name string
		save func(tx forum.Tx) error
	}{
		{"a meeting", func(tx forum.Tx) error { return errors.Join(tx.SaveMeeting(w.ctx, m), tx.SaveMeeting(w.ctx, m)) }},
		{"an invitation", func(tx forum.Tx) error { return tx.SaveInvitation(w.ctx, &invitation) }},
		{"a seat", func(tx forum.Tx) error { return tx.SaveSeat(w.ctx, &seat) }},
		{"a mandate", func(tx forum.Tx) error { return tx.SaveMandate(w.ctx, &forum.Mandate{ForumID: w.council.ID}) }},
		{"the forum", func(tx forum.Tx) error { return tx.SaveForum(w.ctx, &w.council) }},
	}
	for n, g := range grown {
		w.must(w.attempt(g.save))
		w.equal(g.name, version(0, w.council.ID), before+int64(n)+1)
	}
	_ = w.attempt(func(tx forum.Tx) error { return errors.Join(tx.SaveMeeting(w.ctx, m), errChangedMind) })
	after := before + int64(len(grown))
	w.equal("after what was not kept", version(0, w.council.ID), after)
	w.equal("of another forum", version(0, second.ID), beside)
	w.equal("of who has a seat", version(w.person.ID, 0), after)
	w.equal("of who is invited", version(w.other.ID, 0), after)
	seat.ID, seat.ForumID = 0, second.ID
	w.must(w.attempt(func(tx forum.Tx) error { return tx.SaveSeat(w.ctx, &seat) }))
	w.equal("with a second seat", version(w.person.ID, 0), after+beside+1)
	w.together(writers, func(i int) {
		for range acts {
			meeting, other := *m, seat
			err := w.attempt(func(tx forum.Tx) error {
				if i%2 == 0 {
					return errors.Join(tx.SaveSeat(w.ctx, &other), tx.SaveMeeting(w.ctx, &meeting))
				}
				return errors.Join(tx.SaveMeeting(w.ctx, &meeting), tx.SaveForum(w.ctx, second))
			})
			if err != nil {
				w.Error(err)
			}
		}
	})
	w.equal("after many at once", version(0, w.council.ID), after+writers*acts)
}

func inviting(w *world) {
	var later, sooner, off *forum.Meeting
	w.write(func(tx forum.Tx) {
		later, sooner, off = w.meeting(tx, "later", noon.AddDate(0, 1, 0)), w.meeting(tx, "sooner", noon), w.meeting(tx, "off", noon)
		w.meeting(tx, "others", noon)
		for _, m := range []*forum.Meeting{later, sooner, off} {
			w.must(tx.SaveInvitation(w.ctx, &forum.Invitation{MeetingID: m.ID, PersonID: w.person.ID, Withdrawn: m == off}))
		}
	})
	w.read(func(tx forum.Tx) {
		w.equal("meetings", ok(tx.MeetingsInviting(w.ctx, w.person.ID)), []forum.Meeting{*sooner, *later})
		w.equal("of another", len(ok(tx.MeetingsInviting(w.ctx, w.other.ID))), 0)
	})
}
