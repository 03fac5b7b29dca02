package web

import (
	"context"
	"strconv"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

// addPapers brings papers to a matter. A file that is refused is named and the
// form shown again, with all else kept.
func addPapers(v *Visit) error {
	matter, err := ID[forum.MatterID](v)
	if err != nil {
		return err
	}
	typed := pages.Adding{Access: forum.AccessCode(v.Value("access")), Basis: v.Line("basis")}
	papers, mistakes, err := v.uploads()
	if err != nil {
		return err
	}
	if len(mistakes) == 0 {
		_, err = Write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) ([]forum.Document, error) {
			return forum.AddPapers(ctx, tx, by, matter, papers, typed.Access, typed.Basis)
		})
		mistakes = v.Mistakes(err)
	}
	if len(mistakes) > 0 {
		typed.Kept = v.kept(papers)
		return v.matterAgain(matter, mistakes, func(p *pages.Matter) { p.Adding = typed })
	}
	if err != nil {
		return err
	}
	return v.Done(papersAdded, 0, pages.MatterAddress(matter))
}

func classifyTitle(v *Visit) error {
	matter, err := ID[forum.MatterID](v)
	if err != nil {
		return err
	}
	typed := forum.Titling{
		Public: v.Line("public_title"), Access: forum.AccessCode(v.Value("title_access")), Full: v.Line("full_title"), Basis: v.Line("title_basis"),
	}
	_, err = Write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.Matter, error) {
		return forum.ClassifyTitle(ctx, tx, by, matter, typed)
	})
	if mistakes := v.Mistakes(err); mistakes != nil {
		return v.matterAgain(matter, mistakes, func(p *pages.Matter) { p.Titling = typed })
	}
	if err != nil {
		return err
	}
	return v.Done(titleClassified, 0, pages.MatterAddress(matter))
}

func showPaper(v *Visit) error {
	paper, err := ID[forum.DocumentID](v)
	if err != nil {
		return err
	}
	p, err := v.paperPage(paper)
	if err != nil {
		return err
	}
	return v.Show(p)
}

func (v *Visit) paperPage(paper forum.DocumentID) (pages.Paper, error) {
	page, err := Read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.PaperPage, error) {
		return forum.ReadPaperPage(ctx, tx, by, paper)
	})
	if err != nil {
		return pages.Paper{}, err
	}
	number := v.Text.T("page.matter.intake", "Intake", page.Matter.Intake)
	if page.Matter.Number != "" {
		number = v.Text.T("page.matter.number", "Number", page.Matter.Number)
	}
	frame := v.Frame(page.Name, ForumCrumb(page.Forum), templates.Link{Label: number, URL: pages.MatterAddress(page.MatterID)})
	return pages.Paper{Frame: frame, Paper: page, Access: page.Access, Basis: page.Basis, Each: largestPaper}, nil
}

// paperAgain shows a paper with a form of its page as it was filled in.
func (v *Visit) paperAgain(paper forum.DocumentID, mistakes pages.Mistakes, fill func(*pages.Paper)) error {
	p, err := v.paperPage(paper)
	if err != nil {
		return err
	}
	p.Mistakes = mistakes
	fill(&p)
	return v.Again(p)
}

func replacePaper(v *Visit) error {
	paper, err := ID[forum.DocumentID](v)
	if err != nil {
		return err
	}
	papers, mistakes, err := v.uploads()
	if err != nil {
		return err
	}
	if len(mistakes) == 0 {
		_, err = Write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.Document, error) {
			if len(papers) != 1 {
				return nil, forum.Refuse(forum.Invalid, "error.paper.one").On("papers")
			}
			return forum.ReplacePaper(ctx, tx, by, paper, papers[0])
		})
		mistakes = v.Mistakes(err)
	}
	if len(mistakes) > 0 {
		return v.paperAgain(paper, mistakes, func(p *pages.Paper) { p.Kept = v.kept(papers) })
	}
	if err != nil {
		return err
	}
	return v.Done(paperReplaced, 0, pages.PaperPageAddress(paper))
}

func classifyPaper(v *Visit) error {
	paper, err := ID[forum.DocumentID](v)
	if err != nil {
		return err
	}
	access, basis := forum.AccessCode(v.Value("access")), v.Line("basis")
	document, err := Write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.Document, error) {
		return forum.ClassifyPaper(ctx, tx, by, paper, access, basis)
	})
	if mistakes := v.Mistakes(err); mistakes != nil {
		return v.paperAgain(paper, mistakes, func(p *pages.Paper) { p.Access, p.Basis = access, basis })
	}
	if err != nil {
		return err
	}
	return v.Done(paperClassified, 0, pages.MatterAddress(document.MatterID))
}

// changePaper runs an act on a paper that asks for nothing else, and goes on to
// its matter.
func changePaper(v *Visit, told Notice, undone bool, change func(context.Context, forum.Tx, forum.Actor, forum.DocumentID) (*forum.Document, error)) error {
	paper, err := ID[forum.DocumentID](v)
	if err != nil {
		return err
	}
	document, err := Write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.Document, error) {
		return change(ctx, tx, by, paper)
	})
	if err != nil {
		return err
	}
	undo := int64(0)
	if undone {
		undo = int64(paper)
	}
	return v.Done(told, undo, pages.MatterAddress(document.MatterID))
}

func withdrawPaper(v *Visit) error { return changePaper(v, paperWithdrawn, true, forum.WithdrawPaper) }
func restorePaper(v *Visit) error  { return changePaper(v, paperRestored, false, forum.RestorePaper) }
func movePaperUp(v *Visit) error   { return changePaper(v, paperMoved, false, forum.MovePaperUp) }
func releasePaper(v *Visit) error  { return changePaper(v, paperReleased, false, forum.ReleasePaper) }

// openVersion gives any version of a paper, as openPaper gives the newest.
func openVersion(v *Visit) error {
	paper, err := ID[forum.DocumentID](v)
	if err != nil {
		return err
	}
	number, err := strconv.Atoi(v.c.Params("number"))
	if err != nil {
		return forum.Refuse(forum.NotFound, "error.not_found.document")
	}
	version, err := Read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.DocumentVersion, error) {
		return forum.ReadPaperVersion(ctx, tx, by, paper, number)
	})
	if err != nil {
		return err
	}
	return v.sendPaper(&forum.Document{Name: version.Name, Type: version.Type, Digest: version.Digest})
}
