package api_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/samraad/samraad/forum/api/apitest"
)

// told is a stage on which every answer is held against the document.
func told(t *testing.T) *stage {
	t.Helper()
	s := newStage(t)
	s.Contract = apitest.Read(&s.Client)
	return s
}

// TestVotesByPrograms takes a vote from the coming of members to the result.
func TestVotesByPrograms(t *testing.T) {
	s := told(t)
	meeting, matter := s.begun(secretary)
	s.noted(secretary, meeting, chair, deputy, hospital)
	path := fmt.Sprintf("/matters/%d", matter)
	s.Refused(s.As(outsider, "POST", path+"/motions", text), 403, "error.forbidden.put_motion")
	first := s.put(member, matter, text)
	withdrawn := s.put(chair, matter, `{"text":"Vi ventar."}`)
	amendment := s.put(hospital, matter, fmt.Sprintf(`{"text":"… og i vår.","amends":%d}`, first))

	question := s.Done(s.Post(secretaryHF, fmt.Sprintf(`{"person_id":%d,"reason":"Eig huset"}`, s.people[hospital]), "%s/impartialities", path)).ID()
	s.Done(s.Press(secretaryHF, "judgement", `{"judgement":"disqualified"}`, "/impartialities/%d", question))

	s.Refused(s.As(secretary, "POST", fmt.Sprintf("/motions/%d/ballots", first), `{"way":"pages"}`), 409, "error.motion.not_next")
	s.Refused(s.As(member, "POST", fmt.Sprintf("/motions/%d/ballots", amendment), `{"way":"pages"}`), 403, "error.forbidden.open_ballot")
	s.Done(s.Press(hospital, "withdraw", "", "/motions/%d", amendment))
	ballot := s.taken(secretary, first, `{"way":"pages"}`)
	own := fmt.Sprintf("/ballots/%d/own-vote", ballot)

	seen := s.Tag(deputy, own)
	s.Refused(s.As(deputy, "PUT", own, `{"vote":"yes"}`), 428, "error.api.unseen")
	s.Refused(s.As(deputy, "PUT", own, `{"vote":"maybe"}`, "If-Match", seen), 422, "error.api.invalid")
	s.Made(deputy, "PUT", own, `{"vote":"yes"}`, "If-Match", seen)
	s.Refused(s.As(deputy, "PUT", own, `{"vote":"yes"}`, "If-Match", seen), 412, "error.api.stale")
	for who, code := range map[string]string{hospital: "error.ballot.disqualified", member: "error.ballot.no_vote", secretary: "error.ballot.no_vote"} {
		s.Refused(s.As(who, "PUT", own, `{"vote":"yes"}`, "If-Match", s.Tag(who, own)), 403, code)
	}
	s.Refused(s.As(outsider, "GET", own, ""), 403, "error.forbidden.read_matter")
	if now := s.Made(chair, "GET", fmt.Sprintf("/ballots/%d", ballot), ""); now.Number("answered") != 1 || len(now.Value("votes").([]any)) != 0 {
		t.Errorf("while votes are taken it tells %s", now.Body)
	}
	late := s.Tag(chair, own)
	done := s.Done(s.Press(secretary, "close", "", "/ballots/%d", ballot))
	if done.Value("outcome") != "adopted" {
		t.Errorf("closed: %s", done.Body)
	}
	s.Refused(s.As(chair, "PUT", own, `{"vote":"no","reason":"Nei"}`, "If-Match", late), 412, "error.api.stale")
	s.Refused(s.As(chair, "PUT", own, `{"vote":"no","reason":"Nei"}`, "If-Match", s.Tag(chair, own)), 409, "error.ballot.closed")

	open := s.taken(secretary, withdrawn, `{"way":"pages"}`)
	s.Done(s.Press(chair, "withdraw", "", "/motions/%d", withdrawn))
	s.Refused(s.As(deputy, "PUT", fmt.Sprintf("/ballots/%d/own-vote", open), `{"vote":"yes"}`, "If-Match", s.Tag(deputy, fmt.Sprintf("/ballots/%d/own-vote", open))), 409, "error.ballot.stopped.withdrawn")
}

// TestExplanationsSpeakTheCallersLanguage explains a result in the language that a call asks for.
func TestExplanationsSpeakTheCallersLanguage(t *testing.T) {
	s := told(t)
	ballot := s.ballot(secretary)
	path := fmt.Sprintf("/ballots/%d/explanation", ballot)
	if lines, _ := s.Made(secretary, "GET", path, "").Value("lines").([]any); len(lines) != 0 {
		t.Errorf("an open ballot is explained: %v", lines)
	}
	s.Done(s.vote(deputy, ballot, `{"vote":"yes"}`))
	s.Done(s.Press(secretary, "close", "", "/ballots/%d", ballot))
	for language, want := range map[string]string{"nn": "vedteke", "nb": "vedtatt", "en": "adopted"} {
		body := string(s.Made(secretary, "GET", path, "", "Accept-Language", language).Body)
		if !strings.Contains(strings.ToLower(body), want) || strings.Contains(body, "⟦") {
			t.Errorf("%s: %s", language, body)
		}
	}
}

// TestSecretElectionByPrograms elects by slips that say nothing of whose they are.
func TestSecretElectionByPrograms(t *testing.T) {
	s := told(t)
	_, matter := s.sitting(secretary)
	motion := s.put(secretary, matter, `{"text":"Leiar","candidates":["Kari","Ola"]}`)
	s.Refused(s.As(secretary, "POST", fmt.Sprintf("/motions/%d/ballots", motion), `{"way":"hands"}`), 422, "error.ballot.open_election")
	ballot := s.taken(secretary, motion, `{"way":"pages"}`)
	s.Refused(s.Do(s.vote(chair, ballot, `{"candidate":3}`)), 422, "error.ballot.candidate")
	for who, candidate := range map[string]int{chair: 1, deputy: 1, member: 2, hospital: 0} {
		voted := s.Done(s.vote(who, ballot, fmt.Sprintf(`{"candidate":%d}`, candidate)))
		seat, _ := voted.Value("seats").([]any)[0].(map[string]any)
		if seat["voted"] != true || seat["vote"] != nil {
			t.Errorf("the own vote tells %v", seat)
		}
	}
	s.Refused(s.Do(s.vote(chair, ballot, `{"candidate":2}`)), 409, "error.ballot.voted")
	done := s.Done(s.Press(secretary, "close", "", "/ballots/%d", ballot))
	if len(done.Value("votes").([]any)) != 0 || done.Number("answered") != 4 {
		t.Errorf("the result tells %s", done.Body)
	}
}

// TestMinutesByPrograms takes minutes from two writers at once to the PDF and a correction.
func TestMinutesByPrograms(t *testing.T) {
	s := told(t)
	minutes, item := s.begunMinutes(secretary)
	path := fmt.Sprintf("/minutes/%d", minutes)
	s.Refused(s.As(member, "POST", fmt.Sprintf("/meetings/%d/minutes", s.meeting(secretary)), ""), 403, "error.forbidden.write_minutes")
	write := func(who, tag, was, text string) apitest.Answer {
		return s.As(who, "POST", path+"/passages", fmt.Sprintf(`{"item":%q,"passages":[{"field":"note","was":%q,"text":%q}]}`, item, was, text), "If-Match", tag)
	}
	seen := s.Tag(secretaryHF, path)
	s.Done(s.wrote(secretary, minutes, item, "note", "", "Leiaren opna.\n\nDrøfta."))
	s.Refused(write(secretaryHF, seen, "", "Nestleiaren opna."), 412, "error.api.stale")
	s.Done(s.wrote(secretary, minutes, item, "note", "Leiaren opna.\n\nDrøfta.", "Leiaren opna møtet.\n\nDrøfta."))
	s.Refused(write(secretaryHF, s.Tag(secretaryHF, path), "Leiaren opna.\n\nDrøfta.", "Nestleiaren opna.\n\nDrøfta."), 409, "error.minutes.clash")
	s.Refused(write(member, s.Tag(member, path), "", "Eg opna."), 403, "error.forbidden.write_minutes")
	if a := write(secretaryHF, s.Tag(secretaryHF, path), "Leiaren opna.\n\nDrøfta.", "Leiaren opna.\n\nDrøfta lenge."); a.Status != 200 || !strings.Contains(string(a.Body), `Leiaren opna møtet.\n\nDrøfta lenge.`) {
		t.Errorf("the second writer got %d %s", a.Status, a.Body)
	}
	s.Done(s.wrote(secretary, minutes, item, "decision", "", "Rådet øver i haust."))
	s.Done(s.act(secretary, minutes, item))

	older := s.Done(s.Press(secretary, "send", "", "%s", path)).Number("round_id")
	s.Refused(s.Do(s.wrote(secretary, minutes, item, "note", "", "Etterpå.")), 409, "error.minutes.state.sent")
	s.Refused(s.Do(s.reply(secretary, minutes, older, "approve")), 403, "error.forbidden.approve_minutes")
	s.Done(s.reply(deputy, minutes, older, "remark"))
	s.Done(s.Press(secretary, "reopen", "", "%s", path))
	round := s.Done(s.Press(secretary, "send", "", "%s", path)).Number("round_id")
	s.Refused(s.Do(s.reply(deputy, minutes, older, "approve")), 409, "error.minutes.older")
	s.Done(s.reply(deputy, minutes, round, "approve"))

	s.Refused(s.Do(s.turn(chair, minutes, round, "approve")), 409, "error.minutes.not_keyed")
	s.Done(s.Press(secretary, "keys", "", "%s", path))
	s.Refused(s.Do(s.turn(chair, minutes, older, "approve")), 409, "error.minutes.older")
	s.Refused(s.Do(s.turn(secretary, minutes, round, "approve")), 403, "error.forbidden.turn_keys")
	s.Done(s.turn(chair, minutes, round, "approve"))
	s.Done(s.turn(deputy, minutes, round, "object"))
	if now := s.Done(s.turn(deputy, minutes, round, "approve")); now.Value("state") != "approved" || now.Value("holds") != true || len(now.Value("decisions").([]any)) != 1 {
		t.Errorf("with both keys they are %s", now.Body)
	}
	s.Refused(s.Do(s.wrote(secretary, minutes, item, "note", "", "For seint.")), 409, "error.minutes.state.approved")
	s.Refused(s.As(member, "GET", path+"/file", ""), 404, "error.minutes.no_pdf")
	next := s.Made(secretary, "POST", path+"/corrections", `{"reason":"Feil namn"}`)
	if next.Number("version") != 2 || next.Value("state") != "writing" {
		t.Errorf("the correction is %s", next.Body)
	}
	s.Refused(s.As(secretary, "POST", path+"/corrections", `{"reason":"Endå ein"}`), 409, "error.minutes.corrected")
	if of := s.Made(member, "GET", fmt.Sprintf("/meetings/%d/minutes", next.Number("meeting_id")), ""); len(of.Value("versions").([]any)) != 2 {
		t.Errorf("the meeting's minutes are %s", of.Body)
	}
}

// TestWrittenProcedureByPrograms counts at the deadline, and not before: silence is never yes.
func TestWrittenProcedureByPrograms(t *testing.T) {
	s := told(t)
	ballot := s.written(secretary)
	s.Done(s.vote(chair, ballot, `{"vote":"yes"}`))
	s.Refused(s.Do(s.Press(secretary, "close", "", "/ballots/%d", ballot)), 409, "error.ballot.deadline_ahead")
	s.Refused(s.Do(s.Press(secretary, "demand", "", "/ballots/%d", ballot)), 403, "error.ballot.no_vote")
	s.pass(73 * time.Hour)
	s.Refused(s.Do(s.vote(deputy, ballot, `{"vote":"yes"}`)), 409, "error.ballot.too_late")
	if done := s.Done(s.Press(secretary, "close", "", "/ballots/%d", ballot)); done.Value("outcome") != "not-quorate" {
		t.Errorf("with one answer it is %s", done.Body)
	}
}
