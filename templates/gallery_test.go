package templates_test

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/a-h/templ"

	"github.com/samraad/samraad/templates"
)

var galleryDir = flag.String("gallery", "", "write every component, in every language, with its assets into this folder")

// TestGallery renders every component in every language; with -gallery it leaves the pages to be looked at in a browser.
func TestGallery(t *testing.T) {
	for _, language := range templates.Languages() {
		page := render(t, gallery(templates.In(language)))
		if len(page) < 10_000 {
			t.Errorf("%s: the gallery has only %d bytes", language, len(page))
		}
		if *galleryDir == "" {
			continue
		}
		letter := render(t, templates.LetterHTML(invitation(language)))
		write(t, "gallery."+string(language)+".html", page)
		write(t, "letter."+string(language)+".html", letter)
		write(t, "letter."+string(language)+".txt", invitation(language).Plain())
	}
	if *galleryDir != "" {
		for _, name := range []string{"site.css", "site.js", "icon.svg"} {
			address := templates.Asset(name)
			if address == "" {
				t.Fatalf("%s is not built: run make build, which bundles the assets", name)
			}
			file, err := templates.Assets().Open(address[len(templates.AssetsPrefix):])
			if err != nil {
				t.Fatal(err)
			}
			content, err := io.ReadAll(file)
			if err != nil {
				t.Fatal(err)
			}
			write(t, address, string(content))
		}
	}
}

func write(t *testing.T, name, content string) {
	t.Helper()
	target := filepath.Join(*galleryDir, name)
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(target, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// with gives a component its children.
func with(parent templ.Component, children ...templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return parent.Render(templ.WithChildren(ctx, templ.Join(children...)), w)
	})
}

func text(s string) templ.Component {
	return templ.Raw("<p>" + templ.EscapeString(s) + "</p>")
}

func galleryShell(t templates.Text) templates.Shell {
	return templates.Shell{
		Text: t, Title: "Samarbeidsrådet 24. november", Path: "/meetings/1",
		Person: &templates.PersonBadge{Name: "Sekretær, Voss herad", Role: "Sekretær", Organisation: "Samarbeidsrådet", Level: templates.Municipal, URL: "/me"},
		Nav: []templates.NavItem{
			{Label: "Innboks", URL: "/inbox", Count: 3}, {Label: "Møte", URL: "/meetings", Current: true},
			{Label: "Organ", URL: "/forums"}, {Label: "Sende brev", URL: "/sent"},
		},
		Crumbs: []templates.Link{{Label: "Voss lokalsjukehusområde", URL: "/"}, {Label: "Samarbeidsrådet", URL: "/forums/1"}, {Label: "Møte 24. november"}},
		Flash:  &templates.Flash{Tone: templates.Success, Text: "Innkallinga er send til 14 medlemer."},
		Demo:   true,
	}
}

func gallery(t templates.Text) templ.Component {
	start := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	return with(templates.Layout(galleryShell(t)),
		with(templates.PageHeading(templates.Heading{Above: "Møte 4/26", Title: "Samarbeidsrådet for Voss lokalsjukehusområde", Lead: t.Between(start, start.Add(2*time.Hour))}),
			templates.Button("Kall inn", templates.Primary, nil), templates.ButtonLink("Endre tida", "/move", templates.Secondary), templates.ButtonLink("Som PDF", "/pdf", templates.Tertiary)),
		with(templates.Split(galleryAside(t, start)), galleryMain(t, start)...),
	)
}

func galleryMain(t templates.Text, start time.Time) []templ.Component {
	return []templ.Component{
		with(templates.Section("Sakliste"), with(templates.List(),
			with(templates.ListItem(templates.Item{Mark: "12/26", Title: "Utskriving av pasientar på fredagar", URL: "/matters/12", Detail: "Meldt inn av Helse- og omsorgssjef, Kvam herad"}),
				templates.LevelTag(t, templates.Municipal), templates.Tag("Vedtakssak", templates.Neutral)),
			with(templates.ListItem(templates.Item{Mark: "13/26", Title: "Orientering om ny ambulansestasjon", URL: "/matters/13", Detail: "Meldt inn av klinikkdirektør, Helse Bergen HF"}),
				templates.LevelTag(t, templates.Specialist), templates.Tag("Orientering", templates.Neutral)),
			with(templates.ListItem(templates.Item{Mark: "14/26", Title: "Erfaringar frå brukarrepresentantane", Detail: "Meldt inn av Brukarutvalet"}),
				templates.LevelTag(t, templates.Advisory), templates.Tag("Drøfting", templates.Info)))),
		with(templates.Section("Medlemer"), with(templates.Table("Medlemer og svar", []templates.Column{{Label: "Organisasjon"}, {Label: "Nivå"}, {Label: "Medlem"}, {Label: "Svar"}, {Label: "Saker", Numeric: true}, {Label: "Handling", Unseen: true}}),
			galleryRow(t, templates.Municipal, "Vaksdal kommune", "Helse- og omsorgssjef", "Kjem", templates.Success),
			galleryRow(t, templates.Specialist, "Haraldsplass Diakonale Sykehus", "Avdelingssjef", "Ikkje svart", templates.Warning),
			galleryRow(t, templates.Specialist, "Voss DPS NKS Bjørkeli", "Direktør", "Meldt forfall", templates.Danger))),
		with(templates.Section("Papir"), templates.Papers(t, []templates.Paper{{Name: "Saksframlegg 12-26 med eit svært langt namn som må brytast på ein smal skjerm.pdf", URL: "/p/1", Type: "PDF", Bytes: 1_400_000}, {Name: "notat.docx", URL: "/p/2", Bytes: 812}})),
		with(templates.Alert(templates.Warning, "Fristen er i dag"), text("Saker til dette møtet må vere inne før kl. 12.00.")),
		with(templates.Alert(templates.Danger, ""), text("Brevet kom ikkje fram til ein mottakar.")),
		with(templates.Section("Meld inn sak"), galleryForm(t)),
		with(templates.EmptyState("Ingen saker ventar", "Når ein medlem sender ei sak på e-post, kjem ho hit."), templates.ButtonLink("Meld inn sak", "/new", templates.Secondary)),
		templates.Pager(t, templates.Page{Number: 2, Last: 5, URL: func(n int) string { return fmt.Sprintf("?page=%d", n) }}),
		with(templates.Disclosure("Rå kjelde", true), templates.Source("Rå e-post", "From: kvam@example.example\r\nSubject: =?utf-8?q?Sak?=\r\nX-Long: "+fmt.Sprint(make([]int, 80)))),
		templates.Prose("Hei!\n\nVi ønskjer å ta opp utskriving på fredagar.\n\nHelsing Kvam herad"),
	}
}

func galleryRow(t templates.Text, level templates.Level, organisation, member, answer string, tone templates.Tone) templ.Component {
	return templ.Join(
		templ.Raw(`<tr><th scope="row">`+organisation+`</th><td>`), templates.LevelTag(t, level), templ.Raw(`</td><td>`+member+`</td><td>`), templates.Tag(answer, tone),
		templ.Raw(`</td><td class="numeric">3</td><td>`), templates.TextLink("Opne", "/x"), templ.Raw(`</td></tr>`))
}

func galleryForm(t templates.Text) templ.Component {
	return with(templates.Form("/matters", templ.Attributes{"enctype": "multipart/form-data"}),
		templates.ErrorSummary(t, []templates.Mistake{{Field: "title", Text: "Saka treng ein tittel."}, {Field: "start", Text: "Møtet kan ikkje vere i fortida."}}),
		templates.TextField(t, templates.Field{Name: "title", Label: "Tittel", Description: "Kort, utan personopplysningar.", Error: "Saka treng ein tittel.", Required: true}),
		templates.TextArea(t, templates.Field{Name: "text", Label: "Kva gjeld saka?", Value: "Fyrste linje"}),
		templates.Select(t, templates.Field{Name: "kind", Label: "Slag sak", Required: true}, []templates.Option{{Value: "decision", Label: "Vedtakssak"}, {Value: "briefing", Label: "Orientering", Chosen: true}}),
		templates.Radios(t, templates.Field{Name: "place", Label: "Møteform", Required: true}, []templates.Option{{Value: "room", Label: "I rommet", Chosen: true}, {Value: "remote", Label: "Fjernmøte", Description: "Lenkja står i innkallinga."}}),
		templates.Checkboxes(t, templates.Field{Name: "notify"}, []templates.Option{{Value: "all", Label: "Varsle varamedlemene òg", Chosen: true}}),
		templates.DateTimeField(t, templates.DateTime{Name: "start", Label: "Start", Date: "2020-01-01", Time: "10:00", Error: "Møtet kan ikkje vere i fortida.", Required: true}),
		templates.TextField(t, templates.Field{Name: "paper", Label: "Vedlegg", Type: "file"}),
		with(templates.Actions(), templates.Button("Meld inn", templates.Primary, nil), templates.DangerButton("Avlys møtet", nil)),
	)
}

func galleryAside(t templates.Text, start time.Time) templ.Component {
	return templ.Join(
		with(templates.Card("Praktisk"), templates.Facts([]templates.Fact{{Label: "Stad", Value: "Heradshuset, Voss"}, {Label: "Møteleiar", Value: "Kommunedirektør, Voss herad"}})),
		with(templates.Card(""), with(templates.Definitions(), with(templates.Definition("Nivå"), templates.LevelTag(t, templates.Specialist)))),
		with(templates.Section("Hendingar"), templates.Timeline(t, []templates.Moment{
			{At: start.Add(-72 * time.Hour), What: "Innkalling send", Who: "Sekretær, Voss herad", Level: templates.Municipal, Detail: text("Til 14 medlemer.")},
			{At: start.Add(-96 * time.Hour), What: "Sak 13/26 sett på saklista", Who: "Sekretær, Helse Bergen HF", Level: templates.Specialist},
		})),
		with(templates.Dialog("Avlys møtet", templates.Secondary, "Vil du avlyse møtet?"), text("Alle som er kalla inn, får melding."), templates.PostButton("Ja, avlys", "/cancel", templates.Primary, templates.Hidden{Name: "confirm", Value: "yes"})),
		with(templates.Cards(), with(templates.Card("Eitt kort"), text("Med litt tekst."))),
	)
}

func invitation(language templates.Language) templates.Letter {
	t := templates.In(language)
	start := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	return templates.Letter{
		Text: t, Subject: "Innkalling: Samarbeidsrådet", Preheader: t.Between(start, start.Add(2*time.Hour)), Greeting: "Hei,",
		Paragraphs: []string{"Du er kalla inn til møte i Samarbeidsrådet for Voss lokalsjukehusområde. Svar på innkallinga i kalenderen din, eller svar på denne e-posten."},
		Facts:      []templates.Fact{{Label: "Tid", Value: t.Between(start, start.Add(2*time.Hour))}, {Label: "Stad", Value: "Heradshuset på Voss, møterom Hangur i andre høgda, inngang frå Uttrågata"}},
		Actions:    []templates.Link{{Label: "Sjå saklista", URL: "http://127.0.0.1:8080/meetings/1"}},
		Quote:      "Vi ønskjer å ta opp utskriving på fredagar.\nDet hastar.",
		Closing:    "Vennleg helsing\nSekretariatet", Footer: "Svaret ditt går til sekretariatet for Samarbeidsrådet, og ingen andre medlemer ser det.",
	}
}
