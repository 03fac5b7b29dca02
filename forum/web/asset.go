package web

import (
	"io/fs"
	"mime"
	"path"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"

	"github.com/samraad/samraad/templates"
)

// asset serves a built file. Its content is in its name, so it is kept for ever.
func (s *Server) asset(c *fiber.Ctx) error {
	name := c.Params("name")
	content, err := fs.ReadFile(templates.Assets(), name)
	if err != nil {
		return fiber.ErrNotFound
	}
	c.Set(fiber.HeaderContentType, mime.TypeByExtension(path.Ext(name)))
	c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	c.Vary(fiber.HeaderAcceptEncoding)
	for _, encoding := range encodings {
		if accepts(c, encoding.name) {
			c.Set(fiber.HeaderContentEncoding, encoding.name)
			return c.Send(s.encoded(encoding.name+" "+name, func() []byte { return encoding.make(content) }))
		}
	}
	return c.Send(content)
}

// encoded is what make makes, made once for a name.
func (s *Server) encoded(name string, make func() []byte) []byte {
	// A name that was cloned does not change with the request that it came in.
	once, _ := s.assets.LoadOrStore(strings.Clone(name), sync.OnceValue(make))
	return once.(func() []byte)()
}
