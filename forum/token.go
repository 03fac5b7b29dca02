package forum

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"strings"
)

// Purpose is what a mail to a token address is about.
type Purpose string

// The purposes of token addresses.
const (
	AnswerPurpose Purpose = "answer" // Subject is a meeting
	MatterPurpose Purpose = "matter" // Subject is a matter
	KeysPurpose   Purpose = "keys"   // Subject is an edition
	GuestPurpose  Purpose = "guest"  // Subject is a guest
	ThreadPurpose Purpose = "thread" // Subject is a thread of comments
)

// AddressToken makes an address that knows what it is about and whose it is:
// gateways replace Message-ID and phones drop References, but an answer comes
// back to the address that it was given.
type AddressToken struct {
	Token    string // unguessable
	Purpose  Purpose
	Subject  int64
	PersonID PersonID
	ForumID  ForumID
}

// TokenKeeper keeps address tokens.
type TokenKeeper interface {
	AddressToken(ctx context.Context, token string) (*AddressToken, error)
	// AddressTokensOf lists those of a purpose for a subject.
	AddressTokensOf(ctx context.Context, purpose Purpose, subject int64) ([]AddressToken, error)
	SaveAddressToken(ctx context.Context, token *AddressToken) error
}

// secretEncoding survives mail systems that fold case in local parts.
var secretEncoding = base32.StdEncoding.WithPadding(base32.NoPadding)

// secretLength is how many letters and digits a secret has.
const secretLength = 26

// NewSecret gives 130 random bits as lower-case letters and digits.
func NewSecret() string {
	return strings.ToLower(secretEncoding.EncodeToString(randomBytes()))[:secretLength]
}

func randomBytes() []byte {
	b := make([]byte, 17)
	_, _ = rand.Read(b) // never fails (crypto/rand)
	return b
}

// TokenAddress is a forum's address with a token behind a plus sign (RFC 5233
// subaddressing).
func TokenAddress(forum, token string) string {
	local, domain, _ := strings.Cut(forum, "@")
	return local + "+" + token + "@" + domain
}

// SplitTokenAddress takes a recipient address apart into the forum's address
// and the token, "" for none. A forum's own address may have a plus sign, where
// several share one mailbox: who may meet that asks ForumAt.
func SplitTokenAddress(address string) (forum, token string) {
	local, domain, found := strings.Cut(strings.ToLower(address), "@")
	if !found {
		return strings.ToLower(address), ""
	}
	at := strings.LastIndexByte(local, '+')
	if at < 0 {
		return local + "@" + domain, ""
	}
	return local[:at] + "@" + domain, local[at+1:]
}

// ForumAt finds the forum that an address, or a token address, belongs to, and
// the token, "" for none; NotFound when it is no forum's.
func ForumAt(ctx context.Context, tx Tx, address string) (in *Forum, token string, err error) {
	in, err = tx.ForumByAddress(ctx, address)
	base, token := SplitTokenAddress(address)
	if token == "" || !IsKind(err, NotFound) {
		return in, "", err
	}
	in, err = tx.ForumByAddress(ctx, base)
	return in, token, err
}
