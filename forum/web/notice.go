package web

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

// notice is what was just done; its text key stands below "notice.".
type notice string

// The notices, and where a press takes back those that can be.
const (
	signedIn          notice = "signed_in"
	signedOut         notice = "signed_out"
	meetingPlanned    notice = "meeting_planned"
	meetingCalled     notice = "meeting_called"
	meetingMoved      notice = "meeting_moved"
	draftMoved        notice = "draft_moved"
	meetingCancelled  notice = "meeting_cancelled"
	seriesPlanned     notice = "series_planned"
	seriesCalled      notice = "series_called"
	restMoved         notice = "rest_moved"
	restCancelled     notice = "rest_cancelled"
	weeksBlocked      notice = "weeks_blocked"
	weeksOpened       notice = "weeks_opened"
	yearPlanned       notice = "year_planned"
	answerGiven       notice = "answer_given"
	matterProposed    notice = "matter_proposed"
	matterPlaced      notice = "matter_placed"
	matterPutBack     notice = "matter_put_back"
	matterReturned    notice = "matter_returned"
	matterRelocated   notice = "matter_relocated"
	matterMerged      notice = "matter_merged"
	removalAsked      notice = "removal_asked"
	removalDone       notice = "removal_done"
	removalContested  notice = "removal_contested"
	removalKey        notice = "removal_key"
	removalKept       notice = "removal_kept"
	removalWithdrawn  notice = "removal_withdrawn"
	messageAgain      notice = "message_again"
	jobAgain          notice = "job_again"
	mailReleased      notice = "mail_released"
	mailSetAside      notice = "mail_set_aside"
	mailHeldAgain     notice = "mail_held_again"
	languageChosen    notice = "language_chosen"
	addressClaimed    notice = "address_claimed"
	addressConfirmed  notice = "address_confirmed"
	addressRemoved    notice = "address_removed"
	absenceNoted      notice = "absence_noted"
	absenceForgotten  notice = "absence_forgotten"
	feedStarted       notice = "feed_started"
	feedRenewed       notice = "feed_renewed"
	feedRevoked       notice = "feed_revoked"
	agendaSaved       notice = "agenda_saved"
	guestInvited      notice = "guest_invited"
	guestTakenOff     notice = "guest_taken_off"
	editionCorrected  notice = "edition_corrected"
	noticeSent        notice = "notice_sent"
	noticeConfirmed   notice = "notice_confirmed"
	keysAsked         notice = "keys_asked"
	keyTurned         notice = "key_turned"
	keyObjected       notice = "key_objected"
	keyTakenBack      notice = "key_taken_back"
	agendaOut         notice = "agenda_out"
	standInNamed      notice = "stand_in_named"
	papersAdded       notice = "papers_added"
	paperReplaced     notice = "paper_replaced"
	paperWithdrawn    notice = "paper_withdrawn"
	paperRestored     notice = "paper_restored"
	paperMoved        notice = "paper_moved"
	paperClassified   notice = "paper_classified"
	paperReleased     notice = "paper_released"
	titleClassified   notice = "title_classified"
	guestAnswered     notice = "guest_answered"
	contactSaved      notice = "contact_saved"
	seatEnded         notice = "seat_ended"
	membersImported   notice = "members_imported"
	errandUndone      notice = "errand_undone"
	errandSeen        notice = "errand_seen"
	seatRestored      notice = "seat_restored"
	sessionEnded      notice = "session_ended"
	signedOutAll      notice = "signed_out_everywhere"
	draftOpened       notice = "draft_opened"
	draftSaved        notice = "draft_saved"
	draftWoven        notice = "draft_woven"
	draftSame         notice = "draft_same"
	draftDiscarded    notice = "draft_discarded"
	sectionAdded      notice = "section_added"
	sectionRenamed    notice = "section_renamed"
	sectionMoved      notice = "section_moved"
	commentSent       notice = "comment_sent"
	threadResolved    notice = "thread_resolved"
	threadReopened    notice = "thread_reopened"
	noRemarkSaid      notice = "no_remark_said"
	noRemarkTakenBack notice = "no_remark_taken_back"
	draftReady        notice = "draft_ready"
	draftReopened     notice = "draft_reopened"
	draftFollowed     notice = "draft_followed"
	draftUnfollowed   notice = "draft_unfollowed"
)

// undoes gives for each notice where its act is taken back, "" where it cannot be.
var undoes = map[notice]func(id int64) string{
	signedIn: nil, signedOut: nil, meetingPlanned: nil, meetingCalled: nil, meetingMoved: nil, draftMoved: nil, meetingCancelled: nil,
	answerGiven: nil, matterProposed: nil, matterPutBack: nil, matterRelocated: nil, matterMerged: nil, removalDone: nil, removalContested: nil,
	removalKey: nil, removalKept: nil, removalWithdrawn: nil, messageAgain: nil, jobAgain: nil, mailReleased: nil, mailHeldAgain: nil,
	languageChosen: nil, addressClaimed: nil, addressConfirmed: nil, addressRemoved: nil, absenceNoted: nil, absenceForgotten: nil,
	feedStarted: nil, feedRenewed: nil, feedRevoked: nil,
	seriesPlanned: nil, seriesCalled: nil, restMoved: nil, restCancelled: nil, yearPlanned: nil,
	weeksBlocked: func(id int64) string { return pages.WeeksAddress(forum.BlockedWeeksID(id), "open") },
	weeksOpened:  func(id int64) string { return pages.WeeksAddress(forum.BlockedWeeksID(id), "block") },
	agendaSaved:  nil, guestInvited: nil, guestTakenOff: nil, guestAnswered: nil,
	editionCorrected: nil, noticeSent: nil, noticeConfirmed: nil,
	keysAsked: nil, keyTurned: nil, keyObjected: nil, keyTakenBack: nil, agendaOut: nil, standInNamed: nil,
	papersAdded: nil, paperReplaced: nil, paperRestored: nil, paperMoved: nil, paperClassified: nil, paperReleased: nil, titleClassified: nil,
	paperWithdrawn: func(id int64) string { return pages.PaperActAddress(forum.DocumentID(id), "restore") },
	contactSaved:   nil, seatRestored: nil, membersImported: nil, errandUndone: nil, errandSeen: nil, sessionEnded: nil, signedOutAll: nil,
	draftOpened: nil, draftSaved: nil, draftWoven: nil, draftSame: nil, draftDiscarded: nil, sectionAdded: nil, sectionRenamed: nil, sectionMoved: nil, commentSent: nil,
	threadResolved: nil, threadReopened: nil, noRemarkSaid: nil, noRemarkTakenBack: nil, draftReady: nil, draftReopened: nil, draftFollowed: nil, draftUnfollowed: nil,
	seatEnded:      func(id int64) string { return pages.EndingAddress(forum.EndingID(id), "undo") },
	matterPlaced:   func(id int64) string { return pages.MatterAddress(forum.MatterID(id), "put-back") },
	matterReturned: func(id int64) string { return pages.MatterAddress(forum.MatterID(id), "put-back") },
	removalAsked:   func(id int64) string { return pages.RemovalAddress(forum.RemovalID(id), "withdraw") },
	mailSetAside:   func(id int64) string { return pages.IncomingAddress(forum.IncomingID(id), "hold") },
}

// done goes on to a page that says what was done to something; id is what an
// undo speaks of, 0 where there is none.
func (v *visit) done(what notice, id int64, path string) error {
	v.setCookie(noticeCookie, fmt.Sprintf("%s.%d", what, id), 0)
	return v.goTo(v.orHome(path))
}

// orHome is a page, or the overview for what was done there in place.
func (v *visit) orHome(path string) string {
	if v.value("back") == templates.HomeAddress {
		return templates.HomeAddress
	}
	return path
}

// tell puts what was just done onto the page, once.
func (v *visit) tell(frame *pages.Frame) {
	what, number, found := strings.Cut(v.c.Cookies(v.cookieName(noticeCookie)), ".")
	if !found {
		return
	}
	v.dropCookie(noticeCookie)
	undo, known := undoes[notice(what)]
	if !known {
		return
	}
	text := v.text.T("notice." + what)
	id, err := strconv.ParseInt(number, 10, 64)
	if undo == nil || err != nil || id <= 0 {
		frame.Flash = &templates.Flash{Tone: templates.Success, Text: text}
		return
	}
	frame.Done = &pages.Undo{Text: text, URL: undo(id)}
}
