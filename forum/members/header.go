package members

import (
	"strings"
	"unicode"

	"github.com/samraad/samraad/forum"
)

// leastHeader is how many columns a line has to name to be the header.
const leastHeader = 2

// Columns that some lists keep apart: the parts of a name, and an organisation's
// number, which counts more than its name.
const (
	firstName forum.MemberColumn = "first-name"
	lastName  forum.MemberColumn = "last-name"
	number    forum.MemberColumn = "number"
)

// headers are what columns are called, in nynorsk, bokmål and English, as
// letters and digits alone.
var headers = map[forum.MemberColumn][]string{
	forum.NameColumn: {"namn", "navn", "name", "fulltnamn", "fulltnavn", "fullname", "person", "medlem", "member", "representant", "kven", "hvem"},
	firstName:        {"fornamn", "fornavn", "firstname", "givenname"},
	lastName:         {"etternamn", "etternavn", "lastname", "surname", "familyname"},
	forum.AddressColumn: {
		"epost", "epostadresse", "epostadr", "mail", "mailadresse", "email", "emailaddress", "mailaddress", "epost1", "epost2", "epostprivat",
		"epostjobb", "eposttilarbeid",
	},
	forum.OrganisationColumn: {
		"organisasjon", "organisation", "organization", "org", "kommune", "helseføretak", "helseforetak", "føretak", "foretak", "arbeidsgivar", "arbeidsgiver", "employer",
		"part", "party", "verksemd", "virksomhet", "eining", "enhet", "municipality", "representerer",
		"kommuneføretak", "kommuneforetak", "kommunehelseføretak", "kommunehelseforetak",
	},
	number:               {"organisasjonsnummer", "organisasjonsnr", "orgnr", "orgnummer", "organisationnumber"},
	forum.CapacityColumn: {"verv", "rolle", "role", "capacity", "funksjon", "function", "medlemstype", "membership", "plass", "sete", "seat", "rolleiforumet", "rolleiutvalet", "rolleiutvalget"},
	forum.RankColumn:     {"rekkjefølgje", "rekkefølge", "rang", "rank", "order", "varanr", "varanummer", "nummerrekkjefølgje", "nummerirekkja", "nummerirekka"},
	forum.ForumColumn: {
		"forum", "utval", "utvalg", "råd", "committee", "body", "gruppe", "group", "underutval", "underutvalg", "organ", "forumutval", "forumutvalg", "utvalforum", "utvalgforum", "council",
	},
	forum.FromColumn: {
		"frå", "fra", "from", "frådato", "fradato", "start", "startdato", "startdate", "gjeldfrå", "gjelderfra", "fromdate", "validfrom", "oppnemnd", "oppnevnt", "appointed",
		"medlemfrå", "medlemfra", "periodefrå", "periodefra",
	},
	forum.ToColumn: {
		"til", "to", "tildato", "slutt", "sluttdato", "end", "enddate", "until", "gjeldtil", "gjeldertil", "todate", "validto", "medlemtil", "periodetil", "tilogmed", "tom",
	},
	forum.LanguageColumn: {"språk", "målform", "language", "maalform"},
}

var columnNamed = func() map[string]forum.MemberColumn {
	named := map[string]forum.MemberColumn{}
	for column, names := range headers {
		for _, name := range names {
			named[name] = column
		}
	}
	return named
}()

// headerOf tells which columns a line names, and how many different ones.
func headerOf(cells []string) (columns []forum.MemberColumn, score int) {
	columns = make([]forum.MemberColumn, len(cells))
	seen := map[forum.MemberColumn]bool{}
	for i, cell := range cells {
		column, named := columnNamed[letters(cell)]
		if !named || seen[column] && column != forum.AddressColumn {
			continue
		}
		columns[i] = column
		if !seen[column] {
			seen[column] = true
			score++
		}
	}
	return columns, score
}

// letters are a header's letters and digits in lower case, without what stands
// in brackets: "E-post (jobb)" is "epost".
func letters(header string) string {
	bare, _, _ := strings.Cut(header, "(")
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, strings.ToLower(bare))
}
