package api_test

import (
	"testing"

	"github.com/samraad/samraad/forum/api/apitest"
)

// TestEveryOperationKeepsItsContract calls every operation of governance for the
// secretaries of both levels, and holds the answers against the document.
func TestEveryOperationKeepsItsContract(t *testing.T) {
	apitest.EveryOperationKeepsItsContract(t, [2]string{secretary, secretaryHF}, func(t *testing.T) apitest.Scene {
		s := newStage(t)
		return apitest.Scene{Calls: scenarios(s), Below: s.below, On: func(t *testing.T, document *apitest.Contract) *apitest.Client {
			s.T, s.Contract = t, document
			return &s.Client
		}}
	})
}

// TestTheWholeDocument is what is said of operations of both houses together.
func TestTheWholeDocument(t *testing.T) {
	s := newStage(t)
	apitest.TheDocumentSaysEverything(&s.Client)
	apitest.ThePagesShowTheDocument(&s.Client, s.api)
	apitest.TheDocumentIsLinted(&s.Client, "../../forum/api/testdata/lint")
}
