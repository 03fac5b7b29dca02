package print_test

import (
	"strings"
	"testing"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/print"
)

// TestADraftIsPrintedUnderItsHeadings reads an item back whose matter was drafted
// by both levels, or that one of them is missing from.
func TestADraftIsPrintedUnderItsHeadings(t *testing.T) {
	pkg := print.Package{Language: "nn", Forum: "Fagråd", Start: start, Made: start}
	item := print.Item{
		Key: "item-1", Number: "1/26", Title: "Vaktordning", Kind: forum.DecisionItem, Without: "Ingen innspel frå: Kommunehelseteneste",
		Sections: []print.Section{{Title: "Bakgrunn", Text: "Meldinga kjem seint."}, {Title: "Tilråding", Text: "Rådet rår til ei felles rutine."}},
	}
	part, err := (&print.Printer{}).Item(t.Context(), pkg, item)
	if err != nil {
		t.Fatal(err)
	}
	said := pdfText(t, part.PDF)
	at := 0
	for _, want := range []string{"Ingen innspel frå", "Bakgrunn", "Meldinga kjem seint.", "Tilråding", "Rådet rår til ei felles rutine."} {
		found := strings.Index(said[at:], want)
		if found < 0 {
			t.Fatalf("%q does not come next in\n%s", want, said)
		}
		at += found
	}
}
