package web

import (
	"context"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"github.com/samraad/samraad/forum"
	pages "github.com/samraad/samraad/templates/forum"
)

func readPackage(v *visit) (*forum.PackagePage, error) {
	meeting, err := id[forum.MeetingID](v)
	if err != nil {
		return nil, err
	}
	return read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.PackagePage, error) {
		return forum.ReadPackagePage(ctx, tx, by, meeting)
	})
}

// showPackage shows what went out of a meeting, and who has looked at it. That is
// the secretaries'; who may open the meeting finds on its page what went out.
func showPackage(v *visit) error {
	sent, err := readPackage(v)
	if forum.IsKind(err, forum.Forbidden) {
		if page, _, closed := readMeeting(v); closed == nil {
			return v.goTo(pages.MeetingAddress(page.ID))
		}
	}
	if err != nil {
		return err
	}
	page := &forum.MeetingPage{Meeting: sent.Meeting, Forum: sent.Forum}
	return v.show(pages.Package{Frame: v.frame(v.text.T("page.package.all_title"), v.meetingCrumbs(page)...), Sent: sent})
}

// showCopies is the part of that page that changes as people look.
func showCopies(v *visit) error {
	sent, err := readPackage(v)
	if err != nil {
		return err
	}
	return v.show(part{pages.PackageCopies(v.text, sent)})
}

// showSentPackage is the part of a meeting's page that changes while a PDF is made.
func showSentPackage(v *visit) error {
	page, _, err := readMeeting(v)
	if err != nil {
		return err
	}
	return v.show(part{pages.SentPackage(v.text, page.Meeting, page.Package)})
}

// openEdition notes that the reader looks at an edition, and goes on to the file.
func openEdition(v *visit) error {
	edition, err := id[forum.EditionID](v)
	if err != nil {
		return err
	}
	_, err = write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.Edition, error) {
		return forum.OpenEdition(ctx, tx, by, edition)
	})
	if err != nil {
		return err
	}
	return v.goTo(pages.EditionAddress(edition, v.filePart()...))
}

func confirmEdition(v *visit) error {
	edition, err := id[forum.EditionID](v)
	if err != nil {
		return err
	}
	confirmed, err := write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.Edition, error) {
		return forum.ConfirmEdition(ctx, tx, by, edition)
	})
	if err != nil {
		return err
	}
	return v.done(noticeConfirmed, 0, pages.MeetingAddress(confirmed.MeetingID))
}

func openEditionFile(v *visit) error {
	edition, err := id[forum.EditionID](v)
	if err != nil {
		return err
	}
	file, err := read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.Paper, error) {
		return forum.ReadEditionFile(ctx, tx, by, edition, v.c.Params("part"), v.c.Params("key"))
	})
	if err != nil {
		return err
	}
	return v.sendPrint(file)
}

// filePart is the path of the file that a form asks for.
func (v *visit) filePart() []string {
	path := []string{"files", url.PathEscape(v.value("part"))}
	if key := v.value("key"); key != "" {
		path = append(path, url.PathEscape(key))
	}
	return path
}

// showCopy opens the copy of a receiver, in the receiver's language unless
// another was chosen in the browser.
func showCopy(v *visit) error {
	copy, err := anyone(v, func(ctx context.Context, tx forum.Tx) (*forum.CopyPage, error) {
		return forum.ReadCopy(ctx, tx, v.c.Params("pass"))
	})
	if err != nil {
		return err
	}
	v.speak(copy.Person.Language)
	p := pages.Copy{Copy: copy}
	p.Frame = v.frame(v.text.T("page.copy.title." + string(copy.Sort)))
	p.Frame.Demo = false // the link is all that the reader needs
	v.c.Set("X-Robots-Tag", "noindex, nofollow")
	return v.show(p)
}

func openCopy(v *visit) error {
	if err := v.mark(forum.OpenCopy); err != nil {
		return err
	}
	return v.goTo(pages.CopyAddress(v.c.Params("pass"), v.filePart()...))
}

func confirmCopy(v *visit) error {
	if err := v.mark(forum.ConfirmCopy); err != nil {
		return err
	}
	return v.done(noticeConfirmed, 0, pages.CopyAddress(v.c.Params("pass")))
}

// mark notes what the holder of a link did with the copy.
func (v *visit) mark(as func(context.Context, forum.Tx, string) (*forum.Delivery, error)) error {
	return v.options.Keeper.Write(v.ctx, func(ctx context.Context, tx forum.Tx) error {
		_, err := as(ctx, tx, v.c.Params("pass"))
		return err
	})
}

func openCopyFile(v *visit) error {
	file, err := anyone(v, func(ctx context.Context, tx forum.Tx) (*forum.Paper, error) {
		return forum.ReadCopyFile(ctx, tx, v.c.Params("pass"), v.c.Params("part"), v.c.Params("key"))
	})
	if err != nil {
		return err
	}
	v.c.Set("X-Robots-Tag", "noindex, nofollow")
	return v.sendPrint(file)
}

// printed lets a browser show a PDF that we made, and nothing else of it.
const printed = "default-src 'none'; object-src 'self'; frame-ancestors 'none'"

// sendPrint gives a file of an edition: what we printed to be shown, a paper of
// others to be saved.
func (v *visit) sendPrint(file *forum.Paper) error {
	part := v.c.Params("part")
	if part == "papers" {
		return v.sendPaper(&forum.Document{Name: file.Name, Type: file.Type, Digest: file.Digest})
	}
	content, err := v.bytesOf(file.Digest)
	if err != nil {
		return err
	}
	v.c.Set(fiber.HeaderContentSecurityPolicy, printed)
	v.c.Set(fiber.HeaderContentDisposition, disposition("inline", file.Name))
	v.c.Set(fiber.HeaderContentType, file.Type)
	return v.c.Send(content)
}
