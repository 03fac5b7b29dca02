package web

import (
	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/etag"
	recovery "github.com/gofiber/fiber/v2/middleware/recover"

	"github.com/samraad/samraad/templates"
)

// routes are the site's map: each path names what it opens or does.
func (s *Server) routes() {
	s.app.Use(s.logged, recovery.New(), s.safe, s.compressed)

	s.app.Get("/healthz", s.health)
	s.app.Get("/readyz", s.ready)
	s.app.Get(templates.AssetsPrefix+":name", s.asset)

	s.get("/api", showDocumentation)
	s.get("/api/types", showDocumentedTypes)
	if s.options.API != nil {
		s.options.API.Mount(s.app)
	}

	s.get("/", home)
	s.get("/demo", demo)
	s.post("/demo", stepInto)
	s.get("/sign-in", askAddress)
	s.post("/sign-in", sendLink)
	s.get("/sign-in/code", askCode)
	s.post("/sign-in/code", enterCode)
	s.get("/enter/:pass", showPass)
	s.post("/enter", enter)
	s.post("/sign-out", signOut)
	s.post("/language", chooseLanguage)

	s.app.Get("/calendar/:file", s.feed)
	s.get("/me", showSelf)
	s.post("/me/language", chooseOwnLanguage)
	s.post("/me/addresses", claimAddress)
	s.post("/me/addresses/confirm", confirmAddress)
	s.post("/me/addresses/remove", removeAddress)
	s.post("/me/sessions/end", endSession)
	s.post("/me/sessions/end-all", signOutEverywhere)
	s.post("/me/absences", noteAbsence)
	s.post("/me/absences/:id/forget", forgetAbsence)
	s.post("/me/feeds", startFeed)
	s.get("/me/feeds/:id/renew", askRenewFeed)
	s.post("/me/feeds/:id/renew", renewFeed)
	s.get("/me/feeds/:id/revoke", askRevokeFeed)
	s.post("/me/feeds/:id/revoke", revokeFeed)

	s.post("/errands/:id/undo", undoErrand)
	s.post("/errands/:id/now", hurryErrand)
	s.post("/errands/:id/seen", dismissErrand)

	s.get("/forums", showForums)
	s.get("/forums/:id", showForum)
	s.get("/forums/:id/inbox", showInbox)
	s.get("/forums/:id/meetings/new", askMeeting)
	s.post("/forums/:id/meetings/new", planMeeting)
	s.get("/forums/:id/series/new", askSeries)
	s.post("/forums/:id/series/new", planSeries)
	s.get("/forums/:id/matters/new", askMatter)
	s.take("/forums/:id/matters/new", proposeMatter)
	s.get("/forums/:id/sent", showSent)
	s.get("/forums/:id/held", showHeld)

	s.get("/forums/:id/people", showPeople)
	s.get("/forums/:id/handover", showHandover)
	s.post("/forums/:id/contacts", saveContact)
	s.get("/forums/:id/members/import", askMembers)
	s.take("/forums/:id/members/import", importMembers)
	s.get("/seats/:id/end", askEnding)
	s.post("/seats/:id/end", endSeat)
	s.post("/endings/:id/undo", undoEnding)

	s.get("/meetings/:id", showMeeting)
	s.post("/meetings/:id/call", callMeeting)
	s.post("/meetings/:id/answer", answerMeeting)
	s.part("/meetings/:id/attendance", showAttendance)
	s.get("/meetings/:id/move", askMove)
	s.post("/meetings/:id/move", moveMeeting)
	s.get("/meetings/:id/cancel", askCancel)
	s.post("/meetings/:id/cancel", cancelMeeting)

	s.get("/meetings/:id/package", showPackage)
	s.part("/meetings/:id/package/part", showSentPackage)
	s.part("/meetings/:id/package/copies", showCopies)
	s.get("/meetings/:id/notices/new", askNotice)
	s.post("/meetings/:id/notices/new", sendNotice)
	s.get("/editions/:id/correct", askCorrection)
	s.post("/editions/:id/correct", correctEdition)
	s.post("/editions/:id/open", openEdition)
	s.post("/editions/:id/confirm", confirmEdition)
	s.get("/editions/:id/files/:part/:key?", openEditionFile)
	s.get("/copy/:pass", showCopy)
	s.post("/copy/:pass/open", openCopy)
	s.post("/copy/:pass/confirm", confirmCopy)
	s.get("/copy/:pass/files/:part/:key?", openCopyFile)

	s.get("/series/:id", showSeries)
	s.post("/series/:id/call", callSeries)

	s.get("/areas/:id/calendar", showAreaYear)
	s.post("/areas/:id/calendar", blockWeeks)
	s.get("/areas/:id/next-year", showNextYear)
	s.post("/areas/:id/next-year", planNextYear)
	s.post("/weeks/:id/open", openWeeks)
	s.post("/weeks/:id/block", blockAgain)
	s.get("/meetings/:id/agenda", askAgenda)
	s.post("/meetings/:id/agenda", editAgenda)
	s.post("/meetings/:id/agenda/settle", settleAgenda)
	s.get("/meetings/:id/guests/new", askGuest)
	s.post("/meetings/:id/guests/new", inviteGuest)
	s.post("/guests/:id/take-off", takeOffGuest)
	s.get("/guest/:pass", showGuest)
	s.post("/guest/:pass/answer", answerAsGuest)
	s.get("/guest/:pass/papers/:id", openGuestPaper)

	s.get("/meetings/:id/keys", showKeys)
	s.part("/meetings/:id/keys/state", showKeysState)
	s.post("/meetings/:id/keys/ask", askForKeys)
	s.post("/editions/:id/words", giveWord)
	s.get("/editions/:id/override", askOverride)
	s.post("/editions/:id/override", overrideKeys)
	s.post("/forums/:id/stand-in", nameStandIn)

	s.get("/matters/:id", showMatter)
	s.post("/matters/:id/place", placeMatter)
	s.post("/matters/:id/put-back", putBack)
	s.post("/matters/:id/remove", askRemoval)
	s.post("/removals/:id/answer", answerRemoval)
	s.post("/removals/:id/decide", decideRemoval)
	s.post("/removals/:id/withdraw", withdrawRemoval)
	s.post("/matters/:id/title", classifyTitle)
	s.take("/matters/:id/papers", addPapers)
	s.get("/matters/:id/draft", showDraft)
	s.post("/matters/:id/draft", openDraft)
	s.post("/matters/:id/draft/sections", addSection)
	s.post("/matters/:id/draft/comments", commentOnDraft)
	s.post("/matters/:id/draft/follow", yesOrNo(followDraft, unfollowDraft))
	s.post("/matters/:id/draft/no-remark", yesOrNo(sayNoRemark, takeBackNoRemark))
	s.post("/matters/:id/draft/ready", makeReady)
	s.post("/matters/:id/draft/reopen", reopenDraft)
	s.get("/sections/:id/edit", writeSection)
	s.post("/sections/:id/edit", saveSection)
	s.post("/sections/:id/keep", keepUnsaved)
	s.post("/sections/:id/discard", discardUnsaved)
	s.get("/sections/:id/settle", askSettling)
	s.post("/sections/:id/settle", settleSection)
	s.get("/sections/:id/history", showSectionHistory)
	s.post("/sections/:id/rename", renameSection)
	s.post("/sections/:id/up", moveSectionUp)
	s.post("/threads/:id/comments", replyInThread)
	s.post("/threads/:id/resolve", resolveThread)
	s.get("/papers/:id", openPaper)
	s.get("/papers/:id/about", showPaper)
	s.get("/papers/:id/versions/:number", openVersion)
	s.take("/papers/:id/replace", replacePaper)
	s.post("/papers/:id/access", classifyPaper)
	s.post("/papers/:id/up", movePaperUp)
	s.post("/papers/:id/withdraw", withdrawPaper)
	s.post("/papers/:id/restore", restorePaper)
	s.post("/papers/:id/release", releasePaper)

	s.get("/messages/:id", showMessage)
	s.get("/messages/:id/body", showBody)
	s.get("/messages/:id/raw", showRawMessage)
	s.get("/messages/:id/invite.ics", showInvite)
	s.post("/messages/:id/again", sendAgain)
	s.get("/failed", showFailed)
	s.post("/failed/:id/again", retryJob)

	s.get("/incoming/:id", showIncoming)
	s.get("/incoming/:id/raw", showRawIncoming)
	s.post("/incoming/:id/release", releaseHeld)
	s.post("/incoming/:id/set-aside", setAside)
	s.post("/incoming/:id/hold", holdAgain)

	s.app.Use(func(*fiber.Ctx) error { return fiber.ErrNotFound })
}

// handler answers one visit.
type handler func(*visit) error

func (s *Server) get(path string, h handler)  { s.app.Get(path, s.answer(h)) }
func (s *Server) post(path string, h handler) { s.app.Post(path, formOnly, s.answer(h)) }

// take is post for forms that bring files.
func (s *Server) take(path string, h handler) { s.app.Post(path, s.answer(h)) }

// part is get for what a page asks for again and again: the browser keeps it to
// compare, so that nothing is read out or drawn anew that is the same.
func (s *Server) part(path string, h handler) {
	s.app.Get(path, func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderCacheControl, "private, no-cache")
		return c.Next()
	}, etag.New(), s.answer(h))
}

func (s *Server) answer(h handler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		v, end := s.begin(c)
		defer end()
		return h(v)
	}
}
