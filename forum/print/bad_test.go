package print_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"github.com/samraad/samraad/forum/print"
)

// raw writes objects, numbered from 1, as a PDF whose catalog is the first.
func raw(objects ...string) []byte {
	var out bytes.Buffer
	out.WriteString("%PDF-1.7\n")
	at := make([]int, len(objects))
	for i, object := range objects {
		at[i] = out.Len()
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, offset := range at {
		fmt.Fprintf(&out, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&out, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return out.Bytes()
}

const catalog = "<</Type/Catalog/Pages 2 0 R>>"

// onePage is a PDF of one page with these entries, and objects from the fourth on.
func onePage(entries string, more ...string) []byte {
	return raw(append([]string{catalog, "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R" + entries + ">>"}, more...)...)
}

func stream(entries string, content []byte) string {
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", entries, len(content), content)
}

// squeezed are so many bytes of nothing, compressed.
func squeezed(t *testing.T, size int64) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	if _, err := io.CopyN(w, nothing{}, size); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

type nothing struct{}

func (nothing) Read(b []byte) (int, error) { clear(b); return len(b), nil }

// again compresses what is compressed.
func again(t *testing.T, content []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	_, err := w.Write(content)
	if err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// many is a PDF of so many pages.
func many(pages int) []byte {
	kids := make([]string, pages)
	objects := []string{catalog, ""}
	for i := range pages {
		kids[i] = fmt.Sprintf("%d 0 R", i+3)
		objects = append(objects, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>")
	}
	objects[1] = fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", pages, strings.Join(kids, " "))
	return raw(objects...)
}

// deep is a page under so many nodes.
func deep(nodes int) []byte {
	objects := []string{catalog}
	for i := range nodes {
		objects = append(objects, fmt.Sprintf("<</Type/Pages/Count 1/Kids[%d 0 R]>>", i+3))
	}
	return raw(append(objects, "<</Type/Page/MediaBox[0 0 100 100]>>")...)
}

// packed is a PDF whose page stands in an object stream with this content, as
// told by a cross-reference stream.
func packed(content []byte) []byte {
	var out bytes.Buffer
	var table []byte
	row := func(sort byte, at int) {
		table = append(binary.BigEndian.AppendUint32(append(table, sort), uint32(at)), 0)
	}
	out.WriteString("%PDF-1.7\n")
	row(0, 0)
	for i, object := range []string{catalog, "<</Type/Pages/Kids[3 0 R]/Count 1>>", "", stream("/Type/ObjStm/N 1/First 4/Filter/FlateDecode", content)} {
		if object == "" {
			row(2, 4)
			continue
		}
		row(1, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	start := out.Len()
	row(1, start)
	fmt.Fprintf(&out, "5 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n", stream("/Type/XRef/Size 6/W[1 4 1]/Root 1 0 R", table), start)
	return out.Bytes()
}

// claimed is a PNG that says to be so wide and high, and has no points.
func claimed(width, height uint32) []byte {
	out := []byte("\x89PNG\r\n\x1a\n")
	chunk := func(kind string, data []byte) {
		out = binary.BigEndian.AppendUint32(out, uint32(len(data)))
		body := append([]byte(kind), data...)
		out = append(out, body...)
		out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(body))
	}
	head := binary.BigEndian.AppendUint32(nil, width)
	head = binary.BigEndian.AppendUint32(head, height)
	chunk("IHDR", append(head, 8, 2, 0, 0, 0))
	chunk("IDAT", nil)
	chunk("IEND", nil)
	return out
}

// locked is a PDF with passwords.
func locked(t *testing.T, user, owner string) []byte {
	t.Helper()
	conf := model.NewAESConfiguration(user, owner, 256)
	var out bytes.Buffer
	if err := api.Encrypt(bytes.NewReader(pdfOf(t, "P", 2, "Locked")), &out, conf); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestBadPapers gives a child what papers can be at their worst: each ends with
// its reason, or merged, in bounded time.
func TestBadPapers(t *testing.T) {
	const square = "/MediaBox[0 0 100 100]"
	bomb := squeezed(t, 300<<20)
	whole := pdfOf(t, "P", 3, "Whole")
	for name, c := range map[string]struct {
		paper string
		bytes []byte
		pages int // when it is merged
		want  print.Reason
	}{
		"nothing":                               {"a.pdf", nil, 0, print.Empty},
		"a program by the name of a PDF":        {"a.pdf", append([]byte("MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff"), make([]byte, 600)...), 0, print.Mislabelled},
		"a program for Linux":                   {"a.docx", append([]byte("\x7fELF\x02\x01\x01"), make([]byte, 600)...), 0, print.Mislabelled},
		"a page of the web by that name":        {"a.pdf", []byte("<!DOCTYPE html><html><body>Hei</body></html>"), 0, print.Mislabelled},
		"a PDF by the name of a picture":        {"a.png", whole, 0, print.Mislabelled},
		"a film":                                {"a.mp4", []byte("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"), 0, print.NotPrintable},
		"an archive":                            {"a.zip", []byte("PK\x03\x04\x14\x00\x00\x00\x00\x00"), 0, print.NotPrintable},
		"no more than a head":                   {"a.pdf", []byte("%PDF-1.7\n"), 0, print.Broken},
		"half of a PDF":                         {"a.pdf", whole[:len(whole)/4], 0, print.Broken},
		"a table of objects that lies":          {"a.pdf", bytes.Replace(whole, []byte("startxref\n"), []byte("startxref\n9"), 1), 3, ""},
		"no catalog":                            {"a.pdf", raw("<</Type/Nothing>>"), 0, print.Broken},
		"no pages":                              {"a.pdf", raw(catalog, "<</Type/Pages/Kids[]/Count 0>>"), 0, print.Broken},
		"pages that are their own parents":      {"a.pdf", raw(catalog, "<</Type/Pages/Kids[2 0 R]/Count 1>>"), 0, print.Broken},
		"pages that are there twice":            {"a.pdf", raw(catalog, "<</Type/Pages/Kids[3 0 R 3 0 R]/Count 2>>", "<</Type/Page"+square+">>"), 0, print.Broken},
		"pages under five nodes":                {"a.pdf", deep(5), 1, ""},
		"pages under 20,000 nodes":              {"a.pdf", deep(20_000), 0, print.Broken},
		"a thousand pages":                      {"a.pdf", many(print.MostPages), print.MostPages, ""},
		"one page more":                         {"a.pdf", many(print.MostPages + 1), 0, print.TooManyPages},
		"10,000 pages":                          {"a.pdf", many(10_000), 0, print.TooManyPages},
		"arrays in arrays":                      {"a.pdf", onePage(square + "/Resources" + strings.Repeat("[", 200_000) + strings.Repeat("]", 200_000)), 0, print.Broken},
		"content that bursts":                   {"a.pdf", onePage(square+"/Contents 4 0 R", stream("/Filter/FlateDecode", bomb)), 0, print.TooLarge},
		"content that bursts twice":             {"a.pdf", onePage(square+"/Contents 4 0 R", stream("/Filter[/FlateDecode/FlateDecode]", again(t, bomb))), 0, print.TooLarge},
		"a form that bursts":                    {"a.pdf", onePage(square+"/Resources<</XObject<</F 4 0 R>>>>", stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Filter/FlateDecode", bomb)), 0, print.TooLarge},
		"objects in a stream that bursts":       {"a.pdf", packed(bomb), 0, print.Broken},
		"a picture of 2.5 thousand million":     {"a.pdf", onePage(square+"/Resources<</XObject<</I 4 0 R>>>>", stream("/Type/XObject/Subtype/Image/Width 50000/Height 50000/BitsPerComponent 1/ColorSpace/DeviceGray", []byte{0})), 0, print.TooLarge},
		"a form that draws itself":              {"a.pdf", onePage(square+"/Resources<</XObject<</F 4 0 R>>>>", stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 4 0 R>>>>", []byte("/F Do"))), 1, ""},
		"resources that lead to the page":       {"a.pdf", onePage(square + "/Resources<</XObject<</F 3 0 R>>/Properties<</P 2 0 R>>>>"), 1, ""},
		"a page of a point":                     {"a.pdf", onePage("/MediaBox[0 0 1 1]"), 1, ""},
		"a page without a size":                 {"a.pdf", onePage("/MediaBox[0 0 0 0]"), 0, print.Broken},
		"a page as large as a town":             {"a.pdf", onePage("/MediaBox[0 0 1000000 2000000]"), 1, ""},
		"a page larger than the world":          {"a.pdf", onePage("/MediaBox[0 0 1e30 1e30]"), 0, print.Broken},
		"a page that lies, in other units":      {"a.pdf", onePage("/MediaBox[10 10 110 60]/Rotate 90/UserUnit 4"), 1, ""},
		"content in many parts":                 {"a.pdf", onePage(square+"/Contents[4 0 R 4 0 R]", stream("", []byte("0 0 9 9 re f"))), 1, ""},
		"content in parts that burst together":  {"a.pdf", onePage(square+"/Contents["+strings.Repeat("4 0 R ", 100)+"]", stream("/Filter/FlateDecode", squeezed(t, 1<<20))), 0, print.TooLarge},
		"a picture of 50,000 by 50,000":         {"a.png", claimed(50_000, 50_000), 0, print.TooLarge},
		"a picture without points":              {"a.png", claimed(50, 50), 0, print.Broken},
		"a picture with no width":               {"a.png", claimed(0, 50), 0, print.Broken},
		"a PDF with a password":                 {"a.pdf", locked(t, "open", "own"), 0, print.Encrypted},
		"a PDF that only asks not to be edited": {"a.pdf", locked(t, "", "own"), 2, ""},
		"a word document and no converter":      {"a.doc", append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 600)...), 0, print.NotPrintable},
		"a text in capitals of Windows":         {"a.txt", []byte("Bl\xe5b\xe6r \x96 500 \x80"), 1, ""},
		"a text of a million lines":             {"a.txt", bytes.Repeat([]byte("a\n"), 1_000_000), 0, print.TooManyPages},
		"a text of signs that steer":            {"a.txt", []byte("a\x07b\u202ec\U0001f600\U000e0001 \u0301"), 1, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			began := time.Now()
			part := printed(t, inChild(t), paperOf(c.paper, c.bytes))
			if took := time.Since(began); took > 25*time.Second {
				t.Errorf("took %s", took)
			}
			got := part.Papers[0]
			if got.Reason != c.want || got.Pages != c.pages || (got.Fate == print.Merged) != (c.want == "") {
				t.Errorf("got %+v, want %q and %d pages", got, c.want, c.pages)
			}
			if part.Pages != part.Own+c.pages {
				t.Errorf("%d pages, %d of its own", part.Pages, part.Own)
			}
		})
	}
}

// printed prints an item with one paper.
func printed(t *testing.T, printer *print.Printer, paper print.Paper) print.Part {
	t.Helper()
	pkg := print.Package{Language: "nn", Forum: "Fagråd", Start: start, Made: start}
	part, err := printer.Item(t.Context(), pkg, print.Item{Key: "item-1", Number: "1/26", Title: "Sak", Papers: []print.Paper{paper}})
	if err != nil {
		t.Fatal(err)
	}
	return part
}

// TestPackedObjectsAreRead is the harmless sister of the stream that bursts.
func TestPackedObjectsAreRead(t *testing.T) {
	part := printed(t, inChild(t), paperOf("a.pdf", packed(again(t, []byte("3 0 <</Type/Page/MediaBox[0 0 100 100]>>")))))
	if got := part.Papers[0]; got.Pages != 1 {
		t.Errorf("got %+v", got)
	}
}
