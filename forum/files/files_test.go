package files_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/files"
)

func open(t *testing.T, folder string) *files.Folder {
	t.Helper()
	f, err := files.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f
}

// kept lists the files in a folder.
func kept(t *testing.T, folder string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			names = append(names, strings.TrimPrefix(path, folder+"/"))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestWhatIsPutComesBack(t *testing.T) {
	f := open(t, filepath.Join(t.TempDir(), "made", "here"))
	rapid.Check(t, func(t *rapid.T) {
		content := rapid.SliceOf(rapid.Byte()).Draw(t, "content")
		digest, size, err := f.Put(context.Background(), iotest.HalfReader(bytes.NewReader(content)))
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(content)
		if string(digest) != hex.EncodeToString(sum[:]) || size != int64(len(content)) {
			t.Fatalf("got %s of %d bytes", digest, size)
		}
		file, err := f.Open(context.Background(), digest)
		if err != nil {
			t.Fatal(err)
		}
		back, err := io.ReadAll(file)
		if err = errors.Join(err, file.Close()); err != nil || !bytes.Equal(back, content) {
			t.Fatalf("%d bytes came back as %d, %v", len(content), len(back), err)
		}
	})
}

func TestSameBytesAtOnce(t *testing.T) {
	folder := t.TempDir()
	content := strings.Repeat("vedlegg", 100_000)
	var all sync.WaitGroup
	for range 2 {
		f := open(t, folder)
		for range 8 {
			all.Go(func() {
				digest, size, err := f.Put(t.Context(), strings.NewReader(content))
				if err != nil || size != int64(len(content)) || len(digest) != 64 {
					t.Errorf("got %s of %d bytes, %v", digest, size, err)
				}
			})
		}
	}
	all.Wait()
	if names := kept(t, folder); len(names) != 1 || len(strings.Split(names[0], "/")) != 3 {
		t.Errorf("kept %q, want one file two folders down", names)
	}
}

func TestContentThatBreaks(t *testing.T) {
	folder := t.TempDir()
	f := open(t, folder)
	broken := errors.New("the sender hung up")
	_, _, err := f.Put(t.Context(), io.MultiReader(strings.NewReader("half"), iotest.ErrReader(broken)))
	if !errors.Is(err, broken) || forum.IsKind(err, forum.Unavailable) {
		t.Errorf("got %v, want the reader's own error", err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := f.Put(gone, strings.NewReader("whole")); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want a cancelled context", err)
	}
	if names := kept(t, folder); len(names) != 0 {
		t.Errorf("left over: %q", names)
	}
}

func TestOpenRefuses(t *testing.T) {
	folder := t.TempDir()
	f := open(t, folder)
	if err := os.WriteFile(filepath.Join(folder, "secret"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, digest := range map[string]forum.Digest{
		"never put": forum.Digest(strings.Repeat("0", 64)), "empty": "", "short": "ab", "a path": "../secret", "upper case": forum.Digest(strings.Repeat("AB", 32)),
		"a path as long": forum.Digest("../" + strings.Repeat("a", 61)),
	} {
		if _, err := f.Open(t.Context(), digest); !forum.IsKind(err, forum.NotFound) {
			t.Errorf("%s: got %v, want NotFound", name, err)
		}
	}
}

func TestDiskThatFails(t *testing.T) {
	if _, err := files.Open("/dev/null/papers"); !forum.IsKind(err, forum.Unavailable) {
		t.Errorf("got %v, want Unavailable", err)
	}
	folder := t.TempDir()
	f := open(t, folder)
	if err := os.Remove(filepath.Join(folder, "coming")); err != nil {
		t.Fatal(err)
	}
	if _, _, err := f.Put(t.Context(), strings.NewReader("x")); !forum.IsKind(err, forum.Unavailable) {
		t.Errorf("got %v, want Unavailable", err)
	}
}
