package forum

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// onceEach are sorted values without repetitions.
func onceEach[T cmp.Ordered](values []T) []T {
	slices.Sort(values)
	return slices.Compact(values)
}

// formWords end the names of organisations, and are left out in speech.
var formWords = []string{"kommune", "herad", "hf", "as", "fylkeskommune"}

// shortName is an organisation's name without what says its form.
func shortName(name string) string {
	said := words(name)
	for _, form := range formWords {
		if short, found := strings.CutSuffix(said, " "+form); found {
			return short
		}
	}
	return said
}

// findOrganisations are those that a text names: by the number, by the
// municipality's, by a name of now or before, or by the name without its form.
// The first way that finds any decides.
func findOrganisations(all []Organisation, text string) []Organisation {
	digits := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
	said := words(text)
	for _, is := range []func(o Organisation) bool{
		func(o Organisation) bool { return o.Number == digits },
		func(o Organisation) bool { return o.Municipality != "" && o.Municipality == digits },
		func(o Organisation) bool { return words(o.Name) == said },
		func(o Organisation) bool {
			return slices.ContainsFunc(o.Former, func(f FormerName) bool {
				return words(f.Name) == said || f.Municipality != "" && f.Municipality == digits
			})
		},
		func(o Organisation) bool { return shortName(o.Name) == said },
	} {
		found := slices.DeleteFunc(slices.Clone(all), func(o Organisation) bool { return !is(o) })
		if len(found) > 0 && said != "" {
			return found
		}
	}
	return nil
}

// findForums are those that a text names: by key, address or name.
func findForums(all []Forum, text string) []Forum {
	return slices.DeleteFunc(slices.Clone(all), func(f Forum) bool {
		return !strings.EqualFold(f.Key, text) && !strings.EqualFold(f.Address, text) && words(f.Name) != words(text)
	})
}

// nearest are the names that a text is a slip of the pen of, the closest first:
// to be suggested, never taken.
func nearest(names []string, text string) []string {
	type near struct {
		name string
		far  int
	}
	var found []near
	for _, name := range names {
		far := min(distance(words(name), words(text)), distance(shortName(name), shortName(text)))
		if far <= max(1, len([]rune(words(text)))/4) {
			found = append(found, near{name, far})
		}
	}
	slices.SortStableFunc(found, func(a, b near) int { return cmp.Or(cmp.Compare(a.far, b.far), cmp.Compare(a.name, b.name)) })
	var close []string
	for _, f := range found[:min(len(found), 3)] {
		close = append(close, f.name)
	}
	return slices.Compact(close)
}

// distance is how many letters have to be put in, left out or changed to come
// from one word to another (Levenshtein).
func distance(a, b string) int {
	from, to := []rune(a), []rune(b)
	row := make([]int, len(to)+1)
	for i := range row {
		row[i] = i
	}
	for i, r := range from {
		before := row[0]
		row[0] = i + 1
		for j, s := range to {
			cost := before
			if r != s {
				cost++
			}
			before = row[j+1]
			row[j+1] = min(cost, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(to)]
}
