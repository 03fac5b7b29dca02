package storetest

import (
	"testing"

	"github.com/samraad/samraad/forum"
)

// Run checks a keeper against the contracts of the forum's interfaces. The
// keeper's database is migrated and holds nothing else.
func Run(t *testing.T, keeper forum.Keeper) {
	for _, c := range []struct {
		name string
		test func(w *world)
	}{
		{"areas", areas}, {"organisations", organisations}, {"people and addresses", people}, {"forums", forums},
		{"mandates", mandates}, {"seats", seats}, {"changes of seats", seating}, {"seats in turn", seatsInTurn}, {"renamed organisations", renamed},
		{"feeds of ended seats", endedFeeds},
		{"meetings", meetings}, {"invitations", invitations}, {"agenda", agenda}, {"agenda revisions", agendaRevisions}, {"guests", guests}, {"deliveries", deliveries}, {"prints", prints},
		{"editions", editions}, {"words of key-holders", keyWords}, {"stand-ins", standIns}, {"series", series}, {"blocked weeks", blockedWeeks},
		{"answers", answers}, {"proposals of another time", timeProposals}, {"reminders", reminders},
		{"matters", matters}, {"numbers", numbers}, {"removals", removals}, {"documents", documents}, {"paper versions", paperVersions}, {"paper texts", paperTexts},
		{"drafts", drafts}, {"sections of drafts", draftSections}, {"unsaved texts", unsavedTexts}, {"threads of comments", draftThreads},
		{"reminders of drafts", draftReminders}, {"two who draft at once", twoDraft},
		{"incoming mail", incoming}, {"mail to be proven", unproven}, {"learned addresses", learned}, {"tokens", tokens}, {"mailboxes", mailboxes}, {"app passwords", appPasswords}, {"messages", messages}, {"outbox", outbox}, {"messages that come back", comingBack}, {"sends that are joined", joinedSends}, {"pieces", pieces}, {"sessions", sessions},
		{"sessions of a person", sessionsOf}, {"sign-ins", signIns}, {"tallies", tallies}, {"errands", errands}, {"numbers given back", numbersGivenBack}, {"what awaits somebody", awaiting},
		{"tokens of the API", apiTokens}, {"answers of the API", apiAnswers}, {"peeking", peeking},
		{"own addresses", ownAddresses}, {"claims", claims}, {"absences", absences}, {"feeds", feeds}, {"versions of forums", versions}, {"meetings that invite", inviting},
		{"events", events}, {"text that is not text", oddText}, {"kinds of values", kindsOfValues},
		{"reading saves nothing", readOnly}, {"what is missing", missing}, {"rollback", rollback}, {"refused and swallowed", swallowed},
		{"many writers", manyWriters}, {"some that fail among many", someFail}, {"crossing chains", crossingChains}, {"two who change one thing", lostUpdate}, {"reading one state", snapshot},
		{"what is remembered", remembering}, {"nothing, remembered", nothingAgain}, {"rows of one's own", ownRows}, {"what acts are told", writersWorkItOut},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, keeper)
			defer w.sayUnexpected()
			c.test(w)
		})
	}
}

// RunDemo checks the marking of a demonstration on a database of its own.
func RunDemo(t *testing.T, keeper forum.Keeper) {
	w := &world{T: t, keeper: keeper, ctx: t.Context()}
	defer w.sayUnexpected()
	w.write(func(tx forum.Tx) { w.must(tx.MarkDemo(w.ctx)) })
	w.read(func(tx forum.Tx) { w.equal("demo", ok(tx.IsDemo(w.ctx)), true) })
	w.write(func(tx forum.Tx) {
		w.must(tx.SaveArea(w.ctx, &forum.Area{Key: "demo", Name: "Demo"}))
		w.must(tx.MarkDemo(w.ctx))
	})
}

// RunNoDemo checks that a database with real areas is never made a
// demonstration, on a database of its own.
func RunNoDemo(t *testing.T, keeper forum.Keeper) {
	w := newWorld(t, keeper)
	defer w.sayUnexpected()
	w.refused(w.attempt(func(tx forum.Tx) error { return tx.MarkDemo(w.ctx) }), forum.Conflict, "error.not_a_demo")
	w.read(func(tx forum.Tx) { w.equal("demo", ok(tx.IsDemo(w.ctx)), false) })
}
