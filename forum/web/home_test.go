package web_test

import (
	"context"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/store/storetest"
)

// row is what the overview says of one thing that waits, its forms included.
func (a answer) row(t *testing.T, title string) string {
	t.Helper()
	at := strings.Index(a.body, title)
	if at < 0 {
		t.Fatalf("nothing waits that is called %q:\n%s", title, visible(a.body))
	}
	from := strings.LastIndex(a.body[:at], `<li class="await"`)
	row := a.body[from:]
	if end := strings.Index(row[1:], `<li class="await"`); end > 0 {
		row = row[:end]
	}
	return row
}

// inPlace presses what a row offers at an address, and has to be back on the overview.
func (b *browser) inPlace(title, act string, fields ...string) answer {
	b.Helper()
	row := b.get("/").row(b.T, title)
	path := regexp.MustCompile(`action="(/[a-z]+/\d+/` + act + `)"`).FindStringSubmatch(row)
	if path == nil {
		b.Fatalf("%q offers no %s:\n%s", title, act, visible(row))
	}
	if !strings.Contains(row, `name="back" value="/"`) {
		b.Fatalf("%q leads elsewhere:\n%s", title, row)
	}
	done := b.press(path[1], append(fields, "back", "/")...).is(b.T, http.StatusOK)
	if done.path != "/" {
		b.Fatalf("%s of %q led to %s:\n%s", act, title, done.path, visible(done.body))
	}
	return done
}

// waiting is a stage on which something of everything waits.
func waiting(t *testing.T, database string) (s *stage, meeting string) {
	s = newStage(t, database, nil)
	b := s.as(secretary)
	meeting = b.called("Beredskap")
	s.as(member).matter("Utskriving på fredagar")
	asked := s.as(hospital).matter("Frå sjukehuset")
	b.post(asked+"/remove", "way", "return", "reason", "Uklar").is(t, http.StatusOK)
	b.post(meeting+"/keys/ask", "text", "").is(t, http.StatusOK)
	s.deliver(member, "Frå ei privat adresse")
	return s, meeting
}

// TestWhatAwaitsEach is what each has on the overview, in each database.
func TestWhatAwaitsEach(t *testing.T) {
	const (
		answer = "Kjem du på møtet 2. juni 2026?"
		key    = "Godkjenn saklista til møtet 2. juni 2026"
		matter = "«Utskriving på fredagar» ventar i innboksen"
		agree  = "Svar om «Frå sjukehuset»"
		mail   = "Halden e-post: «Frå ei privat adresse»"
	)
	everything := []string{answer, key, matter, agree, mail}
	storetest.Both(t, func(t *testing.T, database string) {
		s, _ := waiting(t, database)
		for _, c := range []struct {
			who  string
			sees []string
		}{
			{member, []string{answer}}, {hospital, []string{answer}},
			{chair, []string{key, answer}}, {deputy, []string{key, answer}},
			{secretary, []string{matter, mail}}, {secretaryHF, []string{matter, agree, mail}},
			{outsider, nil},
		} {
			t.Run(c.who, func(t *testing.T) {
				b := s.as(c.who)
				b.press("/language", "language", "nn", "back", "/")
				home := b.get("/").has(t, c.sees...)
				for _, title := range everything {
					if !slices.Contains(c.sees, title) {
						home.lacks(t, title)
					}
				}
				if len(c.sees) == 0 {
					home.has(t, "Ingenting ventar på deg", "står det her")
				}
			})
		}
		home := s.as(deputy)
		home.press("/language", "language", "nn", "back", "/")
		if body := home.get("/").body; strings.Index(body, key) > strings.Index(body, answer) {
			t.Error("the key, which is due first, stands after the answer")
		}
	})
}

// TestDoneInPlace does on the overview what waits there.
func TestDoneInPlace(t *testing.T) {
	storetest.Both(t, func(t *testing.T, database string) {
		s, meeting := waiting(t, database)
		m, keeper, theirs := s.as(member), s.as(secretary), s.as(secretaryHF)
		m.inPlace("Kjem du på møtet", "answer", "answer", "no", "comment", "Er på kurs").
			has(t, "Ingenting ventar på deg", "Neste møte er i Samarbeidsrådet 2. juni 2026").lacks(t, "Kjem du på møtet")
		keeper.get(meeting).has(t, "Er på kurs")
		keeper.get("/").has(t, "Finn vara for Medlem, Vaksdal kommune", council+"/people")

		keeper.inPlace("«Utskriving på fredagar»", "place", "meeting", number(meeting)).
			has(t, "Saka står på saklista", "Meldinga om at «Utskriving på fredagar» er på saklista,", "går til éin person.", "/undo").lacks(t, "«Utskriving på fredagar» ventar")
		keeper.hurry(keeper.get("/")).has(t, "Saka står på saklista")
		keeper.inPlace("Halden e-post", "release", "person", strconv.FormatInt(int64(s.actor(member).Person), 10)).has(t, "Kvitteringa for «Frå ei privat adresse»", "går til éin person.")
		keeper.hurry(keeper.get("/")).lacks(t, "Halden e-post")
		theirs.inPlace("Svar om «Frå sjukehuset»", "answer", "answer", "no", "objection", "Ho er klar").has(t, "Svaret ditt om «Frå sjukehuset»")
		theirs.hurry(theirs.get("/")).lacks(t, "Svar om")

		c := s.as(chair)
		item := regexp.MustCompile(`<option value="(item-\d+)"`).FindStringSubmatch(c.get("/").row(t, "Godkjenn saklista"))[1]
		c.inPlace("Godkjenn saklista", "words", "answer", "object", "item", item, "reason", "Uklart").has(t, "Innvendinga er registrert", "Innvendinga mot saklista").lacks(t, "Godkjenn saklista")
		c.inPlace("Avgjer om «Frå sjukehuset»", "decide", "answer", "no").has(t, "Avgjerda om «Frå sjukehuset»")

		keeper.inPlace("Legg fram saklista til møtet 2. juni 2026", "keys/ask").has(t, "Saklista til møtet 2. juni 2026", "går til 2 personar.").lacks(t, "Legg fram saklista")
	})
}

// TestWaitingBetweenTimes is what comes to wait as time goes: a draft to call, a
// stand-in to name, a guest who stays away, a notice to confirm, an agenda that
// has changed since it went out, and a mail that did not arrive.
func TestWaitingBetweenTimes(t *testing.T) {
	s := onSQLite(t)
	b := s.as(secretary)
	draft := b.meeting()
	b.get("/").lacks(t, "Kall inn til møtet")
	s.later.Add(int64(60 * 24 * time.Hour))
	b = s.as(secretary)
	b.inPlace("Kall inn til møtet 2. juni 2026", "call").has(t, "Innkallinga til møtet 2. juni 2026", "går til 6 personar.")
	b.hurry(b.get("/")).has(t, "Innkallingane er på veg")

	c := s.as(chair)
	c.press("/me/absences", "from", "2026-05-05", "to", "2026-05-06").is(t, http.StatusOK)
	stand := regexp.MustCompile(`name="(stand-in-\d+)".*?<option value="(\d+)"`).FindStringSubmatch(c.get("/").row(t, "Peik ut ein som vrir"))
	c.inPlace("Peik ut ein som vrir", "stand-in", stand[1], stand[2]).lacks(t, "Peik ut ein som vrir")

	b.post(b.matter("Beredskap")+"/place", "meeting", number(draft)).is(t, http.StatusOK)
	line := regexp.MustCompile(`line=(item-\d+)`).FindStringSubmatch(b.get(draft).body)[1]
	b.post(draft+"/guests/new", "line", line, "name", "Brannsjefen", "address", "brann@kvam.example", "language", "nn").is(t, http.StatusOK)
	s.write(func(ctx context.Context, tx forum.Tx) error {
		guests, err := tx.Guests(ctx, 1)
		if err != nil {
			return err
		}
		_, err = forum.AnswerAsGuest(ctx, tx, guests[0].Link, forum.NotComing)
		return err
	})
	b.inPlace("Gjesten Brannsjefen kjem ikkje", "take-off").has(t, "Avbodet til Brannsjefen", "går til éin person.")
	b.hurry(b.get("/")).lacks(t, "Gjesten Brannsjefen")

	b.post(draft+"/keys/ask", "text", "").is(t, http.StatusOK)
	edition := editionLink.FindString(b.get(draft + "/keys").body)
	b.post(edition+"/override", "reason", "Hastar").is(t, http.StatusOK)
	b.get("/").lacks(t, "er endra etter at ho gjekk ut")
	b.post(b.matter("Sein sak")+"/place", "meeting", number(draft)).is(t, http.StatusOK)
	b.inPlace("er endra etter at ho gjekk ut", "keys/ask").has(t, "Saklista til møtet 2. juni 2026", "går til 2 personar.")

	s.write(func(ctx context.Context, tx forum.Tx) error {
		sent, err := tx.Messages(ctx, 1, 0, 1)
		if err != nil {
			return err
		}
		sent[0].State, sent[0].Subject = forum.Failed, "Innkalling"
		return tx.SaveMessage(ctx, &sent[0])
	})
	b.inPlace("Kom ikkje fram: «Innkalling»", "again").has(t, "«Innkalling», på nytt,", "går til éin person.")

	s.later.Store(int64(time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC).Sub(today)))
	b = s.as(secretary)
	b.post(draft+"/notices/new", "text", "Inngangen er stengd.").is(t, http.StatusOK)
	s.as(member).inPlace("Stadfest at du veit om endringa", "confirm").lacks(t, "Stadfest at du veit")
}
