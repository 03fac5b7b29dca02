package print_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/print"
)

// ordinary is a package of ten items with three papers of five pages each.
func ordinary(b *testing.B) print.Package {
	b.Helper()
	pkg := print.Package{Language: "nn", Forum: "Overordna samarbeidsutval", Start: start, End: start.Add(2 * time.Hour), Made: start, Edition: 1}
	for i := range 10 {
		item := print.Item{Key: fmt.Sprint(i), Number: fmt.Sprintf("%d/26", i+1), Title: "Økonomi og framdrift", Kind: forum.DecisionItem, Start: start, End: start, Text: longText}
		for j := range 3 {
			item.Papers = append(item.Papers, paperOf(fmt.Sprintf("papir-%d-%d.pdf", i, j), pdfOf(b, "P", 5, fmt.Sprintf("Paper %d of item %d", j, i))))
		}
		pkg.Items = append(pkg.Items, item)
	}
	return pkg
}

func BenchmarkItem(b *testing.B) {
	pkg := ordinary(b)
	for name, printer := range map[string]*print.Printer{"child": inChild(b), "here": {}} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				part, err := printer.Item(b.Context(), pkg, pkg.Items[0])
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(len(part.PDF)), "bytes")
			}
		})
	}
}

func BenchmarkWhole(b *testing.B) {
	pkg := ordinary(b)
	for name, printer := range map[string]*print.Printer{"child": inChild(b), "here": {}} {
		b.Run(name, func(b *testing.B) {
			parts := partsOf(b, printer, pkg)
			for b.Loop() {
				whole, err := printer.Whole(b.Context(), pkg, parts)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(len(whole)), "bytes")
			}
		})
	}
}
