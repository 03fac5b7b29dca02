package print

import (
	"errors"
	"maps"
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// mostObjects is how many objects of a paper are copied.
const mostObjects = 500_000

var errTooManyObjects = errors.New("too many objects")

// copier copies what is reachable from an object of one file into another,
// each object once, so that a graph with circles ends.
type copier struct {
	from    *model.Context
	to      *file
	known   map[int]types.IndirectRef
	waiting []waitingObject
	check   func(types.StreamDict) error // refuses streams, nil for none
	skip    func(types.Dict) bool        // dictionaries that become null, nil for none
}

type waitingObject struct {
	number int
	as     types.IndirectRef
}

func newCopier(from *model.Context, to *file) *copier {
	return &copier{from: from, to: to, known: map[int]types.IndirectRef{}}
}

// copy gives the object as it stands in the other file, where all that it
// refers to is put too.
func (c *copier) copy(object types.Object) (types.Object, error) {
	copied, err := c.here(object)
	if err != nil {
		return nil, err
	}
	for len(c.waiting) > 0 {
		next := c.waiting[0]
		c.waiting = c.waiting[1:]
		found, err := c.from.Dereference(*types.NewIndirectRef(next.number, 0))
		if err != nil {
			return nil, err
		}
		made, err := c.here(found)
		if err != nil {
			return nil, err
		}
		c.to.set(next.as, made)
	}
	return copied, nil
}

// here copies an object and what stands in it, and leaves what it refers to waiting.
func (c *copier) here(object types.Object) (types.Object, error) {
	switch o := object.(type) {
	case types.IndirectRef:
		return c.reference(o)
	case types.Dict:
		if c.skip != nil && c.skip(o) {
			return nil, nil //nolint:nilnil // the null object of PDF
		}
		return c.dict(o)
	case types.StreamDict:
		return c.streamed(o)
	case types.Array:
		made := make(types.Array, len(o))
		for i, value := range o {
			copied, err := c.here(value)
			if err != nil {
				return nil, err
			}
			made[i] = copied
		}
		return made, nil
	case types.ObjectStreamDict, types.XRefStreamDict:
		return nil, nil //nolint:nilnil // how a file is kept is not what it says
	}
	return object, nil
}

func (c *copier) reference(ref types.IndirectRef) (types.Object, error) {
	number := ref.ObjectNumber.Value()
	if known, ok := c.known[number]; ok {
		return known, nil
	}
	if len(c.known) >= mostObjects {
		return nil, errTooManyObjects
	}
	as := c.to.reserve()
	c.known[number] = as
	c.waiting = append(c.waiting, waitingObject{number, as})
	return as, nil
}

func (c *copier) dict(d types.Dict) (types.Dict, error) {
	made := make(types.Dict, len(d))
	for _, key := range slices.Sorted(maps.Keys(d)) {
		value, err := c.here(d[key])
		if err != nil {
			return nil, err
		}
		made[key] = value
	}
	return made, nil
}

// notCopied are entries of streams that lead to other files, or that only the
// program which wrote them knows (ISO 32000-1 § 7.3.8.2, § 8.10.4, § 14.5, § 14.11.7).
var notCopied = []string{"F", "FFilter", "FDecodeParms", "Ref", "OPI", "PieceInfo", "Metadata", "StructParent", "StructParents"}

func (c *copier) streamed(s types.StreamDict) (types.Object, error) {
	if c.check != nil {
		if err := c.check(s); err != nil {
			return nil, err
		}
	}
	plain := maps.Clone(s.Dict)
	for _, key := range notCopied {
		delete(plain, key)
	}
	plain["Length"] = types.Integer(len(s.Raw))
	dict, err := c.dict(plain)
	if err != nil {
		return nil, err
	}
	return types.StreamDict{Dict: dict, Raw: s.Raw}, nil
}
