package forum_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
)

// rights are what someone may do in a forum, in the order of forum.Rights.
func (h *house) rights(by forum.Actor, in string) (rights []forum.Right) {
	h.Helper()
	id := h.forum(in)
	return seen(h, func(ctx context.Context, tx forum.Tx) ([]forum.Right, error) {
		for _, right := range forum.Rights {
			can, err := by.Can(ctx, tx, right, id)
			if err != nil {
				return nil, err
			}
			if can {
				rights = append(rights, right)
			}
		}
		return rights, nil
	})
}

var (
	reader       = []forum.Right{forum.ReadForum, forum.ReadMeeting, forum.ReadMatter}
	guestRights  = append(slices.Clone(reader), forum.AttendIt)
	userRights   = append(slices.Clone(reader), forum.ProposeIt, forum.AttendIt)
	draftRights  = []forum.Right{forum.EditDraft, forum.CommentIt, forum.WaiveIt}
	memberRights = slices.Concat(reader, []forum.Right{forum.ReadExempt, forum.ProposeIt, forum.AttendIt}, draftRights,
		[]forum.Right{forum.RatifyIt, forum.OpenLadder, forum.WritePosition, forum.EnterRoom})
	keyRights = slices.Concat(reader, []forum.Right{forum.ReadExempt, forum.ProposeIt, forum.DecideRemoval, forum.AttendIt, forum.TurnKey, forum.OverrideKeys}, draftRights,
		[]forum.Right{forum.EscalateIt, forum.AnswerEscalation, forum.RatifyIt, forum.OpenLadder, forum.WritePosition, forum.ClimbLadder, forum.EnterRoom})
	deskRights = slices.DeleteFunc(slices.Clone(forum.Rights), func(r forum.Right) bool { return r == forum.DecideRemoval || r == forum.TurnKey })
)

func TestWhatEachMayDo(t *testing.T) {
	onBoth(t, func(h *house) {
		for who, c := range map[string]struct {
			by   forum.Actor
			want []forum.Right
		}{
			"chair":                    {h.as(chair), keyRights},
			"deputy":                   {h.as(deputy), keyRights},
			"member":                   {h.as(vaksdal), memberRights},
			"substitute":               {h.as(substitute), reader},
			"municipal secretary":      {h.as(ourSecretary), deskRights},
			"specialist secretary":     {h.as(hfSecretary), deskRights},
			"observer who may propose": {h.as(proposing), userRights},
			"observer":                 {h.as(observing), guestRights},
			"whose seat has ended":     {h.as(former), nil},
			"whose seat is elsewhere":  {h.as(outside), nil},
			"nobody":                   {forum.AsPerson(0), nil},
			"somebody unknown":         {forum.AsPerson(9999), nil},
			"the operator":             {forum.Operator(), nil},
		} {
			h.Run(who, func(t *testing.T) {
				if diff := cmp.Diff(c.want, h.rights(c.by, "raad")); diff != "" {
					t.Error(diff)
				}
			})
		}
	})
}

// TestEveryActAsks does each act as someone who may not.
func TestEveryActAsks(t *testing.T) {
	onBoth(t, func(h *house) {
		in := h.forum("raad")
		draft, called := h.plan("raad", "2026-03-02 09:00"), h.plan("raad", "2026-04-13 09:00")
		h.call(called)
		waiting, standing, contested := h.propose(vaksdal, "Ei sak"), h.propose(vaksdal, "Ei sak til"), h.propose(vaksdal, "Ei tredje sak")
		done(h, placed(h.as(ourSecretary), standing.ID, called))
		removal := done(h, asked(h.as(hfSecretary), contested.ID, returned))
		done(h, answered(h.as(ourSecretary), removal.ID, false))
		mail := h.accept("raad@voss.example", "ukjend")
		done(h, held(mail, forum.Reading{}, "held.unknown_sender", false))
		h.letters()
		before := h.deeds("raad")
		again := slot("2026-05-04 09:00", "2026-05-04 12:00")
		for name, c := range map[string]struct {
			act  func(ctx context.Context, tx forum.Tx, by forum.Actor) error
			want string
			may  []string // of those below, who may after all
		}{
			"plan": {func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
				_, err := forum.PlanMeeting(ctx, tx, by, in, forum.Ordinary, again)
				return err
			}, "plan_meeting", nil},
			"call": {func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
				_, err := forum.CallMeeting(ctx, tx, by, draft)
				return err
			}, "call_meeting", nil},
			"move": {func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
				_, err := moved(by, called, again)(ctx, tx)
				return err
			}, "move_meeting", nil},
			"cancel": {func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
				_, err := cancelled(by, called)(ctx, tx)
				return err
			}, "cancel_meeting", nil},
			"propose": {func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
				_, err := proposed(by, in, "Ei sak")(ctx, tx)
				return err
			}, "propose_matter", []string{vaksdal}},
			"place": {func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
				_, err := placed(by, waiting.ID, called)(ctx, tx)
				return err
			}, "place_matter", nil},
			"put back": {func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
				_, err := putBack(by, standing.ID)(ctx, tx)
				return err
			}, "place_matter", nil},
			"return": {func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
				_, err := asked(by, waiting.ID, returned)(ctx, tx)
				return err
			}, "return_matter", nil},
			"relocate": {func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
				_, err := asked(by, waiting.ID, forum.Removal{Way: forum.Relocate, Reason: "x", ToForum: h.forum("utval")})(ctx, tx)
				return err
			}, "relocate_matter", nil},
			"merge": {func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
				_, err := asked(by, waiting.ID, forum.Removal{Way: forum.Merge, Reason: "x", ToMatter: standing.ID})(ctx, tx)
				return err
			}, "merge_matter", nil},
			"answer": {func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
				_, err := answered(by, removal.ID, true)(ctx, tx)
				return err
			}, "other_level", nil},
			"decide": {func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
				_, err := decided(by, removal.ID, true)(ctx, tx)
				return err
			}, "decide_removal", nil},
			"withdraw": {func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
				_, err := withdrawn(by, removal.ID)(ctx, tx)
				return err
			}, "return_matter", nil},
			"release": {func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
				return forum.ReleaseHeld(ctx, tx, by, mail, h.person(vaksdal))
			}, "release_mail", nil},
			"set aside": {func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
				return forum.SetMailAside(ctx, tx, by, mail)
			}, "release_mail", nil},
			"open the inbox": {func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
				_, err := forum.ReadInboxPage(ctx, tx, by, in)
				return err
			}, "read_inbox", nil},
			"open held mail": {func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
				_, err := forum.ReadHeldPage(ctx, tx, by, in)
				return err
			}, "read_mail", nil},
			"open sent mail": {func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
				_, err := forum.ReadSentPage(ctx, tx, by, in, 0)
				return err
			}, "read_mail", nil},
			"open a mail": {func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
				_, err := forum.ReadIncomingPage(ctx, tx, by, mail)
				return err
			}, "read_mail", nil},
			"open the forum": {func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
				_, err := forum.ReadForumPage(ctx, tx, by, in)
				return err
			}, "read_forum", []string{vaksdal, observing, substitute}},
			"open a meeting": {func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
				_, err := forum.ReadMeetingPage(ctx, tx, by, called)
				return err
			}, "read_meeting", []string{vaksdal, observing, substitute}},
			"open a matter": {func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
				_, err := forum.ReadMatterPage(ctx, tx, by, waiting.ID)
				return err
			}, "read_matter", []string{vaksdal, observing, substitute}},
		} {
			for _, who := range []string{vaksdal, observing, substitute, former, outside} {
				if slices.Contains(c.may, who) {
					continue
				}
				by := h.as(who)
				h.Run(name+" as "+who, func(t *testing.T) {
					_, err := try(h, func(ctx context.Context, tx forum.Tx) (any, error) { return nil, c.act(ctx, tx, by) })
					refused(t, err, "forbidden: error.forbidden."+c.want)
				})
			}
		}
		h.wantLetters()
		if diff := cmp.Diff(before, h.deeds("raad")); diff != "" {
			h.Errorf("something was recorded: %s", diff)
		}
	})
}

func TestASeatThatEndsGivesNothingAtOnce(t *testing.T) {
	onBoth(t, func(h *house) {
		by, in := h.as(ourSecretary), h.forum("raad")
		done(h, proposed(by, in, "Ei sak"))
		reimported(h, func(p *forum.AreaPlan) { council(p).Seats[6].To = "2026-01-10" })
		done(h, proposed(by, in, "Ei sak på den siste dagen"))
		h.now = at("2026-01-11 00:00")
		_, err := try(h, proposed(by, in, "Ei sak for mykje"))
		refused(h.T, err, "forbidden: error.forbidden.propose_matter")
	})
}

func TestWhatIsInheritedFromTheForumAbove(t *testing.T) {
	none := []forum.Capacity{}
	for name, c := range map[string]struct {
		change        func(*forum.AreaPlan)
		utval, gruppe []forum.Right
	}{
		"down the whole line":       {func(*forum.AreaPlan) {}, deskRights, deskRights},
		"not to the last":           {func(p *forum.AreaPlan) { p.Forums[3].Mandate.Inherits = none }, deskRights, nil},
		"a gap ends it":             {func(p *forum.AreaPlan) { p.Forums[2].Mandate.Inherits = none }, nil, nil},
		"a gap of another capacity": {func(p *forum.AreaPlan) { p.Forums[2].Mandate.Inherits = []forum.Capacity{forum.Chair} }, nil, nil},
		"a mandate that has ended":  {func(p *forum.AreaPlan) { p.Forums[2].Mandate.To = "2025-12-31" }, nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			plan := func() *forum.AreaPlan {
				p := vossPlan()
				c.change(p)
				return p
			}
			inHouses(t, plan, func(h *house) {
				for _, who := range []string{ourSecretary, hfSecretary} {
					if diff := cmp.Diff(c.utval, h.rights(h.as(who), "utval")); diff != "" {
						h.Errorf("%s in the sub-committee: %s", who, diff)
					}
					if diff := cmp.Diff(c.gruppe, h.rights(h.as(who), "gruppe")); diff != "" {
						h.Errorf("%s in the working group: %s", who, diff)
					}
					if rights := h.rights(h.as(who), "topp"); rights != nil {
						h.Errorf("%s may %v in the forum above", who, rights)
					}
				}
				if rights := h.rights(h.as(deputy), "utval"); rights != nil {
					h.Errorf("a capacity that is not passed on may %v", rights)
				}
			})
		})
	}
}

func TestWhatAMandateExcepts(t *testing.T) {
	propose := func(capacity forum.Capacity, level forum.Level, allow bool) forum.ExceptionEntry {
		return forum.ExceptionEntry{Capacity: capacity, Level: level, Action: "propose", Object: "matter", Allow: allow, Reason: "Vedteke i avtala"}
	}
	for name, c := range map[string]struct {
		exceptions []forum.ExceptionEntry
		want       []string // who may propose
	}{
		"nothing":                           {nil, []string{chair, vaksdal, bergen, proposing}},
		"an advisory observer may":          {[]forum.ExceptionEntry{propose(forum.Observer, forum.Advisory, true)}, []string{chair, vaksdal, bergen, proposing, observing}},
		"a municipal observer may":          {[]forum.ExceptionEntry{propose(forum.Observer, forum.Municipal, true)}, []string{chair, vaksdal, bergen, proposing}},
		"a municipal member may not":        {[]forum.ExceptionEntry{propose(forum.Member, forum.Municipal, false)}, []string{chair, bergen, proposing}},
		"no member may":                     {[]forum.ExceptionEntry{propose(forum.Member, "*", false)}, []string{chair, proposing}},
		"a specialist member alone may not": {[]forum.ExceptionEntry{propose(forum.Member, forum.Specialist, false)}, []string{chair, vaksdal, proposing}},
		"the first that speaks of it holds": {[]forum.ExceptionEntry{propose(forum.Member, forum.Municipal, true), propose(forum.Member, "*", false)}, []string{chair, vaksdal, proposing}},
	} {
		t.Run(name, func(t *testing.T) {
			plan := func() *forum.AreaPlan {
				p := vossPlan()
				council(p).Mandate.Exceptions = c.exceptions
				return p
			}
			inHouses(t, plan, func(h *house) {
				var may []string
				for _, who := range []string{chair, vaksdal, bergen, substitute, proposing, observing, former, outside} {
					if slices.Contains(h.rights(h.as(who), "raad"), forum.ProposeIt) {
						may = append(may, who)
					}
				}
				if diff := cmp.Diff(c.want, may); diff != "" {
					h.Error(diff)
				}
			})
		})
	}
}

func TestAnExceptionHoldsInItsOwnForumOnly(t *testing.T) {
	inHouses(t, func() *forum.AreaPlan {
		p := vossPlan()
		council(p).Mandate.Exceptions = []forum.ExceptionEntry{{Capacity: forum.Secretary, Level: "*", Action: "place", Object: "matter", Reason: "Vedteke"}}
		return p
	}, func(h *house) {
		for in, want := range map[string]bool{"raad": false, "utval": true} {
			if got := slices.Contains(h.rights(h.as(ourSecretary), in), forum.PlaceIt); got != want {
				h.Errorf("in %s it is %v", in, got)
			}
		}
	})
}
