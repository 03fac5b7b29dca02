package forum

import (
	"encoding/json"
	"fmt"
	"slices"
)

// errandArgs are an act as it is kept, with the mails of one that was done already.
type errandArgs struct {
	Act     json.RawMessage
	Outcome Outcome   // of one that was done already
	Mails   []Message `json:",omitempty"`
}

// sendables make an empty act of each kind, to be filled from what was kept.
var sendables = []func() Sendable{
	empty[SendCall], empty[SendMove], empty[SendCancel], empty[SendSeries], empty[SendGuest], empty[SendGuestOff],
	empty[SendAsk], empty[SendApproval], empty[SendObjection], empty[SendOverride], empty[SendCorrection], empty[SendNews],
	empty[SendPlace], empty[SendAgenda], empty[SendBack], empty[SendRemoval], empty[SendConsent], empty[SendDecision], empty[SendComment],
	empty[SendEnding], empty[SendEndingBack], empty[SendMembers], empty[SendRelease], empty[SendMessageAgain],
}

// empty makes an act; a pointer to it is one too.
func empty[T any]() Sendable { return any(new(T)).(Sendable) }

// ErrandKinds lists what errands of the forum there are.
func ErrandKinds() []ErrandKind {
	kinds := make([]ErrandKind, len(sendables))
	for i, make := range sendables {
		kinds[i] = make().ErrandKind()
	}
	return kinds
}

func argsOf(act Sendable, outcome Outcome, mails []Message) json.RawMessage {
	content, err := json.Marshal(act)
	if err == nil {
		content, err = json.Marshal(errandArgs{content, outcome, mails})
	}
	if err != nil {
		panic(err) // domain values always encode
	}
	return content
}

// act is what the errand does, with what is kept of one that was done already.
func (e *Errand) act(tx ErrandSorts) (act Sendable, kept errandArgs, err error) {
	if err := json.Unmarshal(e.Args, &kept); err != nil {
		return nil, kept, err
	}
	for _, make := range append(slices.Clone(sendables), tx.MoreErrands()...) {
		if act := make(); act.ErrandKind() == e.Kind {
			return act, kept, json.Unmarshal(kept.Act, act)
		}
	}
	return nil, kept, fmt.Errorf("errand %d is of the unknown kind %s", e.ID, e.Kind)
}
