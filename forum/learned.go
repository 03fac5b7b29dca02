package forum

import (
	"context"
	"time"
)

// LearnedAddress is an address from which somebody writes, on a secretary's word.
// Mail that is found to be from there is theirs; nobody signs in by it, and an
// address that somebody has proven is that person's whatever was learned.
type LearnedAddress struct {
	Address   string // lower case
	PersonID  PersonID
	ForumID   ForumID // whose secretary said so
	MailID    IncomingID
	LearnedBy PersonID
	LearnedAt time.Time
}

// LearnedKeeper keeps learned addresses.
type LearnedKeeper interface {
	// Learned finds what was learned of an address, whatever its case; NotFound when nothing was.
	Learned(ctx context.Context, address string) (*LearnedAddress, error)
	// SaveLearned adds one; Conflict when something was learned of the address.
	SaveLearned(ctx context.Context, learned *LearnedAddress) error
	// DropLearned takes away what was learned of an address.
	DropLearned(ctx context.Context, address string) error
}

// WriterOf is the person who writes from an address: who has proven it, else
// whose a secretary said it is. NotFound when nobody is known.
func WriterOf(ctx context.Context, tx Tx, address string) (*Person, error) {
	person, err := tx.PersonByAddress(ctx, address)
	if !IsKind(err, NotFound) {
		return person, err
	}
	learned, failure := tx.Learned(ctx, address)
	if failure != nil {
		return nil, failure
	}
	return tx.Person(ctx, learned.PersonID)
}

// LearnWriter is a secretary's word that the address that a held mail is from is
// a person's, so that the next mail from there is theirs without being held.
func LearnWriter(ctx context.Context, tx Tx, by Actor, id IncomingID, writer PersonID) error {
	mail, address, err := mailToLearn(ctx, tx, by, id)
	if err != nil {
		return err
	}
	if mail.State != HeldMail {
		return Refuse(Conflict, "error.mail.state."+string(mail.State))
	}
	may, err := AsPerson(writer).Can(ctx, tx, mail.asks(), mail.ForumID)
	if err != nil {
		return err
	}
	if !may {
		return Refuse(Invalid, "error.mail.writer").On("person")
	}
	switch owner, err := WriterOf(ctx, tx, address); {
	case IsKind(err, NotFound):
	case err != nil:
		return err
	case owner.ID == writer:
		return nil
	default:
		return Refuse(Conflict, "error.conflict.address").On("learn")
	}
	base, _ := SplitTokenAddress(address)
	if _, err := tx.ForumByAddress(ctx, base); !IsKind(err, NotFound) {
		return errOr(err, Refuse(Invalid, "error.claim.forum").On("learn"))
	}
	learned := LearnedAddress{Address: address, PersonID: writer, ForumID: mail.ForumID, MailID: id, LearnedBy: by.Person, LearnedAt: tx.Now()}
	if err := tx.SaveLearned(ctx, &learned); err != nil {
		return err
	}
	return recordLearned(ctx, tx, by, &learned, id, "address_learned")
}

// UnlearnWriter takes back that the address of a mail is somebody's.
func UnlearnWriter(ctx context.Context, tx Tx, by Actor, id IncomingID) error {
	mail, address, err := mailToLearn(ctx, tx, by, id)
	if err != nil {
		return err
	}
	learned, err := tx.Learned(ctx, address)
	if IsKind(err, NotFound) || err == nil && learned.ForumID != mail.ForumID {
		return Refuse(Conflict, "error.mail.not_learned")
	}
	if err != nil {
		return err
	}
	if err := tx.DropLearned(ctx, address); err != nil {
		return err
	}
	return recordLearned(ctx, tx, by, learned, id, "address_unlearned")
}

// mailToLearn is a mail and the address that it is from, for who may say whose it is.
func mailToLearn(ctx context.Context, tx Tx, by Actor, id IncomingID) (*Incoming, string, error) {
	mail, err := tx.Incoming(ctx, id)
	if err != nil {
		return nil, "", err
	}
	if _, err := by.May(ctx, tx, ReleaseMail, mail.ForumID); err != nil {
		return nil, "", err
	}
	address, err := CleanAddress(mail.From)
	if err != nil {
		return nil, "", Refuse(Invalid, "error.address", "Given", mail.From).On("learn")
	}
	return mail, address, nil
}

func recordLearned(ctx context.Context, tx Tx, by Actor, learned *LearnedAddress, id IncomingID, deed string) error {
	person, err := tx.Person(ctx, learned.PersonID)
	if err != nil {
		return err
	}
	return tx.Record(ctx, Event{
		ForumID: learned.ForumID, At: tx.Now(), PersonID: by.Person, Deed: deed, Object: MailObject(id),
		Details: map[string]string{"Address": learned.Address, "Person": person.Name},
	})
}
