package web

import (
	"context"
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

// Visit is one request and who makes it.
type Visit struct {
	*Server
	c       *fiber.Ctx
	ctx     context.Context
	Text    templates.Text
	person  *templates.PersonBadge // nil until a transaction has found who it is
	here    *forum.Session         // likewise
	note    bool                   // the session's use is to be noted
	resting pages.Resting          // what is about to be sent
}

// begin starts the visit of a request. Its context is not the request's own,
// which is used again for another request while a database may still watch it.
func (s *Server) begin(c *fiber.Ctx) (*Visit, context.CancelFunc) {
	ctx, end := context.WithTimeout(context.Background(), visitWithin)
	v := &Visit{Server: s, c: c, ctx: ctx}
	v.Text = templates.In(v.browserLanguage())
	return v, end
}

// Act is what a visit does as someone in a transaction.
type Act[T any] func(ctx context.Context, tx forum.Tx, by forum.Actor) (T, error)

// Read runs an act that changes nothing for the person who is signed in.
func Read[T any](v *Visit, fn Act[T]) (T, error) {
	return transact(v, v.options.Keeper.Read, func(ctx context.Context, tx forum.Tx, by forum.Actor) (result T, err error) {
		if result, err = fn(ctx, tx, by); err == nil {
			err = v.readResting(ctx, tx, by)
		}
		return result, err
	})
}

// Write runs an act that changes something; all of it is kept or nothing.
func Write[T any](v *Visit, fn Act[T]) (T, error) {
	return transact(v, v.options.Keeper.Write, fn)
}

type transaction func(context.Context, func(context.Context, forum.Tx) error) error

func transact[T any](v *Visit, open transaction, fn Act[T]) (T, error) {
	var result T
	err := open(v.ctx, func(ctx context.Context, tx forum.Tx) error {
		by, err := v.identify(ctx, tx)
		if err != nil {
			return err
		}
		result, err = fn(ctx, tx, by)
		return err
	})
	v.noteVisit()
	return result, err
}

// noteVisit keeps a session that is used from ending as idle. Reading cannot
// do it, and a visit does not fail by it.
func (v *Visit) noteVisit() {
	if !v.note {
		return
	}
	v.note = false
	err := v.options.Keeper.Write(v.ctx, func(ctx context.Context, tx forum.Tx) error { return forum.NoteVisit(ctx, tx, *v.here) })
	if err != nil {
		v.options.Log.Warn("visit not noted", "error", err.Error())
	}
}

// identify tells who visits, and in which language to answer.
func (v *Visit) identify(ctx context.Context, tx forum.Tx) (forum.Actor, error) {
	session, err := forum.Identify(ctx, tx, v.c.Cookies(v.cookieName(sessionCookie)))
	if err != nil {
		return forum.Actor{}, err
	}
	by := forum.AsPerson(session.PersonID)
	v.here, v.note = session, session.Unnoted(tx.Now())
	if v.person != nil {
		return by, nil
	}
	person, err := tx.Person(ctx, by.Person)
	if err != nil {
		return by, err
	}
	v.speak(person.Language)
	v.person, err = v.badge(ctx, tx, person)
	return by, err
}

// speak answers in a person's language, unless another was chosen in the browser.
func (v *Visit) speak(language forum.Language) {
	if v.chosenLanguage() == "" {
		v.Text = templates.In(templates.Language(language))
	}
}

// badge says who is signed in by the first of the person's seats.
func (v *Visit) badge(ctx context.Context, tx forum.Tx, person *forum.Person) (*templates.PersonBadge, error) {
	badge := &templates.PersonBadge{Name: person.Name, Level: templates.Advisory, URL: pages.SelfAddress}
	seats, err := tx.SeatsOf(ctx, person.ID, forum.DateOf(tx.Now()))
	if err != nil || len(seats) == 0 {
		return badge, err
	}
	organisation, err := tx.Organisation(ctx, seats[0].OrganisationID)
	if err != nil {
		return nil, err
	}
	badge.Level, badge.Organisation = templates.Level(organisation.Level), organisation.On(forum.DateOf(tx.Now())).Name
	return badge, nil
}

// ID is the number in the path that names what the visit is about; NotFound
// for anything that is none.
func ID[T ~int64](v *Visit) (T, error) {
	number, err := strconv.ParseInt(v.c.Params("id"), 10, 64)
	if err != nil || number <= 0 {
		return 0, forum.Refuse(forum.NotFound, "error.not_found.page")
	}
	return T(number), nil
}

// Value is an answer of the form, fit to be stored: valid UTF-8, no NUL, and
// lines that end in LF.
func (v *Visit) Value(name string) string { return clean(v.c.FormValue(name)) }

func clean(text string) string {
	return strings.NewReplacer("\x00", "", "\r\n", "\n").Replace(strings.ToValidUTF8(text, "\uFFFD"))
}

// Chosen is an answer that is the number of something, 0 when it is none.
func Chosen[T ~int64](v *Visit, name string) T {
	number, err := strconv.ParseInt(v.Value(name), 10, 64)
	if err != nil || number < 0 {
		return 0
	}
	return T(number)
}

// Frame surrounds a page of this visit.
func (v *Visit) Frame(title string, crumbs ...templates.Link) pages.Frame {
	path := v.c.Path()
	frame := pages.Frame{Shell: templates.Shell{
		Text: v.Text, Title: title, Path: path, Person: v.person, Demo: v.options.Demo,
	}, Resting: v.resting}
	if v.person != nil {
		frame.Nav = append([]templates.NavItem{
			{Label: v.Text.T("nav.home"), URL: templates.HomeAddress, Current: path == templates.HomeAddress},
			{Label: v.Text.T("nav.forums"), URL: pages.ForumsAddress, Current: path == pages.ForumsAddress},
		}, v.options.House.Nav(v.Text, path)...)
	}
	if len(crumbs) > 0 {
		frame.Crumbs = append(append([]templates.Link{{Label: v.Text.T("nav.forums"), URL: pages.ForumsAddress}}, crumbs...), templates.Link{Label: title})
	}
	v.tell(&frame)
	return frame
}

// ForumCrumb is a forum on the way to a page.
func ForumCrumb(f forum.Forum) templates.Link {
	return templates.Link{Label: f.Name, URL: pages.ForumAddress(f.ID)}
}

// Page is what can be shown.
type Page interface{ Page() templ.Component }

// Show answers with a page.
func (v *Visit) Show(p Page) error { return v.showAs(fiber.StatusOK, p) }

func (v *Visit) showAs(status int, p Page) error {
	v.c.Response().ResetBody()
	if err := p.Page().Render(v.ctx, v.c.Response().BodyWriter()); err != nil {
		v.c.Response().ResetBody() // of half a page
		return err
	}
	v.c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	v.c.Set(fiber.HeaderVary, "Cookie, Accept-Language")
	v.c.Status(status)
	return nil
}

// GoTo sends the browser on to a page of ours by GET.
func (v *Visit) GoTo(path string) error { return v.c.Redirect(path, fiber.StatusSeeOther) }
