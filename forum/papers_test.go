package forum_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
)

// identity is a number for tests, with a date and check digits that hold.
const identity = "018190 10001"

func sheet(name string) forum.Paper {
	return forum.Paper{Name: name, Type: "application/pdf", Size: 9, Digest: forum.Digest("digest of " + name)}
}

func papersAdded(by forum.Actor, id forum.MatterID, access forum.AccessCode, basis string, names ...string) act[[]forum.Document] {
	return func(ctx context.Context, tx forum.Tx) ([]forum.Document, error) {
		var papers []forum.Paper
		for _, name := range names {
			papers = append(papers, sheet(name))
		}
		return forum.AddPapers(ctx, tx, by, id, papers, access, basis)
	}
}

func paperChanged(by forum.Actor, id forum.DocumentID, change func(context.Context, forum.Tx, forum.Actor, forum.DocumentID) (*forum.Document, error)) act[*forum.Document] {
	return func(ctx context.Context, tx forum.Tx) (*forum.Document, error) { return change(ctx, tx, by, id) }
}

func paperReplaced(by forum.Actor, id forum.DocumentID, name string) act[*forum.Document] {
	return func(ctx context.Context, tx forum.Tx) (*forum.Document, error) {
		return forum.ReplacePaper(ctx, tx, by, id, sheet(name))
	}
}

func paperClassified(by forum.Actor, id forum.DocumentID, access forum.AccessCode, basis string) act[*forum.Document] {
	return func(ctx context.Context, tx forum.Tx) (*forum.Document, error) {
		return forum.ClassifyPaper(ctx, tx, by, id, access, basis)
	}
}

func textTaken(name, text string) act[struct{}] {
	return func(ctx context.Context, tx forum.Tx) (struct{}, error) {
		return struct{}{}, forum.TakePaperText(ctx, tx, sheet(name).Digest, forum.PaperContent{Text: text})
	}
}

func matterPage(by forum.Actor, id forum.MatterID) act[*forum.MatterPage] {
	return func(ctx context.Context, tx forum.Tx) (*forum.MatterPage, error) {
		return forum.ReadMatterPage(ctx, tx, by, id)
	}
}

func paperPage(by forum.Actor, id forum.DocumentID) act[*forum.PaperPage] {
	return func(ctx context.Context, tx forum.Tx) (*forum.PaperPage, error) {
		return forum.ReadPaperPage(ctx, tx, by, id)
	}
}

// names are what stands on a matter's page, "–" where something stands in.
func (h *house) names(by string, id forum.MatterID) (names []string) {
	h.Helper()
	for _, d := range seen(h, matterPage(h.as(by), id)).Papers {
		if d.StandsIn() {
			d.Name = "–"
		}
		names = append(names, d.Name)
	}
	return names
}

func (h *house) wantNames(by string, id forum.MatterID, want ...string) {
	h.Helper()
	if diff := cmp.Diff(want, h.names(by, id)); diff != "" {
		h.Errorf("papers that %s reads (-want +got):\n%s", by, diff)
	}
}

// lastDeed is the newest event of the council with its details in order.
func (h *house) lastDeed() string {
	h.Helper()
	chain := h.chain("raad")
	last := chain[len(chain)-1]
	words := []string{last.Deed}
	for name, value := range last.Details {
		words = append(words, name+"="+value)
	}
	slices.Sort(words[1:])
	return strings.Join(words, " ")
}

func TestPapersOfAMatter(t *testing.T) {
	onBoth(t, func(h *house) {
		by := h.as(ourSecretary)
		matter := h.propose(vaksdal, "Sak")
		added := done(h, papersAdded(by, matter.ID, forum.Internal, "offl. § 13", "a.pdf", "b.pdf"))
		if added[0].Basis != "" || added[0].Version != 1 {
			h.Errorf("added %+v", added[0])
		}
		h.wantNames(bergen, matter.ID, "a.pdf", "b.pdf")
		wantDeed(h, "papers_added Papers=2")

		h.now = h.now.Add(time.Hour)
		done(h, paperReplaced(h.as(hfSecretary), added[0].ID, "a2.pdf"))
		h.wantNames(bergen, matter.ID, "a2.pdf", "b.pdf")
		wantDeed(h, "paper_replaced Paper=1 Version=2")
		page := seen(h, paperPage(h.as(bergen), added[0].ID))
		if len(page.Versions) != 2 || page.Versions[0].Name != "a2.pdf" || page.Versions[1].Name != "a.pdf" || page.Versions[0].By != "Sekretær, Helse Bergen" || !page.Versions[0].AddedAt.Equal(h.now) || page.MayMend {
			h.Errorf("versions %+v", page.Versions)
		}
		old := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.DocumentVersion, error) {
			return forum.ReadPaperVersion(ctx, tx, h.as(bergen), added[0].ID, 1)
		})
		if old.Digest != sheet("a.pdf").Digest {
			h.Errorf("the old version is %+v", old)
		}

		done(h, paperChanged(by, added[1].ID, forum.MovePaperUp))
		h.wantNames(bergen, matter.ID, "b.pdf", "a2.pdf")
		wantDeed(h, "paper_moved From=2 Paper=1")

		done(h, paperChanged(by, added[1].ID, forum.WithdrawPaper))
		h.wantNames(bergen, matter.ID, "a2.pdf")
		wantDeed(h, "paper_withdrawn Paper=1")
		_, err := try(h, paperPage(by, added[1].ID))
		refused(h.T, err, "not found: error.not_found.document")
		if withdrawn := seen(h, matterPage(by, matter.ID)).Withdrawn; len(withdrawn) != 1 || withdrawn[0].Name != "b.pdf" {
			h.Errorf("withdrawn are %+v", withdrawn)
		}
		if withdrawn := seen(h, matterPage(h.as(bergen), matter.ID)).Withdrawn; len(withdrawn) != 0 {
			h.Error("a member reads what was withdrawn")
		}
		done(h, paperChanged(by, added[1].ID, forum.RestorePaper))
		h.wantNames(bergen, matter.ID, "b.pdf", "a2.pdf")
		wantDeed(h, "paper_restored Paper=1")
	})
}

func wantDeed(h *house, want string) {
	h.Helper()
	if got := h.lastDeed(); got != want {
		h.Errorf("the event is %q, want %q", got, want)
	}
}

func TestRefusedPapers(t *testing.T) {
	onBoth(t, func(h *house) {
		by := h.as(ourSecretary)
		matter, theirs := h.propose(vaksdal, "Sak"), h.propose(bergen, "Deira")
		ours := done(h, papersAdded(by, matter.ID, forum.Internal, "", "a.pdf"))[0]
		own := done(h, papersAdded(h.as(vaksdal), matter.ID, forum.Internal, "", "own.pdf"))[0]
		hospital := done(h, papersAdded(h.as(bergen), theirs.ID, forum.Internal, "", "hf.pdf"))[0]
		gone := done(h, papersAdded(by, matter.ID, forum.Internal, "", "gone.pdf"))[0]
		done(h, paperChanged(by, gone.ID, forum.WithdrawPaper))
		swapped := done(h, papersAdded(h.as(bergen), theirs.ID, forum.Internal, "", "swap.pdf"))[0]
		done(h, paperReplaced(by, swapped.ID, "swapped.pdf"))
		deeds := len(h.deeds("raad"))
		add := func(by string, access forum.AccessCode, basis string, names ...string) error {
			_, err := try(h, papersAdded(h.as(by), matter.ID, access, basis, names...))
			return err
		}
		change := func(by string, id forum.DocumentID, act func(context.Context, forum.Tx, forum.Actor, forum.DocumentID) (*forum.Document, error)) error {
			_, err := try(h, paperChanged(h.as(by), id, act))
			return err
		}
		replace := func(by string, id forum.DocumentID, name string) error {
			_, err := try(h, paperReplaced(h.as(by), id, name))
			return err
		}
		classify := func(by string, id forum.DocumentID, access forum.AccessCode, basis string) error {
			_, err := try(h, paperClassified(h.as(by), id, access, basis))
			return err
		}
		for name, test := range map[string]struct {
			err  error
			want string
		}{
			"no files":                        {add(ourSecretary, forum.Internal, ""), "invalid: error.paper.none on papers"},
			"a name that identifies":          {add(ourSecretary, forum.Internal, "", identity+".pdf"), "invalid: error.identity_number on papers"},
			"no such access":                  {add(ourSecretary, "secret", "", "a.pdf"), "invalid: error.paper.access on access"},
			"exempt without a basis":          {add(ourSecretary, forum.Exempt, " \n", "a.pdf"), "invalid: error.paper.no_basis on basis"},
			"a basis that is a treatise":      {add(ourSecretary, forum.Exempt, strings.Repeat("§", 151), "a.pdf"), "invalid: error.too_long on basis"},
			"a basis that identifies":         {add(ourSecretary, forum.Exempt, identity, "a.pdf"), "invalid: error.identity_number on basis"},
			"from a member":                   {add(bergen, forum.Internal, "", "a.pdf"), "forbidden: error.forbidden.edit_paper"},
			"from an observer":                {add(observing, forum.Internal, "", "a.pdf"), "forbidden: error.forbidden.edit_paper"},
			"replaced by a member":            {replace(bergen, ours.ID, "b.pdf"), "forbidden: error.forbidden.edit_paper"},
			"replaced by who proposed alone":  {replace(vaksdal, ours.ID, "b.pdf"), "forbidden: error.forbidden.edit_paper"},
			"replaced by itself":              {replace(ourSecretary, ours.ID, "a.pdf"), "conflict: error.paper.same on papers"},
			"replaced by what identifies":     {replace(ourSecretary, ours.ID, identity), "invalid: error.identity_number on papers"},
			"replaced when it is withdrawn":   {replace(ourSecretary, gone.ID, "b.pdf"), "conflict: error.paper.withdrawn"},
			"the first moved up":              {change(ourSecretary, ours.ID, forum.MovePaperUp), "conflict: error.paper.first"},
			"a withdrawn one moved up":        {change(ourSecretary, gone.ID, forum.MovePaperUp), "conflict: error.paper.first"},
			"withdrawn twice":                 {change(ourSecretary, gone.ID, forum.WithdrawPaper), "conflict: error.paper.withdrawn"},
			"brought back where it stands":    {change(ourSecretary, ours.ID, forum.RestorePaper), "conflict: error.paper.stands"},
			"withdrawn by the other level":    {change(ourSecretary, hospital.ID, forum.WithdrawPaper), "forbidden: error.forbidden.other_level"},
			"withdrawn by the other level HF": {change(hfSecretary, own.ID, forum.WithdrawPaper), "forbidden: error.forbidden.other_level"},
			"withdrawn once it is replaced":   {change(ourSecretary, swapped.ID, forum.WithdrawPaper), "forbidden: error.forbidden.other_level"},
			"released though not held":        {change(ourSecretary, ours.ID, forum.ReleasePaper), "conflict: error.paper.not_held"},
			"released by a member":            {change(bergen, ours.ID, forum.ReleasePaper), "forbidden: error.forbidden.edit_paper"},
			"classified by a member":          {classify(bergen, ours.ID, forum.Open, ""), "forbidden: error.forbidden.edit_paper"},
			"classified without a basis":      {classify(ourSecretary, ours.ID, forum.Exempt, ""), "invalid: error.paper.no_basis on basis"},
			"classified when withdrawn":       {classify(ourSecretary, gone.ID, forum.Open, ""), "conflict: error.paper.withdrawn"},
			"a paper that is none":            {change(ourSecretary, 1<<40, forum.WithdrawPaper), "not found: error.not_found.document"},
		} {
			t.Run(name, func(t *testing.T) { refused(t, test.err, test.want) })
		}
		if got := len(h.deeds("raad")); got != deeds {
			h.Errorf("%d events of what was refused", got-deeds)
		}
		h.must(change(hfSecretary, hospital.ID, forum.WithdrawPaper))
		h.must(change(vaksdal, own.ID, forum.WithdrawPaper))
		h.must(change(bergen, swapped.ID, forum.WithdrawPaper))
	})
}

func TestProposerBringsPapersWhileTheMatterWaits(t *testing.T) {
	onBoth(t, func(h *house) {
		by := h.as(vaksdal)
		matter := h.propose(vaksdal, "Sak")
		meeting := h.plan("raad", "2026-03-02 09:00")
		own := done(h, papersAdded(by, matter.ID, forum.Internal, "", "a.pdf"))[0]
		done(h, placed(h.as(ourSecretary), matter.ID, meeting))
		done(h, paperReplaced(by, own.ID, "b.pdf"))
		done(h, papersAdded(by, matter.ID, forum.Exempt, "offl. § 23", "c.pdf"))
		done(h, putBack(h.as(ourSecretary), matter.ID))
		done(h, func(ctx context.Context, tx forum.Tx) (*forum.Removal, error) {
			return forum.AskRemoval(ctx, tx, h.as(ourSecretary), matter.ID, forum.Removal{Way: forum.Return, Reason: "Uklar"})
		})
		_, err := try(h, papersAdded(by, matter.ID, forum.Internal, "", "d.pdf"))
		refused(h.T, err, "conflict: error.matter.state.returned")
		if seen(h, matterPage(by, matter.ID)).MayBring {
			h.Error("the page offers what is refused")
		}
		done(h, papersAdded(h.as(ourSecretary), matter.ID, forum.Internal, "", "e.pdf"))
	})
}

// TestWhoReadsWhatIsExempt asks for an exempt paper, title and text as everyone,
// for matters of both levels.
func TestWhoReadsWhatIsExempt(t *testing.T) {
	onBoth(t, func(h *house) {
		for _, proposer := range []string{vaksdal, bergen} {
			matter := h.propose(proposer, "Open tittel "+proposer)
			by := h.as(ourSecretary)
			paper := done(h, papersAdded(by, matter.ID, forum.Exempt, "offl. § 23", "Løyndom.pdf"))[0]
			done(h, titled(by, matter.ID, forum.Titling{Public: "Open tittel", Access: forum.Exempt, Full: "Løynd tittel", Basis: "offl. § 23"}))
			wantDeed(h, "title_exempt Basis=offl. § 23")
			wantExempt(h, matter.ID, paper.ID, map[string]bool{
				chair: true, deputy: true, vaksdal: true, bergen: true, ourSecretary: true, hfSecretary: true, substitute: false, observing: false, proposing: false,
			})
		}
	})
}

func titled(by forum.Actor, id forum.MatterID, t forum.Titling) act[*forum.Matter] {
	return func(ctx context.Context, tx forum.Tx) (*forum.Matter, error) {
		return forum.ClassifyTitle(ctx, tx, by, id, t)
	}
}

func wantExempt(h *house, matter forum.MatterID, paper forum.DocumentID, readers map[string]bool) {
	h.Helper()
	for person, may := range readers {
		page := seen(h, matterPage(h.as(person), matter))
		name := page.Papers[len(page.Papers)-1].Name
		if (page.FullTitle != "") != may || (name != "") != may || page.Access != forum.Exempt || page.Basis == "" || page.Papers[0].Basis == "" {
			h.Errorf("%s reads %q and %q", person, page.FullTitle, name)
		}
		_, err := try(h, func(ctx context.Context, tx forum.Tx) (*forum.Document, error) {
			return forum.ReadPaperFile(ctx, tx, h.as(person), paper)
		})
		if (err == nil) != may || err != nil && said(err) != "forbidden: error.paper.withheld.exempt" {
			h.Errorf("%s opens it: %v", person, err)
		}
	}
}

// TestCalledUpSubstituteReadsWhatIsExempt opens it with the calling up, for that
// meeting's matters and no others.
func TestCalledUpSubstituteReadsWhatIsExempt(t *testing.T) {
	onBoth(t, func(h *house) {
		by := h.as(ourSecretary)
		on, off := h.propose(vaksdal, "På saklista"), h.propose(vaksdal, "Ikkje på saklista")
		var papers []forum.Document
		for _, matter := range []*forum.Matter{on, off} {
			papers = append(papers, done(h, papersAdded(by, matter.ID, forum.Exempt, "offl. § 23", matter.Title+".pdf"))...)
			done(h, titled(by, matter.ID, forum.Titling{Public: "Open", Access: forum.Exempt, Full: "Løynd", Basis: "offl. § 23"}))
		}
		meeting := h.plan("raad", "2026-03-02 09:00")
		done(h, placed(by, on.ID, meeting))
		h.call(meeting)
		wantExempt(h, on.ID, papers[0].ID, map[string]bool{substitute: false})
		h.answer(chair, meeting, forum.NotComing)
		wantExempt(h, on.ID, papers[0].ID, map[string]bool{substitute: true})
		wantExempt(h, off.ID, papers[1].ID, map[string]bool{substitute: false})
	})
}

func TestTitling(t *testing.T) {
	onBoth(t, func(h *house) {
		matter, by := h.propose(vaksdal, "Sak"), h.as(ourSecretary)
		full := forum.Titling{Public: "Leige", Access: forum.Exempt, Full: "Leige av Storgata 1", Basis: "offl. § 23"}
		with := func(change func(*forum.Titling)) forum.Titling { t := full; change(&t); return t }
		for name, test := range map[string]struct {
			by   string
			set  forum.Titling
			want string
		}{
			"by a member":             {vaksdal, full, "forbidden: error.forbidden.edit_paper"},
			"no public title":         {ourSecretary, with(func(t *forum.Titling) { t.Public = " " }), "invalid: error.matter.no_title on public_title"},
			"no full title":           {ourSecretary, with(func(t *forum.Titling) { t.Full = "" }), "invalid: error.matter.no_title on full_title"},
			"no basis":                {ourSecretary, with(func(t *forum.Titling) { t.Basis = "" }), "invalid: error.paper.no_basis on title_basis"},
			"two titles alike":        {ourSecretary, with(func(t *forum.Titling) { t.Full = t.Public }), "invalid: error.matter.titles_alike on full_title"},
			"a public title with one": {ourSecretary, with(func(t *forum.Titling) { t.Public += " " + identity }), "invalid: error.identity_number on public_title"},
			"a full title with one":   {ourSecretary, with(func(t *forum.Titling) { t.Full += " " + identity }), "invalid: error.identity_number on full_title"},
			"open to everyone":        {ourSecretary, with(func(t *forum.Titling) { t.Access = forum.Open }), "invalid: error.paper.access on title_access"},
			"no access":               {ourSecretary, with(func(t *forum.Titling) { t.Access = "" }), "invalid: error.paper.access on title_access"},
		} {
			t.Run(name, func(t *testing.T) {
				_, err := try(h, titled(h.as(test.by), matter.ID, test.set))
				refused(t, err, test.want)
			})
		}
		done(h, titled(by, matter.ID, full))
		deeds := len(h.deeds("raad"))
		done(h, titled(by, matter.ID, full)) // the same again is no deed
		if got := len(h.deeds("raad")); got != deeds {
			h.Error("saving what is saved made an event")
		}
		got := done(h, titled(h.as(hfSecretary), matter.ID, forum.Titling{Public: "Leige av Storgata 1", Access: forum.Internal, Full: "x", Basis: "y"}))
		if got.Title != "Leige av Storgata 1" || got.FullTitle != "" || got.Basis != "" || got.Access != forum.Internal {
			h.Errorf("opened to %+v", got)
		}
		wantDeed(h, "title_internal Basis=")
	})
}

func TestPapersThatIdentifyAreHeld(t *testing.T) {
	onBoth(t, func(h *house) {
		matter, other, by := h.propose(vaksdal, "Sak"), h.propose(bergen, "Ei anna"), h.as(ourSecretary)
		paper := done(h, papersAdded(by, matter.ID, forum.Internal, "", "a.pdf"))[0]
		twin := done(h, papersAdded(by, other.ID, forum.Internal, "", "a.pdf"))[0]
		done(h, textTaken("a.pdf", "Pasienten "+identity+" er utskriven."))
		for _, id := range []forum.MatterID{matter.ID, other.ID} {
			h.wantNames(bergen, id, "–")
			h.wantNames(hfSecretary, id, "a.pdf")
		}
		wantDeed(h, "paper_held Paper=1")
		_, err := try(h, paperPage(h.as(bergen), paper.ID))
		refused(h.T, err, "forbidden: error.paper.withheld.held")
		if page := seen(h, paperPage(by, paper.ID)); !page.MayRelease || page.Text == nil || !page.Text.Identifies || page.Text.Text != "" {
			h.Errorf("the secretary reads %+v", page.Text)
		}

		done(h, paperChanged(h.as(hfSecretary), paper.ID, forum.ReleasePaper))
		wantDeed(h, "paper_released Paper=1")
		h.wantNames(bergen, matter.ID, "a.pdf")
		h.wantNames(bergen, other.ID, "–")
		deeds := len(h.deeds("raad"))
		done(h, textTaken("a.pdf", "Pasienten "+identity+" igjen")) // a job that runs twice
		h.wantNames(bergen, matter.ID, "a.pdf")
		if got := len(h.deeds("raad")); got != deeds {
			h.Error("a job that ran twice made events")
		}

		done(h, paperReplaced(by, twin.ID, "b.pdf"))
		h.wantNames(bergen, other.ID, "b.pdf")
		page := seen(h, paperPage(h.as(bergen), twin.ID))
		if !page.Versions[1].Withheld || page.Versions[1].Name != "" {
			h.Errorf("the version that was held is read: %+v", page.Versions[1])
		}
		_, err = try(h, func(ctx context.Context, tx forum.Tx) (*forum.DocumentVersion, error) {
			return forum.ReadPaperVersion(ctx, tx, h.as(bergen), twin.ID, 1)
		})
		refused(h.T, err, "forbidden: error.paper.withheld.held")
		done(h, paperReplaced(by, twin.ID, "a.pdf")) // bytes that were read before
		h.wantNames(bergen, other.ID, "–")
	})
}

// TestPapersAreRead has every door's papers wait for a reading, once for the
// same bytes.
func TestPapersAreRead(t *testing.T) {
	onBoth(t, func(h *house) {
		by := h.as(ourSecretary)
		matter := done(h, func(ctx context.Context, tx forum.Tx) (*forum.Matter, error) {
			return forum.ProposeMatter(ctx, tx, by, h.forum("raad"), forum.Proposal{Title: "Sak", Source: forum.ByWeb, Papers: []forum.Paper{sheet("a.pdf")}})
		})
		done(h, papersAdded(by, matter.ID, forum.Internal, "", "a.pdf", "b.pdf"))
		done(h, textTaken("b.pdf", "Tekst"))
		text := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.PaperText, error) {
			return tx.PaperText(ctx, sheet("b.pdf").Digest)
		})
		if text.Text != "Tekst" || text.State != forum.PaperRead {
			h.Errorf("read as %+v", text)
		}
		nudge := func(ctx context.Context, tx forum.Tx) (int, error) { return forum.NudgeUnread(ctx, tx) }
		h.now = h.now.Add(time.Hour)
		if nudged := done(h, nudge); nudged != 0 {
			h.Errorf("%d jobs were made beside those that wait", nudged)
		}
		states := seen(h, matterPage(by, matter.ID)).Texts
		if len(states) != 2 || states[sheet("a.pdf").Digest].State != forum.PaperWaits {
			h.Errorf("the secretary sees %v", states)
		}
		if states := seen(h, matterPage(h.as(bergen), matter.ID)).Texts; states != nil {
			h.Errorf("a member sees %v", states)
		}
	})
}

func TestDoubtfulBasis(t *testing.T) {
	for basis, want := range map[string]bool{
		"offl. § 14": true, "Offl. §14 første ledd": true, "offl. § 13 og § 14": true, "offl. § 140": false, "offl. § 13 nr. 14": false, "": false, "offl. §§ 14 og 15": true,
	} {
		if got := forum.DoubtfulBasis(basis); got != want {
			t.Errorf("DoubtfulBasis(%q) = %v", basis, got)
		}
	}
	for _, basis := range forum.UsualBases {
		if strings.TrimSpace(basis) == "" || !strings.Contains(basis, "§") {
			t.Errorf("%q is no basis", fmt.Sprint(basis))
		}
	}
}
