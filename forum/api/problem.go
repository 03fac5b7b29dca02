package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"
	"github.com/gofiber/fiber/v2"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
)

// Problem is what a call that failed is answered (RFC 9457).
type Problem struct {
	Type      string  `json:"type" format:"uri-reference" doc:"Always about:blank: the status and the code say what is wrong." example:"about:blank"`
	Title     string  `json:"title" doc:"What sort of problem it is, in the language that the call accepts or the person reads."`
	Status    int     `json:"status" doc:"The HTTP status of the answer." example:"422"`
	Detail    string  `json:"detail" doc:"What is wrong and what to do about it, in the language that the call accepts or the person reads."`
	Code      string  `json:"code" doc:"What is wrong, for programs: one code says the same in every language." example:"error.matter.no_title"`
	Errors    []Fault `json:"errors,omitempty" doc:"The fields that are wrong, one entry each."`
	Reference string  `json:"reference,omitempty" doc:"Of an error on our side: the number under which it is logged."`

	headers http.Header
}

// Fault is what is wrong with one field of a call.
type Fault struct {
	Field  string `json:"field" doc:"The field: its path within the body, or behind path., query. or header. the name of the parameter." example:"title"`
	Detail string `json:"detail" doc:"What is wrong with it, in the language that the call accepts or the person reads."`
	Code   string `json:"code" doc:"What is wrong with it, for programs." example:"error.api.required"`
}

// Error is for the log.
func (p *Problem) Error() string { return p.Code }

// GetStatus is the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// GetHeaders are the headers that go with it.
func (p *Problem) GetHeaders() http.Header { return p.headers }

// ContentType is that of problems.
func (*Problem) ContentType(string) string { return problemType }

const problemType = "application/problem+json"

// httpRefusal is a refusal that only HTTP knows: of a precondition, or of who calls.
type httpRefusal struct {
	status  int
	key     string
	args    []any
	field   string
	headers http.Header
}

func refusal(status int, key string, args ...any) *httpRefusal {
	return &httpRefusal{status: status, key: key, args: args, headers: http.Header{}}
}

func (r *httpRefusal) with(header, value string) *httpRefusal {
	r.headers.Set(header, value)
	return r
}

func (r *httpRefusal) on(field string) *httpRefusal {
	r.field = field
	return r
}

// Error is for the log.
func (r *httpRefusal) Error() string { return r.key }

// statuses are the HTTP statuses of the kinds of refusal.
var statuses = map[forum.Kind]int{
	forum.NotFound: http.StatusNotFound, forum.Forbidden: http.StatusForbidden, forum.Invalid: http.StatusUnprocessableEntity,
	forum.Conflict: http.StatusConflict, forum.Unavailable: http.StatusServiceUnavailable, forum.TooMany: http.StatusTooManyRequests,
}

// titles are the text keys of what sort of problem a status is.
var titles = map[int]string{
	http.StatusBadRequest: "api.problem.bad_request", http.StatusUnauthorized: "api.problem.unauthorized", http.StatusForbidden: "page.problem.forbidden",
	http.StatusNotFound: "page.problem.not_found", http.StatusMethodNotAllowed: "page.problem.not_found", http.StatusNotAcceptable: "api.problem.not_acceptable",
	http.StatusConflict: "page.problem.conflict", http.StatusPreconditionFailed: "api.problem.stale", http.StatusPreconditionRequired: "api.problem.unseen",
	http.StatusRequestEntityTooLarge: "page.problem.too_large", http.StatusUnsupportedMediaType: "api.problem.media_type",
	http.StatusUnprocessableEntity: "page.problem.invalid", http.StatusTooManyRequests: "page.problem.too_many", http.StatusServiceUnavailable: "page.problem.unavailable",
}

// problem is the one place where an error becomes a status and a text in the
// language of the caller.
func (a *API) problem(ctx context.Context, err error) *Problem {
	text := callerOf(ctx).text
	var refused *forum.Error
	var http *httpRefusal
	switch {
	case errors.As(err, &http):
		return problemOf(text, http)
	case errors.As(err, &refused):
		if refused.Kind == forum.Unavailable {
			a.options.Log.Error("unavailable", "error", refused.Error())
		}
		as := refusal(statuses[refused.Kind], refused.Key, refused.Args...).on(refused.Field)
		if refused.Kind == forum.Unavailable {
			as = as.with("Retry-After", "10")
		}
		return problemOf(text, as)
	}
	return a.unexpected(text, err)
}

func (a *API) unexpected(text templates.Text, err error) *Problem {
	reference := forum.NewSecret()[:8]
	a.options.Log.Error("call failed", "reference", reference, "error", err.Error())
	p := problemOf(text, refusal(http.StatusInternalServerError, "error.unexpected", "Reference", reference))
	p.Reference = reference
	return p
}

func problemOf(text templates.Text, r *httpRefusal) *Problem {
	title, known := titles[r.status]
	if !known {
		title = "page.problem.unexpected"
	}
	p := &Problem{Type: "about:blank", Title: text.T(title), Status: r.status, Detail: text.T(r.key, r.args...), Code: r.key, headers: r.headers}
	if r.field != "" {
		p.Errors = []Fault{{Field: r.field, Detail: p.Detail, Code: r.key}}
	}
	return p
}

// refuse answers a call with a problem before any operation takes it.
func (a *API) refuse(ctx huma.Context, p *Problem) {
	for name, values := range p.headers {
		ctx.SetHeader(name, values[0])
	}
	ctx.SetHeader("Content-Type", problemType)
	ctx.SetStatus(p.Status)
	_ = json.NewEncoder(ctx.BodyWriter()).Encode(p)
}

// Problem answers a call that came to no operation: no such path, too large a
// body, or an error on our side.
func (a *API) Problem(c *fiber.Ctx, err error) error {
	ctx := context.WithValue(context.Background(), callerKey{}, callerAsking(c.Get(fiber.HeaderAcceptLanguage)))
	var answer *fiber.Error
	if errors.As(err, &answer) && answer.Code < http.StatusInternalServerError {
		err = refusal(answer.Code, standing(answer.Code))
	}
	p := a.problem(ctx, err)
	for name, values := range p.headers {
		c.Set(name, values[0])
	}
	body, err := json.Marshal(p)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, problemType)
	return c.Status(p.Status).Send(body)
}

// standing is the text key of what stands behind a status that HTTP itself gives.
func standing(status int) string {
	switch status {
	case http.StatusBadRequest:
		return "error.api.unreadable"
	case http.StatusNotAcceptable:
		return "error.api.not_acceptable"
	case http.StatusRequestEntityTooLarge:
		return "error.api.too_large"
	case http.StatusUnsupportedMediaType:
		return "error.api.media_type"
	case http.StatusUnprocessableEntity:
		return "error.api.invalid"
	}
	return "error.not_found.operation"
}

// ourProblem gives what the library says against a call the shape and the
// language of every other problem.
func (a *API) ourProblem(ctx huma.Context, _ string, v any) (any, error) {
	model, ok := v.(*huma.ErrorModel)
	if !ok {
		return v, nil
	}
	text := callerOf(ctx.Context()).text
	if model.Status >= http.StatusInternalServerError {
		return a.unexpected(text, errors.New(model.Detail)), nil
	}
	p := problemOf(text, refusal(model.Status, standing(model.Status)))
	for _, fault := range model.Errors {
		if model.Status == http.StatusUnprocessableEntity {
			p.Errors = append(p.Errors, faultOf(text, fault))
		}
	}
	return p, nil
}

// faultOf says what is wrong with a field; its message is a text key, behind
// which may stand what the field is compared with.
func faultOf(text templates.Text, of *huma.ErrorDetail) Fault {
	key, limit, _ := strings.Cut(of.Message, keyEnd)
	if !strings.HasPrefix(key, "error.api.") {
		key = "error.api.value"
	}
	field := strings.TrimPrefix(strings.TrimPrefix(of.Location, "body"), ".")
	if key == "error.api.required" && !strings.HasPrefix(field, "path.") {
		field = strings.TrimPrefix(field+"."+limit, ".")
	}
	return Fault{Field: field, Detail: text.T(key, "Limit", limit), Code: key}
}

// keyEnd stands between a text key and its value.
const keyEnd = "|"

// The library words what is wrong with a value from variables, in English; they
// are set to text keys once, so that it is said in the language of the caller.
func init() {
	huma.DefaultArrayNullable = false
	validation.MsgUnexpectedProperty = "error.api.unknown"
	validation.MsgExpectedRequiredProperty = limited("error.api.required", "%s")
	validation.MsgExpectedString, validation.MsgExpectedBoolean = "error.api.string", "error.api.boolean"
	validation.MsgExpectedNumber, validation.MsgExpectedInteger = "error.api.integer", "error.api.integer"
	validation.MsgExpectedArray, validation.MsgExpectedObject = "error.api.array", "error.api.object"
	validation.MsgExpectedRFC3339DateTime, validation.MsgExpectedRFC3339Date = "error.api.instant", "error.api.date"
	validation.MsgExpectedOneOf = limited("error.api.one_of", "%s")
	validation.MsgExpectedMinimumNumber = limited("error.api.at_least", "%v")
	validation.MsgExpectedMaximumNumber = limited("error.api.at_most", "%v")
	validation.MsgExpectedMinLength, validation.MsgExpectedMinItems = limited("error.api.at_least_long", "%d"), limited("error.api.at_least_items", "%d")
	validation.MsgExpectedMaxLength, validation.MsgExpectedMaxItems = limited("error.api.at_most_long", "%d"), limited("error.api.at_most_items", "%d")
}

// limited is a text key with the place of its value.
func limited(key, verb string) string { return key + keyEnd + verb }

func statusKey(status int) string { return strconv.Itoa(status) }

// problemName names a problem in the document.
func problemName(status int) string { return strings.ReplaceAll(http.StatusText(status), " ", "") }
