package web

import (
	"time"

	"github.com/gofiber/fiber/v2"
)

// The cookies.
const (
	sessionCookie  = "session"
	signInCookie   = "sign-in"
	languageCookie = "language"
	noticeCookie   = "notice"
)

// cookieName is a cookie's name; the prefix of a secure site keeps other hosts
// of its domain from setting it (RFC 6265bis § 4.1.3.2).
func (s *Server) cookieName(name string) string {
	if s.secure {
		return "__Host-" + name
	}
	return name
}

// setCookie sets a cookie that no script and no other site gets to use; it
// lasts as long as the browser is open when lasts is 0.
func (v *Visit) setCookie(name, value string, lasts time.Duration) {
	v.c.Cookie(&fiber.Cookie{
		Name: v.cookieName(name), Value: value, Path: "/", MaxAge: int(lasts.Seconds()), SessionOnly: lasts == 0,
		HTTPOnly: true, Secure: v.secure, SameSite: fiber.CookieSameSiteLaxMode,
	})
}

func (v *Visit) dropCookie(name string) {
	v.c.Cookie(&fiber.Cookie{
		Name: v.cookieName(name), Path: "/", Expires: time.Unix(1, 0), HTTPOnly: true, Secure: v.secure, SameSite: fiber.CookieSameSiteLaxMode,
	})
}
