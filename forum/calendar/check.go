package calendar

import (
	"fmt"
	"net/mail"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
)

// InvitationError says what of an invitation cannot be written.
type InvitationError struct {
	// Field is the field of Invitation.
	Field  string
	Reason string
}

func (e *InvitationError) Error() string {
	return fmt.Sprintf("calendar: invitation: %s: %s", e.Field, e.Reason)
}

func (i Invitation) check() error {
	for _, rule := range []struct {
		field  string
		holds  bool
		reason string
	}{
		{"Method", i.Method == Request || i.Method == Cancel, "must be REQUEST or CANCEL"},
		{"UID", i.UID != "" && cleanLine(i.UID) == i.UID, "must be one line of plain text"},
		{"Sequence", i.Sequence >= 0, "must not be negative"},
		{"Stamp", writable(i.Stamp), "must be an instant between the years 1900 and 9998"},
		{"Start", writable(i.Start), "must be an instant between the years 1900 and 9998"},
		{"End", writable(i.End), "must be an instant between the years 1900 and 9998"},
		{"End", i.End.Truncate(time.Second).After(i.Start.Truncate(time.Second)), "must come after Start"},
		{"RecurrenceID", i.RecurrenceID.IsZero() || writable(i.RecurrenceID), "must be an instant between the years 1900 and 9998"},
		{"ConferenceURL", i.ConferenceURL == "" || isWebAddress(i.ConferenceURL), "must be an http or https address"},
		{"Language", i.Language == "" || languageTag.MatchString(i.Language), "must be a language tag"},
		{"Organizer", isAddress(i.Organizer.Address), "must have a mail address"},
		{"Attendees", len(i.Attendees) > 0, "must not be empty"},
	} {
		if !rule.holds {
			return &InvitationError{rule.field, rule.reason}
		}
	}
	for _, invitee := range i.Attendees {
		if err := invitee.check(); err != nil {
			return err
		}
	}
	return nil
}

func (i Invitee) check() error {
	switch {
	case !isAddress(i.Address):
		return &InvitationError{"Attendees", fmt.Sprintf("%q is no mail address", i.Address)}
	case !slices.Contains([]Role{"", Chair, Required, Optional}, i.Role):
		return &InvitationError{"Attendees", fmt.Sprintf("%q is no role", i.Role)}
	case !slices.Contains([]PartStat{"", NeedsAction, Accepted, Declined, Tentative, Delegated}, i.PartStat):
		return &InvitationError{"Attendees", fmt.Sprintf("%q is no answer", i.PartStat)}
	}
	return nil
}

func writable(at time.Time) bool {
	return at.UTC().Year() >= 1900 && at.UTC().Year() <= lastYear
}

// isAddress says whether an address can stand in a calendar: local part and domain without quotes or comments.
func isAddress(address string) bool {
	parsed, err := mail.ParseAddress("<" + address + ">")
	return err == nil && parsed.Address == address && cleanLine(address) == address && !strings.ContainsAny(address, " \"<>")
}

// mailto writes an address as a URI (RFC 6068 § 2), in lower case, since some calendars compare it letter by letter.
func mailto(address string) string {
	var uri strings.Builder
	uri.WriteString("mailto:")
	for _, octet := range []byte(strings.ToLower(address)) {
		if plainInMailto(octet) {
			uri.WriteByte(octet)
		} else {
			fmt.Fprintf(&uri, "%%%02X", octet)
		}
	}
	return uri.String()
}

func plainInMailto(octet byte) bool {
	return 'a' <= octet && octet <= 'z' || '0' <= octet && octet <= '9' || strings.IndexByte("@.!$&'*+-=_~", octet) >= 0
}

var languageTag = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}$`)

var plainURL = regexp.MustCompile(`^[!#-;=?-\[\]_a-z~]+$`)

func isWebAddress(address string) bool {
	parsed, err := url.Parse(address)
	return err == nil && (parsed.Scheme == "https" || parsed.Scheme == "http") && parsed.Host != "" && plainURL.MatchString(address)
}
