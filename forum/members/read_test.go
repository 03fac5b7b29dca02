package members_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/members"
)

func row(line int, cells ...string) forum.MemberRow {
	r := forum.MemberRow{Line: line, Cells: map[forum.MemberColumn]string{}}
	for i := 0; i+1 < len(cells); i += 2 {
		r.Cells[forum.MemberColumn(cells[i])] = cells[i+1]
	}
	return r
}

// TestLists reads lists as people make them.
func TestLists(t *testing.T) {
	ase := row(2, "name", "Åse Ødegård", "address", "ase@kvam.example", "organisation", "Kvam herad", "capacity", "medlem")
	for name, c := range map[string]struct {
		text string
		want *members.List
	}{
		"semicolons": {"Namn;E-post;Organisasjon;Verv\nÅse Ødegård;ase@kvam.example;Kvam herad;medlem\n", &members.List{Rows: []forum.MemberRow{ase}}},
		"commas":     {"navn,EPOST,organisasjon,ROLLE\r\nÅse Ødegård,ase@kvam.example,Kvam herad,medlem\r\n", &members.List{Rows: []forum.MemberRow{ase}}},
		"tabs":       {"Name\tE-mail\tOrganisation\tRole\nÅse Ødegård\tase@kvam.example\tKvam herad\tmedlem", &members.List{Rows: []forum.MemberRow{ase}}},
		"another order, and old line ends": {
			"Verv;Kommune;Navn;Mail\rmedlem;Kvam herad;Åse Ødegård;ase@kvam.example\r", &members.List{Rows: []forum.MemberRow{ase}},
		},
		"a named separator": {"sep=;\nNamn;E-post\nÅse, Kvam;ase@kvam.example", &members.List{Rows: []forum.MemberRow{row(3, "name", "Åse, Kvam", "address", "ase@kvam.example")}}},
		"titles, empty lines and what stands below": {
			"Samarbeidsrådet;;;;;\nOppdatert 1. mars;;;\n\n;;;\nNamn;E-post;Telefon;Organisasjon;Verv;;\nÅse;ase@kvam.example;55 55 55 55;Kvam;medlem;;\n\nKommunane:;;;;\n" +
				"Odd;odd@ulvik.example;;Ulvik;vara;;\nNamn;E-post;Telefon;Organisasjon;Verv\nTotalt;2;;;\nKjelde;postlista\n",
			&members.List{
				Rows: []forum.MemberRow{
					row(6, "name", "Åse", "address", "ase@kvam.example", "organisation", "Kvam", "capacity", "medlem"),
					row(9, "name", "Odd", "address", "odd@ulvik.example", "organisation", "Ulvik", "capacity", "vara"),
				},
				Ignored: []string{"Telefon"},
				Notes:   []members.Note{{Line: 8, Text: "Kommunane:"}, {Line: 11, Text: "Totalt 2"}, {Line: 12, Text: "Kjelde postlista"}},
			},
		},
		"quotes with lines in them": {
			"Namn;E-post;Verv\n\"Åse\nØdegård\";\"ase@kvam.example\";\"medlem\"\nOdd;odd@ulvik.example;vara",
			&members.List{Rows: []forum.MemberRow{
				row(2, "name", "Åse\nØdegård", "address", "ase@kvam.example", "capacity", "medlem"), row(4, "name", "Odd", "address", "odd@ulvik.example", "capacity", "vara"),
			}},
		},
		"a loose quotation mark": {
			"Namn;E-post\nÅse \"Åsa\" Ødegård;ase@kvam.example", &members.List{Rows: []forum.MemberRow{row(2, "name", `Åse "Åsa" Ødegård`, "address", "ase@kvam.example")}},
		},
		"names in two columns, addresses too, and a number that counts": {
			"Fornamn;Etternamn;E-post;E-post 2;Organisasjon;Org.nr.\nÅse;Ødegård;a@kvam.example;b@kvam.example;Kvam;944 233 199\nOdd;;o@kvam.example;;Kvam;",
			&members.List{Rows: []forum.MemberRow{
				row(2, "name", "Åse Ødegård", "address", "a@kvam.example; b@kvam.example", "organisation", "944 233 199"),
				row(3, "name", "Odd", "address", "o@kvam.example", "organisation", "Kvam"),
			}},
		},
		"what nobody sees": {
			"\u00a0Namn\u200b;E-post (jobb)\nÅse\u00a0Ødegård\u00ad;\u2060ase@kvam.example ", &members.List{Rows: []forum.MemberRow{row(2, "name", "Åse Ødegård", "address", "ase@kvam.example")}},
		},
		"a row too short": {"Namn;E-post;Verv\n;ase@kvam.example", &members.List{Rows: []forum.MemberRow{row(2, "address", "ase@kvam.example")}}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := members.Read([]byte(c.text))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("list (-want +got):\n%s", diff)
			}
		})
	}
}

// encodings are those in which spreadsheets save.
var encodings = map[string]func(text string) []byte{
	"UTF-8":                   func(text string) []byte { return []byte(text) },
	"UTF-8 with its mark":     func(text string) []byte { return []byte("\ufeff" + text) },
	"UTF-16":                  in(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)),
	"UTF-16 without its mark": in(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)),
	"big-endian UTF-16":       in(unicode.UTF16(unicode.BigEndian, unicode.UseBOM)),
	"big-endian, no mark":     in(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)),
	"windows-1252":            in(charmap.Windows1252),
}

func in(to encoding.Encoding) func(string) []byte {
	return func(text string) []byte {
		encoded, err := to.NewEncoder().String(text)
		if err != nil {
			panic(err)
		}
		return []byte(encoded)
	}
}

// TestEveryListComesBack writes lists of any cells with every separator in every
// encoding, and reads them again.
func TestEveryListComesBack(t *testing.T) {
	cell := rapid.StringMatching(`([A-Za-zæøåÆØÅ«»–€"';,.0-9]{1,6}( [a-zæøå"]{1,4})?)?`)
	for name, encode := range encodings {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				separator := rapid.SampledFrom([]rune{';', ',', '\t'}).Draw(t, "separator")
				var want []forum.MemberRow
				var text bytes.Buffer
				w := csv.NewWriter(&text)
				w.Comma = separator
				records := [][]string{{"Medlemer på Voss", "", ""}, {"Namn", "E-post", "Verv"}} // an å before a space is no UTF-8 in windows-1252
				for i := range rapid.IntRange(1, 5).Draw(t, "rows") {
					name, capacity := cell.Draw(t, "name"), cell.Draw(t, "capacity")
					address := fmt.Sprintf("rad%d@kvam.example", i)
					records = append(records, []string{name, address, capacity})
					cells := map[forum.MemberColumn]string{forum.AddressColumn: address}
					if name != "" {
						cells[forum.NameColumn] = name
					}
					if capacity != "" {
						cells[forum.CapacityColumn] = capacity
					}
					want = append(want, forum.MemberRow{Line: i + 3, Cells: cells})
				}
				if err := w.WriteAll(records); err != nil {
					t.Fatal(err)
				}
				got, err := members.Read(encode(text.String()))
				if err != nil {
					t.Fatalf("%v in %q", err, text.String())
				}
				if diff := cmp.Diff(want, got.Rows); diff != "" {
					t.Errorf("rows of %q (-want +got):\n%s", text.String(), diff)
				}
			})
		})
	}
}

func TestWhatIsNoList(t *testing.T) {
	for name, c := range map[string]struct{ text, key string }{
		"nothing":                {" \n\n", "error.members.empty"},
		"no header":              {"Åse;ase@kvam.example\nOdd;odd@kvam.example", "error.members.no_header"},
		"one column":             {"Namn\nÅse", "error.members.no_header"},
		"nothing below":          {"Namn;E-post\n;;", "error.members.no_rows"},
		"a quote without an end": {"Namn;E-post\n\"Åse;ase@kvam.example\nOdd;odd@kvam.example", "error.members.quote"},
		"a cell without an end":  {"Namn;E-post\nÅse;" + strings.Repeat("x", 3000), "error.members.quote"},
		"a workbook":             {"PK\x03\x04\x14\x00", "error.members.not_text"},
		"bytes":                  {"Namn;E-post\nÅ\x00se;x", "error.members.not_text"},
		"thousands of rows":      {"Namn;E-post\n" + strings.Repeat("Åse;ase@kvam.example\n", 2001), "error.members.too_many"},
		"millions of bytes":      {strings.Repeat("x", members.Largest+1), "error.members.too_large"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := members.Read([]byte(c.text))
			var refusal *forum.Error
			if !errors.As(err, &refusal) || refusal.Kind != forum.Invalid || refusal.Key != c.key {
				t.Errorf("got %v, want %s", err, c.key)
			}
		})
	}
}

// FuzzRead reads anything: rows come in the order of their lines, as text, and a
// refusal is one that people can read.
func FuzzRead(f *testing.F) {
	for _, encode := range encodings {
		f.Add(encode("Namn;E-post;Verv\n\"Åse\";<ase@kvam.example>;medlem\nTotalt;1"))
	}
	f.Add([]byte("sep=\t\nNamn\tE-post\n\"\ta@b.example"))
	f.Fuzz(func(t *testing.T, content []byte) {
		list, err := members.Read(content)
		if err != nil {
			if !forum.IsKind(err, forum.Invalid) {
				t.Fatal(err)
			}
			return
		}
		line := 0
		for _, r := range list.Rows {
			if r.Line <= line {
				t.Fatalf("line %d after %d", r.Line, line)
			}
			line = r.Line
			for column, cell := range r.Cells {
				if cell == "" || cell != strings.TrimSpace(cell) || !utf8.ValidString(cell) || strings.ContainsRune(cell, 0) {
					t.Fatalf("%s: %q", column, cell)
				}
			}
		}
	})
}
