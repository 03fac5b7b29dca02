package forum_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
)

func TestAskingForARemoval(t *testing.T) {
	for name, c := range map[string]struct {
		proposer, asker forum.Level
		want            forum.RemovalState
	}{
		"of the own level, municipal":         {forum.Municipal, forum.Municipal, forum.DoneRemoval},
		"of the own level, specialist":        {forum.Specialist, forum.Specialist, forum.DoneRemoval},
		"of the other level, municipal":       {forum.Municipal, forum.Specialist, forum.AskedRemoval},
		"of the other level, specialist":      {forum.Specialist, forum.Municipal, forum.AskedRemoval},
		"of an advisory party, by municipal":  {forum.Advisory, forum.Municipal, forum.DoneRemoval},
		"of an advisory party, by specialist": {forum.Advisory, forum.Specialist, forum.DoneRemoval},
		"by an advisory party, of municipal":  {forum.Municipal, forum.Advisory, forum.AskedRemoval},
		"by an advisory party, of specialist": {forum.Specialist, forum.Advisory, forum.AskedRemoval},
	} {
		t.Run(name, func(t *testing.T) {
			r := forum.Removal{Way: forum.Return, Reason: " For late "}
			refused(t, r.Ask(&forum.Matter{ID: 5, Level: c.proposer}, 9, c.asker, planned), "")
			want := forum.Removal{
				MatterID: 5, Way: forum.Return, Reason: "For late", State: c.want, AskedBy: 9, AskedLevel: c.asker, AskedAt: planned,
			}
			if diff := cmp.Diff(want, r); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAskingForARemovalNeedsAReason(t *testing.T) {
	r := forum.Removal{Way: forum.Return, Reason: " \n"}
	refused(t, r.Ask(&forum.Matter{Level: forum.Municipal}, 9, forum.Municipal, planned), "invalid: error.reason_missing on reason")
	if r.State != "" {
		t.Errorf("now %s", r.State)
	}
}

func TestWhatARemovalsStateAllows(t *testing.T) {
	states := []forum.RemovalState{forum.AskedRemoval, forum.ContestedRemoval, forum.DoneRemoval, forum.KeptRemoval, forum.WithdrawnRemoval}
	for name, c := range map[string]struct {
		act  func(*forum.Removal) error
		want map[forum.RemovalState]forum.RemovalState // of those it is allowed in
	}{
		"agree": {
			func(r *forum.Removal) error { return r.Agree() },
			map[forum.RemovalState]forum.RemovalState{forum.AskedRemoval: forum.DoneRemoval},
		},
		"contest": {
			func(r *forum.Removal) error { return r.Contest("Saka hastar") },
			map[forum.RemovalState]forum.RemovalState{forum.AskedRemoval: forum.ContestedRemoval},
		},
		"one key says no": {
			func(r *forum.Removal) error { return r.Decide(forum.Key{Person: 1, Level: forum.Municipal}, false) },
			map[forum.RemovalState]forum.RemovalState{forum.ContestedRemoval: forum.KeptRemoval},
		},
		"one key says yes": {
			func(r *forum.Removal) error { return r.Decide(forum.Key{Person: 1, Level: forum.Municipal}, true) },
			map[forum.RemovalState]forum.RemovalState{forum.ContestedRemoval: forum.ContestedRemoval},
		},
		"withdraw": {
			func(r *forum.Removal) error { return r.Withdraw(9) },
			map[forum.RemovalState]forum.RemovalState{forum.AskedRemoval: forum.WithdrawnRemoval, forum.ContestedRemoval: forum.WithdrawnRemoval},
		},
	} {
		for _, state := range states {
			t.Run(name+" when "+string(state), func(t *testing.T) {
				r := &forum.Removal{State: state, AskedBy: 9}
				err := c.act(r)
				want, allowed := c.want[state]
				if !allowed {
					refused(t, err, "conflict: error.removal.state."+string(state))
					want = state
				} else {
					refused(t, err, "")
				}
				if r.State != want {
					t.Errorf("now %s, want %s", r.State, want)
				}
				if open := want == forum.AskedRemoval || want == forum.ContestedRemoval; r.Open() != open {
					t.Errorf("open: %v", r.Open())
				}
			})
		}
	}
}

func TestContestingNeedsAnObjection(t *testing.T) {
	r := &forum.Removal{State: forum.AskedRemoval}
	refused(t, r.Contest("  "), "invalid: error.reason_missing on reason")
	if r.State != forum.AskedRemoval {
		t.Errorf("now %s", r.State)
	}
	refused(t, r.Contest(" Saka hastar "), "")
	if r.Objection != "Saka hastar" {
		t.Errorf("objection %q", r.Objection)
	}
}

func TestOnlyWhoAskedWithdraws(t *testing.T) {
	r := &forum.Removal{State: forum.AskedRemoval, AskedBy: 9}
	refused(t, r.Withdraw(8), "forbidden: error.removal.not_yours")
	if r.State != forum.AskedRemoval {
		t.Errorf("now %s", r.State)
	}
}

// word is what one key-holder says.
type word struct {
	person forum.PersonID
	level  forum.Level
	yes    bool
	want   string // the refusal
}

func TestTwoKeysOfBothLevels(t *testing.T) {
	const twice = "conflict: error.removal.key_given"
	const neither = "forbidden: error.forbidden.other_level"
	for name, c := range map[string]struct {
		words []word
		want  forum.RemovalState
	}{
		"one from each level":                      {[]word{{1, forum.Municipal, true, ""}, {2, forum.Specialist, true, ""}}, forum.DoneRemoval},
		"in the other order":                       {[]word{{2, forum.Specialist, true, ""}, {1, forum.Municipal, true, ""}}, forum.DoneRemoval},
		"one alone":                                {[]word{{1, forum.Municipal, true, ""}}, forum.ContestedRemoval},
		"the same person twice":                    {[]word{{1, forum.Municipal, true, ""}, {1, forum.Municipal, true, twice}}, forum.ContestedRemoval},
		"the same person, now for the other level": {[]word{{1, forum.Municipal, true, ""}, {1, forum.Specialist, true, twice}}, forum.ContestedRemoval},
		"two persons of the same level":            {[]word{{1, forum.Municipal, true, ""}, {2, forum.Municipal, true, twice}}, forum.ContestedRemoval},
		"a no first":                               {[]word{{1, forum.Municipal, false, ""}}, forum.KeptRemoval},
		"a no after a yes":                         {[]word{{1, forum.Municipal, true, ""}, {2, forum.Specialist, false, ""}}, forum.KeptRemoval},
		"a change of mind":                         {[]word{{1, forum.Municipal, true, ""}, {1, forum.Municipal, false, ""}}, forum.KeptRemoval},
		"an advisory yes":                          {[]word{{3, forum.Advisory, true, neither}}, forum.ContestedRemoval},
		"an advisory no":                           {[]word{{3, forum.Advisory, false, neither}}, forum.ContestedRemoval},
		"after it is decided":                      {[]word{{1, forum.Municipal, false, ""}, {2, forum.Specialist, true, "conflict: error.removal.state.kept"}}, forum.KeptRemoval},
	} {
		t.Run(name, func(t *testing.T) {
			r := &forum.Removal{State: forum.ContestedRemoval}
			for _, w := range c.words {
				refused(t, r.Decide(forum.Key{Person: w.person, Level: w.level}, w.yes), w.want)
			}
			if r.State != c.want {
				t.Errorf("now %s, want %s", r.State, c.want)
			}
		})
	}
}

func TestWaysOfRemoval(t *testing.T) {
	for way, right := range map[forum.Way]forum.Right{forum.Return: forum.ReturnIt, forum.Relocate: forum.RelocateIt, forum.Merge: forum.MergeIt} {
		if !way.Valid() || way.Right() != right {
			t.Errorf("%s takes %v", way, way.Right())
		}
	}
	for _, way := range []forum.Way{"", "delete"} {
		if way.Valid() {
			t.Errorf("%q is a way", way)
		}
	}
}
