package doors_test

import (
	"context"
	"errors"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/governance"
	"github.com/samraad/samraad/templates"
)

// voting is an attempt to vote in a ballot.
func voting(who, key string, ballot governance.BallotID, form url.Values, body string) attempt {
	path := fmt.Sprintf("/ballots/%d", ballot)
	return attempt{
		who: who, key: key, page: path + "/cast", form: form,
		method: http.MethodPut, path: path + "/own-vote", tagged: path + "/own-vote", body: body,
		purpose: governance.BallotPurpose, subject: int64(ballot), text: "Ja", answer: governance.BallotRefusedMessage,
	}
}

func yes(who, key string, ballot governance.BallotID) attempt {
	return voting(who, key, ballot, url.Values{"vote": {"yes"}}, `{"vote":"yes"}`)
}

// refusals prepare what is refused, and say why.
var refusals = map[string]func(d *doors) attempt{
	"voting twice": func(d *doors) attempt {
		_, ballot := d.written(governance.Wording{Text: "Leiar", Candidates: []string{"Kari", "Ola"}})
		d.write(func(ctx context.Context, tx governance.Tx) error {
			_, err := governance.CastBallot(ctx, tx, d.by(chair), ballot, governance.Said{Candidate: 1})
			return err
		})
		return voting(chair, "error.ballot.voted", ballot, url.Values{"candidate": {"2"}}, `{"candidate":2}`)
	},
	"voting after closing": func(d *doors) attempt {
		_, ballot := d.written(governance.Wording{Text: "Vi øver."})
		d.write(func(ctx context.Context, tx governance.Tx) error {
			_, one := governance.CastBallot(ctx, tx, d.by(chair), ballot, governance.Said{Vote: governance.Yes})
			_, other := governance.CastBallot(ctx, tx, d.by(deputy), ballot, governance.Said{Vote: governance.Yes})
			_, closed := governance.CloseBallot(ctx, tx, d.by(secretary), ballot)
			return errors.Join(one, other, closed)
		})
		return yes(chair, "error.ballot.closed", ballot)
	},
	"voting after the deadline": func(d *doors) attempt {
		_, ballot := d.written(governance.Wording{Text: "Vi øver."})
		d.later.Add(int64(4 * 24 * time.Hour))
		return yes(chair, "error.ballot.too_late", ballot)
	},
	"voting without a right": func(d *doors) attempt {
		_, ballot := d.written(governance.Wording{Text: "Vi øver."})
		return yes(secretary, "error.ballot.no_vote", ballot)
	},
	"voting on a motion that was withdrawn meanwhile": func(d *doors) attempt {
		motion, ballot := d.written(governance.Wording{Text: "Vi øver."})
		d.write(func(ctx context.Context, tx governance.Tx) error {
			_, err := governance.WithdrawMotion(ctx, tx, d.by(secretary), motion)
			return err
		})
		return yes(chair, "error.ballot.stopped.withdrawn", ballot)
	},
	"approving an older version of minutes": func(d *doors) attempt {
		minutes, older := d.mended()
		return attempt{
			who: chair, key: "error.minutes.older", page: fmt.Sprintf("/minutes/%d/answer", minutes), form: url.Values{"reply": {"approve"}, "round": {fmt.Sprint(older)}},
			method: http.MethodPost, path: fmt.Sprintf("/minutes/%d/answers", minutes), tagged: fmt.Sprintf("/minutes/%d", minutes), body: fmt.Sprintf(`{"round_id":%d,"reply":"approve"}`, older),
			purpose: governance.MinutesPurpose, subject: int64(older), text: "Godkjend", answer: governance.MinutesReceiptMessage,
		}
	},
	"turning a key for an older version of minutes": func(d *doors) attempt {
		minutes, older := d.mended()
		return attempt{
			who: deputy, key: "error.minutes.older", page: fmt.Sprintf("/minutes/%d/key", minutes), form: url.Values{"answer": {"approve"}, "round": {fmt.Sprint(older)}},
			method: http.MethodPost, path: fmt.Sprintf("/minutes/%d/words", minutes), tagged: fmt.Sprintf("/minutes/%d", minutes), body: fmt.Sprintf(`{"round_id":%d,"answer":"approve"}`, older),
			purpose: governance.MinutesKeyPurpose, subject: int64(older), text: "Godkjend", answer: governance.MinutesReceiptMessage,
		}
	},
}

// TestEveryDoorRefuses tries by page, API and mail what must not be done: each says
// why in the language of who tries, and nothing is changed.
func TestEveryDoorRefuses(t *testing.T) {
	for name, prepare := range refusals {
		for _, language := range []forum.Language{forum.Nynorsk, forum.Bokmal, forum.English} {
			t.Run(name+"/"+string(language), func(t *testing.T) {
				d := openDoors(t, language)
				a := prepare(d)
				reason := templates.In(templates.Language(language)).T(a.key)
				before := d.state()
				status, page := d.byPage(a)
				if status < http.StatusBadRequest || status >= http.StatusInternalServerError || !strings.Contains(html.UnescapeString(page), reason) {
					t.Errorf("the page answered %d without %q: %s", status, reason, page)
				}
				status, problem := d.byProgram(a)
				if status < http.StatusBadRequest || status >= http.StatusInternalServerError || !strings.Contains(problem, reason) || !strings.Contains(problem, `"code":"`+a.key+`"`) {
					t.Errorf("the API answered %d without %q: %s", status, reason, problem)
				}
				if letter := d.byMail(a); !strings.Contains(letter, reason) {
					t.Errorf("the mail was answered without %q: %s", reason, letter)
				}
				if after := d.state(); after != before {
					t.Errorf("something changed, from\n%s\nto\n%s", before, after)
				}
			})
		}
	}
}

// TestDoorsTakeWhatIsRight shows that what is refused above is taken where nothing is in its way.
func TestDoorsTakeWhatIsRight(t *testing.T) {
	d := openDoors(t, forum.Nynorsk)
	_, ballot := d.written(governance.Wording{Text: "Vi øver."})
	for name, door := range map[string]func(attempt) (int, string){"page": d.byPage, "API": d.byProgram} {
		before, a := d.state(), yes(chair, "", ballot)
		if name == "API" {
			a = voting(chair, "", ballot, nil, `{"vote":"no","reason":"For dyrt"}`)
		}
		if status, body := door(a); status != http.StatusOK || d.state() == before {
			t.Errorf("the %s answered %d, or changed nothing: %s", name, status, body)
		}
	}
	minutes, older := d.mended()
	before := d.state()
	a := attempt{who: chair, purpose: governance.MinutesPurpose, subject: int64(older) + 1, text: "Godkjend", answer: governance.MinutesReceiptMessage}
	if letter := d.byMail(a); letter == "" || d.state() == before {
		t.Errorf("the answer about minutes %d changed nothing: %s", minutes, letter)
	}
}
