package forum

import (
	"cmp"
	"context"
	"slices"
)

// SentEdition is an edition that is out, as one reader may see it.
type SentEdition struct {
	Edition
	Made        bool     // the print is made, or none is needed
	Print       Print    // with ID 0 before it is made, and of a notice
	CorrectedBy int      // number of the edition that replaces it, 0 for none
	Closed      []string // lines whose print holds what may not travel any more
	Own         Delivery
	Copies      []CopyRow // for the secretaries alone
	Opened      int
	Confirmed   int
}

// CopyRow is one receiver's copy.
type CopyRow struct {
	Delivery
	Person       Person
	Organisation Organisation
	State        MessageState
}

// Package is what has gone out of a meeting's agenda, the newest first.
type Package struct {
	Editions []SentEdition
	MayEdit  bool // correct what is out, and see who opened it
	MayTell  bool // send a notice now
}

// PackagePage is all that went out of a meeting, with who got it.
type PackagePage struct {
	Meeting
	Forum Forum
	Package
}

// ReadPackagePage opens what went out of a meeting, for its secretaries.
func ReadPackagePage(ctx context.Context, tx Tx, by Actor, id MeetingID) (*PackagePage, error) {
	m, err := tx.Meeting(ctx, id)
	if err != nil {
		return nil, err
	}
	if _, err := by.May(ctx, tx, EditAgenda, m.ForumID); err != nil {
		return nil, err
	}
	f, err := tx.Forum(ctx, m.ForumID)
	if err != nil {
		return nil, err
	}
	page := &PackagePage{Meeting: *m, Forum: *f}
	page.Package, err = readPackage(ctx, tx, by, m)
	return page, err
}

func readPackage(ctx context.Context, tx Tx, by Actor, m *Meeting) (p Package, err error) {
	if err := by.fill(ctx, tx, m.ForumID, map[Right]*bool{EditAgenda: &p.MayEdit, MoveIt: &p.MayTell}); err != nil {
		return p, err
	}
	p.MayTell = p.MayTell && m.TakesNotice(tx.Now())
	editions, err := tx.Editions(ctx, m.ID)
	if err != nil {
		return p, err
	}
	for _, e := range slices.Backward(editions) {
		if e.State != OutEdition {
			continue
		}
		row := SentEdition{Edition: e, Made: e.Sort == NoticeEdition}
		at := slices.IndexFunc(editions, func(c Edition) bool { return c.Replaces == e.ID })
		if at >= 0 {
			row.CorrectedBy = editions[at].Number
		}
		if err := row.read(ctx, tx, by, p.MayEdit); err != nil {
			return p, err
		}
		p.Editions = append(p.Editions, row)
	}
	return p, nil
}

func (r *SentEdition) read(ctx context.Context, tx Tx, by Actor, copies bool) (err error) {
	if r.Edition, r.Closed, err = keptBehind(ctx, tx, &r.Edition); err != nil {
		return err
	}
	print, err := tx.PrintOf(ctx, r.ID)
	switch {
	case err == nil:
		r.Print, r.Made = *print, true
	case !IsKind(err, NotFound):
		return err
	}
	own, err := tx.DeliveryOf(ctx, r.ID, by.Person)
	switch {
	case err == nil:
		r.Own = *own
	case !IsKind(err, NotFound):
		return err
	}
	if !copies {
		return nil
	}
	return r.readCopies(ctx, tx)
}

func (r *SentEdition) readCopies(ctx context.Context, tx Tx) error {
	deliveries, err := tx.Deliveries(ctx, r.ID)
	if err != nil {
		return err
	}
	people, err := Everyone(ctx, tx)
	if err != nil {
		return err
	}
	seats, err := seatedIn(ctx, tx, r.ForumID)
	if err != nil {
		return err
	}
	for _, d := range deliveries {
		message, err := tx.Message(ctx, d.MessageID)
		if err != nil {
			return err
		}
		row := CopyRow{Delivery: d, Person: people[d.PersonID], State: message.State}
		if at := slices.IndexFunc(seats, func(s Seated) bool { return s.PersonID == d.PersonID }); at >= 0 {
			row.Organisation = seats[at].Organisation
		}
		r.Copies = append(r.Copies, row)
		if !d.OpenedAt.IsZero() {
			r.Opened++
		}
		if !d.ConfirmedAt.IsZero() {
			r.Confirmed++
		}
	}
	slices.SortStableFunc(r.Copies, func(a, b CopyRow) int {
		return cmp.Compare(a.progress(), b.progress()) // who is still missing stands first
	})
	return nil
}

func (c CopyRow) progress() int {
	switch {
	case !c.ConfirmedAt.IsZero():
		return 2
	case !c.OpenedAt.IsZero():
		return 1
	}
	return 0
}

// Papers are the papers of the edition that are files of their own, with the
// reason of each; exempt ones are none.
func (r *SentEdition) Papers() (papers []EditionPaper, reasons []string) {
	apart := r.Print.Apart()
	for _, item := range r.Outgoing() {
		for _, p := range item.Papers {
			if reason, is := apart[p.DocumentID]; p.Access != Exempt && (is || r.Print.Digest == "") {
				papers, reasons = append(papers, p), append(reasons, reason)
			}
		}
	}
	return papers, reasons
}
