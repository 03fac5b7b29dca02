package web

import (
	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"github.com/samraad/samraad/forum"
)

// What the house above borrows of the forum's own pages.

// ShowPart answers with a piece of a page.
func (v *Visit) ShowPart(of templ.Component) error { return v.Show(part{of}) }

// Quick tells whether a script of ours asks, which wants a piece of a page and no
// page to go on to.
func (v *Visit) Quick() bool { return v.c.Get("X-Requested-With") == "samraad" }

// Trouble answers a script of ours with what is wrong, in words.
func (v *Visit) Trouble(text string) error {
	return v.c.Status(fiber.StatusUnprocessableEntity).SendString(text)
}

// ShowPrint gives a PDF that we printed, to be shown.
func (v *Visit) ShowPrint(name string, digest forum.Digest) error {
	content, err := v.bytesOf(digest)
	if err != nil {
		return err
	}
	v.c.Set(fiber.HeaderContentSecurityPolicy, printed)
	v.c.Set(fiber.HeaderContentDisposition, disposition("inline", name))
	v.c.Set(fiber.HeaderContentType, "application/pdf")
	return v.c.Send(content)
}
