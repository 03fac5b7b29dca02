package api

import (
	"context"

	"github.com/samraad/samraad/forum"
)

// Waiting is what awaits the person.
type Waiting struct {
	Keys     []WaitingKey `json:"keys" doc:"Editions that wait for the person's key."`
	Removals []Removal    `json:"removals" doc:"Removals that wait for the person's word."`
	Failures int          `json:"failures" doc:"How many messages failed in the person's forums."`
}

// WaitingKey is an edition that waits for a key.
type WaitingKey struct {
	Edition EditionSummary `json:"edition" doc:"The edition."`
	Silent  int            `json:"silent" doc:"Of how many items the person's level has said nothing."`
}

func waiting(a *API) {
	read(subject{a, "Self"}, about{id: "getWaiting", path: "/me/waiting", summary: "Read what awaits the own person", text: "Across all forums."}, seeWaiting)
}

func seeWaiting(ctx context.Context, tx forum.Tx, by forum.Actor, _ *struct{}) (Waiting, error) {
	w := Waiting{Removals: []Removal{}}
	keys, err := forum.ReadWaitingKeys(ctx, tx, by)
	if err != nil {
		return w, err
	}
	w.Keys = each(keys, func(k forum.WaitingKey) WaitingKey { return WaitingKey{editionOf(k.Edition), k.Silent} })
	places, err := forum.ReadPlaces(ctx, tx, by)
	if err != nil {
		return w, err
	}
	for _, place := range places {
		if len(place.Standings) == 0 || !place.MayRead {
			continue
		}
		open, err := tx.OpenRemovals(ctx, place.ID)
		if err != nil {
			return w, err
		}
		for _, r := range open {
			matter, err := forum.ReadMatterPage(ctx, tx, by, r.MatterID)
			if forum.IsKind(err, forum.Forbidden) {
				continue
			}
			if err != nil {
				return w, err
			}
			if matter.MayAnswer || matter.MayDecide {
				w.Removals = append(w.Removals, removalOf(r))
			}
		}
	}
	w.Failures, err = forum.CountFailures(ctx, tx, by)
	return w, err
}
