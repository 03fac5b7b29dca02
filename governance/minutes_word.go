package governance

import (
	"context"
	"time"

	"github.com/samraad/samraad/forum"
)

// MinutesAnswerID identifies what somebody said of minutes.
type MinutesAnswerID int64

// MinutesReply is what somebody who was there says of minutes.
type MinutesReply string

// The replies.
const (
	ApproveMinutesReply MinutesReply = "approve"
	RemarkReply         MinutesReply = "remark"
	TakeBackReply       MinutesReply = "take-back" // as if nothing had been said
)

// MinutesReplies lists them.
var MinutesReplies = []MinutesReply{ApproveMinutesReply, RemarkReply, TakeBackReply}

// MinutesAnswer is one answer to a round. Answers are only ever added; the newest
// of a person holds.
type MinutesAnswer struct {
	ID       MinutesAnswerID
	RoundID  MinutesRoundID
	PersonID forum.PersonID
	Reply    MinutesReply
	Text     string // of a remark
	Source   forum.Source
	MailID   forum.IncomingID // that it came in, 0 from the page
	SaidAt   time.Time
}

// MinutesWordID identifies a word of a key-holder on minutes.
type MinutesWordID int64

// MinutesWord is what a key-holder, or the stand-in of one, says of a round. Words
// are only ever added; the newest of a level holds.
type MinutesWord struct {
	ID       MinutesWordID
	RoundID  MinutesRoundID
	Level    forum.Level
	PersonID forum.PersonID
	StandIn  bool // the person turned the key for a holder who was away
	Answer   forum.KeyAnswer
	Reason   string // of an objection
	Source   forum.Source
	MailID   forum.IncomingID
	SaidAt   time.Time
}

// MinutesWordKeeper keeps what was said of minutes.
type MinutesWordKeeper interface {
	// MinutesAnswers lists those to a round, in the order in which they came.
	MinutesAnswers(ctx context.Context, round MinutesRoundID) ([]MinutesAnswer, error)
	SaveMinutesAnswer(ctx context.Context, answer *MinutesAnswer) error
	// MinutesWords lists those on a round, in the order in which they came.
	MinutesWords(ctx context.Context, round MinutesRoundID) ([]MinutesWord, error)
	SaveMinutesWord(ctx context.Context, word *MinutesWord) error
}

// HoldingAnswers finds the answer of each person that holds among all that were
// given, in their order. What was taken back is not in it.
func HoldingAnswers(answers []MinutesAnswer) map[forum.PersonID]MinutesAnswer {
	holding := map[forum.PersonID]MinutesAnswer{}
	for _, a := range answers {
		if a.Reply == TakeBackReply {
			delete(holding, a.PersonID)
		} else {
			holding[a.PersonID] = a
		}
	}
	return holding
}

// MinutesKeys is what holds of each level's key on a round.
type MinutesKeys map[forum.Level]MinutesWord

// MinutesKeysOf finds the words that hold among all that were said, in their order.
func MinutesKeysOf(words []MinutesWord) MinutesKeys {
	keys := MinutesKeys{}
	for _, w := range words {
		if w.Answer == forum.TakeBack {
			delete(keys, w.Level)
		} else {
			keys[w.Level] = w
		}
	}
	return keys
}

// Open tells whether both levels have approved.
func (k MinutesKeys) Open() bool {
	for _, level := range forum.KeyLevels() {
		if k[level].Answer != forum.Approve {
			return false
		}
	}
	return true
}

// Objections are those that stand, by level.
func (k MinutesKeys) Objections() (objections []MinutesWord) {
	for _, level := range forum.KeyLevels() {
		if w := k[level]; w.Answer == forum.Objects {
			objections = append(objections, w)
		}
	}
	return objections
}

// HeldBy tells whether a person's word holds for a level.
func (k MinutesKeys) HeldBy(person forum.PersonID, level forum.Level) bool {
	w, said := k[level]
	return said && w.PersonID == person
}
