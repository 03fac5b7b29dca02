package api

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
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
	Away       []Away         `json:"away" doc:"Who is away from today on, for who plans meetings."`
	MayPlan    bool           `json:"may_plan" doc:"Whether the caller may plan meetings."`
	MayPropose bool           `json:"may_propose" doc:"Whether the caller may propose matters."`
	MayTriage  bool           `json:"may_read_inbox" doc:"Whether the caller may read the inbox."`
	MayMail    bool           `json:"may_read_mail" doc:"Whether the caller may read the forum's mail."`
}

// Away is when somebody with a seat is away.
type Away struct {
	PersonID forum.PersonID `json:"person_id" doc:"Number of the person."`
	From     string         `json:"from" doc:"The first day."`
	To       string         `json:"to" doc:"The last day."`
}

// Mandate is what a forum is for and how it works.
type Mandate struct {
	From            string   `json:"from" doc:"The first day."`
	To              string   `json:"to,omitempty" doc:"The last day; absent for no end."`
	Text            string   `json:"text" doc:"What the forum is for."`
	Basis           string   `json:"basis,omitempty" doc:"The law or agreement that it rests on."`
	Rule            string   `json:"rule,omitempty" doc:"How it decides." example:"consensus"`
	Profile         string   `json:"profile,omitempty" doc:"The legal frame."`
	ItemsDays       int      `json:"items_days" doc:"How many days before a meeting items are to be in."`
	PapersDays      int      `json:"papers_days" doc:"How many days before a meeting papers go out."`
	MinutesDays     int      `json:"minutes_days" doc:"How many days after a meeting its minutes are out; 0 for the usual."`
	AnswerHours     int      `json:"answer_hours" doc:"After how many hours of silence a substitute is called up; 0 for never."`
	KeyHours        int      `json:"key_hours" doc:"How many hours key-holders have; 0 for the usual."`
	DraftDays       int      `json:"draft_days" doc:"How many days each level has to contribute to a joint draft."`
	RemindDays      int      `json:"remind_days" doc:"How many days before a follow-up is due its owner is reminded."`
	LateDays        int      `json:"late_days" doc:"How many days after a follow-up was due the leader of the organisation is told."`
	QuorumPercent   int      `json:"quorum_percent" doc:"How much of each level's seats makes it quorate; 0 for half."`
	PerOrganisation bool     `json:"per_organisation" doc:"Whether the seats of an organisation have one vote together."`
	AdoptedBy       string   `json:"adopted_by,omitempty" doc:"The rule by which a recommendation is adopted; absent for consensus."`
	KeyHolders      []string `json:"key_holders" doc:"The capacities that hold the keys."`
}

func mandateOf(m *forum.Mandate) *Mandate {
	if m == nil {
		return nil
	}
	return &Mandate{
		From: string(m.From), To: string(m.To), Text: m.Text, Basis: m.Basis, Rule: string(m.Rule), Profile: string(m.Profile),
		ItemsDays: m.Deadlines.ItemsDays, PapersDays: m.Deadlines.PapersDays, MinutesDays: m.Deadlines.MinutesDays, AnswerHours: m.AnswerHours, KeyHours: m.KeyHours, DraftDays: m.DraftTime(),
		RemindDays: m.RemindTime(), LateDays: m.LateTime(), QuorumPercent: m.QuorumPercent, PerOrganisation: m.PerOrganisation, AdoptedBy: string(m.AdoptedBy), KeyHolders: Each(m.KeyHolders, func(c forum.Capacity) string { return string(c) }),
	}
}

func forums(a *API) {
	s := Subject{a, "Forums"}
	Lists(s, About{ID: "listForums", Path: "/forums", Summary: "List the forums", Text: "The tree of forums of every area, parents before children."},
		List[forum.Place, Place]{Show: placeOf},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, _ *Paging) ([]forum.Place, error) {
			return forum.ReadPlaces(ctx, tx, by)
		})
	One(s, About{ID: "getForum", Path: "/forums/{id}", Summary: "Read a forum", Text: "The forum with the mandate in force and what the caller may do in it."}, seeing(forum.ReadForumPage, forumOf))
	Lists(s, About{ID: "listOrganisations", Path: "/organisations", Summary: "List the organisations", Text: "Every organisation that takes part or took part, by number."},
		List[forum.Organisation, Organisation]{Key: func(o forum.Organisation) string { return number(o.ID) }, Show: organisationOf},
		func(ctx context.Context, tx forum.Tx, _ forum.Actor, _ *Paging) ([]forum.Organisation, error) {
			all, err := tx.Organisations(ctx)
			return slices.Collect(maps.Values(all)), err
		})
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

func forumOf(p forum.ForumPage) Forum {
	return Forum{
		ID: p.ID, AreaID: p.AreaID, ParentID: p.Parent, Name: p.Name, Kind: string(p.Kind), Address: p.Address, Language: string(p.Language),
		Mandate: mandateOf(p.Mandate), Parties: Each(p.Parties, organisationOf), Away: awayOf(p.Away),
		MayPlan: p.MayPlan, MayPropose: p.MayPropose, MayTriage: p.MayTriage, MayMail: p.MayMail,
	}
}

// awayOf lists absences by their first day.
func awayOf(absences map[forum.PersonID][]forum.Absence) []Away {
	away := []Away{}
	for person, of := range absences {
		for _, a := range of {
			away = append(away, Away{person, string(a.From), string(a.To)})
		}
	}
	slices.SortFunc(away, func(a, b Away) int {
		return cmp.Or(strings.Compare(a.From, b.From), cmp.Compare(a.PersonID, b.PersonID))
	})
	return away
}
