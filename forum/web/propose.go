package web

import (
	"context"
	"errors"

	"github.com/samraad/samraad/forum"
	pages "github.com/samraad/samraad/templates/forum"
)

// readProposing is the forum of the form, for who may propose to it.
func readProposing(v *Visit) (*forum.Forum, error) {
	in, err := ID[forum.ForumID](v)
	if err != nil {
		return nil, err
	}
	return Read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.Forum, error) {
		f, err := tx.Forum(ctx, in)
		if err != nil {
			return nil, err
		}
		_, err = by.May(ctx, tx, forum.ProposeIt, in)
		return f, err
	})
}

func askMatter(v *Visit) error {
	f, err := readProposing(v)
	if err != nil {
		return err
	}
	return v.Show(v.proposePage(f, pages.Propose{Kind: forum.MatterKinds[0]}))
}

func (v *Visit) proposePage(f *forum.Forum, p pages.Propose) pages.Propose {
	p.Frame, p.Forum, p.Each, p.All = v.Frame(v.Text.T("page.propose.title"), ForumCrumb(*f)), *f, largestPaper, largestRequest
	return p
}

// proposeMatter takes a matter with its papers. A file that is refused is named
// and the form shown again, with all else kept, so that nobody proposes
// without a paper that they meant to send.
func proposeMatter(v *Visit) error {
	f, err := readProposing(v)
	if err != nil {
		return err
	}
	typed := pages.Propose{Title: v.Value("title"), Kind: forum.MatterKind(v.Value("kind")), Body: v.Value("text"), Access: forum.AccessCode(v.Value("access")), Basis: v.Line("basis")}
	papers, mistakes, err := v.uploads()
	if err != nil {
		return err
	}
	var matter *forum.Matter
	if len(mistakes) == 0 {
		matter, err = Write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.Matter, error) {
			if err := typed.Kind.Check(); err != nil { // a mail may leave it out, a form may not
				return nil, errors.Join(forum.CheckTitle(typed.Title), err)
			}
			return forum.ProposeMatter(ctx, tx, by, f.ID, forum.Proposal{
				Title: typed.Title, Text: typed.Body, Kind: typed.Kind, Source: forum.ByWeb, Papers: papers, Access: typed.Access, Basis: typed.Basis,
			})
		})
		mistakes = v.Mistakes(err)
	}
	if len(mistakes) > 0 {
		typed.Mistakes, typed.Kept = mistakes, v.kept(papers)
		return v.Again(v.proposePage(f, typed))
	}
	if err != nil {
		return err
	}
	return v.Done(matterProposed, 0, pages.MatterAddress(matter.ID))
}
