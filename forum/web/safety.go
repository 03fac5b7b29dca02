package web

import (
	"net/http"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"github.com/samraad/samraad/forum"
)

// contentPolicy lets a page load its styles, scripts and letters from this site
// and nothing else from anywhere; data: is for the icons within the style sheet.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
	"frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

// permissions are what no page of ours asks a browser for.
const permissions = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"

// safe guards every answer, and refuses changes that another site's page asks
// for and forms that are too large. Programs send no cookie but a token that no
// page can forge, and their operations bound what each takes.
func (s *Server) safe(c *fiber.Ctx) error {
	s.guard(c)
	if s.ofAPI(c) {
		return c.Next()
	}
	if !ofCalDAV(c) {
		if err := s.own(c); err != nil {
			return err
		}
	}
	if err := tooLarge(c); err != nil {
		return err
	}
	return c.Next()
}

// ofAPI tells whether a request is one of a program.
func (s *Server) ofAPI(c *fiber.Ctx) bool {
	return s.options.API != nil && s.options.API.Covers(c.Path())
}

// guard sets what every answer tells the browser to keep to; what may be kept
// by the browser, or shown in a frame, says so itself.
func (s *Server) guard(c *fiber.Ctx) {
	c.Set(fiber.HeaderContentSecurityPolicy, contentPolicy)
	c.Set(fiber.HeaderXFrameOptions, "DENY")
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderReferrerPolicy, "same-origin")
	c.Set("Cross-Origin-Opener-Policy", "same-origin")
	c.Set("Cross-Origin-Resource-Policy", "same-origin")
	c.Set(fiber.HeaderPermissionsPolicy, permissions)
	c.Set(fiber.HeaderCacheControl, "no-store")
	if s.secure {
		c.Set(fiber.HeaderStrictTransportSecurity, "max-age=31536000")
	}
}

// own refuses a change that does not come from a page of ours: browsers say
// from where with each one (Fetch § 3.2, Fetch Metadata § 2.3).
func (s *Server) own(c *fiber.Ctx) error {
	request := asNet(c)
	err := s.origin.Check(request)
	if err == nil && (len(request.Header) > 0 || !changes(c.Method())) {
		return nil
	}
	return forum.Refuse(forum.Forbidden, "error.foreign_request").Because(err)
}

// changes tells whether a method may change something (RFC 9110 § 9.2.1).
func changes(method string) bool {
	switch method {
	case fiber.MethodGet, fiber.MethodHead, fiber.MethodOptions:
		return false
	}
	return true
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
