package store

import (
	"context"
	"strings"

	"github.com/samraad/samraad/forum"
)

func (t *tx) Person(ctx context.Context, id forum.PersonID) (*forum.Person, error) {
	return where[forum.Person](ctx, t, "person", toRely, "id = ?", id)
}

func (t *tx) People(ctx context.Context) (map[forum.PersonID]forum.Person, error) {
	rows, err := list[forum.Person](ctx, t, "person", "id", "TRUE")
	all := make(map[forum.PersonID]forum.Person, len(rows))
	for _, row := range rows {
		all[row.ID] = row
	}
	return all, err
}

// SavePerson saves the person, who from then on also writes from the address.
func (t *tx) SavePerson(ctx context.Context, person *forum.Person) error {
	if err := save(ctx, t, "person", person); err != nil || person.Address == "" {
		return err
	}
	return t.LearnAddress(ctx, person.ID, person.Address)
}

func (t *tx) PersonByAddress(ctx context.Context, address string) (*forum.Person, error) {
	return where[forum.Person](ctx, t, "person", toRely, "id = (SELECT person_id FROM addresses WHERE address = ?)", clean(strings.ToLower(address)))
}

// LearnAddress adds an address to a person; one that the person has is no news.
func (t *tx) LearnAddress(ctx context.Context, person forum.PersonID, address string) error {
	address = clean(strings.ToLower(address))
	if _, err := t.db.NewRaw("INSERT INTO addresses (address, person_id) VALUES (?, ?) ON CONFLICT (address) DO NOTHING",
		address, person).Exec(ctx); err != nil {
		return t.fail("address", err)
	}
	var whose forum.PersonID
	if err := t.db.NewSelect().Table("addresses").Column("person_id").Where("address = ?", address).Scan(ctx, &whose); err != nil {
		return t.fail("address", err)
	}
	if whose != person {
		return forum.Refuse(forum.Conflict, "error.conflict.address", "Address", address)
	}
	return nil
}
