package main

import (
	"context"
	"fmt"

	"github.com/samraad/samraad/cmd/samraad/area"
	"github.com/samraad/samraad/forum"
)

type importCommands struct {
	Area    importAreaCommand    `cmd:"" help:"Create or update an area from a YAML file: parties, people, forums with mandates and seats."`
	Members importMembersCommand `cmd:"" help:"Seat the members that a spreadsheet lists."`
}

type importAreaCommand struct {
	File string `arg:"" help:"The YAML file."`
}

// Run brings the area to what the file says, or changes nothing and names
// every line at fault.
func (c importAreaCommand) Run(ctx context.Context, s *Settings, io streams) error {
	file, err := area.Open(c.File)
	if err != nil {
		return err
	}
	parts, err := s.open(ctx)
	if err != nil {
		return err
	}
	defer parts.close()
	if err := parts.db.Migrate(ctx); err != nil {
		return err
	}
	count, err := importArea(ctx, parts.db, file)
	if err != nil {
		return err
	}
	fmt.Fprintln(io.out, s.text().T("cli.imported", "Area", file.Plan.Area.Name,
		"Created", count.Created, "Changed", count.Changed, "Unchanged", count.Unchanged))
	return nil
}

func importArea(ctx context.Context, keeper forum.Keeper, file *area.File) (count forum.ImportCount, err error) {
	err = keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
		count, err = forum.ImportArea(ctx, tx, forum.Operator(), &file.Plan)
		return file.Locate(err)
	})
	return count, err
}
