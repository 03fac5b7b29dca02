package print

import (
	"strings"
	"sync"
	"unicode"

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

// fontName is how the pages call a face: family and style.
var fontName = [][2]string{{"LiberationSans", ""}, {"LiberationSans", "B"}, {"DejaVuSans", ""}}

// setFont makes a face the one that text is set in, and puts it into the file
// the first time.
func (s *sheet) setFont(f face, size float64) {
	name := fontName[f]
	if !s.fonts[f] {
		s.fonts[f] = true
		s.pdf.AddUTF8FontFromBytes(name[0], name[1], faces[f])
	}
	s.pdf.SetFont(name[0], name[1], size)
}

// measure knows how wide a face's characters are.
type measure struct {
	mutex  sync.Mutex
	parsed *sfnt.Font
	buffer sfnt.Buffer
	known  map[rune]int // thousandths of the size, -1 for a character that the face lacks
}

var measures = sync.OnceValue(func() []*measure {
	all := make([]*measure, len(faces))
	for i, file := range faces {
		parsed, err := sfnt.Parse(file)
		if err != nil {
			panic(err)
		}
		all[i] = &measure{parsed: parsed, known: map[rune]int{}}
	}
	return all
})

// wide is the width of a character in thousandths of the size, -1 for one that
// the face lacks; fpdf takes none beyond the Basic Multilingual Plane.
func (f face) wide(r rune) int {
	if r > 0xffff {
		return -1
	}
	m := measures()[f]
	m.mutex.Lock()
	defer m.mutex.Unlock()
	known, ok := m.known[r]
	if !ok {
		known = m.wide(r)
		m.known[r] = known
	}
	return known
}

func (m *measure) wide(r rune) int {
	glyph, err := m.parsed.GlyphIndex(&m.buffer, r)
	if err != nil || glyph == 0 {
		return -1
	}
	advance, err := m.parsed.GlyphAdvance(&m.buffer, glyph, fixed.I(1000), font.HintingNone)
	if err != nil {
		return -1
	}
	return advance.Round()
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
	case want.wide(r) >= 0:
		return r, want
	case signs.wide(r) >= 0:
		return r, signs
	}
	return unprintable, signs
}

// width is that of the text in points.
func (r run) width(size float64) float64 {
	total := 0
	for _, c := range r.text {
		total += r.face.wide(c)
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
