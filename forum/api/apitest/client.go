package apitest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gofiber/fiber/v2"

	"github.com/samraad/samraad/forum/api"
)

// Client calls an API that an app answers with.
type Client struct {
	*testing.T
	App    *fiber.App
	Tokens map[string]string // secrets, by whose they are
	// Contract is the document that every answer to As is held against, nil for none.
	Contract *Contract
}

// Answer is what a call was answered.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// Value is a field of the answer's body, by its path.
func (a Answer) Value(path ...string) any {
	var v any
	_ = json.Unmarshal(a.Body, &v)
	for _, name := range path {
		fields, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = fields[name]
	}
	return v
}

// Number is a field of the answer's body that is a number, 0 where it is none.
func (a Answer) Number(path ...string) int64 { n, _ := a.Value(path...).(float64); return int64(n) }

// ID is the number of what the answer's body shows.
func (a Answer) ID() int64 { return a.Number("id") }

// Send makes a call; headers are names and values in turn.
func (c *Client) Send(method, path string, body []byte, headers ...string) Answer {
	c.Helper()
	request := httptest.NewRequest(method, path, bytes.NewReader(body))
	if len(body) > 0 {
		request.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := c.App.Test(request, -1)
	check(c.T, err)
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	check(c.T, err)
	return Answer{response.StatusCode, response.Header, content}
}

// As makes a call, by a path below the API's, as who has a token.
func (c *Client) As(who, method, path, body string, headers ...string) Answer {
	c.Helper()
	a := c.Send(method, api.Prefix+path, []byte(body), append([]string{"Authorization", "Bearer " + c.Tokens[who]}, headers...)...)
	if c.Contract != nil {
		c.Contract.holds(c.T, method, api.Prefix+path, a)
	}
	return a
}

// Made makes a call that has to succeed.
func (c *Client) Made(who, method, path, body string, headers ...string) Answer {
	c.Helper()
	a := c.As(who, method, path, body, headers...)
	if a.Status >= 300 {
		c.Fatalf("%s %s: %d %s", method, path, a.Status, a.Body)
	}
	return a
}

// Tag is the tag of what is read at a path.
func (c *Client) Tag(who, path string) string {
	c.Helper()
	return c.Made(who, "GET", path, "").Header.Get("ETag")
}

// Refused wants a problem (RFC 9457) with a status and a code.
func (c *Client) Refused(a Answer, status int, code string) {
	c.Helper()
	if a.Status != status || a.Value("code") != code || a.Header.Get("Content-Type") != "application/problem+json" {
		c.Errorf("got %d %s, want %d %s", a.Status, a.Body, status, code)
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
