package forum

import (
	"context"
	"slices"
)

// WaitingKey is an edition that waits for a person's word.
type WaitingKey struct {
	Edition Edition
	Meeting Meeting
	Forum   Forum
	Silent  int // items of which the person's level has said nothing
}

// ReadWaitingKeys lists the editions that wait for the reader's word, the first
// deadline first.
func ReadWaitingKeys(ctx context.Context, tx Tx, by Actor) ([]WaitingKey, error) {
	editions, err := tx.EditionsAsked(ctx)
	if err != nil {
		return nil, err
	}
	var found []WaitingKey
	for _, e := range editions {
		if e.takes(true, tx.Now()) != nil {
			continue
		}
		standing, _, err := KeyOf(ctx, tx, by, e.ForumID)
		if IsKind(err, Forbidden) {
			continue
		}
		if err != nil {
			return nil, err
		}
		words, err := tx.KeyWords(ctx, e.ID)
		if err != nil {
			return nil, err
		}
		w := WaitingKey{Edition: e, Silent: KeyringOf(words).silent(standing.Level, e.Asked())}
		if w.Silent == 0 {
			continue
		}
		m, err := tx.Meeting(ctx, e.MeetingID)
		if err != nil {
			return nil, err
		}
		in, err := tx.Forum(ctx, e.ForumID)
		if err != nil {
			return nil, err
		}
		w.Meeting, w.Forum = *m, *in
		found = append(found, w)
	}
	return found, nil
}

// OwnKey is a key that a person holds in a forum, with whom the person can name
// as stand-in.
type OwnKey struct {
	Forum      Forum
	Level      Level
	StandIn    PersonID // 0 for nobody
	Candidates []Person
}

// readOwnKeys lists the keys that a person holds.
func readOwnKeys(ctx context.Context, tx Tx, by Actor) ([]OwnKey, error) {
	forums, err := tx.Forums(ctx)
	if err != nil {
		return nil, err
	}
	people, err := Everyone(ctx, tx)
	if err != nil {
		return nil, err
	}
	named, err := tx.StandInsOf(ctx, by.Person)
	if err != nil {
		return nil, err
	}
	var keys []OwnKey
	for _, f := range forums {
		own, err := ownKey(ctx, tx, by, f.ID)
		if err != nil {
			return nil, err
		}
		if own.Level == "" {
			continue
		}
		key := OwnKey{Forum: f, Level: own.Level}
		candidates, err := standInCandidates(ctx, tx, f.ID, own.Level, by.Person)
		if err != nil {
			return nil, err
		}
		for _, id := range candidates {
			key.Candidates = append(key.Candidates, people[id])
			if slices.ContainsFunc(named, func(s StandIn) bool { return s.ForumID == f.ID && s.PersonID == id }) {
				key.StandIn = id
			}
		}
		keys = append(keys, key)
	}
	return keys, nil
}
