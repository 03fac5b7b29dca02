package api

import (
	"bytes"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"github.com/samraad/samraad/templates"
)

// showDocumentation shows people what the document says, on a page of ours.
func (a *API) showDocumentation(c *fiber.Ctx) error {
	text := templates.In(askedLanguage(c.Get(fiber.HeaderAcceptLanguage)))
	page := templates.APIPage{
		Shell: templates.Shell{Text: text, Title: text.T("page.api.title"), Path: Prefix},
		Intro: strings.Split(overview, "\n\n"), Document: Prefix + "/openapi.json", Groups: a.groups(), Types: a.types(),
	}
	var html bytes.Buffer
	if err := templates.API(page).Render(context.Background(), &html); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	c.Set(fiber.HeaderCacheControl, "no-cache")
	c.Set(fiber.HeaderVary, "Accept-Language")
	return c.Send(html.Bytes())
}

// groups are the operations by their tags.
func (a *API) groups() []templates.APIGroup {
	doc := a.huma.OpenAPI()
	return each(doc.Tags, func(tag *huma.Tag) templates.APIGroup {
		group := templates.APIGroup{Name: tag.Name, Text: tag.Description}
		for _, path := range slices.Sorted(maps.Keys(doc.Paths)) {
			for _, op := range operationsOf(doc.Paths[path]) {
				if slices.Contains(op.Tags, tag.Name) {
					group.Operations = append(group.Operations, documented(op))
				}
			}
		}
		return group
	})
}

func documented(op *huma.Operation) templates.APIOperation {
	shown := templates.APIOperation{ID: op.OperationID, Method: op.Method, Path: op.Path, Summary: op.Summary, Text: op.Description}
	for _, p := range op.Parameters {
		shown.Parameters = append(shown.Parameters, templates.APIField{Name: p.Name, Type: p.In, Text: p.Description, Required: p.Required})
	}
	if op.RequestBody != nil {
		for mediaType, of := range op.RequestBody.Content {
			shown.Body = mediaType + " " + typeOf(of.Schema)
		}
	}
	for _, status := range slices.Sorted(maps.Keys(op.Responses)) {
		answer := templates.APIField{Name: status, Text: op.Responses[status].Description}
		if ref := op.Responses[status].Ref; ref != "" {
			answer.Type, answer.Text = "Problem", ref[strings.LastIndexByte(ref, '/')+1:]
		}
		for _, of := range op.Responses[status].Content {
			answer.Type = typeOf(of.Schema)
		}
		shown.Answers = append(shown.Answers, answer)
	}
	return shown
}

// types are the types of bodies, by name.
func (a *API) types() (shown []templates.APIType) {
	schemas := a.huma.OpenAPI().Components.Schemas.Map()
	for _, name := range slices.Sorted(maps.Keys(schemas)) {
		of := templates.APIType{Name: name}
		for _, field := range slices.Sorted(maps.Keys(schemas[name].Properties)) {
			schema := schemas[name].Properties[field]
			of.Fields = append(of.Fields, templates.APIField{
				Name: field, Type: typeOf(schema), Text: schema.Description, Required: slices.Contains(schemas[name].Required, field),
			})
		}
		shown = append(shown, of)
	}
	return shown
}

// typeOf words the type of a schema.
func typeOf(s *huma.Schema) string {
	switch {
	case s == nil:
		return ""
	case s.Ref != "":
		return s.Ref[strings.LastIndexByte(s.Ref, '/')+1:]
	case s.Type == "array":
		return "[" + typeOf(s.Items) + "]"
	case s.Format != "":
		return s.Type + " (" + s.Format + ")"
	}
	return s.Type
}
