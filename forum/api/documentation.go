package api

import (
	"maps"
	"slices"
	"strings"

	"github.com/a-h/templ"
	"github.com/danielgtaylor/huma/v2"

	"github.com/samraad/samraad/templates"
)

// Documentation shows people the operations of the document. The API is mounted before.
func (a *API) Documentation(around templates.Shell) templ.Component {
	return templates.API(templates.APIPage{
		Shell: around, Intro: strings.Split(overview, "\n\n")[1:], Document: Prefix + documentPath, Groups: a.groups(),
	})
}

// DocumentedTypes shows people the types of the document. The API is mounted before.
func (a *API) DocumentedTypes(around templates.Shell) templ.Component {
	return templates.APITypes(templates.APITypesPage{Shell: around, Types: a.types()})
}

// groups are the operations by their tags.
func (a *API) groups() []templates.APIGroup {
	doc := a.huma.OpenAPI()
	return Each(doc.Tags, func(tag *huma.Tag) templates.APIGroup {
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
		if p.In == "header" { // the overview tells of those
			continue
		}
		shown.Parameters = append(shown.Parameters, templates.APIField{Name: p.Name, Type: templates.APITypeName{Name: p.In}, Text: p.Description, Optional: !p.Required})
	}
	if op.RequestBody != nil {
		shown.Body = contentOf(op.RequestBody.Content)
	}
	for _, status := range slices.Sorted(maps.Keys(op.Responses)) {
		if response := op.Responses[status]; response.Ref == "" { // and is no problem
			shown.Answers = append(shown.Answers, templates.APIField{Name: status, Type: contentOf(response.Content), Text: response.Description})
		}
	}
	return shown
}

// contentOf is the type of a body: by its own name as JSON, and else by its media type.
func contentOf(content map[string]*huma.MediaType) templates.APITypeName {
	for mediaType, of := range content {
		if mediaType == "application/json" {
			return typeOf(of.Schema)
		}
		return templates.APITypeName{Name: mediaType}
	}
	return templates.APITypeName{}
}

// types are the types of bodies, by name.
func (a *API) types() (shown []templates.APIType) {
	schemas := a.huma.OpenAPI().Components.Schemas.Map()
	for _, name := range slices.Sorted(maps.Keys(schemas)) {
		of := templates.APIType{Name: name}
		for _, field := range slices.Sorted(maps.Keys(schemas[name].Properties)) {
			schema := schemas[name].Properties[field]
			of.Fields = append(of.Fields, templates.APIField{
				Name: field, Type: typeOf(schema), Text: schema.Description, Optional: !slices.Contains(schemas[name].Required, field),
			})
		}
		shown = append(shown, of)
	}
	return shown
}

// typeOf words the type of a schema.
func typeOf(s *huma.Schema) templates.APITypeName {
	switch {
	case s.Ref != "":
		name := s.Ref[strings.LastIndexByte(s.Ref, '/')+1:]
		return templates.APITypeName{Name: name, Link: name}
	case s.Type == "array":
		items := typeOf(s.Items)
		return templates.APITypeName{Name: "[" + items.Name + "]", Link: items.Link}
	case s.Type == "string" && s.Format != "":
		return templates.APITypeName{Name: s.Type + " (" + s.Format + ")"}
	}
	return templates.APITypeName{Name: s.Type}
}
