package forum

import (
	"strconv"
	"strings"
	"unicode"
)

// words are what a cell says in lower case, single spaces between letters and digits.
func words(cell string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(cell), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// capacityWords are what people call the capacities, in nynorsk, bokmål and English.
var capacityWords = map[string]Capacity{
	"leiar": Chair, "leder": Chair, "rådsleiar": Chair, "rådsleder": Chair, "utvalsleiar": Chair, "utvalgsleder": Chair, "chair": Chair, "chairman": Chair,
	"chairperson": Chair, "leader": Chair,
	"nestleiar": Deputy, "nestleder": Deputy, "deputy": Deputy, "deputy chair": Deputy, "deputy leader": Deputy, "vice chair": Deputy,
	"medlem": Member, "fast medlem": Member, "member": Member, "representant": Member, "fast representant": Member, "representative": Member,
	"vara": Substitute, "varamedlem": Substitute, "vararepresentant": Substitute, "substitute": Substitute, "substitute member": Substitute,
	"deputy member": Substitute, "alternate": Substitute,
	"sekretær": Secretary, "sekretar": Secretary, "sekretariat": Secretary, "secretary": Secretary, "secretariat": Secretary,
	"observatør": Observer, "observator": Observer, "observer": Observer,
}

var languageWords = map[string]Language{
	"nn": Nynorsk, "nynorsk": Nynorsk, "nb": Bokmal, "bokmål": Bokmal, "bokmal": Bokmal, "en": English, "english": English, "engelsk": English,
}

// ordinalWords are the first ranks in words.
var ordinalWords = map[string]int{
	"første": 1, "fyrste": 1, "first": 1, "andre": 2, "second": 2, "tredje": 3, "third": 3, "1st": 1, "2nd": 2, "3rd": 3,
}

// rightWords are what an observer may besides, as cells say it.
var (
	speakWords   = []string{"talerett", "tale", "right to speak", "speaking rights", "may speak"}
	proposeWords = []string{"forslagsrett", "forslag", "right to propose", "may propose"}
)

// role is what a cell of capacities says.
type role struct {
	capacity       Capacity
	rank           int
	speak, propose bool
}

// readRole understands "1. varamedlem", "Vara nr. 2", "Observatør med tale- og
// forslagsrett" and the like; what is left over makes it not understood.
func readRole(cell string) (r role, known bool) {
	said := " " + words(cell) + " "
	take := func(word string) bool {
		before := said
		said = strings.Replace(said, " "+word+" ", " ", 1)
		return said != before
	}
	for _, word := range speakWords {
		r.speak = take(word) || r.speak
	}
	for _, word := range proposeWords {
		r.propose = take(word) || r.propose
	}
	for _, filler := range []string{"med", "og", "with", "and", "nr", "nummer", "no"} {
		take(filler)
	}
	for _, word := range strings.Fields(said) {
		if rank, ok := ordinal(word); ok && r.rank == 0 && take(word) {
			r.rank = rank
		}
	}
	r.capacity, known = capacityWords[strings.TrimSpace(said)]
	if r.rank != 0 && r.capacity != Substitute || (r.speak || r.propose) && r.capacity != Observer {
		return r, false
	}
	return r, known
}

// ordinal reads a rank: 1, "2.", "fyrste".
func ordinal(cell string) (int, bool) {
	word := words(cell)
	if rank, named := ordinalWords[word]; named {
		return rank, true
	}
	rank, err := strconv.Atoi(word)
	return rank, err == nil && rank >= 1 && rank <= 99
}
