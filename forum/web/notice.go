package web

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

// Notice is what was just done; its text key stands below "Notice.".
type Notice string

// The notices, and where a press takes back those that can be.
const (
	signedIn          Notice = "signed_in"
	signedOut         Notice = "signed_out"
	meetingPlanned    Notice = "meeting_planned"
	meetingCalled     Notice = "meeting_called"
	meetingMoved      Notice = "meeting_moved"
	draftMoved        Notice = "draft_moved"
	meetingCancelled  Notice = "meeting_cancelled"
	seriesPlanned     Notice = "series_planned"
	seriesCalled      Notice = "series_called"
	restMoved         Notice = "rest_moved"
	restCancelled     Notice = "rest_cancelled"
	weeksBlocked      Notice = "weeks_blocked"
	weeksOpened       Notice = "weeks_opened"
	yearPlanned       Notice = "year_planned"
	answerGiven       Notice = "answer_given"
	matterProposed    Notice = "matter_proposed"
	matterPlaced      Notice = "matter_placed"
	matterPutBack     Notice = "matter_put_back"
	matterReturned    Notice = "matter_returned"
	matterRelocated   Notice = "matter_relocated"
	matterMerged      Notice = "matter_merged"
	removalAsked      Notice = "removal_asked"
	removalDone       Notice = "removal_done"
	removalContested  Notice = "removal_contested"
	removalKey        Notice = "removal_key"
	removalKept       Notice = "removal_kept"
	removalWithdrawn  Notice = "removal_withdrawn"
	messageAgain      Notice = "message_again"
	jobAgain          Notice = "job_again"
	mailResumed       Notice = "mail_resumed"
	mailReleased      Notice = "mail_released"
	addressForgotten  Notice = "address_forgotten"
	mailSetAside      Notice = "mail_set_aside"
	mailHeldAgain     Notice = "mail_held_again"
	languageChosen    Notice = "language_chosen"
	addressClaimed    Notice = "address_claimed"
	addressConfirmed  Notice = "address_confirmed"
	addressRemoved    Notice = "address_removed"
	absenceNoted      Notice = "absence_noted"
	absenceForgotten  Notice = "absence_forgotten"
	feedStarted       Notice = "feed_started"
	feedRenewed       Notice = "feed_renewed"
	feedRevoked       Notice = "feed_revoked"
	appRevoked        Notice = "app_revoked"
	agendaSaved       Notice = "agenda_saved"
	guestInvited      Notice = "guest_invited"
	guestTakenOff     Notice = "guest_taken_off"
	editionCorrected  Notice = "edition_corrected"
	noticeSent        Notice = "notice_sent"
	noticeConfirmed   Notice = "notice_confirmed"
	keysAsked         Notice = "keys_asked"
	keyTurned         Notice = "key_turned"
	keyObjected       Notice = "key_objected"
	keyTakenBack      Notice = "key_taken_back"
	agendaOut         Notice = "agenda_out"
	standInNamed      Notice = "stand_in_named"
	papersAdded       Notice = "papers_added"
	paperReplaced     Notice = "paper_replaced"
	paperWithdrawn    Notice = "paper_withdrawn"
	paperRestored     Notice = "paper_restored"
	paperMoved        Notice = "paper_moved"
	paperClassified   Notice = "paper_classified"
	paperReleased     Notice = "paper_released"
	titleClassified   Notice = "title_classified"
	guestAnswered     Notice = "guest_answered"
	contactSaved      Notice = "contact_saved"
	seatEnded         Notice = "seat_ended"
	membersImported   Notice = "members_imported"
	errandUndone      Notice = "errand_undone"
	errandSeen        Notice = "errand_seen"
	seatRestored      Notice = "seat_restored"
	sessionEnded      Notice = "session_ended"
	signedOutAll      Notice = "signed_out_everywhere"
	draftOpened       Notice = "draft_opened"
	draftSaved        Notice = "draft_saved"
	draftWoven        Notice = "draft_woven"
	draftSame         Notice = "draft_same"
	draftDiscarded    Notice = "draft_discarded"
	sectionAdded      Notice = "section_added"
	sectionRenamed    Notice = "section_renamed"
	sectionMoved      Notice = "section_moved"
	commentSent       Notice = "comment_sent"
	threadResolved    Notice = "thread_resolved"
	threadReopened    Notice = "thread_reopened"
	noRemarkSaid      Notice = "no_remark_said"
	noRemarkTakenBack Notice = "no_remark_taken_back"
	draftReady        Notice = "draft_ready"
	draftReopened     Notice = "draft_reopened"
	draftFollowed     Notice = "draft_followed"
	draftUnfollowed   Notice = "draft_unfollowed"
)

// undoes gives for each notice where its act is taken back, "" where it cannot be.
var undoes = map[Notice]func(id int64) string{
	signedIn: nil, signedOut: nil, meetingPlanned: nil, meetingCalled: nil, meetingMoved: nil, draftMoved: nil, meetingCancelled: nil,
	answerGiven: nil, matterProposed: nil, matterPutBack: nil, matterRelocated: nil, matterMerged: nil, removalDone: nil, removalContested: nil,
	removalKey: nil, removalKept: nil, removalWithdrawn: nil, messageAgain: nil, jobAgain: nil, mailResumed: nil, mailReleased: nil, addressForgotten: nil, mailHeldAgain: nil,
	languageChosen: nil, addressClaimed: nil, addressConfirmed: nil, addressRemoved: nil, absenceNoted: nil, absenceForgotten: nil,
	feedStarted: nil, feedRenewed: nil, feedRevoked: nil, appRevoked: nil,
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

// Done goes on to a page that says what was Done to something; id is what an
// undo speaks of, 0 where there is none.
func (v *Visit) Done(what Notice, id int64, path string) error {
	v.setCookie(noticeCookie, fmt.Sprintf("%s.%d", what, id), 0)
	return v.GoTo(v.orHome(path))
}

// orHome is a page, or the overview for what was done there in place.
func (v *Visit) orHome(path string) string {
	if v.Value("back") == templates.HomeAddress {
		return templates.HomeAddress
	}
	return path
}

// tell puts what was just done onto the page, once.
func (v *Visit) tell(frame *pages.Frame) {
	what, number, found := strings.Cut(v.c.Cookies(v.cookieName(noticeCookie)), ".")
	if !found {
		return
	}
	v.dropCookie(noticeCookie)
	undo, known := undoes[Notice(what)]
	if !known {
		undo, known = v.options.House.Undoes()[Notice(what)]
	}
	if !known {
		return
	}
	text := v.Text.T("notice." + what)
	id, err := strconv.ParseInt(number, 10, 64)
	if undo == nil || err != nil || id <= 0 {
		frame.Flash = &templates.Flash{Tone: templates.Success, Text: text}
		return
	}
	frame.Done = &pages.Undo{Text: text, URL: undo(id)}
}
