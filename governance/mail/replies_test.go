package mail_test

import (
	"strings"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
	governed "github.com/samraad/samraad/governance/mail"
	"github.com/samraad/samraad/templates"
)

// TestEveryLetterSaysWhoSeesAReply writes each kind of letter from facts that say little, in every language: a new one without
// the word of who sees an answer fails.
func TestEveryLetterSaysWhoSeesAReply(t *testing.T) {
	const little = `{"Forum":"Samarbeidsrådet","Address":"raad@voss.example","Party":"Kvam herad","Trouble":"error.minutes.older","Cause":"assigned","To":"party",
		"Ended":"adopted","Said":"done","Due":"2026-06-01","From":"2026-01-01"}`
	outbox := &mail.Outbox{URL: "https://samraad.example", Letters: governed.Letters}
	for kind := range governed.Letters {
		facts := []byte(little)
		if strings.HasPrefix(string(kind), "minutes-") {
			facts = forum.MarshalFacts(factsOfMinutes()) // whose letters hold the minutes
		}
		for _, language := range []forum.Language{forum.Nynorsk, forum.Bokmal, forum.English} {
			d, err := outbox.Write(&forum.Message{ID: 42, Kind: kind, Language: language, Facts: facts, CreatedAt: time.Date(2026, 10, 19, 8, 30, 0, 0, time.UTC)})
			if err != nil {
				t.Errorf("%s: %v", kind, err)
				continue
			}
			if !saysWhoSees(templates.In(templates.Language(language)), d) {
				t.Errorf("%s/%s: %s", kind, language, d.Letter.Footer)
			}
		}
	}
}

// saysWhoSees tells whether the foot of a letter begins with who sees an answer.
func saysWhoSees(text templates.Text, d mail.Draft) bool {
	for _, who := range []string{"secretaries", "keys", "minutes", "follow_up", "ratification", "ballot"} {
		if strings.HasPrefix(d.Letter.Footer, text.T("mail.replies."+who, "Forum", d.Forum, "Party", "Kvam herad")) {
			return true
		}
	}
	return false
}
