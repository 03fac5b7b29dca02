package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/samraad/samraad/cmd/samraad/area"
	"github.com/samraad/samraad/forum"
)

type initCommand struct {
	Area             string `help:"Name of the area." required:"" placeholder:"NAME"`
	AreaKey          string `help:"Short lasting key of the area." required:"" placeholder:"KEY"`
	Forum            string `help:"Name of its first forum." required:"" placeholder:"NAME"`
	ForumAddress     string `help:"Mail address of that forum." required:"" placeholder:"ADDRESS"`
	Organisation     string `help:"Nine-digit number of the secretary's organisation." required:"" placeholder:"NUMBER"`
	OrganisationName string `help:"Its name." required:"" placeholder:"NAME"`
	Level            string `help:"Its level: municipal, specialist or advisory." required:"" placeholder:"LEVEL"`
	Secretary        string `help:"Mail address of the secretary." required:"" placeholder:"ADDRESS"`
	SecretaryName    string `help:"Name of the secretary." required:"" placeholder:"NAME"`
}

// Run makes the first area of an empty database, with one forum and its
// secretary, and prints the link by which the secretary gets in.
func (c initCommand) Run(ctx context.Context, s *Settings, io streams) error {
	parts, err := s.open(ctx)
	if err != nil {
		return err
	}
	defer parts.close()
	if err := parts.db.Migrate(ctx); err != nil {
		return err
	}
	file := &area.File{Plan: c.plan(s.Language)}
	if wrong := file.Plan.Check(); len(wrong) > 0 {
		return c.optionOf(wrong[0])
	}
	err = parts.db.Read(ctx, func(ctx context.Context, tx forum.Tx) error {
		areas, err := tx.Areas(ctx)
		if err == nil && len(areas) > 0 {
			return forum.Refuse(forum.Conflict, "error.init.again", "Given", areas[0].Name)
		}
		return err
	})
	if err != nil {
		return err
	}
	if _, err := importArea(ctx, parts.db, file); err != nil {
		return err
	}
	link, err := s.passLink(ctx, parts.db, c.Secretary)
	if err != nil {
		return err
	}
	fmt.Fprintln(io.out, s.text().T("cli.init.done", "Area", c.Area, "Forum", c.Forum))
	fmt.Fprintln(io.out, s.text().T("cli.pass"))
	fmt.Fprintln(io.out, link)
	return nil
}

func (c initCommand) plan(language string) forum.AreaPlan {
	l := forum.Language(language)
	area := forum.AreaEntry{Key: c.AreaKey, Name: c.Area}
	if base, behind := forum.SplitTokenAddress(c.ForumAddress); behind != "" {
		area.Mailbox = base
	}
	return forum.AreaPlan{
		Area:          area,
		Organisations: []forum.OrganisationEntry{{Number: c.Organisation, Name: c.OrganisationName, Level: forum.Level(c.Level), Language: l}},
		People:        []forum.PersonEntry{{Address: c.Secretary, Name: c.SecretaryName, Language: l}},
		Forums: []forum.ForumEntry{{
			Key: "council", Name: c.Forum, Kind: forum.Council, Address: c.ForumAddress, Language: l,
			Mandate: forum.MandateEntry{ItemsDays: 14, PapersDays: 7, Keys: []forum.Capacity{forum.Chair, forum.Deputy}, Parties: []string{c.Organisation}},
			Seats:   []forum.SeatEntry{{Person: c.Secretary, Organisation: c.Organisation, Capacity: forum.Secretary}},
		}},
	}
}

// optionOf names the option behind a path of the plan.
func (c initCommand) optionOf(wrong *forum.Error) error {
	options := []struct{ path, option string }{
		{"area.key", "--area-key"}, {"area.name", "--area"}, {"organisations[0].number", "--organisation"},
		{"organisations[0].name", "--organisation-name"}, {"organisations[0].level", "--level"}, {"people[0].address", "--secretary"},
		{"people[0].name", "--secretary-name"}, {"forums[0].address", "--forum-address"}, {"forums[0].name", "--forum"},
	}
	for _, o := range options {
		if strings.HasPrefix(wrong.Field, o.path) {
			return wrong.On(o.option)
		}
	}
	return wrong
}
