package main_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/store"
	"github.com/samraad/samraad/forum/store/storetest"
	"github.com/samraad/samraad/governance"
	governed "github.com/samraad/samraad/governance/store"
)

// electorate is how many vote while the process is killed.
const electorate = 24

// TestKilledServerKeepsVotes kills the real process while members vote through
// the API, each until the server has said that the vote is taken: in the end every
// vote is there once, as it was cast, and each has one event in the chain.
func TestKilledServerKeepsVotes(t *testing.T) {
	for name, database := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		t.Run(name, func(t *testing.T) {
			address := database(t)
			h := newHouse(t, address)
			file := filepath.Join(h.folder, "val.yaml")
			if err := os.WriteFile(file, []byte(votingArea()), 0o600); err != nil {
				t.Fatal(err)
			}
			h.run("import", "area", file)
			secretary, tokens := h.token("sekretariat@kvam.example"), make([]string, electorate)
			for i := range tokens {
				tokens[i] = h.token(fmt.Sprintf("medlem%d@kvam.example", i))
			}
			h.start()
			ballot := h.opensBallot(secretary)
			var taken atomic.Int64
			var all sync.WaitGroup
			for i, token := range tokens {
				all.Go(func() { h.votes(token, ballot, i, &taken) })
			}
			for round := 1; round <= 3; round++ {
				h.until("some have voted", goesOnWithin, func() bool { return int(taken.Load()) >= round*electorate/4 })
				h.kill()
				h.start()
			}
			all.Wait()
			h.stop()
			checkVotes(t, address, ballot)
		})
	}
}

func votingArea() string {
	var people, seats strings.Builder
	for i := range electorate {
		organisation := []string{"944233199", "983974724"}[i%2]
		fmt.Fprintf(&people, "  - {address: medlem%d@kvam.example, name: Medlem %d}\n", i, i)
		fmt.Fprintf(&seats, "      - {person: medlem%d@kvam.example, organisation: %q, capacity: member}\n", i, organisation)
	}
	return `area: {key: val, name: Valområdet}
organisations:
  - {number: "944233199", name: Kvam herad, level: municipal}
  - {number: "983974724", name: Helse Bergen HF, level: specialist}
people:
  - {address: sekretariat@kvam.example, name: Sekretær}
` + people.String() + `forums:
  - key: rad
    name: Valrådet
    kind: council
    address: rad@val.example
    mandate: {rule: double-majority, parties: ["944233199", "983974724"]}
    seats:
      - {person: sekretariat@kvam.example, organisation: "944233199", capacity: secretary}
` + seats.String()
}

func (h *house) token(person string) string {
	h.Helper()
	found := regexp.MustCompile(`samraad_[a-z0-9]+`).FindString(h.run("token", "create", "--person", person, "--scope", "write", "--days", "2"))
	if found == "" {
		h.Fatal("no token was printed")
	}
	return found
}

// ask calls the API; the status is 0 while nobody answers.
func (h *house) ask(token, method, path, body, match string) (status int, tag string, answer []byte) {
	request, err := http.NewRequest(method, h.url+"/api"+path, bytes.NewBufferString(body))
	if err != nil {
		return 0, "", nil
	}
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Content-Type", "application/json")
	if match != "" {
		request.Header.Set("If-Match", match)
	}
	got, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, "", nil
	}
	defer got.Body.Close()
	if answer, err = io.ReadAll(got.Body); err != nil {
		return 0, "", nil
	}
	return got.StatusCode, got.Header.Get("ETag"), answer
}

// made calls for something to be made, and gives its number.
func (h *house) made(token, path, body string) int64 {
	h.Helper()
	status, _, answer := h.ask(token, http.MethodPost, path, body, "")
	var thing struct{ ID int64 }
	if err := json.Unmarshal(answer, &thing); err != nil || status != http.StatusCreated {
		h.Fatalf("%s: %d %s", path, status, answer)
	}
	return thing.ID
}

func (h *house) opensBallot(token string) int64 {
	h.Helper()
	matter := h.made(token, "/forums/1/matters", `{"title":"Felles øving","kind":"discussion"}`)
	motion := h.made(token, fmt.Sprintf("/matters/%d/motions", matter), `{"text":"Vi øver i haust."}`)
	deadline := time.Now().AddDate(0, 0, 7).UTC().Format(time.RFC3339)
	return h.made(token, fmt.Sprintf("/motions/%d/ballots", motion), `{"way":"written","deadline":"`+deadline+`"}`)
}

// votes casts one member's vote again and again until the server has taken it.
func (h *house) votes(token string, ballot int64, member int, taken *atomic.Int64) {
	path, said := fmt.Sprintf("/ballots/%d/own-vote", ballot), []string{"yes", "no", "abstained"}[member%3]
	again, end := time.NewTicker(10*time.Millisecond), time.NewTimer(goesOnWithin)
	defer again.Stop()
	defer end.Stop()
	for {
		select {
		case <-end.C:
			h.Errorf("member %d voted in vain", member)
			return
		case <-again.C:
		}
		_, tag, _ := h.ask(token, http.MethodGet, path, "", "")
		if tag == "" {
			continue
		}
		switch status, _, answer := h.ask(token, http.MethodPut, path, `{"vote":"`+said+`"}`, tag); status {
		case http.StatusOK:
			taken.Add(1)
			return
		case 0, http.StatusServiceUnavailable, http.StatusPreconditionFailed:
		default:
			h.Errorf("member %d: %d %s", member, status, answer)
			return
		}
	}
}

// checkVotes looks into the database for each vote and its event.
func checkVotes(t *testing.T, address string, ballot int64) {
	t.Helper()
	db, err := store.Open(t.Context(), address, store.Options{Tables: governed.Tables})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = governed.Keeper{DB: db}.Read(t.Context(), func(ctx context.Context, within forum.Tx) error {
		tx := governance.In(within)
		casts, err := tx.Casts(ctx, governance.BallotID(ballot))
		if err != nil {
			return err
		}
		count := map[governance.Vote]int{}
		for _, c := range casts {
			count[c.Vote]++
		}
		for _, said := range governance.Votes {
			if count[said] != electorate/3 {
				t.Errorf("%d said %s, want %d", count[said], said, electorate/3)
			}
		}
		chain, err := tx.Chain(ctx, 1)
		if err != nil {
			return err
		}
		if wrong := forum.VerifyChain(chain); wrong != 0 {
			t.Errorf("event %d does not follow from the one before", wrong)
		}
		events := 0
		for _, e := range chain {
			if strings.HasPrefix(e.Deed, "vote_") {
				events++
			}
		}
		if events != electorate {
			t.Errorf("%d events of %d votes", events, electorate)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
