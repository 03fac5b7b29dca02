package reading

import (
	"math"
	"strings"

	"github.com/ledongthuc/pdf"
)

// Forms (ISO 32000-1, 8.10) may stand within each other, and within themselves.
const (
	deepestForm = 8
	mostForms   = 10_000 // of a paper, each as often as it is shown
)

// pen follows the operators of a page (ISO 32000-1, 9.4) as far as tells where a
// word or a line ends: PDFs say where letters stand, and seldom that there is a space.
type pen struct {
	*words
	font    *face
	size    float64
	scale   float64 // of the text matrix
	leading float64
	x, y    float64 // where the line begins
	moved   bool    // there, since text was last shown
	endX    float64 // of the last text
	endY    float64
	begun   bool
}

// draw reads what a page or a form shows.
func (p *pen) draw(content, resources pdf.Value, depth int) {
	if content.IsNull() || depth > deepestForm {
		return
	}
	fonts := map[string]*face{}
	pdf.Interpret(content, func(stack *pdf.Stack, operator string) {
		args := make([]pdf.Value, stack.Len())
		for i := len(args) - 1; i >= 0; i-- {
			args[i] = stack.Pop()
		}
		if p.late() {
			panic(errCut) // nothing else ends the interpreter
		}
		switch {
		case operator == "Do" && len(args) == 1:
			form := resources.Key("XObject").Key(args[0].Name())
			if p.forms++; form.Key("Subtype").Name() != "Form" || p.forms > mostForms {
				return
			}
			own := form.Key("Resources")
			if own.IsNull() {
				own = resources
			}
			inner := &pen{words: p.words}
			inner.draw(form, own, depth+1)
			p.add("\n")
		case operator == "Tf" && len(args) == 2:
			p.choose(fonts, resources, args[0].Name())
			p.size = math.Abs(args[1].Float64())
		default:
			p.write(operator, args)
		}
	})
}

func (p *pen) choose(fonts map[string]*face, resources pdf.Value, name string) {
	if fonts[name] == nil {
		fonts[name] = faceOf(resources.Key("Font").Key(name))
	}
	p.font = fonts[name]
}

// write carries out an operator that places or shows text.
func (p *pen) write(operator string, args []pdf.Value) {
	number := func(i int) float64 {
		if i >= len(args) {
			return 0
		}
		return args[i].Float64()
	}
	switch operator {
	case "BT":
		p.x, p.y, p.scale, p.moved = 0, 0, 1, true
	case "TL":
		p.leading = number(0)
	case "TD":
		p.leading = -number(1)
		fallthrough
	case "Td":
		p.x, p.y, p.moved = p.x+number(0)*p.scale, p.y+number(1)*p.scale, true
	case "Tm":
		p.scale = math.Hypot(number(0), number(1))
		p.x, p.y, p.moved = number(4), number(5), true
	case "T*", "'", "\"":
		p.y, p.moved = p.y-p.leading*p.scale, true
	}
	switch operator {
	case "Tj", "'", "\"":
		if len(args) > 0 {
			p.show(args[len(args)-1].RawString())
		}
	case "TJ":
		if len(args) == 1 {
			p.showSpaced(args[0])
		}
	}
}

// wideKern is from which shift to the right within a string, in thousandths of
// its size, a word ends.
const wideKern = -180

func (p *pen) showSpaced(parts pdf.Value) {
	for i := range parts.Len() {
		switch part := parts.Index(i); part.Kind() {
		case pdf.String:
			p.show(part.RawString())
		case pdf.Integer, pdf.Real:
			if part.Float64() < wideKern && p.begun && !p.moved {
				p.add(" ")
			}
			p.endX -= part.Float64() / 1000 * p.size * p.scale
		}
	}
}

// letters are those that fonts draw as one.
var letters = strings.NewReplacer("ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "ﬅ", "st", "ﬆ", "st")

// wordGap is how far from the letter before, in sizes of the text, another word begins.
const wordGap = 0.15

// show adds text, after the space or line break that its place asks for.
func (p *pen) show(raw string) {
	if raw == "" || p.font == nil {
		return
	}
	em := p.size * p.scale
	if p.moved && p.begun {
		switch {
		case math.Abs(p.y-p.endY) > em*0.3:
			p.add("\n")
		case math.Abs(p.x-p.endX) > em*wordGap:
			p.add(" ")
		}
	}
	if p.moved {
		p.endX, p.endY = p.x, p.y
	}
	p.endX += p.font.advance(raw) / 1000 * em
	p.moved, p.begun = false, true
	p.add(letters.Replace(p.font.encoding.Decode(raw)))
}
