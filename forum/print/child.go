package print

import (
	"context"
	"errors"
	"io"
	"time"
)

// Child starts a program that calls Serve, once for each piece of work.
type Child struct {
	Path   string // of the program
	Args   []string
	Memory int64         // bytes it may take, 0 for UsualMemory
	Time   time.Duration // it may take for a paper, 0 for UsualTime
}

// What a child may take unless said otherwise.
const (
	UsualMemory = 1 << 30
	UsualTime   = 30 * time.Second
)

// Serve does one piece of work that a Child sends: it limits its own process,
// reads the work from r and writes the answer to w. It is to be called by a
// process that does nothing else.
func Serve(ctx context.Context, r io.Reader, w io.Writer) error { return errors.ErrUnsupported }
