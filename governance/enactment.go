package governance

import "github.com/samraad/samraad/forum"

// Enactment is one decision of approved minutes, before it has its number.
type Enactment struct {
	ForumID   forum.ForumID
	MeetingID forum.MeetingID // 0 for a written procedure
	MatterID  forum.MatterID
	MotionID  MotionID // 0 for one that no motion stood behind
	Text      string
	Basis     string // legal basis, "" for none
	Actions   []Action
}

// Action is what one organisation has to do by a decision.
type Action struct {
	OrganisationID forum.OrganisationID
	OwnerID        forum.PersonID // of that organisation
	Text           string
	Due            forum.Date
}
