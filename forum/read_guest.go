package forum

import (
	"context"
	"slices"
)

// GuestPage is one line of an agenda as its guest sees it, and nothing besides.
type GuestPage struct {
	Guest  Guest
	Forum  string
	Form   MeetingForm
	Slot   // of the line
	Line   Line
	Number string // of the matter, "" for a line that is none
	Title  string // public one of the matter, or a line's own
	Papers []Document
	Exempt []string // legal basis of each paper that is kept back
	Open   bool     // an answer is still taken
}

// ReadGuestPage opens the page that a guest's link leads to; it needs no
// sign-in and changes nothing. NotFound when the guest was taken off, the line
// left the agenda, or the day after the meeting is over.
func ReadGuestPage(ctx context.Context, tx Tx, link string) (*GuestPage, error) {
	closed := Refuse(NotFound, "error.guest.link")
	guest, err := tx.GuestByLink(ctx, link)
	if IsKind(err, NotFound) {
		return nil, closed
	}
	if err != nil {
		return nil, err
	}
	m, err := tx.Meeting(ctx, guest.MeetingID)
	if err != nil {
		return nil, err
	}
	order, err := RunningOrderOf(ctx, tx, m)
	if err != nil {
		return nil, err
	}
	slot := visit(m, order.Lines, guest.Line)
	if slot == nil || !guest.Admits(m, tx.Now()) {
		return nil, closed
	}
	in, err := tx.Forum(ctx, m.ForumID)
	if err != nil {
		return nil, err
	}
	page := &GuestPage{Guest: *guest, Forum: in.Name, Form: m.Form, Slot: *slot, Line: *lineOf(order.Lines, guest.Line)}
	page.Open = m.Movable() && tx.Now().Before(m.End) && !guest.Told.Start.IsZero()
	page.Title = page.Line.Title
	matter, err := matterOf(ctx, tx, m, &page.Line)
	if err != nil || matter.ID == 0 {
		return page, err
	}
	page.Number, page.Title = matter.Number, matter.Title
	documents, err := tx.Documents(ctx, matter.ID)
	papers := PapersForGuest(documents)
	page.Exempt = papers.Exempt
	page.Papers = slices.DeleteFunc(documents, func(d Document) bool { return d.Withheld(Reader{}) != "" })
	return page, err
}

// ReadGuestPaper is one of the papers on a guest's page.
func ReadGuestPaper(ctx context.Context, tx Tx, link string, id DocumentID) (*Document, error) {
	page, err := ReadGuestPage(ctx, tx, link)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(page.Papers, func(d Document) bool { return d.ID == id })
	if at < 0 {
		return nil, Refuse(NotFound, "error.not_found.document")
	}
	return &page.Papers[at], nil
}
