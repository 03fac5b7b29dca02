package api_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/samraad/samraad/forum"
)

// claimed is the code that was mailed to an address.
func (s *stage) claimed(by string) (code string) {
	s.Made(by, "POST", "/me/addresses", fmt.Sprintf(`{"address":"kode-%s"}`, by), "If-Match", s.Tag(by, "/me"))
	s.write(func(ctx context.Context, tx forum.Tx) error {
		person, err := tx.PersonByAddress(ctx, by)
		if err != nil {
			return err
		}
		claims, err := tx.Claims(ctx, person.ID)
		if err != nil {
			return err
		}
		m, err := tx.Message(ctx, claims[0].MessageID)
		if err != nil {
			return err
		}
		var facts forum.ClaimFacts
		err = json.Unmarshal(m.Facts, &facts)
		code = facts.Code
		return err
	})
	return code
}

// feed is a feed of all the person's forums, the one that there is or a new one.
func (s *stage) feed(by string) int64 {
	feeds, _ := s.Made(by, "GET", "/me", "").Value("feeds").([]any)
	for _, f := range feeds {
		if feed := f.(map[string]any); feed["forum_id"] == nil {
			return int64(feed["id"].(float64))
		}
	}
	return s.Made(by, "POST", "/me/feeds", `{}`).ID()
}

// failedJob is work that was tried as often as it may be.
func (s *stage) failedJob() int64 {
	s.Helper()
	s.called(secretary) // which sends mail
	db, err := sql.Open("sqlite", strings.TrimPrefix(s.address, "sqlite:"))
	check(s.T, err)
	defer db.Close()
	var id int64
	check(s.T, db.QueryRow("UPDATE river_job SET state = 'discarded', finalized_at = CURRENT_TIMESTAMP WHERE id = (SELECT max(id) FROM river_job) RETURNING id").Scan(&id))
	return id
}

// session signs the person in with a browser, and names the session.
func (s *stage) session(by string) string {
	s.Helper()
	s.write(func(ctx context.Context, tx forum.Tx) error {
		pass, err := forum.IssuePass(ctx, tx, forum.Operator(), by)
		if err != nil {
			return err
		}
		_, err = forum.RedeemPass(ctx, tx, pass)
		return err
	})
	all, _ := s.Made(by, "GET", "/me/sessions", "").Value("items").([]any)
	name, _ := all[0].(map[string]any)["session"].(string)
	return name
}

func (s *stage) absence(by string) int64 {
	day++
	from := today.AddDate(0, 0, 3*day).Format("2006-01-02")
	return s.Made(by, "POST", "/me/absences", fmt.Sprintf(`{"from":%q,"to":%q}`, from, from)).ID()
}

// stopped has mail to the person's address stopped, as when it came back, and gives the address.
func (s *stage) stopped(by string) string {
	s.write(func(ctx context.Context, tx forum.Tx) error {
		trouble, err := tx.AddressTrouble(ctx, by)
		if forum.IsKind(err, forum.NotFound) {
			trouble, err = &forum.AddressTrouble{Address: by, Status: "5.1.1"}, nil
		}
		if err != nil {
			return err
		}
		trouble.At, trouble.StoppedAt = tx.Now(), tx.Now()
		return tx.SaveAddressTrouble(ctx, trouble)
	})
	return by
}

// putOff is a message that a relay did not take yet.
func (s *stage) putOff() forum.MessageID {
	m := forum.Message{ForumID: 1, To: "meg@kvam.example", Kind: forum.ReceiptMessage, Language: forum.Nynorsk, Facts: []byte("{}"), CreatedAt: today, State: forum.Queued, Attempts: 1}
	s.write(func(ctx context.Context, tx forum.Tx) error {
		if err := tx.SaveMessage(ctx, &m); err != nil {
			return err
		}
		return tx.SaveMessageStep(ctx, &forum.MessageStep{MessageID: m.ID, At: today, Kind: forum.PutOffStep, Said: "451 4.3.0"})
	})
	return m.ID
}
