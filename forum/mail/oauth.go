package mail

import (
	"context"
	"sync"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

// TokenEndpoint gives the tokens with which a provider's mailbox is opened in place of a password (RFC 6749). Without a
// refresh token the program asks in its own name (§ 4.4), with one in the mailbox owner's (§ 6).
type TokenEndpoint struct {
	URL, Client string
	Scopes      []string
	Secret      func() (string, error) // of the client
	Refresh     func() (string, error) // token of that name; nil is none

	mu      sync.Mutex
	token   *oauth2.Token
	renewed string // refresh token that the endpoint gave in place of the first one
}

// Token is one that is valid now.
func (e *TokenEndpoint) Token(ctx context.Context) (string, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.token.Valid() {
		return e.token.AccessToken, nil
	}
	token, err := e.ask(ctx)
	if err != nil {
		return "", err
	}
	e.token, e.renewed = token, token.RefreshToken
	return token.AccessToken, nil
}

func (e *TokenEndpoint) ask(ctx context.Context) (*oauth2.Token, error) {
	secret, err := e.Secret()
	if err != nil {
		return nil, err
	}
	if e.Refresh == nil {
		asking := clientcredentials.Config{ClientID: e.Client, ClientSecret: secret, TokenURL: e.URL, Scopes: e.Scopes}
		return asking.Token(ctx)
	}
	refresh := e.renewed
	if refresh == "" {
		if refresh, err = e.Refresh(); err != nil {
			return nil, err
		}
	}
	asking := oauth2.Config{ClientID: e.Client, ClientSecret: secret, Endpoint: oauth2.Endpoint{TokenURL: e.URL}, Scopes: e.Scopes}
	return asking.TokenSource(ctx, &oauth2.Token{RefreshToken: refresh}).Token()
}

// Forget drops a token that was not taken.
func (e *TokenEndpoint) Forget() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.token, e.renewed = nil, ""
}

// xoauth2 is the mechanism of that name, which Gmail and Microsoft 365 know (https://developers.google.com/workspace/gmail/imap/xoauth2-protocol).
type xoauth2 struct{ user, token string }

func (x xoauth2) Start() (mechanism string, first []byte, err error) {
	return "XOAUTH2", []byte("user=" + x.user + "\x01auth=Bearer " + x.token + "\x01\x01"), nil
}

// Next lets the server say no after it has said why.
func (x xoauth2) Next([]byte) ([]byte, error) { return []byte{}, nil }
