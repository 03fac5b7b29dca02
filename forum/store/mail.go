package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/samraad/samraad/forum"
)

func digestOf(content []byte) forum.Digest {
	sum := sha256.Sum256(content)
	return forum.Digest(hex.EncodeToString(sum[:]))
}

func (t *tx) Incoming(ctx context.Context, id forum.IncomingID) (*forum.Incoming, error) {
	return where[forum.Incoming](ctx, t, "incoming", toChange, "id = ?", id)
}

func (t *tx) Raw(ctx context.Context, digest forum.Digest) ([]byte, error) {
	return t.kept(ctx, "incoming", "raw_mail", digest)
}

// AcceptMail fills in the mail's digest, size and id; mail that is here already
// comes back as it is kept.
func (t *tx) AcceptMail(ctx context.Context, mail *forum.Incoming, raw []byte) (fresh bool, err error) {
	mail.Digest, mail.Size = digestOf(raw), int64(len(raw))
	if err := t.keep(ctx, "incoming", "raw_mail", mail.Digest, raw); err != nil {
		return false, err
	}
	mail.ID = 0 // and stays so if nothing is inserted
	_, err = t.db.NewInsert().Model(mail).ExcludeColumn("id").On("CONFLICT (digest, recipient) DO NOTHING").Returning("id").Exec(ctx)
	if err != nil || mail.ID != 0 {
		return err == nil, t.fail("incoming", err)
	}
	here, err := where[forum.Incoming](ctx, t, "incoming", toChange, "digest = ? AND recipient = ?", mail.Digest, clean(mail.Recipient))
	if err != nil {
		return false, err
	}
	*mail = *here
	return false, nil
}

func (t *tx) NotUnderstood(ctx context.Context, most int) ([]forum.Incoming, error) {
	var mails []forum.Incoming
	err := t.db.NewSelect().Model(&mails).Where("state = 'accepted'").OrderExpr("id").Limit(int64(most)).Scan(ctx)
	return mails, t.fail("incoming", err)
}

func (t *tx) Unproven(ctx context.Context, by time.Time, most int) ([]forum.Incoming, error) {
	var mails []forum.Incoming
	err := t.db.NewSelect().Model(&mails).Where("state = 'unproven'").Where("proof_due IS NULL OR proof_due <= ?", by.UTC().Format(instant)).OrderExpr("id").Limit(int64(most)).Scan(ctx)
	return mails, t.fail("incoming", err)
}

func (t *tx) IncomingIn(ctx context.Context, in forum.ForumID, state forum.IncomingState, most int) ([]forum.Incoming, error) {
	mails, err := remembered(t, question{query: "in"}, []any{in, state, most}, func() (mails []forum.Incoming, err error) {
		err = t.db.NewSelect().Model(&mails).Where("forum_id = ? AND state = ?", in, state).OrderExpr("id DESC").Limit(int64(most)).Scan(ctx)
		return mails, err
	})
	return mails, t.fail("incoming", err)
}

func (t *tx) CountIncoming(ctx context.Context, in forum.ForumID, state forum.IncomingState) (int, error) {
	if in == 0 {
		return count[forum.Incoming](ctx, t, "incoming", "state = ?", state)
	}
	return count[forum.Incoming](ctx, t, "incoming", "forum_id = ? AND state = ?", in, state)
}

func (t *tx) SaveIncoming(ctx context.Context, mail *forum.Incoming) error {
	return save(ctx, t, "incoming", mail)
}

func (t *tx) WasTaken(ctx context.Context, in forum.ForumID, from, mimeID string) (bool, error) {
	taken, err := t.db.NewSelect().Model((*forum.Incoming)(nil)).
		Where("mimeid = ? AND mimeid <> ''", clean(mimeID)). // so that SQLite knows which index is meant
		Where(`forum_id = ? AND state = 'understood' AND "from" = ?`, in, clean(from)).Exists(ctx)
	return taken, t.fail("incoming", err)
}
