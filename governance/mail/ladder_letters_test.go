package mail_test

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
	"github.com/samraad/samraad/governance"
	governed "github.com/samraad/samraad/governance/mail"
	"github.com/samraad/samraad/templates/docx"
)

type ladderLetter struct {
	name  string
	kind  forum.MessageKind
	facts any
}

func ladderLetters() []ladderLetter {
	matter := forum.MatterFacts{
		Matter: 3, Intake: "2026-17", Number: "4/26", Title: "Felles rutine for utskriving i helgane", Person: "Sekretær, Kvam herad",
		Forum: "Samarbeidsrådet", Address: "raad@voss.example", Reason: "Utvalet har ikkje pengar til dette.", Asker: "Sekretær, Helse Bergen HF",
	}
	escalation := func(change func(*governance.EscalationFacts)) governance.EscalationFacts {
		f := governance.EscalationFacts{
			MatterFacts: matter, Other: "Underutval for beredskap", Receiving: true, Direction: governance.Up, By: "Leiar, Kvam herad",
			Question: "Skal vi setje av pengar til ei felles øving?", Deadline: "2026-11-30",
		}
		change(&f)
		return f
	}
	ratification := func(change func(*governance.RatificationFacts)) governance.RatificationFacts {
		f := governance.RatificationFacts{
			MatterFacts: matter, Party: "Kvam herad", Text: "Rådet rår til ei felles rutine frå mars.", Deadline: "2026-11-30", Token: "abcdefghijklmnopqrstuvwxyz",
			Case: &governance.CaseText{
				Forum: "Samarbeidsrådet", Number: "4/26", Title: matter.Title, Kind: forum.DecisionMatter, Proposer: "Kvam herad", Proposal: "Rådet rår til ei felles rutine frå mars.",
				Sections: []governance.CaseSection{{Part: forum.BackgroundPart, Text: "Meldinga kjem for seint."}}, Deadline: "2026-11-30", At: "2026-10-19", Papers: []string{"Tal.xlsx"},
			},
		}
		change(&f)
		return f
	}
	ladder := func(level forum.Level) governance.LadderFacts {
		return governance.LadderFacts{MatterFacts: matter, By: "Leiar, Kvam herad", Level: level, Deadline: "2026-11-30"}
	}
	bare := func(f *governance.RatificationFacts) { f.Case = nil }
	return []ladderLetter{
		{"escalated_got", governance.EscalatedMessage, escalation(func(f *governance.EscalationFacts) {})},
		{"escalated_sent", governance.EscalatedMessage, escalation(func(f *governance.EscalationFacts) { f.Receiving, f.Direction, f.Deadline = false, governance.Down, "" })},
		{"escalated_exempt", governance.EscalatedMessage, escalation(func(f *governance.EscalationFacts) {
			f.Question, f.Reason, f.Exempt, f.Basis, f.Direction = "", "", true, "offl. § 23", governance.Sideways
		})},
		{"escalation_answered", governance.EscalationClosedMessage, escalation(func(f *governance.EscalationFacts) {
			f.Receiving, f.State, f.Answer = false, governance.AnsweredEscalation, "Ja, innanfor 200 000 kr i året."
		})},
		{"escalation_decided", governance.EscalationClosedMessage, escalation(func(f *governance.EscalationFacts) {
			f.Receiving, f.State, f.Answer, f.Decision, f.Enacted = false, governance.AnsweredEscalation, "Toppleiarane gjev 200 000 kr i året.", "7/26", true
		})},
		{"escalation_decided_there", governance.EscalationClosedMessage, escalation(func(f *governance.EscalationFacts) {
			f.State, f.Answer, f.Decision, f.Enacted = governance.AnsweredEscalation, "Toppleiarane gjev 200 000 kr i året.", "7/26", true
		})},
		{"escalation_withdrawn", governance.EscalationClosedMessage, escalation(func(f *governance.EscalationFacts) {
			f.State, f.Answer = governance.WithdrawnEscalation, "Det er løyst."
		})},
		{"escalation_due", governance.EscalationDueMessage, escalation(func(f *governance.EscalationFacts) {})},
		{"ratification_asked", governance.RatificationAskedMessage, ratification(func(f *governance.RatificationFacts) {})},
		{"ratification_asked_exempt", governance.RatificationAskedMessage, ratification(func(f *governance.RatificationFacts) {
			bare(f)
			f.Text, f.Deadline, f.Exempt, f.Basis = "", "", true, "offl. § 23"
		})},
		{"ratification_copy", governance.RatificationCopyMessage, ratification(func(f *governance.RatificationFacts) { f.Token = "" })},
		{"ratification_archive", governance.RatificationCopyMessage, ratification(func(f *governance.RatificationFacts) { f.Token, f.Archive = "", true })},
		{"ratification_due", governance.RatificationDueMessage, ratification(func(f *governance.RatificationFacts) {})},
		{"ratification_receipt", governance.RatificationReceiptMessage, ratification(func(f *governance.RatificationFacts) {
			bare(f)
			f.State, f.Remarks, f.Ref = governance.WithRemarks, "Frå april hos oss.", "2026/123"
		})},
		{"ratification_unclear", governance.RatificationReceiptMessage, ratification(func(f *governance.RatificationFacts) { bare(f); f.Trouble = "error.ratification.unclear" })},
		{"ladder_opened", governance.LadderOpenedMessage, ladder("")},
		{"position_submitted", governance.PositionSubmittedMessage, ladder(forum.Specialist)},
		{"ladder_answered", governance.LadderAnsweredMessage, ladder("")},
		{"ladder_due", governance.LadderDueMessage, ladder(forum.Municipal)},
		{"ratifications_done", governance.RatificationsDoneMessage, ratification(func(f *governance.RatificationFacts) {
			bare(f)
			f.Party, f.Deadline, f.Token, f.InForce = "", "", "", true
			f.Lines = []governance.RatificationFact{{Party: "Kvam herad", State: governance.Ratified}, {Party: "Helse Bergen HF", State: governance.WithRemarks}}
		})},
	}
}

func (l ladderLetter) draft(t *testing.T, language forum.Language) mail.Draft {
	t.Helper()
	outbox := &mail.Outbox{URL: "https://samraad.example", Letters: governed.Letters}
	d, err := outbox.Write(&forum.Message{ID: 42, Kind: l.kind, Language: language, Facts: forum.MarshalFacts(l.facts), CreatedAt: time.Date(2026, 10, 19, 8, 30, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestLettersBetweenForumsAndParties(t *testing.T) {
	for _, l := range ladderLetters() {
		for _, language := range []forum.Language{forum.Nynorsk, forum.Bokmal, forum.English} {
			t.Run(l.name+"/"+string(language), func(t *testing.T) {
				d := l.draft(t, language)
				got := "Subject: " + d.Letter.Subject + "\n"
				for _, made := range d.Made {
					got += "File: " + made.Name + "\n"
				}
				got += "\n" + d.Letter.Plain()
				if strings.Contains(got, "⟦") {
					t.Errorf("a text is missing:\n%s", got)
				}
				file := filepath.Join("testdata", "letters", l.name+"."+string(language)+".txt")
				if updates() {
					if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(string(want), got); diff != "" {
					t.Error(diff)
				}
			})
		}
	}
}

// TestTheCaseGoesAlong reads the document that a request carries.
func TestTheCaseGoesAlong(t *testing.T) {
	for _, l := range ladderLetters() {
		if l.name != "ratification_asked" {
			continue
		}
		first, again := l.draft(t, forum.Nynorsk), l.draft(t, forum.English)
		if len(first.Made) != 1 || first.Made[0].Type != docx.MediaType || !bytes.Equal(first.Made[0].Content, again.Made[0].Content) {
			t.Fatal("there is no case, or it is another one for another reader")
		}
		content := first.Made[0].Content
		archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			t.Fatal(err)
		}
		body, err := archive.Open("word/document.xml")
		if err != nil {
			t.Fatal(err)
		}
		var text bytes.Buffer
		if _, err := text.ReadFrom(body); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"Rådet rår til ei felles rutine frå mars.", "Meldinga kjem for seint.", "4/26", "Tal.xlsx"} {
			if !strings.Contains(text.String(), want) {
				t.Errorf("the case does not say %q", want)
			}
		}
	}
}

func TestRatificationWords(t *testing.T) {
	for text, want := range map[string]governance.RatificationAnswer{
		"Sluttar oss til":                                 {State: governance.Ratified},
		"Hei!\n\nSluttar oss til.\n\nMvh\nKari":           {State: governance.Ratified},
		"Slutter oss til\nReferanse: 2026/123":            {State: governance.Ratified, Reference: "2026/123"},
		"Referanse: 26/1\nratified":                       {State: governance.Ratified, Reference: "26/1"},
		"Ratified with remarks: from April\nand May":      {State: governance.WithRemarks, Remarks: "from April\nand May"},
		"Sluttar oss til med merknader:\nFrå april":       {State: governance.WithRemarks, Remarks: "Frå april"},
		"Sluttar oss ikkje til: for dyrt\n\nHelsing\nOla": {State: governance.Rejected, Remarks: "for dyrt"},
	} {
		if got, understood := governed.RatificationWords(text); !understood || got != want {
			t.Errorf("%q: got %+v, %v", text, got, understood)
		}
	}
	for _, text := range []string{
		"", "Ja", "Sluttar oss ikkje til", "Sluttar oss til, men frå april", "Sluttar oss til når budsjettet er klart", "Vi sluttar oss nok til",
		"Sluttar oss til\nSluttar oss ikkje til: angrar", "Sluttar oss til\nmen berre i år", "> Sluttar oss til", "Rejected:", "Referanse: 1",
	} {
		if got, understood := governed.RatificationWords(text); understood {
			t.Errorf("%q is taken as %+v", text, got)
		}
	}
}

// FuzzRatificationWords: what is understood is always an answer that can be kept.
func FuzzRatificationWords(f *testing.F) {
	f.Add("Sluttar oss til\nReferanse: 1")
	f.Add("Rejected: \n\n>")
	f.Fuzz(func(t *testing.T, text string) {
		answer, understood := governed.RatificationWords(text)
		if understood && answer.State != governance.Ratified && strings.TrimSpace(answer.Remarks) == "" {
			t.Errorf("%q is %+v without a word", text, answer)
		}
	})
}
