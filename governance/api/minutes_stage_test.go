package api_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/samraad/samraad/forum/api/apitest"
	"github.com/samraad/samraad/governance"
)

// begunMinutes are minutes of a meeting that all came to, with the line of its matter.
func (s *stage) begunMinutes(by string) (minutes int64, item string) {
	s.Helper()
	meeting, matter := s.sitting(by)
	made := s.Made(by, "POST", fmt.Sprintf("/meetings/%d/minutes", meeting), "")
	items, _ := made.Value("items").([]any)
	for _, i := range items {
		if line := i.(map[string]any); line["matter_id"] == float64(matter) {
			item, _ = line["key"].(string)
		}
	}
	return made.ID(), item
}

// wrote is the call that writes a field of an item.
func (s *stage) wrote(by string, minutes int64, item, field, was, text string) apitest.Call {
	s.Helper()
	return s.Press(by, "passages", fmt.Sprintf(`{"item":%q,"passages":[{"field":%q,"was":%q,"text":%q}]}`, item, field, was, text), "/minutes/%d", minutes)
}

// minutes are minutes that are being written, with a decision and an action of the own level.
func (s *stage) minutes(by string) (minutes int64, item string) {
	s.Helper()
	minutes, item = s.begunMinutes(by)
	c := s.wrote(by, minutes, item, "decision", "", "Rådet øver i haust.")
	c.Headers = []string{"If-Match", s.Tag(by, fmt.Sprintf("/minutes/%d", minutes))}
	s.Done(c)
	s.Done(s.act(by, minutes, item))
	return minutes, item
}

// act is the call that records an action of the own level.
func (s *stage) act(by string, minutes int64, item string) apitest.Call {
	s.Helper()
	return s.Press(by, "actions", fmt.Sprintf(`{"item":%q,"action":{"organisation_id":%d,"text":"Skriv planen","due":%q}}`, item, of(by).organisation, s.day(30)), "/minutes/%d", minutes)
}

// dissent is the call that records a dissent of the own level's member.
func (s *stage) dissent(by string, minutes int64, item string) apitest.Call {
	s.Helper()
	return s.Press(by, "dissents", fmt.Sprintf(`{"item":%q,"person_id":%d,"text":"Eg er usamd."}`, item, s.people[of(by).member]), "/minutes/%d", minutes)
}

// numberOf is the number of the first note of a kind that minutes have.
func numberOf(minutes apitest.Answer, kind string) int64 {
	items, _ := minutes.Value("items").([]any)
	for _, i := range items {
		if notes, _ := i.(map[string]any)[kind].([]any); len(notes) > 0 {
			n, _ := notes[0].(map[string]any)["id"].(float64)
			return int64(n)
		}
	}
	return 0
}

// sent are minutes that are out, with the round that was sent.
func (s *stage) sent(by string) (minutes, round int64) {
	s.Helper()
	minutes, _ = s.minutes(by)
	return minutes, s.Done(s.Press(by, "send", "", "/minutes/%d", minutes)).Number("round_id")
}

// keyed are minutes that are put before the key-holders.
func (s *stage) keyed(by string) (minutes, round int64) {
	s.Helper()
	minutes, round = s.sent(by)
	s.Done(s.Press(by, "keys", "", "/minutes/%d", minutes))
	return minutes, round
}

// turn is the call by which a key-holder speaks of a round.
func (s *stage) turn(who string, minutes, round int64, answer string) apitest.Call {
	s.Helper()
	return s.Press(who, "words", fmt.Sprintf(`{"round_id":%d,"answer":%q,"reason":"Feil dato"}`, round, answer), "/minutes/%d", minutes)
}

// reply is the call by which somebody who was there answers a round.
func (s *stage) reply(who string, minutes, round int64, reply string) apitest.Call {
	s.Helper()
	return s.Press(who, "answers", fmt.Sprintf(`{"round_id":%d,"reply":%q,"text":"Eg gjekk før"}`, round, reply), "/minutes/%d", minutes)
}

// approved are minutes that both keys approved, and what they decided.
func (s *stage) approved(by string) (minutes, decision int64) {
	s.Helper()
	minutes, round := s.keyed(by)
	s.Done(s.turn(chair, minutes, round, "approve"))
	done := s.Done(s.turn(deputy, minutes, round, "approve"))
	decisions, _ := done.Value("decisions").([]any)
	n, _ := decisions[0].(map[string]any)["id"].(float64)
	return minutes, int64(n)
}

// printed are approved minutes whose PDF is made.
func (s *stage) printed(by string) int64 {
	s.Helper()
	minutes, _ := s.approved(by)
	digest, size, err := s.files.Put(s.Context(), strings.NewReader("%PDF-1.7"))
	check(s.T, err)
	s.write(func(ctx context.Context, tx governance.Tx) error {
		return governance.KeepMinutesPrint(ctx, tx, governance.MinutesID(minutes), digest, size)
	})
	return minutes
}

// decided is the number of a decision.
func (s *stage) decided(by string) int64 { _, decision := s.approved(by); return decision }

// owed is a follow-up of the own level.
func (s *stage) owed(by string) int64 {
	s.Helper()
	list, _ := s.Made(by, "GET", fmt.Sprintf("/decisions/%d", s.decided(by)), "").Value("follow_ups").([]any)
	n, _ := list[0].(map[string]any)["id"].(float64)
	return int64(n)
}

// offered is a follow-up of the other level that is offered to the own.
func (s *stage) offered(by string) int64 {
	s.Helper()
	id := s.owed(other(by).secretary)
	s.Done(s.handing(other(by).leader, id, of(by)))
	return id
}

// handing is the call that gives a follow-up to somebody of a level.
func (s *stage) handing(who string, followUp int64, to level) apitest.Call {
	s.Helper()
	return s.Press(who, "hand-over", fmt.Sprintf(`{"organisation_id":%d,"owner_id":%d,"reason":"De har fagfolka"}`, to.organisation, s.people[to.member]), "/follow-ups/%d", followUp)
}
