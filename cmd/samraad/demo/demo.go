// Package demo fills an empty database with a real area's structure, a few meetings
// and matters ahead of today and what came of one behind, by the acts that people
// would use.
package demo

import (
	"context"
	_ "embed"
	"fmt"
	"strings"
	"time"

	"github.com/samraad/samraad/cmd/samraad/area"
	"github.com/samraad/samraad/forum"
)

//go:embed voss.yaml
var voss []byte

// Plan is the demonstration's area.
func Plan() (*forum.AreaPlan, error) {
	file, err := area.Read("voss.yaml", voss)
	if err != nil {
		return nil, err
	}
	return &file.Plan, nil
}

// Fill makes an empty database the demonstration's; one that is the
// demonstration's already is left as people left it. A database with real
// areas is a Conflict.
func Fill(ctx context.Context, keeper forum.Keeper, files forum.Files) error {
	plan, err := Plan()
	if err != nil {
		return err
	}
	papers, err := putPapers(ctx, files)
	if err != nil {
		return err
	}
	return keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
		if demo, err := tx.IsDemo(ctx); err != nil || demo {
			return err
		}
		if err := tx.MarkDemo(ctx); err != nil {
			return err
		}
		if _, err := forum.ImportArea(ctx, tx, forum.Operator(), plan); err != nil {
			return err
		}
		if err := (&story{tx: tx, papers: papers}).tell(ctx); err != nil {
			return err
		}
		return tellPast(ctx, tx, plan)
	})
}

// story is what has happened before a visitor comes.
type story struct {
	tx     forum.Tx
	papers map[string]forum.Paper
}

// gathering is a meeting of the story.
type gathering struct {
	forum     string
	secretary string
	weeks     int
	hour      int
	hours     int
	place     string
	link      string
	called    bool
}

var gatherings = []gathering{
	{"samarbeidsrad@voss.example", "sekretariat@voss.example", 4, 10, 3, "Voss sjukehus, møterom Lønavatnet", "https://video.voss.example/samarbeidsrad", true},
	{"samarbeidsrad@voss.example", "sekretariat@helse-bergen.example", 12, 10, 3, "Kommunehuset i Øystese", "", false},
	{"toppleiarmote@voss.example", "sekretariat@helse-bergen.example", 9, 9, 4, "Park Hotel Vossevangen", "", true},
	{"beredskap@voss.example", "sekretariat@voss.example", 3, 13, 2, "", "https://video.voss.example/beredskap", false},
}

// wish is a matter of the story; place says that it is on the next agenda.
type wish struct {
	from  string
	to    string
	kind  forum.MatterKind
	title string
	text  string
	paper string
	place bool

	full   string // title, of one that is exempt
	basis  string
	secret string // a paper that is exempt
}

var wishes = []wish{
	{
		from: "helse@vaksdal.example", to: "samarbeidsrad@voss.example", kind: forum.DecisionMatter, title: "Felles rutine for utskrivingsklare pasientar i helgane",
		text:  "Kommunane får melding om utskrivingsklare pasientar seint fredag. Vi ber rådet vedta ei felles rutine for varsling før kl. 12.",
		paper: "rutine.txt", place: true,
	},
	{
		from: "leiar@bjorkeli.example", to: "samarbeidsrad@voss.example", kind: forum.DiscussionMatter, title: "Ambulant team for unge med samansette vanskar",
		text: "Bjørkeli ønskjer å drøfte korleis kommunane og spesialisthelsetenesta saman kan nå ungdom som ikkje møter til time.",
	},
	{
		from: "representant@brukarutval.example", to: "samarbeidsrad@voss.example", kind: forum.BriefingMatter, title: "Erfaringar frå pårørande etter utskriving",
		text: "Brukarutvalet har snakka med pårørande i tre kommunar og vil gjerne leggje fram det dei fortalde.",
	},
	{
		from: "kommunedirektor@vaksdal.example", to: "toppleiarmote@voss.example", kind: forum.DecisionMatter, title: "Lokale til felles legevakt",
		text:  "To utleigarar har gjeve tilbod på lokale i sentrum. Toppleiarane bør semjast om kven vi forhandlar vidare med.",
		paper: "arealbehov.txt", full: "Forhandling om leige av det gamle meieriet til felles legevakt", basis: "offl. § 23 første ledd", secret: "tilbod.txt",
	},
}

func (s *story) tell(ctx context.Context) error {
	first := map[string]*forum.Meeting{}
	for _, g := range gatherings {
		meeting, err := s.gather(ctx, g)
		if err != nil {
			return err
		}
		if first[g.forum] == nil {
			first[g.forum] = meeting
		}
	}
	for _, w := range wishes {
		if err := s.wish(ctx, w, first[w.to]); err != nil {
			return err
		}
	}
	return nil
}

func (s *story) gather(ctx context.Context, g gathering) (*forum.Meeting, error) {
	in, by, err := s.place(ctx, g.forum, g.secretary)
	if err != nil {
		return nil, err
	}
	start := tuesday(s.tx.Now(), g.weeks, g.hour)
	slot := forum.Slot{Start: start, End: start.Add(time.Duration(g.hours) * time.Hour), Place: g.place, Link: g.link}
	form := forum.Ordinary
	if g.place == "" {
		form = forum.Remote
	}
	meeting, err := forum.PlanMeeting(ctx, s.tx, by, in, form, slot)
	if err != nil || !g.called {
		return meeting, err
	}
	return forum.CallMeeting(ctx, s.tx, by, meeting.ID)
}

// tuesday is the Tuesday some weeks ahead at an hour in Oslo.
func tuesday(now time.Time, weeks, hour int) time.Time {
	day := now.In(forum.Oslo).AddDate(0, 0, 7*weeks)
	day = day.AddDate(0, 0, (int(time.Tuesday)-int(day.Weekday())+7)%7)
	return time.Date(day.Year(), day.Month(), day.Day(), hour, 0, 0, 0, forum.Oslo)
}

func (s *story) wish(ctx context.Context, w wish, on *forum.Meeting) error {
	in, by, err := s.place(ctx, w.to, w.from)
	if err != nil {
		return err
	}
	proposal := forum.Proposal{Title: w.title, Text: w.text, Kind: w.kind, Source: forum.ByWeb}
	if w.paper != "" {
		proposal.Papers = []forum.Paper{s.papers[w.paper]}
	}
	matter, err := forum.ProposeMatter(ctx, s.tx, by, in, proposal)
	if err != nil {
		return err
	}
	_, secretary, err := s.place(ctx, w.to, "sekretariat@voss.example")
	if err != nil {
		return err
	}
	if w.full != "" {
		if err := s.exempt(ctx, secretary, matter.ID, w); err != nil {
			return err
		}
	}
	if w.place {
		_, err = forum.PlaceMatter(ctx, s.tx, secretary, matter.ID, on.ID)
	}
	return err
}

// exempt gives a matter its full title and the paper that comes with it.
func (s *story) exempt(ctx context.Context, by forum.Actor, id forum.MatterID, w wish) error {
	if _, err := forum.AddPapers(ctx, s.tx, by, id, []forum.Paper{s.papers[w.secret]}, forum.Exempt, w.basis); err != nil {
		return err
	}
	_, err := forum.ClassifyTitle(ctx, s.tx, by, id, forum.Titling{Public: w.title, Access: forum.Exempt, Full: w.full, Basis: w.basis})
	return err
}

func (s *story) place(ctx context.Context, address, person string) (forum.ForumID, forum.Actor, error) {
	in, err := s.tx.ForumByAddress(ctx, address)
	if err != nil {
		return 0, forum.Actor{}, fmt.Errorf("%s: %w", address, err)
	}
	by, err := s.tx.PersonByAddress(ctx, person)
	if err != nil {
		return 0, forum.Actor{}, fmt.Errorf("%s: %w", person, err)
	}
	return in.ID, forum.AsPerson(by.ID), nil
}

// sheets are the papers of the story: the names of their files and what is in them.
var sheets = map[string]struct{ name, text string }{
	"rutine.txt": {"Framlegg til rutine.txt", `Framlegg til felles rutine

1. Sjukehuset varslar kommunen så snart utskriving er venta, seinast kl. 12 same dag.
2. Kommunen svarar innan to timar om når og kvar pasienten kan takast imot.
3. Er dei ikkje samde, ringjer vakthavande til kvarandre før noko blir avgjort.
`},
	"arealbehov.txt": {"Arealbehov.txt", `Arealbehov for felles legevakt

Venterom med plass til tolv, fire undersøkingsrom, skadestove, laboratorium og vaktrom.
`},
	"tilbod.txt": {"Tilbod frå utleigarane.txt", `Tilbod på leige

Utleigaren av meieriet: 1 950 kroner per kvadratmeter i året, innflytting på hausten.
Utleigaren av telegrafbygget: 2 200 kroner per kvadratmeter i året, innflytting på nyåret.
`},
}

func putPapers(ctx context.Context, files forum.Files) (map[string]forum.Paper, error) {
	papers := map[string]forum.Paper{}
	for key, sheet := range sheets {
		digest, size, err := files.Put(ctx, strings.NewReader(sheet.text))
		if err != nil {
			return nil, err
		}
		papers[key] = forum.Paper{Name: sheet.name, Type: "text/plain; charset=utf-8", Size: size, Digest: digest}
	}
	return papers, nil
}
