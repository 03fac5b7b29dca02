package print

import (
	"bytes"
	"fmt"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// note is what an annotation shows on its page: filled fields, stamps, comments
// that were drawn.
type note struct {
	form types.IndirectRef
	at   matrix
}

// mostNotes is how many annotations of a page are drawn.
const mostNotes = 2000

// The flags of an annotation that keep it from being shown (ISO 32000-1 § 12.5.3).
const (
	hiddenNote = 1 << 1
	noViewNote = 1 << 5
)

// notes are the annotations of a page that show something. One that cannot be
// read is left out: the page itself says what matters.
func (b *binding) notes(page leafPage) ([]note, error) {
	annots, err := b.from.DereferenceArray(page.dict["Annots"])
	if err != nil {
		return nil, nil //nolint:nilerr // see above
	}
	var found []note
	for _, entry := range annots[:min(len(annots), mostNotes)] {
		annot, err := b.from.DereferenceDict(entry)
		if err != nil || annot == nil {
			continue
		}
		subtype, _ := annot["Subtype"].(types.Name)
		flags, err := b.from.DereferenceInteger(annot["F"])
		if err == nil && flags != nil && flags.Value()&(hiddenNote|noViewNote) != 0 || subtype == "Popup" || subtype == "Link" {
			continue
		}
		shown, ok, err := b.appearance(annot)
		if err != nil {
			return nil, err
		}
		if ok {
			found = append(found, shown)
		}
	}
	return found, nil
}

// appearance is the form of an annotation and how it fills the annotation's
// place (ISO 32000-1 § 12.5.5, algorithm 8.1).
func (b *binding) appearance(annot types.Dict) (note, bool, error) {
	looks, err := b.from.DereferenceDict(annot["AP"])
	if err != nil || looks == nil {
		return note{}, false, nil
	}
	normal := looks["N"]
	if states, err := b.from.DereferenceDict(normal); err == nil && states != nil {
		state, _ := annot["AS"].(types.Name)
		normal = states[string(state)]
	}
	ref, isRef := normal.(types.IndirectRef)
	form, _, err := b.from.DereferenceStreamDict(normal)
	if err != nil || form == nil || !isRef {
		return note{}, false, nil
	}
	place, hasPlace := boxOf(b.from, annot["Rect"])
	inner, hasBox := boxOf(b.from, form.Dict["BBox"])
	if !hasPlace || !hasBox {
		return note{}, false, nil
	}
	own := matrix{1, 0, 0, 1, 0, 0}
	if values, ok := numbers(b.from, form.Dict["Matrix"], 6); ok {
		own = matrix(values)
	}
	around := own.around(inner)
	if !around.usable() {
		return note{}, false, nil
	}
	copied, err := b.copier.copy(ref)
	if err != nil {
		return note{}, false, err
	}
	wide, high := place.width()/around.width(), place.height()/around.height()
	at := matrix{wide, 0, 0, high, place.x1 - around.x1*wide, place.y1 - around.y1*high}
	return note{copied.(types.IndirectRef), at}, true, nil
}

// withNotes is a form that shows a page's form and its annotations over it.
func (b *binding) withNotes(inner types.IndirectRef, notes []note, shown box, upright matrix) types.IndirectRef {
	var draw bytes.Buffer
	forms := types.Dict{paperName: inner}
	fmt.Fprintf(&draw, "q /%s Do Q", paperName)
	for i, n := range notes {
		name := fmt.Sprintf("Note%d", i)
		forms[name] = n.form
		fmt.Fprintf(&draw, "\nq %.5f 0 0 %.5f %.3f %.3f cm /%s Do Q", n.at[0], n.at[3], n.at[4], n.at[5], name)
	}
	dict := types.Dict{"Resources": types.Dict{"XObject": forms}, "Matrix": upright.array()}
	asForm(dict, shown)
	return b.deflated(dict, draw.Bytes())
}
