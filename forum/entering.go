package forum

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"time"
)

func (s SignIn) live(now time.Time) bool { return now.Before(s.ExpiresAt) }

// Entered is a session that a sign-in opened, and the path that was wanted.
type Entered struct {
	Secret string
	Next   string
}

// The refusals of links and codes: a link that is over says no more than that.
var (
	errLinkOver  = Refuse(Forbidden, "error.sign_in.link")
	errElsewhere = Refuse(Forbidden, "error.sign_in.elsewhere")
	errWrongCode = Refuse(Invalid, "error.sign_in.code").On("code")
	errDeadCode  = Refuse(Invalid, "error.sign_in.tries").On("code")
)

// CheckLink tells what redeeming a link would, and changes nothing. It gives
// the address that the link was sent to, "" for an operator's pass.
func CheckLink(ctx context.Context, tx Tx, link, browser string) (address string, err error) {
	if _, err := liveSession(ctx, tx, link, true); !IsKind(err, Forbidden) {
		return "", err
	}
	asked, err := sentLink(ctx, tx, link, browser)
	if err != nil {
		return "", err
	}
	return asked.Address, nil
}

// sentLink is the sign-in of a link, in the browser that asked for it: one that
// was sent on, or asked for by somebody else, opens nothing.
func sentLink(ctx context.Context, tx Tx, link, browser string) (*SignIn, error) {
	asked, err := tx.SignInByLink(ctx, DigestOf(link))
	switch {
	case IsKind(err, NotFound):
		return nil, errLinkOver
	case err != nil:
		return nil, err
	case !asked.live(tx.Now()):
		return nil, errLinkOver
	case !equal(asked.Browser, DigestOf(browser)):
		return nil, errElsewhere
	}
	return asked, nil
}

func equal(a, b Digest) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// RedeemLink opens a session by an operator's pass, or by a link that was sent
// to a browser; the link is worth nothing afterwards.
func RedeemLink(ctx context.Context, tx Tx, link, browser string) (*Entered, error) {
	secret, err := RedeemPass(ctx, tx, link)
	if err == nil {
		return &Entered{Secret: secret}, nil
	}
	if !IsKind(err, Forbidden) {
		return nil, err
	}
	asked, err := sentLink(ctx, tx, link, browser)
	if err != nil {
		return nil, err
	}
	return enter(ctx, tx, asked)
}

// RedeemCode opens a session by a code that was sent to a browser, spaces and
// hyphens as people type them. A refusal is no error of the transaction, which
// is to be kept: the try counts, and after MostTries the code is dead.
func RedeemCode(ctx context.Context, tx Tx, code, browser string) (entered *Entered, refused *Error, err error) {
	if err := tx.CountTry(ctx, DigestOf(browser)); err != nil {
		return nil, nil, err
	}
	all, err := tx.SignInsOf(ctx, DigestOf(browser))
	if err != nil {
		return nil, nil, err
	}
	refused = errDeadCode
	given := DigestOf(bareCode(code))
	for _, asked := range all {
		if !asked.live(tx.Now()) || asked.Tries > MostTries {
			continue
		}
		if equal(asked.Code, given) {
			entered, err = enter(ctx, tx, &asked)
			return entered, nil, err
		}
		if asked.Tries < MostTries {
			refused = errWrongCode
		}
	}
	return nil, refused, nil
}

// enter opens the session, and ends all else that the browser asked for.
func enter(ctx context.Context, tx Tx, asked *SignIn) (*Entered, error) {
	err := tx.DropSignIn(ctx, asked.ID)
	if IsKind(err, NotFound) {
		return nil, errLinkOver
	}
	if err != nil {
		return nil, err
	}
	rest, err := tx.SignInsOf(ctx, asked.Browser)
	if err != nil {
		return nil, err
	}
	for _, other := range rest {
		if err := tx.DropSignIn(ctx, other.ID); err != nil && !IsKind(err, NotFound) {
			return nil, err
		}
	}
	secret, err := openSession(ctx, tx, Session{PersonID: asked.PersonID})
	if err != nil {
		return nil, err
	}
	return &Entered{secret, asked.Next}, recordSelf(ctx, tx, AsPerson(asked.PersonID), "signed_in")
}

// WaitingSignIn is what a browser waits for. Code is shown in a demonstration,
// from which no mail goes out, and "" elsewhere or before it is written.
type WaitingSignIn struct {
	Address string
	Until   time.Time
	Next    string
	Demo    bool
	Code    string
}

// ReadSignIn tells what a browser asked for last, NotFound when that is over.
func ReadSignIn(ctx context.Context, tx Tx, browser string) (*WaitingSignIn, error) {
	all, err := tx.SignInsOf(ctx, DigestOf(browser))
	if err != nil {
		return nil, err
	}
	if len(all) == 0 || !all[0].live(tx.Now()) {
		return nil, Refuse(NotFound, "error.not_found.sign_in")
	}
	waiting := &WaitingSignIn{Address: all[0].Address, Until: all[0].ExpiresAt, Next: all[0].Next}
	if waiting.Demo, err = tx.IsDemo(ctx); err != nil || !waiting.Demo || all[0].MessageID == 0 {
		return waiting, err
	}
	m, err := tx.Message(ctx, all[0].MessageID)
	if err != nil {
		return nil, err
	}
	var facts SignInFacts
	err = json.Unmarshal(m.Facts, &facts)
	waiting.Code = facts.Code
	return waiting, err
}
