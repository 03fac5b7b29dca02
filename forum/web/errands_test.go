package web_test

import (
	"context"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/calendar"
	"github.com/samraad/samraad/forum/store/storetest"
)

var undoForm = regexp.MustCompile(`/errands/\d+/undo`)

// errand is the address of what a page says is on its way, without its act.
func (a answer) errand(t *testing.T) string {
	t.Helper()
	found := undoForm.FindString(a.body)
	if found == "" {
		t.Fatalf("%s says that nothing is on its way:\n%s", a.path, visible(a.body))
	}
	return strings.TrimSuffix(found, "/undo")
}

// passes lets time pass, and carries out what is due then as the job would.
func (s *stage) passes(took time.Duration) {
	s.Helper()
	s.later.Add(int64(took))
	var due []forum.ErrandID
	s.write(func(ctx context.Context, tx forum.Tx) (err error) {
		due, err = forum.ErrandsDue(ctx, tx)
		return err
	})
	for _, id := range due {
		err := s.db.Write(context.Background(), func(ctx context.Context, tx forum.Tx) error {
			_, err := forum.CarryOutErrand(ctx, tx, calendar.Almanac{}, id)
			return err
		})
		if err != nil {
			s.write(func(ctx context.Context, tx forum.Tx) error { return forum.FailErrand(ctx, tx, id, err) })
		}
	}
}

// sent is how many mails the council has made.
func (s *stage) sent() (count int) {
	s.Helper()
	s.write(func(ctx context.Context, tx forum.Tx) error {
		all, err := tx.Messages(ctx, 1, 0, 1000)
		count = len(all)
		return err
	})
	return count
}

// TestUndoneForAMinute calls a meeting, thinks better of it, and calls it again,
// on each database.
func TestUndoneForAMinute(t *testing.T) {
	storetest.Both(t, func(t *testing.T, database string) {
		s := newStage(t, database, nil)
		b := s.as(secretary)
		meeting := b.meeting()

		resting := b.press(meeting+"/call").is(t, http.StatusOK)
		resting.has(t, "Innkallinga til møtet 2. juni 2026 går til 6 personar.", "Går om 60 s.", "Angre", "Send no", "Utkast")
		errand := resting.errand(t)
		b.press(meeting+"/call").is(t, http.StatusConflict).has(t, "alt på veg ut")
		s.later.Add(int64(45 * time.Second))
		b.get("/").has(t, `href="`+meeting+`"`, "Går om 15 s.", errand+"/undo")
		b.get(council).has(t, errand+"/undo")
		s.as(member).get(meeting).lacks(t, "På veg ut", errand)

		b.press(errand+"/undo", "back", meeting).is(t, http.StatusOK).has(t, "Angra. Ingenting er sendt.", "Utkast").lacks(t, errand)
		b.press(errand+"/undo").is(t, http.StatusConflict).has(t, "for seint")
		b.press(errand+"/now").is(t, http.StatusConflict)
		s.passes(time.Hour)
		if got := s.sent(); got != 0 {
			t.Errorf("%d mails left of what was undone", got)
		}
		b.get(meeting).has(t, "Utkast")

		b.press(meeting+"/call").is(t, http.StatusOK)
		s.passes(59 * time.Second)
		b.get(meeting).has(t, "Går om 1 s.", "Utkast")
		s.passes(time.Second)
		b.get(meeting).has(t, "Kalla inn (6)").lacks(t, "På veg ut")
		s.passes(time.Second)
		if got := s.sent(); got != 6 {
			t.Errorf("%d invitations, want 6", got)
		}
	})
}

// TestWhoMayUndo tries the acts on an errand as everyone.
func TestWhoMayUndo(t *testing.T) {
	s := onSQLite(t)
	b := s.as(secretary)
	for _, c := range []struct {
		who            string
		undo, now, see int
	}{
		{secretary, http.StatusOK, http.StatusOK, http.StatusConflict}, {secretaryHF, http.StatusOK, http.StatusForbidden, http.StatusForbidden},
		{member, http.StatusForbidden, http.StatusForbidden, http.StatusForbidden}, {chair, http.StatusForbidden, http.StatusForbidden, http.StatusForbidden},
		{outsider, http.StatusForbidden, http.StatusForbidden, http.StatusForbidden},
	} {
		for act, want := range map[string]int{"undo": c.undo, "now": c.now, "seen": c.see} {
			t.Run(c.who+" "+act, func(t *testing.T) {
				errand := b.press(b.meeting() + "/call").errand(t)
				s.as(c.who).press(errand+"/"+act, "back", "/forums").is(t, want)
				s.as(secretaryHF).press(errand + "/undo")
			})
		}
	}
	errand := b.press(b.meeting() + "/call").errand(t)
	s.stranger().press(errand+"/undo").is(t, http.StatusForbidden)
	s.as(secretaryHF).get("/").has(t, "Sett i gang av Sekretær, Kvam herad.", errand+"/undo").lacks(t, errand+"/now")
}

// TestWhatCannotBeSent changes what was pressed about within its minute: nothing
// is sent, and whoever pressed is told by mail and on the overview.
func TestWhatCannotBeSent(t *testing.T) {
	storetest.Both(t, func(t *testing.T, database string) {
		s := newStage(t, database, nil)
		b, other := s.as(secretary), s.as(secretaryHF)
		meeting := b.meeting()
		b.press(meeting+"/call").is(t, http.StatusOK)
		slot := []string{"start_date", "2026-06-09", "start_time", "09:30", "end_date", "2026-06-09", "end_time", "11:00", "place", "Heradshuset"}
		other.press(meeting+"/move", slot...).is(t, http.StatusConflict) // the same meeting is on its way
		s.write(func(ctx context.Context, tx forum.Tx) error {
			id, err := strconv.ParseInt(number(meeting), 10, 64)
			if err != nil {
				return err
			}
			start := time.Date(2026, 6, 9, 8, 0, 0, 0, time.UTC)
			_, err = forum.MoveMeeting(ctx, tx, s.actor(secretaryHF), forum.MeetingID(id), forum.Slot{Start: start, End: start.Add(time.Hour), Place: "Voss"})
			return err
		})
		s.passes(time.Minute)
		b.get(meeting).has(t, "Utkast", "9. juni 2026")
		home := b.get("/").has(t, "Ikkje sendt", "Det har endra seg sidan du trykte", `href="`+meeting+`"`, "/seen")
		b.get(council+"/sent").has(t, "Ikkje sendt")
		if got := s.sent(); got != 1 {
			t.Errorf("%d mails, want the one to whoever pressed", got)
		}
		other.get("/").lacks(t, "Ikkje sendt")
		seen := regexp.MustCompile(`/errands/\d+/seen`).FindString(home.body)
		b.post(meeting+"/call").is(t, http.StatusOK).has(t, "Kalla inn (6)")
		b.press(seen, "back", "/").is(t, http.StatusOK).has(t, "Meldinga er lagd bort").lacks(t, seen)
	})
}

// TestEveryPressThatSendsRests makes every press of a page that ends in mail:
// nothing leaves, and what is undone is as it was.
func TestEveryPressThatSendsRests(t *testing.T) {
	s := onSQLite(t)
	b, theirs := s.as(secretary), s.as(secretaryHF)
	meeting := b.called("Beredskap", "Utskriving")
	lines := b.get(meeting).body
	line := regexp.MustCompile(`line=(item-\d+)`).FindStringSubmatch(lines)[1]
	b.post(meeting+"/guests/new", "line", line, "name", "Brannsjefen", "address", "brann@kvam.example", "language", "nn").is(t, http.StatusOK)
	guest := regexp.MustCompile(`/guests/\d+/take-off`).FindString(b.get(meeting).body)
	inbox, other := b.matter("Ventar"), s.as(hospital).matter("Frå det andre nivået")
	asked := b.post(other+"/remove", "way", "return", "reason", "Uklar").removal(t)
	held := mailPath(s.deliver("ukjend@nokon.example", "Sak frå ein ukjend"))
	seat := endLink.FindStringSubmatch(b.get(council + "/people").body)[1]
	slot := []string{"start_date", "2026-06-09", "start_time", "09:30", "end_date", "2026-06-09", "end_time", "11:00", "place", "Heradshuset"}
	words := func() string {
		b.post(meeting+"/keys/ask", "text", "").is(t, http.StatusOK)
		return editionLink.FindString(s.as(chair).get(meeting+"/keys").body) + "/words"
	}

	presses := []struct {
		name   string
		who    *browser
		path   string
		fields []string
		page   string // that shows what it changes
		same   bool   // it shows the change at once
	}{
		{"move", b, meeting + "/move", slot, meeting, false},
		{"cancel", b, meeting + "/cancel", []string{"reason", "Streik"}, meeting, false},
		{"invite a guest", b, meeting + "/guests/new", []string{"line", line, "name", "Lensmannen", "address", "lens@kvam.example", "language", "nn"}, meeting, false},
		{"take a guest off", b, guest, nil, meeting, false},
		{"place", b, inbox + "/place", []string{"meeting", number(meeting)}, inbox, true},
		{"put back", b, putBackOf(b.get(meeting)), nil, meeting, false},
		{"return", b, inbox + "/remove", []string{"way", "return", "reason", "Uklar"}, inbox, false},
		{"object to a return", theirs, asked + "/answer", []string{"answer", "no", "objection", "Ho er klar"}, other, false},
		{"release", b, held + "/release", []string{"person", strconv.FormatInt(int64(s.actor(member).Person), 10)}, held, false},
		{"end a seat", b, seat, []string{"last", "2026-03-31", "step", "end"}, council + "/people", false},
		{"put forward", b, meeting + "/keys/ask", []string{"text", ""}, meeting + "/keys", false},
	}
	check := func(t *testing.T, who *browser, path string, fields []string, page string, atOnce bool) {
		t.Helper()
		before, mails := steady(who.get(page).body), s.sent()
		errand := who.press(path, fields...).is(t, http.StatusOK).errand(t)
		if during := steady(who.get(page).body); (during == before) == atOnce {
			t.Errorf("%s while it rests, changed at once: %v\n%s", page, !atOnce, visible(during))
		}
		who.press(errand+"/undo", "back", page).is(t, http.StatusOK)
		if after := steady(who.get(page).body); after != before {
			t.Errorf("%s after undoing (-before +after):\n%s", page, cmp.Diff(strings.Fields(before), strings.Fields(after)))
		}
		s.passes(2 * time.Minute)
		if got := s.sent(); got != mails {
			t.Errorf("%d mails left of what was undone", got-mails)
		}
	}
	for _, p := range presses {
		t.Run(p.name, func(t *testing.T) { check(t, p.who, p.path, p.fields, p.page, p.same) })
	}
	edition := words()
	item := regexp.MustCompile(`name="item" value="(item-\d+)"`).FindStringSubmatch(s.as(chair).get(meeting + "/keys").body)[1]
	t.Run("object", func(t *testing.T) {
		check(t, s.as(chair), edition, []string{"answer", "object", "item", item, "reason-" + item, "Uklart"}, meeting+"/keys", true)
	})
	t.Run("override", func(t *testing.T) {
		check(t, b, strings.TrimSuffix(edition, "words")+"override", []string{"reason", "Ferjene står"}, meeting+"/keys", false)
	})
	s.as(chair).press(edition, "answer", "approve").is(t, http.StatusOK).lacks(t, "På veg ut")
	t.Run("the last approval", func(t *testing.T) {
		check(t, s.as(deputy), edition, []string{"answer", "approve"}, meeting+"/keys", false)
	})
}

var putBackForm = regexp.MustCompile(`/matters/\d+/put-back`)

func putBackOf(a answer) string { return putBackForm.FindString(a.body) }

var changing = regexp.MustCompile(`(?s)<section class="errands".*?</section>|<div class="ds-alert flash".*?</div>`)

var logs = []*regexp.Regexp{regexp.MustCompile(`Historikk.*(Praktisk|Om saka|Om e-posten)`), regexp.MustCompile(`Det som er gjort.*(Samråd – )`)}

// steady is what a page says without what it tells of the last press, and
// without the log, which is only ever added to.
func steady(body string) string {
	text := visible(changing.ReplaceAllString(body, " "))
	for _, log := range logs {
		text = log.ReplaceAllString(text, "$1")
	}
	return text
}
