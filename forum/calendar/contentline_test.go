package calendar

import (
	"testing"

	"github.com/emersion/go-ical"
)

// The last line of defence: values that nobody escaped.
func TestAValueIsOneLine(t *testing.T) {
	prop := ical.NewProp("X-NOTE")
	prop.Value = "a\r\nUID:2\u2028b\x00"
	prop.Params.Set("X-P", "c\r\nUID:3\";X=\"d")
	prop.Params.Add("X-P", "e")
	if got, want := contentLine(*prop), `X-NOTE;X-P="c UID:3';X='d",e:aUID:2b`; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
