package forum_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
)

// installation is everything that an import can touch.
type installation struct {
	Areas         []forum.Area
	Organisations map[forum.OrganisationID]forum.Organisation
	People        map[forum.PersonID]forum.Person
	Forums        []forum.Forum
	Mandates      map[forum.Date][]forum.Mandate
	Seats         map[forum.Date][]forum.Seat
	Events        int
}

func (h *house) everything() *installation {
	h.Helper()
	return seen(h, func(ctx context.Context, tx forum.Tx) (*installation, error) {
		all := &installation{Mandates: map[forum.Date][]forum.Mandate{}, Seats: map[forum.Date][]forum.Seat{}}
		var err error
		keep := func(e error) {
			if err == nil {
				err = e
			}
		}
		var e error
		all.Areas, e = tx.Areas(ctx)
		keep(e)
		all.Organisations, e = tx.Organisations(ctx)
		keep(e)
		all.People, e = tx.People(ctx)
		keep(e)
		all.Forums, e = tx.Forums(ctx)
		keep(e)
		for _, day := range []forum.Date{"2019-12-31", "2020-01-01", "2023-12-31", "2026-01-09", "2026-01-10", "2030-01-01"} {
			all.Mandates[day], e = tx.Mandates(ctx, day)
			keep(e)
			for _, f := range all.Forums {
				seats, e := tx.Seats(ctx, f.ID, day)
				keep(e)
				all.Seats[day] = append(all.Seats[day], seats...)
			}
		}
		for _, f := range all.Forums {
			chain, e := tx.Chain(ctx, f.ID)
			keep(e)
			all.Events += len(chain)
		}
		return all, err
	})
}

func TestImportingTwiceChangesNothing(t *testing.T) {
	odd := func() *forum.AreaPlan {
		p := vossPlan()
		council(p).Mandate.Exceptions = []forum.ExceptionEntry{{Capacity: forum.Member, Level: "*", Action: "read", Object: "inbox", Reason: "Vedteke"}}
		council(p).Mandate.Inherits = []forum.Capacity{}
		p.Forums[2].Mandate = forum.MandateEntry{To: "2025-12-31"}
		p.Forums[3].Mandate = forum.MandateEntry{}
		council(p).Seats = append(council(p).Seats,
			forum.SeatEntry{Person: "AVDELING@bergen.example", Organisation: bergenNumber, Capacity: forum.Substitute, Rank: 2},
			forum.SeatEntry{Person: outside, Organisation: vaksdalNumber, Capacity: forum.Member, To: "2019-12-31"},
			forum.SeatEntry{Person: outside, Organisation: vaksdalNumber, Capacity: forum.Member, From: "2030-01-01"},
			forum.SeatEntry{Person: outside, Organisation: vaksdalNumber, Capacity: forum.Member, From: "2020-01-01", To: "2020-12-31"},
		)
		return p
	}
	for name, plan := range map[string]func() *forum.AreaPlan{"an ordinary area": vossPlan, "open ends, seats of the past and to come": odd} {
		t.Run(name, func(t *testing.T) {
			inHouses(t, plan, func(h *house) {
				before := h.everything()
				for range 2 {
					h.now = h.now.AddDate(0, 0, 1)
					count := done(h, imported(plan()))
					if count.Created != 0 || count.Changed != 0 || count.Unchanged == 0 {
						h.Errorf("counted %+v", count)
					}
				}
				if diff := cmp.Diff(before, h.everything()); diff != "" {
					h.Error(diff)
				}
			})
		})
	}
}

func TestAChangedPlanChangesOnlyThat(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*forum.AreaPlan)
		want   forum.ImportCount
		events int
		state  func(h *house, all *installation) // what is expected, made of what was
	}{
		"another name of an organisation": {
			func(p *forum.AreaPlan) { p.Organisations[0].Name = "Kvam" }, forum.ImportCount{Changed: 1}, 0,
			func(h *house, all *installation) {
				for id, o := range all.Organisations {
					if o.Number == kvamNumber {
						o.Name = "Kvam"
						all.Organisations[id] = o
					}
				}
			},
		},
		"the end of a seat": {
			func(p *forum.AreaPlan) { council(p).Seats[4].To = "2025-12-31" }, forum.ImportCount{Changed: 1}, 1,
			func(h *house, all *installation) {
				who := h.person(bergen)
				for day, seats := range all.Seats {
					var left []forum.Seat
					for _, s := range seats {
						if s.PersonID == who && s.Capacity == forum.Member {
							s.To = "2025-12-31"
						}
						if day.Within(s.From, s.To) {
							left = append(left, s)
						}
					}
					all.Seats[day] = left
				}
			},
		},
		"other deadlines": {
			func(p *forum.AreaPlan) { council(p).Mandate.ItemsDays = 30 }, forum.ImportCount{Changed: 1}, 1,
			func(h *house, all *installation) {
				in := h.forum("raad")
				for _, mandates := range all.Mandates {
					for i := range mandates {
						if mandates[i].ForumID == in {
							mandates[i].Deadlines.ItemsDays = 30
						}
					}
				}
			},
		},
		"a mandate whose start is left out": {
			func(p *forum.AreaPlan) { council(p).Mandate.From = "" }, forum.ImportCount{}, 0, func(*house, *installation) {},
		},
		"a seat left out is not removed": {
			func(p *forum.AreaPlan) { council(p).Seats = council(p).Seats[:3] }, forum.ImportCount{}, 0, func(*house, *installation) {},
		},
	} {
		t.Run(name, func(t *testing.T) {
			onBoth(t, func(h *house) {
				want := h.everything()
				want.Events += c.events
				c.state(h, want)
				plan := vossPlan()
				c.change(plan)
				count := done(h, imported(plan))
				count.Unchanged = 0
				if diff := cmp.Diff(c.want, count); diff != "" {
					h.Error(diff)
				}
				if diff := cmp.Diff(want, h.everything()); diff != "" {
					h.Error(diff)
				}
				again := done(h, imported(plan))
				if again.Created != 0 || again.Changed != 0 {
					h.Errorf("the changed plan again counts %+v", again)
				}
			})
		})
	}
}

func TestALaterMandateEndsTheOneBefore(t *testing.T) {
	onBoth(t, func(h *house) {
		plan := vossPlan()
		council(plan).Mandate.From, council(plan).Mandate.ItemsDays = "2026-07-01", 28
		for _, want := range []forum.ImportCount{{Created: 1}, {}} {
			count := done(h, imported(plan))
			count.Unchanged = 0
			if count != want {
				h.Errorf("counted %+v, want %+v", count, want)
			}
		}
		in := h.forum("raad")
		for day, want := range map[forum.Date]int{"2026-06-30": 21, "2026-07-01": 28} {
			m := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.Mandate, error) { return tx.Mandate(ctx, in, day) })
			if m.Deadlines.ItemsDays != want {
				h.Errorf("on %s items are due %d days before, want %d", day, m.Deadlines.ItemsDays, want)
			}
		}
	})
}

func TestWhatAnImportRefuses(t *testing.T) {
	other := func(change func(*forum.AreaPlan)) *forum.AreaPlan {
		p := &forum.AreaPlan{
			Area:   forum.AreaEntry{Key: "nordhordland", Name: "Nordhordland"},
			People: []forum.PersonEntry{{Address: "ny@alver.example", Name: "Rådgjevar, Alver"}},
			Forums: []forum.ForumEntry{{Key: "raad", Name: "Rådet", Kind: forum.Council, Address: "raad@nordhordland.example"}},
		}
		change(p)
		return p
	}
	for name, c := range map[string]struct {
		by   forum.Actor
		plan *forum.AreaPlan
		want string
	}{
		"by a person":               {forum.AsPerson(1), vossPlan(), "forbidden: error.forbidden.operator"},
		"a plan that is wrong":      {forum.Operator(), other(func(p *forum.AreaPlan) { p.Forums[0].Kind = "club" }), "invalid: error.plan.one_of on forums[0].kind"},
		"an area above that is not": {forum.Operator(), other(func(p *forum.AreaPlan) { p.Area.Parent = "vest" }), "invalid: error.plan.unknown_area on area.parent"},
		"another area's forum":      {forum.Operator(), other(func(p *forum.AreaPlan) { p.Forums[0].Address = "raad@voss.example" }), "conflict: error.plan.address_taken on forums[0].address"},
		"another person's address":  {forum.Operator(), other(func(p *forum.AreaPlan) { p.People[0].Addresses = []string{"avdeling@bergen.example"} }), "conflict: error.plan.address_taken on people[0].addresses[0]"},
		"an organisation that changes its level": {forum.Operator(), other(func(p *forum.AreaPlan) {
			p.Organisations = []forum.OrganisationEntry{{Number: kvamNumber, Name: "Kvam herad", Level: forum.Specialist}}
		}), "conflict: error.plan.level_changed on organisations[0].level"},
	} {
		t.Run(name, func(t *testing.T) {
			onBoth(t, func(h *house) {
				before := h.everything()
				_, err := try(h, func(ctx context.Context, tx forum.Tx) (forum.ImportCount, error) {
					return forum.ImportArea(ctx, tx, c.by, c.plan)
				})
				refused(h.T, err, c.want)
				if diff := cmp.Diff(before, h.everything()); diff != "" {
					h.Errorf("something of it is kept: %s", diff)
				}
			})
		})
	}
}
