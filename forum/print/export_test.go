package print

import (
	"context"
	"errors"
)

// Bound is what a printer makes of one paper before it is put into an item.
func Bound(ctx context.Context, p *Printer, paper Paper) (Part, error) { return p.bound(ctx, paper) }

// ReasonOf is why a paper is apart, "" for another error.
func ReasonOf(err error) Reason {
	var refusal apart
	if errors.As(err, &refusal) {
		return refusal.reason
	}
	return ""
}
