package forum

import "slices"

// Side is one of two versions of an agenda.
type Side string

// The sides: what another editor saved meanwhile, and what one's own save has.
const (
	Theirs Side = "theirs"
	Mine   Side = "mine"
)

// Difference is a line that two versions have differently; nil is where one
// does not have it. Suggested is the side that changed it since the version
// that both began with. Settled leaves no choice: a matter comes to an agenda
// and leaves it by acts of their own.
type Difference struct {
	Key          string
	Theirs, Mine *Line
	Suggested    Side
	Settled      bool
}

// Compared is how two versions differ. Order tells whether the lines that both
// have follow each other differently.
type Compared struct {
	Differences    []Difference
	Order          bool
	SuggestedOrder Side
}

// Compare finds how two versions differ that began as one.
func Compare(base, theirs, mine []Line) Compared {
	var found Compared
	for _, key := range keysOf(theirs, mine) {
		was, one, other := lineOf(base, key), lineOf(theirs, key), lineOf(mine, key)
		if same(one, other) {
			continue
		}
		d := Difference{Key: key, Theirs: one, Mine: other, Suggested: Mine}
		d.Settled = settled(one, other)
		if d.Settled || same(was, other) {
			d.Suggested = Theirs
		}
		found.Differences = append(found.Differences, d)
	}
	one, other := common(theirs, mine), common(mine, theirs)
	found.Order = !slices.Equal(one, other)
	found.SuggestedOrder = Mine
	if slices.Equal(common(base, mine), common(mine, base)) {
		found.SuggestedOrder = Theirs
	}
	return found
}

// Combine makes one version of two: of each line the side picked, theirs where
// none is, in the order of a side; what only the other has stands where it
// stood there.
func Combine(theirs, mine []Line, pick map[string]Side, order Side) []Line {
	chosen := func(key string) *Line {
		one, other := lineOf(theirs, key), lineOf(mine, key)
		if pick[key] == Mine && !settled(one, other) {
			return other
		}
		return one
	}
	lead, rest := theirs, mine
	if order == Mine {
		lead, rest = mine, theirs
	}
	var merged []Line
	for _, line := range lead {
		if l := chosen(line.Key); l != nil {
			merged = append(merged, *l)
		}
	}
	at := 0
	for _, line := range rest {
		if i := slices.IndexFunc(merged, func(l Line) bool { return l.Key == line.Key }); i >= 0 {
			at = i + 1
		} else if l := chosen(line.Key); l != nil {
			merged = slices.Insert(merged, at, *l)
			at++
		}
	}
	return merged
}

// settled tells whether one side alone has a matter's line.
func settled(one, other *Line) bool {
	return one == nil && other != nil && other.Item != 0 || other == nil && one != nil && one.Item != 0
}

// keysOf are the keys of both versions, each once, as they are met.
func keysOf(versions ...[]Line) (keys []string) {
	for _, lines := range versions {
		for _, line := range lines {
			if !slices.Contains(keys, line.Key) {
				keys = append(keys, line.Key)
			}
		}
	}
	return keys
}

// common are the keys of one version that another has too.
func common(lines, with []Line) (keys []string) {
	for _, line := range lines {
		if lineOf(with, line.Key) != nil {
			keys = append(keys, line.Key)
		}
	}
	return keys
}

func lineOf(lines []Line, key string) *Line {
	at := slices.IndexFunc(lines, func(l Line) bool { return l.Key == key })
	if at < 0 {
		return nil
	}
	return &lines[at]
}

func same(a, b *Line) bool { return a == b || a != nil && b != nil && *a == *b }
