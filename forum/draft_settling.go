package forum

import (
	"context"
	"fmt"
	"slices"
)

// DraftSide is what holds of a place that two people changed at once.
type DraftSide string

// The sides.
const (
	TheirSide DraftSide = "theirs"
	MySide    DraftSide = "mine"
	BothSides DraftSide = "both" // theirs first
	NewWords  DraftSide = "new"  // other words, of who settles it
)

// DraftSides lists them.
var DraftSides = []DraftSide{TheirSide, MySide, BothSides, NewWords}

// Pick is what somebody chose for one clash.
type Pick struct {
	Side DraftSide
	Text string // of NewWords
}

// Chosen is what a pick makes of a clash.
func (p Pick) Chosen(w Woven) ([]string, error) {
	switch p.Side {
	case TheirSide:
		return w.Theirs, nil
	case MySide:
		return w.Mine, nil
	case BothSides:
		return slices.Concat(w.Theirs, w.Mine), nil
	case NewWords:
		return Paragraphs(p.Text), nil
	}
	return nil, Refuse(Invalid, "error.draft.pick")
}

// settledText is the text that picks make of what was woven, one for each clash.
func settledText(woven []Woven, picks []Pick) (text []string, err error) {
	clash := 0
	for _, w := range woven {
		held := w.Text
		if w.Clash {
			var pick Pick
			if clash < len(picks) {
				pick = picks[clash]
			}
			if held, err = pick.Chosen(w); err != nil {
				return nil, err.(*Error).On(fmt.Sprintf("pick-%d", clash))
			}
			clash++
		}
		text = append(text, held...)
	}
	return text, nil
}

// SettleSection saves the actor's own unsaved text with what was chosen where it
// clashed with a version. What was saved after that version is woven in as usual,
// and may clash again.
func SettleSection(ctx context.Context, tx Tx, by Actor, id SectionID, against int, picks []Pick) (*Saving, error) {
	d, err := sitDown(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	own, err := tx.Unsaved(ctx, id, by.Person)
	if err != nil {
		return nil, err
	}
	if against < own.Base || against > len(d.versions) {
		return nil, Refuse(Invalid, "error.draft.base").On("text")
	}
	text, err := settledText(Weave(paragraphsAt(d.versions, own.Base), Paragraphs(own.Text), paragraphsAt(d.versions, against)), picks)
	if err != nil {
		return nil, err
	}
	if _, err := drafted(inText(text)); err != nil {
		return nil, err
	}
	return d.save(ctx, tx, against, text)
}
