package main

import "github.com/samraad/samraad/forum/print"

// printChildCommand handles one paper, or joins a package, under limits of its
// own. The server starts it; it is of no use to people.
type printChildCommand struct{}

// Run reads the work from standard input and answers on standard output.
func (printChildCommand) Run(io streams) error { return print.Serve(io.in, io.out) }
