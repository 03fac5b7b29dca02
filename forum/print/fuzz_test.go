package print

import (
	"errors"
	"os"
	"testing"
)

// FuzzBind makes pages of whatever bytes come: it says why it cannot, or what it
// made can be opened again.
func FuzzBind(f *testing.F) {
	for _, name := range []string{"testdata/turned.pdf", "testdata/packed.pdf", "testdata/point.png", "testdata/held.jpg"} {
		seed, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(seed)
	}
	f.Add([]byte("Ein tekst\nmed æøå"))
	f.Fuzz(func(t *testing.T, content []byte) {
		by, _, err := wayOf("paper", content, nil)
		if err == nil {
			var made []byte
			if made, err = bind(by, content); err == nil {
				opened, err := openBound(made)
				if err != nil {
					t.Fatalf("what was bound cannot be opened: %v", err)
				}
				if _, err := opened.papers(1, len(opened.pages)); err != nil {
					t.Fatalf("a page is missing: %v", err)
				}
				return
			}
		}
		var refusal apart
		if !errors.As(err, &refusal) {
			t.Fatalf("no reason: %v", err)
		}
	})
}
