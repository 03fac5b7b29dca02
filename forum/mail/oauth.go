package mail

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/emersion/go-sasl"
	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"github.com/samraad/samraad/forum"
)

// OAuth signs in to a relay or a mailbox by a token (SASL XOAUTH2), as Microsoft 365 and Gmail want it. It asks one endpoint for tokens,
// and nobody else.
type OAuth struct {
	endpoint       string
	client, secret string
	refresh        string // token that is worth others, "" for client credentials
	scopes         []string

	mu     sync.Mutex
	source oauth2.TokenSource // that has a token until it ends, nil to begin anew
}

// tokenWithin bounds how long an endpoint may take.
const tokenWithin = 10 * time.Second

// NewOAuth makes an OAuth of the application's id and secret: with a refresh token that somebody consented to (RFC 6749 § 6,
// Gmail), or in the application's own name (§ 4.4, Microsoft 365). Invalid when something is missing, or when the endpoint would
// be asked without TLS and is not this machine; the refusal repeats no secret.
func NewOAuth(endpoint, client, secret, refresh string, scopes []string) (*OAuth, error) {
	at, err := url.Parse(endpoint)
	if err != nil || at.Hostname() == "" || at.User != nil || at.Scheme != "https" && !(at.Scheme == "http" && isThisMachine(at.Hostname())) {
		return nil, forum.Refuse(forum.Invalid, "mail.relay.oauth_url", "Given", endpoint)
	}
	if client == "" || secret == "" {
		return nil, forum.Refuse(forum.Invalid, "mail.relay.oauth_client")
	}
	return &OAuth{endpoint: endpoint, client: client, secret: secret, refresh: refresh, scopes: scopes}, nil
}

// token is one that still holds; a new one is asked for when there is none.
func (o *OAuth) token() (string, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.source == nil {
		o.source = o.tokens()
	}
	token, err := o.source.Token()
	if err != nil {
		o.source = nil
		return "", withoutBody(err)
	}
	return token.AccessToken, nil
}

func (o *OAuth) tokens() oauth2.TokenSource {
	ctx := context.WithValue(context.Background(), oauth2.HTTPClient, &http.Client{Timeout: tokenWithin, CheckRedirect: stay})
	if o.refresh == "" {
		return (&clientcredentials.Config{ClientID: o.client, ClientSecret: o.secret, TokenURL: o.endpoint, Scopes: o.scopes, AuthStyle: oauth2.AuthStyleInParams}).TokenSource(ctx)
	}
	config := &oauth2.Config{ClientID: o.client, ClientSecret: o.secret, Scopes: o.scopes, Endpoint: oauth2.Endpoint{TokenURL: o.endpoint, AuthStyle: oauth2.AuthStyleInParams}}
	return config.TokenSource(ctx, &oauth2.Token{RefreshToken: o.refresh})
}

// stay follows no redirection: secrets go to the endpoint alone.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// withoutBody is an endpoint's refusal without what it answered, which may repeat what it was asked.
func withoutBody(err error) error {
	var refused *oauth2.RetrieveError
	if errors.As(err, &refused) && refused.Response != nil {
		return fmt.Errorf("mail: the token endpoint answered %d %s", refused.Response.StatusCode, oneLine(refused.ErrorCode))
	}
	return err
}

// forget drops the token, which was not taken.
func (o *OAuth) forget() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.source = nil
}

// login signs a user in.
func (o *OAuth) login(user string) login {
	return func(context.Context) (sasl.Client, error) {
		token, err := o.token()
		return &xoauth2{user: user, token: token, refused: o.forget}, err
	}
}

// xoauth2 is the SASL mechanism XOAUTH2.
type xoauth2 struct {
	user, token string
	refused     func()
}

// Start sends user and token at once.
func (x *xoauth2) Start() (mechanism string, initial []byte, err error) {
	return "XOAUTH2", []byte("user=" + x.user + "\x01auth=Bearer " + x.token + "\x01\x01"), nil
}

// Next answers the challenge by which a server says that it does not take the token, with nothing, upon which it ends.
func (x *xoauth2) Next([]byte) ([]byte, error) { return []byte{}, nil }
