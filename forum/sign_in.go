package forum

import (
	"context"
	"time"
)

// SignInID identifies a sign-in that was asked for.
type SignInID int64

// SignIn is what a browser asks for that wants to be a person: a mail to an
// address, with a link and a code that hold in that browser alone, once. Of
// all secrets the digests alone are kept. Nothing of it tells whether the
// address is anybody's until the mail is written, which nobody waits for.
type SignIn struct {
	ID        SignInID
	Browser   Digest // of the secret that the browser holds
	Address   string
	Language  Language // chosen in the browser, "" for none
	Next      string   // path to go on to
	PersonID  PersonID // 0 before the mail is written, and for an address that is nobody's
	Link      Digest   // "" likewise
	Code      Digest
	MessageID MessageID
	Tries     int // of codes
	AskedAt   time.Time
	ExpiresAt time.Time
}

// SignInKeeper keeps what was asked for until it is used or over.
type SignInKeeper interface {
	SignIn(ctx context.Context, id SignInID) (*SignIn, error)
	SignInByLink(ctx context.Context, link Digest) (*SignIn, error)
	// SignInsOf lists what a browser asked for, the newest first.
	SignInsOf(ctx context.Context, browser Digest) ([]SignIn, error)
	SaveSignIn(ctx context.Context, asked *SignIn) error
	// CountTry counts a try against all that a browser asked for, at once for
	// everybody who tries at the same time.
	CountTry(ctx context.Context, browser Digest) error
}

// SignInEnder ends sign-ins.
type SignInEnder interface {
	// DropSignIn ends one; NotFound when somebody else was faster.
	DropSignIn(ctx context.Context, id SignInID) error
	// DropSignInsOf ends those that a person could use.
	DropSignInsOf(ctx context.Context, person PersonID) error
	// DropSignIns ends those that expire at an instant or before it.
	DropSignIns(ctx context.Context, at time.Time) error
}

const (
	MostTries       = 5  // codes that may be typed for one mail
	signInGroups    = 2  // of a code: 40 random bits, of which MostTries are tried
	mostForAddress  = 5  // mails that are asked for to one address within askingWithin
	mostFromNetwork = 30 // and from one network, where all of an office may sit
	askingWithin    = time.Hour
	longestNext     = 2000
)

// SignInAsked is what a browser says when it asks.
type SignInAsked struct {
	Browser  string // its secret
	Address  string // as typed
	Language Language
	Next     string
	Network  string // as NetworkOf gives it
}

// WriteSignIn writes the mail of a sign-in, if the address is somebody's.
type WriteSignIn struct {
	SignIn SignInID `json:"sign_in"`
}

// Kind names the handler.
func (WriteSignIn) Kind() string { return "write_sign_in" }

// SignInFacts is what the mail of a sign-in says.
type SignInFacts struct {
	Person  string
	Link    string // its secret
	Code    string
	Until   time.Time
	Forum   string // of the person, in whose name the mail goes
	Address string // of that forum
}

// AskSignIn asks for a sign-in. It does the same for every address and looks
// nobody up, so that neither answer nor time tells who is known; TooMany when
// the address or the network was used too often of late.
func AskSignIn(ctx context.Context, tx Tx, asked SignInAsked) error {
	address, err := CleanAddress(asked.Address)
	if err != nil {
		return Refuse(Invalid, "error.address", "Given", asked.Address).On("address")
	}
	if err := limit(ctx, tx, "address "+address, mostForAddress); err != nil {
		return err
	}
	if err := limit(ctx, tx, "network "+asked.Network, mostFromNetwork); err != nil {
		return err
	}
	if len(asked.Next) > longestNext {
		asked.Next = ""
	}
	row := SignIn{
		Browser: DigestOf(asked.Browser), Address: address, Language: asked.Language, Next: asked.Next,
		AskedAt: tx.Now(), ExpiresAt: tx.Now().Add(passLasts),
	}
	if err := tx.SaveSignIn(ctx, &row); err != nil {
		return err
	}
	return tx.Enqueue(ctx, WriteSignIn{row.ID})
}

// SendSignIn writes the mail of a sign-in; for an address that is nobody's it
// does nothing, and likewise when that was done before or is over.
func SendSignIn(ctx context.Context, tx Tx, id SignInID) error {
	asked, err := tx.SignIn(ctx, id)
	if IsKind(err, NotFound) || err == nil && (asked.MessageID != 0 || !asked.live(tx.Now())) {
		return nil
	}
	if err != nil {
		return err
	}
	person, err := tx.PersonByAddress(ctx, asked.Address)
	if IsKind(err, NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	from, err := writingForum(ctx, tx, person.ID)
	if err != nil {
		return err
	}
	language := person.Language
	if asked.Language.Valid() {
		language = asked.Language
	}
	link, code := NewSecret(), newCode(signInGroups)
	facts := SignInFacts{Person: person.Name, Link: link, Code: code, Until: asked.ExpiresAt, Forum: from.Name, Address: from.Address}
	// Like the code of a claim it belongs to no forum, whose secretaries would read it.
	m := &Message{To: asked.Address, Language: language, Kind: SignInMessage, Facts: MarshalFacts(facts)}
	if err := dispatch(ctx, tx, &Forum{Address: from.Address}, m); err != nil {
		return err
	}
	asked.PersonID, asked.Link, asked.Code, asked.MessageID = person.ID, DigestOf(link), DigestOf(bareCode(code)), m.ID
	return tx.SaveSignIn(ctx, asked)
}

// writingForum is in whose name a person is written to: the home forum, or the
// installation's first for who has no seat.
func writingForum(ctx context.Context, tx Tx, person PersonID) (*Forum, error) {
	home, err := homeForum(ctx, tx, person)
	if !IsKind(err, Conflict) {
		return home, err
	}
	all, err := tx.Forums(ctx)
	for _, f := range all {
		if f.Address != "" {
			return &f, err
		}
	}
	return nil, errOr(err, Refuse(Conflict, "error.sign_in.no_forum"))
}
