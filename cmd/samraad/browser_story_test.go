package main_test

import (
	"testing"
)

func TestTry(t *testing.T) {
	d := serveDemo(t)
	b := newTab(t, d.url)
	b.open("/")
	t.Log(b.text())
	b.stepInto("Sekretær for kommunane, Voss herad")
	t.Log(b.text())
	b.open("/forums")
	b.press("Samarbeidsrådet")
	b.press(b.say.T("page.forum.sent"))
	t.Log(b.text())
	b.open("/messages/1")
	t.Log(b.text())
	t.Log(b.letter())
}
