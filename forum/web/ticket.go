package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"

	"github.com/samraad/samraad/forum"
	pages "github.com/samraad/samraad/templates/forum"
)

// kept are papers as tickets that the form sends back. A ticket is signed, so
// that nobody attaches bytes of others by their digest.
func (v *Visit) kept(papers []forum.Paper) []pages.KeptPaper {
	list := make([]pages.KeptPaper, len(papers))
	for i, paper := range papers {
		list[i] = pages.KeptPaper{Name: paper.Name, Bytes: paper.Size, Ticket: v.ticket(paper)}
	}
	return list
}

func (s *Server) ticket(paper forum.Paper) string {
	content, err := json.Marshal(paper)
	if err != nil {
		panic(err) // strings and numbers always encode
	}
	return base64.RawURLEncoding.EncodeToString(content) + "." + base64.RawURLEncoding.EncodeToString(s.sign(content))
}

// redeem gives the paper of a ticket; ok is false for one that this process
// did not sign, whose name alone is then good for telling.
func (s *Server) redeem(ticket string) (paper forum.Paper, ok bool) {
	body, signature, _ := strings.Cut(ticket, ".")
	content, err := base64.RawURLEncoding.DecodeString(body)
	if err != nil || json.Unmarshal(content, &paper) != nil {
		return forum.Paper{Name: "?"}, false
	}
	signed, err := base64.RawURLEncoding.DecodeString(signature)
	if err != nil || !hmac.Equal(signed, s.sign(content)) {
		return forum.Paper{Name: forum.PaperName(clean(paper.Name))}, false
	}
	return paper, true
}

func (s *Server) sign(content []byte) []byte {
	mac := hmac.New(sha256.New, s.key)
	mac.Write(content)
	return mac.Sum(nil)
}
