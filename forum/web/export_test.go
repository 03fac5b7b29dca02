package web

import (
	"time"

	"github.com/samraad/samraad/forum"
)

// GetRoutes are the patterns that answer GET.
func (s *Server) GetRoutes() []string {
	var paths []string
	for _, route := range s.app.GetRoutes(true) {
		if route.Method == "GET" {
			paths = append(paths, route.Path)
		}
	}
	return paths
}

// PaperName makes the name of an uploaded file fit.
func PaperName(name string) string { return forum.PaperName(clean(name)) }

// OwnPath keeps a redirect on this site.
func OwnPath(path string) string { return ownPath(path) }

// Ticket lets a form bring a paper back.
func (s *Server) Ticket(paper forum.Paper) string { return s.ticket(paper) }

// Redeem gives the paper of a ticket.
func (s *Server) Redeem(ticket string) (forum.Paper, bool) { return s.redeem(ticket) }

// ClientOf and BrowserName say who visits, of what the request says.
var (
	ClientOf    = clientOf
	BrowserName = browserName
)

// Impatient makes a server wait for nothing longer than an instant.
func Impatient(o *Options) {
	const instant = 100 * time.Millisecond
	o.patience = patience{header: instant, form: instant, papers: instant}
}
