package api

import (
	"encoding/json"
	"maps"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"
)

// overview opens the document.
const overview = `Every list and act of the program, for programs.

A call is made with a token as bearer (RFC 6750); it acts as the token's person and may do what that person may, as far as its scope reaches. The operator makes tokens with "samraad token create". Cookies are not taken.

Times are UTC (RFC 3339); days are days in Oslo. What a reader may not see is left out or stands in for itself by its number and legal basis.

Lists are read page by page: follow the link "next" until there is none. An answer that shows a thing has an ETag. A change of a thing needs If-Match with the tag of what the caller has seen: without it the answer is 428, and 412 when somebody else has changed the thing meanwhile. A creation takes an Idempotency-Key, so that it can be asked for again when its answer was lost.

What fails is answered as application/problem+json (RFC 9457) in the language of Accept-Language (nn, nb or en), or else in the one that the person reads; its code is the same in every language.`

// config tells the library how the API is described and spoken.
func (a *API) config() huma.Config {
	config := huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{
				Title: "Samråd", Version: "1", Description: overview,
				License: &huma.License{Name: "MIT", Identifier: "MIT"},
			},
			Servers: []*huma.Server{{URL: strings.TrimSuffix(a.options.URL, "/")}},
			Components: &huma.Components{
				Schemas: huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer),
				SecuritySchemes: map[string]*huma.SecurityScheme{
					"bearer": {Type: "http", Scheme: "bearer", Description: `A token that "samraad token create" printed.`},
				},
			},
			Tags: tags(),
		},
		Formats:                      map[string]huma.Format{"application/json": asJSON, "json": asJSON},
		DefaultFormat:                "application/json",
		Transformers:                 []huma.Transformer{a.ourProblem},
		RejectUnknownQueryParameters: true,
	}
	if a.options.URL == "" {
		config.Servers[0].URL = "/"
	}
	return config
}

// tags are the groups of operations, in the order of the document.
func tags() (tags []*huma.Tag) {
	for _, t := range [][2]string{
		{"Forums", "The forums of the areas, with their mandates, and the organisations."},
		{"People", "Who sits in a forum, lists of members, and seats that end."},
		{"Meetings", "Planning, calling, moving and cancelling, and who comes."},
		{"Agenda", "The running order of a meeting, and its guests."},
		{"Package", "What goes out to those who are invited, and the keys that let it out."},
		{"Series", "Meetings by a rule, the calendar of an area, and weeks without meetings."},
		{"Matters", "What is proposed, placed on agendas, and removed by agreement."},
		{"Drafts", "What both levels write together about a matter: sections, comments, and what each level has given."},
		{"Papers", "The papers of matters, with their versions and access codes."},
		{"Mail", "What was sent, what is held back, and what failed."},
		{"Self", "The token's own person."},
	} {
		tags = append(tags, &huma.Tag{Name: t[0], Description: t[1]})
	}
	return tags
}

// Group adds a group of operations of the house above to the document, and what
// the numbers in its paths are of, by the part before them.
func (a *API) Group(tag, text string, things map[string]string) Subject {
	doc := a.huma.OpenAPI()
	doc.Tags = append(doc.Tags, &huma.Tag{Name: tag, Description: text})
	maps.Copy(a.things, things)
	return Subject{a, tag}
}

// things names what a path's first part is about, of the forum's own.
var things = map[string]string{
	"forums": "Number of the forum.", "seats": "Number of the seat.", "endings": "Number of the ending.", "meetings": "Number of the meeting.",
	"guests": "Number of the guest.", "editions": "Number of the edition.", "series": "Number of the series.", "areas": "Number of the area.",
	"weeks": "Number of the blocked weeks.", "matters": "Number of the matter.", "removals": "Number of the removal.", "sections": "Number of the section.", "threads": "Number of the thread.", "papers": "Number of the paper.",
	"messages": "Number of the message.", "incoming": "Number of the mail.", "failed": "Number of the job.",
	"absences": "Number of the absence.", "feeds": "Number of the feed.",
}

// successes say what the library's words for a success mean here.
var successes = map[string]string{"OK": "As it stands.", "Created": "It is made.", "No Content": "It is gone."}

// finish completes the document with what every operation shares, and writes it.
func (a *API) finish() []byte {
	doc := a.huma.OpenAPI()
	schemas := doc.Components.Schemas
	problem := schemas.Schema(reflect.TypeFor[Problem](), true, "Problem")
	doc.Components.Responses = map[string]*huma.Response{}
	for status := range titles {
		if status != http.StatusMethodNotAllowed && status != http.StatusTooManyRequests { // no operation answers so
			a.describeProblem(status, problem)
		}
	}
	a.describeProblem(http.StatusInternalServerError, problem)
	for _, unused := range []string{"ErrorModel", "ErrorDetail"} { // the library's own shape of problems
		delete(schemas.Map(), unused)
	}
	for path, item := range doc.Paths {
		for _, op := range operationsOf(item) {
			for _, p := range op.Parameters {
				if p.Name == "id" && p.In == "path" {
					p.Description = a.things[thingOf(path)]
				}
			}
			for _, response := range op.Responses {
				if text, ours := successes[response.Description]; ours {
					response.Description = text
				}
			}
		}
	}
	text, err := json.Marshal(doc)
	if err != nil {
		panic(err) // of our own types, before anything is served
	}
	return text
}

func (a *API) describeProblem(status int, schema *huma.Schema) {
	a.huma.OpenAPI().Components.Responses[problemName(status)] = &huma.Response{
		Description: http.StatusText(status), Content: map[string]*huma.MediaType{problemType: {Schema: schema}},
	}
}

// thingOf is the part of a path that names what its id is of.
func thingOf(path string) string {
	before, _, _ := strings.Cut(path, "/{id}")
	return before[strings.LastIndexByte(before, '/')+1:]
}

// operationsOf are the operations of a path.
func operationsOf(item *huma.PathItem) (found []*huma.Operation) {
	for _, op := range []*huma.Operation{item.Get, item.Put, item.Post, item.Delete} {
		if op != nil {
			found = append(found, op)
		}
	}
	return found
}

// showDocument serves the document; it says nothing of anybody, so no token is needed.
func (a *API) showDocument(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
	c.Set(fiber.HeaderCacheControl, "no-cache")
	return c.Send(a.document)
}
