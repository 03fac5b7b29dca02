package web_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"testing"

	"github.com/andybalholm/brotli"

	"github.com/samraad/samraad/templates"
)

// TestCompressed asks for a page and a style sheet in the ways in which browsers
// and programs do; what is unpacked is what is sent to those who ask for nothing.
func TestCompressed(t *testing.T) {
	s := onSQLite(t)
	b := s.as(secretary)
	ask := func(path, accept string) (encoding string, content []byte) {
		request := b.request(http.MethodGet, path, "", nil)
		request.Header.Set("Accept-Encoding", accept)
		got := b.do(request).is(t, http.StatusOK)
		if vary := got.header.Values("Vary"); !bytes.Contains([]byte(join(vary)), []byte("Accept-Encoding")) {
			t.Errorf("%s varies with %q", path, vary)
		}
		return got.header.Get("Content-Encoding"), unpack(t, got)
	}
	for _, test := range []struct{ name, path, accept, want string }{
		{"a page", "/forums", "gzip, deflate, br", "gzip"},
		{"a page for who takes all but gzip", "/forums", "br, gzip;q=0", ""},
		{"a page for who asks for nothing", "/forums", "identity", ""},
		{"a style sheet", templates.Asset("site.css"), "gzip, deflate, br", "br"},
		{"a style sheet for an older program", templates.Asset("site.css"), "gzip;q=0.5", "gzip"},
		{"a style sheet for who asks for nothing", templates.Asset("site.css"), "identity", ""},
		{"an encoding refused", templates.Asset("site.css"), "br;q=0.0, gzip;q=0", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			plainly, want := ask(test.path, "identity")
			encoding, got := ask(test.path, test.accept)
			if plainly != "" || encoding != test.want {
				t.Errorf("encoded as %q, want %q; asked for nothing as %q", encoding, test.want, plainly)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("unpacked %d bytes, want the %d of the plain answer", len(got), len(want))
			}
		})
	}
}

func join(values []string) (all string) {
	for _, value := range values {
		all += value + ", "
	}
	return all
}

func unpack(t *testing.T, a answer) []byte {
	t.Helper()
	var packed io.Reader = bytes.NewReader([]byte(a.body))
	switch a.header.Get("Content-Encoding") {
	case "br":
		packed = brotli.NewReader(packed)
	case "gzip":
		unzipped, err := gzip.NewReader(packed)
		check(t, err)
		packed = unzipped
	}
	content, err := io.ReadAll(packed)
	check(t, err)
	return content
}
