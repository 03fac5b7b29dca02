package web_test

import (
	"context"
	"errors"
	"fmt"
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/store/storetest"
	"github.com/samraad/samraad/forum/web"
)

// TestBodyOfAMailIsHarmless shows the words of a mail that came in, and nothing of it that fetches, hides, leads elsewhere or runs.
func TestBodyOfAMailIsHarmless(t *testing.T) {
	markup := ""
	s := newStage(t, storetest.SQLite(t), func(o *web.Options) { o.Markup = func([]byte) string { return markup } })
	id := s.deliver(member, "Sak frå eit medlem")
	b := s.as(secretary)
	b.get(mailPath(id)).is(t, http.StatusOK).has(t, "<iframe", mailPath(id)+"/body", "sandbox", "Slepp gjennom som Medlem")
	for written, want := range map[string]string{
		"":                                  "<pre>Hei &lt;b&gt;råd&lt;/b&gt;</pre>",
		"<p>Hei <b>råd</b></p>":             "<p>Hei <b>råd</b></p>",
		"<img src=https://evil.example/x>A": "<body>A</body>",
		"<a href=https://evil.example/x>Bankkonto</a>":                       "<body>Bankkonto</body>",
		"<p style='display:none' onclick=x() class=a>B</p>":                  "<p>B</p>",
		"<script>alert(1)</script><style>@import url(x)</style>C":            "<body>C</body>",
		"<table><tr><td colspan=2 background=x>D</td></tr></table>":          "<table><tr><td colspan=\"2\">D</td></tr></table>",
		"<iframe src=x></iframe><object data=x></object><svg><a/></svg>E":    "<body>E</body>",
		"<form action=x><input name=a></form><meta http-equiv=refresh>F":     "<body>F</body>",
		"</body></html><link rel=stylesheet href=x><base href=//e.example>G": "<body>G</body>",
	} {
		markup = written
		page := b.get(mailPath(id)+"/body").is(t, http.StatusOK).has(t, want)
		policy := page.header.Get("Content-Security-Policy")
		if !strings.HasPrefix(policy, "sandbox; default-src 'none'; style-src 'sha256-") || strings.Contains(policy, "unsafe") || strings.Contains(policy, "script") {
			t.Errorf("policy %q", policy)
		}
		if strings.Contains(page.body, "evil.example") || strings.Contains(page.body, "alert") || strings.Contains(page.body, "onclick") {
			t.Errorf("%s: %s", written, page.body)
		}
	}
	s.as(member).get(mailPath(id)+"/body").is(t, http.StatusForbidden)
}

// TestAddressIsLearnedOnThePage releases a mail from an unknown address, learns the address and forgets it again.
func TestAddressIsLearnedOnThePage(t *testing.T) {
	s := onSQLite(t)
	b := s.as(secretary)
	id, again := s.deliver("privat@nokon.example", "Sak heimanfrå"), s.deliver("privat@nokon.example", "Ei sak til heimanfrå")
	b.get(mailPath(id)).has(t, "E-post frå privat@nokon.example er frå denne personen heretter").lacks(t, "Slepp gjennom som", "Kjend adresse")
	writer := fmt.Sprint(s.actor(member).Person)
	b.post(mailPath(id)+"/release", "learn", "yes").is(t, http.StatusUnprocessableEntity).has(t, "Vel ein som kan melde inn saker", "checked")
	b.post(mailPath(id)+"/release", "person", writer, "learn", "yes").is(t, http.StatusOK)
	b.get(mailPath(id)).has(t, "Kjend adresse", "privat@nokon.example er kjend som adressa til Medlem", "Knytte privat@nokon.example til Medlem")
	b.get(mailPath(again)).has(t, "Slepp gjennom som Medlem").lacks(t, "heretter")
	s.as(member).post(mailPath(id)+"/forget").is(t, http.StatusForbidden)
	b.post(mailPath(id)+"/forget").is(t, http.StatusOK).has(t, "Adressa er gløymd", "Gløymde at privat@nokon.example er Medlem, Vaksdal kommune si adresse")
	b.post(mailPath(id)+"/forget").is(t, http.StatusConflict)
	s.write(func(ctx context.Context, tx forum.Tx) error {
		if _, err := forum.WriterOf(ctx, tx, "privat@nokon.example"); !forum.IsKind(err, forum.NotFound) {
			t.Errorf("still known: %v", err)
		}
		return nil
	})
}

var moveForm = regexp.MustCompile(`(?s)<form method="post" action="(/meetings/\d+/move)">(.*?)Flytt møtet hit`)

// TestProposedTimeIsTakenInOneClick shows what a calendar proposes to the secretaries alone, with a button that moves the meeting
// there; then the proposal was for the old time.
func TestProposedTimeIsTakenInOneClick(t *testing.T) {
	s := onSQLite(t)
	keeper := s.as(secretary)
	meeting := keeper.meeting()
	keeper.post(meeting+"/call").is(t, http.StatusOK)
	s.write(func(ctx context.Context, tx forum.Tx) error {
		m, err := tx.Meeting(ctx, 1)
		if err != nil {
			return err
		}
		p := forum.TimeProposal{MeetingID: m.ID, PersonID: s.actor(member).Person, Start: m.Start.AddDate(0, 0, 2), Sequence: m.Sequence, Stamp: tx.Now(), Comment: "Betre for oss", CameAt: tx.Now()}
		a := forum.Answer{MeetingID: m.ID, PersonID: p.PersonID, Reply: forum.NotComing, Sequence: m.Sequence, Stamp: tx.Now(), Delegate: "vara@nokon.example", Source: forum.ByMail, CameAt: tx.Now()}
		return errors.Join(tx.SaveTimeProposal(ctx, &p), tx.SaveAnswer(ctx, &a))
	})
	s.as(member).get(meeting).lacks(t, "Flytt møtet hit", "vara@nokon.example")
	page := keeper.get(meeting).has(t, "Betre for oss", "Vil sende vara@nokon.example i staden")
	form := moveForm.FindStringSubmatch(page.body)
	if form == nil {
		t.Fatal("there is no button that moves the meeting")
	}
	var fields []string
	for _, field := range hiddenField.FindAllStringSubmatch(form[2], -1) {
		fields = append(fields, html.UnescapeString(field[1]), html.UnescapeString(field[2]))
	}
	keeper.post(form[1], fields...).is(t, http.StatusOK).has(t, "gjaldt ei tidlegare tid").lacks(t, "Flytt møtet hit")
	s.write(func(ctx context.Context, tx forum.Tx) error {
		m, err := tx.Meeting(ctx, 1)
		if err == nil && (m.Sequence != 1 || m.Start.Format("2006-01-02 15:04") != "2026-06-04 08:00" || m.End.Sub(m.Start) != 2*time.Hour || m.Place == "") {
			t.Errorf("the meeting is %+v", m)
		}
		return err
	})
}
