package main_test

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/chromedp/chromedp"
)

// sendEmpty sends each form of a page with nothing in it, looks at the answer,
// and tells whether there was any form.
func (c *crawl) sendEmpty(path string) bool {
	// An empty choice or text is an answer too: all forums for a calendar, nobody for a stand-in, no word along with an
	// agenda, today for a day, no contact address, all of the overview, an item of the minutes without words, and the
	// press of a button alone.
	const emptied = `form.form:not([action="/me/feeds"], [action$="/stand-in"], [action$="/keys/ask"], [action$="/people"], [action$="/contacts"], [action$="/renew"], [action$="/revoke"], [action="/overview"], [action$="/items"])`
	forms := look[int](c.tab, fmt.Sprintf(`document.querySelectorAll(%q).length`, emptied))
	for i := range forms {
		if i > 0 {
			c.open(path)
		}
		needed := look[[]string](c.tab, fmt.Sprintf(`[...new Set([...document.querySelectorAll(%q)[%d].elements].filter(e => e.required && e.tagName !== "SELECT" && e.checkVisibility() && !new FormData(e.form).get(e.name)).map(e => e.name))]`, emptied, i))
		status := c.turn(path, chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`{
			const form = document.querySelectorAll(%q)[%d];
			for (const field of form.elements) {
				if (field.type === "radio") field.checked = false; else if (field.type !== "hidden") field.value = "";
			}
			HTMLFormElement.prototype.submit.call(form); // a button may have that name
		}`, emptied, i)))
		if status != http.StatusUnprocessableEntity {
			c.Errorf("form %d of %s, sent empty, answered %d", i+1, path, status)
		}
		if unnamed := look[[]string](c.tab, unnamed(needed)); len(unnamed) > 0 {
			c.Errorf("form %d of %s, sent empty, does not say that it needs %s", i+1, path, strings.Join(unnamed, ", "))
		}
		c.look(fmt.Sprintf("%s?empty=%d", path, i+1))
	}
	return forms > 0
}

// unnamed are those of the fields with some names beside which nothing is said to be wrong.
func unnamed(fields []string) string {
	return fmt.Sprintf(`%s.filter(name => ![...document.getElementsByName(name)].some(e => e.closest("[aria-invalid]") || e.closest("fieldset, .ds-field")?.querySelector("[aria-invalid], .ds-validation-message")))`, list(fields))
}

// list writes words as scripts do.
func list(words []string) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = strconv.Quote(word)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}
