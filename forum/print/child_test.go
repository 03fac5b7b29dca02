package print_test

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/print"
)

// grey is a large and honest picture.
func grey(t *testing.T, side int) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, side, side))); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestChildDiesAlone(t *testing.T) {
	large := paperOf("grey.png", grey(t, 6000))
	for name, c := range map[string]struct {
		limit func(*print.Child)
		want  print.Reason
	}{
		"within its limits":              {func(*print.Child) {}, ""},
		"over the memory that it has":    {func(c *print.Child) { c.Memory = 64 << 20 }, print.TooLarge},
		"over the time that it has":      {func(c *print.Child) { c.Time = 50 * time.Millisecond }, print.TimedOut},
		"a program that ends at once":    {func(c *print.Child) { c.Path, c.Args = "/bin/false", nil }, print.Broken},
		"a program that says what it is": {func(c *print.Child) { c.Path, c.Args = "/bin/echo", []string{"hei"} }, print.Broken},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			printer, paper := inChild(t), *inChild(t).Child
			c.limit(&paper)
			split := &print.Printer{Child: &paper}
			bound, err := print.Bound(t.Context(), split, large)
			if c.want == "" {
				if err != nil || bound.Pages != 1 {
					t.Fatalf("%d pages, %v", bound.Pages, err)
				}
				if got := printed(t, printer, large); got.Pages != 2 {
					t.Errorf("%d pages", got.Pages)
				}
				return
			}
			if got := print.ReasonOf(err); got != c.want {
				t.Errorf("got %q (%v), want %q", got, err, c.want)
			}
		})
	}
}

func TestChildThatCannotBeStarted(t *testing.T) {
	printer := &print.Printer{Child: &print.Child{Path: filepath.Join(t.TempDir(), "nothing")}}
	item := print.Item{Number: "1/26", Title: "Sak", Papers: []print.Paper{paperOf("a.pdf", pdfOf(t, "P", 1, "One"))}}
	if _, err := printer.Item(t.Context(), print.Package{Start: start, Made: start}, item); !forum.IsKind(err, forum.Unavailable) {
		t.Errorf("got %v", err)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if _, err := inChild(t).Item(stopped, print.Package{Start: start, Made: start}, item); !forum.IsKind(err, forum.Unavailable) {
		t.Errorf("asked when all is over: %v", err)
	}
}

// TestChildLeavesNobodyBehind starts a program that starts another: at the time
// limit both are gone.
func TestChildLeavesNobodyBehind(t *testing.T) {
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Fatal(err)
	}
	said := filepath.Join(t.TempDir(), "number")
	printer := &print.Printer{Child: &print.Child{Path: shell, Args: []string{"-c", "/bin/sleep 600 & echo $! > " + said + "; wait"}, Time: 300 * time.Millisecond}}
	_, err = print.Bound(t.Context(), printer, paperOf("a.pdf", pdfOf(t, "P", 1, "One")))
	if got := print.ReasonOf(err); got != print.TimedOut {
		t.Fatalf("got %q: %v", got, err)
	}
	number, err := os.ReadFile(said)
	if err != nil {
		t.Fatal(err)
	}
	for until := time.Now().Add(10 * time.Second); ; { // the signal is on its way
		state, err := os.ReadFile(filepath.Join("/proc", strings.TrimSpace(string(number)), "stat"))
		if err != nil || strings.Contains(string(state), ") Z ") {
			return
		}
		if time.Now().After(until) {
			t.Fatalf("still there: %s", state)
		}
	}
}
