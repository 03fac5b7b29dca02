package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/samraad/samraad/forum"
)

var octets = []string{"Content-Type", "application/octet-stream"}

// jsonOf writes a value as a body has it.
func jsonOf(v any) string {
	text, _ := json.Marshal(v)
	return string(text)
}

// scenarios give a valid call of every operation as a secretary of either level.
func scenarios(s *stage) map[string]func(by string) call {
	const heir = `{"last":"2026-06-30"}`
	plain := func(path string) func(string) call { return func(by string) call { return s.get(by, "%s", path) } }
	removed := func(act, body string) func(string) call {
		return func(by string) call { return s.press(s.other(by), act, body, "/removals/%d", s.removal(by)) }
	}
	return map[string]func(by string) call{
		"listForums": plain("/forums"), "getForum": plain("/forums/1"), "listOrganisations": plain("/organisations"), "listMeetings": plain("/forums/1/meetings"),
		"listInbox": plain("/forums/1/inbox"), "listPeople": plain("/forums/1/people"), "getContacts": plain("/forums/1/contacts"), "getHandover": plain("/forums/1/handover"),
		"listAreas": plain("/areas"), "getAreaCalendar": plain("/areas/1/calendar?year=2026"), "previewNextYear": plain("/areas/1/next-year?year=2026"),
		"listSent": plain("/forums/1/sent"), "listHeld": plain("/forums/1/held"), "getFailures": plain("/failed"), "getSelf": plain("/me"), "listWaiting": plain("/me/waiting"),
		"getStandIn": plain("/forums/1/stand-in"),

		"planMeeting": func(by string) call { return s.post(by, `{"form":"ordinary","slot":`+slot()+`}`, "/forums/1/meetings") },
		"getMeeting":  func(by string) call { return s.get(by, "/meetings/%d", s.called(by)) },
		"callMeeting": func(by string) call { return s.press(by, "call", "", "/meetings/%d", s.meeting(by)) },
		"moveMeeting": func(by string) call { return s.press(by, "move", `{"slot":`+slot()+`}`, "/meetings/%d", s.called(by)) },
		"cancelMeeting": func(by string) call {
			return s.press(by, "cancel", `{"reason":"Sjukdom"}`, "/meetings/%d", s.called(by))
		},
		"listMeetingHistory": func(by string) call { return s.get(by, "/meetings/%d/history", s.called(by)) },
		"getAttendance":      func(by string) call { return s.get(by, "/meetings/%d/attendance", s.called(by)) },
		"answerMeeting":      func(by string) call { return s.post(by, `{"reply":"yes"}`, "/meetings/%d/answers", s.called(by)) },

		"getAgenda":  func(by string) call { path, _ := s.agenda(by); return s.get(by, "%s", path) },
		"editAgenda": func(by string) call { path, body := s.agenda(by); return s.tagged(by, "PUT", path, path, body) },
		"compareAgenda": func(by string) call {
			path, body := s.agenda(by)
			s.made(by, "PUT", path, body, "If-Match", s.tag(by, path))
			return s.post(by, strings.Replace(body, `"revision":0`, `"revision":1`, 1), "%s/compare", path)
		},
		"inviteGuest": s.guest,
		"getGuest": func(by string) call {
			c := s.guest(by)
			return s.get(by, "/guests/%d", s.made(by, c.method, c.path, c.body).id())
		},
		"takeOffGuest": func(by string) call {
			c := s.guest(by)
			return s.press(by, "take-off", "", "/guests/%d", s.made(by, c.method, c.path, c.body).id())
		},

		"getKeys": func(by string) call { return s.get(by, "/meetings/%d/keys", s.called(by)) },
		"askForKeys": func(by string) call {
			meeting := s.called(by)
			s.placed(by, meeting)
			return s.post(by, `{"text":"Sjå"}`, "/meetings/%d/editions", meeting)
		},
		"getEdition": func(by string) call { return s.get(by, "/editions/%d", s.asked(by)) },
		"giveKeyWords": func(by string) call {
			return s.press(by, "words", `{"words":[{"answer":"approve"}]}`, "/editions/%d", s.asked(by))
		},
		"overrideKeys": func(by string) call {
			return s.press(by, "override", `{"reason":"Det hastar"}`, "/editions/%d", s.asked(by))
		},
		"nameStandIn": func(by string) call { return s.put(by, "", `{"person_id":0}`, "/forums/1/stand-in") },
		"getPackage":  func(by string) call { _, meeting := s.out(by); return s.get(by, "/meetings/%d/package", meeting) },
		"sendNotice":  func(by string) call { return s.post(by, `{"text":"Rom 2"}`, "/meetings/%d/notices", s.soon(by)) },
		"correctEdition": func(by string) call {
			e, _ := s.printed(by)
			return s.post(by, `{"text":"Feil fil"}`, "/editions/%d/corrections", e)
		},
		"openEdition": func(by string) call { e, _ := s.printed(by); return s.press(by, "open", "", "/editions/%d", e) },
		"confirmEdition": func(by string) call {
			meeting := s.soon(by)
			notice := s.made(by, "POST", fmt.Sprintf("/meetings/%d/notices", meeting), `{"text":"Rom 2"}`).id()
			return s.press(by, "confirm", "", "/editions/%d", notice)
		},
		"getEditionFile": func(by string) call { e, _ := s.printed(by); return s.get(by, "/editions/%d/files/pdf", e) },
		"getEditionPart": func(by string) call { e, key := s.printed(by); return s.get(by, "/editions/%d/files/items/%s", e, key) },

		"previewSeries":     func(by string) call { return s.post(by, "{"+rule()+"}", "/forums/1/series/preview") },
		"planSeries":        s.plan,
		"listSeries":        func(by string) call { s.series(by); return s.get(by, "/forums/1/series") },
		"getSeries":         func(by string) call { return s.get(by, "/series/%d", s.series(by)) },
		"listSeriesHistory": func(by string) call { return s.get(by, "/series/%d/history", s.series(by)) },
		"callSeries":        func(by string) call { return s.press(by, "call", "", "/series/%d", s.series(by)) },
		"blockWeeks": func(by string) call {
			day++
			return s.post(by, fmt.Sprintf(`{"year":%d,"first":1,"last":2,"reason":"Fri"}`, 2030+day%60), "/areas/1/weeks")
		},
		"getWeeks":       func(by string) call { return s.get(by, "/weeks/%d", s.weeks(by)) },
		"openWeeksAgain": func(by string) call { return s.press(by, "open", "", "/weeks/%d", s.weeks(by)) },
		"blockWeeksAgain": func(by string) call {
			c := s.press(by, "open", "", "/weeks/%d", s.weeks(by))
			s.made(by, c.method, c.path, c.body, c.headers...)
			return s.press(by, "block", "", "%s", strings.TrimSuffix(c.path, "/open"))
		},
		"planNextYear": func(by string) call {
			s.series(by)
			var plan struct {
				Year   int
				Series []struct {
					After   int64 `json:"after_id"`
					Preview struct{ Days []string }
				}
			}
			check(s.T, json.Unmarshal(s.made(by, "GET", "/areas/1/next-year?year=2026", "").body, &plan))
			var seen []string
			for _, p := range plan.Series {
				seen = append(seen, fmt.Sprintf(`{"after_id":%d,"days":%s}`, p.After, jsonOf(p.Preview.Days)))
			}
			return s.post(by, fmt.Sprintf(`{"year":%d,"seen":[%s]}`, plan.Year, strings.Join(seen, ",")), "/areas/1/next-year")
		},

		"proposeMatter":     func(by string) call { return s.post(by, `{"title":"Øving","kind":"briefing"}`, "/forums/1/matters") },
		"getMatter":         func(by string) call { return s.get(by, "/matters/%d", s.matter(by)) },
		"listMatterHistory": func(by string) call { return s.get(by, "/matters/%d/history", s.matter(by)) },
		"placeMatter": func(by string) call {
			return s.press(by, "place", fmt.Sprintf(`{"meeting_id":%d}`, s.meeting(by)), "/matters/%d", s.matter(by))
		},
		"putMatterBack": func(by string) call { return s.press(by, "put-back", "", "/matters/%d", s.placed(by, s.meeting(by))) },
		"classifyTitle": func(by string) call {
			return s.put(by, "/title", `{"public":"Personsak","access":"exempt","full":"Saka om Ola","basis":"offl. § 13"}`, "/matters/%d", s.matter(by))
		},
		"askRemoval": func(by string) call {
			return s.post(by, `{"way":"return","reason":"Meir"}`, "/matters/%d/removals", s.matter(by))
		},
		"getRemoval":      func(by string) call { return s.get(by, "/removals/%d", s.removal(by)) },
		"answerRemoval":   removed("answer", `{"agree":true}`),
		"withdrawRemoval": func(by string) call { return s.press(by, "withdraw", "", "/removals/%d", s.removal(by)) },
		"decideRemoval": func(by string) call {
			c := removed("answer", `{"agree":false,"objection":"Nei"}`)(by)
			s.made(c.by, c.method, c.path, c.body, c.headers...)
			return s.press(by, "decide", `{"remove":false}`, "%s", strings.TrimSuffix(c.path, "/answer"))
		},

		"getDraft":  func(by string) call { return s.get(by, "/matters/%d/draft", s.drafted(by)) },
		"openDraft": func(by string) call { return s.post(by, "", "/matters/%d/draft", s.matter(by)) },
		"sayNoRemark": func(by string) call {
			return s.press(by, "no-remark", levelBody(by), "/matters/%d/draft", s.drafted(s.other(by)))
		},
		"takeBackNoRemark": func(by string) call {
			c := s.press(by, "no-remark", levelBody(by), "/matters/%d/draft", s.drafted(s.other(by)))
			s.made(by, c.method, c.path, c.body, c.headers...)
			return s.press(by, "no-remark/take-back", levelBody(by), "%s", strings.TrimSuffix(c.path, "/no-remark"))
		},
		"makeDraftReady": func(by string) call { return s.press(by, "ready", "", "/matters/%d/draft", s.opened(by)) },
		"reopenDraft": func(by string) call {
			c := s.press(by, "ready", "", "/matters/%d/draft", s.opened(by))
			s.made(by, c.method, c.path, "", c.headers...)
			return s.press(by, "reopen", "", "%s", strings.TrimSuffix(c.path, "/ready"))
		},
		"followDraft": func(by string) call {
			return s.put(by, "/following", `{"follow":true}`, "/matters/%d/draft", s.drafted(by))
		},
		"addSection": func(by string) call {
			return s.post(by, `{"title":"Økonomi"}`, "/matters/%d/draft/sections", s.drafted(by))
		},
		"getSection": func(by string) call { return s.get(by, "/sections/%d", s.section(by)) },
		"writeSection": func(by string) call {
			return s.put(by, "/text", `{"text":"Vi øver i lag."}`, "/sections/%d", s.section(by))
		},
		"renameSection": func(by string) call {
			return s.put(by, "/title", `{"title":"Kostnader"}`, "/sections/%d", s.section(by))
		},
		"moveSectionUp":       func(by string) call { return s.press(by, "up", "", "/sections/%d", s.section(by)) },
		"listSectionVersions": func(by string) call { return s.get(by, "/sections/%d/versions", s.written(by)) },
		"compareSectionVersions": func(by string) call {
			return s.get(by, "/sections/%d/changes?from=1&to=2", s.written(by))
		},
		"openThread": func(by string) call {
			return s.post(by, `{"comment":"Kva med helgane?"}`, "/matters/%d/draft/threads", s.drafted(by))
		},
		"getThread": func(by string) call { return s.get(by, "/threads/%d", s.thread(by)) },
		"replyInThread": func(by string) call {
			return s.post(by, `{"comment":"Dei òg."}`, "/threads/%d/comments", s.thread(by))
		},
		"resolveThread": func(by string) call {
			return s.put(by, "/resolved", `{"resolved":true}`, "/threads/%d", s.thread(by))
		},

		"listPapers": func(by string) call { return s.get(by, "/matters/%d/papers", s.matter(by)) },
		"addPaper": func(by string) call {
			c := s.post(by, "bytes", "/matters/%d/papers?name=notat.txt", s.matter(by))
			c.headers = octets
			return c
		},
		"getPaper":        func(by string) call { return s.get(by, "/papers/%d", s.paper(by)) },
		"getPaperFile":    func(by string) call { return s.get(by, "/papers/%d/file", s.paper(by)) },
		"getPaperVersion": func(by string) call { return s.get(by, "/papers/%d/versions/1", s.paper(by)) },
		"replacePaper": func(by string) call {
			c := s.put(by, "/file?name=nytt.txt", "nytt", "/papers/%d", s.paper(by))
			c.headers = append(c.headers, octets...)
			return c
		},
		"classifyPaper": func(by string) call {
			return s.put(by, "/access", `{"access":"exempt","basis":"offl. § 13"}`, "/papers/%d", s.paper(by))
		},
		"movePaperUp":   func(by string) call { return s.press(by, "up", "", "/papers/%d", s.paper(by)) },
		"withdrawPaper": func(by string) call { return s.drop(by, "/papers/%d", s.paper(by)) },
		"restorePaper": func(by string) call {
			c := s.drop(by, "/papers/%d", s.paper(by))
			s.made(by, c.method, c.path, "", c.headers...)
			return s.post(by, "", "%s/restore", c.path)
		},
		"releasePaper": func(by string) call {
			id := s.paper(by)
			s.write(func(ctx context.Context, tx forum.Tx) error {
				d, err := tx.Document(ctx, forum.DocumentID(id))
				if err != nil {
					return err
				}
				d.Held = true
				return tx.SaveDocument(ctx, d)
			})
			return s.press(by, "release", "", "/papers/%d", id)
		},

		"getMessage":       func(by string) call { return s.get(by, "/messages/%d", s.message(by, false)) },
		"getMessageSource": func(by string) call { return s.get(by, "/messages/%d/raw", s.message(by, false)) },
		"sendAgain":        func(by string) call { return s.press(by, "again", "", "/messages/%d", s.message(by, true)) },
		"listMailHistory": func(by string) call {
			day++
			c := s.press(by, "set-aside", "", "/incoming/%d", s.hold(by+strconv.Itoa(day)))
			s.made(by, c.method, c.path, c.body, c.headers...)
			return s.get(by, "%s/history", strings.TrimSuffix(c.path, "/set-aside"))
		},
		"getMail":       func(by string) call { return s.get(by, "/incoming/%d", s.hold(by+strconv.Itoa(day))) },
		"getMailSource": func(by string) call { day++; return s.get(by, "/incoming/%d/raw", s.hold(by+strconv.Itoa(day))) },
		"releaseMail": func(by string) call {
			day++
			return s.press(by, "release", `{"person_id":1}`, "/incoming/%d", s.hold(by+strconv.Itoa(day)))
		},
		"forgetWriter": func(by string) call {
			c := s.press(by, "release", `{"person_id":1,"learn":true}`, "/incoming/%d", s.hold(by+" to learn"))
			s.made(by, c.method, c.path, c.body, c.headers...)
			return s.press(by, "forget", "", "%s", strings.TrimSuffix(c.path, "/release"))
		},
		"setMailAside": func(by string) call {
			day++
			return s.press(by, "set-aside", "", "/incoming/%d", s.hold(by+strconv.Itoa(day)))
		},
		"holdMailAgain": func(by string) call {
			day++
			c := s.press(by, "set-aside", "", "/incoming/%d", s.hold(by+strconv.Itoa(day)))
			s.made(by, c.method, c.path, c.body, c.headers...)
			return s.press(by, "hold", "", "%s", strings.TrimSuffix(c.path, "/set-aside"))
		},

		"setContact": func(by string) call {
			return s.put(by, "", fmt.Sprintf(`{"organisation_id":%d,"address":"post@voss.example"}`, map[string]int{secretary: 1, secretaryHF: 2}[by]), "/forums/1/contacts")
		},
		"previewMembers": func(by string) call {
			return s.post(by, `{"rows":[{"line":1,"name":"Nokon"}]}`, "/forums/1/members/preview")
		},
		"importMembers": func(by string) call {
			day++
			return s.post(by, fmt.Sprintf(`{"rows":[{"line":1,"name":"Ny %d","address":"ny%d@voss.example","organisation":"944233199","capacity":"medlem","from":"2026-01-01"}]}`, day, day), "/forums/1/members")
		},
		"listPeopleHistory": func(by string) call { s.ended(by); return s.get(by, "/forums/1/people/history") },
		"getSeat":           func(by string) call { return s.get(by, "/seats/%d", s.newSeat(by)) },
		"previewSeatEnd":    func(by string) call { return s.post(by, heir, "/seats/%d/end/preview", s.newSeat(by)) },
		"endSeat":           func(by string) call { return s.press(by, "end", `{"last":"2026-06-30"}`, "/seats/%d", s.newSeat(by)) },
		"getEnding":         func(by string) call { return s.get(by, "/endings/%d", s.ended(by)) },
		"undoSeatEnd":       func(by string) call { return s.press(by, "undo", "", "/endings/%d", s.ended(by)) },

		"chooseLanguage": func(by string) call { return s.put(by, "/language", `{"language":"nb"}`, "/me") },
		"claimAddress":   func(by string) call { return s.press(by, "addresses", fmt.Sprintf(`{"address":"anna-%s"}`, by), "/me") },
		"confirmAddress": func(by string) call {
			return s.press(by, "addresses/confirm", fmt.Sprintf(`{"code":%q}`, s.claimed(by)), "/me")
		},
		"removeAddress": func(by string) call {
			s.write(func(ctx context.Context, tx forum.Tx) error {
				person, err := tx.PersonByAddress(ctx, by)
				if err != nil {
					return err
				}
				return tx.LearnAddress(ctx, person.ID, "bort-"+by)
			})
			return s.press(by, "addresses/remove", fmt.Sprintf(`{"address":"bort-%s"}`, by), "/me")
		},
		"listSessions": func(by string) call { s.session(by); return s.get(by, "/me/sessions") },
		"endSession": func(by string) call {
			return s.press(by, "sessions/end", fmt.Sprintf(`{"session":%q}`, s.session(by)), "/me")
		},
		"signOutEverywhere": func(by string) call { s.session(by); return s.press(by, "sessions/end-all", "{}", "/me") },
		"noteAbsence":       func(by string) call { return s.post(by, `{"from":"2027-01-04","to":"2027-01-05"}`, "/me/absences") },
		"getAbsence":        func(by string) call { return s.get(by, "/me/absences/%d", s.absence(by)) },
		"forgetAbsence":     func(by string) call { return s.drop(by, "/me/absences/%d", s.absence(by)) },
		"startFeed":         func(by string) call { return s.post(by, `{"forum_id":2}`, "/me/feeds") },
		"getFeed":           func(by string) call { return s.get(by, "/me/feeds/%d", s.feed(by)) },
		"renewFeed":         func(by string) call { return s.press(by, "renew", "", "/me/feeds/%d", s.feed(by)) },
		"revokeFeed":        func(by string) call { return s.drop(by, "/me/feeds/%d", s.feed(by)) },
		"retryJob":          func(by string) call { return s.post(by, "", "/failed/%d/again", s.failedJob()) },
	}
}
