package main

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"github.com/samraad/samraad/forum"
)

type organisationCommands struct {
	Merge mergeCommand `cmd:"" help:"Make organisations part of another from a day on. Shows what that does; with --yes it is done."`
}

type mergeCommand struct {
	Organisations []string `arg:"" help:"Names or numbers: those that end, and last the one that they become part of."`
	From          string   `required:"" placeholder:"DATE" help:"The first day of the organisation as merged, as 2020-01-01."`
	Name          string   `help:"What it is called from that day on, if otherwise than before."`
	Municipality  string   `help:"Its municipality number from that day on, if otherwise than before."`
	Keep          []int64  `placeholder:"SEAT" help:"Seats that go over although they meet another."`
	End           []int64  `placeholder:"SEAT" help:"Seats that end with their organisation."`
	Yes           bool     `help:"Do it."`
}

// Run shows what the merger does, and does it when told so.
func (c mergeCommand) Run(ctx context.Context, s *Settings, io streams) error {
	if len(c.Organisations) < 2 {
		return forum.Refuse(forum.Invalid, "error.merge.two")
	}
	last := len(c.Organisations) - 1
	merger := forum.Merger{From: c.Organisations[:last], Into: c.Organisations[last], On: forum.Date(c.From), Name: c.Name, Municipality: c.Municipality}
	for _, id := range c.Keep {
		merger.Keep = append(merger.Keep, forum.SeatID(id))
	}
	for _, id := range c.End {
		merger.End = append(merger.End, forum.SeatID(id))
	}
	parts, err := s.openReady(ctx)
	if err != nil {
		return err
	}
	defer parts.close()
	open, act := parts.keeper.Read, forum.PreviewMerger
	if c.Yes {
		open, act = parts.keeper.Write, forum.MergeOrganisations
	}
	var plan *forum.MergerPlan
	err = open(ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		plan, err = act(ctx, tx, forum.Operator(), merger)
		return err
	})
	if plan != nil {
		c.print(s.text(), io.out, plan)
	}
	return err
}

func (c mergeCommand) print(say speaker, out io.Writer, p *forum.MergerPlan) {
	for _, from := range p.From {
		fmt.Fprintln(out, say.T("cli.merge.from", "From", from.Name, "Number", from.Number, "Last", string(p.On.Before(1)), "Into", p.Before.Name, "IntoNumber", p.Into.Number))
	}
	if p.Into.Name != p.Before.Name || p.Into.Municipality != p.Before.Municipality {
		fmt.Fprintln(out, say.T("cli.merge.renamed", "Before", p.Before.Name+" "+p.Before.Municipality, "Name", p.Into.Name+" "+p.Into.Municipality, "On", string(p.On)))
	}
	if p.Into.Contact != "" {
		fmt.Fprintln(out, say.T("cli.merge.contact", "Into", p.Into.Name, "Contact", p.Into.Contact))
	}
	for _, m := range p.Mandates {
		fmt.Fprintln(out, say.T("cli.merge.mandate", "Forum", m.Forum.Name, "On", string(p.On)))
	}
	for _, seat := range p.Seats {
		fmt.Fprintln(out, c.seat(say, seat))
	}
	for _, m := range p.Matters {
		fmt.Fprintln(out, say.T("cli.merge.matter", "Number", m.Intake, "Title", m.Title, "Into", p.Into.Name))
	}
	for _, person := range p.People {
		fmt.Fprintln(out, say.T("cli.merge.address", "Person", person.Name, "Address", person.Address))
	}
	switch {
	case p.Done:
		fmt.Fprintln(out, say.T("cli.merge.done_before"))
	case len(p.Choices()) > 0:
		fmt.Fprintln(out, say.T("cli.merge.choose"))
	case c.Yes:
		fmt.Fprintln(out, say.T("cli.merge.done"))
	default:
		fmt.Fprintln(out, say.T("cli.merge.dry"))
	}
}

// seat says what becomes of a seat, and which one it meets.
func (c mergeCommand) seat(say speaker, s forum.MergedSeat) string {
	line := say.T("cli.merge.seat."+string(s.Move), "Seat", strconv.FormatInt(int64(s.ID), 10), "Person", s.Person.Name,
		"Capacity", say.T("capacity."+string(s.Capacity)), "Forum", s.Forum.Name)
	if s.Meets != nil {
		line += " " + say.T("cli.merge.meets", "Person", s.Meets.Person.Name, "Capacity", say.T("capacity."+string(s.Meets.Capacity)), "Organisation", s.Meets.Organisation.Name)
	}
	return line
}
