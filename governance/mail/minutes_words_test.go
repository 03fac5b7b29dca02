package mail

import (
	"testing"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/governance"
)

func TestMinutesSaying(t *testing.T) {
	for text, want := range map[string]governance.MinutesReply{
		"Godkjend": governance.ApproveMinutesReply, "godkjent.": governance.ApproveMinutesReply, "Approved!": governance.ApproveMinutesReply,
		"Hei\n\nMøteboka er godkjend\n\nHelsing\nKvam": governance.ApproveMinutesReply, "Trekk": governance.TakeBackReply,
		"Godkjend, men datoen er feil": governance.RemarkReply, "Ikkje godkjend": governance.RemarkReply, "Godkjend\n\nMen sjå på sak 2.": governance.RemarkReply,
		"Godkjend?": governance.RemarkReply, "": governance.RemarkReply,
	} {
		if got := minutesSaying(text); got.Reply != want || got.Reply == governance.RemarkReply && got.Text != text {
			t.Errorf("%q: %+v, want %s", text, got, want)
		}
	}
}

func TestMinutesWord(t *testing.T) {
	for text, want := range map[string]forum.KeyAnswer{
		"Godkjend": forum.Approve, "Innvending: datoen manglar.": forum.Objects, "objection: the date\nis missing": forum.Objects, "trekk tilbake": forum.TakeBack,
		"Godkjend, men sjå på datoen": "", "Innvending": "", "Innvending:": "", "": "",
	} {
		got, understood := minutesWord(text)
		if got.Answer != want || understood != (want != "") {
			t.Errorf("%q: %+v, want %q", text, got, want)
		}
	}
}

// FuzzMinutesSaying holds that nothing but a listed word is more than a remark, and
// that a remark keeps every letter.
func FuzzMinutesSaying(f *testing.F) {
	for _, seed := range []string{"Godkjend", "Hei\nGodkjent\nHilsen X", "> Godkjend", "Godkjend men", "trekk"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		said := minutesSaying(text)
		if said.Reply == governance.RemarkReply && said.Text != text {
			t.Errorf("%q became the remark %q", text, said.Text)
		}
		if said.Reply != governance.RemarkReply && said.Text != "" {
			t.Errorf("%q: %+v", text, said)
		}
	})
}
