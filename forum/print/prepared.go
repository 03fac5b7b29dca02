package print

import (
	"errors"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// paperPage is a page of a paper as a form (ISO 32000-1 § 8.10) that stands
// upright with its lower left corner at the origin.
type paperPage struct {
	from          *model.Context
	form          types.IndirectRef
	width, height float64 // points
}

// bound makes a file of forms, a page each: what a paper becomes before it is
// put into an item. off are the layers that stay hidden.
func (f *file) bound(forms []types.IndirectRef, sizes []box, off types.Array) []byte {
	tree := f.reserve()
	var kids types.Array
	for i, form := range forms {
		kids = append(kids, f.add(types.Dict{
			"Type": types.Name("Page"), "Parent": tree, "MediaBox": sizes[i].array(),
			"Resources": types.Dict{"XObject": types.Dict{paperName: form}},
			"Contents":  f.stream(types.Dict{}, []byte("/"+paperName+" Do")),
		}))
	}
	f.set(tree, types.Dict{"Type": types.Name("Pages"), "Kids": kids, "Count": types.Integer(len(kids))})
	root := types.Dict{"Type": types.Name("Catalog"), "Pages": tree}
	hide(root, off)
	return f.bytes(f.add(root), f.add(types.Dict{"Producer": words("Samråd")}))
}

var errNoForm = errors.New("page without a paper")

// boundFile is a file of ours in whose pages those of papers stand: one that
// was bound, or a Part.
type boundFile struct {
	ctx   *model.Context
	pages []leafPage
}

func openBound(content []byte) (*boundFile, error) {
	ctx, err := readPDF(content)
	if err != nil {
		return nil, err
	}
	pages, err := leaves(ctx, 1_000_000)
	return &boundFile{ctx, pages}, err
}

// papers are the pages of papers on so many pages from one on, counted from 1.
func (b *boundFile) papers(from, count int) ([]paperPage, error) {
	if from < 1 || count < 0 || from-1+count > len(b.pages) {
		return nil, errNoForm
	}
	found := make([]paperPage, count)
	for i := range found {
		var err error
		if found[i], err = formOf(b.ctx, b.pages[from-1+i]); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func formOf(ctx *model.Context, page leafPage) (paperPage, error) {
	resources, err := ctx.DereferenceDict(page.inherited["Resources"])
	if err != nil || resources == nil {
		return paperPage{}, errors.Join(errNoForm, err)
	}
	forms, err := ctx.DereferenceDict(resources["XObject"])
	if err != nil || forms == nil {
		return paperPage{}, errors.Join(errNoForm, err)
	}
	ref, ok := forms[paperName].(types.IndirectRef)
	if !ok {
		return paperPage{}, errNoForm
	}
	form, _, err := ctx.DereferenceStreamDict(ref)
	if err != nil || form == nil {
		return paperPage{}, errors.Join(errNoForm, err)
	}
	size, err := sizeOf(ctx, form.Dict)
	return paperPage{ctx, ref, size.x2, size.y2}, err
}

// sizeOf is the box that a form fills on the page that shows it.
func sizeOf(ctx *model.Context, form types.Dict) (box, error) {
	inner, ok := boxOf(ctx, form["BBox"])
	values, upright := numbers(ctx, form["Matrix"], 6)
	if !ok || !upright {
		return box{}, errNoForm
	}
	return matrix(values).around(inner), nil
}
