package storetest

import (
	"time"

	"github.com/samraad/samraad/forum"
)

func apiTokens(w *world) {
	token := &forum.APIToken{
		Digest: forum.Digest("api-" + w.tag), PersonID: w.person.ID, Scope: forum.WriteScope, CreatedAt: noon, ExpiresAt: noon.AddDate(0, 0, 30),
	}
	w.write(func(tx forum.Tx) { w.must(tx.SaveAPIToken(w.ctx, token)) })
	w.refused(w.attempt(func(tx forum.Tx) error {
		twice := *token
		twice.ID = 0
		return tx.SaveAPIToken(w.ctx, &twice)
	}), forum.Conflict, "error.conflict.api_token")
	token.UsedAt, token.RevokedAt = noon.Add(time.Hour), noon.Add(2*time.Hour)
	w.write(func(tx forum.Tx) { w.must(tx.SaveAPIToken(w.ctx, token)) })
	w.read(func(tx forum.Tx) {
		w.equal("token", *ok(tx.APIToken(w.ctx, token.Digest)), *token)
		all := ok(tx.APITokens(w.ctx))
		w.equal("the newest token", all[len(all)-1], *token)
		_, err := tx.APIToken(w.ctx, "none")
		w.refused(err, forum.NotFound, "error.not_found.api_token")
	})
}

func apiAnswers(w *world) {
	token := &forum.APIToken{Digest: forum.Digest("answered-" + w.tag), PersonID: w.person.ID, Scope: forum.WriteScope, CreatedAt: noon, ExpiresAt: noon.Add(time.Hour)}
	answer := forum.APIAnswer{Key: "a", Request: "x", Answer: `{"id":1}`, AnsweredAt: noon}
	w.write(func(tx forum.Tx) {
		w.must(tx.SaveAPIToken(w.ctx, token))
		answer.TokenID = token.ID
		w.must(tx.SaveAPIAnswer(w.ctx, &answer))
	})
	w.read(func(tx forum.Tx) {
		w.equal("answer", *ok(tx.APIAnswer(w.ctx, token.ID, "a")), answer)
		_, err := tx.APIAnswer(w.ctx, token.ID, "b")
		w.refused(err, forum.NotFound, "error.not_found.api_answer")
	})
	later := answer
	later.Request, later.AnsweredAt = "y", noon.Add(time.Minute)
	w.write(func(tx forum.Tx) {
		w.must(tx.SaveAPIAnswer(w.ctx, &later))
		w.must(tx.DropAPIAnswers(w.ctx, noon))
		w.equal("the later answer", *ok(tx.APIAnswer(w.ctx, token.ID, "a")), later)
		w.must(tx.DropAPIAnswers(w.ctx, later.AnsweredAt))
		_, err := tx.APIAnswer(w.ctx, token.ID, "a")
		w.refused(err, forum.NotFound, "error.not_found.api_answer")
	})
}

// peeking sees what its transaction saved, and saves nothing itself.
func peeking(w *world) {
	w.write(func(tx forum.Tx) {
		m := w.matter(tx, "peeked at")
		m.Title = "changed"
		w.must(tx.SaveMatter(w.ctx, m))
		w.equal("title", ok(tx.Peek().Matter(w.ctx, m.ID)).Title, "changed")
		if err := tx.Peek().Record(w.ctx, forum.Event{ForumID: w.council.ID}); err == nil {
			w.Error("an event was recorded by who only looks")
		}
	})
}
