package forum

import (
	"context"
	"slices"
	"strings"
	"time"
)

// gateFor reads a matter's gate and its draft, nil for none. Before a draft is
// opened what was proposed is what the proposer's level has given.
func gateFor(ctx context.Context, tx Tx, m *Matter) (Gate, *Draft, error) {
	mandate, err := MandateOn(ctx, tx, m.ForumID, DateOf(tx.Now()))
	if err != nil {
		return Gate{}, nil, err
	}
	draft, err := tx.Draft(ctx, m.ID)
	if IsKind(err, NotFound) {
		var proposed []DraftVersion
		if strings.TrimSpace(m.Text) != "" {
			proposed = []DraftVersion{{Author: m.Proposer, OrganisationID: m.Organisation, Level: m.Level, WrittenAt: m.ProposedAt}}
		}
		return gateOf(m, m.ProposedAt, mandate.DraftTime(), proposed, nil), nil, nil
	}
	if err != nil {
		return Gate{}, nil, err
	}
	sections, err := tx.DraftSections(ctx, m.ID)
	if err != nil {
		return Gate{}, nil, err
	}
	var versions []DraftVersion
	for _, s := range sections {
		of, err := tx.DraftVersions(ctx, s.ID)
		if err != nil {
			return Gate{}, nil, err
		}
		versions = append(versions, of...)
	}
	remarks, err := tx.NoRemarks(ctx, m.ID)
	return gateOf(m, draft.OpenedAt, mandate.DraftTime(), versions, remarks), draft, err
}

// Ripe tells whether a matter may be decided: its kind needs no gate, its draft
// is ready, or the gate is open.
func Ripe(ctx context.Context, tx Tx, m *Matter) (bool, error) {
	if !m.gated() {
		return true, nil
	}
	gate, draft, err := gateFor(ctx, tx, m)
	return draft.Stage() == ReadyStage || gate.Open(tx.Now()), err
}

// withoutWhom are the levels whose contribution a matter does without, because
// the mandate's days are over: marked wherever the matter is shown.
func withoutWhom(ctx context.Context, tx Tx, m *Matter) ([]Level, error) {
	if !m.gated() {
		return nil, nil
	}
	mandate, err := MandateOn(ctx, tx, m.ForumID, DateOf(tx.Now()))
	if err != nil {
		return nil, err
	}
	draft, err := tx.Draft(ctx, m.ID)
	since := m.ProposedAt
	switch {
	case err == nil:
		since = draft.OpenedAt
	case !IsKind(err, NotFound):
		return nil, err
	}
	switch {
	case draft.Stage() == ReadyStage:
		return draft.Without, nil
	case tx.Now().Before(draftedBy(since, mandate.DraftTime())): // nobody is done without yet, whatever was written
		return nil, nil
	}
	gate, _, err := gateFor(ctx, tx, m)
	return gate.Missing(), err
}

// decides tells whether a line asks the meeting to decide.
func (k ItemKind) decides() bool { return k == DecisionItem || k == StructuralItem }

// SayNoRemark is a level's word, by one who sits for it, that it has nothing to
// add to a draft.
func SayNoRemark(ctx context.Context, tx Tx, by Actor, id MatterID, level Level) error {
	matter, standing, err := mayWaive(ctx, tx, by, id, level)
	if err != nil {
		return err
	}
	remarks, err := tx.NoRemarks(ctx, id)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(remarks, func(r NoRemark) bool { return r.Level == level }) {
		return nil
	}
	err = tx.SaveNoRemark(ctx, &NoRemark{MatterID: id, Level: level, PersonID: by.Person, OrganisationID: standing.Organisation, SaidAt: tx.Now()})
	if err != nil {
		return err
	}
	return RecordMatter(ctx, tx, by, standing, matter, "draft_no_remark", nil)
}

// mayWaive locks a matter for who may say for a level that it has no remark.
func mayWaive(ctx context.Context, tx Tx, by Actor, id MatterID, level Level) (*Matter, Standing, error) {
	matter, _, err := mayDraft(ctx, tx, by, id, WaiveIt)
	if err != nil {
		return nil, Standing{}, err
	}
	if level.Other() == "" {
		return nil, Standing{}, Refuse(Invalid, "error.draft.level")
	}
	standing, err := by.MayFor(ctx, tx, WaiveIt, matter.ForumID, level)
	if err != nil {
		return nil, Standing{}, err
	}
	_, err = workedOn(ctx, tx, id)
	return matter, standing, err
}

// TakeBackNoRemark takes a level's "no remark" back. A matter that may then not be
// decided any more is only discussed at the meeting on whose agenda it stands.
func TakeBackNoRemark(ctx context.Context, tx Tx, by Actor, id MatterID, level Level) error {
	_, item, meeting, err := placeLocked(ctx, tx, id)
	if err != nil {
		return err
	}
	matter, standing, err := mayWaive(ctx, tx, by, id, level)
	if err != nil {
		return err
	}
	remarks, err := tx.NoRemarks(ctx, id)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(remarks, func(r NoRemark) bool { return r.Level == level })
	if at < 0 {
		return nil
	}
	if err := tx.DropNoRemark(ctx, remarks[at].ID); err != nil {
		return err
	}
	if err := RecordMatter(ctx, tx, by, standing, matter, "draft_remark_after_all", nil); err != nil {
		return err
	}
	may, err := Ripe(ctx, tx, matter)
	if err != nil || may {
		return err
	}
	return changeKind(ctx, tx, by, item, meeting, ItemKind.decides, DiscussionItem)
}

// MarkReady ends the work on a draft when its gate is open. On the agenda where
// it stands to be discussed, the matter becomes what it was proposed as.
func MarkReady(ctx context.Context, tx Tx, by Actor, id MatterID) (*Draft, error) {
	_, item, meeting, err := placeLocked(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	matter, standing, err := mayDraft(ctx, tx, by, id, ReadyIt)
	if err != nil {
		return nil, err
	}
	draft, err := workedOn(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	gate, _, err := gateFor(ctx, tx, matter)
	if err != nil {
		return nil, err
	}
	if !gate.Open(tx.Now()) {
		return nil, Refuse(Conflict, "error.draft.gate", "Until", gate.Until.Format(time.RFC3339))
	}
	draft.ReadyAt, draft.ReadyBy = tx.Now(), by.Person
	if gate.Needed {
		draft.Without = gate.Missing()
	}
	if err := tx.SaveDraft(ctx, draft); err != nil {
		return nil, err
	}
	if err := RecordMatter(ctx, tx, by, standing, matter, draft.readyDeed(), nil); err != nil {
		return nil, err
	}
	if !matter.gated() {
		return draft, nil
	}
	return draft, changeKind(ctx, tx, by, item, meeting, func(k ItemKind) bool { return k == DiscussionItem }, ItemKind(matter.Kind))
}

// readyDeed names what was done when the draft became ready.
func (d *Draft) readyDeed() string {
	switch len(d.Without) {
	case 0:
		return "draft_ready"
	case 1:
		return "draft_ready_without_" + string(d.Without[0])
	}
	return "draft_ready_without_both"
}

// ReopenDraft takes the work on a draft up again.
func ReopenDraft(ctx context.Context, tx Tx, by Actor, id MatterID) (*Draft, error) {
	matter, standing, err := mayDraft(ctx, tx, by, id, ReadyIt)
	if err != nil {
		return nil, err
	}
	draft, err := tx.Draft(ctx, id)
	if err != nil {
		return nil, err
	}
	if draft.Stage() != ReadyStage {
		return draft, nil
	}
	draft.ReadyAt, draft.ReadyBy, draft.Without = time.Time{}, 0, nil
	if err := tx.SaveDraft(ctx, draft); err != nil {
		return nil, err
	}
	return draft, RecordMatter(ctx, tx, by, standing, matter, "draft_reopened", nil)
}

// changeKind gives the line of an item another kind if its own is one of some.
// Of no item, or on an agenda that is closed, nothing is changed.
func changeKind(ctx context.Context, tx Tx, by Actor, item *Item, on *Meeting, from func(ItemKind) bool, to ItemKind) error {
	if item == nil || !on.Movable() || !on.End.After(tx.Now()) {
		return nil
	}
	order, err := RunningOrderOf(ctx, tx, on)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(order.Lines, func(l Line) bool { return l.Item == item.ID })
	if at < 0 || !from(order.Lines[at].Kind) {
		return nil
	}
	order.Lines[at].Kind = to
	return saveRunningOrder(ctx, tx, by, on, order)
}
