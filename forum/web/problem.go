package web

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/samraad/samraad/forum"
	pages "github.com/samraad/samraad/templates/forum"
)

// statuses are the HTTP statuses of the kinds of refusal.
var statuses = map[forum.Kind]int{
	forum.NotFound: fiber.StatusNotFound, forum.Forbidden: fiber.StatusForbidden, forum.Invalid: fiber.StatusUnprocessableEntity,
	forum.Conflict: fiber.StatusConflict, forum.Unavailable: fiber.StatusServiceUnavailable,
	forum.TooMany: fiber.StatusTooManyRequests,
}

// problem answers a request that failed: the one place where an error becomes
// a status and a page in the reader's language.
func (s *Server) problem(c *fiber.Ctx, err error) (failed error) {
	defer func() { // nothing stands around this that would catch it
		if fault := recover(); fault != nil {
			s.options.Log.Error("problem not shown", "path", loggedPath(c), "error", fmt.Sprint(fault), "problem", err.Error())
			failed = c.SendStatus(fiber.StatusInternalServerError)
		}
	}()
	if s.ofAPI(c) {
		s.guard(c)
		return s.options.API.Problem(c, err)
	}
	v, end := s.begin(c) // anew: the time of the visit that failed may be over
	defer end()
	s.guard(c) // a form that is too large fails before any route is asked
	v.recognise()
	p := pages.Problem{Status: fiber.StatusInternalServerError}
	var refusal *forum.Error
	var answer *fiber.Error
	switch {
	case errors.As(err, &refusal):
		if page, ok := v.mustSignIn(refusal); ok {
			return v.showAs(statuses[refusal.Kind], page)
		}
		p = v.refused(refusal)
	case errors.As(err, &answer) && answer.Code < fiber.StatusInternalServerError:
		p = v.unanswered(answer)
	default:
		reference := forum.NewSecret()[:8]
		s.options.Log.Error("request failed", "reference", reference, "method", c.Method(), "path", loggedPath(c), "error", err.Error())
		p.Frame, p.Lead = v.Frame(v.Text.T("page.problem.unexpected")), v.Text.T("error.unexpected", "Reference", reference)
	}
	if p.Status != fiber.StatusConflict && p.Status != fiber.StatusNotFound && (refusal == nil || refusal.Key != "error.foreign_request") {
		p.Typed = v.typed()
	}
	if p.Status == fiber.StatusServiceUnavailable {
		c.Set(fiber.HeaderRetryAfter, "10")
	}
	return v.showAs(p.Status, p)
}

// recognise finds who visits where the handler did not come to it; when that
// fails too the page is a stranger's.
func (v *Visit) recognise() {
	if v.person != nil || v.c.Cookies(v.cookieName(sessionCookie)) == "" {
		return
	}
	_, _ = Read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (forum.Actor, error) { return by, nil })
}

func (v *Visit) refused(refusal *forum.Error) pages.Problem {
	p := pages.Problem{Status: statuses[refusal.Kind], Lead: v.Text.T(refusal.Key, refusal.Args...)}
	title := map[forum.Kind]string{
		forum.NotFound: "page.problem.not_found", forum.Forbidden: "page.problem.forbidden", forum.Invalid: "page.problem.invalid",
		forum.Conflict: "page.problem.conflict", forum.Unavailable: "page.problem.unavailable", forum.TooMany: "page.problem.too_many",
	}[refusal.Kind]
	if refusal.Key == "error.foreign_request" {
		title = "page.problem.foreign"
	}
	if refusal.Kind == forum.Conflict || refusal.Kind == forum.Invalid {
		p.Back = v.cameFrom()
	}
	if refusal.Kind == forum.Unavailable {
		v.options.Log.Error("unavailable", "path", loggedPath(v.c), "error", refusal.Error())
	}
	p.Frame = v.Frame(v.Text.T(title))
	return p
}

// unanswered is what no handler took: no such page, or a request that cannot be read.
func (v *Visit) unanswered(answer *fiber.Error) pages.Problem {
	title, lead := "page.problem.not_found", v.Text.T("error.not_found.page")
	switch answer.Code {
	case fiber.StatusRequestEntityTooLarge:
		title, lead = "page.problem.too_large", v.Text.T("error.too_large", "Most", v.Text.Size(largestRequest))
		if answer == errFormTooLarge || !bringsPapers(v.c.Get(fiber.HeaderContentType)) {
			lead = v.Text.T("error.form_too_large", "Most", v.Text.Size(largestForm))
		}
	case fiber.StatusRequestHeaderFieldsTooLarge:
		title, lead = "page.problem.too_large", v.Text.T("error.header_too_large")
	case fiber.StatusRequestTimeout:
		title, lead = "page.problem.too_slow", v.Text.T("error.too_slow")
	case fiber.StatusBadRequest:
		title, lead = "page.problem.invalid", v.Text.T("error.broken_request")
	}
	return pages.Problem{Frame: v.Frame(v.Text.T(title)), Status: answer.Code, Lead: lead}
}

// notTyped are the fields of forms that a program fills in, or nobody should see.
var notTyped = []string{"pass", "code", "next", "back", "kept", "step"}

// typed is what stands in a form, to be copied from where it was not taken:
// neither the choices, which are numbers, nor more than a page can hold.
func (v *Visit) typed() string {
	const most = 100_000
	var texts []string
	size := 0
	for _, field := range v.fields() {
		text := strings.TrimSpace(field.value)
		if text == "" || strings.Trim(text, "0123456789") == "" || slices.Contains(notTyped, field.name) || size+len(text) > most {
			continue
		}
		texts, size = append(texts, text), size+len(text)
	}
	return strings.Join(texts, "\n\n")
}

// cameFrom is the page of ours that a form was posted from; without word of it
// the page of the thing that the path names.
func (v *Visit) cameFrom() string {
	referer, err := url.Parse(v.c.Get(fiber.HeaderReferer))
	if err == nil && referer.Host == string(v.c.Context().Host()) && referer.Path != "" {
		return ownPath(referer.Path)
	}
	parts := strings.Split(v.c.Path(), "/")
	if len(parts) == 4 && parts[1] != "removals" && parts[1] != "weeks" {
		return ownPath(strings.Join(parts[:3], "/"))
	}
	return ""
}
