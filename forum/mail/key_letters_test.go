package mail_test

import (
	"time"

	"github.com/samraad/samraad/forum"
)

// keysLetters are what key-holders and secretaries get about an agenda's way out.
func keysLetters() []letter {
	const token = "abcdefghijklmnopqrstuvwxyz"
	facts := func(change func(*forum.KeysFacts)) forum.KeysFacts {
		f := forum.KeysFacts{
			Meeting: 7, Edition: 3, Forum: "Samarbeidsrådet", Address: "raad@voss.example", Token: token, Person: "Helse- og omsorgssjef, Kvam herad",
			Slot: slot, Sort: forum.PackageEdition, Deadline: time.Date(2026, 11, 15, 11, 0, 0, 0, time.UTC), AskedBy: "Sekretær, Helse Bergen HF",
			Items: []forum.KeyFact{
				{Handle: "1", What: forum.NoticeLine},
				{Handle: "14/26", Number: "14/26", Title: "Felles rutine for utskriving i helgane", Papers: []string{"Saksframlegg.pdf", "Tal.xlsx"}},
				{Handle: "15/26", Number: "15/26", Title: "Ein avtale", Papers: []string{"Avtale.pdf"}, Exempt: []string{"offl. § 23", ""}},
				{Handle: "4", What: forum.LevelSlot, Level: forum.Specialist},
			},
		}
		change(&f)
		return f
	}
	objected := func(f *forum.KeysFacts) {
		f.Token, f.Person, f.Items = "", "Sekretær, Kvam herad", f.Items[1:2]
		f.Items[0].Objections = []forum.KeyObjection{{By: "Klinikkdirektør, Helse Bergen HF", Level: forum.Specialist, Reason: "Tala er ikkje kvalitetssikra.\nVi treng ei veke til."}}
	}
	return []letter{
		{"keys_asked", forum.KeysAskedMessage, facts(func(f *forum.KeysFacts) { f.Text = "Vi bed om at de ser særleg på sak 14/26." })},
		{"keys_asked_stand_in", forum.KeysAskedMessage, facts(func(f *forum.KeysFacts) { f.InPlace = "Kommunedirektør, Kvam herad" })},
		{"keys_asked_supplement", forum.KeysAskedMessage, facts(func(f *forum.KeysFacts) { f.Sort, f.Items = forum.SupplementEdition, f.Items[1:2] })},
		{"keys_receipt", forum.KeysReceiptMessage, facts(func(f *forum.KeysFacts) {
			f.Items = f.Items[1:3]
			f.Items[0].Answer, f.Items[1].Answer, f.Items[1].Reason = forum.Approve, forum.Objects, "Avtalen er ikkje lesen hos oss."
		})},
		{"keys_receipt_out", forum.KeysReceiptMessage, facts(func(f *forum.KeysFacts) {
			f.Items, f.Out = f.Items[1:2], true
			f.Items[0].Answer = forum.Approve
		})},
		{"keys_receipt_unclear", forum.KeysReceiptMessage, facts(func(f *forum.KeysFacts) { f.Trouble = "error.keys.unclear" })},
		{"keys_receipt_too_late", forum.KeysReceiptMessage, facts(func(f *forum.KeysFacts) { f.Trouble, f.Items = "error.keys.too_late", nil })},
		{"keys_objected", forum.KeysObjectedMessage, facts(objected)},
		{"keys_lifted", forum.KeysLiftedMessage, facts(func(f *forum.KeysFacts) { objected(f); f.Items[0].Objections = nil })},
		{"held_back", forum.HeldBackMessage, facts(func(f *forum.KeysFacts) { objected(f); f.Out = true })},
		{"held_back_all", forum.HeldBackMessage, facts(objected)},
	}
}
