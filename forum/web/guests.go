package web

import (
	"context"
	"slices"

	"github.com/gofiber/fiber/v2"

	"github.com/samraad/samraad/forum"
	pages "github.com/samraad/samraad/templates/forum"
)

func askGuest(v *Visit) error {
	meeting, err := ID[forum.MeetingID](v)
	if err != nil {
		return err
	}
	p, err := v.guestPage(meeting, clean(v.c.Query("line")), pages.NewGuest{Language: forum.Nynorsk})
	if err != nil {
		return err
	}
	return v.Show(p)
}

// guestPage is the form for a guest of one line.
func (v *Visit) guestPage(meeting forum.MeetingID, line string, p pages.NewGuest) (pages.NewGuest, error) {
	editor, err := readEditor(v, meeting)
	if err != nil {
		return p, err
	}
	at := slices.IndexFunc(editor.Lines, func(r forum.LineRow) bool { return r.Key == line && r.What != forum.PauseLine })
	if at < 0 {
		return p, forum.Refuse(forum.NotFound, "error.guest.no_line")
	}
	p.Frame, p.Meeting, p.Line = v.Frame(v.Text.T("page.guest_new.title"), v.meetingCrumbs(&editor.MeetingPage)...), editor, editor.Lines[at]
	return p, nil
}

func inviteGuest(v *Visit) error {
	meeting, err := ID[forum.MeetingID](v)
	if err != nil {
		return err
	}
	typed := pages.NewGuest{Name: v.Line("name"), Address: v.Line("address"), Language: forum.Language(v.Value("language"))}
	pressed, err := Press(v, forum.SendGuest{Meeting: meeting, Line: v.Value("line"), Name: typed.Name, Address: typed.Address, Language: typed.Language})
	if typed.Mistakes = v.Mistakes(err); typed.Mistakes != nil {
		p, err := v.guestPage(meeting, v.Value("line"), typed)
		if err != nil {
			return err
		}
		return v.Again(p)
	}
	if err != nil {
		return err
	}
	return v.Pressed(pressed, pages.MeetingAddress(meeting))
}

func takeOffGuest(v *Visit) error {
	guest, err := ID[forum.GuestID](v)
	if err != nil {
		return err
	}
	pressed, err := Press(v, forum.SendGuestOff{Guest: guest})
	if err != nil {
		return err
	}
	off, err := Read(v, func(ctx context.Context, tx forum.Tx, _ forum.Actor) (*forum.Guest, error) {
		return tx.Guest(ctx, guest)
	})
	if err != nil {
		return err
	}
	return v.Pressed(pressed, pages.MeetingAddress(off.MeetingID))
}

// anyone runs an act that needs no sign-in and changes nothing: a guest's link
// is all that it asks for.
func anyone[T any](v *Visit, fn func(ctx context.Context, tx forum.Tx) (T, error)) (result T, err error) {
	err = v.options.Keeper.Read(v.ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		result, err = fn(ctx, tx)
		return err
	})
	return result, err
}

// showGuest opens the page of a guest, in the guest's language unless another
// was chosen in the browser.
func showGuest(v *Visit) error {
	page, err := anyone(v, func(ctx context.Context, tx forum.Tx) (*forum.GuestPage, error) {
		return forum.ReadGuestPage(ctx, tx, v.c.Params("pass"))
	})
	if err != nil {
		return err
	}
	v.speak(page.Guest.Language)
	p := pages.Guest{Guest: page}
	p.Frame = v.Frame(pages.LineTitle(v.Text, page.Line.What, page.Line.Level, page.Title))
	p.Frame.Demo = false // a guest has no role to step into
	v.c.Set("X-Robots-Tag", "noindex, nofollow")
	v.c.Set(fiber.HeaderReferrerPolicy, "no-referrer")
	return v.Show(p)
}

// answerAsGuest takes a guest's yes or no; the link is all that it asks for.
func answerAsGuest(v *Visit) error {
	link := v.c.Params("pass")
	err := v.options.Keeper.Write(v.ctx, func(ctx context.Context, tx forum.Tx) error {
		_, err := forum.AnswerAsGuest(ctx, tx, link, forum.Reply(v.Value("answer")))
		return err
	})
	if err != nil {
		return err
	}
	return v.Done(guestAnswered, 0, pages.GuestPageAddress(link))
}

func openGuestPaper(v *Visit) error {
	number, err := ID[forum.DocumentID](v)
	if err != nil {
		return err
	}
	document, err := anyone(v, func(ctx context.Context, tx forum.Tx) (*forum.Document, error) {
		return forum.ReadGuestPaper(ctx, tx, v.c.Params("pass"), number)
	})
	if err != nil {
		return err
	}
	return v.sendPaper(document)
}
