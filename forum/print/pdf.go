package print

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/pdfcpu/pdfcpu/pkg/filter"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// apart is why a paper cannot be merged, as an error.
type apart struct {
	reason Reason
	cause  error
}

func (a apart) Error() string {
	if a.cause != nil {
		return string(a.reason) + ": " + a.cause.Error()
	}
	return string(a.reason)
}

func (a apart) Unwrap() error { return a.cause }

// fromPDF binds the pages of a PDF. One that opens without a password is taken
// even when it asks not to be changed: every reader of the package has the
// paper anyway.
func fromPDF(content []byte) ([]byte, error) {
	ctx, err := readPDF(content)
	switch {
	case errors.Is(err, pdfcpu.ErrWrongPassword), errors.Is(err, pdfcpu.ErrEncrypted):
		return nil, apart{Encrypted, err}
	case err != nil:
		return nil, apartOf(err)
	}
	pages, err := leaves(ctx, MostPages)
	switch {
	case errors.Is(err, errTooManyPages):
		return nil, apart{TooManyPages, err}
	case err != nil:
		return nil, apart{Broken, err}
	}
	binding := &binding{from: ctx}
	binding.copier = newCopier(ctx, &binding.file)
	binding.copier.check, binding.copier.skip = checkStream, notOfPage
	forms, sizes := make([]types.IndirectRef, len(pages)), make([]box, len(pages))
	for i, page := range pages {
		if forms[i], sizes[i], err = binding.form(page); err != nil {
			return nil, apartOf(err)
		}
	}
	return binding.bound(forms, sizes, binding.copier.off()), nil
}

// apartOf is why a paper is apart, of an error that came while it was bound.
func apartOf(err error) apart {
	var known apart
	switch {
	case errors.As(err, &known):
		return known
	case errors.Is(err, errTooManyObjects), errors.Is(err, filter.ErrDecodeLimitExceeded):
		return apart{TooLarge, err}
	}
	return apart{Broken, err}
}

// notOfPage are dictionaries that a page's resources should never lead to;
// following them would bring the whole file along.
func notOfPage(d types.Dict) bool {
	kind, _ := d["Type"].(types.Name)
	return kind == "Page" || kind == "Pages" || kind == "Catalog" || kind == "StructElem" || kind == "StructTreeRoot"
}

// checkStream refuses what would burst in the hands of those who open it.
func checkStream(s types.StreamDict) error {
	width, height := s.IntEntry("Width"), s.IntEntry("Height")
	if subtype, _ := s.Dict["Subtype"].(types.Name); subtype == "Image" {
		if width != nil && height != nil && int64(*width)*int64(*height) > MostPixels {
			return apart{TooLarge, fmt.Errorf("picture of %d × %d", *width, *height)}
		}
		return nil
	}
	_, err := decoded(&s, mostDecoded)
	if errors.Is(err, filter.ErrDecodeLimitExceeded) {
		return apart{TooLarge, err}
	}
	return nil // a stream that cannot be read harms its own page only
}

// decoded are the bytes that a stream stands for, not more than a limit.
func decoded(s *types.StreamDict, most int64) ([]byte, error) {
	if s.Content != nil {
		return s.Content, nil
	}
	probe := *s
	if err := probe.DecodeWithLimit(most); err != nil {
		return nil, err
	}
	if int64(len(probe.Content)) > most {
		return nil, filter.ErrDecodeLimitExceeded
	}
	return probe.Content, nil
}

// binding makes forms of a file's pages.
type binding struct {
	file
	from   *model.Context
	copier *copier
}

// form makes the form of one page, and the box that it fills.
func (b *binding) form(page leafPage) (types.IndirectRef, box, error) {
	shown, upright, err := b.view(page)
	if err != nil {
		return types.IndirectRef{}, box{}, err
	}
	resources, err := b.copier.copy(page.inherited["Resources"])
	if err != nil {
		return types.IndirectRef{}, box{}, err
	}
	if resources == nil {
		resources = types.Dict{}
	}
	dict, raw, err := b.content(page)
	if err != nil {
		return types.IndirectRef{}, box{}, err
	}
	asForm(dict, shown)
	dict["Resources"] = resources
	if group, err := b.copier.copy(page.dict["Group"]); err == nil && group != nil {
		dict["Group"] = group
	}
	notes, err := b.notes(page)
	if err != nil {
		return types.IndirectRef{}, box{}, err
	}
	inner := b.stream(dict, raw)
	if len(notes) == 0 {
		dict["Matrix"] = upright.array()
		return inner, upright.around(shown), nil
	}
	return b.withNotes(inner, notes, shown, upright), upright.around(shown), nil
}

func asForm(dict types.Dict, shown box) {
	dict["Type"], dict["Subtype"], dict["BBox"] = types.Name("XObject"), types.Name("Form"), shown.array()
}

// view is the part of a page that is seen, and how it is turned, scaled and
// moved to stand upright at the origin.
func (b *binding) view(page leafPage) (box, matrix, error) {
	shown, ok := boxOf(b.from, page.inherited["MediaBox"])
	if !ok {
		if page.inherited["MediaBox"] != nil {
			return box{}, matrix{}, apart{Broken, errors.New("page without a size")}
		}
		shown = box{0, 0, a4Width, a4Height}
	}
	if crop, ok := boxOf(b.from, page.inherited["CropBox"]); ok && crop.both(shown).usable() {
		shown = crop.both(shown)
	}
	unit := 1.0
	if v, err := b.from.DereferenceNumber(page.dict["UserUnit"]); err == nil && v > 0.01 && v <= 1000 {
		unit = v
	}
	turned := 0
	if v, err := b.from.DereferenceInteger(page.inherited["Rotate"]); err == nil && v != nil {
		turned = ((v.Value()/90)%4 + 4) % 4
	}
	turn := []matrix{{unit, 0, 0, unit, 0, 0}, {0, -unit, unit, 0, 0, 0}, {-unit, 0, 0, -unit, 0, 0}, {0, unit, -unit, 0, 0, 0}}[turned]
	at := turn.around(shown)
	turn[4], turn[5] = -at.x1, -at.y1
	return shown, turn, nil
}

// content is that of a page as one stream: its own when it has but one, else
// all of them joined.
func (b *binding) content(page leafPage) (types.Dict, []byte, error) {
	object, err := b.from.Dereference(page.dict["Contents"])
	if err != nil {
		return nil, nil, err
	}
	streams := types.Array{object}
	if array, ok := object.(types.Array); ok {
		streams = array
	}
	var joined bytes.Buffer
	for _, entry := range streams {
		if entry == nil {
			continue // a page may be empty
		}
		stream, _, err := b.from.DereferenceStreamDict(entry)
		if err != nil {
			return nil, nil, err
		}
		if stream == nil {
			continue
		}
		content, err := decoded(stream, mostDecoded)
		switch {
		case err != nil && len(streams) > 1, errors.Is(err, filter.ErrDecodeLimitExceeded):
			return nil, nil, err
		case len(streams) == 1:
			return b.alone(stream)
		}
		joined.Write(content)
		joined.WriteByte('\n')
		if joined.Len() > mostDecoded {
			return nil, nil, filter.ErrDecodeLimitExceeded
		}
	}
	return types.Dict{"Filter": types.Name("FlateDecode")}, deflate(joined.Bytes()), nil
}

// alone takes a page's only stream as it is.
func (b *binding) alone(stream *types.StreamDict) (types.Dict, []byte, error) {
	dict := types.Dict{}
	for _, key := range []string{"Filter", "DecodeParms"} {
		value, err := b.copier.copy(stream.Dict[key])
		if err != nil {
			return nil, nil, err
		}
		if value != nil {
			dict[key] = value
		}
	}
	return dict, stream.Raw, nil
}
