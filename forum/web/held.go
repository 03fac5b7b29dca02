package web

import (
	"context"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

func showHeld(v *visit) error {
	in, err := id[forum.ForumID](v)
	if err != nil {
		return err
	}
	page, err := read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.HeldPage, error) {
		return forum.ReadHeldPage(ctx, tx, by, in)
	})
	if err != nil {
		return err
	}
	return v.show(pages.Held{Frame: v.frame(v.text.T("page.held.title"), forumCrumb(page.Forum)), Held: page})
}

// readIncoming opens a mail; the one who seems to have written it is chosen.
func readIncoming(v *visit) (pages.Incoming, error) {
	mail, err := id[forum.IncomingID](v)
	if err != nil {
		return pages.Incoming{}, err
	}
	return read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (p pages.Incoming, err error) {
		if p.Mail, err = forum.ReadIncomingPage(ctx, tx, by, mail); err != nil {
			return p, err
		}
		writer, err := tx.PersonByAddress(ctx, p.Mail.From)
		if forum.IsKind(err, forum.NotFound) {
			return p, nil
		}
		if err == nil {
			p.Person = writer.ID
		}
		return p, err
	})
}

func (v *visit) incomingPage(p pages.Incoming) pages.Incoming {
	title := p.Mail.Subject
	if title == "" {
		title = v.text.T("page.incoming.no_subject")
	}
	held := templates.Link{Label: v.text.T("page.held.title"), URL: pages.ForumAddress(p.Mail.ForumID, "held")}
	p.Frame = v.frame(title, forumCrumb(p.Mail.Forum), held)
	return p
}

func showIncoming(v *visit) error {
	p, err := readIncoming(v)
	if err != nil {
		return err
	}
	return v.show(v.incomingPage(p))
}

func showRawIncoming(v *visit) error {
	p, err := readIncoming(v)
	if err != nil {
		return err
	}
	return v.source(p.Mail.Raw)
}

func releaseHeld(v *visit) error {
	mail, err := id[forum.IncomingID](v)
	if err != nil {
		return err
	}
	writer := chosen[forum.PersonID](v, "person")
	pressed, err := press(v, forum.SendRelease{Mail: mail, Writer: writer})
	if mistakes := v.mistakes(err); mistakes != nil {
		p, err := readIncoming(v)
		if err != nil {
			return err
		}
		p.Mistakes, p.Person = mistakes, writer
		return v.again(v.incomingPage(p))
	}
	if err != nil {
		return err
	}
	return v.pressed(pressed, pages.IncomingAddress(mail))
}

func setAside(v *visit) error {
	return v.handleMail(mailSetAside, forum.SetMailAside)
}

func holdAgain(v *visit) error {
	return v.handleMail(mailHeldAgain, forum.HoldAgain)
}

// handleMail does one thing with a mail that asks for nothing more.
func (v *visit) handleMail(what notice, do func(context.Context, forum.Tx, forum.Actor, forum.IncomingID) error) error {
	mail, err := id[forum.IncomingID](v)
	if err != nil {
		return err
	}
	_, err = write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (forum.IncomingID, error) {
		return mail, do(ctx, tx, by, mail)
	})
	if err != nil {
		return err
	}
	return v.done(what, int64(mail), pages.IncomingAddress(mail))
}
