package web

import (
	"bytes"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// worthCompressing is from how many bytes on a page is compressed; a smaller one
// fits a packet as it is.
const worthCompressing = 1200

// compressed shortens pages for browsers that ask for it. What else is sent is
// compressed already, or read by programs.
func (s *Server) compressed(c *fiber.Ctx) error {
	if err := c.Next(); err != nil {
		return err
	}
	if !bytes.HasPrefix(c.Response().Header.ContentType(), []byte(fiber.MIMETextHTML)) {
		return nil
	}
	c.Vary(fiber.HeaderAcceptEncoding)
	body := c.Response().Body()
	if len(body) >= worthCompressing && accepts(c, "gzip") {
		c.Set(fiber.HeaderContentEncoding, "gzip")
		c.Response().SetBodyRaw(fasthttp.AppendGzipBytesLevel(nil, body, fasthttp.CompressBestSpeed))
	}
	return nil
}

// accepts tells whether the browser takes an encoding (RFC 9110 section 12.5.3).
func accepts(c *fiber.Ctx, encoding string) bool {
	for offer := range strings.SplitSeq(c.Get(fiber.HeaderAcceptEncoding), ",") {
		name, quality, weighed := strings.Cut(strings.ReplaceAll(offer, " ", ""), ";")
		if strings.EqualFold(name, encoding) {
			return !weighed || strings.Trim(strings.TrimPrefix(quality, "q="), "0.") != ""
		}
	}
	return false
}

// encodings are those of a file that never changes, the smallest first.
var encodings = []struct {
	name string
	make func([]byte) []byte
}{
	{"br", func(content []byte) []byte {
		return fasthttp.AppendBrotliBytesLevel(nil, content, brotli.BestCompression)
	}},
	{"gzip", func(content []byte) []byte {
		return fasthttp.AppendGzipBytesLevel(nil, content, fasthttp.CompressBestCompression)
	}},
}
