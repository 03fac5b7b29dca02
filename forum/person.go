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
}

// CleanAddress gives a bare mail address (RFC 5322 addr-spec) in lower case;
// Invalid when text is none.
func CleanAddress(text string) (string, error) {
	address, err := mail.ParseAddress(strings.TrimSpace(text))
	if err != nil || strings.ContainsAny(address.Address, "\r\n\x00 ") {
		return "", Refuse(Invalid, "error.address", "Given", text)
	}
	return strings.ToLower(address.Address), nil
}

func domainOf(address string) string {
	_, domain, _ := strings.Cut(address, "@")
	return domain
}
