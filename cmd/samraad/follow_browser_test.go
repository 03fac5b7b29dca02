package main_test

import (
	"context"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/jobs"
	"github.com/samraad/samraad/forum/store"
	"github.com/samraad/samraad/governance"
	governed "github.com/samraad/samraad/governance/store"
	"github.com/samraad/samraad/policies"
)

// TestFollowUpInABrowser lets a member report what was decided on the first page, take
// that back, and look at the pages of decisions in every language, wide and narrow.
func TestFollowUpInABrowser(t *testing.T) {
	axe := axeCore(t)
	folder := t.TempDir()
	address := "sqlite:" + filepath.Join(folder, "samraad.db")
	own := []string{"SAMRAAD_VAR=" + folder, "SAMRAAD_DB=" + address, "SAMRAAD_LANGUAGE=nn"}
	t.Run("before", func(t *testing.T) { serve(t, []string{"--demo"}, own) })
	decision, number, matter := decide(t, address)
	d := serve(t, []string{"--demo"}, own)

	ours := newTab(t, d.url)
	ours.stepInto(member)
	ours.open("/")
	owed := ours.say.T("page.owed.title", "Number", number, "What", "Ta rutinen i bruk")
	ours.sees(owed)
	ours.press(ours.say.T("page.follow_up.done") + ": " + owed)
	ours.sees(ours.say.T("notice.follow_up_done"))
	ours.press(ours.say.T("undo.label"))
	ours.sees(ours.say.T("notice.follow_up_reopened"))

	for _, language := range spoken() {
		t.Run(string(language), func(t *testing.T) {
			for _, person := range []string{member, secretary} {
				c := newCrawl(newTab(t, d.url), person, 1, axe)
				c.speak(language)
				c.stepInto(person)
				c.watch()
				for _, path := range []string{
					"/", "/overview", "/overview?look=late", "/overview?year=1999", "/decisions/" + decision, "/matters/" + matter + "/timeline", "/matters/" + matter,
				} {
					c.visit(path)
				}
				c.sendEmpty("/decisions/" + decision)
			}
		})
	}
}

// decide makes a decision in the council's first matter, of which one part is late, while
// no server has the database.
func decide(t *testing.T, address string) (decision, number, matter string) {
	policy, err := policies.Default()
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), address, store.Options{Clock: time.Now, Policy: policy, Queueing: jobs.Queueing, Tables: governed.Tables})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = governed.Keeper{DB: db}.Write(t.Context(), func(ctx context.Context, of forum.Tx) error {
		tx := governance.In(of)
		council, err := tx.ForumByAddress(ctx, "samarbeidsrad@voss.example")
		if err != nil {
			return err
		}
		matters, err := tx.Matters(ctx, council.ID, forum.Placed)
		if err != nil {
			return err
		}
		e := governance.Enactment{ForumID: council.ID, MatterID: matters[0].ID, Text: "Rådet vedtek ein felles rutine for utskriving i helgane."}
		for days, number := range []string{"971159928", "944233199", "983974724"} {
			o, err := tx.OrganisationByNumber(ctx, number)
			if err != nil {
				return err
			}
			e.Actions = append(e.Actions, governance.Action{OrganisationID: o.ID, Text: "Ta rutinen i bruk", Due: forum.DateOf(tx.Now().AddDate(0, 0, 20*days-10))})
		}
		made, err := governance.Enact(ctx, tx, forum.Actor{}, 2, []governance.Enactment{e})
		if err != nil {
			return err
		}
		decision, number, matter = strconv.FormatInt(int64(made[0].ID), 10), made[0].Number, strconv.FormatInt(int64(matters[0].ID), 10)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return decision, number, matter
}
