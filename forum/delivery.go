package forum

import (
	"context"
	"time"
)

// DeliveryID identifies a delivery.
type DeliveryID int64

// Delivery is one person's copy of an edition: the mail that brought it, and
// what the person has done with it since. Link is unguessable and opens the
// copy without signing in.
type Delivery struct {
	ID          DeliveryID
	EditionID   EditionID
	MeetingID   MeetingID
	PersonID    PersonID
	MessageID   MessageID
	Link        string
	SentAt      time.Time
	OpenedAt    time.Time // by a press, since mail scanners follow links; zero before
	ConfirmedAt time.Time // that the person knows of a change; zero before
	ReplacedBy  EditionID // the correction that the person got since, 0 for none
}

// DeliveryKeeper keeps deliveries. They are guarded by their meeting.
type DeliveryKeeper interface {
	// DeliveryByLink is the one that a link opens; NotFound when it is nobody's.
	DeliveryByLink(ctx context.Context, link string) (*Delivery, error)
	// DeliveryOf is a person's copy of an edition; NotFound when the person has none.
	DeliveryOf(ctx context.Context, edition EditionID, person PersonID) (*Delivery, error)
	// DeliveryBy is what a message delivered; NotFound when it was no edition.
	DeliveryBy(ctx context.Context, message MessageID) (*Delivery, error)
	// Deliveries lists those of an edition in the order in which they were sent.
	Deliveries(ctx context.Context, edition EditionID) ([]Delivery, error)
	SaveDelivery(ctx context.Context, delivery *Delivery) error
}

// Open notes that the person looked, the first time.
func (d *Delivery) Open(now time.Time) {
	if d.OpenedAt.IsZero() {
		d.OpenedAt = now
	}
}

// Confirm notes that the person knows, the first time; who confirms has looked.
func (d *Delivery) Confirm(now time.Time) {
	d.Open(now)
	if d.ConfirmedAt.IsZero() {
		d.ConfirmedAt = now
	}
}

// newDelivery is a person's copy of an edition, which a message is to bring.
func newDelivery(e *Edition, to PersonID, now time.Time) *Delivery {
	return &Delivery{EditionID: e.ID, MeetingID: e.MeetingID, PersonID: to, Link: NewSecret(), SentAt: now}
}
