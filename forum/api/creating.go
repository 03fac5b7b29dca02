package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/samraad/samraad/forum"
)

// Made is a thing that a call made.
type Made[T any] struct {
	Location string `header:"Location" doc:"Where what was made is read."`
	Replayed string `header:"Idempotency-Replayed" doc:"true where the key was used before and nothing more was made."`
	Body     T
}

// longestKey is how many characters an Idempotency-Key has at the most.
const longestKey = 200

// Create describes an operation that makes something, found at the path that
// where gives. What is asked for twice under one key is made once.
func Create[I, T any](s Subject, of About, where func(T) string, do doing[*I, T]) {
	of.Method = http.MethodPost
	op := s.operation(of, http.StatusBadRequest, http.StatusConflict, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType)
	op.DefaultStatus = http.StatusCreated
	makes(s, op, where, func(context.Context, *I) error { return nil }, do)
}

// makes is create for an operation that prepares its input before the transaction.
func makes[I, T any](s Subject, op huma.Operation, where func(T) string, prepare func(context.Context, *I) error, do doing[*I, T]) {
	key := headerOf("Idempotency-Key", false, "A name that the caller gives to this creation. Asked for again within 24 hours, the same gives the first answer and makes nothing more; another request under the name is refused.")
	most := longestKey
	key.Schema.MaxLength = &most
	op.Parameters = append(op.Parameters, key)
	huma.Register(s.huma, op, func(ctx context.Context, in *I) (*Made[T], error) {
		if err := prepare(ctx, in); err != nil {
			return nil, s.problem(ctx, err)
		}
		made, err := once(ctx, s.API, op.OperationID, in, do)
		if err != nil {
			return nil, s.problem(ctx, err)
		}
		made.Location = Prefix + where(made.Body)
		return made, nil
	})
}

// once makes what a call asks for, or gives what was made before under its key.
func once[I, T any](ctx context.Context, a *API, operation string, in *I, do doing[*I, T]) (*Made[T], error) {
	c, made := callerOf(ctx), &Made[T]{}
	if len(c.key) > longestKey {
		return nil, refusal(http.StatusUnprocessableEntity, "error.api.at_most_long", "Limit", longestKey).on("header.Idempotency-Key")
	}
	request, err := digestOf(operation, in)
	if err != nil {
		return nil, err
	}
	bounded, end := context.WithTimeout(context.WithoutCancel(ctx), callWithin)
	defer end()
	return made, a.options.Keeper.Write(bounded, func(ctx context.Context, tx forum.Tx) error {
		token, err := identify(ctx, tx, c, forum.WriteScope)
		if err != nil {
			return err
		}
		if c.key != "" {
			before, err := forum.AnsweredBefore(ctx, tx, token, c.key, request)
			if err != nil {
				return on(err, "header.Idempotency-Key")
			}
			if before != "" {
				made.Replayed = "true"
				return json.Unmarshal([]byte(before), &made.Body)
			}
		}
		if made.Body, err = do(ctx, tx, forum.AsPerson(token.PersonID), in); err != nil || c.key == "" {
			return err
		}
		answer, err := json.Marshal(made.Body)
		if err != nil {
			return err
		}
		return forum.KeepAnswer(ctx, tx, token, c.key, request, string(answer))
	})
}

// digestOf is the digest of what a call asks for.
func digestOf(operation string, in any) (forum.Digest, error) {
	content, err := json.Marshal(in)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(append([]byte(operation+" "), content...))
	return forum.Digest(hex.EncodeToString(sum[:])), nil
}
