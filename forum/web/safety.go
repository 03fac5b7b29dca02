package web

import (
	"net/http"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"github.com/samraad/samraad/forum"
)

// contentPolicy lets a page load from this site alone; data: is for the icons
// within the style sheet.
const contentPolicy = "default-src 'self'; img-src 'self' data:; object-src 'none'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'"

// safe guards every answer, and refuses changes that another site's page asks
// for and forms that are too large.
func (s *Server) safe(c *fiber.Ctx) error {
	s.guard(c)
	if s.ofAPI(c) { // which has limits of its own, and takes no word of a browser's
		return c.Next()
	}
	if err := s.origin.Check(asNet(c)); err != nil {
		return forum.Refuse(forum.Forbidden, "error.foreign_request").Because(err)
	}
	if len(c.Request().Body()) > largestRequest {
		return fiber.ErrRequestEntityTooLarge
	}
	return c.Next()
}

// ofAPI tells whether a request is one of a program.
func (s *Server) ofAPI(c *fiber.Ctx) bool {
	return s.options.API != nil && s.options.API.Covers(c.Path())
}

// guard sets what every answer tells the browser to keep to.
func (s *Server) guard(c *fiber.Ctx) {
	c.Set(fiber.HeaderContentSecurityPolicy, contentPolicy)
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderReferrerPolicy, "same-origin")
	c.Set("Cross-Origin-Opener-Policy", "same-origin")
	if s.secure {
		c.Set(fiber.HeaderStrictTransportSecurity, "max-age=31536000")
	}
}

// asNet is what net/http's check of the origin needs of a request.
func asNet(c *fiber.Ctx) *http.Request {
	header := http.Header{}
	for _, name := range []string{"Sec-Fetch-Site", "Origin"} {
		if value := c.Get(name); value != "" {
			header.Set(name, value)
		}
	}
	return &http.Request{Method: c.Method(), Host: string(c.Context().Host()), Header: header, URL: &url.URL{Path: c.Path()}}
}
