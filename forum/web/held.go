package web

import (
	"context"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

func showHeld(v *Visit) error {
	in, err := ID[forum.ForumID](v)
	if err != nil {
		return err
	}
	page, err := Read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.HeldPage, error) {
		return forum.ReadHeldPage(ctx, tx, by, in)
	})
	if err != nil {
		return err
	}
	return v.Show(pages.Held{Frame: v.Frame(v.Text.T("page.held.title"), ForumCrumb(page.Forum)), Held: page})
}

// readIncoming opens a mail; the one who seems to have written it is chosen.
func readIncoming(v *Visit) (pages.Incoming, error) {
	mail, err := ID[forum.IncomingID](v)
	if err != nil {
		return pages.Incoming{}, err
	}
	return Read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (p pages.Incoming, err error) {
		if p.Mail, err = forum.ReadIncomingPage(ctx, tx, by, mail); err != nil {
			return p, err
		}
		if p.Mail.Writer != nil {
			p.Person = p.Mail.Writer.ID
		}
		return p, nil
	})
}

func (v *Visit) incomingPage(p pages.Incoming) pages.Incoming {
	title := p.Mail.Subject
	if title == "" {
		title = v.Text.T("page.incoming.no_subject")
	}
	held := templates.Link{Label: v.Text.T("page.held.title"), URL: pages.ForumAddress(p.Mail.ForumID, "held")}
	p.Frame = v.Frame(title, ForumCrumb(p.Mail.Forum), held)
	return p
}

func showIncoming(v *Visit) error {
	p, err := readIncoming(v)
	if err != nil {
		return err
	}
	return v.Show(v.incomingPage(p))
}

func showRawIncoming(v *Visit) error {
	p, err := readIncoming(v)
	if err != nil {
		return err
	}
	return v.source(p.Mail.Raw)
}

func releaseHeld(v *Visit) error {
	mail, err := ID[forum.IncomingID](v)
	if err != nil {
		return err
	}
	writer := Chosen[forum.PersonID](v, "person")
	learn := v.c.FormValue("learn") != ""
	pressed, err := Press(v, forum.SendRelease{Mail: mail, Writer: writer, Learn: learn})
	if mistakes := v.Mistakes(err); mistakes != nil {
		p, err := readIncoming(v)
		if err != nil {
			return err
		}
		p.Mistakes, p.Person, p.Learn = mistakes, writer, learn
		return v.Again(v.incomingPage(p))
	}
	if err != nil {
		return err
	}
	return v.Pressed(pressed, pages.IncomingAddress(mail))
}

// forgetWriter takes back what was learned of the address that a mail is from.
func forgetWriter(v *Visit) error {
	return v.handleMail(addressForgotten, forum.UnlearnWriter)
}

func setAside(v *Visit) error {
	return v.handleMail(mailSetAside, forum.SetMailAside)
}

func holdAgain(v *Visit) error {
	return v.handleMail(mailHeldAgain, forum.HoldAgain)
}

// handleMail does one thing with a mail that asks for nothing more.
func (v *Visit) handleMail(what Notice, do func(context.Context, forum.Tx, forum.Actor, forum.IncomingID) error) error {
	mail, err := ID[forum.IncomingID](v)
	if err != nil {
		return err
	}
	_, err = Write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (forum.IncomingID, error) {
		return mail, do(ctx, tx, by, mail)
	})
	if err != nil {
		return err
	}
	return v.Done(what, int64(mail), pages.IncomingAddress(mail))
}
