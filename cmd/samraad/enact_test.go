package main_test

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/jobs"
	"github.com/samraad/samraad/forum/store"
	"github.com/samraad/samraad/governance"
	governed "github.com/samraad/samraad/governance/store"
	"github.com/samraad/samraad/policies"
)

// enact makes a decision as approved minutes do, while no server has the database:
// enact WHEN MINUTES MATTER MEETING TEXT NUMBER=DUE … with the numbers of organisations.
func enact(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 5 {
		ts.Fatalf("usage: enact WHEN MINUTES MATTER MEETING TEXT NUMBER=DUE …")
	}
	when, err := time.Parse(time.RFC3339, args[0])
	ts.Check(err)
	number := func(text string) int64 {
		n, err := strconv.ParseInt(text, 10, 64)
		ts.Check(err)
		return n
	}
	policy, err := policies.Default()
	ts.Check(err)
	ctx := context.Background()
	db, err := store.Open(ctx, ts.Getenv("SAMRAAD_DB"), store.Options{Clock: func() time.Time { return when }, Policy: policy, Queueing: jobs.Queueing, Tables: governed.Tables})
	ts.Check(err)
	defer db.Close()
	ts.Check(governed.Keeper{DB: db}.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
		matter, err := tx.Matter(ctx, forum.MatterID(number(args[2])))
		if err != nil {
			return err
		}
		e := governance.Enactment{ForumID: matter.ForumID, MeetingID: forum.MeetingID(number(args[3])), MatterID: matter.ID, Text: args[4]}
		for _, action := range args[5:] {
			organisation, due, _ := strings.Cut(action, "=")
			o, err := tx.OrganisationByNumber(ctx, organisation)
			if err != nil {
				return err
			}
			e.Actions = append(e.Actions, governance.Action{OrganisationID: o.ID, Due: forum.Date(due)})
		}
		_, err = governance.Enact(ctx, governance.In(tx), forum.Actor{}, governance.MinutesID(number(args[1])), []governance.Enactment{e})
		return err
	}))
}
