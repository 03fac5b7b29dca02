package forum

import "github.com/samraad/samraad/forum"

// startingRole is a role of the demonstration that shows most of its kind.
type startingRole struct {
	forum.Role
	Level forum.Level
	As    forum.Capacity // what it shows
}

// startingRoles are, for each thing that a visitor may want to be, the role of
// each of the two equal levels that sits in most forums as it.
func startingRoles(rooms []Room) (starts []startingRole) {
	for _, as := range []forum.Capacity{forum.Secretary, forum.Member} {
		for _, level := range []forum.Level{forum.Municipal, forum.Specialist} {
			var best startingRole
			most := 0
			for role := range rolesOf(rooms, level) {
				if seats := seatsAs(role, as); seats > most {
					best, most = startingRole{role, level, as}, seats
				}
			}
			if most > 0 {
				starts = append(starts, best)
			}
		}
	}
	return starts
}

func rolesOf(rooms []Room, level forum.Level) func(func(forum.Role) bool) {
	return func(yield func(forum.Role) bool) {
		for _, room := range rooms {
			for _, side := range room.Sides {
				for _, role := range side.Roles {
					if side.Level == level && !yield(role) {
						return
					}
				}
			}
		}
	}
}

func seatsAs(role forum.Role, as forum.Capacity) (count int) {
	for _, seat := range role.Seats {
		if seat.Capacity == as {
			count++
		}
	}
	return count
}
