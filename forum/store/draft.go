package store

import (
	"context"
	"time"

	"github.com/samraad/samraad/forum"
)

func (t *tx) Draft(ctx context.Context, matter forum.MatterID) (*forum.Draft, error) {
	return where[forum.Draft](ctx, t, "draft", guarded, "matter_id = ?", matter)
}

func (t *tx) DraftsUnready(ctx context.Context, since time.Time) ([]forum.Draft, error) {
	return list[forum.Draft](ctx, t, "draft", "id", "ready_at IS NULL AND opened_at >= ?", since.UTC().Format(instant))
}

func (t *tx) SaveDraft(ctx context.Context, draft *forum.Draft) error {
	return save(ctx, t, "draft", draft)
}

func (t *tx) NoRemarks(ctx context.Context, matter forum.MatterID) ([]forum.NoRemark, error) {
	return list[forum.NoRemark](ctx, t, "no_remark", "id", "matter_id = ?", matter)
}

func (t *tx) SaveNoRemark(ctx context.Context, remark *forum.NoRemark) error {
	return save(ctx, t, "no_remark", remark)
}

func (t *tx) DropNoRemark(ctx context.Context, id forum.NoRemarkID) error {
	_, err := t.db.NewDelete().Model((*forum.NoRemark)(nil)).Where("id = ?", id).Exec(ctx)
	return t.fail("no_remark", err)
}

func (t *tx) DraftSection(ctx context.Context, id forum.SectionID) (*forum.DraftSection, error) {
	return where[forum.DraftSection](ctx, t, "draft_section", guarded, "id = ?", id)
}

func (t *tx) DraftSections(ctx context.Context, matter forum.MatterID) ([]forum.DraftSection, error) {
	return list[forum.DraftSection](ctx, t, "draft_section", "position, id", "matter_id = ?", matter)
}

func (t *tx) SaveDraftSection(ctx context.Context, section *forum.DraftSection) error {
	return save(ctx, t, "draft_section", section)
}

func (t *tx) DraftVersions(ctx context.Context, section forum.SectionID) ([]forum.DraftVersion, error) {
	return list[forum.DraftVersion](ctx, t, "draft_version", "number", "section_id = ?", section)
}

func (t *tx) DraftVersion(ctx context.Context, id forum.DraftVersionID) (*forum.DraftVersion, error) {
	return where[forum.DraftVersion](ctx, t, "draft_version", guarded, "id = ?", id)
}

func (t *tx) SaveDraftVersion(ctx context.Context, version *forum.DraftVersion) error {
	return save(ctx, t, "draft_version", version)
}

func (t *tx) Unsaved(ctx context.Context, section forum.SectionID, person forum.PersonID) (*forum.UnsavedText, error) {
	return where[forum.UnsavedText](ctx, t, "unsaved_text", guarded, "section_id = ? AND person_id = ?", section, person)
}

func (t *tx) SaveUnsaved(ctx context.Context, text *forum.UnsavedText) error {
	return save(ctx, t, "unsaved_text", text)
}

func (t *tx) DropUnsaved(ctx context.Context, id forum.UnsavedID) error {
	_, err := t.db.NewDelete().Model((*forum.UnsavedText)(nil)).Where("id = ?", id).Exec(ctx)
	return t.fail("unsaved_text", err)
}

func (t *tx) DraftThread(ctx context.Context, id forum.ThreadID) (*forum.DraftThread, error) {
	return where[forum.DraftThread](ctx, t, "draft_thread", guarded, "id = ?", id)
}

func (t *tx) DraftThreads(ctx context.Context, matter forum.MatterID) ([]forum.DraftThread, error) {
	return list[forum.DraftThread](ctx, t, "draft_thread", "id", "matter_id = ?", matter)
}

func (t *tx) SaveDraftThread(ctx context.Context, thread *forum.DraftThread) error {
	return save(ctx, t, "draft_thread", thread)
}

func (t *tx) DropDraftThread(ctx context.Context, id forum.ThreadID) error {
	_, err := t.db.NewDelete().Model((*forum.DraftThread)(nil)).Where("id = ?", id).Exec(ctx)
	return t.fail("draft_thread", err)
}

func (t *tx) DraftComments(ctx context.Context, thread forum.ThreadID) ([]forum.DraftComment, error) {
	return list[forum.DraftComment](ctx, t, "draft_comment", "id", "thread_id = ?", thread)
}

func (t *tx) SaveDraftComment(ctx context.Context, comment *forum.DraftComment) error {
	return save(ctx, t, "draft_comment", comment)
}

func (t *tx) DropDraftComment(ctx context.Context, id forum.DraftCommentID) error {
	_, err := t.db.NewDelete().Model((*forum.DraftComment)(nil)).Where("id = ?", id).Exec(ctx)
	return t.fail("draft_comment", err)
}

func (t *tx) DraftFollowers(ctx context.Context, matter forum.MatterID) ([]forum.DraftFollower, error) {
	return list[forum.DraftFollower](ctx, t, "draft_follower", "id", "matter_id = ?", matter)
}

func (t *tx) SaveDraftFollower(ctx context.Context, follower *forum.DraftFollower) error {
	return save(ctx, t, "draft_follower", follower)
}

func (t *tx) DropDraftFollower(ctx context.Context, id forum.FollowerID) error {
	_, err := t.db.NewDelete().Model((*forum.DraftFollower)(nil)).Where("id = ?", id).Exec(ctx)
	return t.fail("draft_follower", err)
}

func (t *tx) DraftReminders(ctx context.Context, matter forum.MatterID) ([]forum.DraftReminder, error) {
	return list[forum.DraftReminder](ctx, t, "draft_reminder", "id", "matter_id = ?", matter)
}

func (t *tx) SaveDraftReminder(ctx context.Context, reminder *forum.DraftReminder) error {
	return save(ctx, t, "draft_reminder", reminder)
}
