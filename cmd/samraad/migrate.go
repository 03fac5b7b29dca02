package main

import (
	"context"
	"fmt"
)

type migrateCommand struct{}

// Run brings the schema up; it may run beside others that do the same.
func (migrateCommand) Run(ctx context.Context, s *Settings, io streams) error {
	parts, err := s.open(ctx)
	if err != nil {
		return err
	}
	defer parts.close()
	if err := parts.db.Migrate(ctx); err != nil {
		return err
	}
	fmt.Fprintln(io.out, s.text().T("cli.migrated"))
	return nil
}
