package mail

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

const outlookHead = "Fra: Sekretær <sekretar@samraad.example>\nSendt: onsdag 3. mai 2023 10:12\nTil: Helsesjef\nEmne: Sak 4\n\nKva meiner de?"

func TestHistoryIsCut(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"short weekday and address", "Hei!\n\nVi støttar forslaget.\n\nMvh\nHelsesjef\n\ntir. 18. apr. 2017 kl. 13:09 skrev Sekretær <a@b.example>:\n\n> Hei\n> Kva meiner de?", "Hei!\n\nVi støttar forslaget.\n\nMvh\nHelsesjef"},
		{"Outlook", "Ja.\n\n" + outlookHead, "Ja."},
		{"Outlook in Nynorsk", "Ja.\n\nFrå: Sekretær\nSendt: onsdag 3. mai 2023 10:12\nTil: Helsesjef\nEmne: Sak 4\n\nKva meiner de?", "Ja."},
		{"Outlook with a ruled line", "Ja.\n\n________________________________\n" + outlookHead, "Ja."},
		{"Outlook on a Mac, in bold", "Ja.\n\n*Fra: *Sekretær <s@b.example>\n*Dato: *onsdag, 3. mai 2023 kl. 10:12\n*Til: *Helsesjef\n*Emne: *Sak 4\n\nKva meiner de?", "Ja."},
		{"Outlook in English", "Ja takk.\n\nFrom: Sekretær\nSent: Wednesday, May 3, 2023 10:12 AM\nTo: Helsesjef\nSubject: RE: Sak\n\nq", "Ja takk."},
		{"a long list of receivers", "Ja.\n\nFra: Sekretær <s@b.example>\nSendt: 3. mai 2023 10:12\nTil: Helsesjef; Kommunedirektør;\n Overlege; Rådgivar\nKopi: Arkiv\nEmne: Sak 4\nPrioritet: Høy\n\nKva?", "Ja."},
		{"original message", "OK\n\n-----Opprinnelig melding-----\nFra: x", "OK"},
		{"original message in Nynorsk", "OK\n\n---- Opphavleg melding ----\nFrå: x", "OK"},
		{"phone and quoted attribution", "Ja.\n\nSendt fra min iPhone\n\n> 3. mai 2023 kl. 10:12 skrev Sekretær <s@b.example>:\n> \n> Hei\n", "Ja."},
		{"phone and unquoted history", "Ja.\n\nSendt fra min iPad\n\nDen 3. mai 2023 kl. 10.12 skrev Sekretær <s@b.example<mailto:s@b.example>>:\n\n   Hei", "Ja."},
		{"Outlook on a phone", "Ja.\n\nSkaff deg Outlook for iOS<https://outlook.example/ios>\n________________________________\n" + outlookHead, "Ja."},
		{"Samsung", "Ja.\n\nSendt fra min Samsung Galaxy-smarttelefon.\n\n-------- Opprinnelig melding --------\nFra: S <s@b.example>\nDato: 03.05.2023 10:12 (GMT+01:00)\nTil: X\nEmne: Sak\n\nHei", "Ja."},
		{"hour first", "Det har vi.\n\n14:20 17. juni 2013 skrev Sekretær <\nsekretar@samraad.example>:\n\n> Hei!", "Det har vi."},
		{"hour after the day, wrote after it", "Ja.\n\nDen 05:24 6. mars 2012 skrev  <s@b.example> følgende:\n\n> Hei", "Ja."},
		{"date without an hour", "Ja.\n\ntorsdag 19. desember 2013 skrev Sekretær følgende:\n\n> Hei", "Ja."},
		{"old Gmail", "Ja.\n\n2013/1/3 Sekretær <s@b.example>\n\n> Hei", "Ja."},
		{"old Gmail over two lines", "Ja.\n\n2013/2/3 Sekretær <\ns@b.example>\n\n> Hei", "Ja."},
		{"name first", "Ja.\n\nSekretær <s@b.example> skrev følgende den 28.10.2021, 12:46:\n\n    Hei", "Ja."},
		{"over two lines, right after the words", "Ja, det går fint.\nDen ons. 3. mai 2023 kl. 10:12 skrev Sekretær i\nSamarbeidsrådet <s@b.example>:\n> hei", "Ja, det går fint."},
		{"Yahoo", "Ja.\n\n Den onsdag 3. mai 2023 kl. 10:12:33 CEST skrev Sekretær <s@b.example>: \n\n Hei\nspm", "Ja."},
		{"skreiv", "Hei\n\nDen 03.05.2023 10:12, skreiv Sekretær:\n> x", "Hei"},
		{"Danish", "Hej\n\nDen ons. 3. maj 2023 kl. 10.12 skrev S <s@b.example>:\n\n> hej", "Hej"},
		{"Swedish", "Hej\n\nSvar.\n\nSkickat från min iPhone\n\n3 maj 2023 kl. 10:12 skrev S <s@b.example>:\n\n\ufeffHej\n\nfråga", "Hej\n\nSvar."},
		{"Swedish Outlook", "Hej\n\nFrån: S <s@b.example>\nSkickat: den 5 juni 2017 12:22\nTill: X\nÄmne: Sak\n\nfråga", "Hej"},
		{"English", "Ja.\n\nOn Wed, 3 May 2023 at 10:12, S <s@b.example> wrote:\n\n> Hei", "Ja."},
		{"a role in lower case", "Ja.\n\n3. mai 2023 kl. 10:12 skrev helse- og omsorgssjef, Kvam herad <a@b.example>:\n\nHei", "Ja."},
		{"name without address", "Ja.\n\nDen 3. mai 2023 kl. 10:12 skrev Kari av Voss:\n\nHei", "Ja."},
		{"words below", "Den 3. mai 2023 kl. 10:12 skrev S <s@b.example>:\n> Hei\n> spm\n\nSvaret mitt\n", "Svaret mitt"},
		{"signature", "Godkjent.\n\n-- \nHelsesjef\nTlf. 00 00 00 00", "Godkjent."},
		{"signature between words and history", "Godkjent.\n\n--\nHelsesjef\n\n" + outlookHead, "Godkjent."},
		{"signature below the history", "Godkjent.\n\nDen 3. mai 2023 kl. 10:12 skrev S:\n> Hei\n\n-- \nHelsesjef", "Godkjent."},
		{"device alone at the end", "Ja.\nSendt fra Outlook for iOS<https://outlook.example/ios>", "Ja."},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, hasHistory := OwnWords(test.text, false)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			isOnlyEnding := strings.HasPrefix(test.name, "signature") && !strings.Contains(test.text, "skrev") && !strings.Contains(test.text, "Sendt") || test.name == "device alone at the end"
			if hasHistory == isOnlyEnding {
				t.Errorf("hasHistory = %v", hasHistory)
			}
		})
	}
}

func TestAuthorsWordsStay(t *testing.T) {
	tests := []struct{ name, text string }{
		{"answers between the lines", "Hei, svar under:\n\nDen 3. mai 2023 kl. 10:12 skrev S:\n> Spm 1?\n\nJa.\n\n> Spm 2?\n\nNei."},
		{"an answer before more quoted lines", "Den 3. mai 2023 kl. 10:12 skrev S:\n> Spm 1?\n\nJa.\n\n> Spm 2?"},
		{"words above and below", "Svar under.\n\nDen 3. mai 2023 kl. 10:12 skrev S:\n> Spm?\n\nJa."},
		{"a day and an hour in prose", "Den 3. mai 2023 kl. 10:00 møttest vi på Voss.\nDer skreiv vi under avtalen:\n- punkt 1\n- punkt 2"},
		{"somebody wrote, in prose", "Som kommunedirektøren skreiv:\nDette er viktig.\nVi er samde."},
		{"somebody wrote on a day, in prose", "Den 12. oktober skrev statsforvaltaren til oss.\nVi må svare."},
		{"somebody wrote on a day, with a colon", "Eg melder forfall.\nDen 3. mai skrev Ola at han òg er borte:"},
		{"we wrote at an hour, with a colon", "Til orientering.\nDen 3. mai 2023 kl. 10:00 skreiv vi til statsforvaltaren:\nVi treng meir tid."},
		{"somebody wrote at an hour that, with a colon", "Den 3. mai 2023 kl. 10:00 skrev Ola at møtet er flytta:\nNytt tidspunkt er kl. 12."},
		{"somebody wrote to an address", "Eg sende spørsmålet til ola@kvam.kommune.example og skrev:\nKan de møte?"},
		{"dashes below quoted lines and words", "Ja.\n\nDen 3. mai 2023 kl. 10:12 skrev S:\n> Spm?\n\nSak 2\n--\nSak 3"},
		{"the hours of a meeting", "Fra: 10:00\nTil: 12:00\nDato: 3. mai 2023\nEmne: budsjett\n\nKan de dette tidspunktet?"},
		{"the hours of a meeting below words", "Møtet er flytta.\n\nFra: kl. 10\nTil: kl. 12\nDato: 3. mai 2023\n\nHelsing oss"},
		{"a memo", "Notat.\n\nFra: Kvam herad\nTil: Samarbeidsrådet\nDato: 3. mai 2023\nEmne: Budsjett\n\nVi meiner at …"},
		{"ruled lines", "Eg har tre ting:\n-----\n1. a\n-----\n2. b"},
		{"dashes between matters", "Sak 1\n--\nSak 2\n--\nSak 3"},
		{"a citation", "Vi foreslår ny tekst:\n\n> Kommunane skal ha lik røyst.\n\nGrunngjeving: likeverd."},
		{"a citation at the end", "Forslag\n\n> sitat frå avtalen punkt 4"},
		{"a citation first", "> sitat\n\nsvar"},
		{"only a citation", "> Berre eit sitat."},
		{"only a history", outlookHead},
		{"only a signature", "-- \nHelsesjef"},
		{"only a device", "Sendt fra min iPhone"},
		{"sent by a person", "Utkastet ligg ved.\nSendt fra min kollega i Kvam herad."},
		{"forwarded by Apple Mail", "Sjå under.\n\nVideresendt melding:\n\nFra: S <s@b.example>\nEmne: X\nDato: 3. mai 2023 kl. 10:12\nTil: Y\n\ntekst"},
		{"forwarded by Gmail", "FYI\n\n---------- Forwarded message ---------\nFra: S <s@b.example>\nDate: ons. 3. mai 2023 kl. 10:12\nSubject: X\nTo: Y\n\ntekst"},
		{"a long text after the delimiter", "Innleiing\n-- \n" + strings.Repeat("eit punkt\n", 30) + "slutt"},
		{"too many lines to judge", strings.Repeat("a\n", 20_001) + outlookHead},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, _ := OwnWords(test.text, false)
			if diff := cmp.Diff(test.text, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestForwardedTextStays(t *testing.T) {
	text := "Til orientering.\n\n" + outlookHead
	if got, _ := OwnWords(text, true); got != text {
		t.Errorf("forwarded, but cut to %q", got)
	}
}

// A text in which nothing looks like a marker is the author's own from end to end.
func TestTextWithoutMarkersIsOwn(t *testing.T) {
	line := rapid.StringMatching(`[A-ZÆØÅa-zæøå][a-zæøå ,]{0,40}[.!?]`)
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(line, 1, 20).Draw(t, "lines"), rapid.SampledFrom([]string{"\n", "\n\n"}).Draw(t, "between"))
		got, hasHistory := OwnWords(text, rapid.Bool().Draw(t, "forward"))
		if got != text || hasHistory {
			t.Fatalf("%q became %q, history %v", text, got, hasHistory)
		}
	})
}

// Whatever a text is made of, what is kept are lines of it in their order, and something is kept of all that holds words.
func TestKeptLinesAreTheTexts(t *testing.T) {
	piece := rapid.SampledFrom([]string{"Ja.", "", "> sitat", ">> eldre", "-- ", "--", "Helsesjef", "Sendt fra min iPhone", "Den 3. mai 2023 kl. 10:12 skrev S <s@b.example>:", "S skrev:", "Fra: S <s@b.example>",
		"Sendt: 3. mai 2023 10:12", "Til: X", "Emne: Y", "____________", "-----Opprinnelig melding-----", "Videresendt melding:", "2013/2/3 S <", "s@b.example>", "| gamalt"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 0, 30).Draw(t, "pieces"), "\n")
		got, _ := OwnWords(text, rapid.Bool().Draw(t, "forward"))
		checkKept(t, text, got)
	})
}

type fataler interface{ Fatalf(string, ...any) }

func checkKept(t fataler, text, got string) {
	if strings.TrimSpace(text) != "" && strings.TrimSpace(got) == "" {
		t.Fatalf("nothing kept of %q", text)
	}
	rest := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\ufeff", "").Replace(text), "\n")
	for _, line := range strings.Split(got, "\n") {
		for len(rest) > 0 && rest[0] != line {
			rest = rest[1:]
		}
		if len(rest) == 0 && line != "" {
			t.Fatalf("line %q is not of the text, or not in its order", line)
		}
		if len(rest) > 0 {
			rest = rest[1:]
		}
	}
}

func FuzzOwnWords(f *testing.F) {
	f.Add("Ja.\n\n"+outlookHead, false)
	for _, s := range samples(f) {
		f.Add(s.understood().FullText, strings.Contains(s.kind, "forward"))
	}
	f.Add("Svar under.\n\nDen 3. mai 2023 kl. 10:12 skrev S:\n> Spm?\n\nJa.", true)
	f.Add("Ja.\n\n2013/2/3 Sekretær <\r\ns@b.example>\r\n\r\n> Hei\r\n--\r\nx", false)
	f.Fuzz(func(t *testing.T, text string, isForward bool) {
		got, _ := OwnWords(text, isForward)
		checkKept(t, text, got)
	})
}

// TestHintsHideNoAttribution looks for lines that make an attribution without any of them hinting at one.
func TestHintsHideNoAttribution(t *testing.T) {
	words := rapid.SampledFrom([]string{
		"skrev", "Skreiv", "SKREVA", "wrote", "Writes", "schrieb", "Kirjoitti", "a écrit", "ha scritto", "napisał", "napisał(a)", "escribió", "ESCREVEU", "schreef",
		"Den", "On", "3. mai 2023", "kl. 10:12", "2013/2/3", "S", "<s@b.example>", ":", "følgende", "Hei", "skriv", "critique",
	})
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(rapid.Map(rapid.SliceOfN(words, 1, 6), func(w []string) string { return strings.Join(w, " ") }), 1, 3).Draw(t, "lines")
		if is, _ := attribution(joined(lines)); is && !slices.ContainsFunc(lines, hintsAtWriter) {
			t.Fatalf("%q is an attribution", lines)
		}
	})
}

// Lines that are passed over as unmarked have nothing that would be taken out.
func TestUnmarkedLinesStay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := strings.Join(rapid.SliceOf(rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"*", "\u00a0", "\u202f", "\ufeff", "\u200b", "\u200e", "æ"}))).Draw(t, "line"), "")
		if got, want := plainLine(line), strings.TrimSpace(unmarked.Replace(line)); got != want {
			t.Fatalf("%q became %q, want %q", line, got, want)
		}
	})
}
