package governance_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/samraad/samraad/forum"
	. "github.com/samraad/samraad/governance"
)

var recommending = forum.MandateEntry{
	Rule: forum.Recommendation, Parties: []string{"944233199", "961821967", "983974724", "999999999"}, ArchiveCopies: true,
}

// recommend lets the council recommend, with an archive and a contact, and asks the parties.
func (h *house) recommend() *Ledger {
	h.Helper()
	h.grow(func(p *forum.AreaPlan) {
		p.Forums[1].Mandate = recommending
		p.Forums[1].Mandate.From = "2020-01-01"
		p.Organisations[0].Archive, p.Organisations[2].Contact = "arkiv@kvam.example", "post@bergen.example"
	})
	return done(h, asking(h.as(secretary), h.matter))
}

func asking(by forum.Actor, matter forum.MatterID) deed[*Ledger] {
	return func(ctx context.Context, tx Tx) (*Ledger, error) {
		return AskParties(ctx, tx, by, matter, Recommending{Text: "Rådet rår til ei felles øving.", Deadline: "2026-03-27"})
	}
}

func ratifying(by forum.Actor, id RatificationID, a RatificationAnswer) deed[*Ratification] {
	return func(ctx context.Context, tx Tx) (*Ratification, error) { return Ratify(ctx, tx, by, id, a) }
}

func (h *house) ledger(who string) *LedgerPage {
	h.Helper()
	return seen(h, func(ctx context.Context, tx Tx) (*LedgerPage, error) {
		return ReadLedgerPage(ctx, tx, h.as(who), h.matter)
	})
}

// line is a party's line in the newest ledger.
func (h *house) line(party string) LedgerLine {
	h.Helper()
	for _, line := range h.ledger(secretary).Ledgers[0].Lines {
		if line.Party.Name == party {
			return line
		}
	}
	h.Fatalf("%s is not asked", party)
	return LedgerLine{}
}

func TestEachPartyRatifiesForItself(t *testing.T) {
	onBoth(t, recommending, func(h *house) {
		h.recommend()
		h.want("asked", h.posted(RatificationAskedMessage), []string{
			"ratification-asked " + chair, "ratification-asked " + secretary,
			"ratification-asked " + vaksdal,
			"ratification-asked " + deputy, "ratification-asked " + bergen, "ratification-asked " + hospitalSecretary,
		})
		h.want("copies", h.posted(RatificationCopyMessage), []string{"ratification-copy arkiv@kvam.example", "ratification-copy post@bergen.example"})
		refused(h, "error.ratification.asked_already", asking(h.as(hospitalSecretary), h.matter))
		refused(h, "error.forbidden.ask_ratification", asking(h.as(chair), h.matter))

		kvam, vaks, helse := h.line("Kvam herad").ID, h.line("Vaksdal kommune").ID, h.line("Helse Bergen HF").ID
		if n := len(h.ledger(users).Ledgers[0].Lines); n != 3 {
			h.Errorf("%d parties are asked: who advises is bound by nothing", n)
		}
		for who, key := range map[string]string{
			users: "error.ratification.not_yours", deputy: "error.ratification.not_yours", vaksdal: "error.ratification.not_yours",
			hospitalSecretary: "error.ratification.not_yours", substitute: "error.forbidden.ratify_decision", outside: "error.forbidden.ratify_decision",
		} {
			refused(h, key, ratifying(h.as(who), kvam, RatificationAnswer{State: Ratified}))
		}
		refused(h, "error.text_missing", ratifying(h.as(chair), kvam, RatificationAnswer{State: Rejected}))
		refused(h, "error.ratification.answer", ratifying(h.as(chair), kvam, RatificationAnswer{State: AskedRatification, Remarks: "x"}))
		done(h, ratifying(h.as(chair), kvam, RatificationAnswer{State: Rejected, Remarks: "For dyrt"}))
		done(h, ratifying(h.as(chair), kvam, RatificationAnswer{State: Ratified, Reference: "2026/123"}))
		entered := done(h, ratifying(h.as(secretary), vaks, RatificationAnswer{State: Ratified, Remarks: "Med atterhald"}))
		if entered.State != WithRemarks {
			h.Errorf("with remarks it is %s", entered.State)
		}
		if line := h.line("Vaksdal kommune"); line.For != "Kvam herad" {
			h.Errorf("who entered it for the party is not said: %+v", line)
		}
		if h.ledger(users).Ledgers[0].Settled() {
			h.Error("it is settled while a party is asked")
		}
		done(h, ratifying(h.as(bergen), helse, RatificationAnswer{State: Ratified}))
		page := h.ledger(users)
		if !page.Ledgers[0].InForce() || page.Ledgers[0].Count(Ratified) != 2 {
			h.Errorf("all have ratified, and it is %+v", page.Ledgers[0])
		}
		refused(h, "error.ratification.settled", ratifying(h.as(chair), kvam, RatificationAnswer{State: Rejected, Remarks: "Angrar"}))
		h.want("told", h.posted(RatificationsDoneMessage), []string{"ratifications-done " + secretary, "ratifications-done " + hospitalSecretary})
		h.want("the log", h.deeds("ratification_asked"), []string{
			"ratification_asked", "ratification_rejected", "ratification_ratified", "ratification_with-remarks", "ratification_ratified",
		})
	})
}

func TestOnlyAForumThatRecommendsAsksItsParties(t *testing.T) {
	onBoth(t, forum.MandateEntry{Parties: recommending.Parties}, func(h *house) {
		refused(h, "error.ratification.rule", asking(h.as(secretary), h.matter))
		if page := h.ledger(secretary); page.Offered || page.MayAsk {
			h.Error("it is offered")
		}
	})
}

func TestAMergedPartyAnswersForWhatItWas(t *testing.T) {
	onBoth(t, recommending, func(h *house) {
		h.recommend()
		vaks := h.line("Vaksdal kommune").ID
		done(h, func(ctx context.Context, tx Tx) (*forum.MergerPlan, error) {
			return forum.MergeOrganisations(ctx, tx, forum.Operator(), forum.Merger{From: []string{"961821967"}, Into: "944233199", On: forum.DateOf(h.now).Before(-1)})
		})
		h.now = h.now.AddDate(0, 0, 2)
		if line := h.line("Vaksdal kommune"); line.Now.Name != "Kvam herad" {
			h.Errorf("it became %+v", line.Now)
		}
		done(h, ratifying(h.as(chair), vaks, RatificationAnswer{State: Ratified}))
		if line := h.line("Vaksdal kommune"); line.State != Ratified || line.For != "" {
			h.Errorf("the line is %+v", line)
		}
	})
}

func TestAnAnswerByMailIsTheSameAct(t *testing.T) {
	onBoth(t, recommending, func(h *house) {
		h.recommend()
		kvam := h.line("Kvam herad").ID
		incoming := func() forum.IncomingID {
			return done(h, func(ctx context.Context, tx Tx) (*forum.Incoming, error) {
				if _, err := forum.AcceptMail(ctx, tx, forum.Incoming{Recipient: "raad@voss.example", Envelope: chair, Peer: "192.0.2.7:25"}, []byte(forum.NewSecret())); err != nil {
					return nil, err
				}
				mails, err := tx.IncomingIn(ctx, h.council, forum.Accepted, 1)
				return &mails[0], err
			}).ID
		}
		first := incoming()
		done(h, func(ctx context.Context, tx Tx) (bool, error) {
			return true, TakeMailedRatification(ctx, tx, first, h.person(chair), forum.Reading{}, kvam, RatificationAnswer{State: Ratified, Reference: "26/1"})
		})
		if line := h.line("Kvam herad"); line.State != Ratified || line.Source != forum.ByMail || line.Reference != "26/1" {
			h.Errorf("the line is %+v", line)
		}
		second := incoming()
		refused(h, "error.ratification.not_yours", func(ctx context.Context, tx Tx) (bool, error) {
			return true, TakeMailedRatification(ctx, tx, second, h.person(vaksdal), forum.Reading{}, kvam, RatificationAnswer{State: Ratified})
		})
		done(h, func(ctx context.Context, tx Tx) (bool, error) {
			return true, HoldMailedRatification(ctx, tx, second, h.person(vaksdal), forum.Reading{}, kvam, nil)
		})
		h.want("receipts", h.posted(RatificationReceiptMessage), []string{"ratification-receipt " + chair, "ratification-receipt " + vaksdal})
	})
}

func TestPartiesThatAreSilentAreRemindedOnce(t *testing.T) {
	onBoth(t, recommending, func(h *house) {
		h.recommend()
		done(h, ratifying(h.as(chair), h.line("Kvam herad").ID, RatificationAnswer{State: Ratified}))
		done(h, ratifying(h.as(bergen), h.line("Helse Bergen HF").ID, RatificationAnswer{State: Ratified}))
		for _, at := range []string{"2026-03-12 10:00", "2026-03-23 10:00", "2026-03-24 10:00"} {
			h.now = oslo(at)
			h.must(Scan(h.Context(), h.keeper, noHolidays{}))
		}
		h.want("reminded", h.posted(RatificationDueMessage), []string{"ratification-due " + vaksdal})
	})
}

func TestTheCaseOfAnExemptMatterDoesNotTravel(t *testing.T) {
	onBoth(t, recommending, func(h *house) {
		const secret = "Kvitserkprosjektet"
		h.grow(func(p *forum.AreaPlan) { p.Forums[1].Mandate = recommending; p.Forums[1].Mandate.From = "2020-01-01" })
		done(h, func(ctx context.Context, tx Tx) (bool, error) {
			_, err := forum.ClassifyTitle(ctx, tx, h.as(secretary), h.matter, forum.Titling{Public: "Ei sak", Access: forum.Exempt, Full: secret, Basis: "offl. § 23"})
			return true, err
		})
		l := done(h, func(ctx context.Context, tx Tx) (*Ledger, error) {
			return AskParties(ctx, tx, h.as(secretary), h.matter, Recommending{Text: secret})
		})
		for _, m := range h.mailsOf(RatificationAskedMessage, RatificationCopyMessage) {
			if strings.Contains(string(m.Facts), secret) || strings.Contains(string(m.Facts), `"Case":{`) {
				h.Errorf("the mail %s to %s has it: %s", m.Kind, m.To, m.Facts)
			}
		}
		shown, err := json.Marshal(h.ledger(substitute))
		h.must(err)
		if strings.Contains(string(shown), secret) {
			h.Error("a substitute who is not called up reads it")
		}
		refused(h, "error.forbidden.read_exempt", func(ctx context.Context, tx Tx) (*CaseText, error) {
			return ReadCaseText(ctx, tx, h.as(substitute), l.ID)
		})
	})
}
