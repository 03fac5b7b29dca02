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

// goal names where a removal brings its matter, in words that someone may read.
func goal(ctx context.Context, tx Tx, to Actor, r *Removal) (toForum, toMatter string, err error) {
	switch r.Way {
	case Relocate:
		in, err := tx.Forum(ctx, r.ToForum)
		if err != nil {
			return "", "", err
		}
		return in.Name, "", nil
	case Merge:
		into, err := tx.Matter(ctx, r.ToMatter)
		if err != nil {
			return "", "", err
		}
		toMatter, err = nameFor(ctx, tx, to, into)
		return "", toMatter, err
	}
	return "", "", nil
}

// nameFor is a matter's title to who may read it, and its intake number to others.
func nameFor(ctx context.Context, tx Tx, to Actor, m *Matter) (string, error) {
	err := MayReadMatter(ctx, tx, to, m)
	if IsKind(err, Forbidden) {
		return m.Intake, nil
	}
	return m.Title, err
}

// goalDetails are what the log keeps of where a removal brings its matter:
// never a title, since a matter's history is read by who may not read the other.
func goalDetails(ctx context.Context, tx Tx, r *Removal) (map[string]string, error) {
	details := map[string]string{"Reason": r.Reason}
	switch r.Way {
	case Relocate:
		to, err := tx.Forum(ctx, r.ToForum)
		if err != nil {
			return nil, err
		}
		details["ToForum"] = to.Name
	case Merge:
		into, err := tx.Matter(ctx, r.ToMatter)
		if err != nil {
			return nil, err
		}
		details["ToIntake"] = into.Intake
	}
	return details, nil
}
