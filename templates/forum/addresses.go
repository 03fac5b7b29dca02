package forum

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/samraad/samraad/forum"
)

// Addresses of pages, each written once.
const (
	ForumsAddress  = "/forums"
	FailedAddress  = "/failed"
	EnterAddress   = "/enter"
	SignInAddress  = "/sign-in"
	SignOutAddress = "/sign-out"
	SelfAddress    = "/me"
	FeedsAddress   = "/calendar/"
)

// LinkAddress is what the link of a mail opens that signs someone in.
func LinkAddress(secret string) string { return EnterAddress + "/" + secret }

// withNext adds to where someone signs in the path to go on to.
func withNext(at, next string) string {
	if next == "" {
		return at
	}
	return at + "?next=" + url.QueryEscape(next)
}

// OwnFeedAddress is where a feed is renewed or revoked.
func OwnFeedAddress(id forum.FeedID, act string) string {
	return SelfAddress + address("feeds", int64(id), []string{act})
}

// AbsenceAddress is an act on an absence.
func AbsenceAddress(id forum.AbsenceID, act string) string {
	return SelfAddress + address("absences", int64(id), []string{act})
}

// ForumAddress is a forum's page, or one below it when parts are given.
func ForumAddress(id forum.ForumID, parts ...string) string {
	return address("forums", int64(id), parts)
}

// MeetingAddress is a meeting's page, or one below it.
func MeetingAddress(id forum.MeetingID, parts ...string) string {
	return address("meetings", int64(id), parts)
}

// MatterAddress is a matter's page, or an act on it.
func MatterAddress(id forum.MatterID, parts ...string) string {
	return address("matters", int64(id), parts)
}

// RemovalAddress is an act on a removal.
func RemovalAddress(id forum.RemovalID, parts ...string) string {
	return address("removals", int64(id), parts)
}

// EditionAddress is an act on an edition of an agenda, or one of its files.
func EditionAddress(id forum.EditionID, parts ...string) string {
	return address("editions", int64(id), parts)
}

// GuestAddress is an act on a guest.
func GuestAddress(id forum.GuestID, parts ...string) string {
	return address("guests", int64(id), parts)
}

// GuestPageAddress is the page that a guest's link opens.
func GuestPageAddress(link string) string { return "/guest/" + link }

// GuestPaperAddress is where a guest fetches a paper.
func GuestPaperAddress(link string, id forum.DocumentID) string {
	return GuestPageAddress(link) + address("papers", int64(id), nil)
}

// CopyAddress is the page that the link in a mail with an agenda opens, or an act or file below it.
func CopyAddress(link string, parts ...string) string {
	return strings.Join(append([]string{"/copy", link}, parts...), "/")
}

// PaperAddress is where a paper is fetched.
func PaperAddress(id forum.DocumentID) string { return address("papers", int64(id), nil) }

// PaperPageAddress is where a paper's versions and acts are.
func PaperPageAddress(id forum.DocumentID) string {
	return address("papers", int64(id), []string{"about"})
}

// PaperActAddress is an act on a paper, or a version of it.
func PaperActAddress(id forum.DocumentID, parts ...string) string {
	return address("papers", int64(id), parts)
}

// MessageAddress is an outgoing message's page, or one below it.
func MessageAddress(id forum.MessageID, parts ...string) string {
	return address("messages", int64(id), parts)
}

// ErrandAddress is an act on an errand.
func ErrandAddress(id forum.ErrandID, parts ...string) string {
	return address("errands", int64(id), parts)
}

// IncomingAddress is an incoming mail's page, or one below it.
func IncomingAddress(id forum.IncomingID, parts ...string) string {
	return address("incoming", int64(id), parts)
}

// SeriesAddress is a series' page, or an act on it.
func SeriesAddress(id forum.SeriesID, parts ...string) string {
	return address("series", int64(id), parts)
}

// CalendarAddress is the calendar of an area in a year, 0 for the present one.
func CalendarAddress(id forum.AreaID, year int) string {
	path := address("areas", int64(id), []string{"calendar"})
	if year != 0 {
		path += fmt.Sprintf("?year=%d", year)
	}
	return path
}

// NextYearAddress is where the year after one is planned from it.
func NextYearAddress(id forum.AreaID, from int) string {
	return address("areas", int64(id), []string{"next-year"}) + fmt.Sprintf("?year=%d", from)
}

// WeeksAddress is an act on blocked weeks.
func WeeksAddress(id forum.BlockedWeeksID, parts ...string) string {
	return address("weeks", int64(id), parts)
}

// SeatAddress is an act on a seat.
func SeatAddress(id forum.SeatID, parts ...string) string { return address("seats", int64(id), parts) }

// EndingAddress is an act on the ending of a seat.
func EndingAddress(id forum.EndingID, parts ...string) string {
	return address("endings", int64(id), parts)
}

// FailedJobAddress is where a job that was given up is taken up again.
func FailedJobAddress(id int64) string { return address("failed", id, []string{"again"}) }

func address(things string, id int64, parts []string) string {
	path := fmt.Sprintf("/%s/%d", things, id)
	for _, part := range parts {
		path += "/" + part
	}
	return path
}
