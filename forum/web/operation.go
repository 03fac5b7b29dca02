package web

import "github.com/gofiber/fiber/v2"

// health says that the process answers.
func (s *Server) health(c *fiber.Ctx) error { return c.SendString("ok\n") }

// ready says whether it can do its work.
func (s *Server) ready(c *fiber.Ctx) error {
	if s.options.Ready == nil {
		return c.SendString("ready\n")
	}
	v, end := s.begin(c)
	defer end()
	if err := s.options.Ready(v.ctx); err != nil {
		s.options.Log.Error("not ready", "error", err.Error())
		return c.Status(fiber.StatusServiceUnavailable).SendString("not ready\n")
	}
	return c.SendString("ready\n")
}
