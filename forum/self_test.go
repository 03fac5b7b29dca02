package forum_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
)

func addressClaimed(by forum.Actor, address string) act[any] {
	return func(ctx context.Context, tx forum.Tx) (any, error) {
		return nil, forum.ClaimAddress(ctx, tx, by, address)
	}
}

func addressConfirmed(by forum.Actor, code string) act[string] {
	return func(ctx context.Context, tx forum.Tx) (string, error) { return forum.ConfirmAddress(ctx, tx, by, code) }
}

func addressRemoved(by forum.Actor, address string) act[any] {
	return func(ctx context.Context, tx forum.Tx) (any, error) {
		return nil, forum.RemoveAddress(ctx, tx, by, address)
	}
}

func absenceNoted(by forum.Actor, from, to forum.Date) act[any] {
	return func(ctx context.Context, tx forum.Tx) (any, error) {
		return nil, forum.NoteAbsence(ctx, tx, by, from, to)
	}
}

func selfPage(by forum.Actor) act[*forum.SelfPage] {
	return func(ctx context.Context, tx forum.Tx) (*forum.SelfPage, error) {
		return forum.ReadSelfPage(ctx, tx, by)
	}
}

// code is what the latest mail with one says.
func (h *house) code(to string) string {
	h.Helper()
	letters := h.wantLetters("claim " + to)
	if letters[0].ForumID != 0 || letters[0].PersonID != 0 {
		h.Errorf("the code lies in the mail of forum %d and person %d, whose readers see it", letters[0].ForumID, letters[0].PersonID)
	}
	return facts[forum.ClaimFacts](h, letters[0]).Code
}

func TestAnAddressIsProven(t *testing.T) {
	onBoth(t, func(h *house) {
		ours, theirs := h.as(bergen), h.as(vaksdal)
		const private = "privat@bergen.example"
		for given, want := range map[string]string{
			"ikkje ei adresse": "invalid: error.address on address", vaksdal: "conflict: error.conflict.address on address",
			"Avdeling@Bergen.example": "conflict: error.claim.own on address", "raad+abc@voss.example": "invalid: error.claim.forum on address",
		} {
			_, err := try(h, addressClaimed(ours, given))
			refused(h.T, err, want)
		}
		_, err := try(h, addressClaimed(h.as(outside), private))
		refused(h.T, err, "conflict: error.claim.no_seat on address")
		h.wantLetters()

		done(h, addressClaimed(ours, " Privat@Bergen.example "))
		code := h.code(private)
		done(h, addressClaimed(theirs, private))
		other := h.code(private)
		if seen(h, selfPage(ours)).Claims[0].Code != "" {
			h.Error("the page tells the code")
		}
		for _, wrong := range []string{"", "x", code[1:], other} {
			_, err := try(h, addressConfirmed(ours, wrong))
			refused(h.T, err, "invalid: error.claim.code on code")
		}
		if got := done(h, addressConfirmed(ours, strings.ToUpper(strings.ReplaceAll(code, "-", " ")))); got != private {
			h.Errorf("confirmed %s", got)
		}
		if h.person(private) != ours.Person {
			h.Error("the address is not its claimer's")
		}
		_, err = try(h, addressConfirmed(ours, code))
		refused(h.T, err, "invalid: error.claim.code on code")
		_, err = try(h, addressConfirmed(theirs, other))
		refused(h.T, err, "conflict: error.conflict.address")

		page := seen(h, selfPage(ours))
		if diff := cmp.Diff([]string{bergen, "avdeling@bergen.example", private}, page.Addresses); diff != "" || len(page.Claims) != 0 {
			h.Errorf("claims %v, addresses (-want +got):\n%s", page.Claims, diff)
		}
		_, err = try(h, addressRemoved(ours, strings.ToUpper(bergen)))
		refused(h.T, err, "conflict: error.claim.main")
		_, err = try(h, addressRemoved(theirs, private))
		refused(h.T, err, "not found: error.not_found.address")
		done(h, addressRemoved(ours, private))
		if got := done(h, addressConfirmed(theirs, other)); got != private || h.person(private) != theirs.Person {
			h.Errorf("what is nobody's any more stayed: %s", got)
		}
	})
}

func TestCodesAreFewAndOld(t *testing.T) {
	onBoth(t, func(h *house) {
		by := h.as(bergen)
		done(h, addressClaimed(by, "ny@bergen.example"))
		code := h.code("ny@bergen.example")
		for n := range 4 {
			done(h, addressClaimed(by, fmt.Sprintf("ny%d@bergen.example", n)))
		}
		_, err := try(h, addressClaimed(by, "ny5@bergen.example"))
		refused(h.T, err, "invalid: error.claim.too_many on address")
		h.now = h.now.Add(24*time.Hour - time.Second)
		if len(seen(h, selfPage(by)).Claims) != 5 {
			h.Error("claims are gone before their time")
		}
		h.now = h.now.Add(time.Second)
		_, err = try(h, addressConfirmed(by, code))
		refused(h.T, err, "invalid: error.claim.code on code")
		if open := seen(h, selfPage(by)).Claims; len(open) != 0 {
			h.Errorf("claims that are over are shown: %v", open)
		}
		done(h, addressClaimed(by, "ny5@bergen.example"))
	})
}

func TestAbsences(t *testing.T) {
	onBoth(t, func(h *house) {
		by, today := h.as(bergen), forum.DateOf(h.now)
		for _, c := range []struct {
			name     string
			from, to forum.Date
			want     string
		}{
			{"backwards", "2026-07-02", "2026-07-01", "invalid: error.absence.backwards on to"},
			{"over", "2025-12-01", today.Before(1), "invalid: error.absence.over on to"},
			{"too long", "2026-07-01", "2027-07-03", "invalid: error.absence.too_long on to"},
			{"begun", today.Before(10), today, ""},
			{"the same day", today, today, "invalid: error.absence.twice on from"},
			{"as long as may be", "2026-07-01", "2027-07-02", ""},
			{"within", "2026-12-24", "2026-12-31", "invalid: error.absence.twice on from"},
		} {
			_, err := try(h, absenceNoted(by, c.from, c.to))
			if got := said(err); got != c.want {
				h.Errorf("%s: %q, want %q", c.name, got, c.want)
			}
		}
		h.now = h.now.AddDate(0, 0, 1)
		page := seen(h, selfPage(by))
		if len(page.Absences) != 1 || page.Absences[0].From != "2026-07-01" {
			h.Errorf("absences ahead: %v", page.Absences)
		}
		id := page.Absences[0].ID
		forget := func(by forum.Actor) error {
			_, err := try(h, func(ctx context.Context, tx forum.Tx) (any, error) { return nil, forum.ForgetAbsence(ctx, tx, by, id) })
			return err
		}
		council := h.forum("raad")
		away := func(by forum.Actor) int {
			return len(seen(h, func(ctx context.Context, tx forum.Tx) (*forum.ForumPage, error) {
				return forum.ReadForumPage(ctx, tx, by, council)
			}).Away)
		}
		done(h, absenceNoted(h.as(outside), "2026-07-01", "2026-07-31")) // sits in another forum, or none
		if away(h.as(ourSecretary)) != 1 || away(h.as(hfSecretary)) != 1 || away(by) != 0 || away(h.as(chair)) != 0 {
			h.Error("absences are shown to others than those who plan")
		}
		refused(h.T, forget(h.as(vaksdal)), "not found: error.not_found.absence")
		h.must(forget(by))
		refused(h.T, forget(by), "not found: error.not_found.absence")
	})
}

// What a person does to what is the person's own is in the log, without saying what it was.
func TestOwnDeedsAreLogged(t *testing.T) {
	onBoth(t, func(h *house) {
		by := h.as(bergen)
		chosen := func(language forum.Language) error {
			_, err := try(h, func(ctx context.Context, tx forum.Tx) (any, error) {
				return nil, forum.ChooseLanguage(ctx, tx, by, language)
			})
			return err
		}
		refused(h.T, chosen("xx"), "invalid: error.language on language")
		h.must(chosen(forum.English))
		h.must(chosen(forum.English))
		done(h, addressClaimed(by, "privat@bergen.example"))
		done(h, absenceNoted(by, "2026-07-01", "2026-07-31"))
		secret := h.subscribe(bergen, "")
		if language := seen(h, selfPage(by)).Language; language != forum.English {
			h.Errorf("the language is %s", language)
		}
		chain := seen(h, func(ctx context.Context, tx forum.Tx) ([]forum.Event, error) { return tx.Chain(ctx, 0) })
		var deeds []string
		for _, e := range chain {
			if e.PersonID == by.Person {
				deeds = append(deeds, e.Deed)
			}
			if text := fmt.Sprint(e.Details); strings.Contains(text, "privat@") || strings.Contains(text, secret) || e.PersonID == by.Person && len(e.Details) > 0 {
				h.Errorf("the log tells what is private: %v", e)
			}
		}
		if diff := cmp.Diff([]string{"language_chosen", "address_claimed", "absence_noted", "feed_started"}, deeds); diff != "" || forum.VerifyChain(chain) != 0 {
			h.Errorf("deeds (-want +got):\n%s", diff)
		}
	})
}
