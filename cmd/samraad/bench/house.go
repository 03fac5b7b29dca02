package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/files"
	"github.com/samraad/samraad/forum/jobs"
	"github.com/samraad/samraad/forum/store"
	governedstore "github.com/samraad/samraad/governance/store"
	"github.com/samraad/samraad/policies"
)

// The area that is measured: a council with many members.
const (
	council   = "raad@voss.example"
	secretary = "sekretar@kvam.example"
	seats     = 20
)

// house is a store on SQLite as it is served, with the area in it.
type house struct {
	governedstore.Keeper
	files *files.Folder
	log   *slog.Logger
}

func newHouse(ctx context.Context, folder string, plan *forum.AreaPlan) (*house, error) {
	policy, err := policies.Default()
	if err != nil {
		return nil, err
	}
	db, err := store.Open(ctx, "sqlite:"+filepath.Join(folder, "samraad.db"), store.Options{Policy: policy, Queueing: jobs.Queueing, Tables: governedstore.Tables})
	if err != nil {
		return nil, err
	}
	papers, err := files.Open(filepath.Join(folder, "papers"))
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	h := &house{governedstore.Keeper{DB: db}, papers, slog.New(slog.DiscardHandler)}
	err = db.Migrate(ctx)
	if err == nil {
		err = h.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
			_, err := forum.ImportArea(ctx, tx, forum.Operator(), plan)
			return err
		})
	}
	if err != nil {
		return nil, errors.Join(err, h.close())
	}
	return h, nil
}

func (h *house) close() error { return errors.Join(h.DB.Close(), h.files.Close()) }

// as is the actor of an address.
func as(ctx context.Context, tx forum.Tx, address string) (forum.Actor, error) {
	person, err := tx.PersonByAddress(ctx, address)
	if err != nil {
		return forum.Actor{}, err
	}
	return forum.AsPerson(person.ID), nil
}

func member(i int) string { return fmt.Sprintf("medlem%d@kvam.example", i) }

// areaOf is an area with a council of so many members, and more forums of the
// same people below it.
func areaOf(members, forums int) *forum.AreaPlan {
	const kvam, bergen = "944233199", "983974724"
	plan := &forum.AreaPlan{
		Area: forum.AreaEntry{Key: "voss", Name: "Voss lokalsjukehusområde"},
		Organisations: []forum.OrganisationEntry{
			{Number: kvam, Name: "Kvam herad", Level: forum.Municipal, Municipality: "4622"},
			{Number: bergen, Name: "Helse Bergen HF", Level: forum.Specialist},
		},
		People: []forum.PersonEntry{{Address: secretary, Name: "Sekretær, Kvam herad"}},
	}
	in := []forum.SeatEntry{{Person: secretary, Organisation: kvam, Capacity: forum.Secretary}}
	for i := range members {
		organisation := kvam
		if i%2 == 1 {
			organisation = bergen
		}
		plan.People = append(plan.People, forum.PersonEntry{Address: member(i), Name: fmt.Sprintf("Medlem %d", i)})
		in = append(in, forum.SeatEntry{Person: member(i), Organisation: organisation, Capacity: forum.Member})
	}
	mandate := forum.MandateEntry{From: "2020-01-01", ItemsDays: 14, PapersDays: 7}
	plan.Forums = []forum.ForumEntry{{Key: "raad", Name: "Samarbeidsrådet", Kind: forum.Council, Address: council, Mandate: mandate, Seats: in}}
	for i := range forums - 1 {
		plan.Forums = append(plan.Forums, forum.ForumEntry{
			Key: fmt.Sprintf("utval%d", i), Name: fmt.Sprintf("Utval %d", i), Kind: forum.SubCommittee, Parent: "raad",
			Address: fmt.Sprintf("utval%d@voss.example", i), Mandate: mandate, Seats: in,
		})
	}
	return plan
}

// called plans and calls a meeting of the council some days ahead.
func (h *house) called(ctx context.Context, days int) (id forum.MeetingID, err error) {
	return id, h.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
		by, err := as(ctx, tx, secretary)
		if err != nil {
			return err
		}
		in, err := tx.ForumByAddress(ctx, council)
		if err != nil {
			return err
		}
		start := time.Now().AddDate(0, 0, days).Truncate(time.Hour)
		m, err := forum.PlanMeeting(ctx, tx, by, in.ID, forum.Ordinary, forum.Slot{Start: start, End: start.Add(2 * time.Hour), Place: "Heradshuset"})
		if err != nil {
			return err
		}
		id = m.ID
		_, err = forum.CallMeeting(ctx, tx, by, id)
		return err
	})
}

// propose is an act: a matter comes to the council.
func (h *house) propose(ctx context.Context) error {
	return h.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
		by, err := as(ctx, tx, secretary)
		if err != nil {
			return err
		}
		in, err := tx.ForumByAddress(ctx, council)
		if err != nil {
			return err
		}
		_, err = forum.ProposeMatter(ctx, tx, by, in.ID, forum.Proposal{Title: "Ei sak til", Kind: forum.DecisionMatter, Text: "Vi ber rådet drøfte dette.", Source: forum.ByWeb})
		return err
	})
}
