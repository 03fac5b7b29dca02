package templates

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

func TestHashAssets(t *testing.T) {
	before, err := hashAssets(fstest.MapFS{"site.css": {Data: []byte("a{}")}, "PLACEHOLDER": {Data: []byte("x")}})
	if err != nil {
		t.Fatal(err)
	}
	after, err := hashAssets(fstest.MapFS{"site.css": {Data: []byte("b{}")}})
	if err != nil {
		t.Fatal(err)
	}
	if len(before.urls) != 1 || before.urls["site.css"] == after.urls["site.css"] {
		t.Errorf("addresses %v and %v", before.urls, after.urls)
	}
	name, found := strings.CutPrefix(before.urls["site.css"], AssetsPrefix+"site.")
	if !found || !strings.HasSuffix(name, ".css") || len(name) != len("0123456789ab.css") {
		t.Errorf("address %q", before.urls["site.css"])
	}
	content, err := fs.ReadFile(before.hashed, strings.TrimPrefix(before.urls["site.css"], AssetsPrefix))
	if err != nil || string(content) != "a{}" {
		t.Errorf("got %q, %v", content, err)
	}
	for _, unknown := range []string{"site.css", "PLACEHOLDER", "../site.css", ""} {
		if file, err := before.hashed.Open(unknown); err == nil {
			t.Errorf("%q is served: %v", unknown, file)
		}
	}
}

func TestWithoutBuiltAssetsThereIsNoAddress(t *testing.T) {
	empty, err := hashAssets(fstest.MapFS{"PLACEHOLDER": {Data: []byte("x")}})
	if err != nil {
		t.Fatal(err)
	}
	if empty.urls["site.css"] != "" {
		t.Errorf("got %q", empty.urls["site.css"])
	}
}

// TestFirstVisitIsSmall holds what a browser loads at the first visit to 110 kB compressed, all of it from our own address.
func TestFirstVisitIsSmall(t *testing.T) {
	var loaded bytes.Buffer
	compressed := gzip.NewWriter(&loaded)
	for _, name := range []string{"site.css", "site.js", "icon.svg"} {
		content, err := fs.ReadFile(built, "assets/dist/"+name)
		if err != nil {
			t.Fatalf("%v: run make build, which bundles the assets", err)
		}
		if _, err := compressed.Write(content); err != nil {
			t.Fatal(err)
		}
		for _, foreign := range []string{"url(http", `url("http`, "@import", "@font-face", "sourceMappingURL"} {
			if name == "site.css" && bytes.Contains(content, []byte(foreign)) {
				t.Errorf("%s has %s", name, foreign)
			}
		}
	}
	if err := compressed.Close(); err != nil {
		t.Fatal(err)
	}
	if loaded.Len() > 110_000 {
		t.Errorf("%d bytes compressed", loaded.Len())
	}
}
