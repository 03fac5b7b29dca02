package mail_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
)

func packageFacts(sort forum.EditionSort, change func(*forum.PackageFacts)) forum.PackageFacts {
	span := func(from, to int) forum.Span {
		return forum.Span{Start: slot.Start.Add(time.Duration(from) * time.Minute), End: slot.Start.Add(time.Duration(to) * time.Minute)}
	}
	facts := forum.PackageFacts{
		InvitationFacts: invitationFacts(func(f *forum.InvitationFacts) {
			f.Update, f.Form, f.Link = true, forum.Hybrid, "https://video.example/raadet"
		}),
		Sort: sort, Number: 1, Copy: "copy-of-the-receiver",
		Lines: []forum.PackageLine{
			{What: forum.NoticeLine, Span: span(0, 5)},
			{What: forum.LevelSlot, Level: forum.Municipal, Span: span(5, 15)},
			{Number: "12/26", Title: "Felles rutine for utskriving i helgane", Span: span(15, 35), Papers: []string{"Saksframlegg på nynorsk.txt", "Tal.xlsx"}, Behind: []string{"offl. § 13", "offl. § 13"}},
			{Number: "13/26", Title: "Personalsak", Exempt: true, Basis: "offl. § 13 jf. fvl. § 13", Span: span(35, 45)},
			{What: forum.PauseLine, Title: "Lunsj", Span: span(45, 75)},
		},
		Files: []forum.Paper{
			{Name: "Sakliste Samarbeidsrådet 2026-11-24.pdf", Type: "application/pdf", Size: 1_234_567, Digest: "framlegg"},
			{Name: "Tal.xlsx", Type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Size: 48_200, Digest: "framlegg"},
		},
	}
	if change != nil {
		change(&facts)
	}
	return facts
}

// packageLetters are what brings an agenda, and what tells of a change at short notice.
func packageLetters() []letter {
	changed := func(f *forum.PackageFacts) { f.Number, f.Changed, f.Lines[2].Changed = 2, true, true }
	return []letter{
		{"package", forum.PackageMessage, packageFacts(forum.PackageEdition, nil)},
		{"package_answered", forum.PackageMessage, packageFacts(forum.PackageEdition, func(f *forum.PackageFacts) { f.Reply, f.Link = forum.Coming, "" })},
		{"package_larger", forum.PackageMessage, packageFacts(forum.PackageEdition, func(f *forum.PackageFacts) {
			f.Larger, f.Files, f.Apart = true, nil, []forum.Paper{{Name: "Tal.xlsx", Size: 48_200}}
		})},
		{"package_no_papers", forum.PackageMessage, packageFacts(forum.PackageEdition, func(f *forum.PackageFacts) { f.Files = nil })},
		{"supplement", forum.PackageMessage, packageFacts(forum.SupplementEdition, func(f *forum.PackageFacts) {
			changed(f)
			f.Text = "Helse Bergen har sendt nye tal."
		})},
		{"correction", forum.PackageMessage, packageFacts(forum.CorrectionEdition, func(f *forum.PackageFacts) {
			changed(f)
			f.Text, f.Replaces = "Tala i vedlegget var frå i fjor.", "Les før tysdag 24. november kl. 10.00: sakliste til Samarbeidsrådet"
		})},
		{"correction_gone", forum.PackageMessage, packageFacts(forum.CorrectionEdition, func(f *forum.PackageFacts) {
			changed(f)
			f.Text, f.Replaces, f.Change, f.Files, f.Copy = "Tala i vedlegget var frå i fjor.", "Les før tysdag 24. november kl. 10.00: sakliste til Samarbeidsrådet", "", nil, ""
		})},
		{"notice", forum.NoticeMessage, forum.NoticeFacts{
			Meeting: 7, Forum: "Samarbeidsrådet", Address: "raad@voss.example", Slot: slot, Person: "Helse- og omsorgssjef, Kvam herad",
			Text: "Vegen over Kvamskogen er stengd. Møtet går på video for alle.", Confirm: "copy-of-the-receiver",
		}},
		{"update_at_short_notice", forum.InvitationMessage, invitationFacts(func(f *forum.InvitationFacts) {
			f.Update, f.Sequence, f.Start, f.End, f.Confirm = true, 1, f.Start.Add(time.Hour), f.End.Add(time.Hour), "copy-of-the-receiver"
		})},
	}
}

// TestALargePaperIsStoredOnce however many receive it, and the message stays what it is.
func TestALargePaperIsStoredOnce(t *testing.T) {
	kept := shelf{"framlegg": strings.Repeat("PDF med æøå\x00\x01", 20_000), "liten": "kort"}
	var shared [][]byte
	for _, who := range []string{"Ein", "Ein annan"} {
		l := letter{"package", forum.PackageMessage, packageFacts(forum.PackageEdition, func(f *forum.PackageFacts) {
			f.Person = who
			f.Files[1].Digest = "liten"
		})}
		c, err := mail.Compose(t.Context(), l.message(forum.Nynorsk), url, kept)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(bytes.Join(c.Pieces, nil), c.Raw) {
			t.Fatal("the pieces are not the message")
		}
		if len(c.Pieces) != 3 {
			t.Fatalf("%d pieces", len(c.Pieces))
		}
		shared = append(shared, c.Pieces[1])
		if others := len(c.Raw) - len(c.Pieces[1]); others > 25_000 {
			t.Errorf("%d bytes are stored for one receiver alone", others)
		}
	}
	if !slices.Equal(shared[0], shared[1]) {
		t.Error("two receivers have no piece in common")
	}
}
