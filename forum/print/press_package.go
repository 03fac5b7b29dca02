package print

import (
	"cmp"
	"context"
	"io"
	"strings"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
)

// sorts are the sorts of package that editions become.
var sorts = map[forum.EditionSort]Sort{forum.PackageEdition: Whole, forum.SupplementEdition: Supplement, forum.CorrectionEdition: Correction}

// packageOf is what the PDF of an edition says.
func (p *Press) packageOf(order *forum.PrintOrder, words templates.Text) Package {
	m := order.Meeting
	pkg := Package{
		Language: order.Forum.Language, Forum: order.Forum.Name, Start: m.Start, End: m.End, Place: m.Place, Link: m.Link,
		Sort: sorts[order.Sort], Edition: order.Number, Made: order.OutAt, Text: order.Text,
	}
	for _, i := range order.Called {
		pkg.Called = append(pkg.Called, Person{Name: i.Person.Name, Role: words.T("capacity." + string(i.Capacity)), Organisation: i.Organisation.Name})
	}
	for _, item := range order.Outgoing() {
		pkg.Items = append(pkg.Items, p.itemOf(order, item, words))
	}
	return pkg
}

func (p *Press) itemOf(order *forum.PrintOrder, item forum.EditionItem, words templates.Text) Item {
	line := item.Line
	printed := Item{
		Key: line.Key, Number: item.Number, Title: cmp.Or(item.Title, line.Title), Kind: line.Kind, Pause: line.What == forum.PauseLine,
		Start: item.Start, End: item.End, Presenter: line.Presenter.Name, Changed: item.Changed,
	}
	if printed.Title == "" {
		printed.Title = words.T(line.What.TextKey(line.Level))
	}
	if item.Exempt {
		printed.HeldBack = cmp.Or(item.Basis, words.T("mail.package.no_basis"))
	}
	if matter, is := order.Matters[item.Matter]; is {
		printed.Origin = order.Origins[item.Matter].Organisation.Name
		if !item.Exempt && matter.Access != forum.Exempt {
			printed.Text = matter.Text
			printed.draft(order, item, words)
		}
	}
	for _, paper := range item.Papers {
		printed.Papers = append(printed.Papers, p.paperOf(paper))
	}
	return printed
}

// draft puts the draft of a matter in place of what it was proposed with, which
// is where the draft began.
func (i *Item) draft(order *forum.PrintOrder, item forum.EditionItem, words templates.Text) {
	if len(item.Without) > 0 {
		var levels []string
		for _, level := range item.Without {
			levels = append(levels, words.T("level."+string(level)))
		}
		i.Without = words.T("draft.without", "Levels", strings.Join(levels, ", "))
	}
	if len(item.Draft) > 0 {
		i.Text = ""
	}
	for _, section := range item.Draft {
		title := section.Title
		if section.Part != forum.OwnPart {
			title = words.T("draft_part." + string(section.Part))
		}
		i.Sections = append(i.Sections, Section{title, order.Drafts[section.Version]})
	}
}

func (p *Press) paperOf(paper forum.EditionPaper) Paper {
	return Paper{
		Name: paper.Name, Type: paper.Type, Size: paper.Size, Digest: paper.Digest, Exempt: paper.Access == forum.Exempt, Basis: paper.Basis,
		Open: func() (io.ReadCloser, error) { return p.Files.Open(context.Background(), paper.Digest) },
	}
}

// nameOf names an item's own PDF.
func nameOf(item Item) string {
	name := strings.NewReplacer("/", "-", "\\", "-").Replace(strings.TrimSpace(item.Number + " " + item.Title))
	if characters := []rune(name); len(characters) > 80 {
		name = strings.TrimSpace(string(characters[:80]))
	}
	return name + ".pdf"
}
