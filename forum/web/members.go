package web

import (
	"context"
	"io"
	"strings"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/members"
	pages "github.com/samraad/samraad/templates/forum"
)

func askMembers(v *Visit) error { return v.membersForm(pages.AskMembers{}) }

// membersForm asks for a list, of who may bring one in.
func (v *Visit) membersForm(p pages.AskMembers) error {
	plan, in, err := v.previewMembers(nil)
	if err != nil || plan == nil {
		return err
	}
	p.Forum, p.Frame = in, v.Frame(v.Text.T("page.members.title"), ForumCrumb(in), v.peopleCrumb(in))
	if p.Mistakes != nil {
		return v.Again(p)
	}
	return v.Show(p)
}

func importMembers(v *Visit) error {
	switch v.Value("step") {
	case "check":
		return v.showMembers(v.memberRows(), pages.Members{})
	case "import":
		return v.bringIn(v.memberRows())
	}
	content, err := v.memberList()
	if err != nil {
		return err
	}
	list, err := members.Read(content)
	if err != nil {
		return v.membersForm(pages.AskMembers{Pasted: v.Value("text"), Mistakes: v.Mistakes(On(err, "text"))})
	}
	shown := pages.Members{Ignored: strings.Join(list.Ignored, ", ")}
	for _, note := range list.Notes {
		shown.Notes = append(shown.Notes, v.Text.T("page.members.note", "Line", note.Line, "Text", note.Text))
	}
	return v.showMembers(list.Rows, shown)
}

// memberList is the list that comes as a file, or that was pasted.
func (v *Visit) memberList() ([]byte, error) {
	if file, err := v.c.FormFile("list"); err == nil && file.Size > 0 {
		content, err := file.Open()
		if err != nil {
			return nil, err
		}
		defer content.Close()
		return io.ReadAll(io.LimitReader(content, members.Largest+1))
	}
	return []byte(v.Value("text")), nil
}

// mostMembers bounds the rows that a form sends: a row of a list may name several people.
const mostMembers = 5000

// memberRows are the rows that the form brings back, without those left out.
func (v *Visit) memberRows() (rows []forum.MemberRow) {
	sent := map[string]string{}
	for name, value := range v.c.Context().PostArgs().All() {
		sent[string(name)] = strings.TrimSpace(clean(string(value)))
	}
	for i := range min(whole(sent["rows"]), mostMembers) {
		line, skip, cell := pages.MemberFields(i)
		if sent[skip] != "" {
			continue
		}
		row := forum.MemberRow{Line: whole(sent[line]), Cells: map[forum.MemberColumn]string{}}
		for _, column := range forum.MemberColumns {
			if text := sent[cell(column)]; text != "" {
				row.Cells[column] = text
			}
		}
		if len(row.Cells) > 0 {
			rows = append(rows, row)
		}
	}
	return rows
}

// previewMembers is what rows mean to the forum of the path.
func (v *Visit) previewMembers(rows []forum.MemberRow) (plan *forum.MemberPlan, in forum.Forum, err error) {
	number, err := ID[forum.ForumID](v)
	if err != nil {
		return nil, in, err
	}
	plan, err = Read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.MemberPlan, error) {
		found, err := tx.Forum(ctx, number)
		if err != nil {
			return nil, err
		}
		in = *found
		return forum.PreviewMembers(ctx, tx, by, number, rows)
	})
	return plan, in, err
}

func (v *Visit) showMembers(rows []forum.MemberRow, p pages.Members) error {
	plan, in, err := v.previewMembers(rows)
	if err != nil {
		return err
	}
	return v.membersPage(p, plan, in)
}

func (v *Visit) membersPage(p pages.Members, plan *forum.MemberPlan, in forum.Forum) error {
	p.Plan, p.Forum, p.Frame = plan, in, v.Frame(v.Text.T("page.members.preview_title"), ForumCrumb(in), v.peopleCrumb(in))
	if plan.Count(forum.TroubledRow) > 0 {
		return v.Again(p)
	}
	return v.Show(p)
}

// bringIn seats those whom the rows name; what is wrong with any shows once more.
func (v *Visit) bringIn(rows []forum.MemberRow) error {
	in, err := ID[forum.ForumID](v)
	if err != nil {
		return err
	}
	pressed, err := Press(v, forum.SendMembers{Forum: in, Rows: rows})
	if forum.IsKind(err, forum.Invalid) {
		return v.showMembers(rows, pages.Members{})
	}
	if err != nil {
		return err
	}
	return v.Pressed(pressed, pages.ForumAddress(in, "people"))
}
