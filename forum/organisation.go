package forum

import "context"

// OrganisationID identifies an organisation.
type OrganisationID int64

// Level is the level of government that an organisation belongs to. Municipal
// and specialist are equal in everything; advisory belongs to neither.
type Level string

// The levels.
const (
	Municipal  Level = "municipal"
	Specialist Level = "specialist"
	Advisory   Level = "advisory"
)

// Levels lists them in the order in which they are shown: the equal ones by
// their key, so that neither is first by rank, and then the advisory one.
var Levels = []Level{Municipal, Specialist, Advisory}

// Valid tells whether the level is one of Levels.
func (l Level) Valid() bool { return l == Municipal || l == Specialist || l == Advisory }

// Other is the equal level across the table; advisory has none ("").
func (l Level) Other() Level {
	switch l {
	case Municipal:
		return Specialist
	case Specialist:
		return Municipal
	}
	return ""
}

// Organisation is a party: a municipality, a hospital trust or an advisory body.
type Organisation struct {
	ID           OrganisationID
	Number       string // nine digits of the register of legal entities
	Municipality string // four digits, "" for others
	Name         string
	Level        Level
	Side         Level // of an advisory party: the level that appointed it, or ""
	Language     Language
	ValidFrom    Date
	ValidTo      Date           // "" while it exists
	Contact      string         // address of the organisation itself, lower case, "" for none known
	Archive      string         // address of its archive, lower case, "" for none known
	Former       []FormerName   // what it was called before, the oldest first
	Successor    OrganisationID // into which it was merged, 0 for none
}

// FormerName is what an organisation was called until a date.
type FormerName struct {
	Name         string
	Municipality string
	To           Date // the last day
}

// On is the organisation as it was called on a date.
func (o Organisation) On(day Date) Organisation {
	for _, before := range o.Former {
		if day <= before.To {
			o.Name, o.Municipality = before.Name, before.Municipality
			break
		}
	}
	return o
}

// organisationsKey is what the organisations of a day are remembered by.
type organisationsKey struct{ on Date }

// OrganisationsOn are all organisations as they were called on a date, for
// reading: nobody changes them.
func OrganisationsOn(ctx context.Context, tx Tx, day Date) (map[OrganisationID]Organisation, error) {
	return recalled(tx, organisationsKey{day}, func() (map[OrganisationID]Organisation, error) {
		all, err := tx.Organisations(ctx)
		for id, o := range all {
			all[id] = o.On(day)
		}
		return all, err
	})
}

// OrganisationKeeper keeps organisations.
type OrganisationKeeper interface {
	Organisation(ctx context.Context, id OrganisationID) (*Organisation, error)
	OrganisationByNumber(ctx context.Context, number string) (*Organisation, error)
	Organisations(ctx context.Context) (map[OrganisationID]Organisation, error)
	SaveOrganisation(ctx context.Context, organisation *Organisation) error
}

// CheckOrganisationNumber accepts nine digits whose last is the MOD-11 check
// digit with the weights 3 2 7 6 5 4 3 2 of the Norwegian register.
func CheckOrganisationNumber(number string) error {
	wrong := Refuse(Invalid, "error.organisation_number", "Given", number)
	if len(number) != 9 {
		return wrong
	}
	sum := 0
	for i, weight := range []int{3, 2, 7, 6, 5, 4, 3, 2, 1} {
		digit := int(number[i]) - '0'
		if digit < 0 || digit > 9 {
			return wrong
		}
		sum += digit * weight
	}
	if sum%11 != 0 {
		return wrong
	}
	return nil
}
