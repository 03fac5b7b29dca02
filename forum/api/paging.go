package api

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Paging is how far and from where a list is read.
type Paging struct {
	Cursor string `query:"cursor" maxLength:"400" doc:"Where the page begins: the cursor of the next link that the page before gave. Left out for the first page."`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"How many entries a page has at the most."`
}

// Page is some entries of a list.
type Page[T any] struct {
	Items []T    `json:"items" doc:"The entries of this page."`
	Next  string `json:"next,omitempty" format:"uri-reference" doc:"Where the next page is read; absent on the last one."`
}

// list is what a page is cut from: rows with keys that order them and stay
// theirs, so that what comes or goes meanwhile moves no other row.
type list[R, T any] struct {
	rows   []R
	key    func(R) string
	show   func(R) T
	newest bool // by falling keys
	path   string
	query  url.Values // that the next page keeps
}

func (l list[R, T]) page(at Paging) (Page[T], error) {
	after, err := base64.RawURLEncoding.DecodeString(at.Cursor)
	if err != nil {
		return Page[T]{}, refusal(http.StatusUnprocessableEntity, "error.api.cursor").on("query.cursor")
	}
	compare := func(a, b R) int { return strings.Compare(l.key(a), l.key(b)) }
	if l.newest {
		compare = func(a, b R) int { return strings.Compare(l.key(b), l.key(a)) }
	}
	rows := slices.SortedStableFunc(slices.Values(l.rows), compare)
	page := Page[T]{Items: []T{}}
	last := ""
	for _, row := range rows {
		key := l.key(row)
		if at.Cursor != "" && (!l.newest && key <= string(after) || l.newest && key >= string(after)) {
			continue
		}
		if len(page.Items) == at.Limit {
			page.Next = nextLink(l.path, l.query, last, at.Limit)
			break
		}
		page.Items, last = append(page.Items, l.show(row)), key
	}
	return page, nil
}

// nextLink is where the page after a key is read.
func nextLink(path string, query url.Values, after string, limit int) string {
	kept := url.Values{"cursor": {base64.RawURLEncoding.EncodeToString([]byte(after))}, "limit": {strconv.Itoa(limit)}}
	for name, values := range query {
		if len(values) > 0 && values[0] != "" {
			kept[name] = values
		}
	}
	return Prefix + path + "?" + kept.Encode()
}

// number is a key of whole numbers that sorts as they do.
func number[N ~int64 | ~int](n N) string {
	const width = 19
	text := strconv.FormatInt(int64(n), 10)
	return strings.Repeat("0", width-len(text)) + text
}
