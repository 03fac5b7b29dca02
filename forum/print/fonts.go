package print

import (
	"strings"
	"sync"
	"unicode"

	"codeberg.org/go-pdf/fpdf"
	"github.com/go-fonts/dejavu/dejavusans"
	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/norm"
)

// face is one of the fonts that a page is set in.
type face int

const (
	regular face = iota
	bold
	signs // what the others lack: ticks, arrows, many alphabets
)

// faces are the files, by face.
var faces = [][]byte{liberationsansregular.TTF, liberationsansbold.TTF, dejavusans.TTF}

// unprintable stands for a character that no font has.
const unprintable = '□'

func addFonts(pdf *fpdf.Fpdf) {
	pdf.AddUTF8FontFromBytes("LiberationSans", "", faces[regular])
	pdf.AddUTF8FontFromBytes("LiberationSans", "B", faces[bold])
	pdf.AddUTF8FontFromBytes("DejaVuSans", "", faces[signs])
}

func setFont(pdf *fpdf.Fpdf, f face, size float64) {
	switch f {
	case regular:
		pdf.SetFont("LiberationSans", "", size)
	case bold:
		pdf.SetFont("LiberationSans", "B", size)
	case signs:
		pdf.SetFont("DejaVuSans", "", size)
	}
}

// widths are those of each face's characters in thousandths of the size, -1
// where it has none; fpdf takes none beyond the Basic Multilingual Plane.
var widths = sync.OnceValue(func() [][]int16 {
	all := make([][]int16, len(faces))
	for i, file := range faces {
		parsed, err := sfnt.Parse(file)
		if err != nil {
			panic(err)
		}
		all[i] = make([]int16, 0x10000)
		var buffer sfnt.Buffer
		for r := range all[i] {
			all[i][r] = widthOf(parsed, &buffer, rune(r))
		}
	}
	return all
})

func widthOf(parsed *sfnt.Font, buffer *sfnt.Buffer, r rune) int16 {
	glyph, err := parsed.GlyphIndex(buffer, r)
	if err != nil || glyph == 0 {
		return -1
	}
	advance, err := parsed.GlyphAdvance(buffer, glyph, fixed.I(1000), font.HintingNone)
	if err != nil {
		return -1
	}
	return int16(advance.Round())
}

func (f face) has(r rune) bool {
	all := widths()[f]
	return int(r) < len(all) && all[r] >= 0
}

// run is text in one face.
type run struct {
	face face
	text string
}

// faced is a character in the face that has it: the wanted one, else the one of
// signs, else a box.
func faced(r rune, want face) (rune, face) {
	switch {
	case want.has(r):
		return r, want
	case signs.has(r):
		return r, signs
	}
	return unprintable, signs
}

// width is that of the text in points.
func (r run) width(size float64) float64 {
	all, total := widths()[r.face], 0
	for _, c := range r.text {
		total += int(all[c])
	}
	return float64(total) * size / 1000
}

// runsOf parts a text where the face changes.
func runsOf(text string, want face) []run {
	var runs []run
	for _, r := range text {
		r, f := faced(r, want)
		if len(runs) == 0 || runs[len(runs)-1].face != f {
			runs = append(runs, run{face: f})
		}
		runs[len(runs)-1].text += string(r)
	}
	return runs
}

// invisible are characters that steer other programs and print nothing.
func invisible(r rune) bool {
	return r == '\u00ad' || r == '\u200b' || r == '\ufeff' || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Mn, r) && r >= '\ufe00' && r <= '\ufe0f'
}

// clean gives text fit to set: no control characters, tabs and odd spaces as
// spaces, composed letters. Ends of lines stay.
func clean(text string) string {
	text = strings.ToValidUTF8(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\f", "\n").Replace(text), string(unprintable))
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\u00a0' || r == '\u202f':
			return r
		case unicode.IsSpace(r):
			return ' '
		case invisible(r):
			return -1
		case unicode.IsControl(r):
			return unprintable
		}
		return r
	}, norm.NFC.String(text))
}
