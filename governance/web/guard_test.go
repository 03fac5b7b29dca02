package web_test

import (
	"context"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/web"
	"github.com/samraad/samraad/forum/web/webtest"
	"github.com/samraad/samraad/governance"
	house "github.com/samraad/samraad/governance/web"
)

// TestEveryRouteIsNamed in the site's table, by which the tests below go.
func TestEveryRouteIsNamed(t *testing.T) {
	below := web.New(web.Options{}).Routes()
	own := slices.DeleteFunc(web.New(web.Options{House: house.House{}}).Routes(), func(route string) bool { return slices.Contains(below, route) })
	for _, route := range own {
		if _, named := site[route]; !named {
			t.Errorf("%s has no row", route)
		}
	}
	for route := range site {
		if !slices.Contains(own, route) {
			t.Errorf("%s is no route", route)
		}
	}
}

// furnish makes the first of what grow does not, each under the number 1.
func (tr *tree) furnish() {
	tr.Helper()
	tr.grow()
	secretary, chair := forum.AsPerson(tr.person(treeSecretary)), forum.AsPerson(tr.person(treeChair))
	tr.write(func(ctx context.Context, tx governance.Tx) error {
		start := tx.Now().Add(time.Hour)
		meeting, err := forum.PlanMeeting(ctx, tx, secretary, 2, forum.Ordinary, forum.Slot{Start: start, End: start.Add(time.Hour), Place: "Heradshuset"})
		if err != nil {
			return err
		}
		_, called := forum.CallMeeting(ctx, tx, secretary, meeting.ID)
		_, placed := forum.PlaceMatter(ctx, tx, secretary, 1, meeting.ID)
		present, came := governance.NoteArrival(ctx, tx, secretary, meeting.ID, governance.Arrival{Person: chair.Person})
		_, questioned := governance.QuestionImpartiality(ctx, tx, secretary, 1, chair.Person, "Eig huset", "fvl. § 6")
		motion, put := governance.PutMotion(ctx, tx, secretary, 1, governance.Wording{Text: "Leiar", Candidates: []string{"Kari", "Ola"}})
		if err := errors.Join(called, placed, came, questioned, put); err != nil {
			return err
		}
		taking := governance.Taking{Way: governance.InWriting, Secret: true, Deadline: tx.Now().AddDate(0, 0, 7)}
		ballot, opened := governance.OpenBallot(ctx, tx, secretary, motion.ID, taking)
		minutes, started := governance.StartMinutes(ctx, tx, secretary, meeting.ID)
		if err := errors.Join(opened, started); err != nil {
			return err
		}
		action := governance.Action{OrganisationID: 1, Text: "Skriv", Due: "2099-01-01"}
		decided, enacted := governance.Enact(ctx, tx, secretary, minutes.ID, []governance.Enactment{{ForumID: 2, MatterID: 1, Text: "Rådet øver.", Actions: []governance.Action{action}}})
		if enacted != nil {
			return enacted
		}
		if meeting.ID != 1 || len(present) != 1 || present[0].ID != 1 || motion.ID != 1 || ballot.ID != 1 || minutes.ID != 1 || decided[0].ID != 1 {
			return errors.New("something is not the first of its kind")
		}
		return nil
	})
}

// anything fills in every form of governance.
var anything = url.Values{
	"text": {"Slik"}, "reason": {"Slik"}, "question": {"Kva?"}, "basis": {"fvl. § 6"}, "note": {"Slik"}, "to": {"1"}, "forum": {"1"}, "person": {"1"}, "party": {"1"},
	"organisation": {"1"}, "owner": {"1"}, "deadline": {"2099-01-01"}, "deadline_date": {"2099-01-01"}, "deadline_time": {"12:00"}, "due": {"2099-01-01"}, "level": {"municipal"},
	"office": {"Leiar"}, "candidates": {"Kari\nOla"}, "candidate": {"1"}, "vote": {"yes"}, "way": {"written"}, "secret": {"yes"}, "judgement": {"impartial"}, "answer": {"approve"},
	"reply": {"approve"}, "round": {"1"}, "item": {"item-1"}, "take": {"yes"}, "later": {"1"}, "number": {"1"}, "kind": {"forum"}, "up": {"yes"}, "presence": {"1"}, "base": {"0"},
	"stand": {"1"}, "spokesperson": {"1"}, "code": {"000000"}, "dissent": {"1"}, "action": {"1"}, "yes": {"1"}, "all": {"yes"},
}

// TestEveryChangeIsRefused sends every form as those whom it is not for: nothing
// is changed.
func TestEveryChangeIsRefused(t *testing.T) {
	tr := newTree(t)
	tr.furnish()
	callers := map[string]*caller{"outsider": tr.as(treeOutsider, "nn"), "ended seat": tr.as(treeFormer, "nn"), "signed out": tr.nobody()}
	secretary := tr.as(treeSecretary, "nn")
	secretary.get("/")
	changed := webtest.Watched(t, tr.database)
	for _, route := range slices.Sorted(maps.Keys(site)) {
		method, pattern, _ := strings.Cut(route, " ")
		if method == http.MethodGet {
			continue
		}
		for name, c := range callers {
			status, _ := c.post(at(pattern), anything)
			if status != http.StatusForbidden && status != http.StatusNotFound {
				t.Errorf("%s by %s answered %d", route, name, status)
			}
			if changed() {
				t.Errorf("%s by %s changed something", route, name)
			}
		}
	}
	if status, body := secretary.post("/motions/1/withdraw", nil); status != http.StatusOK || !changed() {
		t.Errorf("what the secretary does answered %d, or does not show in the database: %s", status, body)
	}
}

// TestPagesOpenForTheirOwnAlone opens what is furnished: the secretary reads each
// page, and neither an outsider nor somebody who is not signed in does.
func TestPagesOpenForTheirOwnAlone(t *testing.T) {
	tr := newTree(t)
	tr.furnish()
	secretary, outsider, former, nobody := tr.as(treeSecretary, "nn"), tr.as(treeOutsider, "nn"), tr.as(treeFormer, "nn"), tr.nobody()
	for _, route := range slices.Sorted(maps.Keys(site)) {
		method, pattern, _ := strings.Cut(route, " ")
		if method != http.MethodGet {
			continue
		}
		if closed[pattern] == "" {
			if status, body, _ := secretary.get(at(pattern)); status != http.StatusOK {
				t.Errorf("%s by the secretary answered %d: %s", route, status, body)
			}
		}
		for name, c := range map[string]*caller{"outsider": outsider, "ended seat": former, "signed out": nobody} {
			status, body, _ := c.get(at(pattern))
			if c == outsider && strings.HasPrefix(pattern, "/overview") {
				if status != http.StatusOK || strings.Contains(body, "Rådet øver.") {
					t.Errorf("%s by %s answered %d: %s", route, name, status, body)
				}
			} else if status != http.StatusForbidden && status != http.StatusNotFound {
				t.Errorf("%s by %s answered %d", route, name, status)
			}
		}
	}
}

// closed are the pages that the secretary cannot open here, and why.
var closed = map[string]string{
	"/vote/:pass":           "the link is no one's",
	"/matters/:id/escalate": "the matter went up already",
	"/minutes/:id/correct":  "the minutes are not approved",
	"/minutes/:id/pdf":      "likewise",
	"/rooms/:id":            "the secretary takes no part in the room",
}

// nobody is a browser that is not signed in.
func (tr *tree) nobody() *caller {
	return &caller{tr, &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// sender sends what the tests of every house send, as the secretary and as nobody.
func (tr *tree) sender() webtest.Send {
	tr.Helper()
	signed := tr.as(treeSecretary, "nn")
	signed.client.CheckRedirect = tr.nobody().client.CheckRedirect
	signed.get("/") // after which nothing is noted of the visit
	return func(r webtest.Request) webtest.Answer {
		c := tr.nobody()
		if r.Signed {
			c = signed
		}
		request, err := http.NewRequest(r.Method, tr.url+at(r.Pattern), strings.NewReader(r.Body))
		ok(tr.T, err)
		request.Header = r.Header.Clone()
		answer, err := c.client.Do(request)
		ok(tr.T, err)
		defer answer.Body.Close()
		body, err := io.ReadAll(answer.Body)
		ok(tr.T, err)
		return webtest.Answer{Status: answer.StatusCode, Header: answer.Header, Body: string(body)}
	}
}

// TestEveryAnswerIsGuarded opens every route as somebody and as nobody.
func TestEveryAnswerIsGuarded(t *testing.T) {
	tr := newTree(t)
	tr.furnish()
	digest, size, err := tr.files.Put(t.Context(), strings.NewReader("%PDF-1.7"))
	ok(t, err)
	tr.write(func(ctx context.Context, tx governance.Tx) error {
		return governance.KeepMinutesPrint(ctx, tx, 1, digest, size)
	})
	opened := webtest.EveryAnswerIsGuarded(t, site, false, tr.sender())
	for _, sort := range []webtest.Sort{page, part, file, ours} {
		if !opened[sort] {
			t.Errorf("nothing of the sort %d was opened", sort)
		}
	}
}

// TestEveryChangeIsOurOwn refuses every change that does not come from a page of ours.
func TestEveryChangeIsOurOwn(t *testing.T) {
	tr := newTree(t)
	tr.furnish()
	send := tr.sender()
	webtest.EveryChangeIsOurOwn(t, site, tr.url, anything, send, webtest.Watched(t, tr.database))
}

// TestNoFormIsLarge refuses files on every route: none takes any.
func TestNoFormIsLarge(t *testing.T) {
	tr := newTree(t)
	tr.furnish()
	webtest.OnlyPapersAreLarge(t, site, tr.url, tr.sender())
}
