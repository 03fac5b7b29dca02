package web

import (
	"log/slog"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	pages "github.com/samraad/samraad/templates/forum"
)

// logged writes one line for each request: never its query, cookies or form,
// which may hold secrets, and of a pass only the route.
func (s *Server) logged(c *fiber.Ctx) error {
	began := time.Now()
	if err := c.Next(); err != nil {
		if err := s.problem(c, err); err != nil {
			_ = c.SendStatus(fiber.StatusInternalServerError)
		}
	}
	took, status, route := time.Since(began), c.Response().StatusCode(), routeOf(c)
	path := c.Path()
	if c.Params("pass") != "" || strings.HasPrefix(path, pages.GuestPageAddress("")) {
		path = route
	}
	s.options.Log.LogAttrs(c.UserContext(), slog.LevelInfo, "request",
		slog.String("method", c.Method()), slog.String("path", path), slog.Int("status", status),
		slog.Float64("seconds", took.Seconds()), slog.Int("bytes", len(c.Response().Body())))
	if s.options.Answered != nil {
		s.options.Answered(c.Method(), route, status, took)
	}
	return nil
}

// routeOf is the pattern that answered, "other" where none did, so that made-up
// paths do not make new series.
func routeOf(c *fiber.Ctx) string {
	if route := c.Route(); route != nil && route.Path != "/" {
		return route.Path
	}
	if c.Path() == "/" {
		return "/"
	}
	return "other"
}
