package store

import (
	"reflect"
	"testing"

	"github.com/samraad/samraad/forum"
)

func TestWhatIsForgotten(t *testing.T) {
	for name, c := range map[string]struct {
		statement string
		forgets   bool
	}{
		"a reading":               {`SELECT "seat"."id" FROM "seats" AS "seat"`, false},
		"the version":             {dataVersion, false},
		"a savepoint":             {"SAVEPOINT act", false},
		"the next savepoint":      {"RELEASE act; SAVEPOINT act", false},
		"a matter":                {`INSERT INTO "matters" ("forum_id", "level") VALUES (?, ?) RETURNING "id"`, false},
		"a seat":                  {`INSERT INTO "seats" ("forum_id") VALUES (?) RETURNING "id"`, true},
		"a seat that ends":        {`UPDATE "seats" AS "seat" SET "to" = ? WHERE id = ?`, true},
		"a seat that is dropped":  {`DELETE FROM "seats" AS "seat" WHERE id = ?`, true},
		"an address":              {"INSERT INTO addresses (address, person_id) VALUES (?, ?) ON CONFLICT (address) DO NOTHING", true},
		"people by a list":        {`WITH "_data" AS (VALUES (?)) UPDATE people SET name = ''`, true},
		"a job":                   {"-- name: JobSetState :many\nUPDATE river_job SET state = ?", false},
		"an act that is undone":   {"ROLLBACK TO act", true},
		"a schema that changes":   {"ALTER TABLE mandates ADD COLUMN draft_days integer", true},
		"several statements":      {"DROP TABLE x; UPDATE forums SET name = ''", true},
		"a table that sounds so":  {`DELETE FROM "seat_endings" AS "seat_ending" WHERE id = ?`, false},
		"what else is kept of it": {`INSERT INTO "address_tokens" ("token") VALUES (?)`, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := &settled{}
			before := s.now()
			s.runs(c.statement)
			if forgets := s.now() != before; forgets != c.forgets {
				t.Errorf("forgets is %v", forgets)
			}
		})
	}
}

func TestWhatSettles(t *testing.T) {
	for name, c := range map[string]struct {
		of      reflect.Type
		query   string
		settles bool
	}{
		"seats":                       {reflect.TypeFor[forum.Seat](), "forum_id = ?", true},
		"a person by an address":      {reflect.TypeFor[forum.Person](), "id = (SELECT person_id FROM addresses WHERE address = ?)", true},
		"people who were invited":     {reflect.TypeFor[forum.Person](), "id IN (SELECT person_id FROM invitations WHERE meeting_id = ?)", false},
		"people who were, in quotes":  {reflect.TypeFor[forum.Person](), `id IN (SELECT person_id FROM "invitations")`, false},
		"people with their seats":     {reflect.TypeFor[forum.Person](), "id IN (SELECT person_id FROM seats JOIN items ON TRUE)", false},
		"matters":                     {reflect.TypeFor[forum.Matter](), "id = ?", false},
		"how many there are of seats": {reflect.TypeFor[counted[forum.Seat]](), "forum_id = ?", false},
	} {
		t.Run(name, func(t *testing.T) {
			if settles := (question{of: c.of, query: c.query}).settles(); settles != c.settles {
				t.Errorf("settles is %v", settles)
			}
		})
	}
}
