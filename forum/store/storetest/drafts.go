package storetest

import (
	"slices"
	"time"

	"github.com/samraad/samraad/forum"
)

// section is one of a matter's draft.
func (w *world) section(tx forum.Tx, matter forum.MatterID, position int) *forum.DraftSection {
	s := &forum.DraftSection{MatterID: matter, Part: forum.OwnPart, Title: "Økonomi «og» \\ drift", Position: position}
	w.must(tx.SaveDraftSection(w.ctx, s))
	return s
}

func drafts(w *world) {
	var open, ready forum.Draft
	var remark forum.NoRemark
	w.write(func(tx forum.Tx) {
		open = forum.Draft{MatterID: w.matter(tx, "open").ID, OpenedAt: noon, OpenedBy: w.person.ID}
		ready = forum.Draft{
			MatterID: w.matter(tx, "ready").ID, OpenedAt: noon, ReadyAt: noon.Add(time.Hour), ReadyBy: w.other.ID, Without: []forum.Level{forum.Municipal, forum.Specialist},
		}
		w.must(tx.SaveDraft(w.ctx, &open))
		w.must(tx.SaveDraft(w.ctx, &ready))
		remark = forum.NoRemark{MatterID: open.MatterID, Level: forum.Specialist, PersonID: w.person.ID, SaidAt: noon}
		w.must(tx.SaveNoRemark(w.ctx, &remark))
	})
	ours := func(drafts []forum.Draft) []forum.Draft {
		return slices.DeleteFunc(drafts, func(d forum.Draft) bool { return d.MatterID != open.MatterID && d.MatterID != ready.MatterID })
	}
	w.read(func(tx forum.Tx) {
		w.equal("draft", ok(tx.Draft(w.ctx, ready.MatterID)), &ready)
		w.equal("unready", ours(ok(tx.DraftsUnready(w.ctx, noon))), []forum.Draft{open})
		w.equal("unready later", len(ours(ok(tx.DraftsUnready(w.ctx, noon.Add(time.Microsecond))))), 0)
		w.equal("remarks", ok(tx.NoRemarks(w.ctx, open.MatterID)), []forum.NoRemark{remark})
		w.equal("remarks of another", len(ok(tx.NoRemarks(w.ctx, ready.MatterID))), 0)
	})
	w.refused(w.attempt(func(tx forum.Tx) error {
		return tx.SaveDraft(w.ctx, &forum.Draft{MatterID: open.MatterID, OpenedAt: noon})
	}),
		forum.Conflict, "error.conflict.draft")
	w.refused(w.attempt(func(tx forum.Tx) error {
		return tx.SaveNoRemark(w.ctx, &forum.NoRemark{MatterID: open.MatterID, Level: forum.Specialist, PersonID: w.other.ID, SaidAt: noon})
	}), forum.Conflict, "error.conflict.no_remark")
	w.write(func(tx forum.Tx) { w.must(tx.DropNoRemark(w.ctx, remark.ID)) })
	w.read(func(tx forum.Tx) { w.equal("remarks left", len(ok(tx.NoRemarks(w.ctx, open.MatterID))), 0) })
}

func draftSections(w *world) {
	var first, second *forum.DraftSection
	var versions []forum.DraftVersion
	var other forum.MatterID
	w.write(func(tx forum.Tx) {
		matter := w.matter(tx, "sections").ID
		second = w.section(tx, matter, 2)
		first = w.section(tx, matter, 1)
		versions = []forum.DraftVersion{
			{SectionID: first.ID, Number: 1, Text: "Fyrste\n\nAndre", Author: w.person.ID, Level: forum.Municipal, Source: forum.ByMail, WrittenAt: noon},
			{SectionID: first.ID, Number: 2, Base: 1, Text: "", Author: w.other.ID, Level: forum.Specialist, Source: forum.ByWeb, WrittenAt: noon.Add(time.Minute)},
		}
		w.must(tx.SaveDraftVersion(w.ctx, &versions[0]))
		w.must(tx.SaveDraftVersion(w.ctx, &versions[1]))
		other = w.matter(tx, "waived").ID
		w.must(tx.SaveNoRemark(w.ctx, &forum.NoRemark{MatterID: other, Level: forum.Specialist, PersonID: w.other.ID, SaidAt: noon}))
	})
	w.read(func(tx forum.Tx) {
		w.equal("section", ok(tx.DraftSection(w.ctx, first.ID)), first)
		w.equal("sections", ok(tx.DraftSections(w.ctx, first.MatterID)), []forum.DraftSection{*first, *second})
		w.equal("versions", ok(tx.DraftVersions(w.ctx, first.ID)), versions)
		w.equal("version", ok(tx.DraftVersion(w.ctx, versions[1].ID)), &versions[1])
		w.equal("versions of none", len(ok(tx.DraftVersions(w.ctx, second.ID))), 0)
		given := ok(tx.LevelsGiven(w.ctx, []forum.MatterID{first.MatterID, other}))
		w.equal("levels given", given, []forum.LevelGiven{{MatterID: first.MatterID, Level: forum.Municipal}, {MatterID: first.MatterID, Level: forum.Specialist}, {MatterID: other, Level: forum.Specialist}})
	})
	w.refused(w.attempt(func(tx forum.Tx) error {
		return tx.SaveDraftVersion(w.ctx, &forum.DraftVersion{SectionID: first.ID, Number: 2, Author: w.person.ID, WrittenAt: noon})
	}), forum.Conflict, "error.conflict.draft_version")
}

func unsavedTexts(w *world) {
	var text forum.UnsavedText
	w.write(func(tx forum.Tx) {
		text = forum.UnsavedText{SectionID: w.section(tx, w.matter(tx, "unsaved").ID, 1).ID, PersonID: w.person.ID, Base: 3, Text: "Halv sei", KeptAt: noon}
		w.must(tx.SaveUnsaved(w.ctx, &text))
		text.Text = "Halv setning"
		w.must(tx.SaveUnsaved(w.ctx, &text))
	})
	w.read(func(tx forum.Tx) {
		w.equal("own", ok(tx.Unsaved(w.ctx, text.SectionID, w.person.ID)), &text)
		_, err := tx.Unsaved(w.ctx, text.SectionID, w.other.ID)
		w.refused(err, forum.NotFound, "error.not_found.unsaved_text")
	})
	w.refused(w.attempt(func(tx forum.Tx) error {
		return tx.SaveUnsaved(w.ctx, &forum.UnsavedText{SectionID: text.SectionID, PersonID: w.person.ID, KeptAt: noon})
	}), forum.Conflict, "error.conflict.unsaved_text")
	w.write(func(tx forum.Tx) { w.must(tx.DropUnsaved(w.ctx, text.ID)) })
	w.read(func(tx forum.Tx) {
		_, err := tx.Unsaved(w.ctx, text.SectionID, w.person.ID)
		w.refused(err, forum.NotFound, "error.not_found.unsaved_text")
	})
}

func draftThreads(w *world) {
	var about, whole forum.DraftThread
	var comments []forum.DraftComment
	var follower forum.DraftFollower
	w.write(func(tx forum.Tx) {
		matter := w.matter(tx, "threads").ID
		about = forum.DraftThread{MatterID: matter, SectionID: w.section(tx, matter, 1).ID, OpenedAt: noon, ResolvedAt: noon.Add(time.Hour), ResolvedBy: w.other.ID}
		whole = forum.DraftThread{MatterID: matter, OpenedAt: noon}
		w.must(tx.SaveDraftThread(w.ctx, &about))
		w.must(tx.SaveDraftThread(w.ctx, &whole))
		comments = []forum.DraftComment{
			{ThreadID: about.ID, Author: w.person.ID, Level: forum.Municipal, Text: "Kva med helgane?", Source: forum.ByWeb, WrittenAt: noon},
			{ThreadID: about.ID, Author: w.other.ID, Level: forum.Specialist, Text: "Dei òg.", Source: forum.ByMail, WrittenAt: noon},
		}
		w.must(tx.SaveDraftComment(w.ctx, &comments[0]))
		w.must(tx.SaveDraftComment(w.ctx, &comments[1]))
		follower = forum.DraftFollower{MatterID: matter, PersonID: w.person.ID}
		w.must(tx.SaveDraftFollower(w.ctx, &follower))
	})
	w.read(func(tx forum.Tx) {
		w.equal("thread", ok(tx.DraftThread(w.ctx, about.ID)), &about)
		w.equal("threads", ok(tx.DraftThreads(w.ctx, about.MatterID)), []forum.DraftThread{about, whole})
		w.equal("comments", ok(tx.DraftComments(w.ctx, about.ID)), comments)
		w.equal("comments of the other", len(ok(tx.DraftComments(w.ctx, whole.ID))), 0)
		w.equal("followers", ok(tx.DraftFollowers(w.ctx, about.MatterID)), []forum.DraftFollower{follower})
	})
	w.refused(w.attempt(func(tx forum.Tx) error {
		return tx.SaveDraftFollower(w.ctx, &forum.DraftFollower{MatterID: about.MatterID, PersonID: w.person.ID})
	}), forum.Conflict, "error.conflict.draft_follower")
	w.write(func(tx forum.Tx) {
		w.must(tx.DropDraftFollower(w.ctx, follower.ID))
		w.must(tx.DropDraftComment(w.ctx, comments[1].ID))
		w.must(tx.DropDraftThread(w.ctx, whole.ID))
	})
	w.read(func(tx forum.Tx) {
		w.equal("followers left", len(ok(tx.DraftFollowers(w.ctx, about.MatterID))), 0)
		w.equal("comments left", ok(tx.DraftComments(w.ctx, about.ID)), comments[:1])
		w.equal("threads left", ok(tx.DraftThreads(w.ctx, about.MatterID)), []forum.DraftThread{about})
	})
}

func draftReminders(w *world) {
	var reminder forum.DraftReminder
	w.write(func(tx forum.Tx) {
		reminder = forum.DraftReminder{MatterID: w.matter(tx, "reminded").ID, PersonID: w.person.ID, RemindedAt: noon}
		w.must(tx.SaveDraftReminder(w.ctx, &reminder))
	})
	w.read(func(tx forum.Tx) {
		w.equal("reminders", ok(tx.DraftReminders(w.ctx, reminder.MatterID)), []forum.DraftReminder{reminder})
		w.equal("reminders of none", len(ok(tx.DraftReminders(w.ctx, reminder.MatterID+1000))), 0)
	})
	w.refused(w.attempt(func(tx forum.Tx) error {
		return tx.SaveDraftReminder(w.ctx, &forum.DraftReminder{MatterID: reminder.MatterID, PersonID: w.person.ID, RemindedAt: noon})
	}), forum.Conflict, "error.conflict.draft_reminder")
}

// twoDraft is two who write a section at once, each behind the lock of the matter:
// every version follows the one before it and none is lost.
func twoDraft(w *world) {
	var section *forum.DraftSection
	w.write(func(tx forum.Tx) { section = w.section(tx, w.matter(tx, "at once").ID, 1) })
	w.together(writers, func(int) {
		for range acts {
			err := w.attempt(func(tx forum.Tx) error {
				if _, err := tx.Matter(w.ctx, section.MatterID); err != nil {
					return err
				}
				versions, err := tx.DraftVersions(w.ctx, section.ID)
				if err != nil {
					return err
				}
				last := len(versions)
				return tx.SaveDraftVersion(w.ctx, &forum.DraftVersion{SectionID: section.ID, Number: last + 1, Base: last, Author: w.person.ID, WrittenAt: noon})
			})
			if err != nil {
				w.Error(err)
			}
		}
	})
	w.read(func(tx forum.Tx) { w.equal("versions", len(ok(tx.DraftVersions(w.ctx, section.ID))), writers*acts) })
}
