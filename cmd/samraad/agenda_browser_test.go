package main_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestAgendaIsDragged lets a secretary drag a line in a real browser, move it
// back by keyboard, and save; the clock times follow at once.
func TestAgendaIsDragged(t *testing.T) {
	d := serveDemo(t)
	b := newTab(t, d.url)
	b.stepInto("Sekretær for kommunane, Voss herad")
	b.open("/meetings/1/agenda")
	keys := func() []string {
		return look[[]string](b, `[...document.querySelectorAll('[name="key"]')].map(field => field.value)`)
	}
	before := keys()
	middle := func(line int) (x, y float64) {
		box := look[[]float64](b, fmt.Sprintf(`(() => {
			const box = document.querySelectorAll("[data-handle]")[%d].getBoundingClientRect();
			return [box.left + box.width / 2, box.top + 8];
		})()`, line))
		return box[0], box[1]
	}
	fromX, fromY := middle(1)
	toX, toY := middle(0)
	b.do("drag the second line to the top",
		chromedp.MouseEvent(chromedp.MousePressed, fromX, fromY, chromedp.Button("left"), chromedp.ClickCount(1)),
		chromedp.MouseEvent(chromedp.MouseMoved, toX, toY+20, chromedp.Button("left")),
		chromedp.MouseEvent(chromedp.MouseMoved, toX, toY, chromedp.Button("left")),
		chromedp.MouseEvent(chromedp.MouseReleased, toX, toY, chromedp.Button("left"), chromedp.ClickCount(1)),
	)
	dragged := keys()
	if want := append([]string{before[1], before[0]}, before[2:]...); !slices.Equal(dragged, want) {
		t.Fatalf("after dragging %v, want %v", dragged, want)
	}
	look[bool](b, fmt.Sprintf(`(() => {
		const field = document.querySelector('[name="minutes-%s"]');
		field.value = "40";
		field.dispatchEvent(new Event("input", { bubbles: true }));
		document.querySelectorAll('[data-move="down"]')[1].focus();
		return true;
	})()`, dragged[0]))
	if clock := look[string](b, `document.querySelectorAll("[data-clock]")[1].textContent`); clock != "10.40" {
		t.Errorf("the second line begins at %s", clock)
	}
	b.do("press Enter on down", chromedp.KeyEvent("\r"))
	moved := keys()
	if moved[2] != dragged[1] || b.path() != "/meetings/1/agenda" {
		t.Fatalf("after the key %v", moved)
	}
	if said := look[string](b, `document.querySelector("[data-agenda-said]").textContent`); said == "" {
		t.Error("a screen reader hears nothing of the move")
	}
	if status := b.turn("save", chromedp.Click(`[data-variant="primary"]`, chromedp.NodeVisible)); status != http.StatusOK {
		t.Fatalf("saving answered %d\n%s", status, b.text())
	}
	b.sees(b.say.T("notice.agenda_saved"))
	b.open("/meetings/1/agenda")
	if saved := keys(); !slices.Equal(saved, moved) {
		t.Errorf("saved %v, want %v", saved, moved)
	}
}
