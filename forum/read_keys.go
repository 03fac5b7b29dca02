package forum

import (
	"context"
	"slices"
	"time"
)

// KeysPage is where a meeting's agenda stands with the two keys.
type KeysPage struct {
	Meeting  Meeting
	Forum    Forum
	Edition  *Edition // the newest that needed the keys, nil for none
	Rows     []KeyRow // of its items that need the keys or are held back
	Levels   []KeyLevel
	Differs  bool         // the agenda says something else by now
	Editions []EditionRow // the newest first
	HeldBack map[string][]SaidWord
	// WouldClose is the deadline of what is asked for now.
	WouldClose  time.Time
	MayAsk      bool
	MayOverride bool
	Turns       Level // whose key the reader can turn now, "" for none
}

// KeyRow is one item with the word of each level that holds.
type KeyRow struct {
	EditionItem
	Said map[Level]SaidWord
}

// SaidWord is a word with who said it.
type SaidWord struct {
	KeyWord
	Person string
}

// KeyLevel is one of the two keys: who holds it, and what it has said of an
// edition. Nobody holds it when there are no holders.
type KeyLevel struct {
	Level    Level
	Holders  []KeyHolderRow
	Asked    int
	Approved int
	Objected int
}

// KeyHolderRow is one holder of a key.
type KeyHolderRow struct {
	KeyHolding
	Name        string
	StandInName string // "" for nobody
}

// EditionRow is an edition in the list of a meeting's.
type EditionRow struct {
	Edition
	AskedByName    string // "" for the program
	OverrideByName string
}

// ReadKeysPage opens where a called meeting's agenda stands with the keys.
func ReadKeysPage(ctx context.Context, tx Tx, by Actor, id MeetingID) (*KeysPage, error) {
	m, err := tx.Meeting(ctx, id)
	if err != nil {
		return nil, err
	}
	if _, err := by.MayAt(ctx, tx, ReadMeeting, m); err != nil {
		return nil, err
	}
	return readKeys(ctx, tx, by, m)
}

func readKeys(ctx context.Context, tx Tx, by Actor, m *Meeting) (*KeysPage, error) {
	in, err := tx.Forum(ctx, m.ForumID)
	if err != nil {
		return nil, err
	}
	people, err := Everyone(ctx, tx)
	if err != nil {
		return nil, err
	}
	editions, err := tx.Editions(ctx, m.ID)
	if err != nil {
		return nil, err
	}
	page := &KeysPage{Meeting: *m, Forum: *in, Edition: newestKeyed(editions), HeldBack: map[string][]SaidWord{}}
	for _, e := range slices.Backward(editions) {
		page.Editions = append(page.Editions, EditionRow{e, people[e.AskedBy].Name, people[e.OverrideBy].Name})
	}
	ring, err := page.readWords(ctx, tx, people)
	if err != nil {
		return nil, err
	}
	if err := page.readLevels(ctx, tx, ring, people); err != nil {
		return nil, err
	}
	if err := page.readAgendaNow(ctx, tx, ring, people); err != nil {
		return nil, err
	}
	return page, page.readRights(ctx, tx, by)
}

// readWords gives the rows what holds of them.
func (p *KeysPage) readWords(ctx context.Context, tx Tx, people map[PersonID]Person) (Keyring, error) {
	if p.Edition == nil {
		return Keyring{}, nil
	}
	words, err := tx.KeyWords(ctx, p.Edition.ID)
	if err != nil {
		return nil, err
	}
	ring := KeyringOf(words)
	spoken := slices.Concat(p.Edition.Asked(), p.Edition.heldBack())
	for _, item := range p.Edition.Items {
		if !slices.ContainsFunc(spoken, func(i EditionItem) bool { return i.Line.Key == item.Line.Key }) {
			continue
		}
		row := KeyRow{item, map[Level]SaidWord{}}
		for _, level := range KeyLevels() {
			if w, said := ring[KeyPlace{item.Line.Key, level}]; said {
				row.Said[level] = SaidWord{w, people[w.PersonID].Name}
			}
		}
		p.Rows = append(p.Rows, row)
	}
	return ring, nil
}

func (p *KeysPage) readLevels(ctx context.Context, tx Tx, ring Keyring, people map[PersonID]Person) error {
	holdings, err := KeyHoldings(ctx, tx, p.Forum.ID)
	if err != nil {
		return err
	}
	for _, level := range KeyLevels() {
		key := KeyLevel{Level: level}
		for _, h := range holdings {
			if h.Level == level {
				key.Holders = append(key.Holders, KeyHolderRow{h, people[h.Holder].Name, people[h.StandIn].Name})
			}
		}
		if p.Edition != nil {
			for _, item := range p.Edition.Asked() {
				key.Asked++
				switch ring[KeyPlace{item.Line.Key, level}].Answer {
				case Approve:
					key.Approved++
				case Objects:
					key.Objected++
				}
			}
		}
		p.Levels = append(p.Levels, key)
	}
	return nil
}

// readAgendaNow compares the newest edition with the agenda as it is: whether it
// differs, and what of it is still held back.
func (p *KeysPage) readAgendaNow(ctx context.Context, tx Tx, ring Keyring, people map[PersonID]Person) error {
	mandate, err := MandateOn(ctx, tx, p.Forum.ID, DateOf(p.Meeting.Start))
	if err != nil {
		return err
	}
	p.WouldClose = keyDeadline(tx.Now(), mandate.KeyTime(), &p.Meeting)
	if p.Edition == nil {
		return nil
	}
	_, items, err := freeze(ctx, tx, &p.Meeting)
	if err != nil {
		return err
	}
	p.Differs = !sameAgenda(p.Edition.Items, items)
	for _, held := range p.Edition.heldBack() {
		if !says(items, held) {
			continue
		}
		for _, w := range ring.Objections(held.Line.Key) {
			p.HeldBack[held.Line.Key] = append(p.HeldBack[held.Line.Key], SaidWord{w, people[w.PersonID].Name})
		}
	}
	return nil
}

// readRights finds what the reader may do. Who is away, and so has a stand-in
// turn the key, is told to those alone who have to do with the keys.
func (p *KeysPage) readRights(ctx context.Context, tx Tx, by Actor) error {
	if p.Meeting.askable(tx.Now()) == nil {
		if err := by.fill(ctx, tx, p.Forum.ID, map[Right]*bool{AskKeys: &p.MayAsk, OverrideKeys: &p.MayOverride}); err != nil {
			return err
		}
		standing, _, err := KeyOf(ctx, tx, by, p.Forum.ID)
		if err != nil && !IsKind(err, Forbidden) {
			return err
		}
		p.Turns = standing.Level
	}
	if !p.MayAsk && !p.MayOverride && p.Turns == "" {
		for i := range p.Levels {
			for n := range p.Levels[i].Holders {
				p.Levels[i].Holders[n].Away = false
			}
		}
	}
	p.MayOverride = p.MayOverride && p.Waits()
	if p.Edition == nil || p.Edition.takes(true, tx.Now()) != nil {
		p.Turns = ""
	}
	return nil
}

// WithoutHolder are the levels whose key nobody holds.
func (p *KeysPage) WithoutHolder() (levels []Level) {
	for _, key := range p.Levels {
		if key.Holders == nil {
			levels = append(levels, key.Level)
		}
	}
	return levels
}

// Waits tells whether the newest edition waits for the keys.
func (p *KeysPage) Waits() bool { return p.Edition != nil && p.Edition.State == AskedEdition }
