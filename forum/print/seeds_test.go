package print_test

import (
	"os"
	"path/filepath"
	"testing"
)

// TestSeeds keeps the files with which fuzzing begins as the tests make them.
func TestSeeds(t *testing.T) {
	for name, content := range map[string][]byte{
		"turned.pdf": onePage("/MediaBox[10 10 110 60]/Rotate 90/UserUnit 4/Contents 4 0 R", stream("", []byte("0 0 20 20 re f"))),
		"packed.pdf": packed(again(t, []byte("3 0 <</Type/Page/MediaBox[0 0 100 100]>>"))),
		"point.png":  pictureOf(t, "png", 3, 2),
		"held.jpg":   pictureOf(t, "jpeg", 8, 8),
	} {
		path := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(path, content, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		kept, err := os.ReadFile(path)
		if err != nil || string(kept) != string(content) {
			t.Errorf("%s is not what the tests make: %v", name, err)
		}
	}
}
