package web

import (
	"context"
	"errors"
	"io"
	"mime"

	"github.com/gofiber/fiber/v2"

	"github.com/samraad/samraad/forum"
)

// sandboxed keeps what others wrote from doing anything in a browser.
const sandboxed = "sandbox; default-src 'none'"

// openPaper gives a paper to be saved: never to be shown within the site, since
// its type is sniffed and not believed.
func openPaper(v *Visit) error {
	paper, err := ID[forum.DocumentID](v)
	if err != nil {
		return err
	}
	document, err := Read(v, func(ctx context.Context, tx forum.Tx, by forum.Actor) (*forum.Document, error) {
		return forum.ReadPaperFile(ctx, tx, by, paper)
	})
	if err != nil {
		return err
	}
	return v.sendPaper(document)
}

// sendPaper gives the bytes of a paper.
func (v *Visit) sendPaper(document *forum.Document) error {
	whole, err := v.bytesOf(document.Digest)
	if err != nil {
		return err
	}
	return v.Attach(document.Name, document.Type, whole)
}

func (v *Visit) bytesOf(digest forum.Digest) ([]byte, error) {
	content, err := v.options.Files.Open(v.ctx, digest)
	if err != nil {
		return nil, err
	}
	whole, err := io.ReadAll(content)
	return whole, errors.Join(err, content.Close())
}

// disposition names a file (RFC 6266; a name that is not ASCII as RFC 8187 writes it).
func disposition(how, name string) string {
	return mime.FormatMediaType(how, map[string]string{"filename": name})
}

// Attach sends bytes as a file to save.
func (v *Visit) Attach(name, mediaType string, content []byte) error {
	v.alone()
	v.c.Set(fiber.HeaderContentDisposition, disposition("attachment", name))
	if _, _, err := mime.ParseMediaType(mediaType); err != nil {
		mediaType = fiber.MIMEOctetStream
	}
	v.c.Set(fiber.HeaderContentType, mediaType)
	return v.c.Send(content)
}

// source sends the bytes of a mail to be read as they are.
func (v *Visit) source(raw []byte) error {
	v.alone()
	v.c.Set(fiber.HeaderContentType, fiber.MIMETextPlainCharsetUTF8)
	return v.c.Send(raw)
}

// alone makes an answer a document by itself, outside the site's pages.
func (v *Visit) alone() {
	v.c.Set(fiber.HeaderContentSecurityPolicy, sandboxed+"; frame-ancestors 'none'")
}
