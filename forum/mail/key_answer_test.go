package mail_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
)

// The key-holders of the tests, and who stands in for the first.
const (
	ourKey   = "leiar@kvam.example"
	theirKey = "direktor@bergen.example"
)

// keyed is a house whose council has two keys, with an agenda of two matters that
// waits for them; it gives the edition.
func keyed(h *house) *forum.Edition {
	h.Helper()
	p := plan()
	p.People = append(p.People, forum.PersonEntry{Address: ourKey, Name: "Kommunedirektør, Kvam herad"}, forum.PersonEntry{Address: theirKey, Name: "Klinikkdirektør, Helse Bergen HF", Language: forum.Bokmal})
	p.Forums[0].Mandate.Keys = []forum.Capacity{forum.Chair, forum.Deputy}
	p.Forums[0].Seats = append(p.Forums[0].Seats,
		forum.SeatEntry{Person: ourKey, Organisation: "944233199", Capacity: forum.Chair}, forum.SeatEntry{Person: theirKey, Organisation: "983974724", Capacity: forum.Deputy})
	h.write(func(ctx context.Context, tx forum.Tx) error {
		_, err := forum.ImportArea(ctx, tx, forum.Operator(), p)
		return err
	})
	_, facts := h.invited()
	by, in := forum.AsPerson(h.person(secretary).ID), h.forum(council).ID
	var asked *forum.Edition
	h.write(func(ctx context.Context, tx forum.Tx) (err error) {
		for _, title := range []string{"Beredskap", "Utskriving"} {
			matter, err := forum.ProposeMatter(ctx, tx, forum.AsPerson(h.person(member).ID), in, forum.Proposal{Title: title, Kind: forum.DiscussionMatter, Source: forum.ByWeb})
			if err != nil {
				return err
			}
			if _, err := forum.PlaceMatter(ctx, tx, by, matter.ID, facts.Meeting); err != nil {
				return err
			}
		}
		asked, err = forum.AskForKeys(ctx, tx, by, facts.Meeting, "")
		return err
	})
	return asked
}

// keysFacts are those of the newest message of a kind to an address.
func (h *house) keysFacts(kind forum.MessageKind, to string) (facts forum.KeysFacts) {
	h.Helper()
	for _, m := range h.sent(council) {
		if m.Kind == kind && m.To == to {
			facts = forum.KeysFacts{}
			h.must(json.Unmarshal(m.Facts, &facts))
		}
	}
	if facts.Edition == 0 {
		h.Fatalf("%s got no %s", to, kind)
	}
	return facts
}

// keyMail is an answer of a key-holder, with our mail quoted below as clients do.
func keyMail(from, text string) string {
	history := "\r\n\r\nDen 3. nov. 2026 kl. 12:00 skrev Samarbeidsrådet <raad@voss.example>:\r\n> Svar på denne e-posten med godkjend\r\n> innvending 1/26: grunnen\r\n"
	return strings.Join([]string{
		"From: <" + from + ">", "To: <" + council + ">", "Subject: SV: Godkjenn", "In-Reply-To: <x@voss.example>", "MIME-Version: 1.0",
		"Content-Type: text/plain; charset=utf-8", "", "",
	}, "\r\n") + strings.ReplaceAll(text, "\n", "\r\n") + history
}

// words lists what holds of an edition: "1/26 municipal approve".
func (h *house) words(id forum.EditionID) (list []string) {
	h.Helper()
	e := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.Edition, error) { return tx.Edition(ctx, id) })
	for _, w := range seen(h, func(ctx context.Context, tx forum.Tx) ([]forum.KeyWord, error) { return tx.KeyWords(ctx, id) }) {
		if w.Source != forum.ByMail || w.MailID == 0 {
			h.Errorf("%+v did not come by mail", w)
		}
		list = append(list, strings.TrimSpace(e.Handle(w.Item)+" "+string(w.Level)+" "+string(w.Answer)+" "+w.Reason))
	}
	return list
}

func TestKeysTurnByMail(t *testing.T) {
	onBoth(t, func(h *house) {
		e := keyed(h)
		ours, theirs := h.keysFacts(forum.KeysAskedMessage, ourKey), h.keysFacts(forum.KeysAskedMessage, theirKey)
		h.deliver(keyMail(ourKey, "Hei!\n\nInnvending 2/26: Tala er ikkje klare.\nResten godkjend\n\nMvh Kari"), forum.TokenAddress(council, ours.Token))
		if n := h.drained(h.reader()); n != 1 || h.only(council).State != forum.Understood {
			h.Fatalf("%d mails were read: %+v", n, h.only(council))
		}
		want := []string{"2/26 municipal object Tala er ikkje klare.", "1/26 municipal approve"}
		if diff := cmp.Diff(want, h.words(e.ID)); diff != "" {
			h.Errorf("words (-want +got):\n%s", diff)
		}
		receipt := h.keysFacts(forum.KeysReceiptMessage, ourKey)
		if receipt.Out || len(receipt.Items) != 2 || receipt.Items[0].Answer != forum.Objects || receipt.Items[1].Answer != forum.Approve {
			h.Errorf("the receipt says %+v", receipt)
		}
		h.deliver(keyMail(theirKey, "Godkjent"), forum.TokenAddress(council, theirs.Token))
		h.deliver(keyMail(ourKey, "Godkjend"), forum.TokenAddress(council, receipt.Token))
		if n := h.drained(h.reader()); n != 2 {
			h.Fatalf("%d mails were read", n)
		}
		if receipt := h.keysFacts(forum.KeysReceiptMessage, ourKey); !receipt.Out {
			h.Errorf("the last receipt says %+v", receipt)
		}
		if e := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.Edition, error) { return tx.Edition(ctx, e.ID) }); e.State != forum.OutEdition {
			h.Errorf("the edition is %s", e.State)
		}
	})
}

// TestNothingIsLeftOfTheRestForAKey objects to all there is, and approves the rest all the same.
func TestNothingIsLeftOfTheRestForAKey(t *testing.T) {
	h := onSQLite(t)
	e := keyed(h)
	text := "Innvending 1/26: Vent.\nInnvending 2/26: Vent.\nResten godkjend"
	h.deliver(keyMail(ourKey, text), forum.TokenAddress(council, h.keysFacts(forum.KeysAskedMessage, ourKey).Token))
	h.drained(h.reader())
	if diff := cmp.Diff([]string{"1/26 municipal object Vent.", "2/26 municipal object Vent."}, h.words(e.ID)); diff != "" {
		t.Errorf("words (-want +got):\n%s", diff)
	}
}

// TestKeyMailsOutOfPlace is what becomes of answers that say too little, come too late, or from another.
func TestKeyMailsOutOfPlace(t *testing.T) {
	for _, test := range []struct {
		name    string
		from    string // the municipal key-holder when empty
		text    string
		before  func(h *house, e *forum.Edition)
		want    string
		trouble string // that the receipt tells of, "" for no receipt
	}{
		{name: "unclear", text: "Ser bra ut", want: "held held.keys_unclear", trouble: "error.keys.unclear"},
		{name: "both at once", text: "Godkjend\nInnvending 1/26: Nei", want: "held held.keys_unclear", trouble: "error.keys.unclear"},
		{name: "an unknown item", text: "Godkjend 9/26", want: "held held.keys_refused", trouble: "error.keys.no_item"},
		{name: "another's address", from: theirKey, text: "Godkjend", want: "held held.wrong_token"},
		{name: "a stranger", from: stranger, text: "Godkjend", want: "held held.unauthenticated"},
		{name: "too late", text: "Innvending 1/26: Nei", want: "held held.keys_refused", trouble: "error.keys.too_late", before: func(h *house, e *forum.Edition) {
			h.now = e.Deadline
		}},
		{name: "out already", text: "Innvending 1/26: Nei", want: "held held.keys_refused", trouble: "error.keys.out", before: func(h *house, e *forum.Edition) {
			h.write(func(ctx context.Context, tx forum.Tx) error {
				_, err := forum.OverrideTheKeys(ctx, tx, forum.AsPerson(h.person(secretary).ID), e.ID, "Hastar")
				return err
			})
		}},
		{name: "asked again since", text: "Godkjend", want: "held held.keys_refused", trouble: "error.keys.withdrawn", before: func(h *house, e *forum.Edition) {
			h.write(func(ctx context.Context, tx forum.Tx) error {
				_, err := forum.AskForKeys(ctx, tx, forum.AsPerson(h.person(secretary).ID), e.MeetingID, "Ny tekst")
				return err
			})
		}},
		{name: "the meeting is off", text: "Godkjend", want: "held held.keys_refused", trouble: "error.meeting.state.cancelled", before: func(h *house, e *forum.Edition) {
			h.write(func(ctx context.Context, tx forum.Tx) error {
				_, err := forum.CancelMeeting(ctx, tx, forum.AsPerson(h.person(secretary).ID), e.MeetingID, "Storm")
				return err
			})
		}},
		{name: "the seat has ended", text: "Godkjend", want: "held held.keys_refused", trouble: "error.forbidden.turn_keys", before: func(h *house, e *forum.Edition) {
			h.write(func(ctx context.Context, tx forum.Tx) error {
				seats, err := tx.WrittenSeats(ctx, e.ForumID)
				for _, s := range seats {
					if s.Capacity == forum.Chair {
						s.To = forum.DateOf(h.now).Before(1)
						return tx.SaveSeat(ctx, &s)
					}
				}
				return err
			})
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := onSQLite(t)
			e := keyed(h)
			token := h.keysFacts(forum.KeysAskedMessage, ourKey).Token
			if test.before != nil {
				test.before(h, e)
			}
			from := test.from
			if from == "" {
				from = ourKey
			}
			raw := keyMail(from, test.text)
			if from == theirKey {
				raw = passed("bergen.example") + raw
			}
			h.deliver(raw, forum.TokenAddress(council, token))
			if n := h.drained(h.reader()); n != 1 {
				t.Fatalf("%d mails were read", n)
			}
			got := h.only(council)
			if said := string(got.State) + " " + got.Reason; said != test.want {
				t.Errorf("got %q, want %q", said, test.want)
			}
			if words := h.words(e.ID); words != nil {
				t.Errorf("it counted: %v", words)
			}
			if test.trouble == "" {
				for _, m := range h.sent(council) {
					if m.Kind == forum.KeysReceiptMessage {
						t.Errorf("a receipt went to %s", m.To)
					}
				}
			} else if receipt := h.keysFacts(forum.KeysReceiptMessage, ourKey); receipt.Trouble != test.trouble {
				t.Errorf("the receipt tells of %q, want %q", receipt.Trouble, test.trouble)
			}
		})
	}
}

// A machine's answer and the same mail twice change nothing.
func TestKeyMailsOfMachines(t *testing.T) {
	h := onSQLite(t)
	e := keyed(h)
	to := forum.TokenAddress(council, h.keysFacts(forum.KeysAskedMessage, ourKey).Token)
	h.deliver("Auto-Submitted: auto-replied\r\n"+keyMail(ourKey, "Godkjend"), to)
	h.drained(h.reader())
	if got := h.only(council); got.State != forum.Noted || h.words(e.ID) != nil {
		t.Errorf("it is %s, and %v counted", got.State, h.words(e.ID))
	}
	h.deliver(keyMail(ourKey, "Godkjend 1/26"), to)
	h.deliver(keyMail(ourKey, "Godkjend 1/26"), to)
	h.drained(h.reader())
	if diff := cmp.Diff([]string{"1/26 municipal approve"}, h.words(e.ID)); diff != "" {
		t.Errorf("words (-want +got):\n%s", diff)
	}
}

// Nobody turns another's key by letting a mail through as theirs.
func TestAReleasedMailTurnsNoKey(t *testing.T) {
	h := onSQLite(t)
	e := keyed(h)
	h.deliver(keyMail(stranger, "Godkjend"), forum.TokenAddress(council, h.keysFacts(forum.KeysAskedMessage, theirKey).Token))
	h.drained(h.reader())
	held := h.only(council)
	h.write(func(ctx context.Context, tx forum.Tx) error {
		mail, err := tx.Incoming(ctx, held.ID)
		if err != nil {
			return err
		}
		mail.State, mail.SpeaksFor = forum.Accepted, h.person(theirKey).ID
		return tx.SaveIncoming(ctx, mail)
	})
	h.now = h.now.Add(time.Minute)
	h.drained(h.reader())
	if got := h.only(council); got.State != forum.HeldMail || got.Reason != "held.not_by_release" || h.words(e.ID) != nil {
		t.Errorf("it is %s %s, and %v counted", got.State, got.Reason, h.words(e.ID))
	}
}
