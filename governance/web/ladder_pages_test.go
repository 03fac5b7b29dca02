package web_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/files"
	"github.com/samraad/samraad/forum/store"
	"github.com/samraad/samraad/forum/store/storetest"
	"github.com/samraad/samraad/forum/web"
	"github.com/samraad/samraad/governance"
	governed "github.com/samraad/samraad/governance/store"
	house "github.com/samraad/samraad/governance/web"
	"github.com/samraad/samraad/policies"
)

// tree is a server on a small area in which a matter of the council went up, was
// put before the parties, is disagreed on, and is prepared for in a room.
type tree struct {
	*testing.T
	keeper   forum.Keeper
	url      string
	database string
	files    forum.Files
}

const (
	treeChair     = "leiar@kvam.example"
	treeDeputy    = "nestleiar@bergen.example"
	treeSecretary = "sekretar@kvam.example"
	treeTop       = "sekretar@topp.example"
	treeOutsider  = "utanfor@bergen.example" // sits in a sub-committee alone
	treeFormer    = "tidlegare@kvam.example" // sat in the council until 2021
)

func treePlan() *forum.AreaPlan {
	const kvam, bergen = "944233199", "983974724"
	mandate := forum.MandateEntry{From: "2020-01-01"}
	recommends := mandate
	recommends.Rule, recommends.Parties = forum.Recommendation, []string{kvam, bergen}
	plan := &forum.AreaPlan{
		Area: forum.AreaEntry{Key: "voss", Name: "Voss"},
		Organisations: []forum.OrganisationEntry{
			{Number: kvam, Name: "Kvam herad", Level: forum.Municipal}, {Number: bergen, Name: "Helse Bergen HF", Level: forum.Specialist},
		},
		Forums: []forum.ForumEntry{
			{Key: "topp", Name: "Toppleiarmøtet", Kind: forum.TopLeaderMeeting, Address: "topp@voss.example", Mandate: mandate, Seats: []forum.SeatEntry{
				{Person: treeTop, Organisation: bergen, Capacity: forum.Secretary},
			}},
			{Key: "raad", Name: "Samarbeidsrådet", Kind: forum.Council, Parent: "topp", Address: "raad@voss.example", Mandate: recommends, Seats: []forum.SeatEntry{
				{Person: treeChair, Organisation: kvam, Capacity: forum.Chair}, {Person: treeDeputy, Organisation: bergen, Capacity: forum.Deputy},
				{Person: treeSecretary, Organisation: kvam, Capacity: forum.Secretary},
				{Person: treeFormer, Organisation: kvam, Capacity: forum.Secretary, From: "2020-01-01", To: "2021-01-01"},
			}},
			{Key: "utval", Name: "Underutval for beredskap", Kind: forum.SubCommittee, Parent: "raad", Address: "beredskap@voss.example", Mandate: mandate, Seats: []forum.SeatEntry{
				{Person: treeOutsider, Organisation: bergen, Capacity: forum.Secretary},
			}},
		},
	}
	for _, address := range []string{treeChair, treeDeputy, treeSecretary, treeTop, treeOutsider, treeFormer} {
		plan.People = append(plan.People, forum.PersonEntry{Address: address, Name: "Person " + address})
	}
	return plan
}

func newTree(t *testing.T) *tree {
	t.Helper()
	policy, err := policies.Default()
	ok(t, err)
	database := storetest.SQLite(t)
	db, err := store.Open(t.Context(), database, store.Options{Policy: policy, Tables: governed.Tables})
	ok(t, err)
	t.Cleanup(func() { ok(t, db.Close()) })
	ok(t, db.Migrate(t.Context()))
	papers, err := files.Open(t.TempDir())
	ok(t, err)
	t.Cleanup(func() { ok(t, papers.Close()) })
	tr := &tree{T: t, keeper: governed.Keeper{DB: db}, database: database, files: papers}
	tr.write(func(ctx context.Context, tx governance.Tx) error {
		marked := tx.MarkDemo(ctx)
		_, err := forum.ImportArea(ctx, tx, forum.Operator(), treePlan())
		return errors.Join(marked, err)
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	ok(t, err)
	tr.url = "http://" + listener.Addr().String()
	server := web.New(web.Options{Keeper: tr.keeper, Files: papers, Demo: true, URL: tr.url, House: house.House{}, Log: slog.New(slog.DiscardHandler)})
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	t.Cleanup(func() { ok(t, errors.Join(server.Shutdown(context.Background()), <-served)) })
	return tr
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (tr *tree) write(fn func(ctx context.Context, tx governance.Tx) error) {
	tr.Helper()
	ok(tr.T, tr.keeper.Write(context.Background(), func(ctx context.Context, tx forum.Tx) error { return fn(ctx, governance.In(tx)) }))
}

func (tr *tree) person(address string) (id forum.PersonID) {
	tr.Helper()
	tr.write(func(ctx context.Context, tx governance.Tx) error {
		person, err := tx.PersonByAddress(ctx, address)
		if err == nil {
			id = person.ID
		}
		return err
	})
	return id
}

// grow makes the first of everything, each under the number 1; the matter there is 2.
func (tr *tree) grow() {
	tr.Helper()
	secretary, chair, deputy := forum.AsPerson(tr.person(treeSecretary)), forum.AsPerson(tr.person(treeChair)), forum.AsPerson(tr.person(treeDeputy))
	tr.write(func(ctx context.Context, tx governance.Tx) error {
		m, err := forum.ProposeMatter(ctx, tx, secretary, 2, forum.Proposal{Title: "Felles øving", Text: "Til drøfting.", Kind: forum.DiscussionMatter, Source: forum.ByWeb})
		if err != nil {
			return err
		}
		_, sent := governance.Escalate(ctx, tx, secretary, m.ID, governance.Sending{To: 1, Reason: "Stort", Question: "Skal vi?", Deadline: "2099-01-01"})
		_, asked := governance.AskParties(ctx, tx, secretary, m.ID, governance.Recommending{Text: "Vi rår til.", Deadline: "2099-01-01"})
		_, ratified := governance.Ratify(ctx, tx, deputy, 2, governance.RatificationAnswer{State: governance.WithRemarks, Remarks: "Frå april", Reference: "26/1"})
		_, opened := governance.OpenLadder(ctx, tx, chair, m.ID, governance.LadderOpening{Reason: "Usemje", Deadline: "2099-01-01"})
		_, positioned := governance.SetPosition(ctx, tx, deputy, 1, forum.Specialist, "Nei", true)
		_, room := governance.OpenRoom(ctx, tx, chair, m.ID, 0, forum.Municipal)
		_, stand := governance.AgreeStand(ctx, tx, chair, 1, 0, "Vi seier ja", chair.Person)
		return errors.Join(sent, asked, ratified, opened, positioned, room, stand)
	})
}

// caller is a browser.
type caller struct {
	*tree
	client *http.Client
}

// as steps into a role, in a language.
func (tr *tree) as(address, language string) *caller {
	tr.Helper()
	jar, err := cookiejar.New(nil)
	ok(tr.T, err)
	c := &caller{tr, &http.Client{Jar: jar}}
	c.post("/demo", url.Values{"person": {fmt.Sprint(tr.person(address))}})
	c.post("/language", url.Values{"language": {language}, "back": {"/"}})
	return c
}

func (c *caller) do(request *http.Request, err error) (status int, body string, header http.Header) {
	c.Helper()
	ok(c.T, err)
	request.Header.Set("Origin", c.url)
	if request.Method == http.MethodPost {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	answer, err := c.client.Do(request)
	ok(c.T, err)
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	ok(c.T, err)
	return answer.StatusCode, string(content), answer.Header
}

func (c *caller) get(path string) (int, string, http.Header) {
	c.Helper()
	return c.do(http.NewRequest(http.MethodGet, c.url+path, nil))
}

func (c *caller) post(path string, form url.Values) (int, string) {
	c.Helper()
	status, body, _ := c.do(http.NewRequest(http.MethodPost, c.url+path, strings.NewReader(form.Encode())))
	return status, body
}

// TestPagesBetweenForumsAndPartiesSpeakEveryLanguage opens every page, and sends
// every form empty: none fails, and none lacks a text.
func TestPagesBetweenForumsAndPartiesSpeakEveryLanguage(t *testing.T) {
	tr := newTree(t)
	tr.grow()
	opens := map[string][]string{
		treeChair:     {"/matters/1", "/matters/1/ledger", "/matters/1/ladder", "/matters/1/rooms", "/rooms/1", "/escalations/1", "/ledgers/1/case"},
		treeDeputy:    {"/matters/1", "/matters/1/ledger", "/matters/1/ladder", "/matters/1/rooms", "/escalations/1"},
		treeSecretary: {"/matters/1", "/matters/1/ledger", "/matters/1/ladder"},
		treeTop:       {"/matters/2", "/matters/2/ledger", "/matters/2/ladder", "/matters/2/rooms", "/escalations/1"},
	}
	forms := []string{
		"/matters/1/escalate", "/matters/2/escalate", "/escalations/1/close", "/matters/1/ledger", "/ratifications/1/answer", "/matters/1/ladder", "/matters/2/ladder",
		"/ladders/1/position", "/ladders/1/climb", "/ladders/1/answer", "/matters/1/rooms", "/rooms/1/notes", "/rooms/1/stand", "/rooms/1/publish",
	}
	for _, language := range []string{"nn", "nb", "en"} {
		for who, paths := range opens {
			t.Run(language+"/"+who, func(t *testing.T) {
				c := tr.as(who, language)
				c.tree = &tree{t, tr.keeper, tr.url, tr.database, tr.files}
				for _, path := range paths {
					status, body, _ := c.get(path)
					if status != http.StatusOK || strings.Contains(body, "⟦") {
						t.Errorf("GET %s answered %d: %s", path, status, body)
					}
				}
				for _, path := range forms {
					status, body := c.post(path, url.Values{})
					if status >= http.StatusInternalServerError || status < http.StatusBadRequest || strings.Contains(body, "⟦") {
						t.Errorf("POST %s without anything answered %d: %s", path, status, body)
					}
				}
			})
		}
	}
}

func TestOtherRoomsAreNotThere(t *testing.T) {
	tr := newTree(t)
	tr.grow()
	deputy := tr.as(treeDeputy, "nn")
	ours, _, _ := deputy.get("/rooms/1")
	nobodys, _, _ := deputy.get("/rooms/99")
	if ours != http.StatusNotFound || nobodys != ours {
		t.Errorf("a room of the other level answers %d, one that is not there %d", ours, nobodys)
	}
	if _, body, _ := deputy.get("/matters/1"); strings.Contains(body, "Vi seier ja") {
		t.Error("the matter's page shows the other level what it has not published")
	}
}

func TestTheCaseIsSavedAndNotShown(t *testing.T) {
	tr := newTree(t)
	tr.grow()
	status, body, header := tr.as(treeDeputy, "nn").get("/ledgers/1/case")
	if status != http.StatusOK || !strings.HasPrefix(body, "PK") || !strings.HasPrefix(header.Get("Content-Disposition"), "attachment;") || !strings.Contains(header.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("answered %d, %v", status, header)
	}
}

// TestEveryMistakeIsNamed sends empty forms whose fields are all needed.
func TestEveryMistakeIsNamed(t *testing.T) {
	tr := newTree(t)
	tr.grow()
	status, body := tr.as(treeTop, "nn").post("/escalations/1/close", url.Values{})
	if status != http.StatusUnprocessableEntity || !strings.Contains(body, `href="#field-way`) || !strings.Contains(body, `href="#field-answer`) {
		t.Errorf("answered %d: %s", status, body)
	}
}
