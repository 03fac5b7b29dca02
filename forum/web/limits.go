package web

import (
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// What a request may have, in bytes: its body with papers, its body without,
// and its header. A body that is larger is read twice as far, to be refused
// with a page; beyond that the connection ends, which a browser shows as
// trouble of the network.
const (
	largestRequest = 30_000_000
	largestForm    = 4_000_000
	largestHeader  = 16 << 10
	readAtMost     = 2 * largestRequest
	readOfForm     = 4 * largestForm
)

// patience is how long a request may take to arrive: its header, a form, and
// papers over a slow line.
type patience struct{ header, form, papers time.Duration }

var usual = patience{header: 10 * time.Second, form: 30 * time.Second, papers: 5 * time.Minute}

// pace gives a request, once its header is known, the time and room of its body.
func (p patience) pace(header *fasthttp.RequestHeader) fasthttp.RequestConfig {
	if bringsPapers(string(header.ContentType())) {
		return fasthttp.RequestConfig{ReadTimeout: p.papers, MaxRequestBodySize: readAtMost}
	}
	return fasthttp.RequestConfig{ReadTimeout: p.form, MaxRequestBodySize: readOfForm}
}

// bringsPapers tells by the type of a body whether it may hold papers: those of
// a form, or the one that a program sends.
func bringsPapers(contentType string) bool {
	return strings.HasPrefix(contentType, fiber.MIMEMultipartForm) || strings.HasPrefix(contentType, fiber.MIMEOctetStream)
}

// tooLarge refuses a request that has more than its kind may have.
func tooLarge(c *fiber.Ctx) error {
	most := largestForm
	if bringsPapers(c.Get(fiber.HeaderContentType)) {
		most = largestRequest
	}
	if len(c.Request().Body()) > most {
		return fiber.ErrRequestEntityTooLarge
	}
	return nil
}

// errFormTooLarge is for papers that are sent to what takes none.
var errFormTooLarge = fiber.NewError(fiber.StatusRequestEntityTooLarge, "form too large")

// formOnly refuses more than a form where no papers are taken.
func formOnly(c *fiber.Ctx) error {
	if len(c.Request().Body()) > largestForm {
		return errFormTooLarge
	}
	return c.Next()
}
