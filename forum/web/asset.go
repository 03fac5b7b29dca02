package web

import (
	"io/fs"
	"mime"
	"path"

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
	return c.Send(content)
}
