package web_test

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// browser is a visitor with a cookie jar, without scripts.
type browser struct {
	*stage
	client *http.Client
}

// answer is what a browser got, redirects followed.
type answer struct {
	status int
	path   string // where it ended
	header http.Header
	body   string
}

// stranger is a browser that is not signed in.
func (s *stage) stranger() *browser {
	s.Helper()
	jar, err := cookiejar.New(nil)
	check(s.T, err)
	return &browser{s, &http.Client{Jar: jar, Timeout: time.Minute}}
}

// as is a browser that has stepped into a role.
func (s *stage) as(address string) *browser {
	s.Helper()
	b := s.stranger()
	b.press("/demo", "person", strconv.FormatInt(int64(s.actor(address).Person), 10)).is(s.T, http.StatusOK)
	return b
}

// session is the cookie of one who has stepped into a role, as it goes over any scheme.
func (s *stage) session(address string) string {
	s.Helper()
	b := s.stranger()
	b.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	got := b.post("/demo", "person", strconv.FormatInt(int64(s.actor(address).Person), 10)).is(s.T, http.StatusSeeOther)
	for _, cookie := range (&http.Response{Header: got.header}).Cookies() {
		if strings.HasSuffix(cookie.Name, "session") {
			return cookie.Name + "=" + cookie.Value
		}
	}
	s.Fatal("there is no session")
	return ""
}

func (b *browser) do(request *http.Request) answer {
	b.Helper()
	got, err := b.client.Do(request)
	check(b.T, err)
	defer got.Body.Close()
	body, err := io.ReadAll(got.Body)
	check(b.T, err)
	return answer{got.StatusCode, got.Request.URL.Path, got.Header, string(body)}
}

func (b *browser) request(method, path, contentType string, body io.Reader) *http.Request {
	b.Helper()
	request, err := http.NewRequest(method, b.url+path, body)
	check(b.T, err)
	if method == http.MethodPost {
		request.Header.Set("Origin", b.url)
		request.Header.Set("Content-Type", contentType)
	}
	return request
}

func (b *browser) get(path string) answer {
	b.Helper()
	return b.do(b.request(http.MethodGet, path, "", nil))
}

// post sends a form of alternating names and values, and lets leave at once
// what would rest for a minute.
func (b *browser) post(path string, fields ...string) answer {
	b.Helper()
	return b.hurry(b.press(path, fields...))
}

var restingForm = regexp.MustCompile(`action="(/errands/\d+/now)"><input type="hidden" name="back" value="([^"]*)"`)

// hurry presses "send now" of what a page says was set in motion last.
func (b *browser) hurry(a answer) answer {
	b.Helper()
	found := restingForm.FindAllStringSubmatch(a.body, -1)
	if a.status != http.StatusOK || found == nil {
		return a
	}
	last := found[len(found)-1]
	return b.press(last[1], "back", last[2])
}

// press is post of what rests for its minute.
func (b *browser) press(path string, fields ...string) answer {
	b.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	return b.do(b.request(http.MethodPost, path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode())))
}

func (a answer) is(t *testing.T, status int) answer {
	t.Helper()
	if a.status != status {
		t.Fatalf("%s answered %d, want %d:\n%s", a.path, a.status, status, visible(a.body))
	}
	return a
}

// has fails unless the page shows each of the texts.
func (a answer) has(t *testing.T, texts ...string) answer {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(a.body, text) {
			t.Errorf("%s does not show %q:\n%s", a.path, text, visible(a.body))
		}
	}
	return a
}

func (a answer) lacks(t *testing.T, texts ...string) answer {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(a.body, text) {
			t.Errorf("%s shows %q", a.path, text)
		}
	}
	return a
}

var (
	tags   = regexp.MustCompile(`(?s)<(style|script).*?</(style|script)>|<[^>]*>`)
	spaces = regexp.MustCompile(`\s+`)
)

// visible is what a page says, for the message of a failure.
func visible(body string) string {
	return spaces.ReplaceAllString(tags.ReplaceAllString(body, " "), " ")
}

// meeting plans a meeting of the council three months ahead through its form.
func (b *browser) meeting() string {
	b.Helper()
	return b.post(council+"/meetings/new", "start_date", "2026-06-02", "start_time", "10:00", "end_date", "2026-06-02", "end_time", "12:00",
		"place", "Heradshuset", "form", "ordinary").is(b.T, http.StatusOK).path
}

// matter proposes one to the council through its form.
func (b *browser) matter(title string) string {
	b.Helper()
	return b.post(council+"/matters/new", "title", title, "kind", "discussion", "text", "Kort tekst").is(b.T, http.StatusOK).path
}

// number is the last number of a path, as forms send it.
func number(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

var removalLink = regexp.MustCompile(`/removals/\d+`)

// removal is the address of the removal that a page asks about.
func (a answer) removal(t *testing.T) string {
	t.Helper()
	found := removalLink.FindString(a.body)
	if found == "" {
		t.Fatalf("%s asks about no removal:\n%s", a.path, visible(a.body))
	}
	return found
}
