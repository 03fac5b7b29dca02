package forum

import (
	"context"
	"slices"
	"strconv"
)

// CopyPage is an edition as the link in one receiver's mail opens it.
type CopyPage struct {
	SentEdition
	Delivery Delivery
	Meeting  Meeting
	Forum    Forum
	Person   Person
	Admits   bool   // the receiver still has a place at the meeting; otherwise papers stay closed
	Newer    string // Link of the receiver's copy of what went out later, "" for none
}

// ReadCopy opens the page of a link; it needs no sign-in and changes nothing.
// NotFound when the link is nobody's.
func ReadCopy(ctx context.Context, tx Tx, link string) (*CopyPage, error) {
	d, err := tx.DeliveryByLink(ctx, link)
	if IsKind(err, NotFound) {
		return nil, Refuse(NotFound, "error.edition.link")
	}
	if err != nil {
		return nil, err
	}
	page := &CopyPage{Delivery: *d}
	e, err := tx.Edition(ctx, d.EditionID)
	if err != nil {
		return nil, err
	}
	page.SentEdition = SentEdition{Edition: *e, Made: e.Sort == NoticeEdition}
	by := AsPerson(d.PersonID)
	if err := page.SentEdition.read(ctx, tx, by, false); err != nil {
		return nil, err
	}
	m, err := tx.Meeting(ctx, e.MeetingID)
	if err != nil {
		return nil, err
	}
	f, err := tx.Forum(ctx, e.ForumID)
	if err != nil {
		return nil, err
	}
	person, err := tx.Person(ctx, d.PersonID)
	if err != nil {
		return nil, err
	}
	page.Meeting, page.Forum, page.Person = *m, *f, *person
	if _, err = by.MayAt(ctx, tx, ReadMeeting, m); err != nil && !IsKind(err, Forbidden) {
		return nil, err
	}
	page.Admits = err == nil
	page.Newer, err = newerCopy(ctx, tx, e, d.PersonID)
	return page, err
}

// newerCopy is the link of a person's copy of the last edition that came after
// one, notices aside.
func newerCopy(ctx context.Context, tx Tx, than *Edition, person PersonID) (string, error) {
	editions, err := tx.Editions(ctx, than.MeetingID)
	if err != nil {
		return "", err
	}
	for _, e := range slices.Backward(editions) {
		if e.Number <= than.Number {
			break
		}
		if e.State != OutEdition || e.Sort == NoticeEdition || than.Sort == NoticeEdition {
			continue
		}
		d, err := tx.DeliveryOf(ctx, e.ID, person)
		if err == nil {
			return d.Link, nil
		}
		if !IsKind(err, NotFound) {
			return "", err
		}
	}
	return "", nil
}

// OpenCopy notes that the receiver of a copy looks at it.
func OpenCopy(ctx context.Context, tx Tx, link string) (*Delivery, error) {
	return markCopy(ctx, tx, link, func(d *Delivery) { d.Open(tx.Now()) })
}

// ConfirmCopy notes that the receiver of a copy knows of a change.
func ConfirmCopy(ctx context.Context, tx Tx, link string) (*Delivery, error) {
	return markCopy(ctx, tx, link, func(d *Delivery) { d.Confirm(tx.Now()) })
}

func markCopy(ctx context.Context, tx Tx, link string, mark func(*Delivery)) (*Delivery, error) {
	found, err := tx.DeliveryByLink(ctx, link)
	if IsKind(err, NotFound) {
		return nil, Refuse(NotFound, "error.edition.link")
	}
	if err != nil {
		return nil, err
	}
	if _, err := tx.Meeting(ctx, found.MeetingID); err != nil { // which guards it
		return nil, err
	}
	d, err := tx.DeliveryByLink(ctx, link)
	if err != nil {
		return nil, err
	}
	mark(d)
	return d, tx.SaveDelivery(ctx, d)
}

// OpenEdition is OpenCopy for a reader who is signed in; it does nothing for one
// who has no copy.
func OpenEdition(ctx context.Context, tx Tx, by Actor, id EditionID) (*Edition, error) {
	return markOwn(ctx, tx, by, id, OpenCopy)
}

// ConfirmEdition is ConfirmCopy for a reader who is signed in.
func ConfirmEdition(ctx context.Context, tx Tx, by Actor, id EditionID) (*Edition, error) {
	return markOwn(ctx, tx, by, id, ConfirmCopy)
}

func markOwn(ctx context.Context, tx Tx, by Actor, id EditionID, mark func(context.Context, Tx, string) (*Delivery, error)) (*Edition, error) {
	e, err := readableEdition(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	d, err := tx.DeliveryOf(ctx, id, by.Person)
	if IsKind(err, NotFound) {
		return e, nil
	}
	if err != nil {
		return nil, err
	}
	_, err = mark(ctx, tx, d.Link)
	return e, err
}

// readableEdition is an edition that is out, for who may read its meeting.
func readableEdition(ctx context.Context, tx Tx, by Actor, id EditionID) (*Edition, error) {
	e, err := ReadEdition(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	if e.State != OutEdition {
		return nil, Refuse(NotFound, "error.not_found.edition")
	}
	return e, nil
}

// ReadEditionFile is a file of an edition that is out, for who may read its
// meeting: see File for what there is.
func ReadEditionFile(ctx context.Context, tx Tx, by Actor, id EditionID, part, key string) (*Paper, error) {
	e, err := readableEdition(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	row := SentEdition{Edition: *e}
	if err := row.read(ctx, tx, by, false); err != nil {
		return nil, err
	}
	return row.File(part, key)
}

// ReadCopyFile is a file of the edition that a link opens.
func ReadCopyFile(ctx context.Context, tx Tx, link, part, key string) (*Paper, error) {
	page, err := ReadCopy(ctx, tx, link)
	if err != nil {
		return nil, err
	}
	if !page.Admits {
		return nil, Refuse(Forbidden, "error.edition.closed")
	}
	return page.File(part, key)
}

// File is a file of the edition: its whole "pdf", one of its "items" by the key
// of the line, or one of its "papers" by number. NotFound when there is none;
// exempt papers are none.
func (r *SentEdition) File(part, key string) (*Paper, error) {
	const pdf = "application/pdf"
	switch part {
	case "pdf":
		if len(r.Closed) > 0 {
			return nil, Refuse(Forbidden, "error.edition.behind")
		}
		if r.Print.Digest != "" {
			return &Paper{Name: r.Print.Name, Type: pdf, Size: r.Print.Size, Digest: r.Print.Digest}, nil
		}
	case "items":
		if slices.Contains(r.Closed, key) {
			return nil, Refuse(Forbidden, "error.edition.behind")
		}
		at := slices.IndexFunc(r.Print.Items, func(i PrintedItem) bool { return i.Line == key && i.Digest != "" })
		if item := r.Item(key); at >= 0 && item != nil && !item.HeldBack {
			found := r.Print.Items[at]
			return &Paper{Name: found.Name, Type: pdf, Size: found.Size, Digest: found.Digest}, nil
		}
	case "papers":
		for _, item := range r.Outgoing() {
			for _, p := range item.Papers {
				if p.Access != Exempt && strconv.FormatInt(int64(p.DocumentID), 10) == key {
					return &Paper{Name: p.Name, Type: p.Type, Size: p.Size, Digest: p.Digest}, nil
				}
			}
		}
	}
	return nil, Refuse(NotFound, "error.not_found.file_of_edition")
}
