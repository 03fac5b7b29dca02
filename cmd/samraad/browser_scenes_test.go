package main_test

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/chromedp/chromedp"
)

// scenes are states of pages that no link leads to: what a form answers, and
// what is shown where there is nothing yet. Each is told by who sees it.
var scenes = map[string]func(*crawl){
	"secretary":       (*crawl).secretaryScenes,
	"other secretary": (*crawl).otherScenes,
	"member":          (*crawl).memberScenes,
	"stranger":        (*crawl).strangerScenes,
}

// bare is a forum in which nothing has happened yet.
const bare = "IKT-samhandlingsutvalet"

func (c *crawl) secretaryScenes() {
	c.open("/forums")
	c.press(bare)
	empty := c.path()
	for _, path := range []string{"", "/inbox", "/sent", "/held", "/people", "/handover"} {
		c.visit(empty + path)
	}

	c.open("/forums")
	c.press(council)
	forum := c.path()
	c.open(forum + "/members/import")
	c.write("text", strings.Join([]string{
		"Namn;E-post;Organisasjon;Verv;Frå",
		"Kommunalsjef, Ulvik herad;kommunalsjef@ulvik.example;Ulvik herad;Medlem;" + time.Now().AddDate(0, 1, 0).Format(time.DateOnly),
		"Rådgjevar, Kvam herad;radgjevar@kvam.example;Kvamm herad;Rådgjevar;i haust",
	}, "\n"))
	c.refused(c.say.T("page.members.preview"))
	c.look(forum + "/members/import?wrong")

	c.open(forum + "/series/new")
	first := time.Now().AddDate(0, 1, 0)
	c.choose("kind", "weeks")
	c.choose("avoid", "move")
	c.choose("form", "ordinary")
	for name, value := range map[string]string{
		"weekday": "2", "weeks": "6", "from": first.Format(time.DateOnly), "to": first.AddDate(1, 0, 0).Format(time.DateOnly),
		"start": "10:00", "end": "12:00", "place": "Gamle kyrkja, Øystese",
	} {
		c.set(name, value)
	}
	c.press(c.say.T("page.series.preview"))
	c.look(forum + "/series/new?preview")
	c.editsAtOnce("/meetings/3/agenda")
}

// editsAtOnce saves an agenda that was saved elsewhere after it was opened.
func (c *crawl) editsAtOnce(agenda string) {
	const lengthen = `{ const field = document.querySelector('[name^="minutes-"]'); field.value = Number(field.value) + %d }`
	c.open(agenda)
	base := look[string](c.tab, `document.querySelector('[name="base"]').value`)
	c.do("a longer line", chromedp.Evaluate[chromedp.Void](fmt.Sprintf(lengthen, 5)))
	c.press(c.say.T("page.agenda.save"))
	c.open(agenda)
	c.do("the version that was opened before", chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`document.querySelector('[name="base"]').value = %q`, base)))
	c.do("another length", chromedp.Evaluate[chromedp.Void](fmt.Sprintf(lengthen, 10)))
	if status := c.pressed(c.say.T("page.agenda.save")); status != http.StatusConflict {
		c.Errorf("an agenda that was saved elsewhere answered %d", status)
	}
	c.look(agenda + "?conflict")
}

func (c *crawl) otherScenes() {
	c.open("/me")
	c.press(c.say.T("page.self.feed_submit"))
	c.look("/me?feed")
	c.open("/me")
	c.from(c.links()...)
}

func (c *crawl) memberScenes() {
	for _, path := range []string{"/meetings/1/package", "/forums/2/inbox", "/forums/2/sent"} {
		c.visit(path)
	}
}

func (c *crawl) strangerScenes() {
	for _, path := range []string{"/copy/glymt", "/guest/glymt", "/me", "/meetings/1"} {
		c.visit(path)
	}
	c.open("/sign-in")
	c.write("address", "nokon@kvam.example")
	c.press(c.say.T("page.sign_in.submit"))
	c.write("code", "000000")
	c.refused(c.say.T("page.sign_in_code.submit"))
	c.look("/sign-in/code?wrong")
}
