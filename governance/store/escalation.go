package store

import (
	"context"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/store"
	"github.com/samraad/samraad/governance"
)

func (t *tx) Escalation(ctx context.Context, id governance.EscalationID) (*governance.Escalation, error) {
	return store.Where[governance.Escalation](ctx, t.rows, "escalation", store.Guarded, "id = ?", id)
}

func (t *tx) EscalationsOf(ctx context.Context, matter forum.MatterID) ([]governance.Escalation, error) {
	return store.List[governance.Escalation](ctx, t.rows, "escalation", "id", "from_matter = ? OR to_matter = ?", matter, matter)
}

func (t *tx) EscalationsDue(ctx context.Context, until forum.Date) ([]governance.Escalation, error) {
	return store.List[governance.Escalation](ctx, t.rows, "escalation", "id",
		"state = 'open' AND reminded_at IS NULL AND deadline <> '' AND deadline <= ?", until)
}

func (t *tx) SaveEscalation(ctx context.Context, escalation *governance.Escalation) error {
	return store.Save(ctx, t.rows, "escalation", escalation)
}

func (t *tx) Ledger(ctx context.Context, id governance.LedgerID) (*governance.Ledger, error) {
	return store.Where[governance.Ledger](ctx, t.rows, "ledger", store.Guarded, "id = ?", id)
}

func (t *tx) LedgersOf(ctx context.Context, matter forum.MatterID) ([]governance.Ledger, error) {
	return store.List[governance.Ledger](ctx, t.rows, "ledger", "id", "matter_id = ?", matter)
}

func (t *tx) LedgersDue(ctx context.Context, until forum.Date) ([]governance.Ledger, error) {
	return store.List[governance.Ledger](ctx, t.rows, "ledger", "id",
		"deadline <> '' AND deadline <= ? AND id IN (SELECT ledger_id FROM ratifications WHERE state = 'asked' AND reminded_at IS NULL)", until)
}

func (t *tx) SaveLedger(ctx context.Context, ledger *governance.Ledger) error {
	return store.Save(ctx, t.rows, "ledger", ledger)
}

func (t *tx) Ratification(ctx context.Context, id governance.RatificationID) (*governance.Ratification, error) {
	return store.Where[governance.Ratification](ctx, t.rows, "ratification", store.Guarded, "id = ?", id)
}

func (t *tx) Ratifications(ctx context.Context, ledger governance.LedgerID) ([]governance.Ratification, error) {
	return store.List[governance.Ratification](ctx, t.rows, "ratification", "id", "ledger_id = ?", ledger)
}

func (t *tx) SaveRatification(ctx context.Context, ratification *governance.Ratification) error {
	return store.Save(ctx, t.rows, "ratification", ratification)
}
