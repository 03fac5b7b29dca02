package print

import (
	"bytes"
	"errors"
	"fmt"
	"math"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

func init() { api.DisableConfigDir() } // the library would write into the home folder

// mostDecoded is how many bytes one stream of a paper may decompress to, those
// of pictures apart, which are counted in pixels.
const mostDecoded = 64 << 20

var (
	errNoPages      = errors.New("no pages")
	errTooManyPages = errors.New("too many pages")
	errPageTree     = errors.New("page tree is not a tree")
)

// readPDF reads the objects of a file; a broken table of objects is mended.
func readPDF(content []byte) (ctx *model.Context, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("reading panicked: %v", r)
		}
	}()
	conf := model.NewDefaultConfiguration()
	conf.ValidationMode = model.ValidationRelaxed
	conf.Optimize = false
	conf.Offline = true
	conf.Limits.MaxStreamBytes = MostBytes
	conf.Limits.MaxDecodeBytes = mostDecoded
	conf.Limits.MaxObjectCount = 4 * mostObjects
	conf.Limits.MaxXRefEntries = 4 * mostObjects
	return api.ReadContext(bytes.NewReader(content), conf)
}

// leaf is a page with what it inherits.
type leafPage struct {
	dict      types.Dict
	inherited types.Dict // Resources, MediaBox, CropBox, Rotate as they hold for it
}

// inheritable are the entries that a page has from the nodes above (ISO 32000-1 § 7.7.3.4).
var inheritable = []string{"Resources", "MediaBox", "CropBox", "Rotate"}

// deepestTree is how many nodes may stand above a page.
const deepestTree = 50

type pageNode struct {
	object types.Object
	above  types.Dict
	depth  int
}

// leaves lists the pages in their order; errTooManyPages beyond the most.
func leaves(ctx *model.Context, most int) ([]leafPage, error) {
	root, err := ctx.Catalog()
	if err != nil {
		return nil, err
	}
	waiting := []pageNode{{object: root["Pages"], above: types.Dict{}}}
	seen := map[int]bool{}
	var found []leafPage
	for len(waiting) > 0 {
		node := waiting[len(waiting)-1]
		waiting = waiting[:len(waiting)-1]
		if ref, ok := node.object.(types.IndirectRef); ok {
			if seen[ref.ObjectNumber.Value()] {
				return nil, errPageTree
			}
			seen[ref.ObjectNumber.Value()] = true
		}
		dict, err := ctx.DereferenceDict(node.object)
		if err != nil || node.depth > deepestTree {
			return nil, errors.Join(errPageTree, err)
		}
		if dict == nil {
			continue
		}
		holds := types.Dict{}
		for _, key := range inheritable {
			if value, own := dict[key]; own && value != nil {
				holds[key] = value
			} else if value := node.above[key]; value != nil {
				holds[key] = value
			}
		}
		kids, err := ctx.DereferenceArray(dict["Kids"])
		if err != nil {
			return nil, err
		}
		if kids == nil {
			if len(found) == most {
				return nil, errTooManyPages
			}
			found = append(found, leafPage{dict, holds})
			continue
		}
		if len(waiting)+len(kids) > 100*most {
			return nil, errTooManyPages
		}
		for i := len(kids) - 1; i >= 0; i-- {
			waiting = append(waiting, pageNode{kids[i], holds, node.depth + 1})
		}
	}
	if len(found) == 0 {
		return nil, errNoPages
	}
	return found, nil
}

// box is a rectangle in points.
type box struct{ x1, y1, x2, y2 float64 }

func (b box) width() float64  { return b.x2 - b.x1 }
func (b box) height() float64 { return b.y2 - b.y1 }

func (b box) array() types.Array {
	return types.Array{number(b.x1), number(b.y1), number(b.x2), number(b.y2)}
}

// both is where two boxes overlap; empty when they do not.
func (b box) both(c box) box {
	return box{math.Max(b.x1, c.x1), math.Max(b.y1, c.y1), math.Min(b.x2, c.x2), math.Min(b.y2, c.y2)}
}

// usable tells whether something can be shown in the box.
func (b box) usable() bool {
	return b.width() >= 1 && b.height() >= 1 && b.width() < 1e7 && b.height() < 1e7
}

// numbers reads an array of numbers of a length.
func numbers(ctx *model.Context, object types.Object, length int) ([]float64, bool) {
	array, err := ctx.DereferenceArray(object)
	if err != nil || len(array) != length {
		return nil, false
	}
	values := make([]float64, length)
	for i, o := range array {
		v, err := ctx.DereferenceNumber(o)
		if err != nil || math.IsNaN(v) || math.Abs(v) > 1e8 {
			return nil, false
		}
		values[i] = v
	}
	return values, true
}

// boxOf reads a rectangle, whichever corners it names.
func boxOf(ctx *model.Context, object types.Object) (box, bool) {
	v, ok := numbers(ctx, object, 4)
	if !ok {
		return box{}, false
	}
	b := box{math.Min(v[0], v[2]), math.Min(v[1], v[3]), math.Max(v[0], v[2]), math.Max(v[1], v[3])}
	return b, b.usable()
}

// matrix maps (x, y) to (ax+cy+e, bx+dy+f), as PDF writes it.
type matrix [6]float64

func (m matrix) array() types.Array {
	made := make(types.Array, len(m))
	for i, v := range m {
		made[i] = types.Float(v)
	}
	return made
}

// after maps by n and then by m.
func (m matrix) after(n matrix) matrix {
	return matrix{
		n[0]*m[0] + n[1]*m[2], n[0]*m[1] + n[1]*m[3],
		n[2]*m[0] + n[3]*m[2], n[2]*m[1] + n[3]*m[3],
		n[4]*m[0] + n[5]*m[2] + m[4], n[4]*m[1] + n[5]*m[3] + m[5],
	}
}

// around is the upright box around a box that was mapped.
func (m matrix) around(b box) box {
	r := box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, p := range [][2]float64{{b.x1, b.y1}, {b.x1, b.y2}, {b.x2, b.y1}, {b.x2, b.y2}} {
		x, y := m[0]*p[0]+m[2]*p[1]+m[4], m[1]*p[0]+m[3]*p[1]+m[5]
		r = box{math.Min(r.x1, x), math.Min(r.y1, y), math.Max(r.x2, x), math.Max(r.y2, y)}
	}
	return r
}
