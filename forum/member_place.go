package forum

import (
	"context"
	"slices"
	"strings"
)

// place finds the forum that a row speaks of.
func (im *memberImport) place(o *MemberOutcome) (found bool) {
	cell := o.Row.Cells[ForumColumn]
	var forums []Forum
	if cell == "" {
		forums = slices.DeleteFunc(slices.Clone(im.forums), func(f Forum) bool { return f.ID != im.in })
	} else {
		forums = findForums(im.forums, cell)
	}
	switch {
	case len(forums) == 0 && cell == "":
		o.trouble(ForumColumn, "error.members.no_forum")
	case len(forums) == 0:
		o.Troubles = append(o.Troubles, noForum(im.forums, cell).On(string(ForumColumn)))
	case len(forums) > 1:
		o.trouble(ForumColumn, "error.members.two_forums", "Given", cell)
	case !im.may[forums[0].ID]:
		o.trouble(ForumColumn, "error.members.not_your_forum", "Given", forums[0].Name)
	default:
		o.Forum = forums[0]
		return true
	}
	return false
}

func forumNames(forums []Forum) []string {
	names := make([]string, len(forums))
	for i, f := range forums {
		names[i] = f.Name
	}
	return names
}

// party finds the organisation that a row speaks of.
func (im *memberImport) party(ctx context.Context, o *MemberOutcome, from Date) error {
	cell := strings.TrimSpace(o.Row.Cells[OrganisationColumn])
	found := findOrganisations(im.parties, cell)
	switch {
	case cell == "":
		o.trouble(OrganisationColumn, "error.members.no_organisation")
		return nil
	case len(found) == 0:
		names := []string{}
		for _, p := range im.parties {
			names = append(names, p.Name)
		}
		if meant := nearest(names, cell); len(meant) > 0 {
			o.trouble(OrganisationColumn, "error.members.organisation_meant", "Given", cell, "Meant", strings.Join(meant, " / "))
		} else {
			o.trouble(OrganisationColumn, "error.members.organisation", "Given", cell)
		}
		return nil
	case len(found) > 1:
		o.trouble(OrganisationColumn, "error.members.two_organisations", "Given", cell)
		return nil
	}
	is := found[0]
	if is.ValidTo != "" && is.ValidTo < from {
		into := im.organisations[is.Successor].Name
		if into == "" {
			o.trouble(OrganisationColumn, "error.members.over", "Given", is.Name, "To", string(is.ValidTo))
		} else {
			o.trouble(OrganisationColumn, "error.members.merged", "Given", is.Name, "To", string(is.ValidTo), "Into", into)
		}
		return nil
	}
	if o.Forum.ID != 0 {
		mandate, err := MandateOn(ctx, im.tx, o.Forum.ID, from)
		if err != nil {
			return err
		}
		if len(mandate.Parties) > 0 && !slices.Contains(mandate.Parties, is.ID) {
			o.trouble(OrganisationColumn, "error.members.no_party", "Given", is.Name, "Forum", o.Forum.Name)
			return nil
		}
	}
	o.Organisation = is
	return nil
}

// FindForum is the one forum that a text names: by key, address or name.
func FindForum(ctx context.Context, tx Tx, text string) (*Forum, error) {
	all, err := tx.Forums(ctx)
	if err != nil {
		return nil, err
	}
	found := findForums(all, text)
	switch {
	case len(found) > 1:
		return nil, Refuse(Invalid, "error.members.two_forums", "Given", text)
	case len(found) == 0:
		return nil, noForum(all, text)
	}
	return &found[0], nil
}

// noForum says that no forum is called so, and what may have been meant.
func noForum(all []Forum, given string) *Error {
	if meant := nearest(forumNames(all), given); len(meant) > 0 {
		return Refuse(Invalid, "error.members.forum_meant", "Given", given, "Meant", strings.Join(meant, " / "))
	}
	return Refuse(Invalid, "error.members.forum", "Given", given)
}
