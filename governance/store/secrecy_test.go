package store_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
	forumstore "github.com/samraad/samraad/forum/store"
	forumtest "github.com/samraad/samraad/forum/store/storetest"
	"github.com/samraad/samraad/governance"
	"github.com/samraad/samraad/governance/store"
)

// joinable are the columns of a row that the two tables of a secret ballot could
// be joined by: all that they declare, and what the database keeps besides.
var joinable = map[bool][]string{
	false: {"rowid"},
	true:  {"xmin", "xmax", "cmin", "cmax", "ctid"},
}

const voters = 12

// TestNoColumnJoinsVoterAndVote votes in an order and looks whether any column of
// the box gives that order, or shares a value with the lines of who has voted.
func TestNoColumnJoinsVoterAndVote(t *testing.T) {
	forumtest.Both(t, func(t *testing.T, address string) {
		db, err := forumstore.Open(t.Context(), address, forumstore.Options{Tables: store.Tables})
		must(t, err)
		defer db.Close()
		must(t, db.Migrate(t.Context()))
		keeper := store.Keeper{DB: db}
		ballot, seats := election(t, keeper)
		for i, seat := range seats {
			must(t, keeper.Write(t.Context(), func(ctx context.Context, tx forum.Tx) error {
				return governance.In(tx).DropIn(ctx, ballot, seat, governance.CandidateID(i+1)) // each a candidate of its own, to know it again
			}))
		}
		postgres := strings.HasPrefix(address, "postgres")
		must(t, keeper.Read(t.Context(), func(ctx context.Context, tx forum.Tx) error {
			box := columns(t, ctx, tx, "slips", "candidate", append([]string{"key", "ballot_id"}, joinable[postgres]...))
			turnout := columns(t, ctx, tx, "turnouts", "seat_id", append([]string{"id", "ballot_id"}, joinable[postgres]...))
			for name, of := range box {
				if inOrder(of) && distinct(of) > 1 {
					t.Errorf("the column %s of the box is in the order of the votes: %v", name, of)
				}
				for other, values := range turnout {
					if same := pairs(of, values); same > voters/2 && distinct(of) > 1 {
						t.Errorf("%d votes share slips.%s with turnouts.%s of their voters", same, name, other)
					}
				}
			}
			return nil
		}))
	})
}

// columns reads what is declared and what the database keeps of each row, in the
// order in which was voted.
func columns(t *testing.T, ctx context.Context, tx forum.Tx, table, by string, names []string) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	db := forumstore.RowsOf(tx).DB()
	var declared []map[string]any
	must(t, db.NewRaw("SELECT * FROM "+table).Scan(ctx, &declared))
	for name := range declared[0] {
		if name != by && !slices.Contains(names, name) {
			t.Errorf("the test knows nothing of %s.%s", table, name)
		}
	}
	for _, name := range names {
		var values []string
		must(t, db.NewRaw(fmt.Sprintf("SELECT CAST(%s AS text) FROM %s ORDER BY %s", name, table, by)).Scan(ctx, &values))
		if len(values) != voters {
			t.Fatalf("%s has %d rows", table, len(values))
		}
		found[name] = values
	}
	return found
}

// inOrder tells whether values grow or fall with the order of the votes.
func inOrder(values []string) bool {
	long := slices.Clone(values)
	for i, v := range long {
		long[i] = fmt.Sprintf("%30s", v)
	}
	up := slices.IsSorted(long)
	slices.Reverse(long)
	return up || slices.IsSorted(long)
}

func distinct(values []string) int {
	return len(slices.Compact(slices.Sorted(slices.Values(values))))
}

// pairs counts the places at which two columns agree.
func pairs(a, b []string) (same int) {
	for i := range a {
		if a[i] == b[i] {
			same++
		}
	}
	return same
}

// election is a ballot with seats to vote for.
func election(t *testing.T, keeper forum.Keeper) (ballot governance.BallotID, seats []forum.SeatID) {
	t.Helper()
	must(t, keeper.Write(t.Context(), func(ctx context.Context, within forum.Tx) error {
		tx, now := governance.In(within), time.Date(2026, 3, 2, 11, 0, 0, 0, time.UTC)
		area := forum.Area{Key: "voss", Name: "Voss"}
		must(t, tx.SaveArea(ctx, &area))
		organisation := forum.Organisation{Number: "1", Name: "Kvam", Level: forum.Municipal}
		must(t, tx.SaveOrganisation(ctx, &organisation))
		person := forum.Person{Name: "Medlem", Address: "medlem@kvam.example"}
		must(t, tx.SavePerson(ctx, &person))
		council := forum.Forum{AreaID: area.ID, Key: "raad", Name: "Rådet"}
		must(t, tx.SaveForum(ctx, &council))
		for range voters {
			seat := forum.Seat{ForumID: council.ID, OrganisationID: organisation.ID, PersonID: person.ID, Capacity: forum.Member}
			must(t, tx.SaveSeat(ctx, &seat))
			seats = append(seats, seat.ID)
		}
		matter := forum.Matter{ForumID: council.ID, Intake: "1", Title: "Val", ProposedAt: now}
		must(t, tx.SaveMatter(ctx, &matter))
		motion := governance.Motion{ForumID: council.ID, MatterID: matter.ID, Sort: governance.Vacancy, PutAt: now}
		must(t, tx.SaveMotion(ctx, &motion))
		b := governance.Ballot{ForumID: council.ID, MatterID: matter.ID, MotionID: motion.ID, Secret: true, OpenedAt: now}
		must(t, tx.SaveBallot(ctx, &b))
		ballot = b.ID
		return nil
	}))
	return ballot, seats
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
