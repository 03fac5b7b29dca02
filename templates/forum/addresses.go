package forum

import (
	"fmt"

	"github.com/samraad/samraad/forum"
)

// Addresses of pages, each written once.
const (
	ForumsAddress  = "/forums"
	FailedAddress  = "/failed"
	EnterAddress   = "/enter"
	SignOutAddress = "/sign-out"
)

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

// PaperAddress is where a paper is fetched.
func PaperAddress(id forum.DocumentID) string { return address("papers", int64(id), nil) }

// MessageAddress is an outgoing message's page, or one below it.
func MessageAddress(id forum.MessageID, parts ...string) string {
	return address("messages", int64(id), parts)
}

// IncomingAddress is an incoming mail's page, or one below it.
func IncomingAddress(id forum.IncomingID, parts ...string) string {
	return address("incoming", int64(id), parts)
}

func address(things string, id int64, parts []string) string {
	path := fmt.Sprintf("/%s/%d", things, id)
	for _, part := range parts {
		path += "/" + part
	}
	return path
}
