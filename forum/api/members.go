package api

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/samraad/samraad/forum"
)

// MemberList is a list of members to be brought in.
type MemberList struct {
	Rows []MemberRow `json:"rows" maxItems:"5000" doc:"The rows, each with the texts of its columns as they stand in the list."`
}

// MemberRow is one row of a list of members.
type MemberRow struct {
	Line         int    `json:"line" minimum:"1" doc:"The line in the list, for what is said about it."`
	Name         string `json:"name,omitempty" maxLength:"1000" doc:"Name of the person."`
	Address      string `json:"address,omitempty" maxLength:"1000" doc:"Mail address of the person."`
	Organisation string `json:"organisation,omitempty" maxLength:"1000" doc:"Name or number of the organisation."`
	Capacity     string `json:"capacity,omitempty" maxLength:"1000" doc:"The capacity, in Norwegian or English." example:"medlem"`
	Rank         string `json:"rank,omitempty" maxLength:"1000" doc:"Of a substitute: the place in the order."`
	Forum        string `json:"forum,omitempty" maxLength:"1000" doc:"Name of the forum; empty for the one of the path."`
	From         string `json:"from,omitempty" maxLength:"1000" doc:"The first day."`
	To           string `json:"to,omitempty" maxLength:"1000" doc:"The last day."`
	Language     string `json:"language,omitempty" maxLength:"1000" doc:"The language that the person reads."`
}

func (r MemberRow) row() forum.MemberRow {
	row := forum.MemberRow{Line: r.Line, Cells: map[forum.MemberColumn]string{}}
	for column, text := range map[forum.MemberColumn]string{
		forum.NameColumn: r.Name, forum.AddressColumn: r.Address, forum.OrganisationColumn: r.Organisation, forum.CapacityColumn: r.Capacity,
		forum.RankColumn: r.Rank, forum.ForumColumn: r.Forum, forum.FromColumn: r.From, forum.ToColumn: r.To, forum.LanguageColumn: r.Language,
	} {
		if text != "" {
			row.Cells[column] = text
		}
	}
	return row
}

// MemberPlan is what a list means.
type MemberPlan struct {
	ForumID forum.ForumID   `json:"forum_id" doc:"Number of the forum."`
	Rows    []MemberOutcome `json:"rows" doc:"What becomes of each row."`
}

// MemberOutcome is what becomes of a row.
type MemberOutcome struct {
	Line         int            `json:"line" doc:"The line in the list."`
	Change       string         `json:"change" doc:"new-person, new-seat, changed, unchanged or trouble."`
	PersonID     forum.PersonID `json:"person_id,omitempty" doc:"Number of the person; absent for who is not known yet."`
	Name         string         `json:"name,omitempty" doc:"Name of the person."`
	Organisation string         `json:"organisation,omitempty" doc:"Name of the organisation."`
	Capacity     string         `json:"capacity,omitempty" doc:"The capacity."`
	Troubles     []string       `json:"troubles" doc:"What is wrong with the row, as codes."`
}

func planOf(in forum.ForumID, p *forum.MemberPlan) MemberPlan {
	return MemberPlan{in, Each(p.Outcomes, func(o forum.MemberOutcome) MemberOutcome {
		return MemberOutcome{
			Line: o.Row.Line, Change: string(o.Change), PersonID: o.Person.ID, Name: o.Person.Name, Organisation: o.Organisation.Name,
			Capacity: string(o.Seat.Capacity), Troubles: Each(o.Troubles, func(e *forum.Error) string { return e.Key }),
		}
	})}
}

func members(a *API) {
	s := Subject{a, "People"}
	Preview(s, About{ID: "previewMembers", Path: "/forums/{id}/members/preview", Summary: "See what a list of members means", Text: "Nothing is changed."},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in *With[forum.ForumID, MemberList]) (MemberPlan, error) {
			if _, err := tx.Forum(ctx, in.ID); err != nil {
				return MemberPlan{}, err
			}
			p, err := forum.PreviewMembers(ctx, tx, by, in.ID, Each(in.Body.Rows, MemberRow.row))
			if err != nil {
				return MemberPlan{}, err
			}
			return planOf(in.ID, p), nil
		})
	Create(s, About{ID: "importMembers", Path: "/forums/{id}/members", Summary: "Bring a list of members in", Text: "All of it or, where a row is in trouble, nothing. Once more it changes nothing."},
		func(p MemberPlan) string { return fmt.Sprintf("/forums/%d/people", p.ForumID) }, importMembers)
}

// importMembers names the first row in trouble.
func importMembers(ctx context.Context, tx forum.Tx, by forum.Actor, in *With[forum.ForumID, MemberList]) (MemberPlan, error) {
	if _, err := tx.Forum(ctx, in.ID); err != nil {
		return MemberPlan{}, err
	}
	p, err := forum.ImportMembers(ctx, tx, by, in.ID, Each(in.Body.Rows, MemberRow.row))
	if err == nil {
		return planOf(in.ID, p), nil
	}
	var refused *forum.Error
	if p == nil || !errors.As(err, &refused) {
		return MemberPlan{}, err
	}
	at := slices.IndexFunc(p.Outcomes, func(o forum.MemberOutcome) bool { return len(o.Troubles) > 0 })
	if at < 0 {
		return MemberPlan{}, err
	}
	trouble := p.Outcomes[at].Troubles[0]
	return MemberPlan{}, trouble.On(fmt.Sprintf("rows[%d].%s", at, trouble.Field))
}
