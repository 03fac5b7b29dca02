package storetest

import (
	"encoding/json"

	"github.com/samraad/samraad/forum"
)

func outbox(w *world) {
	var ids []forum.MessageID
	w.write(func(tx forum.Tx) {
		for _, state := range []forum.MessageState{forum.Queued, forum.Queued, forum.HandedOver} {
			m := forum.Message{ForumID: w.council.ID, To: "a@example.com", Kind: forum.ReceiptMessage, Language: forum.Nynorsk, CreatedAt: noon, State: state}
			w.must(tx.SaveMessage(w.ctx, &m))
			ids = append(ids, m.ID)
		}
	})
	var done forum.Message
	composed := func(id forum.MessageID, subject string, contents ...forum.Digest) *forum.Message {
		return &forum.Message{ID: id, Subject: subject, Facts: json.RawMessage(`{"subject":"` + subject + `"}`), Contents: contents}
	}
	w.write(func(tx forum.Tx) {
		w.equal("composed", ok(tx.KeepComposed(w.ctx, composed(ids[0], "Ei fyrste", "zz"), nil)), true)
		w.equal("composed by another", ok(tx.KeepComposed(w.ctx, composed(ids[0], "Ei anna", "cc"), nil)), false)
		w.equal("composed anew", ok(tx.KeepComposed(w.ctx, composed(ids[0], "Ei kvittering", "aa", "bb"), []forum.Digest{"zz"})), true)
		w.equal("composed anew by another", ok(tx.KeepComposed(w.ctx, composed(ids[0], "Ei anna", "cc"), []forum.Digest{"zz"})), false)
		w.equal("composed when it is done", ok(tx.KeepComposed(w.ctx, composed(ids[2], "Ei anna", "cc"), nil)), false)
		w.equal("tried", ok(tx.Settle(w.ctx, ids[0], forum.Attempt{State: forum.Queued, Trouble: "451 seinare"})), true)
		tried := ok(tx.Message(w.ctx, ids[0]))
		w.equal("of one that was tried", []any{tried.State, tried.Subject, string(tried.Facts), tried.Contents, tried.Attempts, tried.Trouble, tried.DoneAt.IsZero()},
			[]any{forum.Queued, "Ei kvittering", `{"subject":"Ei kvittering"}`, []forum.Digest{"aa", "bb"}, 1, "451 seinare", true})
		w.equal("handed over", ok(tx.Settle(w.ctx, ids[0], forum.Attempt{State: forum.HandedOver})), true)
		w.equal("failed then", ok(tx.Settle(w.ctx, ids[0], forum.Attempt{State: forum.Failed})), false)
		done = *ok(tx.Message(w.ctx, ids[0]))
		w.equal("of one that is done", []any{done.State, done.Attempts, done.Trouble, done.DoneAt, done.To, done.CreatedAt},
			[]any{forum.HandedOver, 2, "", tx.Now(), "a@example.com", noon})
	})
	w.read(func(tx forum.Tx) {
		w.equal("queued", ok(tx.MessagesQueued(w.ctx, append(ids, 1<<40))), []forum.Message{*ok(tx.Message(w.ctx, ids[1]))})
		w.equal("queued of none", len(ok(tx.MessagesQueued(w.ctx, nil))), 0)
		_, err := tx.Settle(w.ctx, ids[1], forum.Attempt{State: forum.Failed})
		w.equal("settled in a transaction that reads", err != nil, true)
	})
}

// joinedSends has few jobs made of many that send, and finds them again.
func joinedSends(w *world) {
	count := func() (jobs int, messages map[forum.MessageID]bool) {
		messages = map[forum.MessageID]bool{}
		w.write(func(tx forum.Tx) {
			all := ok(tx.Unfinished(w.ctx, forum.SendMessages{}.Kind()))
			jobs = len(all)
			for _, args := range all {
				var job forum.SendMessages
				w.must(json.Unmarshal(args, &job))
				for _, id := range job.Messages {
					messages[id] = true
				}
			}
		})
		return jobs, messages
	}
	had, before := count()
	first := forum.MessageID(1 << 30)
	w.write(func(tx forum.Tx) {
		for i := range 100 {
			w.must(tx.Enqueue(w.ctx, forum.SendMessage{Message: first + forum.MessageID(i)}))
		}
	})
	jobs, messages := count()
	w.equal("more jobs", jobs-had, 8)
	w.equal("more messages", len(messages)-len(before), 100)
	w.write(func(tx forum.Tx) {
		before := len(ok(tx.Unfinished(w.ctx, forum.SendMessage{}.Kind())))
		w.equal("nudged", ok(tx.Nudge(w.ctx, forum.SendMessage{Message: first}, forum.SendMessage{Message: first + 1})), 2)
		w.equal("jobs of one message", len(ok(tx.Unfinished(w.ctx, forum.SendMessage{}.Kind())))-before, 2)
	})
}
