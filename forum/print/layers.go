package print

import (
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// offLayers are the layers that a file does not show (ISO 32000-1 § 8.11.4):
// what its writer hid must not come out when its pages stand elsewhere.
func offLayers(ctx *model.Context) []types.IndirectRef {
	root, err := ctx.Catalog()
	if err != nil {
		return nil
	}
	layers, err := ctx.DereferenceDict(root["OCProperties"])
	if err != nil || layers == nil {
		return nil
	}
	usual, err := ctx.DereferenceDict(layers["D"])
	if err != nil || usual == nil {
		return nil
	}
	off := references(ctx, usual["OFF"])
	if state, _ := usual["BaseState"].(types.Name); state != "OFF" {
		return off
	}
	on := map[types.IndirectRef]bool{}
	for _, ref := range references(ctx, usual["ON"]) {
		on[ref] = true
	}
	for _, ref := range references(ctx, layers["OCGs"]) {
		if !on[ref] {
			off = append(off, ref)
		}
	}
	return off
}

func references(ctx *model.Context, object types.Object) []types.IndirectRef {
	array, err := ctx.DereferenceArray(object)
	if err != nil {
		return nil
	}
	var refs []types.IndirectRef
	for _, entry := range array {
		if ref, ok := entry.(types.IndirectRef); ok {
			refs = append(refs, ref)
		}
	}
	return refs
}

// off are the layers that stay hidden among what was copied.
func (c *copier) off() types.Array {
	var off types.Array
	for _, ref := range offLayers(c.from) {
		if as, ok := c.known[ref.ObjectNumber.Value()]; ok {
			off = append(off, as)
		}
	}
	return off
}

// hide says in a catalog that layers are not shown.
func hide(root types.Dict, off types.Array) {
	if len(off) > 0 {
		root["OCProperties"] = types.Dict{"OCGs": off, "D": types.Dict{"OFF": off}}
	}
}
