package web

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"github.com/samraad/samraad/forum"
	pages "github.com/samraad/samraad/templates/forum"
)

func showSent(v *visit) error {
	in, err := id[forum.ForumID](v)
	if err != nil {
		return err
	}
	before := forum.MessageID(v.c.QueryInt("before"))
	page, err := read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.SentPage, error) {
		return forum.ReadSentPage(ctx, tx, by, in, max(before, 0))
	})
	if err != nil {
		return err
	}
	return v.show(pages.Sent{Frame: v.frame(v.text.T("page.sent.title"), forumCrumb(page.Forum)), Sent: page, First: before <= 0})
}

// readMessage opens a message, and tells whether the reader may send it again.
func readMessage(v *visit) (page *forum.MessagePage, mayResend bool, err error) {
	message, err := id[forum.MessageID](v)
	if err != nil {
		return nil, false, err
	}
	page, err = read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.MessagePage, error) {
		page, err := forum.ReadMessagePage(ctx, tx, by, message)
		if err != nil {
			return nil, err
		}
		mayResend, err = by.Can(ctx, tx, forum.ReleaseMail, page.ForumID)
		return page, err
	})
	return page, mayResend, err
}

func showMessage(v *visit) error {
	page, mayResend, err := readMessage(v)
	if err != nil {
		return err
	}
	shown := pages.Message{Message: page, MayResend: mayResend}
	if len(page.Raw) > 0 {
		if letter, err := openLetter(page.Raw); err == nil {
			shown.Letter = letter.forPage()
		} else {
			shown.Unread = true
		}
	}
	title := page.Subject
	if title == "" {
		title = v.text.T("message_kind." + string(page.Kind))
	}
	shown.Frame = v.frame(title, forumCrumb(page.Forum))
	return v.show(shown)
}

// showBody shows the HTML of a letter as a mail program would: its own styles,
// and nothing from anywhere.
func showBody(v *visit) error {
	letter, err := readLetter(v)
	if err != nil {
		return err
	}
	page, styles, err := withoutInline(letter.html)
	if err != nil {
		return err
	}
	v.alone()
	v.c.Set(fiber.HeaderContentSecurityPolicy, sandboxed+"; style-src "+styles+"; img-src data:; frame-ancestors 'self'")
	v.c.Set(fiber.HeaderXFrameOptions, "SAMEORIGIN")
	v.c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return v.c.SendString(page)
}

// readLetter is the written message of the path; NotFound before it is written.
func readLetter(v *visit) (*letter, error) {
	page, _, err := readMessage(v)
	if err != nil {
		return nil, err
	}
	if len(page.Raw) == 0 {
		return nil, forum.Refuse(forum.NotFound, "error.not_found.message_body")
	}
	return openLetter(page.Raw)
}

func showRawMessage(v *visit) error {
	page, _, err := readMessage(v)
	if err != nil {
		return err
	}
	if len(page.Raw) == 0 {
		return forum.Refuse(forum.NotFound, "error.not_found.message_body")
	}
	return v.source(page.Raw)
}

func showInvite(v *visit) error {
	letter, err := readLetter(v)
	if err != nil {
		return err
	}
	if letter.invite == nil {
		return forum.Refuse(forum.NotFound, "error.not_found.invite")
	}
	return v.attach("invite.ics", "text/calendar; charset=utf-8", letter.invite)
}

func sendAgain(v *visit) error {
	message, err := id[forum.MessageID](v)
	if err != nil {
		return err
	}
	pressed, err := press(v, forum.SendMessageAgain{Message: message})
	if err != nil {
		return err
	}
	if v.value("back") == "failed" {
		return v.pressed(pressed, pages.FailedAddress)
	}
	return v.pressed(pressed, pages.MessageAddress(message))
}

func showFailed(v *visit) error {
	page, err := read(v, forum.ReadFailures)
	if err != nil {
		return err
	}
	return v.show(pages.Failed{Frame: v.frame(v.text.T("page.failed.title")), Failed: page})
}

func retryJob(v *visit) error {
	job, err := id[int64](v)
	if err != nil {
		return err
	}
	_, err = write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (int64, error) {
		return job, forum.RetryFailedJob(ctx, tx, by, job)
	})
	if err != nil {
		return err
	}
	return v.done(jobAgain, 0, pages.FailedAddress)
}
