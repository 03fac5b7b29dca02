package api_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/samraad/samraad/forum/store/storetest"
)

func TestAChangeNeedsTheTagOfWhatWasSeen(t *testing.T) {
	s := newStage(t, storetest.SQLite(t))
	path := fmt.Sprintf("/meetings/%d", s.meeting(secretary))
	tag := s.tag(secretary, path)
	s.refused(s.as(secretary, "POST", path+"/call", ""), 428, "error.api.unseen")
	s.refused(s.as(secretary, "POST", path+"/call", "", "If-Match", "W/"+tag), 412, "error.api.stale")
	if a := s.as(secretary, "GET", path, "", "If-None-Match", `"x", W/`+tag); a.status != 304 || len(a.body) != 0 {
		t.Errorf("got %d %s", a.status, a.body)
	}
	called := s.made(secretary, "POST", path+"/call", "", "If-Match", tag)
	s.refused(s.as(secretary, "POST", path+"/cancel", `{"reason":"x"}`, "If-Match", tag), 412, "error.api.stale")
	if now := s.made(secretary, "GET", path, ""); now.header.Get("ETag") != called.header.Get("ETag") || now.value("meeting", "state") != "called" {
		t.Errorf("after %s, which was refused: %v %s", called.header.Get("ETag"), now.header, now.body)
	}
}

func TestACreationIsMadeOnceUnderItsKey(t *testing.T) {
	storetest.Both(t, func(t *testing.T, address string) {
		s := newStage(t, address)
		const body = `{"title":"Ei sak","kind":"briefing"}`
		var all sync.WaitGroup
		ids := make([]int64, 4)
		for i := range ids {
			all.Go(func() { ids[i] = s.as(secretary, "POST", "/forums/1/matters", body, "Idempotency-Key", "a").id() })
		}
		all.Wait()
		for _, id := range ids {
			if id == 0 || id != ids[0] {
				t.Fatalf("made %v", ids)
			}
		}
		again := s.made(secretary, "POST", "/forums/1/matters", body, "Idempotency-Key", "a")
		if again.header.Get("Idempotency-Replayed") != "true" || again.header.Get("Location") != fmt.Sprintf("/api/matters/%d", ids[0]) {
			t.Errorf("got %v", again.header)
		}
		s.refused(s.as(secretary, "POST", "/forums/1/matters", `{"title":"Ei anna","kind":"briefing"}`, "Idempotency-Key", "a"), 422, "error.api.key_reused")
		if waiting := s.waiting(); waiting != 1 {
			t.Errorf("%d matters wait", waiting)
		}
		if other := s.made(secretaryHF, "POST", "/forums/1/matters", body, "Idempotency-Key", "a"); other.id() == ids[0] {
			t.Error("another token's key gave the same")
		}
	})
}
