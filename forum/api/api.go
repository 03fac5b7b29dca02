package api

import (
	"context"
	"log/slog"
	"maps"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
)

// Prefix is the path below which the API answers; documentPath, of its document.
const (
	Prefix       = templates.APIAddress
	documentPath = "/openapi.json"
)

// Options are what the API is told from outside. Keeper, Files and Almanac are needed.
type Options struct {
	Keeper  forum.Keeper
	Files   forum.Files
	Almanac forum.Almanac
	// URL is the address that programs reach the server at.
	URL string
	// Log is told of what failed on our side; nil is slog's default.
	Log *slog.Logger
	// Wake nudges the mailroom when a held mail is to be read again; nil is nobody.
	Wake func()
	// More describes the operations of the house above; nil is none.
	More []func(*API)
}

// API answers programs.
type API struct {
	options  Options
	huma     huma.API
	things   map[string]string // what the numbers in paths are of, by the part before them
	document []byte            // OpenAPI 3.1, as served
}

// callWithin bounds one call, its transactions included.
const callWithin = 30 * time.Second

// New builds an API. It answers once it is mounted.
func New(options Options) *API {
	if options.Log == nil {
		options.Log = slog.Default()
	}
	if options.Wake == nil {
		options.Wake = func() {}
	}
	return &API{options: options, things: maps.Clone(things)}
}

// Mount lets an app answer with the API, and with its document, below Prefix.
func (a *API) Mount(app *fiber.App) {
	a.huma = humafiber.NewV2(app, a.config())
	a.huma.UseMiddleware(a.admit)
	for _, describe := range append([]func(*API){
		forums, people, seats, members, meetings, answers, agendas, guests, keys, packages, series, years,
		matters, removals, drafts, sections, threads, papers, messages, incoming, self, ownCalendar, waiting,
	}, a.options.More...) {
		describe(a)
	}
	a.document = a.finish()
	app.Get(Prefix+documentPath, a.showDocument)
}

// Covers tells whether a path is the API's, which reads no cookies and so needs
// not be kept from other sites' pages.
func (a *API) Covers(path string) bool { return strings.HasPrefix(path, Prefix+"/") }

// Subject is a group of operations under one tag of the document.
type Subject struct {
	*API
	Tag string
}

// About describes one operation: its name, method and path below Prefix, and in
// English what it is and what there is to know of it.
type About struct {
	ID, Method, Path string
	Summary, Text    string
}

// operation is the operation of a description, with the problems it may answer.
func (s Subject) operation(of About, problems ...int) huma.Operation {
	op := huma.Operation{
		OperationID: of.ID, Method: of.Method, Path: Prefix + of.Path, Tags: []string{s.Tag}, Summary: of.Summary, Description: of.Text,
		Security: []map[string][]string{{"bearer": {}}}, Responses: map[string]*huma.Response{},
	}
	always := []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusNotAcceptable, http.StatusUnprocessableEntity, http.StatusInternalServerError, http.StatusServiceUnavailable}
	for _, status := range append(always, problems...) {
		op.Responses[statusKey(status)] = &huma.Response{Ref: "#/components/responses/" + problemName(status)}
	}
	return op
}

// act is what a call does as someone in a transaction.
type act[T any] func(ctx context.Context, tx forum.Tx, by forum.Actor) (T, error)
