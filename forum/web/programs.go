package web

import (
	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"github.com/samraad/samraad/templates"
)

// documentation is a page that tells what programs can ask for.
type documentation struct{ component templ.Component }

// Page shows it.
func (d documentation) Page() templ.Component { return d.component }

func showDocumentation(v *visit) error {
	return v.document(v.text.T("page.api.title"), API.Documentation)
}

func showDocumentedTypes(v *visit) error {
	title := v.text.T("page.api.types")
	return v.document(title, API.DocumentedTypes, templates.Link{Label: v.text.T("page.api.title"), URL: templates.APIAddress}, templates.Link{Label: title})
}

// document opens a page of the documentation for anybody: it says nothing of anyone.
func (v *visit) document(title string, show func(API, templates.Shell) templ.Component, crumbs ...templates.Link) error {
	if v.options.API == nil {
		return fiber.ErrNotFound
	}
	v.recognise()
	around := v.frame(title).Shell
	around.Crumbs = crumbs
	return v.show(documentation{show(v.options.API, around)})
}
