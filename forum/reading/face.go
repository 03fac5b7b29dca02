package reading

import "github.com/ledongthuc/pdf"

// face is a font as far as a pen needs it: what its codes say, and how wide
// their letters are, in thousandths of the size.
type face struct {
	encoding pdf.TextEncoding
	widths   map[int]float64
	usual    float64
	bytes    int // of a code
}

// mostWidths is how many letters of a font are measured.
const mostWidths = 1 << 16

// guessedWidth is that of a letter in a font that does not say.
const guessedWidth = 500

func faceOf(v pdf.Value) *face {
	font := &pdf.Font{V: v}
	f := &face{encoding: font.Encoder(), widths: map[int]float64{}, usual: guessedWidth, bytes: 1}
	if inner := v.Key("DescendantFonts").Index(0); !inner.IsNull() {
		f.bytes, f.usual = 2, 1000 // ISO 32000-1, table 117
		if width := inner.Key("DW"); !width.IsNull() {
			f.usual = width.Float64()
		}
		f.measureGroups(inner.Key("W"))
		return f
	}
	widths, first := v.Key("Widths"), int(v.Key("FirstChar").Int64())
	for i := range min(widths.Len(), mostWidths) {
		f.widths[first+i] = widths.Index(i).Float64()
	}
	return f
}

// measureGroups reads the widths of a composite font (ISO 32000-1, 9.7.4.3):
// a code and a list of widths, or two codes and the width of all between.
func (f *face) measureGroups(w pdf.Value) {
	for i := 0; i+1 < w.Len() && len(f.widths) < mostWidths; {
		first := int(w.Index(i).Int64())
		if list := w.Index(i + 1); list.Kind() == pdf.Array {
			for j := range min(list.Len(), mostWidths) {
				f.widths[first+j] = list.Index(j).Float64()
			}
			i += 2
			continue
		}
		last, width := int(w.Index(i+1).Int64()), w.Index(i+2).Float64()
		for code := first; code <= last && code-first < mostWidths; code++ {
			f.widths[code] = width
		}
		i += 3
	}
}

// advance is how far text reaches.
func (f *face) advance(raw string) (sum float64) {
	for i := 0; i+f.bytes <= len(raw); i += f.bytes {
		code := int(raw[i])
		if f.bytes == 2 {
			code = code<<8 | int(raw[i+1])
		}
		width, measured := f.widths[code]
		if !measured {
			width = f.usual
		}
		sum += width
	}
	return sum
}
