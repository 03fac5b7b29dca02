package store

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"github.com/samraad/samraad/forum/store/storetest"
)

// What the queue reports goes where the store was told, and else nowhere.
func TestQueueLog(t *testing.T) {
	var lines bytes.Buffer
	log := slog.New(slog.NewTextHandler(&lines, nil))
	for name, test := range map[string]struct {
		log  *slog.Logger
		want string
	}{"given": {log, "from the queue"}, "none": {nil, ""}} {
		t.Run(name, func(t *testing.T) {
			lines.Reset()
			db, err := Open(t.Context(), storetest.SQLite(t), Options{Log: test.log})
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			db.insertOnly().Logger.Warn("from the queue")
			if got := lines.String(); strings.Contains(got, "from the queue") != (test.want != "") {
				t.Errorf("the log is %q", got)
			}
		})
	}
}
