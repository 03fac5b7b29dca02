package web

import (
	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"
)

// documentation is the page that tells what programs can ask for.
type documentation struct{ component templ.Component }

// Page shows it.
func (d documentation) Page() templ.Component { return d.component }

// showDocumentation opens it for anybody: it says nothing of anyone.
func showDocumentation(v *visit) error {
	if v.options.API == nil {
		return fiber.ErrNotFound
	}
	v.recognise()
	return v.show(documentation{v.options.API.Documentation(v.frame(v.text.T("page.api.title")).Shell)})
}
