package web

import (
	"log/slog"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
)

// logged writes one line for each request: never its query, cookies or form,
// which may hold secrets, and of a pass or a feed only the route.
func (s *Server) logged(c *fiber.Ctx) error {
	began := time.Now()
	if err := c.Next(); err != nil {
		if err := s.problem(c, err); err != nil {
			_ = c.SendStatus(fiber.StatusInternalServerError)
		}
	}
	took, status, route := time.Since(began), c.Response().StatusCode(), routeOf(c)
	s.options.Log.LogAttrs(c.UserContext(), slog.LevelInfo, "request",
		slog.String("method", c.Method()), slog.String("path", loggedPath(c)), slog.Int("status", status),
		slog.Float64("seconds", took.Seconds()), slog.Int("bytes", len(c.Response().Body())))
	if s.options.Answered != nil {
		s.options.Answered(c.Method(), route, status, took)
	}
	return nil
}

// loggedPath is the path, or only the route where the path holds a secret. Of a
// path that came to no route it is the beginning: the rest may be a secret that
// was copied badly.
func loggedPath(c *fiber.Ctx) string {
	route := routeOf(c)
	switch {
	case c.Params("pass") != "" || c.Params("file") != "":
		return route
	case route == "other":
		if first, rest, _ := strings.Cut(strings.Trim(c.Path(), "/"), "/"); rest != "" {
			return "/" + first + "/…"
		}
	}
	return c.Path()
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
