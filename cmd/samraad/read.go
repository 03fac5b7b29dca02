package main

import (
	"log/slog"
	"os"

	"github.com/samraad/samraad/forum/reading"
)

type readCommand struct{}

// Run reads one paper. It opens nothing besides.
func (readCommand) Run(io streams) error { return reading.Child(io.in, io.out) }

// newPaperReader has papers read by this same program, in processes of their own.
func newPaperReader(p *parts, log *slog.Logger) (*reading.Reader, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	child := reading.Confined{Command: []string{self, "read-paper"}, Env: reading.Environment, Limits: reading.Usual()}
	return &reading.Reader{Keeper: p.keeper, Files: p.files, Child: child, Log: log}, nil
}
