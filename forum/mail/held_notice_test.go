package mail_test

import (
	"strings"
	"testing"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
)

// TestAHeldNoticeRepeatsNoIdentityNumber wants a subject that holds a national
// identity number left out of the notice that its mail is held.
func TestAHeldNoticeRepeatsNoIdentityNumber(t *testing.T) {
	for subject, repeated := range map[string]bool{
		"Utskriving 01010750160": false, "Gjeld 010107 50160, sjå vedlegg": false, "Utskriving 01010750161": true, "Felles rutine": true,
	} {
		notice := letter{"held", forum.HeldMessage, forum.HeldFacts{
			Forum: "Samarbeidsrådet", Address: "raad@voss.example", Subject: subject, Reason: "held.identity_number",
		}}
		c, err := mail.Compose(t.Context(), notice.message(forum.Nynorsk), url, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(c.Plain, subject); got != repeated {
			t.Errorf("%q is repeated: %v\n%s", subject, got, c.Plain)
		}
	}
}
