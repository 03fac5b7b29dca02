package forum

import (
	"context"
	"net/mail"
	"strings"
)

// PersonID identifies a person; 0 is nobody.
type PersonID int64

// Language is one a person reads: nn (the default), nb or en.
type Language string

// The languages.
const (
	Nynorsk Language = "nn"
	Bokmal  Language = "nb"
	English Language = "en"
)

// Valid tells whether the language is one that the program speaks.
func (l Language) Valid() bool { return l == Nynorsk || l == Bokmal || l == English }

// Person is someone with a seat somewhere; the level is never a person's but
// comes from the organisation of each seat.
type Person struct {
	ID       PersonID
	Name     string
	Address  string // where mail goes, lower case
	Language Language
}

// PersonKeeper keeps people.
type PersonKeeper interface {
	Person(ctx context.Context, id PersonID) (*Person, error)
	People(ctx context.Context) (map[PersonID]Person, error)
	SavePerson(ctx context.Context, person *Person) error
}

// AddressKeeper knows from which addresses a person writes.
type AddressKeeper interface {
	// PersonByAddress finds the person who has the address, whatever its case.
	PersonByAddress(ctx context.Context, address string) (*Person, error)
	// LearnAddress adds an address to a person; Conflict when it is another's.
	LearnAddress(ctx context.Context, person PersonID, address string) error
	// AddressesOf lists all that a person has.
	AddressesOf(ctx context.Context, person PersonID) ([]string, error)
	// ForgetAddress takes an address from a person; NotFound when the person has no such.
	ForgetAddress(ctx context.Context, person PersonID, address string) error
}

// longestAddress is what a path of mail holds between its brackets (RFC 5321 § 4.5.3.1.3).
const longestAddress = 254

// CleanAddress gives a bare mail address (RFC 5322 addr-spec) in lower case;
// Invalid when text is none, or one that needs quotes around its local part.
func CleanAddress(text string) (string, error) {
	refusal := Refuse(Invalid, "error.address", "Given", text)
	address, err := mail.ParseAddress(strings.TrimSpace(text))
	if err != nil {
		return "", refusal
	}
	clean := strings.ToLower(address.Address)
	if bare, err := mail.ParseAddress(clean); err != nil || bare.Address != clean || len(clean) > longestAddress {
		return "", refusal
	}
	return clean, nil
}

func domainOf(address string) string {
	_, domain, _ := strings.Cut(address, "@")
	return domain
}
