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
	tag := s.Tag(secretary, path)
	s.Refused(s.As(secretary, "POST", path+"/call", ""), 428, "error.api.unseen")
	s.Refused(s.As(secretary, "POST", path+"/call", "", "If-Match", "W/"+tag), 412, "error.api.stale")
	if a := s.As(secretary, "GET", path, "", "If-None-Match", `"x", W/`+tag); a.Status != 304 || len(a.Body) != 0 {
		t.Errorf("got %d %s", a.Status, a.Body)
	}
	called := s.Made(secretary, "POST", path+"/call", "", "If-Match", tag)
	s.Refused(s.As(secretary, "POST", path+"/cancel", `{"reason":"x"}`, "If-Match", tag), 412, "error.api.stale")
	if now := s.Made(secretary, "GET", path, ""); now.Header.Get("ETag") != called.Header.Get("ETag") || now.Value("meeting", "state") != "called" {
		t.Errorf("after %s, which was refused: %v %s", called.Header.Get("ETag"), now.Header, now.Body)
	}
}

func TestACreationIsMadeOnceUnderItsKey(t *testing.T) {
	storetest.Both(t, func(t *testing.T, address string) {
		s := newStage(t, address)
		const body = `{"title":"Ei sak","kind":"briefing"}`
		var all sync.WaitGroup
		ids := make([]int64, 4)
		for i := range ids {
			all.Go(func() { ids[i] = s.As(secretary, "POST", "/forums/1/matters", body, "Idempotency-Key", "a").ID() })
		}
		all.Wait()
		for _, id := range ids {
			if id == 0 || id != ids[0] {
				t.Fatalf("made %v", ids)
			}
		}
		again := s.Made(secretary, "POST", "/forums/1/matters", body, "Idempotency-Key", "a")
		if again.Header.Get("Idempotency-Replayed") != "true" || again.Header.Get("Location") != fmt.Sprintf("/api/matters/%d", ids[0]) {
			t.Errorf("got %v", again.Header)
		}
		s.Refused(s.As(secretary, "POST", "/forums/1/matters", `{"title":"Ei anna","kind":"briefing"}`, "Idempotency-Key", "a"), 422, "error.api.key_reused")
		if waiting := s.waiting(); waiting != 1 {
			t.Errorf("%d matters wait", waiting)
		}
		if other := s.Made(secretaryHF, "POST", "/forums/1/matters", body, "Idempotency-Key", "a"); other.ID() == ids[0] {
			t.Error("another token's key gave the same")
		}
	})
}
