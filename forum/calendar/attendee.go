package calendar

import (
	"net/url"
	"slices"
	"strings"

	"github.com/emersion/go-ical"
)

func readAttendee(prop ical.Prop) Attendee {
	attendee := Attendee{
		Address:       address(prop),
		Name:          param(prop, ical.ParamCommonName),
		PartStat:      word(param(prop, ical.ParamParticipationStatus)),
		Role:          word(param(prop, ical.ParamRole)),
		Comment:       param(prop, "X-RESPONSE-COMMENT"),
		DelegatedTo:   addresses(prop.Params[ical.ParamDelegatedTo]),
		DelegatedFrom: addresses(prop.Params[ical.ParamDelegatedFrom]),
	}
	if attendee.PartStat == "" {
		attendee.PartStat = oldPartStat(word(param(prop, ical.PropStatus)))
	}
	return attendee
}

// oldPartStat translates the STATUS parameter of vCalendar 1.0.
func oldPartStat(status string) string {
	if status == "CONFIRMED" {
		return "ACCEPTED"
	}
	return status
}

// param is a parameter as one text: senders leave a comma in a name unquoted.
func param(prop ical.Prop, name string) string {
	return strings.TrimSpace(strings.Join(prop.Params[name], ","))
}

// address is the mail address of a property; some clients write another URI and the address beside it.
func address(prop ical.Prop) string {
	found := cleanAddress(prop.Value)
	if email := cleanAddress(param(prop, "EMAIL")); email != "" && !strings.Contains(found, "@") {
		return email
	}
	return found
}

func addresses(values []string) []string {
	var all []string
	for _, value := range values {
		if found := cleanAddress(value); found != "" {
			all = append(all, found)
		}
	}
	return all
}

// cleanAddress takes an address out of a mailto URI (RFC 6068) and of what some programs put around it.
func cleanAddress(value string) string {
	bare := unwrap(value)
	for hasMailto(bare) {
		bare = unwrap(bare[len("mailto:"):])
	}
	if plain, err := url.PathUnescape(bare); err == nil && hasMailto(unwrap(value)) && strings.Count(plain, "@") == 1 {
		bare = repair([]byte(plain))
	}
	return strings.ToLower(bare)
}

// unwrap removes spaces, quotes and angle brackets around a value.
func unwrap(value string) string {
	for {
		value = strings.TrimSpace(value)
		last := len(value) - 1
		if last < 1 || !slices.Contains([]string{`""`, "''", "<>"}, value[:1]+value[last:]) {
			return value
		}
		value = value[1:last]
	}
}

func hasMailto(value string) bool {
	return len(value) >= len("mailto:") && strings.EqualFold(value[:len("mailto:")], "mailto:")
}
