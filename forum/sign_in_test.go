package forum_test

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
)

// browser is the secret of the browser that asks.
const browser = "nettlesar"

func signInAsked(address string, change ...func(*forum.SignInAsked)) act[forum.SignInID] {
	return func(ctx context.Context, tx forum.Tx) (forum.SignInID, error) {
		asked := forum.SignInAsked{Browser: browser, Address: address, Network: "192.0.2.7/32", Next: "/forums/1"}
		for _, c := range change {
			c(&asked)
		}
		recorder := &asking{Tx: tx}
		err := forum.AskSignIn(ctx, recorder, asked)
		return recorder.job.SignIn, err
	}
}

// asking refuses to look anybody up, and remembers the job.
type asking struct {
	forum.Tx
	job forum.WriteSignIn
}

func (a *asking) PersonByAddress(context.Context, string) (*forum.Person, error) {
	return nil, errors.New("asking looked a person up")
}

func (a *asking) Enqueue(ctx context.Context, jobs ...forum.Job) error {
	a.job = jobs[0].(forum.WriteSignIn)
	return a.Tx.Enqueue(ctx, jobs...)
}

func signInSent(id forum.SignInID) act[any] {
	return func(ctx context.Context, tx forum.Tx) (any, error) { return nil, forum.SendSignIn(ctx, tx, id) }
}

// ask asks and has the mail written; it gives what the mail says.
func (h *house) ask(address string, change ...func(*forum.SignInAsked)) forum.SignInFacts {
	h.Helper()
	done(h, signInSent(done(h, signInAsked(address, change...))))
	letters := h.wantLetters("sign-in " + strings.ToLower(address))
	if letters[0].ForumID != 0 || letters[0].PersonID != 0 {
		h.Errorf("the mail belongs to forum %d and person %d, whose readers see it", letters[0].ForumID, letters[0].PersonID)
	}
	return facts[forum.SignInFacts](h, letters[0])
}

func linkRedeemed(link, browser string) act[*forum.Entered] {
	return func(ctx context.Context, tx forum.Tx) (*forum.Entered, error) {
		return forum.RedeemLink(ctx, tx, link, browser)
	}
}

func linkChecked(link, browser string) act[string] {
	return func(ctx context.Context, tx forum.Tx) (string, error) {
		return forum.CheckLink(ctx, tx, link, browser)
	}
}

// typed tries a code; what is refused is kept all the same.
func typed(h *house, code, browser string) (*forum.Entered, error) {
	h.Helper()
	var refused *forum.Error
	entered := done(h, func(ctx context.Context, tx forum.Tx) (entered *forum.Entered, err error) {
		entered, refused, err = forum.RedeemCode(ctx, tx, code, browser)
		return entered, err
	})
	if refused == nil {
		return entered, nil
	}
	return nil, refused
}

const (
	linkOver  = "forbidden: error.sign_in.link"
	elsewhere = "forbidden: error.sign_in.elsewhere"
	wrongCode = "invalid: error.sign_in.code on code"
	deadCode  = "invalid: error.sign_in.tries on code"
)

func TestALinkSignsInOnce(t *testing.T) {
	onBoth(t, func(h *house) {
		mail := h.ask(chair)
		if mail.Forum != "Toppleiarmøtet" || !mail.Until.Equal(h.now.Add(forum.PassLasts)) {
			h.Errorf("the mail says %+v", mail)
		}
		for range 3 {
			if address := done(h, linkChecked(mail.Link, browser)); address != chair {
				h.Errorf("the link is for %q", address)
			}
		}
		for _, other := range []string{"", "ein annan"} {
			_, err := try(h, linkChecked(mail.Link, other))
			refused(h.T, err, elsewhere)
			_, err = try(h, linkRedeemed(mail.Link, other))
			refused(h.T, err, elsewhere)
		}
		for _, wrong := range []string{"", "x", mail.Code, mail.Link[1:]} {
			_, err := try(h, linkRedeemed(wrong, browser))
			refused(h.T, err, linkOver)
		}
		entered := done(h, linkRedeemed(mail.Link, browser))
		if by := done(h, identified(entered.Secret)); by != h.as(chair) || entered.Next != "/forums/1" {
			h.Errorf("%+v is in, going to %s", by, entered.Next)
		}
		_, err := try(h, linkRedeemed(mail.Link, browser))
		refused(h.T, err, linkOver)
		_, err = try(h, linkChecked(mail.Link, browser))
		refused(h.T, err, linkOver)
		_, err = typed(h, mail.Code, browser)
		refused(h.T, err, deadCode)
	})
}

func TestALinkIsForHalfAnHour(t *testing.T) {
	onBoth(t, func(h *house) {
		last, late := h.ask(chair), h.ask(bergen, func(a *forum.SignInAsked) { a.Browser = "ein annan" })
		h.now = h.now.Add(forum.PassLasts - time.Microsecond)
		done(h, linkRedeemed(last.Link, browser))
		h.now = h.now.Add(time.Microsecond)
		_, err := try(h, linkRedeemed(late.Link, "ein annan"))
		refused(h.T, err, linkOver)
		_, err = typed(h, late.Code, "ein annan")
		refused(h.T, err, deadCode)
		_, err = try(h, func(ctx context.Context, tx forum.Tx) (*forum.WaitingSignIn, error) {
			return forum.ReadSignIn(ctx, tx, "ein annan")
		})
		refused(h.T, err, "not found: error.not_found.sign_in")
	})
}

func TestACodeIsTypedWhereItWasAskedFor(t *testing.T) {
	onBoth(t, func(h *house) {
		first, second := h.ask(chair), h.ask(chair)
		_, err := typed(h, second.Code, "ein annan")
		refused(h.T, err, deadCode)
		_, err = typed(h, "", browser)
		refused(h.T, err, wrongCode)
		entered, err := typed(h, " "+strings.ToUpper(strings.ReplaceAll(first.Code, "-", " "))+".", browser)
		h.must(err)
		if by := done(h, identified(entered.Secret)); by != h.as(chair) {
			h.Errorf("%+v is in", by)
		}
		// Who is in needs the other mail no more.
		_, err = try(h, linkRedeemed(second.Link, browser))
		refused(h.T, err, linkOver)
	})
}

func TestAfterWrongCodesTheRightOneIsDead(t *testing.T) {
	onBoth(t, func(h *house) {
		mail := h.ask(chair)
		for n := 1; n <= forum.MostTries; n++ {
			_, err := typed(h, "aaaa-aaaa", browser)
			want := wrongCode
			if n == forum.MostTries {
				want = deadCode
			}
			refused(h.T, err, want)
		}
		_, err := typed(h, mail.Code, browser)
		refused(h.T, err, deadCode)
		done(h, linkRedeemed(mail.Link, browser)) // which nobody can guess

		again := h.ask(chair)
		for range forum.MostTries - 1 {
			_, err := typed(h, "aaaa-aaaa", browser)
			refused(h.T, err, wrongCode)
		}
		_, err = typed(h, again.Code, browser)
		h.must(err)
	})
}

// TestAskingTellsNobodyWhoIsKnown compares all that asking leaves behind.
func TestAskingTellsNobodyWhoIsKnown(t *testing.T) {
	onBoth(t, func(h *house) {
		left := func(address string) forum.SignIn {
			id := done(h, signInAsked(address))
			row := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.SignIn, error) { return tx.SignIn(ctx, id) })
			h.wantLetters()
			return *row
		}
		known, unknown := left(chair), left("ukjend@kvam.example")
		for _, row := range []forum.SignIn{known, unknown} {
			done(h, signInSent(row.ID))
			done(h, signInSent(row.ID)) // a job may run twice
		}
		h.wantLetters("sign-in " + chair)
		known.ID, known.Address, unknown.ID, unknown.Address = 0, "", 0, ""
		if diff := cmp.Diff(known, unknown); diff != "" {
			h.Errorf("asking for one who is known differs (-known +unknown):\n%s", diff)
		}
		_, err := typed(h, "", browser)
		refused(h.T, err, wrongCode)
	})
}

func TestAnyConfirmedAddressSignsIn(t *testing.T) {
	onBoth(t, func(h *house) {
		for _, address := range []string{"avdeling@bergen.example", " Avdeling@Bergen.example ", bergen} {
			done(h, signInSent(done(h, signInAsked(address))))
			letter := h.wantLetters("sign-in " + strings.ToLower(strings.TrimSpace(address)))[0]
			entered := done(h, linkRedeemed(facts[forum.SignInFacts](h, letter).Link, browser))
			if by := done(h, identified(entered.Secret)); by != h.as(bergen) {
				h.Errorf("%s signs %+v in", address, by)
			}
		}
		for _, wrong := range []string{"", "ikkje ei adresse", "a@b@c"} {
			_, err := try(h, signInAsked(wrong))
			refused(h.T, err, "invalid: error.address on address")
		}
		// Who has no seat is written to by the installation's first forum.
		if mail := h.ask(outside); mail.Address != "topp@voss.example" {
			h.Errorf("%s writes", mail.Address)
		}
	})
}

func TestTheMailSpeaksTheLanguage(t *testing.T) {
	onBoth(t, func(h *house) {
		person := h.as(chair)
		done(h, func(ctx context.Context, tx forum.Tx) (any, error) {
			return nil, forum.ChooseLanguage(ctx, tx, person, forum.English)
		})
		for chosen, want := range map[forum.Language]forum.Language{"": forum.English, forum.Bokmal: forum.Bokmal, "xx": forum.English} {
			done(h, signInSent(done(h, signInAsked(chair, func(a *forum.SignInAsked) { a.Language = chosen }))))
			if letter := h.wantLetters("sign-in " + chair)[0]; letter.Language != want {
				h.Errorf("with %q chosen the mail is in %s", chosen, letter.Language)
			}
		}
	})
}

func TestMailsAreLimited(t *testing.T) {
	from := func(network string) func(*forum.SignInAsked) {
		return func(a *forum.SignInAsked) { a.Network = network }
	}
	onBoth(t, func(h *house) {
		const many = 1000
		taken := 0
		for n := range many {
			id, err := try(h, signInAsked(chair, from(fmt.Sprintf("192.0.%d.%d/32", n/250, n%250))))
			if err != nil {
				refused(h.T, err, "too many: error.sign_in.too_many")
				continue
			}
			taken++
			done(h, signInSent(id))
		}
		if letters := h.letters(); taken != forum.MostForAddress || len(letters) != taken {
			h.Errorf("of %d mails asked for %d were taken and %d sent", many, taken, len(letters))
		}
		taken = 0
		for n := range 2 * forum.MostFromNetwork {
			if _, err := try(h, signInAsked(fmt.Sprintf("person%d@kvam.example", n), from("2001:db8::/64"))); err == nil {
				taken++
			}
		}
		if taken != forum.MostFromNetwork {
			h.Errorf("%d mails were asked for from one network", taken)
		}
		h.now = h.now.Add(forum.AskingWithin)
		h.ask(chair, from("2001:db8::/64"))
		_, err := try(h, signInAsked("x@kvam.example", func(a *forum.SignInAsked) { a.Next = "/" + strings.Repeat("x", 5000) }))
		h.must(err)
	})
}

func TestNetworks(t *testing.T) {
	for _, test := range []struct{ peer, network, neighbourhood string }{
		{"192.0.2.77", "192.0.2.77/32", "192.0.2.0/24"},
		{"::ffff:192.0.2.77", "192.0.2.77/32", "192.0.2.0/24"},
		{"2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1::/48"},
		{"2001:db8:1:2:ffff::", "2001:db8:1:2::/64", "2001:db8:1::/48"},
		{"fe80::1%eth0", "fe80::/64", "fe80::/48"},
	} {
		peer := netip.MustParseAddr(test.peer)
		if got := forum.NetworkOf(peer); got != test.network {
			t.Errorf("%s counts as %s, want %s", test.peer, got, test.network)
		}
		if got := forum.NeighbourhoodOf(peer); got != test.neighbourhood {
			t.Errorf("%s is shown as %s, want %s", test.peer, got, test.neighbourhood)
		}
	}
	if got := forum.NetworkOf(netip.Addr{}) + forum.NeighbourhoodOf(netip.Addr{}); got != "" {
		t.Errorf("no address is %q", got)
	}
}

// visitNoted comes with a session as a page does.
func visitNoted(secret string) act[any] {
	return func(ctx context.Context, tx forum.Tx) (any, error) {
		session, err := forum.Identify(ctx, tx, secret)
		if err != nil || !session.Unnoted(tx.Now()) {
			return nil, err
		}
		return nil, forum.NoteVisit(ctx, tx, *session)
	}
}

// TestAVisitLastsWhileItIsUsed and no longer than a visit may.
func TestAVisitLastsWhileItIsUsed(t *testing.T) {
	onBoth(t, func(h *house) {
		secret := done(h, passRedeemed(done(h, passIssued(forum.Operator(), chair))))
		end := h.now.Add(forum.SessionLasts)
		for h.now.Before(end) {
			done(h, identified(secret))
			done(h, visitNoted(secret))
			h.now = h.now.Add(forum.IdleLasts - time.Second)
		}
		h.now = end.Add(-time.Microsecond)
		done(h, identified(secret))
		h.now = end
		_, err := try(h, identified(secret))
		refused(h.T, err, signedOut)
		_, err = try(h, visitNoted(secret))
		refused(h.T, err, signedOut)
	})
}

// TestUseIsNotedNowAndThen spares the database a change for every page.
func TestUseIsNotedNowAndThen(t *testing.T) {
	onBoth(t, func(h *house) {
		secret := done(h, passRedeemed(done(h, passIssued(forum.Operator(), chair))))
		began := h.now
		for after, noted := range map[time.Duration]bool{forum.SeenEvery - time.Microsecond: false, forum.SeenEvery: true} {
			h.now = began.Add(after)
			if session := seen(h, sessionOf(secret)); session.Unnoted(h.now) != noted {
				h.Errorf("after %s it is to be noted: %t", after, !noted)
			}
		}
		h.now = began.Add(forum.SeenEvery - time.Microsecond)
		done(h, visitNoted(secret))
		if at := seen(h, sessionOf(secret)).SeenAt; !at.Equal(began) {
			h.Errorf("seen at %s", at)
		}
	})
}

func TestSessionsAreOnesOwn(t *testing.T) {
	onBoth(t, func(h *house) {
		open := func(address, from string) string {
			secret := done(h, passRedeemed(done(h, passIssued(forum.Operator(), address))))
			done(h, func(ctx context.Context, tx forum.Tx) (any, error) {
				return nil, forum.NoteVisitor(ctx, tx, secret, forum.Visitor{Browser: from, Network: "192.0.2.0/24"})
			})
			h.now = h.now.Add(time.Minute)
			return secret
		}
		ended := func(by forum.Actor, secret string) act[any] {
			return func(ctx context.Context, tx forum.Tx) (any, error) {
				return nil, forum.EndOwnSession(ctx, tx, by, forum.DigestOf(secret))
			}
		}
		listed := func(by forum.Actor) (browsers []string) {
			for _, s := range seen(h, selfPage(by)).Sessions {
				browsers = append(browsers, s.Browser+" "+s.Network)
			}
			return browsers
		}
		ours, theirs := h.as(chair), h.as(bergen)
		first, second, other := open(chair, "Firefox"), open(chair, "Edge"), open(bergen, "Safari")
		pass := done(h, passIssued(forum.Operator(), chair))
		if diff := cmp.Diff([]string{"Edge 192.0.2.0/24", "Firefox 192.0.2.0/24"}, listed(ours)); diff != "" {
			h.Errorf("sessions (-want +got):\n%s", diff)
		}
		for _, wrong := range []string{other, pass, "x"} {
			_, err := try(h, ended(ours, wrong))
			refused(h.T, err, "not found: error.not_found.session")
		}
		done(h, ended(ours, first))
		_, err := try(h, identified(first))
		refused(h.T, err, signedOut)
		done(h, identified(second))

		mail := h.ask(chair)
		done(h, func(ctx context.Context, tx forum.Tx) (any, error) {
			return nil, forum.SignOutEverywhere(ctx, tx, ours)
		})
		_, err = try(h, identified(second))
		refused(h.T, err, signedOut)
		_, err = try(h, passRedeemed(pass))
		refused(h.T, err, signedOut)
		_, err = try(h, linkRedeemed(mail.Link, browser))
		refused(h.T, err, linkOver)
		done(h, identified(other))
		if len(listed(ours)) != 0 || len(listed(theirs)) != 1 {
			h.Errorf("left are %v and %v", listed(ours), listed(theirs))
		}
		for _, nobody := range []act[any]{
			ended(forum.Actor{}, other),
			func(ctx context.Context, tx forum.Tx) (any, error) {
				return nil, forum.SignOutEverywhere(ctx, tx, forum.Actor{})
			},
		} {
			_, err := try(h, nobody)
			refused(h.T, err, signedOut)
		}
	})
}

// TestWhatWasAskedForIsForgotten when it is over, and so are the counts.
func TestWhatWasAskedForIsForgotten(t *testing.T) {
	onBoth(t, func(h *house) {
		id := done(h, signInAsked(chair))
		forgotten := func(ctx context.Context, tx forum.Tx) (any, error) { return nil, forum.ForgetExpired(ctx, tx) }
		row := func(ctx context.Context, tx forum.Tx) (*forum.SignIn, error) { return tx.SignIn(ctx, id) }
		h.now = planned.Add(forum.PassLasts - time.Microsecond)
		done(h, forgotten)
		seen(h, row)
		h.now = planned.Add(forum.PassLasts)
		done(h, signInSent(id)) // too late: no mail
		h.wantLetters()
		done(h, forgotten)
		_, err := try(h, row)
		refused(h.T, err, "not found: error.not_found.sign_in")
		done(h, signInSent(id))
	})
}
