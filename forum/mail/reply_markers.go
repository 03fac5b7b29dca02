package mail

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The lines that mail programs put between an author's words and the mail that is answered, in the languages that reach a Norwegian council. Every pattern is matched against one line, or a few
// joined ones, with asterisks (bold in plain text) and no-break spaces taken out.
const (
	wrotePattern   = `(skrev|skreiv|skreva|wrote|writes|schrieb|kirjoitti|a écrit|ha scritto|napisał(\(a\)|a)?|escribió|escreveu|schreef)`
	weekdayPattern = `(man|mån|mand|tir|tirs|tis|tys|ons|tor|tors|fre|lau|laur|lør|lørd|lör|søn|sun|sund|sön|mon|tue|wed|thu|fri|sat|sun|ma|ti|ke|to|pe|la|su)[a-zæøåäö]{0,7}\.?`
	dayPattern     = `(\d{1,4}[./-] ?\d{1,2}[./-] ?\d{1,4}|\d{1,2}\.? ?(de )?[\pL]{3,12}\.?,?( \d{2,4})?|[\pL]{3,12} \d{1,2}(st|nd|rd|th)?,? \d{4})`
	clockPattern   = `\d{1,2}[:.]\d{2}([:.]\d{2})?( ?[ap]\.?m\.?)?`
)

var (
	// "Den 3. feb. 2013 kl. 19:27 skrev X:", "On Mon, Aug 26, 2019 at 4:37 PM X <a@b> wrote:", "tir. 18. apr. 2017 kl. 13:09 skrev X <a@b>:"
	datedWrote = regexp.MustCompile(`(?i)^(den|on|am|le|il|el|em|op|dnia|på|` + weekdayPattern + `,?|` + clockPattern + `|\d{1,4}[./-]|\d{1,2} [\pL]{3}).{0,200}\b` + wrotePattern + `(\W.{0,200})?$`)
	// "X <a@b> skrev følgende den 28/10/2021, 12:46:", "X skrev følgjande:", "X wrote:"
	namedWrote = regexp.MustCompile(`(?i)^[^:]{1,160}\b` + wrotePattern + `( følgende| følgjande| följande| the following)?( (den|on|am|kl\.?|,) ?.{0,120})?:$`)
	// "2013/1/3 X <a@b>", the way Gmail wrote in Norwegian.
	datedAddress = regexp.MustCompile(`(?i)^\d{4}[-/]\d{1,2}[-/]\d{1,2}\b.{0,160}<\s?[^\s<>]+@[^\s<>]+>:?$`)

	hasWrote   = regexp.MustCompile(`(?i)\b` + wrotePattern)
	hasDay     = regexp.MustCompile(`(?i)` + dayPattern)
	hasClock   = regexp.MustCompile(`(?i)` + clockPattern)
	anyAddress = regexp.MustCompile(`(?i)[^\s<>]+@[^\s<>]+`)

	following     = regexp.MustCompile(`(?i)(følgende|følgjande|följande|the following)\b`)
	endsInAddress = regexp.MustCompile(`[^\s<>]+@[^\s<>]+>*$`)
	startsClause  = regexp.MustCompile(`(?i)^(eg|jeg|jag|vi|me|dei|dere|de|han|ho|hun|hon|ein|en|i|til|at|om|we|they|he|she|that|to)\s`)
	particle      = regexp.MustCompile(`(?i)^(av|von|van|der|de|i|ved|og|på|for|&|/|-)$`)

	originalBelow = regexp.MustCompile(`(?i)^[>\s]*-{2,}\s*(opprinn?e?lig(e)? (melding|e-?post)|opphavleg(e)? melding|opprinneleg(e)? melding|oprindelig (meddelelse|besked|mail)|ursprungligt meddelande|original ?(message|melding|meddelande)|` +
		`reply message|ursprüngliche nachricht|svar på melding|message d'origine|alkuperäinen viesti)\s*-{2,}\s*$`)
	forwardBelow   = regexp.MustCompile(`(?i)^[>\s]*(-{2,}\s*)?((begin |start på |start of )?(forwarded|videresendt|vidaresend|viderebragt|vidarebefordrat|videresend)(e| )?\s*(message|melding|mail|e-?post|meddelande|besked|meddelelse)( follows)?|message transféré|weitergeleitete nachricht)\s*:?\s*(-{2,})?\s*$`)
	forwardSubject = regexp.MustCompile(`(?i)^\s*((re|sv)\s*:\s*)*(vs|fwd?|videresendt?|vidaresendt?|vb|wg)\s*:`)
	ruledLine      = regexp.MustCompile(`^\s*[_-]{5,}\s*$`)

	headFrom = regexp.MustCompile(`(?i)^(fra|frå|from|från|von|de|afsender|avsender|avsendar|lähettäjä)\s?:\s*(\S.*)$`)
	headAny  = regexp.MustCompile(`(?i)^(fra|frå|from|från|sendt|send|sent|skickat|dato|date|datum|til|to|till|kopi|cc|kopia|emne|subject|ämne|tittel|svar til|reply-to|viktighet|prioritet|importance|vedlegg|attachments|gesendet|an|betreff|lähetetty|vastaanottaja|aihe|envoyé|à|objet)\s?:\s*(.*)$`)

	// Only the words that name a device or a program make the line one of a program's: a person, too, sends something "fra min kollega".
	ownDevice = regexp.MustCompile(`(?i)^((sendt|sent|skickat|gesendet|envoyé|lähetetty) (fra|frå|from|från|von|via|med|depuis) ((min|mitt|mi|my|meinem|mon|en|ein|a|an) )?` +
		`(iphone|ipad|mobil|mobiltelefon|telefon|phone|smart(tele)?(fon|phone)|mobile|nettbrett|surfplatta|tablet|lur|samsung|galaxy|huawei|sony|xperia|nokia|oneplus|pixel|android|blackberry|mac|macbook|` +
		`outlook|(e-?post|mail|e-?mail) (for|för|til|på) (windows|mac|ios|android)|yahoo[ !]|proton ?mail|gmail)([ -][^.!?]{0,60})?[.!]?|` +
		`(skaff deg|få|hent|last ned|get|hämta|ladda ner|download) outlook (for|för|til|på) (ios|android|mac|windows)\b[^.!?]{0,10})(\s?[<(\[]?\s?https?://\S{1,120})?\s*$`)
	dashes = regexp.MustCompile(`^--\s*$`)
)

var unmarked = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\ufeff", "", "\u200b", "", "\u200e", "", "*", "")

// plainLine prepares a line for matching.
func plainLine(line string) string {
	if mayBeMarked(line) {
		line = unmarked.Replace(line)
	}
	return strings.TrimSpace(line)
}

// mayBeMarked tells soon of nearly every line that there is nothing in it to be taken out: none of the first bytes of that.
func mayBeMarked(line string) bool {
	return strings.IndexByte(line, '*') >= 0 || strings.IndexByte(line, 0xc2) >= 0 || strings.IndexByte(line, 0xe2) >= 0 || strings.IndexByte(line, 0xef) >= 0
}

// writeStems are parts of the words for writing, of which every attribution that names no address has one.
var writeStems = []string{"skre", "wrote", "writes", "schrieb", "schreef", "kirjoitti", "crit", "napisa", "escrib", "escreveu"}

// hintsAtWriter tells whether a line may be part of an attribution, which names an address or has a word for writing. Nearly
// no line is, and this tells it much sooner.
func hintsAtWriter(line string) bool {
	lower := strings.ToLower(line)
	return strings.Contains(line, "@") || slices.ContainsFunc(writeStems, func(stem string) bool { return strings.Contains(lower, stem) })
}

// attribution judges whether text, one line or a few joined ones, says that somebody wrote what follows. isSure tells that it says so even when nothing below it is marked as quoted.
func attribution(text string) (is, isSure bool) {
	if len(text) > 500 || len(text) < 8 {
		return false, false
	}
	endsIt := strings.HasSuffix(text, ":")
	if strings.Contains(text, "@") && datedAddress.MatchString(text) {
		return true, endsIt
	}
	if !hasWrote.MatchString(text) || !(datedWrote.MatchString(text) && hasDay.MatchString(text) || namedWrote.MatchString(text)) {
		return false, false
	}
	knowsWhen := hasDay.MatchString(text) && hasClock.MatchString(text)
	return true, endsIt && (knowsWhen || anyAddress.MatchString(text)) && namesWriter(text)
}

// namesWriter tells whether a name or an address, not a clause of somebody's own, stands where an attribution names the writer: after the verb, or before it if only the day stands after it.
func namesWriter(text string) bool {
	at := hasWrote.FindStringIndex(text)
	writer := strings.Trim(following.ReplaceAllString(text[at[1]:], ""), " :,")
	if writer == "" || hasDay.MatchString(writer) && strings.IndexFunc(writer, unicode.IsUpper) < 0 {
		words := strings.Fields(text[:at[0]])
		if len(words) == 0 {
			return false
		}
		writer = words[len(words)-1]
	}
	if endsInAddress.MatchString(writer) {
		return !startsClause.MatchString(writer)
	}
	for _, word := range strings.Fields(writer) {
		first, _ := utf8.DecodeRuneInString(strings.TrimLeft(word, `"'(`))
		if !unicode.IsUpper(first) && !particle.MatchString(word) {
			return false
		}
	}
	return true
}

// headBlock tells whether the lines begin with the head of a mail that a program put below an answer: who, and then when, and to whom or about what. A person who writes a memo, or the hours of a
// meeting, uses the same words, but hardly the hour and an address with them.
func headBlock(lines []string) bool {
	first := headFrom.FindStringSubmatch(plainLine(lines[0]))
	if first == nil {
		return false
	}
	hasAddress := anyAddress.MatchString(first[2])
	if hasClock.MatchString(first[2]) && !hasAddress {
		return false
	}
	isSent, isDated, hasHour, hasOther := false, false, false, false
	for _, line := range lines[1:min(len(lines), 14)] {
		line = plainLine(line)
		if line == "" && hasOther {
			break
		}
		field := headAny.FindStringSubmatch(line)
		if field == nil {
			// A long list of receivers goes on in the next line.
			continue
		}
		hasAddress = hasAddress || anyAddress.MatchString(field[2])
		switch strings.ToLower(field[1]) {
		case "sendt", "send", "sent", "skickat", "gesendet", "lähetetty", "envoyé":
			isSent = isSent || hasDay.MatchString(field[2])
			hasHour = hasHour || hasClock.MatchString(field[2])
		case "dato", "date", "datum":
			isDated = isDated || hasDay.MatchString(field[2])
			hasHour = hasHour || hasClock.MatchString(field[2])
		case "emne", "subject", "ämne", "tittel", "betreff", "aihe", "objet", "til", "to", "till", "an", "vastaanottaja", "à":
			hasOther = true
		}
	}
	return hasOther && (isSent && (hasHour || hasAddress) || isDated && hasHour && hasAddress)
}
