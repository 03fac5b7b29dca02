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

	s.Get("/api", showDocumentation)
	s.Get("/api/types", showDocumentedTypes)
	if s.options.API != nil {
		s.options.API.Mount(s.app)
	}

	s.Get("/", home)
	s.Get("/demo", demo)
	s.Post("/demo", stepInto)
	s.Get("/sign-in", askAddress)
	s.Post("/sign-in", sendLink)
	s.Get("/sign-in/code", askCode)
	s.Post("/sign-in/code", enterCode)
	s.Get("/enter/:pass", showPass)
	s.Post("/enter", enter)
	s.Post("/sign-out", signOut)
	s.Post("/language", chooseLanguage)

	s.app.Get("/calendar/:file", s.feed)
	s.app.Use(davKnown, findCalDAV)
	s.app.Use("/dav", s.caldav)
	s.Get("/me", showSelf)
	s.Post("/me/language", chooseOwnLanguage)
	s.Post("/me/resume", resumeOwnMail)
	s.Post("/me/addresses", claimAddress)
	s.Post("/me/addresses/confirm", confirmAddress)
	s.Post("/me/addresses/remove", removeAddress)
	s.Post("/me/sessions/end", endSession)
	s.Post("/me/sessions/end-all", signOutEverywhere)
	s.Post("/me/absences", noteAbsence)
	s.Post("/me/absences/:id/forget", forgetAbsence)
	s.Post("/me/apps", makeApp)
	s.Post("/me/apps/:id/revoke", revokeApp)
	s.Post("/me/feeds", startFeed)
	s.Get("/me/feeds/:id/renew", askRenewFeed)
	s.Post("/me/feeds/:id/renew", renewFeed)
	s.Get("/me/feeds/:id/revoke", askRevokeFeed)
	s.Post("/me/feeds/:id/revoke", revokeFeed)

	s.Post("/errands/:id/undo", undoErrand)
	s.Post("/errands/:id/now", hurryErrand)
	s.Post("/errands/:id/seen", dismissErrand)

	s.Get("/forums", showForums)
	s.Get("/forums/:id", showForum)
	s.Get("/forums/:id/inbox", showInbox)
	s.Get("/forums/:id/meetings/new", askMeeting)
	s.Post("/forums/:id/meetings/new", planMeeting)
	s.Get("/forums/:id/series/new", askSeries)
	s.Post("/forums/:id/series/new", planSeries)
	s.Get("/forums/:id/matters/new", askMatter)
	s.Take("/forums/:id/matters/new", proposeMatter)
	s.Get("/forums/:id/sent", showSent)
	s.Post("/forums/:id/resume", resumeMail)
	s.Get("/forums/:id/held", showHeld)

	s.Get("/forums/:id/people", showPeople)
	s.Get("/forums/:id/handover", showHandover)
	s.Post("/forums/:id/contacts", saveContact)
	s.Get("/forums/:id/members/import", askMembers)
	s.Take("/forums/:id/members/import", importMembers)
	s.Get("/seats/:id/end", askEnding)
	s.Post("/seats/:id/end", endSeat)
	s.Post("/endings/:id/undo", undoEnding)

	s.Get("/meetings/:id", showMeeting)
	s.Post("/meetings/:id/call", callMeeting)
	s.Post("/meetings/:id/answer", answerMeeting)
	s.Part("/meetings/:id/attendance", showAttendance)
	s.Get("/meetings/:id/move", askMove)
	s.Post("/meetings/:id/move", moveMeeting)
	s.Get("/meetings/:id/cancel", askCancel)
	s.Post("/meetings/:id/cancel", cancelMeeting)

	s.Get("/meetings/:id/package", showPackage)
	s.Part("/meetings/:id/package/part", showSentPackage)
	s.Part("/meetings/:id/package/copies", showCopies)
	s.Get("/meetings/:id/notices/new", askNotice)
	s.Post("/meetings/:id/notices/new", sendNotice)
	s.Get("/editions/:id/correct", askCorrection)
	s.Post("/editions/:id/correct", correctEdition)
	s.Post("/editions/:id/open", openEdition)
	s.Post("/editions/:id/confirm", confirmEdition)
	s.Get("/editions/:id/files/:part/:key?", openEditionFile)
	s.Get("/copy/:pass", showCopy)
	s.Post("/copy/:pass/open", openCopy)
	s.Post("/copy/:pass/confirm", confirmCopy)
	s.Get("/copy/:pass/files/:part/:key?", openCopyFile)

	s.Get("/series/:id", showSeries)
	s.Post("/series/:id/call", callSeries)

	s.Get("/areas/:id/calendar", showAreaYear)
	s.Post("/areas/:id/calendar", blockWeeks)
	s.Get("/areas/:id/next-year", showNextYear)
	s.Post("/areas/:id/next-year", planNextYear)
	s.Post("/weeks/:id/open", openWeeks)
	s.Post("/weeks/:id/block", blockAgain)
	s.Get("/meetings/:id/agenda", askAgenda)
	s.Post("/meetings/:id/agenda", editAgenda)
	s.Post("/meetings/:id/agenda/settle", settleAgenda)
	s.Get("/meetings/:id/guests/new", askGuest)
	s.Post("/meetings/:id/guests/new", inviteGuest)
	s.Post("/guests/:id/take-off", takeOffGuest)
	s.Get("/guest/:pass", showGuest)
	s.Post("/guest/:pass/answer", answerAsGuest)
	s.Get("/guest/:pass/papers/:id", openGuestPaper)

	s.Get("/meetings/:id/keys", showKeys)
	s.Part("/meetings/:id/keys/state", showKeysState)
	s.Post("/meetings/:id/keys/ask", askForKeys)
	s.Post("/editions/:id/words", giveWord)
	s.Get("/editions/:id/override", askOverride)
	s.Post("/editions/:id/override", overrideKeys)
	s.Post("/forums/:id/stand-in", nameStandIn)

	s.Get("/matters/:id", showMatter)
	s.Post("/matters/:id/place", placeMatter)
	s.Post("/matters/:id/put-back", putBack)
	s.Post("/matters/:id/remove", askRemoval)
	s.Post("/removals/:id/answer", answerRemoval)
	s.Post("/removals/:id/decide", decideRemoval)
	s.Post("/removals/:id/withdraw", withdrawRemoval)
	s.Post("/matters/:id/title", classifyTitle)
	s.Take("/matters/:id/papers", addPapers)
	s.Get("/matters/:id/draft", showDraft)
	s.Post("/matters/:id/draft", openDraft)
	s.Post("/matters/:id/draft/sections", addSection)
	s.Post("/matters/:id/draft/comments", commentOnDraft)
	s.Post("/matters/:id/draft/follow", yesOrNo(followDraft, unfollowDraft))
	s.Post("/matters/:id/draft/no-remark", yesOrNo(sayNoRemark, takeBackNoRemark))
	s.Post("/matters/:id/draft/ready", makeReady)
	s.Post("/matters/:id/draft/reopen", reopenDraft)
	s.Get("/sections/:id/edit", writeSection)
	s.Post("/sections/:id/edit", saveSection)
	s.Post("/sections/:id/keep", keepUnsaved)
	s.Post("/sections/:id/discard", discardUnsaved)
	s.Get("/sections/:id/settle", askSettling)
	s.Post("/sections/:id/settle", settleSection)
	s.Get("/sections/:id/history", showSectionHistory)
	s.Post("/sections/:id/rename", renameSection)
	s.Post("/sections/:id/up", moveSectionUp)
	s.Post("/threads/:id/comments", replyInThread)
	s.Post("/threads/:id/resolve", resolveThread)
	s.Get("/papers/:id", openPaper)
	s.Get("/papers/:id/about", showPaper)
	s.Get("/papers/:id/versions/:number", openVersion)
	s.Take("/papers/:id/replace", replacePaper)
	s.Post("/papers/:id/access", classifyPaper)
	s.Post("/papers/:id/up", movePaperUp)
	s.Post("/papers/:id/withdraw", withdrawPaper)
	s.Post("/papers/:id/restore", restorePaper)
	s.Post("/papers/:id/release", releasePaper)

	s.Get("/messages/:id", showMessage)
	s.Get("/messages/:id/body", showBody)
	s.Get("/messages/:id/raw", showRawMessage)
	s.Get("/messages/:id/invite.ics", showInvite)
	s.Post("/messages/:id/again", sendAgain)
	s.Get("/failed", showFailed)
	s.Post("/failed/:id/again", retryJob)

	s.Get("/incoming/:id", showIncoming)
	s.Get("/incoming/:id/raw", showRawIncoming)
	s.Get("/incoming/:id/body", showIncomingBody)
	s.Post("/incoming/:id/forget", forgetWriter)
	s.Post("/incoming/:id/release", releaseHeld)
	s.Post("/incoming/:id/set-aside", setAside)
	s.Post("/incoming/:id/hold", holdAgain)

	s.options.House.Mount(s)
	s.app.Use(func(*fiber.Ctx) error { return fiber.ErrNotFound })
}

// Handler answers one visit.
type Handler func(*Visit) error

// Get opens a page.
func (s *Server) Get(path string, h Handler) { s.app.Get(path, s.answer(h)) }

// Post does what a form asks.
func (s *Server) Post(path string, h Handler) { s.app.Post(path, formOnly, s.answer(h)) }

// Take is post for forms that bring files.
func (s *Server) Take(path string, h Handler) { s.app.Post(path, s.answer(h)) }

// Part is get for what a page asks for again and again: the browser keeps it to
// compare, so that nothing is read out or drawn anew that is the same.
func (s *Server) Part(path string, h Handler) {
	s.app.Get(path, func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderCacheControl, "private, no-cache")
		return c.Next()
	}, etag.New(), s.answer(h))
}

func (s *Server) answer(h Handler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		v, end := s.begin(c)
		defer end()
		return h(v)
	}
}
