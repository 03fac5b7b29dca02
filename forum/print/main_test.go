package print_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/samraad/samraad/forum/print"
)

// TestMain makes this binary the program that handles papers when a Child has
// started it, which is known by the limits in its environment.
func TestMain(m *testing.M) {
	if os.Getenv("SAMRAAD_PRINT_MEMORY") == "" {
		os.Exit(m.Run())
	}
	if err := print.Serve(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// inChild prints with papers in a process of their own.
func inChild(t testing.TB) *print.Printer {
	t.Helper()
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return &print.Printer{Child: &print.Child{Path: path}}
}
