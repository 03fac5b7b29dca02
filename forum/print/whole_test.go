package print_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/print"
)

var update = flag.Bool("update", false, "write the golden files anew")

var languages = []forum.Language{forum.Nynorsk, forum.Bokmal, forum.English}

// golden compares with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// objectNumbers are those that pdfinfo writes where a link stands.
var objectNumbers = regexp.MustCompile(`Object \d+ 0`)

// TestWhatAReaderHears holds the structure of the whole, with what stands in
// it, in every language.
func TestWhatAReaderHears(t *testing.T) {
	for _, language := range languages {
		t.Run(string(language), func(t *testing.T) {
			whole := wholeOf(t, &print.Printer{}, sample(t, language))
			golden(t, string(language)+".structure.txt", objectNumbers.ReplaceAllString(poppler(t, "pdfinfo", whole, []string{"-struct-text"}), "Object"))
			golden(t, string(language)+".text.txt", poppler(t, "pdftotext", whole, []string{"-layout", "-enc", "UTF-8"}, "-"))
			facts := poppler(t, "pdfinfo", whole, nil)
			for _, fact := range []string{`Tagged: +yes`, `Title: +.*Overordna samarbeidsutval`, `Page size: +595.28 x 841.89 pts \(A4\)`, `JavaScript: +no`, `Encrypted: +no`} {
				if !regexp.MustCompile(fact).MatchString(facts) {
					t.Errorf("not %s:\n%s", fact, facts)
				}
			}
		})
	}
}

// TestOurFontsAreInTheFile looks at every font that is not a paper's own.
func TestOurFontsAreInTheFile(t *testing.T) {
	seen := 0
	for line := range strings.Lines(poppler(t, "pdffonts", wholeOf(t, &print.Printer{}, sample(t, "nn")), nil)) {
		if !strings.HasPrefix(line, "SAMR") {
			continue
		}
		seen++
		if !regexp.MustCompile(`CID TrueType +Identity-H +yes yes yes`).MatchString(line) {
			t.Error(line)
		}
	}
	if seen < 3 {
		t.Errorf("%d fonts", seen)
	}
}

// TestCatalogTellsLanguageAndTitle looks at what pdfinfo does not say.
func TestCatalogTellsLanguageAndTitle(t *testing.T) {
	for language, want := range map[forum.Language]string{"nn": "nn-NO", "nb": "nb-NO", "en": "en-GB"} {
		ctx := opened(t, wholeOf(t, &print.Printer{}, sample(t, language)))
		root, err := ctx.Catalog()
		if err != nil {
			t.Fatal(err)
		}
		lang, err := ctx.DereferenceText(root["Lang"])
		shown := root.DictEntry("ViewerPreferences").BooleanEntry("DisplayDocTitle")
		marked := root.DictEntry("MarkInfo").BooleanEntry("Marked")
		if err != nil || lang != want || shown == nil || !*shown || marked == nil || !*marked {
			t.Errorf("language %q, %v, title shown %v, marked %v", lang, err, shown, marked)
		}
	}
}

func opened(t testing.TB, pdf []byte) *model.Context {
	t.Helper()
	conf := model.NewDefaultConfiguration()
	conf.ValidationMode = model.ValidationRelaxed
	ctx, err := api.ReadAndValidate(bytes.NewReader(pdf), conf)
	if err != nil {
		t.Fatal(err)
	}
	return ctx
}

// entry is a line of the outline, with the page that it leads to.
type entry struct {
	Title string
	Page  int
	Under []entry
}

func outline(t testing.TB, pdf []byte) []entry {
	t.Helper()
	marks, err := api.Bookmarks(bytes.NewReader(pdf), nil)
	if err != nil {
		t.Fatal(err)
	}
	var found []entry
	for _, m := range marks {
		e := entry{Title: m.Title, Page: m.PageFrom}
		for _, k := range m.Kids {
			e.Under = append(e.Under, entry{Title: k.Title, Page: k.PageFrom})
		}
		found = append(found, e)
	}
	return found
}

func TestOutlineLeadsToItemsAndPapers(t *testing.T) {
	want := []entry{
		{"Tillegg til sakspapira", 1, nil}, {"Innhald", 2, nil},
		{"12/26 Utskriving av pasientar til kommunane i helgane", 3, []entry{{"Vedlegg 1: Saksframlegg.pdf", 4, nil}, {"Vedlegg 2: Kart over ambulansestasjonar.pdf", 13, nil}, {"Vedlegg 4: Skjermbilete.png", 15, nil}}},
		{"13/26 Økonomi og framdrift", 16, []entry{{"Vedlegg 1: Foto frå synfaring.jpg", 18, nil}, {"Vedlegg 2: Notat.txt", 19, nil}}},
		{"14/26 Personalsak", 20, nil},
	}
	if diff := cmp.Diff(want, outline(t, wholeOf(t, &print.Printer{}, sample(t, "nn")))); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// destinations are the pages to which the links of each page lead, addresses as 0.
func destinations(t testing.TB, pdf []byte) map[int][]int {
	t.Helper()
	ctx := opened(t, pdf)
	pages := map[int]int{}
	for i := range ctx.PageCount {
		ref, err := ctx.PageDictIndRef(i + 1)
		if err != nil {
			t.Fatal(err)
		}
		pages[ref.ObjectNumber.Value()] = i + 1
	}
	found := map[int][]int{}
	for i := range ctx.PageCount {
		page, _, _, err := ctx.PageDict(i+1, false)
		if err != nil {
			t.Fatal(err)
		}
		for _, annot := range page.ArrayEntry("Annots") {
			dict, err := ctx.DereferenceDict(annot)
			if err != nil {
				t.Fatal(err)
			}
			action := dict.DictEntry("A")
			if action["URI"] != nil {
				found[i+1] = append(found[i+1], 0)
				continue
			}
			found[i+1] = append(found[i+1], pages[action.ArrayEntry("D")[0].(types.IndirectRef).ObjectNumber.Value()])
		}
	}
	return found
}

func TestLinksLeadToTheirPages(t *testing.T) {
	want := map[int][]int{
		1:  {0, 0, 3, 3, 16, 16, 20, 20},
		2:  {3, 4, 13, 15, 16, 18, 19, 20},
		3:  {4, 13, 15},
		17: {18, 19},
	}
	if diff := cmp.Diff(want, destinations(t, wholeOf(t, &print.Printer{}, sample(t, "nn")))); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestTheSamePackageGivesTheSameBytes(t *testing.T) {
	first, second := wholeOf(t, inChild(t), sample(t, "nn")), wholeOf(t, &print.Printer{}, sample(t, "nn"))
	if !bytes.Equal(first, second) {
		t.Errorf("%d and %d bytes that differ", len(first), len(second))
	}
}

// TestWhatIsExemptIsNowhere searches every page, title and name.
func TestWhatIsExemptIsNowhere(t *testing.T) {
	pkg := sample(t, "nn")
	printer := &print.Printer{}
	parts := partsOf(t, printer, pkg)
	whole := wholeOf(t, printer, pkg)
	front, err := printer.Front(t.Context(), pkg, parts, make([]string, len(parts)))
	if err != nil {
		t.Fatal(err)
	}
	for name, pdf := range map[string][]byte{"whole": whole, "front": front, "item": parts[1].PDF, "exempt item": parts[4].PDF} {
		said := pdfText(t, pdf) + poppler(t, "pdfinfo", pdf, []string{"-struct-text"}) + fmt.Sprint(outline(t, pdf)) + poppler(t, "pdfinfo", pdf, nil)
		for _, secret := range []string{"Løyndom", "Pasientnamn"} {
			if strings.Contains(said, secret) {
				t.Errorf("%s says %s", name, secret)
			}
		}
	}
	if text := pdfText(t, parts[4].PDF); !strings.Contains(text, "Unntatt offentlegheit, offl. § 13, jf. fvl. § 13") {
		t.Errorf("no law is named: %s", text)
	}
}

// TestFrontNamesFiles is a package whose items go as one file each.
func TestFrontNamesFiles(t *testing.T) {
	printer, pkg := &print.Printer{}, sample(t, "nn")
	parts := partsOf(t, printer, pkg)
	front, err := printer.Front(t.Context(), pkg, parts, []string{"", "sak-12-26.pdf", "", "sak-13-26.pdf", "sak-14-26.pdf", ""})
	if err != nil {
		t.Fatal(err)
	}
	text := pdfText(t, front)
	for _, want := range []string{"sak-12-26.pdf, 13 sider", "sak-13-26.pdf, 4 sider", "sak-14-26.pdf, 1 side", "Vedlegg 1: Saksframlegg.pdf", "Eiga fil: fila er skadd"} {
		if !strings.Contains(text, want) {
			t.Errorf("does not say %q:\n%s", want, text)
		}
	}
}

// TestAnAddressMustBeOneOfTheWeb says a link that is none, and leads nowhere.
func TestAnAddressMustBeOneOfTheWeb(t *testing.T) {
	pkg := print.Package{Language: "nn", Forum: "Fagråd", Start: start, Made: start, Link: "javascript:alert(1)", Page: "https://samraad.example/"}
	whole := wholeOf(t, &print.Printer{}, pkg)
	if diff := cmp.Diff(map[int][]int{1: {0}}, destinations(t, whole)); diff != "" || !strings.Contains(pdfText(t, whole), pkg.Link) {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestPartsMustBeThoseOfTheItems joins what does not belong together.
func TestPartsMustBeThoseOfTheItems(t *testing.T) {
	printer, pkg := inChild(t), sample(t, "nn")
	right := partsOf(t, printer, pkg)
	exempt := sample(t, "nn")
	exempt.Items[1].Papers[0].Exempt = true
	if whole, err := printer.Whole(t.Context(), exempt, right); err == nil {
		t.Errorf("a paper that became exempt stands in %d bytes", len(whole))
	}
	other := slices.Clone(right)
	other[1], other[3] = other[3], other[1]
	for _, parts := range [][]print.Part{nil, make([]print.Part, len(pkg.Items)), other} {
		if whole, err := printer.Whole(t.Context(), pkg, parts); err == nil || len(whole) > 0 {
			t.Errorf("%d parts gave %d bytes, %v", len(parts), len(whole), err)
		}
	}
}

// TestPapersAreTakenFromAnEarlierPrinting prints an item again without being
// able to read its papers.
func TestPapersAreTakenFromAnEarlierPrinting(t *testing.T) {
	printer, pkg := &print.Printer{}, sample(t, "nn")
	before, err := printer.Item(t.Context(), pkg, pkg.Items[1])
	if err != nil {
		t.Fatal(err)
	}
	moved := pkg.Items[1]
	moved.Title, moved.Papers = "Ny tittel", slices.Clone(moved.Papers)
	slices.Reverse(moved.Papers)
	for i := range moved.Papers {
		moved.Papers[i].Open = nil
	}
	after, err := printer.Item(t.Context(), pkg, moved, print.Part{}, before)
	if err != nil {
		t.Fatal(err)
	}
	if after.Pages != before.Pages || !strings.Contains(pdfText(t, after.PDF), "Case paper, page 9 of 9") {
		t.Errorf("%d pages, before %d", after.Pages, before.Pages)
	}
	if got, want := printer.Fingerprint(pkg, moved), printer.Fingerprint(pkg, pkg.Items[1]); got == want {
		t.Error("another title has the same fingerprint")
	}
	later := pkg
	later.Edition, later.Made, later.Text = 3, start, "Ny tekst"
	if printer.Fingerprint(later, pkg.Items[1]) != printer.Fingerprint(pkg, pkg.Items[1]) {
		t.Error("another edition has another fingerprint, though the item says the same")
	}
}

// stamps finds the stamps of a page's text.
var stamps = regexp.MustCompile(`Vedlegg (\d+) – side (\d+) av (\d+)`)

// stampOf is a page's stamp: attachment, page, pages; nil for a page of ours.
func stampOf(page string) []int {
	match := stamps.FindStringSubmatch(page)
	var found []int
	for _, digits := range match[min(1, len(match)):] {
		n, _ := strconv.Atoi(digits)
		found = append(found, n)
	}
	return found
}

// TestAMatterMayBeExemptWithoutABasis is one that nobody stated the law of.
func TestAMatterMayBeExemptWithoutABasis(t *testing.T) {
	pkg := print.Package{Language: "nn", Forum: "Fagråd", Start: start, Made: start, Items: []print.Item{{Title: "Sak", Exempt: true, Text: "Løyndom", Presenter: "Løyndom", Origin: "Løyndom"}}}
	text := pdfText(t, wholeOf(t, &print.Printer{}, pkg))
	if strings.Contains(text, "Løyndom") || strings.Count(text, "Unntatt offentlegheit") != 2 {
		t.Error(text)
	}
}
