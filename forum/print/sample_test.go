package print_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"strings"
	"testing"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/print"
)

// start is when the sample's meeting starts: ten o'clock in Oslo.
var start = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

// paperOf is a paper with these bytes.
func paperOf(name string, content []byte) print.Paper {
	return print.Paper{
		Name: name, Size: int64(len(content)), Digest: forum.Digest(fmt.Sprintf("%x", len(content))) + forum.Digest(name),
		Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil },
	}
}

// pdfOf is a PDF of so many pages that say which they are.
func pdfOf(t testing.TB, orientation string, pages int, says string) []byte {
	t.Helper()
	pdf := fpdf.New(orientation, "mm", "A4", "")
	pdf.SetCreationDate(start)
	pdf.SetModificationDate(start)
	pdf.SetCatalogSort(true)
	pdf.SetFont("Helvetica", "", 14)
	for i := range pages {
		pdf.AddPage()
		width, height := pdf.GetPageSize()
		pdf.Rect(5, 5, width-10, height-10, "D")
		pdf.CellFormat(0, 10, fmt.Sprintf("%s, page %d of %d", says, i+1, pages), "", 1, "L", false, 0, "")
	}
	var out bytes.Buffer
	if err := pdf.Output(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// pictureOf is a picture with a gradient.
func pictureOf(t testing.TB, format string, width, height int) []byte {
	t.Helper()
	picture := image.NewRGBA(image.Rect(0, 0, width, height))
	for x := range width {
		for y := range height {
			picture.Set(x, y, color.RGBA{uint8(255 * x / width), uint8(255 * y / height), 120, 255})
		}
	}
	var out bytes.Buffer
	err := png.Encode(&out, picture)
	if format == "jpeg" {
		out.Reset()
		err = jpeg.Encode(&out, picture, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

const longText = `Sekretariatet viser til rammeavtalen og delavtale 5 om utskriving. Fagrådet drøfta saka i førre møte, og ein ser at ventetida har auka med 12,5 % sidan 2025. Det er semje om at tiltaka må sjåast i samanheng på tvers av nivåa, slik at pasientar og pårørande får eit heilskapleg tilbod.

Tiltaka er desse:
- felles rutine for utskriving i helgane – med «éin veg inn»
- ein kontakt i kvar kommune og kvart føretak, jf. § 4
- måling kvar månad: mål ≥ 90 %, ramme 1,2 mill. kr (≈ 100 000 €)

Framlegg til vedtak:
1. Utvalet tek saka til orientering.
2. Leiinga følgjer opp før påske … ✓`

// sample is a package with one of everything.
func sample(t testing.TB, language forum.Language) print.Package {
	t.Helper()
	at := func(minutes int) time.Time { return start.Add(time.Duration(minutes) * time.Minute) }
	return print.Package{
		Language: language, Forum: "Overordna samarbeidsutval Sunnfjord og Ytre Helgeland", Meeting: "Haustmøtet",
		Start: start, End: at(120), Place: "Møterom Ælgen, Førde", Link: "https://video.example/m/7", Page: "https://samraad.example/moete/7",
		Sort: print.Supplement, Edition: 2, Made: start.Add(-72 * time.Hour),
		Text: "Velkomen til haustmøtet. Legg merke til at sak 13/26 er ny.\n\nLunsj kl. 11.30.",
		Called: []print.Person{
			{Name: "Leiar i utvalet", Role: "Leiar", Organisation: "Sunnfjord kommune"},
			{Name: "Nestleiar i utvalet", Role: "Nestleiar", Organisation: "Helse Førde HF"},
			{Name: "Brukarrepresentanten", Role: "Medlem", Organisation: "Brukarutvalet – «Ungdomsrådet» og dei andre organisasjonane som er nemnde i avtalen"},
		},
		Reports: []print.Report{
			{Number: "9/26", Title: "Felles vaktordning i romjula", Outcome: "Vedteke"},
			{Number: "10/26", Title: "Utviding av avtalen om hospitering mellom kommunane og sjukehuset", Outcome: "Usemje"},
		},
		Items: []print.Item{
			{Key: "standing-1", Title: "Godkjenning av innkalling og sakliste", Kind: forum.DecisionItem, Start: at(0), End: at(5)},
			{Key: "item-1", Number: "12/26", Title: "Utskriving av pasientar til kommunane i helgane", Kind: forum.DecisionItem, Start: at(5), End: at(35), Presenter: "Samhandlingssjefen", Origin: "Helse Førde HF, spesialisthelseteneste", Text: longText,
				Papers: []print.Paper{
					paperOf("Saksframlegg.pdf", pdfOf(t, "P", 9, "Case paper")),
					paperOf("Kart over ambulansestasjonar.pdf", pdfOf(t, "L", 2, "Map")),
					{Name: "Pasientnamn.pdf", Exempt: true, Basis: "offl. § 13"},
					paperOf("Skjermbilete.png", pictureOf(t, "png", 640, 400)),
				}},
			{Key: "pause-1", Title: "Pause", Pause: true, Start: at(35), End: at(45)},
			{Key: "item-2", Number: "13/26", Title: "Økonomi og framdrift", Kind: forum.DiscussionItem, Start: at(45), End: at(75), Presenter: "Økonomisjefen", Origin: "Sunnfjord kommune, kommunehelseteneste", Text: strings.Repeat(longText+"\n\n", 4), Changed: true,
				Papers: []print.Paper{
					paperOf("Foto frå synfaring.jpg", pictureOf(t, "jpeg", 600, 900)),
					paperOf("Notat.txt", []byte("Notat\r\n\r\nFrå møtet: «ja» til alt.\n")),
					paperOf("Rekneskap.xlsx", []byte("PK\x03\x04 not really")),
					paperOf("Vedlegg.pdf", []byte("%PDF-1.7\nbroken")),
				}},
			{Key: "item-3", Number: "14/26", Title: "Personalsak", Kind: forum.DecisionItem, Start: at(75), End: at(95), HeldBack: "offl. § 13, jf. fvl. § 13", Presenter: "Løyndom", Text: "Løyndom", Papers: []print.Paper{{Name: "Løyndom.pdf"}}},
			{Key: "standing-2", Title: "Ymse", Kind: forum.DiscussionItem, Start: at(95), End: at(120)},
		},
	}
}

// partsOf prints the items of a package.
func partsOf(t testing.TB, printer *print.Printer, pkg print.Package) []print.Part {
	t.Helper()
	parts := make([]print.Part, len(pkg.Items))
	for i, item := range pkg.Items {
		if !item.HasPages() {
			continue
		}
		var err error
		if parts[i], err = printer.Item(t.Context(), pkg, item); err != nil {
			t.Fatal(err)
		}
	}
	return parts
}

// wholeOf prints a whole package.
func wholeOf(t testing.TB, printer *print.Printer, pkg print.Package) []byte {
	t.Helper()
	whole, err := printer.Whole(t.Context(), pkg, partsOf(t, printer, pkg))
	if err != nil {
		t.Fatal(err)
	}
	return whole
}
