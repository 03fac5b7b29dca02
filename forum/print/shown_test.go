package print_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"github.com/samraad/samraad/forum/print"
)

// dark tells in which quarter of a page a dark thing is: "upper left" …, or "nowhere".
func dark(t *testing.T, pdf []byte, page int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	pgm, err := exec.Command(tool(t, "pdftoppm", "poppler-utils"), "-gray", "-r", "36", "-f", fmt.Sprint(page), "-l", fmt.Sprint(page), path).Output()
	if err != nil {
		t.Fatal(err)
	}
	var width, height, most int
	head, err := fmt.Fscanf(bytes.NewReader(pgm), "P5\n%d %d\n%d\n", &width, &height, &most)
	if err != nil || head != 3 {
		t.Fatal(err)
	}
	points := pgm[len(pgm)-width*height:]
	found, sumX, sumY, left, right, upper, lower := 0, 0, 0, width, 0, height, 0
	for i, grey := range points {
		x, y := i%width, i/width
		if y < 22 || y > height-24 { // head and foot of the frame
			continue
		}
		if grey < 250 {
			left, right, upper, lower = min(left, x), max(right, x), min(upper, y), max(lower, y)
		}
		if grey < 60 {
			found, sumX, sumY = found+1, sumX+x, sumY+y
		}
	}
	if found == 0 {
		return "nowhere"
	}
	place := "lower "
	if sumY/found < (upper+lower)/2 {
		place = "upper "
	}
	if sumX/found < (left+right)/2 {
		return place + "left"
	}
	return place + "right"
}

// TestPagesStandUpright turns, scales and cuts a page that is grey, with a
// black square in its lower left corner.
func TestPagesStandUpright(t *testing.T) {
	const drawn = "0.9 g -1000 -1000 3000 3000 re f 0 g 0 0 20 20 re f"
	for name, c := range map[string]struct{ entries, want string }{
		"as it is":                {"/MediaBox[0 0 120 80]", "lower left"},
		"turned by a quarter":     {"/MediaBox[0 0 120 80]/Rotate 90", "upper left"},
		"on its head":             {"/MediaBox[0 0 120 80]/Rotate 180", "upper right"},
		"turned back":             {"/MediaBox[0 0 120 80]/Rotate -90", "lower right"},
		"turned more than once":   {"/MediaBox[0 0 120 80]/Rotate 450", "upper left"},
		"from another corner":     {"/MediaBox[120 80 0 0]", "lower left"},
		"away from the origin":    {"/MediaBox[-60 -40 60 40]", "upper right"},
		"in other units":          {"/MediaBox[0 0 120 80]/UserUnit 3", "lower left"},
		"with the square cut off": {"/MediaBox[0 0 120 80]/CropBox[30 30 120 80]", "nowhere"},
		"cut to the square":       {"/MediaBox[0 0 120 80]/CropBox[10 10 60 60]/Rotate 180", "upper right"},
		"cut to nothing":          {"/MediaBox[0 0 120 80]/CropBox[500 500 600 600]", "lower left"},
		"as large as a town":      {"/MediaBox[0 0 1000 1000]/UserUnit 90", "lower left"},
	} {
		t.Run(name, func(t *testing.T) {
			part := printed(t, &print.Printer{}, paperOf("a.pdf", onePage(c.entries+"/Contents 4 0 R", stream("", []byte(drawn)))))
			if got := dark(t, part.PDF, part.Pages); got != c.want {
				t.Errorf("the square is %s, want %s", got, c.want)
			}
		})
	}
}

// TestPagesLeadNowhere has a form that stands for a page of another file, and
// content that is kept in one.
func TestPagesLeadNowhere(t *testing.T) {
	other := "/Ref<</F(other.pdf)/Page 0>>/Metadata 5 0 R/OPI<</2.0<</Version 2.0>>>>"
	pdf := onePage("/MediaBox[0 0 99 99]/Resources<</XObject<</F 4 0 R>>>>", stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/F(http://elsewhere.example/)"+other, []byte("0 0 9 9 re f")), stream("", []byte("who wrote it")))
	ctx := opened(t, printed(t, inChild(t), paperOf("a.pdf", pdf)).PDF)
	streams := 0
	for number := range ctx.Table {
		object, err := ctx.FindObject(number)
		if err != nil {
			continue
		}
		if found, ok := object.(types.StreamDict); ok {
			streams++
			for _, key := range []string{"Ref", "OPI", "F", "Metadata"} {
				if found.Dict[key] != nil {
					t.Errorf("object %d has %s", number, key)
				}
			}
		}
	}
	if streams < 4 {
		t.Errorf("%d streams", streams)
	}
}

// TestPagesBeginAfresh has a page that sets no colour, after text in grey.
func TestPagesBeginAfresh(t *testing.T) {
	drawn := "q 0.9 g 0 0 120 80 re f Q 0 0 20 20 re f"
	part := printed(t, &print.Printer{}, paperOf("a.pdf", onePage("/MediaBox[0 0 120 80]/Contents 4 0 R", stream("", []byte(drawn)))))
	if got := dark(t, part.PDF, part.Pages); got != "lower left" {
		t.Errorf("the black square is %s", got)
	}
}

// TestPhotographsStandUpright holds a camera in every way (Exif 2.3 § 4.6.4).
func TestPhotographsStandUpright(t *testing.T) {
	picture := image.NewRGBA(image.Rect(0, 0, 120, 80))
	draw.Draw(picture, picture.Bounds(), image.NewUniform(color.Gray{230}), image.Point{}, draw.Src)
	draw.Draw(picture, image.Rect(0, 0, 24, 24), image.Black, image.Point{}, draw.Src)
	var out bytes.Buffer
	if err := jpeg.Encode(&out, picture, nil); err != nil {
		t.Fatal(err)
	}
	places := []string{"upper left", "upper right", "lower right", "lower left", "upper left", "upper right", "lower right", "lower left"}
	for i, want := range append([]string{"upper left"}, places...) {
		tag := []byte{0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, '*', 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, byte(i), 0, 0, 0, 0, 0, 0}
		held := append(append(append([]byte{}, out.Bytes()[:2]...), tag...), out.Bytes()[2:]...)
		part := printed(t, &print.Printer{}, paperOf("a.jpg", held))
		if got := dark(t, part.PDF, part.Pages); got != want {
			t.Errorf("held as %d the corner is %s, want %s", i, got, want)
		}
	}
}

// TestPicturesKeepTheirColours looks at pictures that are kept point by point.
func TestPicturesKeepTheirColours(t *testing.T) {
	part := printed(t, &print.Printer{}, paperOf("a.png", pictureOf(t, "png", 120, 80)))
	if got := dark(t, part.PDF, part.Pages); got != "upper left" {
		t.Errorf("the dark corner is %s", got)
	}
}

// TestWhatAPageShowsAndHides has a field that was filled, one that is hidden, and
// a layer that is off.
func TestWhatAPageShowsAndHides(t *testing.T) {
	says := func(text string) string { return "BT /F 20 Tf 5 40 Td (" + text + ") Tj ET" }
	const font = "/Resources<</Font<</F 6 0 R>>/Properties<</Layer 9 0 R>>>>"
	field := "/Type/XObject/Subtype/Form/BBox[0 0 200 100]" + font
	pdf := raw(
		"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[9 0 R]/D<</OFF[9 0 R]>>>>>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 400 400]"+font+">>",
		"<</Type/Page/Parent 2 0 R/Contents[4 0 R 5 0 R]/Annots[7 0 R 8 0 R 12 0 R]>>",
		stream("", []byte("q "+says("Written"))), stream("", []byte("Q /OC /Layer BDC "+says("Layered")+" EMC")),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
		"<</Type/Annot/Subtype/Widget/FT/Tx/Rect[100 100 300 200]/AP<</N 10 0 R>>>>",
		"<</Type/Annot/Subtype/Widget/FT/Tx/F 2/Rect[100 200 300 300]/AP<</N 11 0 R>>>>",
		"<</Type/OCG/Name(Layer)>>",
		stream(field, []byte(says("Filled"))), stream(field, []byte(says("Concealed"))),
		"<</Type/Annot/Subtype/Widget/FT/Btn/AS/Yes/Rect[100 300 300 400]/AP<</N<</Yes 13 0 R/Off 11 0 R>>>>>>",
		stream(field, []byte(says("Ticked"))))
	printer := inChild(t)
	pkg := print.Package{Language: "nn", Forum: "Fagråd", Start: start, Made: start, Items: []print.Item{{Number: "1/26", Title: "Sak", Papers: []print.Paper{paperOf("a.pdf", pdf)}}}}
	text := pdfText(t, wholeOf(t, printer, pkg))
	for word, shown := range map[string]bool{"Written": true, "Filled": true, "Ticked": true, "Concealed": false, "Layered": false} {
		if strings.Contains(text, word) != shown {
			t.Errorf("%s: shown %v, want %v:\n%s", word, !shown, shown, text)
		}
	}
}
