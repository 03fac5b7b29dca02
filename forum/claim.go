package forum

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// ClaimID identifies a claim.
type ClaimID int64

// AddressClaim is an address that a person says is theirs, until a code that
// was sent there proves it. The claim keeps the code's digest alone.
type AddressClaim struct {
	ID        ClaimID
	PersonID  PersonID
	Address   string
	Digest    Digest
	MessageID MessageID // that carries the code
	CreatedAt time.Time
}

// ClaimKeeper keeps claims of addresses.
type ClaimKeeper interface {
	// Claims lists a person's, the newest first.
	Claims(ctx context.Context, person PersonID) ([]AddressClaim, error)
	SaveClaim(ctx context.Context, claim *AddressClaim) error
	DropClaim(ctx context.Context, id ClaimID) error
}

// ClaimFacts is what the mail with a code says.
type ClaimFacts struct {
	Person  string
	Claimed string // address
	Code    string
	Until   time.Time
	Forum   string // of the person, in whose name the mail goes
	Address string // of that forum
}

// ClaimedAddress is a claim that waits for its code. Code is shown in a
// demonstration, from which no mail goes out, and "" elsewhere.
type ClaimedAddress struct {
	Address string
	Until   time.Time
	Code    string
}

const (
	claimLasts = 24 * time.Hour
	mostClaims = 5 // mails that a person can have sent to addresses of others within claimLasts
	mostOwn    = 20
	codeGroup  = 4 // letters between the hyphens of a code
	codeGroups = 3 // 60 random bits
)

// newCode gives a code that people can copy: groups of four, each of 20 random bits.
func newCode(count int) string {
	groups := make([]string, 0, count)
	for group := range slices.Chunk([]byte(NewSecret()[:codeGroup*count]), codeGroup) {
		groups = append(groups, string(group))
	}
	return strings.Join(groups, "-")
}

// bareCode is a code as people type it, without what they put between and around.
func bareCode(code string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '2' && r <= '7' {
			return r
		}
		return -1
	}, strings.ToLower(code))
}

// NewCode gives a code that people type, and what is kept of it.
func NewCode() (code string, digest Digest) {
	code = newCode(signInGroups)
	return code, DigestOfCode(code)
}

// DigestOfCode is what is kept of a code, with spaces and hyphens as people type them.
func DigestOfCode(code string) Digest { return DigestOf(bareCode(code)) }

// ClaimAddress sends a code to an address that the actor wants to write from.
// Until the code comes back nothing of the actor's changes.
func ClaimAddress(ctx context.Context, tx Tx, by Actor, given string) error {
	if err := by.mustBeSomeone(); err != nil {
		return err
	}
	person, err := tx.Person(ctx, by.Person)
	if err != nil {
		return err
	}
	address, err := claimable(ctx, tx, person, given)
	if err != nil {
		return err
	}
	claims, err := clearClaims(ctx, tx, person.ID)
	if err != nil {
		return err
	}
	if len(claims) >= mostClaims {
		return Refuse(Invalid, "error.claim.too_many", "Most", mostClaims).On("address")
	}
	from, err := homeForum(ctx, tx, person.ID)
	if err != nil {
		return err
	}
	code, until := newCode(codeGroups), tx.Now().Add(claimLasts)
	facts := ClaimFacts{Person: person.Name, Claimed: address, Code: code, Until: until, Forum: from.Name, Address: from.Address}
	// The mail belongs to no forum: a secretary who reads what a forum sends could
	// otherwise take the code of an address that is another's.
	m := &Message{To: address, Language: person.Language, Kind: ClaimMessage, Facts: MarshalFacts(facts)}
	if err := dispatch(ctx, tx, &Forum{Address: from.Address}, m); err != nil {
		return err
	}
	claim := AddressClaim{PersonID: person.ID, Address: address, Digest: DigestOf(bareCode(code)), MessageID: m.ID, CreatedAt: tx.Now()}
	if err := tx.SaveClaim(ctx, &claim); err != nil {
		return err
	}
	return recordSelf(ctx, tx, by, "address_claimed")
}

// claimable is the address in clean form, if it is nobody's yet.
func claimable(ctx context.Context, tx Tx, person *Person, given string) (string, error) {
	address, err := CleanAddress(given)
	if err != nil {
		return "", Refuse(Invalid, "error.address", "Given", given).On("address")
	}
	if _, _, err := ForumAt(ctx, tx, address); !IsKind(err, NotFound) {
		return "", errOr(err, Refuse(Invalid, "error.claim.forum").On("address"))
	}
	owner, err := tx.PersonByAddress(ctx, address)
	switch {
	case IsKind(err, NotFound):
	case err != nil:
		return "", err
	case owner.ID == person.ID:
		return "", Refuse(Conflict, "error.claim.own").On("address")
	default:
		return "", Refuse(Conflict, "error.conflict.address").On("address")
	}
	own, err := tx.AddressesOf(ctx, person.ID)
	if err == nil && len(own) >= mostOwn {
		err = Refuse(Conflict, "error.claim.most", "Most", mostOwn).On("address")
	}
	return address, err
}

// homeForum is the forum in whose name the program writes to a person: that of
// the first seat.
func homeForum(ctx context.Context, tx Tx, person PersonID) (*Forum, error) {
	seats, err := tx.SeatsOf(ctx, person, DateOf(tx.Now()))
	if err != nil {
		return nil, err
	}
	for _, s := range seats {
		f, err := tx.Forum(ctx, s.ForumID)
		if err != nil || f.Address != "" {
			return f, err
		}
	}
	return nil, Refuse(Conflict, "error.claim.no_seat").On("address")
}

// live tells whether a claim's code still counts.
func (c AddressClaim) live(now time.Time) bool { return now.Before(c.CreatedAt.Add(claimLasts)) }

// clearClaims drops a person's claims that are over and gives the others.
func clearClaims(ctx context.Context, tx Tx, person PersonID) ([]AddressClaim, error) {
	claims, err := tx.Claims(ctx, person)
	if err != nil {
		return nil, err
	}
	var live []AddressClaim
	for _, c := range claims {
		if c.live(tx.Now()) {
			live = append(live, c)
		} else if err := tx.DropClaim(ctx, c.ID); err != nil {
			return nil, err
		}
	}
	return live, nil
}

// ConfirmAddress makes an address the actor's own by the code that was sent
// there; it may have become another's meanwhile, which is a Conflict.
func ConfirmAddress(ctx context.Context, tx Tx, by Actor, code string) (string, error) {
	if err := by.mustBeSomeone(); err != nil {
		return "", err
	}
	claims, err := clearClaims(ctx, tx, by.Person)
	if err != nil {
		return "", err
	}
	digest := DigestOf(bareCode(code))
	at := slices.IndexFunc(claims, func(c AddressClaim) bool { return c.Digest == digest })
	if at < 0 {
		return "", Refuse(Invalid, "error.claim.code").On("code")
	}
	address := claims[at].Address
	if err := tx.LearnAddress(ctx, by.Person, address); err != nil {
		return "", err
	}
	for _, c := range claims {
		if c.Address == address {
			if err := tx.DropClaim(ctx, c.ID); err != nil {
				return "", err
			}
		}
	}
	return address, recordSelf(ctx, tx, by, "address_confirmed")
}

// RemoveAddress makes an address the actor's no longer; the main one stays.
func RemoveAddress(ctx context.Context, tx Tx, by Actor, address string) error {
	if err := by.mustBeSomeone(); err != nil {
		return err
	}
	person, err := tx.Person(ctx, by.Person)
	if err != nil {
		return err
	}
	if strings.EqualFold(address, person.Address) {
		return Refuse(Conflict, "error.claim.main")
	}
	if err := tx.ForgetAddress(ctx, person.ID, address); err != nil {
		return err
	}
	return recordSelf(ctx, tx, by, "address_removed")
}

// ownAddresses lists a person's, the main one first.
func ownAddresses(ctx context.Context, tx Tx, person *Person) ([]string, error) {
	addresses, err := tx.AddressesOf(ctx, person.ID)
	slices.Sort(addresses)
	if at := slices.Index(addresses, person.Address); at > 0 {
		addresses = slices.Insert(slices.Delete(addresses, at, at+1), 0, person.Address)
	}
	return addresses, err
}

// openClaims lists what waits for a code, the newest claim of each address.
func openClaims(ctx context.Context, tx Tx, person *Person) ([]ClaimedAddress, error) {
	claims, err := tx.Claims(ctx, person.ID)
	if err != nil {
		return nil, err
	}
	demo, err := tx.IsDemo(ctx)
	if err != nil {
		return nil, err
	}
	var open []ClaimedAddress
	for _, c := range claims {
		if !c.live(tx.Now()) || slices.ContainsFunc(open, func(o ClaimedAddress) bool { return o.Address == c.Address }) {
			continue
		}
		claimed := ClaimedAddress{Address: c.Address, Until: c.CreatedAt.Add(claimLasts)}
		if demo {
			if claimed.Code, err = demoCode(ctx, tx, c.MessageID); err != nil {
				return nil, err
			}
		}
		open = append(open, claimed)
	}
	return open, nil
}

func demoCode(ctx context.Context, tx Tx, id MessageID) (string, error) {
	m, err := tx.Message(ctx, id)
	if err != nil {
		return "", err
	}
	var facts ClaimFacts
	err = json.Unmarshal(m.Facts, &facts)
	return facts.Code, err
}
