package api

import (
	"context"
	"net/http"
	"time"

	"github.com/samraad/samraad/forum"
)

// Keys is how far a meeting's agenda is with the keys.
type Keys struct {
	MeetingID   forum.MeetingID  `json:"meeting_id" doc:"Number of the meeting."`
	EditionID   forum.EditionID  `json:"edition_id,omitempty" doc:"Number of the newest edition that needed the keys."`
	Levels      []KeyLevel       `json:"levels" doc:"How each level stands."`
	Items       []KeyItem        `json:"items" doc:"The items that need the keys, or are held back."`
	Editions    []EditionSummary `json:"editions" doc:"Every edition, the newest first."`
	Differs     bool             `json:"differs" doc:"Whether the agenda says something else by now."`
	WouldClose  *time.Time       `json:"would_close,omitempty" doc:"The deadline of what is asked for now."`
	MayAsk      bool             `json:"may_ask" doc:"Whether the caller may ask for the keys."`
	MayOverride bool             `json:"may_override" doc:"Whether the caller may override them."`
	Turns       string           `json:"turns,omitempty" doc:"The level whose key the caller can turn now."`
}

// KeyLevel is how a level stands with its key.
type KeyLevel struct {
	Level    string      `json:"level" doc:"municipal or specialist."`
	Holders  []KeyHolder `json:"holders" doc:"Who hold its key."`
	Asked    int         `json:"asked" doc:"How many items it is asked about."`
	Approved int         `json:"approved" doc:"How many of them it approved."`
	Objected int         `json:"objected" doc:"How many of them it objects to."`
}

// KeyHolder is who holds a key.
type KeyHolder struct {
	PersonID forum.PersonID `json:"person_id" doc:"Number of the person."`
	Name     string         `json:"name" doc:"Name of the person."`
	Away     bool           `json:"away" doc:"Whether the person is away today."`
	StandIn  string         `json:"stand_in,omitempty" doc:"Name of who stands in."`
}

// KeyItem is an item with what each level says of it.
type KeyItem struct {
	Key   string    `json:"key" doc:"Name of the line."`
	Title string    `json:"title,omitempty" doc:"The public title."`
	Words []KeyWord `json:"words" doc:"What the levels said."`
}

// KeyWord is what a level says of an item.
type KeyWord struct {
	Level  string    `json:"level" doc:"municipal or specialist."`
	Person string    `json:"person" doc:"Name of who said it."`
	Answer string    `json:"answer" doc:"approve, object or take-back."`
	Reason string    `json:"reason,omitempty" doc:"Why, of an objection."`
	At     time.Time `json:"at" doc:"When it was said."`
}

// KeyAsking is what goes along with a request for the keys.
type KeyAsking struct {
	Text string `json:"text,omitempty" maxLength:"10000" doc:"What the secretary writes along with it."`
}

// KeyWords is what a key-holder says.
type KeyWords struct {
	Words []KeySaying `json:"words" minItems:"1" maxItems:"500" doc:"What is said, all at once."`
}

// KeySaying is one word on some items, or on all.
type KeySaying struct {
	Items  []string `json:"items,omitempty" maxItems:"500" doc:"Names of the lines; left out for all that is asked about."`
	Answer string   `json:"answer" enum:"approve,object,take-back" doc:"The word."`
	Reason string   `json:"reason,omitempty" maxLength:"10000" doc:"Why; needed of an objection."`
}

func (w KeySaying) saying() forum.KeySaying {
	return forum.KeySaying{Items: w.Items, Answer: forum.KeyAnswer(w.Answer), Reason: w.Reason}
}

// Override is why an edition goes out without the keys.
type Override struct {
	Reason string `json:"reason" maxLength:"10000" doc:"Why; all can read it."`
}

// StandIn is who turns a key-holder's key in an absence.
type StandIn struct {
	ForumID    forum.ForumID  `json:"forum_id" doc:"Number of the forum."`
	Level      string         `json:"level" doc:"The level whose key it is."`
	PersonID   forum.PersonID `json:"person_id,omitempty" doc:"Number of who stands in; absent for nobody."`
	Candidates []Person       `json:"candidates" doc:"Who could stand in."`
}

// NewStandIn names a stand-in.
type NewStandIn struct {
	PersonID forum.PersonID `json:"person_id" minimum:"0" doc:"Number of who stands in; 0 for nobody."`
}

func wordsOf(said map[forum.Level]forum.SaidWord) []KeyWord {
	words := []KeyWord{}
	for _, level := range []forum.Level{forum.Municipal, forum.Specialist} {
		if w, ok := said[level]; ok {
			words = append(words, KeyWord{string(level), w.Person, string(w.Answer), w.Reason, w.SaidAt.UTC()})
		}
	}
	return words
}

func keyItemOf(r forum.KeyRow) KeyItem { return KeyItem{r.Line.Key, r.Title, wordsOf(r.Said)} }

func keysOf(p forum.KeysPage) Keys {
	k := Keys{
		MeetingID: p.Meeting.ID, Items: Each(p.Rows, keyItemOf), Differs: p.Differs, WouldClose: instant(p.WouldClose),
		MayAsk: p.MayAsk, MayOverride: p.MayOverride, Turns: string(p.Turns),
		Editions: Each(p.Editions, func(e forum.EditionRow) EditionSummary { return editionOf(e.Edition) }),
		Levels: Each(p.Levels, func(l forum.KeyLevel) KeyLevel {
			holders := Each(l.Holders, func(h forum.KeyHolderRow) KeyHolder { return KeyHolder{h.Holder, h.Name, h.Away, h.StandInName} })
			return KeyLevel{string(l.Level), holders, l.Asked, l.Approved, l.Objected}
		}),
	}
	if p.Edition != nil {
		k.EditionID = p.Edition.ID
	}
	return k
}

var standInThing = Thing[forum.ForumID, StandIn]{
	Hold: holdSeats,
	See: func(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.ForumID) (StandIn, error) {
		self, err := forum.ReadSelfPage(ctx, tx, by)
		if err != nil {
			return StandIn{}, err
		}
		for _, k := range self.Keys {
			if k.Forum.ID == id {
				return StandIn{id, string(k.Level), k.StandIn, Each(k.Candidates, personOf)}, nil
			}
		}
		return StandIn{}, forum.Refuse(forum.Forbidden, "error.forbidden.turn_keys")
	},
}

func keys(a *API) {
	s := Subject{a, "Package"}
	One(s, About{ID: "getKeys", Path: "/meetings/{id}/keys", Summary: "Read how far the keys are", Text: "What each level has approved and objected to."}, seeing(forum.ReadKeysPage, keysOf))
	Create(s, About{ID: "askForKeys", Path: "/meetings/{id}/editions", Summary: "Put the agenda before the key-holders", Text: "What goes out to all is approved by the key-holders of both levels; their silence until the deadline approves. Where nobody holds a key the edition goes out at once."}, whereEdition,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in *With[forum.MeetingID, KeyAsking]) (EditionSummary, error) {
			return as(editionOf)(forum.AskForKeys(ctx, tx, by, in.ID, in.Body.Text))
		})
	Change(s, About{ID: "giveKeyWords", Path: "/editions/{id}/words", Summary: "Approve items, or object to them", Text: "The words of a key-holder, or of a stand-in. When both levels have approved all that is asked about, the edition goes out."}, editionThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.EditionID, in KeyWords) error {
			return done(forum.GiveWords(ctx, tx, by, id, Each(in.Words, KeySaying.saying)))
		})
	Change(s, About{ID: "overrideKeys", Path: "/editions/{id}/override", Summary: "Let an edition out without the keys", Text: "In an emergency, with a reason that all can read."}, editionThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.EditionID, in Override) error {
			return done(forum.OverrideTheKeys(ctx, tx, by, id, in.Reason))
		})
	One(s, About{ID: "getStandIn", Path: "/forums/{id}/stand-in", Summary: "Read who stands in for the caller", Text: "Of the caller's own key in a forum."}, standInThing.See)
	Change(s, About{ID: "nameStandIn", Method: http.MethodPut, Path: "/forums/{id}/stand-in", Summary: "Name a stand-in", Text: "Who turns the caller's key while the caller is away."}, standInThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.ForumID, in NewStandIn) error {
			return forum.NameStandIn(ctx, tx, by, id, in.PersonID)
		})
}
