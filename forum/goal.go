package forum

import "context"

// reachable checks where a removal is to bring its matter: another forum of the
// area, or another matter that the same forum still deals with.
func reachable(ctx context.Context, tx Tx, m *Matter, r *Removal) error {
	switch r.Way {
	case Relocate:
		nowhere := Refuse(Invalid, "error.removal.to_forum").On("forum")
		to, err := tx.Forum(ctx, r.ToForum)
		if IsKind(err, NotFound) {
			return nowhere
		}
		if err != nil {
			return err
		}
		from, err := tx.Forum(ctx, m.ForumID)
		if err != nil {
			return err
		}
		if to.ID == from.ID || to.AreaID != from.AreaID {
			return nowhere
		}
	case Merge:
		nowhere := Refuse(Invalid, "error.removal.to_matter").On("into")
		into, err := tx.Matter(ctx, r.ToMatter)
		if IsKind(err, NotFound) {
			return nowhere
		}
		if err != nil {
			return err
		}
		if into.ID == m.ID || into.ForumID != m.ForumID || into.State == Merged || into.State == Returned {
			return nowhere
		}
	}
	return nil
}

// goal names where a removal brings its matter.
func goal(ctx context.Context, tx Tx, r *Removal, details map[string]string) error {
	switch r.Way {
	case Relocate:
		to, err := tx.Forum(ctx, r.ToForum)
		if err != nil {
			return err
		}
		details["ToForum"] = to.Name
	case Merge:
		into, err := tx.Matter(ctx, r.ToMatter)
		if err != nil {
			return err
		}
		details["ToTitle"], details["ToIntake"] = into.Title, into.Intake
	}
	return nil
}
