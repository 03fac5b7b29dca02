// Command samraad is the meeting and governance manager of the councils in
// which municipalities and hospital trusts cooperate as equals. This package
// joins the parts; one file is one subcommand, and no rule is here.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/samraad/samraad/forum"
)

type cli struct {
	Settings

	Serve         serveCommand         `cmd:"" help:"Serve the pages, take mail and work the queue."`
	Init          initCommand          `cmd:"" help:"Make the first area with its first secretary."`
	SignIn        signInCommand        `cmd:"" name:"sign-in" help:"Print a link that signs a person in, once, within half an hour."`
	Import        importCommands       `cmd:"" help:"Bring things in from files."`
	Organisations organisationCommands `cmd:"" help:"Merge organisations from a day on."`
	Mail          mailCommands         `cmd:"" help:"Take a mail from a pipe, explain how one is understood, or make a key that signs mail."`
	Policy        policyCommands       `cmd:"" help:"Prove that both levels have equal rights."`
	Token         tokenCommands        `cmd:"" help:"Tokens of the API: make, list, revoke."`
	Explain       explainCommands      `cmd:"" help:"Print how a result came about."`
	Migrate       migrateCommand       `cmd:"" help:"Bring the database to this binary's schema."`

	Read       readCommand       `cmd:"" name:"read-paper" hidden:"" help:"Take the text out of the paper on standard input, within the limits that the caller sets."`
	PrintChild printChildCommand `cmd:"" name:"print-child" hidden:""`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// streams are where a subcommand reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// tryAgain is the exit status of trouble that may pass (EX_TEMPFAIL of
// sysexits.h): a mail system keeps what its pipe ended so, and returns the rest.
const tryAgain = 75

// run carries one command line out and answers the exit status: 0, 1 for a
// refusal, 2 for a wrong command line, 75 for a part that is away for now.
func run(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) int {
	var c cli
	exited := -1
	parser, err := kong.New(&c,
		kong.Name("samraad"),
		kong.Description("Meetings and decisions of councils in which municipalities and hospital trusts cooperate as equals."),
		kong.Configuration(readTOML),
		kong.Writers(out, errOut),
		kong.Exit(func(code int) { exited = code }),
	)
	if err != nil {
		fmt.Fprintln(errOut, err)
		return 2
	}
	command, err := parser.Parse(args)
	if exited >= 0 {
		return exited
	}
	if err != nil {
		c.Language = languageOfLine(err)
		fmt.Fprintln(errOut, "samraad:", c.text().wrongLine(err))
		return 2
	}
	if err := c.Settings.check(); err != nil {
		fmt.Fprintln(errOut, "samraad:", c.text().Error(err))
		return 2
	}
	s := streams{in, out, errOut}
	c.Settings.log = newWarnings(s)
	command.BindTo(ctx, (*context.Context)(nil))
	err = command.Run(&c.Settings, s)
	var silent silentError
	switch {
	case errors.As(err, &silent):
		return 1
	case err != nil:
		fmt.Fprintln(errOut, "samraad:", c.text().Error(err))
		if forum.IsKind(err, forum.Unavailable) {
			return tryAgain
		}
		return 1
	}
	return 0
}

// silentError ends a command with status 1 when it has already said why.
type silentError struct{}

func (silentError) Error() string { return "failed" }
