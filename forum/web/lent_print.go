package web

import (
	"context"

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

// What the pages of the house above need of a visit.

// Anyone runs an act that needs no sign-in and changes nothing: a link is all that it asks for.
func Anyone[T any](v *Visit, fn func(ctx context.Context, tx forum.Tx) (T, error)) (T, error) {
	return anyone(v, fn)
}

// AnyoneWrites is Anyone for an act that changes something; all of it is kept or nothing.
func AnyoneWrites[T any](v *Visit, fn func(ctx context.Context, tx forum.Tx) (T, error)) (result T, err error) {
	err = v.options.Keeper.Write(v.ctx, func(ctx context.Context, tx forum.Tx) (err error) {
		result, err = fn(ctx, tx)
		return err
	})
	return result, err
}

// Pass is the secret in the path. What is answered to who has it is nobody else's to find.
func (v *Visit) Pass() string {
	v.c.Set("X-Robots-Tag", "noindex, nofollow")
	v.c.Set(fiber.HeaderReferrerPolicy, "no-referrer")
	return v.c.Params("pass")
}

// Values are all answers of the form to one question.
func (v *Visit) Values(name string) []string {
	var values []string
	for _, value := range v.c.Request().PostArgs().PeekMulti(name) {
		values = append(values, clean(string(value)))
	}
	return values
}
