package api

import (
	"context"
	"slices"
	"time"

	"github.com/samraad/samraad/forum"
)

// Place is a forum in the tree.
type Place struct {
	ID       forum.ForumID `json:"id" doc:"Number of the forum."`
	AreaID   forum.AreaID  `json:"area_id" doc:"Number of its area."`
	ParentID forum.ForumID `json:"parent_id,omitempty" doc:"Number of the forum above; absent at the top."`
	Name     string        `json:"name" doc:"Its name." example:"Samarbeidsrådet"`
	Kind     string        `json:"kind" doc:"What sort of body it is." example:"council"`
	Address  string        `json:"address" doc:"Where items are mailed to." example:"raad@voss.example"`
	Language string        `json:"language" doc:"Its own language: nn, nb or en."`
	MayRead  bool          `json:"may_read" doc:"Whether the caller may open it."`
	Next     *time.Time    `json:"next_meeting,omitempty" doc:"When its next meeting begins."`
	Waiting  int           `json:"waiting,omitempty" doc:"How many matters wait in its inbox, for who may read that."`
	Held     int           `json:"held,omitempty" doc:"How many mails it holds back, for who may read them."`
}

// Forum is a forum with its mandate.
type Forum struct {
	ID         forum.ForumID  `json:"id" doc:"Number of the forum."`
	AreaID     forum.AreaID   `json:"area_id" doc:"Number of its area."`
	ParentID   forum.ForumID  `json:"parent_id,omitempty" doc:"Number of the forum above; absent at the top."`
	Name       string         `json:"name" doc:"Its name."`
	Kind       string         `json:"kind" doc:"What sort of body it is." example:"council"`
	Address    string         `json:"address" doc:"Where items are mailed to."`
	Language   string         `json:"language" doc:"Its own language: nn, nb or en."`
	Mandate    *Mandate       `json:"mandate,omitempty" doc:"The mandate in force; absent when none is."`
	Parties    []Organisation `json:"parties" doc:"The organisations that the mandate names."`
	MayPlan    bool           `json:"may_plan" doc:"Whether the caller may plan meetings."`
	MayPropose bool           `json:"may_propose" doc:"Whether the caller may propose matters."`
	MayTriage  bool           `json:"may_read_inbox" doc:"Whether the caller may read the inbox."`
	MayMail    bool           `json:"may_read_mail" doc:"Whether the caller may read the forum's mail."`
}

// Mandate is what a forum is for and how it works.
type Mandate struct {
	From          string   `json:"from" doc:"The first day."`
	To            string   `json:"to,omitempty" doc:"The last day; absent for no end."`
	Text          string   `json:"text" doc:"What the forum is for."`
	Basis         string   `json:"basis,omitempty" doc:"The law or agreement that it rests on."`
	Rule          string   `json:"rule,omitempty" doc:"How it decides." example:"consensus"`
	Profile       string   `json:"profile,omitempty" doc:"The legal frame."`
	ItemsDays     int      `json:"items_days" doc:"How many days before a meeting items are to be in."`
	PapersDays    int      `json:"papers_days" doc:"How many days before a meeting papers go out."`
	AnswerHours   int      `json:"answer_hours" doc:"After how many hours of silence a substitute is called up; 0 for never."`
	KeyHours      int      `json:"key_hours" doc:"How many hours key-holders have; 0 for the usual."`
	QuorumPercent int      `json:"quorum_percent" doc:"How much of each level's seats makes it quorate; 0 for half."`
	KeyHolders    []string `json:"key_holders" doc:"The capacities that hold the keys."`
}

func mandateOf(m *forum.Mandate) *Mandate {
	if m == nil {
		return nil
	}
	return &Mandate{
		From: string(m.From), To: string(m.To), Text: m.Text, Basis: m.Basis, Rule: string(m.Rule), Profile: string(m.Profile),
		ItemsDays: m.Deadlines.ItemsDays, PapersDays: m.Deadlines.PapersDays, AnswerHours: m.AnswerHours, KeyHours: m.KeyHours,
		QuorumPercent: m.QuorumPercent, KeyHolders: each(m.KeyHolders, func(c forum.Capacity) string { return string(c) }),
	}
}

// InForum names a forum and how its list is read.
type InForum struct {
	ID forum.ForumID `path:"id" minimum:"1"`
	Paging
}

func forums(a *API) {
	s := subject{a, "Forums"}
	read(s, about{id: "listForums", path: "/forums", summary: "List the forums", text: "The tree of forums of every area, parents before children."},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in *Paging) (Page[Place], error) {
			places, err := forum.ReadPlaces(ctx, tx, by)
			if err != nil {
				return Page[Place]{}, err
			}
			at := map[forum.ForumID]int{}
			for i, p := range places {
				at[p.ID] = i
			}
			return list[forum.Place, Place]{rows: places, key: func(p forum.Place) string { return number(at[p.ID]) }, show: placeOf, path: "/forums"}.page(*in)
		})
	one(s, about{id: "getForum", path: "/forums/{id}", summary: "Read a forum", text: "The forum with the mandate in force and what the caller may do in it."}, thing[forum.ForumID, Forum]{see: seeForum})
	read(s, about{id: "listOrganisations", path: "/organisations", summary: "List the organisations", text: "Every organisation that takes part or took part, by number."}, listOrganisations)
}

func placeOf(p forum.Place) Place {
	shown := Place{
		ID: p.ID, AreaID: p.AreaID, ParentID: p.Parent, Name: p.Name, Kind: string(p.Kind), Address: p.Address, Language: string(p.Language),
		MayRead: p.MayRead, Waiting: p.Waiting, Held: p.Held,
	}
	if p.Next != nil {
		shown.Next = instant(p.Next.Start)
	}
	return shown
}

func seeForum(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.ForumID) (Forum, error) {
	p, err := forum.ReadForumPage(ctx, tx, by, id)
	if err != nil {
		return Forum{}, err
	}
	return Forum{
		ID: p.ID, AreaID: p.AreaID, ParentID: p.Parent, Name: p.Name, Kind: string(p.Kind), Address: p.Address, Language: string(p.Language),
		Mandate: mandateOf(p.Mandate), Parties: each(p.Parties, organisationOf),
		MayPlan: p.MayPlan, MayPropose: p.MayPropose, MayTriage: p.MayTriage, MayMail: p.MayMail,
	}, nil
}

func listOrganisations(ctx context.Context, tx forum.Tx, _ forum.Actor, in *Paging) (Page[Organisation], error) {
	all, err := tx.Organisations(ctx)
	if err != nil {
		return Page[Organisation]{}, err
	}
	var rows []forum.Organisation
	for _, o := range all {
		rows = append(rows, o)
	}
	slices.SortFunc(rows, func(a, b forum.Organisation) int { return int(a.ID - b.ID) })
	key := func(o forum.Organisation) string { return number(o.ID) }
	return list[forum.Organisation, Organisation]{rows: rows, key: key, show: organisationOf, path: "/organisations"}.page(*in)
}
