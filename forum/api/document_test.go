package api_test

import (
	"testing"

	"github.com/samraad/samraad/forum/api/apitest"
	"github.com/samraad/samraad/forum/store/storetest"
)

func TestTheDocumentSaysEverything(t *testing.T) {
	apitest.TheDocumentSaysEverything(&newStage(t, storetest.SQLite(t)).Client)
}

func TestThePagesShowTheDocument(t *testing.T) {
	s := newStage(t, storetest.SQLite(t))
	apitest.ThePagesShowTheDocument(&s.Client, s.api)
}

func TestTheDocumentIsLinted(t *testing.T) {
	apitest.TheDocumentIsLinted(&newStage(t, storetest.SQLite(t)).Client, "testdata/lint")
}
