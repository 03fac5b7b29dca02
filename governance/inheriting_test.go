package governance_test

import (
	"context"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/governance"
)

const heir = "ny@kvam.example"

// ends ends the seat of the council's leader with a day.
func (o *office) ends(last forum.Date, to forum.Heir) {
	o.Helper()
	did(o, func(ctx context.Context, tx governance.Tx) (*forum.SeatEnding, error) {
		seats, err := tx.Seats(ctx, o.council, forum.DateOf(tx.Now()))
		if err != nil {
			return nil, err
		}
		leader, err := tx.PersonByAddress(ctx, leads)
		if err != nil {
			return nil, err
		}
		for _, s := range seats {
			if s.PersonID == leader.ID {
				return forum.EndSeat(ctx, tx, o.by(kvamKeeper), s.ID, last, to)
			}
		}
		return nil, forum.Refuse(forum.NotFound, "error.not_found.seat")
	})
	o.mails()
}

func (o *office) scan(at time.Time) {
	o.Helper()
	o.now = at
	o.must(governance.Scan(o.Context(), o.keeper, always{}))
}

func TestFollowUpsMoveWithASeat(t *testing.T) {
	for name, test := range map[string]struct {
		to    forum.Heir
		owner string
	}{
		"to who got it":            {forum.Heir{Name: "Ny helsesjef, Kvam herad", Address: heir}, heir},
		"to who else sits for it":  {forum.Heir{}, kvamKeeper},
		"to somebody known before": {forum.Heir{Address: adviser}, adviser},
	} {
		t.Run(name, func(t *testing.T) {
			inOffices(t, func(o *office) {
				kvam, helse := o.owed("2026-12-01")
				o.ends("2026-03-10", test.to)
				o.scan(time.Date(2026, 3, 10, 9, 0, 0, 0, time.UTC))
				o.wantMails()
				if o.state(kvam).OwnerID != o.person(leads) {
					t.Error("it moved before the last day was over")
				}
				o.scan(time.Date(2026, 3, 11, 9, 0, 0, 0, time.UTC))
				o.wantMails("follow-up " + test.owner + " inherited")
				if got := o.state(kvam); got.OwnerID != o.person(test.owner) || got.OrganisationID != o.kvam || got.State != governance.OpenFollowUp {
					t.Errorf("%+v", got)
				}
				if o.state(helse).OwnerID != o.person(department) {
					t.Error("another's moved too")
				}
				o.scan(time.Date(2026, 3, 12, 9, 0, 0, 0, time.UTC))
				o.wantMails()
			})
		})
	}
}

func TestDoneStaysWhoseItWas(t *testing.T) {
	inOffices(t, func(o *office) {
		kvam, _ := o.owed("2026-12-01")
		did(o, func(ctx context.Context, tx governance.Tx) (*governance.FollowUp, error) {
			return governance.ReportDone(ctx, tx, o.by(leads), kvam, "")
		})
		o.ends("2026-03-10", forum.Heir{Address: adviser})
		o.scan(time.Date(2026, 3, 11, 9, 0, 0, 0, time.UTC))
		o.wantMails()
		if o.state(kvam).OwnerID != o.person(leads) {
			t.Error("what is done moved")
		}
	})
}

func TestFollowUpsMoveWithAMergedOrganisation(t *testing.T) {
	inOffices(t, func(o *office) {
		kvam, _ := o.owed("2026-12-01")
		did(o, func(ctx context.Context, tx governance.Tx) (bool, error) {
			into := forum.Organisation{Number: "960510542", Name: "Voss herad", Municipality: "4621", Level: forum.Municipal, Language: forum.Nynorsk, ValidFrom: "1964-01-01"}
			return true, tx.SaveOrganisation(ctx, &into)
		})
		did(o, func(ctx context.Context, tx governance.Tx) (*forum.MergerPlan, error) {
			return forum.MergeOrganisations(ctx, tx, forum.Operator(), forum.Merger{From: []string{"944233199"}, Into: "960510542", On: "2026-04-01"})
		})
		o.mails()
		o.scan(time.Date(2026, 3, 31, 4, 0, 0, 0, time.UTC))
		if o.state(kvam).OrganisationID != o.kvam {
			t.Error("it moved before the merger")
		}
		o.scan(time.Date(2026, 4, 1, 4, 0, 0, 0, time.UTC)) // before the working day begins: no other mail goes
		o.wantMails("follow-up leiar@kvam.example inherited")
		if got := o.state(kvam); got.OrganisationID == o.kvam || got.OwnerID != o.person(leads) {
			t.Errorf("%+v", got)
		}
	})
}
