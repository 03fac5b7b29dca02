package web_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/samraad/samraad/forum/store/storetest"
	"github.com/samraad/samraad/forum/web"
	"github.com/samraad/samraad/forum/web/webtest"
)

// TestFormsAreBounded refuses ten million bytes, whatever they are sent as, in
// the caller's language.
func TestFormsAreBounded(t *testing.T) {
	database := storetest.SQLite(t)
	s := newStage(t, database, nil)
	b := s.as(secretary)
	changed := webtest.Watched(t, database)
	long := strings.Repeat("x", 10_000_000)
	for _, test := range []struct{ name, contentType, body, language, want string }{
		{"a form", "application/x-www-form-urlencoded", "title=" + long, "nn", "Skjemaet kan vere 4,0\u00a0MB"},
		{"JSON", "application/json", `{"title":"` + long + `"}`, "nb", "Skjemaet kan være 4,0\u00a0MB"},
		{"of no kind", "", long, "en", "The form may be 4.0\u00a0MB"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, path := range []string{council + "/matters/new", "/sign-in", "/nowhere"} {
				request := b.request(http.MethodPost, path, test.contentType, strings.NewReader(test.body))
				request.Header.Set("Accept-Language", test.language)
				request.AddCookie(&http.Cookie{Name: "language", Value: test.language})
				b.do(request).is(t, http.StatusRequestEntityTooLarge).has(t, test.want, `lang="`+test.language+`"`).lacks(t, "xxxx")
			}
		})
	}
	if changed() {
		t.Error("what was refused changed something")
	}
}

// spoken is what a server answers to bytes before it hangs up.
func (s *stage) spoken(bytes string) string {
	s.Helper()
	line, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	check(s.T, err)
	defer line.Close()
	_, err = io.WriteString(line, bytes)
	check(s.T, err)
	answer, err := http.ReadResponse(bufio.NewReader(line), nil)
	if err != nil {
		return "hung up"
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	check(s.T, err)
	if _, err = line.Read(make([]byte, 1)); err == nil {
		s.Error("the server goes on with the line")
	}
	return fmt.Sprintf("%d %s", answer.StatusCode, visible(string(body)))
}

// TestSlowAndEndlessRequests are given up, with the reason where one can be told.
func TestSlowAndEndlessRequests(t *testing.T) {
	s := newStage(t, storetest.SQLite(t), web.Impatient)
	const form = "POST /language HTTP/1.1\r\nHost: x\r\nAccept-Language: en\r\nOrigin: http://x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
	for _, test := range []struct{ name, sent, want string }{
		{"a form that never comes", form + "Content-Length: 100\r\n\r\nlanguage=", "408"},
		{"papers that never come", strings.Replace(form, "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", 1) + "Content-Length: 20000000\r\n\r\nx", "408"},
		{"chunks that never end", form + "Transfer-Encoding: chunked\r\n\r\n5\r\nlangu\r\n", "408"},
		{"half a header", "GET / HTTP/1.1\r\nHost: x\r\nAccept-Language: en\r\n", "408"},
		{"a header without end", "GET / HTTP/1.1\r\nHost: x\r\nAccept-Language: en\r\nCookie: " + strings.Repeat("x", 20_000), "431"},
		{"more than is read", form + "Content-Length: 17000000\r\n\r\nx", "413"},
		{"no request", "\x16\x03\x01\x00\x00\r\n\r\n", "400"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := s.spoken(test.sent); !strings.HasPrefix(got, test.want) {
				t.Errorf("it answered %.300s", got)
			}
		})
	}
	s.stranger().get("/healthz").is(t, http.StatusOK)
}
