package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/samraad/samraad/cmd/samraad/area"
	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/members"
)

type importMembersCommand struct {
	File   string `arg:"" help:"The list, as a spreadsheet saves it: CSV or text."`
	Forum  string `help:"Name, key or address of the forum of rows that name none."`
	DryRun bool   `help:"Show what the list means, and do nothing."`
}

// Run seats those whom the list names, or changes nothing and names every row at
// fault. Seats that the list does not name stay.
func (c importMembersCommand) Run(ctx context.Context, s *Settings, io streams) error {
	list, err := c.read()
	if err != nil {
		return err
	}
	parts, err := s.openReady(ctx)
	if err != nil {
		return err
	}
	defer parts.close()
	say := s.text()
	for _, note := range list.Notes {
		fmt.Fprintln(io.out, say.T("cli.members.note", "File", c.File, "Line", note.Line, "Text", note.Text))
	}
	open, act := parts.keeper.Write, forum.ImportMembers
	if c.DryRun {
		open, act = parts.keeper.Read, forum.PreviewMembers
	}
	var plan *forum.MemberPlan
	err = open(ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		in, err := c.forum(ctx, tx)
		if err != nil {
			return err
		}
		plan, err = act(ctx, tx, forum.Operator(), in, list.Rows)
		return err
	})
	if plan != nil && plan.Count(forum.TroubledRow) > 0 {
		return c.faults(say, plan)
	}
	if err != nil {
		return err
	}
	c.print(say, io.out, plan)
	return nil
}

func (c importMembersCommand) read() (*members.List, error) {
	info, err := os.Stat(c.File)
	if err != nil {
		return nil, forum.Refuse(forum.NotFound, "error.file.missing", "Given", c.File).Because(err)
	}
	if info.Size() > members.Largest {
		return nil, forum.Refuse(forum.Invalid, "error.file.too_large", "Given", c.File)
	}
	content, err := os.ReadFile(c.File)
	if err != nil {
		return nil, forum.Refuse(forum.Unavailable, "error.file.unreadable", "Given", c.File).Because(err)
	}
	list, err := members.Read(content)
	if err != nil {
		return nil, &area.Fault{File: c.File, Line: 1, Err: err}
	}
	return list, nil
}

// forum is the one of rows that name none, 0 for none.
func (c importMembersCommand) forum(ctx context.Context, tx forum.Tx) (forum.ForumID, error) {
	if c.Forum == "" {
		return 0, nil
	}
	in, err := forum.FindForum(ctx, tx, c.Forum)
	if err != nil {
		return 0, err
	}
	return in.ID, nil
}

// faults are what is wrong with every row, each at its line.
func (c importMembersCommand) faults(say speaker, plan *forum.MemberPlan) error {
	var faults []error
	for _, o := range plan.Outcomes {
		for _, trouble := range o.Troubles {
			if trouble.Field != "" {
				trouble = trouble.On(say.T("members.column." + trouble.Field))
			}
			faults = append(faults, &area.Fault{File: c.File, Line: o.Row.Line, Err: trouble})
		}
	}
	return errors.Join(append(faults, forum.Refuse(forum.Invalid, "error.members.trouble", "Count", plan.Count(forum.TroubledRow)))...)
}

func (c importMembersCommand) print(say speaker, out io.Writer, plan *forum.MemberPlan) {
	for _, o := range plan.Outcomes {
		fmt.Fprintln(out, say.T("cli.members.row", "File", c.File, "Line", o.Row.Line, "Change", say.T("members.change."+string(o.Change)),
			"Person", o.Person.Name, "Capacity", say.T("capacity."+string(o.Seat.Capacity)), "Organisation", o.Organisation.Name, "Forum", o.Forum.Name))
		for _, remark := range o.Remarks {
			fmt.Fprintln(out, "    "+say.T(remark.Key, remark.Args...))
		}
	}
	fmt.Fprintln(out, say.T("cli.members.done", "People", plan.Count(forum.NewMember), "Seats", plan.Count(forum.NewSeat),
		"Changed", plan.Count(forum.ChangedSeat), "Unchanged", plan.Count(forum.UnchangedSeat)))
	if c.DryRun {
		fmt.Fprintln(out, say.T("cli.members.dry"))
	}
}
