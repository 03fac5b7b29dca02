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

func showDocumentation(v *Visit) error {
	return v.document(v.Text.T("page.api.title"), API.Documentation)
}

func showDocumentedTypes(v *Visit) error {
	title := v.Text.T("page.api.types")
	return v.document(title, API.DocumentedTypes, templates.Link{Label: v.Text.T("page.api.title"), URL: templates.APIAddress}, templates.Link{Label: title})
}

// document opens a page of the documentation for anybody: it says nothing of anyone.
func (v *Visit) document(title string, show func(API, templates.Shell) templ.Component, crumbs ...templates.Link) error {
	if v.options.API == nil {
		return fiber.ErrNotFound
	}
	v.recognise()
	around := v.Frame(title).Shell
	around.Crumbs = crumbs
	return v.Show(documentation{show(v.options.API, around)})
}
