package web

import (
	"context"
	"regexp"

	"github.com/gofiber/fiber/v2"

	"github.com/samraad/samraad/forum"
	pages "github.com/samraad/samraad/templates/forum"
)

func showSent(v *Visit) error {
	in, err := ID[forum.ForumID](v)
	if err != nil {
		return err
	}
	before := forum.MessageID(v.c.QueryInt("before"))
	page, err := Read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.SentPage, error) {
		return forum.ReadSentPage(ctx, tx, by, in, max(before, 0))
	})
	if err != nil {
		return err
	}
	return v.Show(pages.Sent{Frame: v.Frame(v.Text.T("page.sent.title"), ForumCrumb(page.Forum)), Sent: page, First: before <= 0})
}

// readMessage opens a message, and tells whether the reader may send it again.
func readMessage(v *Visit) (page *forum.MessagePage, mayResend bool, err error) {
	message, err := ID[forum.MessageID](v)
	if err != nil {
		return nil, false, err
	}
	page, err = Read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.MessagePage, error) {
		page, err := forum.ReadMessagePage(ctx, tx, by, message)
		if err != nil {
			return nil, err
		}
		mayResend, err = by.Can(ctx, tx, forum.ReleaseMail, page.ForumID)
		return page, err
	})
	return page, mayResend, err
}

func showMessage(v *Visit) error {
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
		title = v.Text.T("message_kind." + string(page.Kind))
	}
	shown.Frame = v.Frame(title, ForumCrumb(page.Forum))
	return v.Show(shown)
}

// showBody shows the HTML of a letter as a mail program would: its own styles,
// and nothing from anywhere.
func showBody(v *Visit) error {
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
func readLetter(v *Visit) (*letter, error) {
	page, _, err := readMessage(v)
	if err != nil {
		return nil, err
	}
	if len(page.Raw) == 0 {
		return nil, forum.Refuse(forum.NotFound, "error.not_found.message_body")
	}
	return openLetter(page.Raw)
}

func showRawMessage(v *Visit) error {
	page, _, err := readMessage(v)
	if err != nil {
		return err
	}
	if len(page.Raw) == 0 {
		return forum.Refuse(forum.NotFound, "error.not_found.message_body")
	}
	return v.source(page.Raw)
}

func showInvite(v *Visit) error {
	letter, err := readLetter(v)
	if err != nil {
		return err
	}
	if letter.invite == nil {
		return forum.Refuse(forum.NotFound, "error.not_found.invite")
	}
	return v.Attach("invite.ics", "text/calendar; charset=utf-8", letter.invite)
}

func sendAgain(v *Visit) error {
	message, err := ID[forum.MessageID](v)
	if err != nil {
		return err
	}
	pressed, err := Press(v, forum.SendMessageAgain{Message: message})
	if err != nil {
		return err
	}
	if v.Value("back") == "failed" {
		return v.Pressed(pressed, pages.FailedAddress)
	}
	return v.Pressed(pressed, pages.MessageAddress(message))
}

func showFailed(v *Visit) error {
	page, err := Read(v, forum.ReadFailures)
	if err != nil {
		return err
	}
	return v.Show(pages.Failed{Frame: v.Frame(v.Text.T("page.failed.title")), Failed: page})
}

func retryJob(v *Visit) error {
	job, err := ID[int64](v)
	if err != nil {
		return err
	}
	_, err = Write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (int64, error) {
		return job, forum.RetryFailedJob(ctx, tx, by, job)
	})
	if err != nil {
		return err
	}
	return v.Done(jobAgain, 0, pages.FailedAddress)
}

// resumeMail lets mail go to an address again, and goes back to the page that said that none did.
func resumeMail(v *Visit) error {
	in, err := ID[forum.ForumID](v)
	if err != nil {
		return err
	}
	_, err = Write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (forum.ForumID, error) {
		return in, forum.ResumeMail(ctx, tx, by, in, v.Line("address"))
	})
	if err != nil {
		return err
	}
	back := pages.ForumAddress(in, "people")
	switch from := v.Value("back"); {
	case from == "failed":
		back = pages.FailedAddress
	case messagePath.MatchString(from):
		back = from
	}
	return v.Done(mailResumed, 0, back)
}

// messagePath is a message's page.
var messagePath = regexp.MustCompile(`^/messages/[0-9]{1,18}$`)

func resumeOwnMail(v *Visit) error {
	_, err := Write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (forum.PersonID, error) {
		return by.Person, forum.ResumeOwnMail(ctx, tx, by)
	})
	if err != nil {
		return err
	}
	return v.Done(mailResumed, 0, pages.SelfAddress)
}
