package print_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/samraad/samraad/forum/print"
)

// randomPapers are papers of so many pages, or that cannot or must not be merged.
func randomPapers(t *testing.T, r *rapid.T, files [][]byte) []print.Paper {
	papers := make([]print.Paper, rapid.IntRange(0, 3).Draw(r, "papers"))
	for i := range papers {
		pages := rapid.IntRange(-2, len(files)-1).Draw(r, "pages")
		switch {
		case pages < 0:
			papers[i] = print.Paper{Name: "Løyndom", Exempt: true, Basis: "offl. § 13"}
		case pages == 0:
			papers[i] = paperOf("tom.pdf", nil)
		default:
			papers[i] = paperOf(fmt.Sprintf("papir-%d.pdf", pages), files[pages])
		}
	}
	return papers
}

// TestNumbersOfPagesAreRight prints random packages: what agenda, contents and
// outline say is where things are, and every paper is accounted for.
func TestNumbersOfPagesAreRight(t *testing.T) {
	files := [][]byte{nil}
	for pages := range 4 {
		files = append(files, pdfOf(t, []string{"P", "L"}[pages%2], pages+1, "Paper"))
	}
	words := rapid.StringOfN(rapid.RuneFrom([]rune("abcæøå «»–§ \n\t-1.✓日😀")), 1, 600, -1)
	rapid.Check(t, func(r *rapid.T) {
		pkg := print.Package{Language: "nn", Forum: "Fagråd", Start: start, Made: start, Edition: 1}
		for i := range rapid.IntRange(0, 3).Draw(r, "items") {
			item := print.Item{Key: fmt.Sprint(i), Number: fmt.Sprintf("%d/26", 100+i), Title: fmt.Sprintf("Tittel-%d", i), Start: start, End: start, Text: words.Draw(r, "text"), Papers: randomPapers(t, r, files)}
			if rapid.Bool().Draw(r, "standing") {
				item = print.Item{Key: item.Key, Title: item.Title}
			}
			pkg.Items = append(pkg.Items, item)
		}
		printer := &print.Printer{}
		parts := partsOf(t, printer, pkg)
		whole, err := printer.Whole(t.Context(), pkg, parts)
		if err != nil {
			r.Fatal(err)
		}
		pages := strings.Split(strings.TrimSuffix(pdfText(t, whole), "\f"), "\f")
		checkPages(r, pkg, parts, pages, outline(t, whole))
	})
}

func checkPages(r *rapid.T, pkg print.Package, parts []print.Part, pages []string, marks []entry) {
	var want []entry
	var stamped [][]int
	for i, item := range pkg.Items {
		if len(parts[i].Papers) != len(item.Papers) {
			r.Fatalf("%d outcomes for %d papers", len(parts[i].Papers), len(item.Papers))
		}
		if !item.HasPages() {
			continue
		}
		e := entry{Title: item.Number + " " + item.Title, Page: slices.IndexFunc(pages, func(p string) bool { return strings.HasPrefix(p, "Sak "+item.Number+"\n\n"+item.Title) }) + 1}
		next := parts[i].Own + 1
		for j, outcome := range parts[i].Papers {
			switch {
			case item.Papers[j].Exempt && outcome.Fate != print.HeldBack, outcome.Fate == print.Apart && outcome.Reason != print.Empty, outcome.Fate == print.Merged && (outcome.Pages == 0 || outcome.From != next):
				r.Fatalf("paper %d of %s became %+v", j+1, item.Number, outcome)
			}
			next += outcome.Pages
			for page := range outcome.Pages {
				stamped = append(stamped, []int{j + 1, page + 1, outcome.Pages})
			}
		}
		if parts[i].Pages != next-1 {
			r.Fatalf("%s has %d pages, not %d", item.Number, parts[i].Pages, next-1)
		}
		want = append(want, e)
	}
	var got [][]int
	for i, page := range pages {
		if !regexp.MustCompile(fmt.Sprintf(`Side %d av %d\b`, i+1, len(pages))).MatchString(page) {
			r.Errorf("page %d of %d says: %s", i+1, len(pages), page)
		}
		if stamp := stampOf(page); stamp != nil {
			got = append(got, stamp)
		}
	}
	if diff := cmp.Diff(stamped, got); diff != "" {
		r.Errorf("stamps (-want +got):\n%s", diff)
	}
	checkMarks(r, want, pages, marks[min(2, len(marks)):])
}

// checkMarks compares the outline with what stands on the pages that it leads to.
func checkMarks(r *rapid.T, items []entry, pages []string, marks []entry) {
	if len(marks) != len(items) {
		r.Fatalf("%d entries for %d items", len(marks), len(items))
	}
	for i, mark := range marks {
		if mark.Title != items[i].Title || mark.Page != items[i].Page {
			r.Errorf("entry %+v, want %+v", mark, items[i])
		}
		for _, paper := range mark.Under {
			stamp := stampOf(pages[paper.Page-1])
			if len(stamp) != 3 || stamp[1] != 1 || !strings.HasPrefix(paper.Title, fmt.Sprintf("Vedlegg %d:", stamp[0])) {
				r.Errorf("%q leads to page %d, which is %v", paper.Title, paper.Page, stamp)
			}
			line := regexp.MustCompile(regexp.QuoteMeta(paper.Title) + `\s+` + fmt.Sprint(paper.Page) + `\b`)
			if !line.MatchString(strings.Join(pages[:mark.Page], "\n")) {
				r.Errorf("the contents do not say %q %d", paper.Title, paper.Page)
			}
		}
	}
}
