package print

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	_ "image/gif" // pictures come as these
	"image/jpeg"
	_ "image/png"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// fromPicture makes a page of a picture: as it is when it is a photograph in
// JPEG, else its points without loss, on white.
func fromPicture(content []byte) ([]byte, error) {
	head, format, err := image.DecodeConfig(bytes.NewReader(content))
	switch {
	case err != nil:
		return nil, apart{Broken, err}
	case head.Width < 1 || head.Height < 1:
		return nil, apart{Broken, errors.New("picture without a size")}
	case int64(head.Width)*int64(head.Height) > MostPixels:
		return nil, apart{TooLarge, fmt.Errorf("picture of %d × %d", head.Width, head.Height)}
	}
	picture, _, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		return nil, apart{Broken, err}
	}
	var f file
	dict := types.Dict{
		"Type": types.Name("XObject"), "Subtype": types.Name("Image"), "BitsPerComponent": types.Integer(8),
		"Width": types.Integer(head.Width), "Height": types.Integer(head.Height),
	}
	turn := 1
	var ref types.IndirectRef
	if format == "jpeg" {
		turn = orientation(content)
		ref = f.photograph(dict, content, picture)
	} else {
		ref = f.points(dict, picture)
	}
	form, size := f.pictured(ref, float64(head.Width), float64(head.Height), turn)
	return f.bound([]types.IndirectRef{form}, []box{size}, nil), nil
}

// photograph takes JPEG as it is. One of four inks is written anew: programs
// disagree on which way round its values are.
func (f *file) photograph(dict types.Dict, content []byte, picture image.Image) types.IndirectRef {
	switch picture.ColorModel() {
	case color.CMYKModel:
		var out bytes.Buffer
		onWhite := flattened(picture)
		if err := jpeg.Encode(&out, onWhite, &jpeg.Options{Quality: 90}); err != nil {
			return f.points(dict, onWhite)
		}
		content = out.Bytes()
		fallthrough
	default:
		dict["ColorSpace"] = types.Name("DeviceRGB")
	case color.GrayModel:
		dict["ColorSpace"] = types.Name("DeviceGray")
	}
	dict["Filter"] = types.Name("DCTDecode")
	return f.stream(dict, content)
}

// flattened is a picture on white.
func flattened(picture image.Image) *image.RGBA {
	area := picture.Bounds()
	made := image.NewRGBA(image.Rect(0, 0, area.Dx(), area.Dy()))
	draw.Draw(made, made.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(made, made.Bounds(), picture, area.Min, draw.Over)
	return made
}

// points writes a picture's colours row by row, each as the difference to the
// row above (PNG's filter "up", ISO 32000-1 § 7.4.4.4), which compresses well.
func (f *file) points(dict types.Dict, picture image.Image) types.IndirectRef {
	flat := flattened(picture)
	width, height := flat.Rect.Dx(), flat.Rect.Dy()
	rows := make([]byte, 0, height*(1+3*width))
	above, row := make([]byte, 3*width), make([]byte, 3*width)
	for y := range height {
		line := flat.Pix[y*flat.Stride:]
		for x := range width {
			copy(row[3*x:], line[4*x:4*x+3])
		}
		rows = append(rows, 2)
		for i := range row {
			rows = append(rows, row[i]-above[i])
		}
		above, row = row, above
	}
	dict["ColorSpace"] = types.Name("DeviceRGB")
	dict["DecodeParms"] = types.Dict{"Predictor": types.Integer(15), "Colors": types.Integer(3), "Columns": types.Integer(width)}
	return f.deflated(dict, rows)
}

// pictured is the form of a page that shows nothing but a picture, turned as
// its camera was held (Exif 2.3 § 4.6.4, tag 0x0112).
func (f *file) pictured(ref types.IndirectRef, width, height float64, turn int) (types.IndirectRef, box) {
	wide, high := width, height
	if turn >= 5 {
		wide, high = height, width
	}
	paperWide, paperHigh := a4Width, a4Height
	if wide > high {
		paperWide, paperHigh = paperHigh, paperWide
	}
	scale := min(paperWide/wide, paperHigh/high, 1)
	size := box{0, 0, max(wide*scale, 1), max(high*scale, 1)}
	// The unit square, upright, mapped to the page as seen.
	maps := []matrix{
		{1, 0, 0, 1, 0, 0}, {-1, 0, 0, 1, 1, 0}, {-1, 0, 0, -1, 1, 1}, {1, 0, 0, -1, 0, 1},
		{0, -1, -1, 0, 1, 1}, {0, -1, 1, 0, 0, 1}, {0, 1, 1, 0, 0, 0}, {0, 1, -1, 0, 1, 0},
	}
	m := matrix{size.x2, 0, 0, size.y2, 0, 0}.after(maps[turn-1])
	dict := types.Dict{"Resources": types.Dict{"XObject": types.Dict{"Picture": ref}}, "Matrix": matrix{1, 0, 0, 1, 0, 0}.array()}
	asForm(dict, size)
	return f.deflated(dict, fmt.Appendf(nil, "%.4f %.4f %.4f %.4f %.4f %.4f cm /Picture Do", m[0], m[1], m[2], m[3], m[4], m[5])), size
}
