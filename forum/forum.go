package forum

import "context"

// ForumID identifies a forum.
type ForumID int64

// ForumKind is what sort of body a forum is.
type ForumKind string

// The kinds of forum, from the top of the tree down.
const (
	TopLeaderMeeting ForumKind = "top-leader-meeting"
	Council          ForumKind = "council"
	ContactMeeting   ForumKind = "contact-meeting"
	SubCommittee     ForumKind = "sub-committee"
	WorkingGroup     ForumKind = "working-group"
	Network          ForumKind = "network"
)

// ForumKinds lists them.
var ForumKinds = []ForumKind{TopLeaderMeeting, Council, ContactMeeting, SubCommittee, WorkingGroup, Network}

// Forum is a body in an area's tree that meets.
type Forum struct {
	ID       ForumID
	AreaID   AreaID
	Parent   ForumID // 0 at the top of its area
	Key      string  // unique within the area
	Name     string
	Kind     ForumKind
	Address  string // where items are sent, lower case, unique in the installation
	Language Language
	Position int // among its siblings, from 1
}

// ForumKeeper keeps forums.
type ForumKeeper interface {
	Forum(ctx context.Context, id ForumID) (*Forum, error)
	ForumByAddress(ctx context.Context, address string) (*Forum, error)
	// Forums lists all, parents before children, siblings by position.
	Forums(ctx context.Context) ([]Forum, error)
	SaveForum(ctx context.Context, forum *Forum) error
}
