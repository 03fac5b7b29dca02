package api

import "github.com/gofiber/fiber/v2"

func (a *API) showDocumentation(c *fiber.Ctx) error { return c.Redirect(Prefix + "/openapi.json") }
