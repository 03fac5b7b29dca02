package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/samraad/samraad/forum"
)

// Self is the token's own person.
type Self struct {
	Person    Person    `json:"person" doc:"The person."`
	Language  string    `json:"language" doc:"The language that the person reads."`
	Address   string    `json:"address" doc:"Where mail goes."`
	Addresses []string  `json:"addresses" doc:"From which addresses the person writes, the main one first."`
	Claims    []Claim   `json:"claims" doc:"Addresses that wait to be confirmed by a mailed code."`
	Absences  []Absence `json:"absences" doc:"Absences that are not over."`
	Feeds     []Feed    `json:"feeds" doc:"The calendars that can be subscribed to."`
}

// Claim is an address that waits to be confirmed.
type Claim struct {
	Address string    `json:"address" doc:"The address."`
	Until   time.Time `json:"until" doc:"Until when the code holds."`
}

// Session is a browser in which the person is signed in.
type Session struct {
	Session  string    `json:"session" doc:"Its name, to end it by."`
	Browser  string    `json:"browser,omitempty" doc:"What the browser says that it is." example:"Firefox, Windows"`
	Network  string    `json:"network,omitempty" doc:"The network that it was opened from." example:"192.0.2.0/24"`
	OpenedAt time.Time `json:"opened_at" doc:"When it was opened."`
	SeenAt   time.Time `json:"seen_at" doc:"When it was last used, to within five minutes."`
	Until    time.Time `json:"until" doc:"When it ends unless it is used."`
}

func sessionOf(s forum.Session) Session {
	return Session{string(s.Digest), s.Browser, s.Network, s.CreatedAt.UTC(), s.SeenAt.UTC(), s.ExpiresAt.UTC()}
}

// LanguageChoice is the language that the person reads from now on.
type LanguageChoice struct {
	Language string `json:"language" enum:"nn,nb,en" doc:"The language."`
}

// OneAddress is a mail address.
type OneAddress struct {
	Address string `json:"address" maxLength:"254" doc:"The address." example:"meg@kvam.example"`
}

// Code is what was mailed to an address.
type Code struct {
	Code string `json:"code" maxLength:"100" doc:"The code of the mail."`
}

// OneSession names a session.
type OneSession struct {
	Session string `json:"session" maxLength:"100" doc:"Its name, as the list gives it."`
}

// Nothing is the body of an act that needs to know no more.
type Nothing struct{}

// SelfBody is a body of a call about the person.
type SelfBody[B any] struct {
	Body B
}

func self(a *API) {
	s := Subject{a, "Self"}
	Read(s, About{ID: "getSelf", Path: "/me", Summary: "Read the own person", Text: "Language, addresses, absences and feeds."},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, _ *struct{}) (Self, error) {
			return as(a.selfOf)(forum.ReadSelfPage(ctx, tx, by))
		})
	changeSelf(s, About{ID: "chooseLanguage", Method: http.MethodPut, Path: "/me/language", Summary: "Choose the own language", Text: "Of pages, mails and feeds, and of problems where a call accepts no language that is spoken here."},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in LanguageChoice) error {
			return forum.ChooseLanguage(ctx, tx, by, forum.Language(in.Language))
		})
	changeSelf(s, About{ID: "claimAddress", Path: "/me/addresses", Summary: "Claim an address", Text: "A code is mailed to it."},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in OneAddress) error {
			return forum.ClaimAddress(ctx, tx, by, in.Address)
		})
	changeSelf(s, About{ID: "confirmAddress", Path: "/me/addresses/confirm", Summary: "Confirm an address", Text: "With the code that was mailed to it."},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in Code) error {
			return done(forum.ConfirmAddress(ctx, tx, by, in.Code))
		})
	changeSelf(s, About{ID: "removeAddress", Path: "/me/addresses/remove", Summary: "Remove an address", Text: "Mail from it is nobody's any more."},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in OneAddress) error {
			return forum.RemoveAddress(ctx, tx, by, in.Address)
		})
	changeSelf(s, About{ID: "resumeOwnMail", Path: "/me/resume", Summary: "Say that the own address works", Text: "Mail goes to it again after it was stopped because mail came back."},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, _ Nothing) error {
			return forum.ResumeOwnMail(ctx, tx, by)
		})
	Lists(s, About{ID: "listSessions", Path: "/me/sessions", Summary: "List where the own person is signed in", Text: "The browsers, the last used first. Tokens are the operator's to list."},
		List[forum.Session, Session]{Show: sessionOf}, ownSessions)
	changeSelf(s, About{ID: "endSession", Path: "/me/sessions/end", Summary: "Sign out of one browser", Text: "Tokens stay."},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in OneSession) error {
			return forum.EndOwnSession(ctx, tx, by, forum.Digest(in.Session))
		})
	changeSelf(s, About{ID: "signOutEverywhere", Path: "/me/sessions/end-all", Summary: "Sign out of all browsers", Text: "Links and codes that are on their way are worth nothing, either. Tokens stay."},
		func(ctx context.Context, tx forum.Tx, by forum.Actor, _ Nothing) error {
			return forum.SignOutEverywhere(ctx, tx, by)
		})
}

func (a *API) selfOf(p forum.SelfPage) Self {
	return Self{
		Person: personOf(p.Person), Language: string(p.Language), Address: p.Address, Addresses: Each(p.Addresses, itself),
		Claims:   Each(p.Claims, func(c forum.ClaimedAddress) Claim { return Claim{c.Address, c.Until.UTC()} }),
		Absences: Each(p.Absences, absenceOf), Feeds: Each(p.Feeds, func(f forum.OwnedFeed) Feed { return a.feedOf(f.Feed) }),
	}
}

func ownSessions(ctx context.Context, tx forum.Tx, by forum.Actor, _ *Paging) ([]forum.Session, error) {
	p, err := forum.ReadSelfPage(ctx, tx, by)
	if err != nil {
		return nil, err
	}
	return p.Sessions, nil
}

// unheld holds nothing: what is a person's own changes by that person alone,
// and the calls of one token follow each other already.
func unheld[K any](context.Context, forum.Tx, K) error { return nil }

// changeSelf describes a change of the own person.
func changeSelf[B any](s Subject, of About, do func(ctx context.Context, tx forum.Tx, by forum.Actor, body B) error) {
	if of.Method == "" {
		of.Method = http.MethodPost
	}
	own := Thing[forum.PersonID, Self]{
		Hold: unheld[forum.PersonID],
		See: func(ctx context.Context, tx forum.Tx, by forum.Actor, _ forum.PersonID) (Self, error) {
			return as(s.selfOf)(forum.ReadSelfPage(ctx, tx, by))
		},
	}
	huma.Register(s.huma, s.changing(of), func(ctx context.Context, in *SelfBody[B]) (*Shown[Self], error) {
		return alterNow(ctx, s.API, 0, own, func(ctx context.Context, tx forum.Tx, by forum.Actor) error { return do(ctx, tx, by, in.Body) })
	})
}
