package web

import (
	"context"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"github.com/samraad/samraad/forum"
	pages "github.com/samraad/samraad/templates/forum"
)

func readPackage(v *Visit) (*forum.PackagePage, error) {
	meeting, err := ID[forum.MeetingID](v)
	if err != nil {
		return nil, err
	}
	return Read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.PackagePage, error) {
		return forum.ReadPackagePage(ctx, tx, by, meeting)
	})
}

// showPackage shows what went out of a meeting, and who has looked at it. That is
// the secretaries'; who may open the meeting finds on its page what went out.
func showPackage(v *Visit) error {
	sent, err := readPackage(v)
	if forum.IsKind(err, forum.Forbidden) {
		if page, _, closed := readMeeting(v); closed == nil {
			return v.GoTo(pages.MeetingAddress(page.ID))
		}
	}
	if err != nil {
		return err
	}
	page := &forum.MeetingPage{Meeting: sent.Meeting, Forum: sent.Forum}
	return v.Show(pages.Package{Frame: v.Frame(v.Text.T("page.package.all_title"), v.meetingCrumbs(page)...), Sent: sent})
}

// showCopies is the part of that page that changes as people look.
func showCopies(v *Visit) error {
	sent, err := readPackage(v)
	if err != nil {
		return err
	}
	return v.Show(part{pages.PackageCopies(v.Text, sent)})
}

// showSentPackage is the part of a meeting's page that changes while a PDF is made.
func showSentPackage(v *Visit) error {
	page, _, err := readMeeting(v)
	if err != nil {
		return err
	}
	return v.Show(part{pages.SentPackage(v.Text, page.Meeting, page.Package)})
}

// openEdition notes that the reader looks at an edition, and goes on to the file.
func openEdition(v *Visit) error {
	edition, err := ID[forum.EditionID](v)
	if err != nil {
		return err
	}
	_, err = Write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.Edition, error) {
		return forum.OpenEdition(ctx, tx, by, edition)
	})
	if err != nil {
		return err
	}
	return v.GoTo(pages.EditionAddress(edition, v.filePart()...))
}

func confirmEdition(v *Visit) error {
	edition, err := ID[forum.EditionID](v)
	if err != nil {
		return err
	}
	confirmed, err := Write(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.Edition, error) {
		return forum.ConfirmEdition(ctx, tx, by, edition)
	})
	if err != nil {
		return err
	}
	return v.Done(noticeConfirmed, 0, pages.MeetingAddress(confirmed.MeetingID))
}

func openEditionFile(v *Visit) error {
	edition, err := ID[forum.EditionID](v)
	if err != nil {
		return err
	}
	file, err := Read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.Paper, error) {
		return forum.ReadEditionFile(ctx, tx, by, edition, v.c.Params("part"), v.c.Params("key"))
	})
	if err != nil {
		return err
	}
	return v.sendPrint(file)
}

// filePart is the path of the file that a form asks for.
func (v *Visit) filePart() []string {
	path := []string{"files", url.PathEscape(v.Value("part"))}
	if key := v.Value("key"); key != "" {
		path = append(path, url.PathEscape(key))
	}
	return path
}

// showCopy opens the copy of a receiver, in the receiver's language unless
// another was chosen in the browser.
func showCopy(v *Visit) error {
	copy, err := anyone(v, func(ctx context.Context, tx forum.Tx) (*forum.CopyPage, error) {
		return forum.ReadCopy(ctx, tx, v.c.Params("pass"))
	})
	if err != nil {
		return err
	}
	v.speak(copy.Person.Language)
	p := pages.Copy{Copy: copy}
	p.Frame = v.Frame(v.Text.T("page.copy.title." + string(copy.Sort)))
	p.Frame.Demo = false // the link is all that the reader needs
	v.c.Set("X-Robots-Tag", "noindex, nofollow")
	return v.Show(p)
}

func openCopy(v *Visit) error {
	if err := v.mark(forum.OpenCopy); err != nil {
		return err
	}
	return v.GoTo(pages.CopyAddress(v.c.Params("pass"), v.filePart()...))
}

func confirmCopy(v *Visit) error {
	if err := v.mark(forum.ConfirmCopy); err != nil {
		return err
	}
	return v.Done(noticeConfirmed, 0, pages.CopyAddress(v.c.Params("pass")))
}

// mark notes what the holder of a link did with the copy.
func (v *Visit) mark(as func(context.Context, forum.Tx, string) (*forum.Delivery, error)) error {
	return v.options.Keeper.Write(v.ctx, func(ctx context.Context, tx forum.Tx) error {
		_, err := as(ctx, tx, v.c.Params("pass"))
		return err
	})
}

func openCopyFile(v *Visit) error {
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
func (v *Visit) sendPrint(file *forum.Paper) error {
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
