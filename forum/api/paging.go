package api

import (
	"context"
	"encoding/base64"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/samraad/samraad/forum"
)

// Paging is how far and from where a list is read.
type Paging struct {
	Cursor string `query:"cursor" maxLength:"400" doc:"Where the page begins: the cursor of the next link that the page before gave. Left out for the first page."`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"How many entries a page has at the most."`
}

// Paged is how the list is read.
func (p Paging) Paged() Paging { return p }

// In names the thing that a list is of, and how the list is read.
type In[K ~int64] struct {
	ID K `path:"id" minimum:"1"`
	Paging
}

// Page is some entries of a list.
type Page[T any] struct {
	Items []T    `json:"items" doc:"The entries of this page."`
	Next  string `json:"next,omitempty" format:"uri-reference" doc:"Where the next page is read; absent on the last one."`
}

// List is how rows become entries. Their keys order them and stay theirs, so
// that what comes or goes meanwhile moves no other row.
type List[R, T any] struct {
	Key    func(R) string // nil for rows that have an order of their own
	Show   func(R) T
	Newest bool // by falling keys
}

// Lists describes an operation that shows rows page by page.
func Lists[I interface{ Paged() Paging }, R, T any](s Subject, of About, l List[R, T], rows doing[*I, []R]) {
	Read(s, of, func(ctx context.Context, tx forum.Tx, by forum.Actor, in *I) (Page[T], error) {
		found, err := rows(ctx, tx, by, in)
		if err != nil {
			return Page[T]{}, err
		}
		return l.page(ctx, found, (*in).Paged())
	})
}

// rowsOf reads a page by its number, and takes rows of it.
func rowsOf[K ~int64, P, R any](open doing[K, *P], rows func(*P) []R) doing[*In[K], []R] {
	return func(ctx context.Context, tx forum.Tx, by forum.Actor, in *In[K]) ([]R, error) {
		page, err := open(ctx, tx, by, in.ID)
		if err != nil {
			return nil, err
		}
		return rows(page), nil
	}
}

// keyed is a row with its key.
type keyed[R any] struct {
	key string
	row R
}

func (l List[R, T]) page(ctx context.Context, rows []R, at Paging) (Page[T], error) {
	after, err := readCursor(at.Cursor)
	if err != nil {
		return Page[T]{}, err
	}
	page, last := Page[T]{Items: []T{}}, ""
	for _, r := range l.ordered(rows) {
		if at.Cursor != "" && l.compare(r.key, after) <= 0 {
			continue
		}
		if len(page.Items) == at.Limit {
			page.Next = nextLink(ctx, last)
			break
		}
		page.Items, last = append(page.Items, l.Show(r.row)), r.key
	}
	return page, nil
}

func (l List[R, T]) ordered(rows []R) []keyed[R] {
	found := make([]keyed[R], len(rows))
	for i, row := range rows {
		found[i] = keyed[R]{number(i), row}
		if l.Key != nil {
			found[i].key = l.Key(row)
		}
	}
	slices.SortStableFunc(found, func(a, b keyed[R]) int { return l.compare(a.key, b.key) })
	return found
}

func (l List[R, T]) compare(a, b string) int {
	if l.Newest {
		a, b = b, a
	}
	return strings.Compare(a, b)
}

func readCursor(cursor string) (string, error) {
	after, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return "", refusal(http.StatusUnprocessableEntity, "error.api.cursor").on("query.cursor")
	}
	return string(after), nil
}

// nextLink is where the page after a key is read: where this one is, otherwise.
func nextLink(ctx context.Context, after string) string {
	here := callerOf(ctx).url
	query := here.Query()
	query.Set("cursor", base64.RawURLEncoding.EncodeToString([]byte(after)))
	return here.Path + "?" + query.Encode()
}

// number is a key of whole numbers, none below zero, that sorts as they do.
func number[N ~int64 | ~int](n N) string {
	const width = 19
	text := strconv.FormatInt(int64(n), 10)
	return strings.Repeat("0", width-len(text)) + text
}
