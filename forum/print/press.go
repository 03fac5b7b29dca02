package print

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
)

// Press prints the editions that go out, keeps the prints, and sends them.
type Press struct {
	Keeper  forum.Keeper
	Files   forum.Files
	Printer *Printer
	Log     *slog.Logger
	// Reports are what the house above has an agenda tell of, in an edition's language; nil for nothing.
	Reports func(ctx context.Context, tx forum.Tx, m *forum.Meeting, words templates.Text) ([]Report, error)
}

// Print prints an edition and sends it, or does nothing when that was done
// before. When printing fails and it is the last try, the edition goes out with
// its contents and papers alone: nobody waits for a printer.
func (p *Press) Print(ctx context.Context, id forum.EditionID, last bool) error {
	var order *forum.PrintOrder
	err := p.Keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		order, err = forum.PreparePrint(ctx, tx, id)
		return err
	})
	if err != nil || order.Printed {
		return err
	}
	if order.Unread {
		return forum.Refuse(forum.Unavailable, "error.edition.unread")
	}
	print, err := p.make(ctx, order)
	if err != nil {
		p.Log.Error("edition not printed", "edition", id, "last", last, "error", err)
		if !last {
			return err
		}
		print = &forum.Print{EditionID: id}
	}
	return p.Keeper.Write(context.WithoutCancel(ctx), func(ctx context.Context, tx forum.Tx) error {
		return forum.DeliverEdition(ctx, tx, print)
	})
}

// make prints what is not printed yet, and joins it.
func (p *Press) make(ctx context.Context, order *forum.PrintOrder) (*forum.Print, error) {
	words := templates.In(templates.Language(order.Forum.Language))
	pkg := p.packageOf(order, words)
	var err error
	if pkg.Reports, err = p.reports(ctx, order, words); err != nil {
		return nil, err
	}
	print := &forum.Print{EditionID: order.ID, Name: words.T("mail.package.file", "Forum", order.Forum.Name, "Date", string(forum.DateOf(order.Meeting.Start))) + ".pdf"}
	parts := make([]Part, len(pkg.Items))
	for i, item := range pkg.Items {
		if !item.HasPages() {
			continue
		}
		kept, err := p.item(ctx, pkg, item)
		if err != nil {
			return nil, err
		}
		if parts[i], err = p.part(ctx, kept); err != nil {
			return nil, err
		}
		print.Items = append(print.Items, forum.PrintedItem{
			Line: item.Key, Name: nameOf(item), Digest: kept.Digest, Size: kept.Size, Pages: kept.Pages, Papers: papersOf(order, item.Key, parts[i]),
		})
	}
	whole, err := p.Printer.Whole(ctx, pkg, parts)
	if err != nil {
		return nil, err
	}
	print.Digest, print.Size, err = p.Files.Put(ctx, bytes.NewReader(whole))
	return print, err
}

// reports are told on the agenda that goes out first, or in its place.
func (p *Press) reports(ctx context.Context, order *forum.PrintOrder, words templates.Text) (reports []Report, err error) {
	if p.Reports == nil || order.Sort == forum.SupplementEdition {
		return nil, nil
	}
	err = p.Keeper.Read(ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		reports, err = p.Reports(ctx, tx, &order.Meeting, words)
		return err
	})
	return reports, err
}

// item gives the print of an item: the one that was made before if it would be
// the same.
func (p *Press) item(ctx context.Context, pkg Package, item Item) (*forum.ItemPrint, error) {
	fingerprint := p.Printer.Fingerprint(pkg, item)
	var kept *forum.ItemPrint
	err := p.Keeper.Read(ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		kept, err = tx.ItemPrint(ctx, fingerprint)
		return err
	})
	if !forum.IsKind(err, forum.NotFound) {
		return kept, err
	}
	part, err := p.Printer.Item(ctx, pkg, item)
	if err != nil {
		return nil, err
	}
	made := &forum.ItemPrint{Fingerprint: fingerprint, Own: part.Own, Pages: part.Pages}
	for _, o := range part.Papers {
		made.Papers = append(made.Papers, forum.PrintedPaper{Digest: o.Digest, Fate: string(o.Fate), Reason: string(o.Reason), From: o.From, Pages: o.Pages})
	}
	if made.Digest, made.Size, err = p.Files.Put(ctx, bytes.NewReader(part.PDF)); err != nil {
		return nil, err
	}
	return made, p.Keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
		made.MadeAt = tx.Now()
		return tx.SaveItemPrint(ctx, made)
	})
}

// part is the print of an item with its bytes.
func (p *Press) part(ctx context.Context, kept *forum.ItemPrint) (Part, error) {
	content, err := p.Files.Open(ctx, kept.Digest)
	if err != nil {
		return Part{}, err
	}
	pdf, err := io.ReadAll(content)
	part := Part{PDF: pdf, Own: kept.Own, Pages: kept.Pages}
	for _, o := range kept.Papers {
		part.Papers = append(part.Papers, Outcome{Fate: Fate(o.Fate), Reason: Reason(o.Reason), Digest: o.Digest, From: o.From, Pages: o.Pages})
	}
	return part, errors.Join(err, content.Close())
}

// papersOf names the papers that the outcomes of a part speak of.
func papersOf(order *forum.PrintOrder, key string, part Part) []forum.PrintedPaper {
	item := order.Item(key)
	var papers []forum.PrintedPaper
	for i, o := range part.Papers {
		papers = append(papers, forum.PrintedPaper{
			Document: item.Papers[i].DocumentID, Digest: o.Digest, Fate: string(o.Fate), Reason: string(o.Reason), From: o.From, Pages: o.Pages,
		})
	}
	return papers
}
