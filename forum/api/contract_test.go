package api_test

import (
	"testing"

	"github.com/samraad/samraad/forum/api/apitest"
	"github.com/samraad/samraad/forum/store/storetest"
)

// TestEveryOperationKeepsItsContract calls every operation of the document as
// secretaries of both levels, and holds the answers against it.
func TestEveryOperationKeepsItsContract(t *testing.T) {
	apitest.EveryOperationKeepsItsContract(t, [2]string{secretary, secretaryHF}, func(t *testing.T) apitest.Scene {
		s := newStage(t, storetest.SQLite(t))
		day = 0
		return apitest.Scene{Calls: scenarios(s), On: func(t *testing.T, document *apitest.Contract) *apitest.Client {
			s.T, s.Contract = t, document
			return &s.Client
		}}
	})
}
