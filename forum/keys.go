package forum

import (
	"slices"
	"time"
)

// shortestKeyTime is what key-holders have at least before silence approves,
// however near the day is on which papers go out.
const shortestKeyTime = 12 * time.Hour

// keyDeadline is from when on silence approves what is asked now: after the
// mandate's hours, no later than the papers have to be out as long as that
// leaves the shortest time, and no later than the meeting begins.
func keyDeadline(asked time.Time, hours time.Duration, m *Meeting) time.Time {
	due := asked.Add(hours)
	if m.PapersDue.After(asked) {
		due = earlier(due, later(m.PapersDue, asked.Add(shortestKeyTime)))
	}
	return earlier(due, m.Start)
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// KeyLevels are the levels that have a key: the two equal ones.
func KeyLevels() []Level {
	return slices.DeleteFunc(slices.Clone(Levels), func(l Level) bool { return l.Other() == "" })
}

// Keyring is what has been said of an edition: for every item and level the
// word that holds. What was taken back is not in it.
type Keyring map[KeyPlace]KeyWord

// KeyPlace is where a key turns: one item, one level.
type KeyPlace struct {
	Item  string
	Level Level
}

// KeyringOf finds the words that hold among all that were said, in their order.
func KeyringOf(words []KeyWord) Keyring {
	ring := Keyring{}
	for _, w := range words {
		if at := (KeyPlace{w.Item, w.Level}); w.Answer == TakeBack {
			delete(ring, at)
		} else {
			ring[at] = w
		}
	}
	return ring
}

// Approves tells whether a level has approved all of some items.
func (k Keyring) Approves(level Level, items []EditionItem) bool {
	return !slices.ContainsFunc(items, func(i EditionItem) bool { return k[KeyPlace{i.Line.Key, level}].Answer != Approve })
}

// Opens tells whether both levels have approved all that an edition asks for.
func (k Keyring) Opens(e *Edition) bool {
	asked := e.Asked()
	return len(asked) > 0 && !slices.ContainsFunc(KeyLevels(), func(l Level) bool { return !k.Approves(l, asked) })
}

// holdsWordOf tells whether a word of a person holds for a level.
func (k Keyring) holdsWordOf(person PersonID, level Level) bool {
	for at, w := range k {
		if at.Level == level && w.PersonID == person {
			return true
		}
	}
	return false
}

// Objections are the objections to an item that stand.
func (k Keyring) Objections(item string) (objections []KeyWord) {
	for _, level := range KeyLevels() {
		if w := k[KeyPlace{item, level}]; w.Answer == Objects {
			objections = append(objections, w)
		}
	}
	return objections
}

// holdBack keeps from going out what is objected to, and tells whether anything
// is left that needed the keys.
func (e *Edition) holdBack(ring Keyring) (left bool) {
	for _, item := range e.Asked() {
		held := len(ring.Objections(item.Line.Key)) > 0
		e.Item(item.Line.Key).HeldBack = held
		left = left || !held
	}
	return left
}

// holdOver keeps out of an edition what was held back from the one before, still
// says the same and is still objected to, so that nobody is asked again.
func (e *Edition) holdOver(ring Keyring, from *Edition) {
	for i, item := range e.Items {
		was := from.Item(item.Line.Key)
		held := was != nil && was.HeldBack && was.Fingerprint == item.Fingerprint
		e.Items[i].HeldBack = held && len(ring.Objections(item.Line.Key)) > 0
	}
}

// carried are the words of an earlier edition that still hold of a later one:
// those on items that say the same, and of one that is out on what it held back.
func carried(ring Keyring, from, to *Edition) (words []KeyWord) {
	for _, item := range to.Items {
		was := from.Item(item.Line.Key)
		if was == nil || was.Fingerprint != item.Fingerprint || from.State == OutEdition && !was.HeldBack {
			continue
		}
		for _, level := range KeyLevels() {
			if w, said := ring[KeyPlace{item.Line.Key, level}]; said {
				w.ID, w.EditionID = 0, to.ID
				words = append(words, w)
			}
		}
	}
	return words
}

// takes tells why a word on an edition is no longer taken, nil when it is. Of one
// that no longer waits only what it held back can be spoken for, until the next.
func (e *Edition) takes(newest bool, now time.Time) error {
	switch {
	case e.State == AskedEdition && !now.Before(e.Deadline):
		return Refuse(Conflict, "error.keys.too_late")
	case e.State == AskedEdition || newest && len(e.heldBack()) > 0:
		return nil
	}
	return Refuse(Conflict, "error.keys."+string(e.State))
}

// answerable are the items that a word can be about.
func (e *Edition) answerable() []EditionItem {
	if e.State != AskedEdition {
		return e.heldBack()
	}
	return append(e.Asked(), e.heldBack()...)
}

// heldBack are the items that an objection keeps from going out.
func (e *Edition) heldBack() []EditionItem {
	return slices.DeleteFunc(slices.Clone(e.Items), func(i EditionItem) bool { return !i.HeldBack })
}

// silent counts the items of which a level has said nothing.
func (k Keyring) silent(level Level, items []EditionItem) (count int) {
	for _, item := range items {
		if _, said := k[KeyPlace{item.Line.Key, level}]; !said {
			count++
		}
	}
	return count
}
