package forum_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/samraad/samraad/forum"
)

func TestTitles(t *testing.T) {
	for name, c := range map[string]struct {
		title, want, refusal string
	}{
		"as it is":             {"Felles beredskapsplan", "Felles beredskapsplan", ""},
		"on two lines":         {"  Felles\r\n\tberedskapsplan ", "Felles beredskapsplan", ""},
		"as long as it may be": {strings.Repeat("ø", forum.LongestTitle), strings.Repeat("ø", forum.LongestTitle), ""},
		"too long":             {strings.Repeat("ø", forum.LongestTitle+1), "", "invalid: error.too_long on title"},
		"none":                 {"", "", "invalid: error.matter.no_title on title"},
		"blank":                {" \u00a0\n", "", "invalid: error.matter.no_title on title"},
		"with control letters": {"Felles\x00 \x1b[31mplan", "Felles [31mplan", ""},
		"of control letters":   {"\x00\x07", "", "invalid: error.matter.no_title on title"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := forum.Titled(c.title)
			refused(t, err, c.refusal)
			if got != c.want {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestATitleIsOneTrimmedLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		title, err := forum.Titled(rapid.String().Draw(t, "title"))
		if err != nil {
			return
		}
		if strings.ContainsAny(title, "\r\n\x00") || strings.TrimSpace(title) != title || title == "" {
			t.Fatalf("%q", title)
		}
		if again, err := forum.Titled(title); err != nil || again != title {
			t.Fatalf("titled again it is %q (%v)", again, err)
		}
	})
}

var matterStates = []forum.MatterState{forum.Proposed, forum.Placed, forum.Returned, forum.Merged}

func TestWhatAMattersStateAllows(t *testing.T) {
	removed := forum.Removal{Reason: "For late", ToForum: 2, ToMatter: 6}
	by := func(way forum.Way) func(*forum.Matter) error {
		return func(m *forum.Matter) error {
			r := removed
			r.Way = way
			return m.CarryOut(&r)
		}
	}
	is := func(state forum.MatterState, change func(*forum.Matter)) *forum.Matter {
		m := &forum.Matter{ID: 5, ForumID: 1, State: state, Number: "3/26", Reason: "For late"}
		change(m)
		return m
	}
	for name, c := range map[string]struct {
		act  func(*forum.Matter) error
		want map[forum.MatterState]*forum.Matter // of those it is allowed in
	}{
		"place": {
			func(m *forum.Matter) error { return m.Place("8/26") },
			map[forum.MatterState]*forum.Matter{forum.Proposed: is(forum.Placed, func(m *forum.Matter) { m.Reason = "" })},
		},
		"put back": {
			func(m *forum.Matter) error { return m.PutBack() },
			map[forum.MatterState]*forum.Matter{
				forum.Placed:   is(forum.Proposed, func(m *forum.Matter) { m.Reason = "" }),
				forum.Returned: is(forum.Proposed, func(m *forum.Matter) { m.Reason = "" }),
			},
		},
		"return":   {by(forum.Return), map[forum.MatterState]*forum.Matter{forum.Proposed: is(forum.Returned, func(*forum.Matter) {})}},
		"relocate": {by(forum.Relocate), map[forum.MatterState]*forum.Matter{forum.Proposed: is(forum.Proposed, func(m *forum.Matter) { m.ForumID, m.Number = 2, "" })}},
		"merge":    {by(forum.Merge), map[forum.MatterState]*forum.Matter{forum.Proposed: is(forum.Merged, func(m *forum.Matter) { m.MergedInto = 6 })}},
	} {
		for _, state := range matterStates {
			t.Run(name+" when "+string(state), func(t *testing.T) {
				m := &forum.Matter{ID: 5, ForumID: 1, State: state, Number: "3/26"}
				before := *m
				err := c.act(m)
				want := c.want[state]
				if want == nil {
					refused(t, err, "conflict: error.matter.state."+string(state))
					want = &before
				} else {
					refused(t, err, "")
				}
				if diff := cmp.Diff(want, m); diff != "" {
					t.Error(diff)
				}
			})
		}
	}
}

func TestTheFirstNumberIsKept(t *testing.T) {
	m := &forum.Matter{State: forum.Proposed}
	refused(t, m.Place("8/26"), "")
	refused(t, m.PutBack(), "")
	refused(t, m.Place("9/27"), "")
	if m.Number != "8/26" {
		t.Errorf("now %s", m.Number)
	}
}
