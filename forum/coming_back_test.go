package forum_test

import (
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
)

// TestFailuresOfAnAddress has word come that mails did not arrive, and tells when mail to the address stops.
func TestFailuresOfAnAddress(t *testing.T) {
	gone, full := forum.Failure{Status: "5.1.1", Final: true}, forum.Failure{Status: "4.2.2", Final: true}
	day := 24 * time.Hour
	type word struct {
		after time.Duration
		f     forum.Failure
	}
	for _, test := range []struct {
		name  string
		words []word
		stops bool
	}{
		{"no such mailbox", []word{{0, gone}}, true},
		{"no such domain", []word{{0, forum.Failure{Status: "5.1.2", Final: true}}}, true},
		{"a full mailbox once", []word{{0, full}}, false},
		{"three times in one day", []word{{0, full}, {time.Hour, full}, {time.Hour, full}}, false},
		{"on two days", []word{{0, full}, {day, full}}, false},
		{"on three days", []word{{0, full}, {day, full}, {day, full}}, true},
		{"on three days, long apart", []word{{0, full}, {40 * day, full}, {40 * day, full}, {40 * day, full}}, false},
		{"full, then gone", []word{{0, full}, {time.Hour, gone}}, true},
		{"taken for junk", []word{{0, forum.Failure{Status: "5.7.1", Final: true}}}, false},
		{"without a code", []word{{0, forum.Failure{Final: true}}}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			trouble, now := &forum.AddressTrouble{}, time.Date(2026, 10, 19, 8, 0, 0, 0, time.UTC)
			for i, w := range test.words {
				now = now.Add(w.after)
				trouble.Add(now, forum.MessageID(i+1), w.f)
			}
			if got := !trouble.StoppedAt.IsZero(); got != test.stops {
				t.Errorf("stopped: %t", got)
			}
		})
	}
}

// TestReturnAddresses tells the addresses of bounces from those of answers.
func TestReturnAddresses(t *testing.T) {
	m := forum.Message{MIMEID: "abcdefghijklmnopqrstuvwxyz@voss.example"}
	if got := m.ReturnAddress("raad@voss.example"); got != "raad+b-abcdefghijklmnopqrstuvwxyz@voss.example" {
		t.Error(got)
	}
	if got := (&forum.Message{}).ReturnAddress("raad@voss.example"); got != "raad@voss.example" {
		t.Error(got)
	}
}
