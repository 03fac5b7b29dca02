package governance

import (
	"fmt"
	"strings"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/governance"
)

// EscalationAddress is an escalation's page, or an act on it.
func EscalationAddress(id governance.EscalationID, parts ...string) string {
	return below("escalations", int64(id), parts)
}

// LedgerAddress is what there is of a ledger beside its matter's page.
func LedgerAddress(id governance.LedgerID, parts ...string) string {
	return below("ledgers", int64(id), parts)
}

// RatificationAddress is an act on a party's line.
func RatificationAddress(id governance.RatificationID, parts ...string) string {
	return below("ratifications", int64(id), parts)
}

func below(what string, id int64, parts []string) string {
	return strings.Join(append([]string{"", what, fmt.Sprint(id)}, parts...), "/")
}

// LadderAddress is an act on a ladder.
func LadderAddress(id governance.LadderID, parts ...string) string {
	return below("ladders", int64(id), parts)
}

// RoomAddress is a room, or an act in it.
func RoomAddress(id governance.RoomID, parts ...string) string {
	return below("rooms", int64(id), parts)
}

// PreMeetingAddress is what a party, or a level, prepares for a meeting.
func PreMeetingAddress(id forum.MeetingID, door governance.RoomDoor) string {
	whose := "level=" + string(door.Level)
	if door.Party != 0 {
		whose = fmt.Sprintf("party=%d", door.Party)
	}
	return fmt.Sprintf("/meetings/%d/room?%s", id, whose)
}

// PreparedField is the name of a matter's field in the form of a whole agenda.
func PreparedField(name string, matter forum.MatterID) string {
	return fmt.Sprintf("%s-%d", name, matter)
}
