package api

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"golang.org/x/text/language"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
)

// caller is who calls and what the headers of the call ask for.
type caller struct {
	secret      string
	url         url.URL
	text        templates.Text
	asked       bool // for the language of text
	ifMatch     string
	ifNoneMatch string
	key         string // Idempotency-Key
}

type callerKey struct{}

func callerOf(ctx context.Context) *caller {
	c, _ := ctx.Value(callerKey{}).(*caller)
	if c == nil {
		return callerAsking("")
	}
	return c
}

// admit lets in who has a token that reaches far enough, before anything else
// of the call is looked at.
func (a *API) admit(ctx huma.Context, next func(huma.Context)) {
	c := callerAsking(ctx.Header("Accept-Language"))
	c.url, c.ifMatch, c.ifNoneMatch, c.key = ctx.URL(), ctx.Header("If-Match"), ctx.Header("If-None-Match"), ctx.Header("Idempotency-Key")
	scheme, secret, _ := strings.Cut(ctx.Header("Authorization"), " ")
	if strings.EqualFold(scheme, "Bearer") {
		c.secret = strings.TrimSpace(secret)
	}
	ctx = huma.WithValue(ctx, callerKey{}, c)
	if err := a.recognise(ctx.Context(), c, scopeOf(ctx.Operation())); err != nil {
		a.refuse(ctx, a.problem(ctx.Context(), err))
		return
	}
	next(ctx)
}

// scopeOf is how far a token must reach for an operation.
func scopeOf(op *huma.Operation) forum.Scope {
	if op.Method != http.MethodGet && op.Metadata[previews] != true {
		return forum.WriteScope
	}
	return forum.ReadScope
}

// previews marks in its metadata a POST that changes nothing.
const previews = "previews"

// recognise makes sure of the token, and notes now and then that it is used.
func (a *API) recognise(ctx context.Context, c *caller, needed forum.Scope) error {
	ctx, end := context.WithTimeout(context.WithoutCancel(ctx), callWithin)
	defer end()
	stale := false
	err := a.options.Keeper.Read(ctx, func(ctx context.Context, tx forum.Tx) error {
		token, err := identify(ctx, tx, c, needed)
		if err == nil {
			stale = token.Stale(tx.Now())
		}
		return err
	})
	if err != nil || !stale {
		return err
	}
	return a.options.Keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
		token, err := identify(ctx, tx, c, needed)
		if err != nil {
			return err
		}
		return forum.NoteTokenUse(ctx, tx, token)
	})
}

// identify is the token of the call; it is asked for in every transaction, so
// that one revoked a moment ago lets nothing through.
func identify(ctx context.Context, tx forum.Tx, c *caller, needed forum.Scope) (*forum.APIToken, error) {
	if c.secret == "" {
		return nil, refusal(http.StatusUnauthorized, "error.api.no_token").with("WWW-Authenticate", `Bearer realm="samraad"`)
	}
	token, err := forum.IdentifyToken(ctx, tx, c.secret)
	if forum.IsKind(err, forum.Forbidden) {
		return nil, refusal(http.StatusUnauthorized, "error.token.unknown").with("WWW-Authenticate", `Bearer realm="samraad", error="invalid_token"`)
	}
	if err != nil {
		return nil, err
	}
	if err := c.speak(ctx, tx, token.PersonID); err != nil {
		return nil, err
	}
	if !token.Scope.Covers(needed) {
		challenge := `Bearer realm="samraad", error="insufficient_scope", scope="` + string(needed) + `"`
		return nil, refusal(http.StatusForbidden, "error.token.scope_missing").with("WWW-Authenticate", challenge)
	}
	return token, nil
}

// callerAsking is a caller who is answered in the first language that the call
// asks for and we speak, or in nynorsk until the person is known.
func callerAsking(acceptLanguage string) *caller {
	tags, _, _ := language.ParseAcceptLanguage(acceptLanguage) // none where it cannot be read
	for _, tag := range tags {
		if spoken, ok := templates.ParseLanguage(tag.String()); ok {
			return &caller{text: templates.In(spoken), asked: true}
		}
	}
	return &caller{text: templates.In(templates.Nynorsk)}
}

// speak goes over to the language that the person reads, unless the call asks for one.
func (c *caller) speak(ctx context.Context, tx forum.Tx, id forum.PersonID) error {
	if c.asked {
		return nil
	}
	person, err := tx.Person(ctx, id)
	if err != nil {
		return err
	}
	c.text, c.asked = templates.In(templates.Language(person.Language)), true
	return nil
}

// Text is the language that a call is answered in.
func Text(ctx context.Context) templates.Text { return callerOf(ctx).text }

// on points a refusal at a field.
func on(err error, field string) error {
	var refused *forum.Error
	if errors.As(err, &refused) {
		return refused.On(field)
	}
	return err
}
