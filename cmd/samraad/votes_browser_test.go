package main_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// TestVotesInBrowser puts a motion, which cannot be decided before its draft is
// ready, holds an election in writing, votes, and opens the link that the mail
// has: every page is looked at wide, narrow, light and dark.
func TestVotesInBrowser(t *testing.T) {
	demo := serveDemo(t)
	b := newTab(t, demo.url)
	c := newCrawl(b, "votes", 1, axeCore(t))
	b.stepInto(secretary)
	c.watch()
	const votes = "/matters/1/votes"
	b.open(votes)
	c.look("motions, none")
	b.unfold(b.say.T("page.votes.put"))
	b.write("text", "Vi tek i bruk ei felles rutine, som blir vurdert etter eitt år.")
	b.press(b.say.T("page.votes.put_submit"))
	b.sees(b.say.T("notice.motion_put"))
	takesVote := func(number int) {
		t.Helper()
		b.unfold(b.say.T("page.votes.open", "Number", number))
		b.choose("way", "written")
		b.set("deadline_date", time.Now().AddDate(0, 0, 7).Format(time.DateOnly))
		b.set("deadline_time", "12:00")
	}
	takesVote(1)
	if status := b.pressed(b.say.T("page.votes.open_submit")); status != http.StatusConflict {
		t.Errorf("a matter whose draft waits for a level is voted on: %d", status)
	}
	b.open(votes)
	b.unfold(b.say.T("page.votes.put_election"))
	b.write("office", "Leiar for arbeidsgruppa")
	b.write("candidates", "Kari Nordmann\nOla Nordmann")
	b.press(b.say.T("page.votes.election_submit"))
	b.press(b.say.T("page.votes.up", "Number", 2))
	b.sees(b.say.T("notice.motion_moved"))
	takesVote(1)
	b.press(b.say.T("page.votes.open_submit"))
	b.sees(b.say.T("notice.ballot_opened"))
	ballot := b.path()
	c.look("ballot, taking")
	b.open(votes)
	c.look("motions")

	b.stepInto(member)
	b.open("/")
	b.sees(b.say.T("page.ballot.submit"))
	b.open(ballot)
	c.look("ballot, own vote")
	b.do("Kari", chromedp.Click(`//main//input[@name="candidate"][@value="1"]`, chromedp.NodeVisible))
	b.press(b.say.T("page.ballot.submit"))
	b.sees(b.say.T("notice.vote_cast"), b.say.T("page.ballot.has_voted"))
	c.look("ballot, voted")

	b.stepInto(secretary)
	b.open("/forums/2/sent")
	mail := look[string](b, fmt.Sprintf(`[...document.querySelectorAll('a[href^="/messages/"]')].find(a => a.textContent.includes(%q)).pathname`, member))
	b.awaits(mail, b.say.T("page.message.headers"))
	b.open(mail + "/body")
	link := look[string](b, `document.querySelector('a[href*="/vote/"]').pathname`)
	b.signsOut()
	b.open(link)
	c.look("link")
	b.press(b.say.T("page.voting.ask"))
	b.sees(b.say.T("page.voting.code"))
	c.look("link with a code")
}
