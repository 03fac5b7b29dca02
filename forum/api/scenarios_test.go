package api_test

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/api/apitest"
)

// other is the secretary of the other level, and holder the key-holder of the own.
func (s *stage) other(by string) string {
	if by == secretary {
		return secretaryHF
	}
	return secretary
}

// day makes slots that differ.
var day = 0

func slot() string {
	day++
	date := today.AddDate(0, 2, day).Format("2006-01-02")
	return fmt.Sprintf(`{"start":"%sT09:00:00Z","end":"%sT11:00:00Z","place":"Voss"}`, date, date)
}

func (s *stage) meeting(by string) int64 {
	return s.Made(by, "POST", "/forums/1/meetings", `{"form":"ordinary","slot":`+slot()+`}`).ID()
}

func (s *stage) called(by string) int64 {
	id := s.meeting(by)
	path := fmt.Sprintf("/meetings/%d", id)
	s.Made(by, "POST", path+"/call", "", "If-Match", s.Tag(by, path))
	return id
}

func (s *stage) matter(by string) int64 {
	return s.Made(by, "POST", "/forums/1/matters", `{"title":"Felles øving","text":"Vi øver.","kind":"discussion"}`).ID()
}

// placed is a matter on the agenda of a meeting.
func (s *stage) placed(by string, meeting int64) int64 {
	id := s.matter(by)
	path := fmt.Sprintf("/matters/%d", id)
	s.Made(by, "POST", path+"/place", fmt.Sprintf(`{"meeting_id":%d}`, meeting), "If-Match", s.Tag(by, path))
	return id
}

// paper is a paper of a matter of its own.
func (s *stage) paper(by string) int64 {
	matter := s.matter(by)
	s.Made(by, "POST", fmt.Sprintf("/matters/%d/papers?name=eitt.txt", matter), "eitt", "Content-Type", "application/octet-stream")
	return s.Made(by, "POST", fmt.Sprintf("/matters/%d/papers?name=notat.txt", matter), "innhald", "Content-Type", "application/octet-stream").ID()
}

// removal waits for the other level's secretary.
func (s *stage) removal(by string) int64 {
	matter := s.matter(s.other(by))
	return s.Made(by, "POST", fmt.Sprintf("/matters/%d/removals", matter), `{"way":"return","reason":"Meir må til"}`).ID()
}

// asked is an edition that waits for the keys.
func (s *stage) asked(by string) int64 {
	meeting := s.called(by)
	s.placed(by, meeting)
	s.placed(by, meeting)
	return s.Made(by, "POST", fmt.Sprintf("/meetings/%d/editions", meeting), `{"text":"Sjå saklista"}`).ID()
}

// out is an edition that is out, with its meeting.
func (s *stage) out(by string) (edition, meeting int64) {
	edition = s.asked(by)
	path := fmt.Sprintf("/editions/%d", edition)
	done := s.Made(by, "POST", path+"/override", `{"reason":"Det hastar"}`, "If-Match", s.Tag(by, path))
	n, _ := done.Value("edition", "meeting_id").(float64)
	return edition, int64(n)
}

// soon is a meeting that begins tomorrow, with its agenda out.
func (s *stage) soon(by string) int64 {
	_, meeting := s.out(by)
	s.write(func(ctx context.Context, tx forum.Tx) error {
		m, err := tx.Meeting(ctx, forum.MeetingID(meeting))
		if err != nil {
			return err
		}
		m.Start, m.End = today.Add(20*time.Hour), today.Add(22*time.Hour)
		return tx.SaveMeeting(ctx, m)
	})
	return meeting
}

// rule is a series on a weekday that no other of the last ones has.
func rule() string {
	day++
	return fmt.Sprintf(`"form":"ordinary","rule":{"kind":"spread","weekday":%d,"count":%d,"from":"2026-03-03","to":"2026-12-31","start":"10:00","end":"12:00","avoid":"move"},"place":"Voss"`, 1+day%5, 3+day%4)
}

// plan is the call that plans a series as it was seen.
func (s *stage) plan(by string) apitest.Call {
	wanted := rule()
	seen := s.Made(by, "POST", "/forums/1/series/preview", "{"+wanted+"}")
	return s.Post(by, "{"+wanted+`,"seen":`+jsonOf(seen.Value("days"))+"}", "/forums/1/series")
}

func (s *stage) series(by string) int64 {
	c := s.plan(by)
	return s.Done(c).ID()
}

func (s *stage) weeks(by string) int64 {
	day++
	return s.Made(by, "POST", "/areas/1/weeks", fmt.Sprintf(`{"year":%d,"first":28,"last":31,"reason":"Ferie"}`, 2030+day%60)).ID()
}

func (s *stage) line(by string, meeting int64) string {
	lines, _ := s.Made(by, "GET", fmt.Sprintf("/meetings/%d/agenda", meeting), "").Value("lines").([]any)
	for _, l := range lines {
		if line := l.(map[string]any); line["matter"] != nil {
			return line["key"].(string)
		}
	}
	s.Fatal("the agenda has no matter")
	return ""
}

func (s *stage) guest(by string) apitest.Call {
	meeting := s.called(by)
	s.placed(by, meeting)
	body := fmt.Sprintf(`{"line":%q,"name":"Gjest","address":"gjest@voss.example","language":"nn"}`, s.line(by, meeting))
	return apitest.Call{By: by, Method: "POST", Path: fmt.Sprintf("/meetings/%d/guests", meeting), Body: body}
}

func (s *stage) agenda(by string) (path, body string) {
	meeting := s.meeting(by)
	s.placed(by, meeting)
	path = fmt.Sprintf("/meetings/%d/agenda", meeting)
	a := s.Made(by, "GET", path, "")
	lines, _ := a.Value("lines").([]any)
	var entries []string
	for _, l := range lines {
		line := l.(map[string]any)
		entries = append(entries, fmt.Sprintf(`{"key":%q,"kind":"discussion","minutes":15}`, line["key"]))
	}
	return path, fmt.Sprintf(`{"revision":%v,"lines":[%s]}`, a.Value("revision"), strings.Join(entries, ","))
}

// newSeat brings somebody in who can leave again, and gives the seat's number.
func (s *stage) newSeat(by string) int64 {
	day++
	organisation := map[string]string{secretary: "944233199", secretaryHF: "983974724"}[by]
	name := fmt.Sprintf("Medlem %d", day)
	s.Made(by, "POST", "/forums/1/members", fmt.Sprintf(`{"rows":[{"line":1,"name":%q,"address":"m%d@kvam.example","organisation":%q,"capacity":"medlem","from":"2026-01-01"}]}`, name, day, organisation))
	rows, _ := s.Made(by, "GET", "/forums/1/people?limit=200", "").Value("items").([]any)
	for _, r := range rows {
		seat := r.(map[string]any)["seat"].(map[string]any)
		if seat["person"].(map[string]any)["name"] == name {
			return int64(seat["id"].(float64))
		}
	}
	s.Fatal("the new member has no seat")
	return 0
}

// failed is a message that failed for good.
func (s *stage) message(by string, failed bool) int64 {
	s.called(by)
	items, _ := s.Made(by, "GET", "/forums/1/sent", "").Value("items").([]any)
	id := forum.MessageID(items[0].(map[string]any)["id"].(float64))
	s.write(func(ctx context.Context, tx forum.Tx) error {
		m, err := tx.Message(ctx, id)
		if err != nil {
			return err
		}
		m.State, m.DoneAt, m.Subject = forum.KeptHere, today, "Innkalling"
		if failed {
			m.State = forum.Failed
		}
		piece, err := tx.SavePiece(ctx, []byte("Subject: Innkalling\r\n\r\nHei\r\n"))
		if err != nil {
			return err
		}
		m.Contents = []forum.Digest{piece}
		return tx.SaveMessage(ctx, m)
	})
	return int64(id)
}

// printed is an edition that is out with its PDF made, and the key of an item.
func (s *stage) printed(by string) (edition int64, key string) {
	edition, meeting := s.out(by)
	key = s.line(by, meeting)
	s.write(func(ctx context.Context, tx forum.Tx) error {
		digest, size, err := s.files.Put(ctx, strings.NewReader("%PDF-1.7"))
		if err != nil {
			return err
		}
		print := &forum.Print{
			EditionID: forum.EditionID(edition), Name: "pakke.pdf", Digest: digest, Size: size, MadeAt: today,
			Items: []forum.PrintedItem{{Line: key, Name: "sak.pdf", Digest: digest, Size: size, Pages: 1}},
		}
		if err := tx.SavePrint(ctx, print); err != nil {
			return err
		}
		return forum.DeliverEdition(ctx, tx, print)
	})
	return edition, key
}

// ended is the ending of a seat.
func (s *stage) ended(by string) int64 {
	path := fmt.Sprintf("/seats/%d", s.newSeat(by))
	n, _ := s.Made(by, "POST", path+"/end", `{"last":"2026-06-30"}`, "If-Match", s.Tag(by, path)).Value("ending_id").(float64)
	return int64(n)
}
