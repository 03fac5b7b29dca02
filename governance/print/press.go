// Package print makes PDFs of what is governed, on the forum's printer.
package print

import (
	"bytes"
	"cmp"
	"context"
	"strings"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/print"
	"github.com/samraad/samraad/governance"
	"github.com/samraad/samraad/templates"
)

// Press prints approved minutes and keeps the prints.
type Press struct {
	Keeper  forum.Keeper
	Files   forum.Files
	Printer *print.Printer
}

// Print makes the PDF of approved minutes, or does nothing when that was done
// before.
func (p Press) Print(ctx context.Context, id int64) error {
	var order *governance.MinutesPrint
	err := p.Keeper.Read(ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		order, err = governance.PrepareMinutesPrint(ctx, governance.In(tx), governance.MinutesID(id))
		return err
	})
	if err != nil || order.Minutes.PDF != "" {
		return err
	}
	pdf, err := p.Printer.Document(ctx, documentOf(order))
	if err != nil {
		return err
	}
	digest, size, err := p.Files.Put(ctx, bytes.NewReader(pdf))
	if err != nil {
		return err
	}
	return p.Keeper.Write(context.WithoutCancel(ctx), func(ctx context.Context, tx forum.Tx) error {
		return governance.KeepMinutesPrint(ctx, governance.In(tx), governance.MinutesID(id), digest, size)
	})
}

// writing puts a document together in the forum's language.
type writing struct {
	templates.Text
	order  *governance.MinutesPrint
	record governance.Record
}

func documentOf(order *governance.MinutesPrint) print.Document {
	w := writing{templates.In(templates.Language(order.Forum.Language)), order, order.Record}
	pkg := print.PackageOf(&order.Forum, &order.Meeting)
	pkg.Made = order.Minutes.ApprovedAt
	d := print.Document{Package: pkg, Above: w.T("minutes.name"), Title: order.Record.Forum, Facts: []print.Fact{
		{Label: w.T("print.when"), Value: w.Between(w.record.Start, w.record.End)},
		{Label: w.T("print.where"), Value: cmp.Or(w.record.Place, w.record.Link)},
	}}
	if w.record.Version > 1 {
		d.Above = w.T("minutes.correction", "Version", w.record.Version)
		d.Lead = w.record.Changes
	}
	d.Parts = append(d.Parts, print.DocumentPart{Title: w.T("minutes.present"), Blocks: []print.Block{{List: w.people(w.record.Present)}}})
	if len(w.record.Absent) > 0 {
		d.Parts = append(d.Parts, print.DocumentPart{Title: w.T("minutes.absent"), Blocks: []print.Block{{List: w.people(w.record.Absent)}}})
	}
	for _, item := range w.record.Items {
		d.Parts = append(d.Parts, w.item(item))
	}
	if w.record.Note != "" {
		d.Parts = append(d.Parts, print.DocumentPart{Title: w.T("minutes.whole"), Blocks: []print.Block{{Text: w.record.Note}}})
	}
	d.Parts = append(d.Parts, w.signatures())
	return d
}

func (w writing) people(people []governance.RecordedPerson) (lines []string) {
	for _, p := range people {
		line := p.Name + ", " + p.Organisation + " (" + w.T("level."+string(p.Level)) + "), " + w.T("capacity."+string(p.Capacity))
		if p.InPlace != "" {
			line += ", " + w.T("minutes.in_place", "Name", p.InPlace)
		}
		for i, s := range p.Stays {
			if s.Came.After(w.record.Start) || i > 0 {
				line += ", " + w.T("minutes.came", "Came", w.TimeOfDay(s.Came))
			}
			if !s.Left.IsZero() && s.Left.Before(w.record.End) {
				line += ", " + w.T("minutes.left", "Left", w.TimeOfDay(s.Left))
			}
		}
		lines = append(lines, line)
	}
	return lines
}

func (w writing) item(item governance.RecordedItem) print.DocumentPart {
	part := print.DocumentPart{Title: strings.TrimSpace(item.Number + " " + w.title(item))}
	add := func(b print.Block) { part.Blocks = append(part.Blocks, b) }
	switch {
	case item.Exempt:
		add(print.Block{Text: w.T("minutes.exempt", "Basis", item.Basis), Aside: true})
	case !item.Says():
		add(print.Block{Text: w.T("minutes.nothing"), Aside: true})
	}
	if item.Closed != "" {
		add(print.Block{Text: w.T("minutes.closed", "Basis", item.Closed), Aside: true})
	}
	for _, field := range []governance.MinutesField{governance.NoteField, governance.ProposalsField} {
		if text := item.Text(field); text != "" {
			add(print.Block{Label: w.T("minutes_field." + string(field)), Text: text})
		}
	}
	for _, m := range item.Motions {
		b := print.Block{Label: w.step(m.Heading()), Text: m.Text}
		for _, step := range m.Steps() {
			b.List = append(b.List, w.step(step))
		}
		add(b)
	}
	if item.Decision != "" {
		label := w.T("minutes_field.decision")
		for _, d := range w.order.Decisions {
			if d.MatterID == item.Matter {
				label += " " + d.Number
			}
		}
		add(print.Block{Label: label, Text: item.Decision})
	}
	if len(item.Dissents) > 0 {
		b := print.Block{Label: w.T("minutes.dissents")}
		for _, d := range item.Dissents {
			b.List = append(b.List, d.Name+", "+d.Organisation+": "+d.Text)
		}
		add(b)
	}
	if len(item.Actions) > 0 {
		b := print.Block{Label: w.T("minutes.actions")}
		for _, a := range item.Actions {
			who := a.Organisation
			if a.Owner != "" {
				who += ", " + a.Owner
			}
			b.List = append(b.List, w.T("minutes.action_line", "Who", who, "Text", a.Text, "Due", w.day(a.Due)))
		}
		add(b)
	}
	return part
}

// step says one step of what became of a motion.
func (w writing) step(l governance.Line) string {
	return templates.Explain(w.Text, l.Key, l.Words, l.Args)
}

func (w writing) title(item governance.RecordedItem) string {
	switch {
	case item.What == governance.GoneLine:
		return w.T("minutes.gone")
	case item.Title != "" || item.What == forum.MatterLine || item.What == forum.OwnLine:
		return item.Title
	}
	return w.T(item.What.TextKey(item.Level))
}

// day is a date in words.
func (w writing) day(date forum.Date) string { return w.Date(date.EndOf()) }

// signatures tell who approved with which key, and of which text.
func (w writing) signatures() print.DocumentPart {
	part := print.DocumentPart{Title: w.T("minutes.keys"), Blocks: []print.Block{
		{Text: w.T("minutes.made", "When", w.DateTime(w.order.Minutes.ApprovedAt))},
	}}
	var keys []string
	for _, k := range w.order.Keys {
		level := strings.ToLower(w.T("level." + string(k.Level)))
		if k.Word == nil {
			keys = append(keys, w.T("minutes.key_silence", "Level", w.T("level."+string(k.Level))))
			continue
		}
		keys = append(keys, w.T("minutes.key_line", "Name", k.By, "Level", level, "When", w.DateTime(k.Word.SaidAt)))
	}
	part.Blocks = append(part.Blocks, print.Block{List: keys}, print.Block{Label: w.T("minutes.digest"), Text: string(w.order.Digest), Aside: true})
	return part
}
