package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/samraad/samraad/forum"
)

// Shown is a thing or a list as it stands.
type Shown[T any] struct {
	ETag         string `header:"ETag" doc:"The tag of what the body says; If-Match of a change names it."`
	CacheControl string `header:"Cache-Control" doc:"Always private, no-cache."`
	Status       int
	Body         T
}

// Of is the thing that a path names.
type Of[K ~int64] struct {
	ID K `path:"id" minimum:"1"`
}

// With is a thing that a path names, and a body.
type With[K ~int64, B any] struct {
	ID   K `path:"id" minimum:"1"`
	Body B
}

// Thing is what changes are made to: how to hold it, so that nobody else
// changes it meanwhile, and how a reader sees it.
type Thing[K ~int64, T any] struct {
	Hold func(ctx context.Context, tx forum.Tx, id K) error
	See  doing[K, T]
}

// Read describes an operation that shows something.
func Read[I, T any](s Subject, of About, see doing[*I, T]) {
	of.Method = http.MethodGet
	op := s.operation(of)
	op.Parameters = append(op.Parameters, headerOf("If-None-Match", false, "Tags that the caller has already: when the thing still has one of them the answer is 304 without a body."))
	op.Responses["304"] = &huma.Response{Description: "The caller has it already."}
	serve(s, op, see)
}

// Preview describes an operation that tells what a change would do, and does nothing.
func Preview[I, T any](s Subject, of About, see doing[*I, T]) {
	of.Method = http.MethodPost
	op := s.operation(of, http.StatusBadRequest, http.StatusConflict, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType)
	op.Metadata = map[string]any{previews: true}
	serve(s, op, see)
}

func serve[I, T any](s Subject, op huma.Operation, see doing[*I, T]) {
	huma.Register(s.huma, op, func(ctx context.Context, in *I) (*Shown[T], error) {
		body, err := transact(ctx, s.API, s.options.Keeper.Read, forum.ReadScope, func(ctx context.Context, tx forum.Tx, by forum.Actor) (T, error) {
			return see(ctx, tx, by, in)
		})
		if err != nil {
			return nil, s.problem(ctx, err)
		}
		return shown(ctx, s.API, body, op.Method == http.MethodGet)
	})
}

// One describes the operation that shows a thing.
func One[K ~int64, T any](s Subject, of About, see doing[K, T]) {
	Read(s, of, func(ctx context.Context, tx forum.Tx, by forum.Actor, in *Of[K]) (T, error) {
		return see(ctx, tx, by, in.ID)
	})
}

// shown answers with a body; with 304 where the caller may have it and has it.
func shown[T any](ctx context.Context, a *API, body T, mayHave bool) (*Shown[T], error) {
	tag, err := tagOf(body)
	if err != nil {
		return nil, a.problem(ctx, err)
	}
	s := &Shown[T]{ETag: tag, CacheControl: "private, no-cache", Status: http.StatusOK, Body: body}
	if had := callerOf(ctx).ifNoneMatch; mayHave && had != "" && names(had, tag, true) {
		s.Status = http.StatusNotModified
	}
	return s, nil
}

// Change describes an operation that changes a thing as its body says, and
// answers with the thing as it stands then; after is done once it is kept.
func Change[K ~int64, B, T any](s Subject, of About, th Thing[K, T], do func(ctx context.Context, tx forum.Tx, by forum.Actor, id K, body B) error, after ...func()) {
	alter(s, of, func(in *With[K, B]) K { return in.ID }, th, after, func(ctx context.Context, tx forum.Tx, by forum.Actor, in *With[K, B]) error {
		return do(ctx, tx, by, in.ID, in.Body)
	})
}

// Press describes an operation that changes a thing and needs to know no more.
func Press[K ~int64, T any](s Subject, of About, th Thing[K, T], do func(ctx context.Context, tx forum.Tx, by forum.Actor, id K) error) {
	alter(s, of, func(in *Of[K]) K { return in.ID }, th, nil, func(ctx context.Context, tx forum.Tx, by forum.Actor, in *Of[K]) error {
		return do(ctx, tx, by, in.ID)
	})
}

// alter describes a change of the thing that the input names.
func alter[I any, K ~int64, T any](s Subject, of About, idOf func(*I) K, th Thing[K, T], after []func(), do func(ctx context.Context, tx forum.Tx, by forum.Actor, in *I) error) {
	if of.Method == "" {
		of.Method = http.MethodPost
	}
	huma.Register(s.huma, s.changing(of), func(ctx context.Context, in *I) (*Shown[T], error) {
		now, err := alterNow(ctx, s.API, idOf(in), th, func(ctx context.Context, tx forum.Tx, by forum.Actor) error { return do(ctx, tx, by, in) })
		for _, then := range after {
			if err == nil {
				then()
			}
		}
		return now, err
	})
}

// alterNow changes a thing that the caller knows as it stands.
func alterNow[K ~int64, T any](ctx context.Context, a *API, id K, th Thing[K, T], do func(ctx context.Context, tx forum.Tx, by forum.Actor) error) (*Shown[T], error) {
	body, err := transact(ctx, a, a.options.Keeper.Write, forum.WriteScope, func(ctx context.Context, tx forum.Tx, by forum.Actor) (now T, err error) {
		if err := seen(ctx, tx, by, id, th); err != nil {
			return now, err
		}
		if err := do(ctx, tx, by); err != nil {
			return now, err
		}
		return th.See(ctx, tx.Peek(), by, id)
	})
	if err != nil {
		return nil, a.problem(ctx, err)
	}
	return shown(ctx, a, body, false)
}

// Gone is the answer to what took a thing away.
type Gone struct{}

// Remove describes an operation after which a thing is no more.
func Remove[K ~int64, T any](s Subject, of About, th Thing[K, T], do func(ctx context.Context, tx forum.Tx, by forum.Actor, id K) error) {
	of.Method = http.MethodDelete
	op := s.changing(of)
	op.DefaultStatus = http.StatusNoContent
	huma.Register(s.huma, op, func(ctx context.Context, in *Of[K]) (*Gone, error) {
		gone, err := transact(ctx, s.API, s.options.Keeper.Write, forum.WriteScope, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*Gone, error) {
			if err := seen(ctx, tx, by, in.ID, th); err != nil {
				return nil, err
			}
			return &Gone{}, do(ctx, tx, by, in.ID)
		})
		if err != nil {
			return nil, s.problem(ctx, err)
		}
		return gone, nil
	})
}

// changing is the operation of a change.
func (s Subject) changing(of About) huma.Operation {
	op := s.operation(of, http.StatusBadRequest, http.StatusConflict, http.StatusPreconditionFailed, http.StatusPreconditionRequired,
		http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType)
	op.Parameters = append(op.Parameters, headerOf("If-Match", true, "The tag of the thing as the caller has seen it; 412 when it is another by now, 428 without the header."))
	return op
}

// seen holds a thing and makes sure that the caller knows it as it stands.
func seen[K ~int64, T any](ctx context.Context, tx forum.Tx, by forum.Actor, id K, th Thing[K, T]) error {
	c := callerOf(ctx)
	if c.ifMatch == "" {
		return refusal(http.StatusPreconditionRequired, "error.api.unseen")
	}
	if err := th.Hold(ctx, tx, id); err != nil {
		return err
	}
	now, err := th.See(ctx, tx.Peek(), by, id)
	if err != nil {
		return err
	}
	return unchanged(c, now)
}

// transaction is Read or Write of a keeper.
type transaction func(context.Context, func(context.Context, forum.Tx) error) error

// transact runs an act as the person of the token.
func transact[T any](ctx context.Context, a *API, open transaction, needed forum.Scope, fn act[T]) (result T, err error) {
	bounded, end := context.WithTimeout(context.WithoutCancel(ctx), callWithin)
	defer end()
	err = open(bounded, func(ctx context.Context, tx forum.Tx) error {
		token, err := identify(ctx, tx, callerOf(ctx), needed)
		if err != nil {
			return err
		}
		result, err = fn(ctx, tx, forum.AsPerson(token.PersonID))
		return err
	})
	return result, err
}

// headerOf is a header of a call that every operation of a kind takes.
func headerOf(name string, required bool, text string) *huma.Param {
	return &huma.Param{Name: name, In: "header", Required: required, Description: text, Schema: &huma.Schema{Type: "string"}}
}
