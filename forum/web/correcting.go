package web

import (
	"context"

	"github.com/samraad/samraad/forum"
	pages "github.com/samraad/samraad/templates/forum"
)

// askCorrection asks what was wrong with an edition.
func askCorrection(v *Visit) error { return v.showCorrection("", nil) }

func (v *Visit) showCorrection(text string, mistakes pages.Mistakes) error {
	edition, err := ID[forum.EditionID](v)
	if err != nil {
		return err
	}
	page, err := Read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.MeetingPage, error) {
		e, err := tx.Edition(ctx, edition)
		if err != nil {
			return nil, err
		}
		editor, err := forum.ReadAgendaEditor(ctx, tx, by, e.MeetingID)
		if err != nil {
			return nil, err
		}
		return &editor.MeetingPage, nil
	})
	if err != nil {
		return err
	}
	return v.showWritten(page, pages.WrittenText{
		Key: "correct", URL: pages.EditionAddress(edition, "correct"), Back: pages.MeetingAddress(page.ID, "package"), Written: text, Mistakes: mistakes,
	})
}

// showWritten shows a form for a text that goes out.
func (v *Visit) showWritten(page *forum.MeetingPage, p pages.WrittenText) error {
	p.Frame, p.Forum = v.Frame(v.Text.T("page."+p.Key+".title"), v.meetingCrumbs(page)...), page.Forum.Name
	if p.Mistakes != nil {
		return v.Again(p)
	}
	return v.Show(p)
}

func correctEdition(v *Visit) error {
	edition, err := ID[forum.EditionID](v)
	if err != nil {
		return err
	}
	text := v.Value("text")
	pressed, err := Press(v, forum.SendCorrection{Edition: edition, Text: text})
	if mistakes := v.Mistakes(err); mistakes != nil {
		return v.showCorrection(text, mistakes)
	}
	if err != nil {
		return err
	}
	corrected, err := readEdition(v, edition)
	if err != nil {
		return err
	}
	return v.Pressed(pressed, pages.MeetingAddress(corrected.MeetingID, "package"))
}

// askNotice asks what all who are invited have to know now.
func askNotice(v *Visit) error { return v.showNotice("", nil) }

func (v *Visit) showNotice(text string, mistakes pages.Mistakes) error {
	page, _, err := readMeeting(v)
	if err != nil {
		return err
	}
	if !page.Package.MayTell {
		return forum.Refuse(forum.Conflict, "error.edition.notice_early")
	}
	return v.showWritten(page, pages.WrittenText{
		Key: "notice", URL: pages.MeetingAddress(page.ID, "notices", "new"), Back: pages.MeetingAddress(page.ID), Written: text, Mistakes: mistakes,
	})
}

func sendNotice(v *Visit) error {
	meeting, err := ID[forum.MeetingID](v)
	if err != nil {
		return err
	}
	text := v.Value("text")
	pressed, err := Press(v, forum.SendNews{Meeting: meeting, Text: text})
	if mistakes := v.Mistakes(err); mistakes != nil {
		return v.showNotice(text, mistakes)
	}
	if err != nil {
		return err
	}
	return v.Pressed(pressed, pages.MeetingAddress(meeting, "package"))
}
