package forum_test

import (
	"context"
	"testing"

	"github.com/samraad/samraad/forum"
)

// TestFailedJobsAreTheSecretariesToMend: who may read a forum's mail may take up
// what was given up; nobody else may, nor learns of it.
func TestFailedJobsAreTheSecretariesToMend(t *testing.T) {
	for who, want := range map[string]string{
		ourSecretary: "not found: error.not_found.job", hfSecretary: "not found: error.not_found.job",
		vaksdal: "forbidden: error.forbidden.read_mail", outside: "forbidden: error.forbidden.read_mail",
	} {
		t.Run(who, func(t *testing.T) {
			onBoth(t, func(h *house) {
				by := h.as(who)
				_, err := try(h, func(ctx context.Context, tx forum.Tx) (int, error) { return 0, forum.RetryFailedJob(ctx, tx, by, 4711) })
				refused(h.T, err, want)
				page := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.FailurePage, error) {
					return forum.ReadFailures(ctx, tx, by)
				})
				if page.Count != 0 || len(page.Jobs) != 0 {
					t.Errorf("failures where there are none: %+v", page)
				}
			})
		})
	}
}
