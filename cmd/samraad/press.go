package main

import (
	"log/slog"
	"os"

	"github.com/samraad/samraad/forum/print"
	governedprint "github.com/samraad/samraad/governance/print"
)

// newPress prints packages, with papers handled by this same program in
// processes of their own.
func newPress(s *Settings, p *parts, log *slog.Logger) (*print.Press, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	printer := &print.Printer{Child: &print.Child{Path: self, Args: []string{"print-child"}}}
	if s.Converter != "" {
		printer.Converter = print.LibreOffice{Path: s.Converter}
	}
	return &print.Press{Keeper: p.keeper, Files: p.files, Printer: printer, Log: log, Reports: governedprint.Reports}, nil
}
