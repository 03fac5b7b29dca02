package store_test

import (
	"testing"

	forumstore "github.com/samraad/samraad/forum/store"
	forumtest "github.com/samraad/samraad/forum/store/storetest"
	"github.com/samraad/samraad/governance/store"
	"github.com/samraad/samraad/governance/store/storetest"
)

func TestContracts(t *testing.T) {
	forumtest.Both(t, func(t *testing.T, address string) {
		db, err := forumstore.Open(t.Context(), address, forumstore.Options{Tables: store.Tables})
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if err := db.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		storetest.Run(t, store.Keeper{DB: db})
	})
}
