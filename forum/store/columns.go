package store

import (
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"github.com/samraad/samraad/forum"
)

// layOut tells bun how the domain's structs lie in tables, so that the domain
// needs no tags: ids of nothing and empty times are NULL, times are UTC, and
// text is what both databases can hold.
func layOut(db *bun.DB, more []any) {
	for _, row := range append([]any{
		forum.Area{}, forum.Organisation{}, forum.Person{}, forum.Forum{}, forum.Mandate{}, forum.Seat{}, forum.Meeting{},
		forum.Invitation{}, forum.AddressToken{}, forum.Incoming{}, forum.LearnedAddress{}, forum.Matter{}, forum.Item{}, forum.Removal{},
		forum.Document{}, forum.DocumentVersion{}, forum.PaperText{}, forum.Message{}, forum.MessageStep{}, forum.AddressTrouble{}, forum.Session{}, eventRow{},
		forum.Feed{}, forum.Absence{}, forum.AddressClaim{}, forum.Series{}, forum.BlockedWeeks{}, forum.Answer{}, forum.TimeProposal{},
		forum.AgendaRevision{}, forum.Guest{}, forum.Edition{}, forum.KeyWord{}, forum.StandIn{},
		forum.Delivery{}, forum.Print{}, forum.ItemPrint{},
		forum.Reminder{}, forum.SeatEnding{},
		forum.SignIn{}, forum.Tally{}, forum.APIToken{}, forum.APIAnswer{}, forum.Errand{},
		forum.Draft{}, forum.DraftSection{}, forum.DraftVersion{}, forum.UnsavedText{}, forum.NoRemark{},
		forum.DraftThread{}, forum.DraftComment{}, forum.DraftFollower{}, forum.DraftReminder{},
		forum.Mailbox{}, forum.AppPassword{},
	}, more...) {
		table := db.Table(reflect.TypeOf(row))
		for _, field := range table.FieldMap {
			layOutField(field)
		}
		if table.Type == reflect.TypeFor[forum.Incoming]() {
			table.SQLName, table.SQLNameForSelects = `"incoming_mail"`, `"incoming_mail"`
		}
	}
}

func layOutField(field *schema.Field) {
	switch of := field.IndirectType; {
	case of == reflect.TypeFor[time.Time]():
		field.NullZero, field.Append, field.Scan = true, appendInstant, scanInstant
	case of.Kind() == reflect.Int64 && strings.HasSuffix(of.Name(), "ID"):
		field.NullZero = true
	case of.Kind() == reflect.String:
		field.Append = appendText
	}
}

// instant is how times are written: one width, so that SQLite's text sorts.
const instant = "2006-01-02 15:04:05.000000+00:00"

func appendInstant(gen schema.QueryGen, b []byte, v reflect.Value) []byte {
	return gen.Dialect().AppendString(b, v.Interface().(time.Time).UTC().Truncate(time.Microsecond).Format(instant))
}

func scanInstant(dest reflect.Value, src any) error {
	var at time.Time
	switch src := src.(type) {
	case nil:
	case time.Time:
		at = src.UTC()
	default:
		return fmt.Errorf("a time came back as %T", src)
	}
	dest.Set(reflect.ValueOf(at))
	return nil
}

func appendText(gen schema.QueryGen, b []byte, v reflect.Value) []byte {
	return gen.Dialect().AppendString(b, clean(v.String()))
}

// clean takes out what a text column of PostgreSQL refuses: NUL, and bytes that
// are not UTF-8.
func clean(text string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", "")
}
