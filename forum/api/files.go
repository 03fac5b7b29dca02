package api

import (
	"context"
	"fmt"
	"io"
	"mime"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/samraad/samraad/forum"
)

// File is a file to save.
type File struct {
	Type         string `header:"Content-Type"`
	Disposition  string `header:"Content-Disposition" doc:"Name of the file (RFC 6266)."`
	CacheControl string `header:"Cache-Control" doc:"Always private, no-cache."`
	Policy       string `header:"Content-Security-Policy" doc:"Keeps what others wrote from doing anything in a browser."`
	Body         []byte
}

// sandboxed keeps what others wrote from doing anything in a browser.
const sandboxed = "sandbox; default-src 'none'; frame-ancestors 'none'"

// fileOf is a file by its name and type.
func fileOf(name, mediaType string, content []byte) *File {
	if _, _, err := mime.ParseMediaType(mediaType); err != nil {
		mediaType = "application/octet-stream"
	}
	return &File{
		Type: mediaType, Disposition: mime.FormatMediaType("attachment", map[string]string{"filename": name}),
		CacheControl: "private, no-cache", Policy: sandboxed, Body: content,
	}
}

// Download describes an operation that gives bytes that are kept among the papers.
func Download[I any](s Subject, of About, mediaType string, see doing[*I, forum.Paper]) {
	huma.Register(s.huma, s.giving(of, mediaType), func(ctx context.Context, in *I) (*File, error) {
		paper, err := transact(ctx, s.API, s.options.Keeper.Read, forum.ReadScope, func(ctx context.Context, tx forum.Tx, by forum.Actor) (forum.Paper, error) {
			return see(ctx, tx, by, in)
		})
		if err != nil {
			return nil, s.problem(ctx, err)
		}
		content, err := s.options.Files.Open(context.WithoutCancel(ctx), paper.Digest)
		if err != nil {
			return nil, s.problem(ctx, err)
		}
		defer content.Close()
		whole, err := io.ReadAll(content)
		if err != nil {
			return nil, s.problem(ctx, err)
		}
		return fileOf(paper.Name, paper.Type, whole), nil
	})
}

// giving is the operation of a file.
func (s Subject) giving(of About, mediaType string) huma.Operation {
	of.Method = http.MethodGet
	op := s.operation(of)
	op.Responses["200"] = &huma.Response{
		Description: "The bytes.", Content: map[string]*huma.MediaType{mediaType: {Schema: &huma.Schema{Type: "string", Format: "binary"}}},
	}
	return op
}

// Attached is a file that an operation makes.
type Attached struct {
	Name    string
	Content []byte
}

// Attach describes an operation that makes a file of a thing.
func Attach[K ~int64](s Subject, of About, mediaType string, see doing[K, Attached]) {
	huma.Register(s.huma, s.giving(of, mediaType), func(ctx context.Context, in *Of[K]) (*File, error) {
		made, err := transact(ctx, s.API, s.options.Keeper.Read, forum.ReadScope, func(ctx context.Context, tx forum.Tx, by forum.Actor) (Attached, error) {
			return see(ctx, tx, by, in.ID)
		})
		if err != nil {
			return nil, s.problem(ctx, err)
		}
		return fileOf(made.Name, mediaType, made.Content), nil
	})
}

// source describes an operation that gives the bytes of a mail as they are.
func source[K ~int64](s Subject, of About, see doing[K, []byte]) {
	Attach(s, of, "message/rfc822", func(ctx context.Context, tx forum.Tx, by forum.Actor, id K) (Attached, error) {
		raw, err := see(ctx, tx, by, id)
		return Attached{fmt.Sprintf("%d.eml", id), raw}, err
	})
}
