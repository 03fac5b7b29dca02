package web_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/cookiejar"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/store/storetest"
	"github.com/samraad/samraad/forum/web"
)

// inEarnest is a stage that is no demonstration.
func inEarnest(t *testing.T) *stage {
	return newStage(t, storetest.SQLite(t), func(o *web.Options) { o.Demo, o.Keeper = false, real{o.Keeper} })
}

// mailed has the mails written that were asked for, and gives what the last to
// an address says.
func (s *stage) mailed(to string) (facts forum.SignInFacts) {
	s.Helper()
	s.write(func(ctx context.Context, tx forum.Tx) error {
		for id := forum.SignInID(1); id < 100; id++ {
			if err := forum.SendSignIn(ctx, tx, id); err != nil {
				return err
			}
		}
		ids, err := tx.MessagesBefore(ctx, forum.Queued, tx.Now().AddDate(0, 0, 1))
		for _, id := range ids {
			m, err := tx.Message(ctx, id)
			if err != nil {
				return err
			}
			if m.To == to && m.Kind == forum.SignInMessage {
				check(s.T, json.Unmarshal(m.Facts, &facts))
			}
		}
		return err
	})
	if facts.Link == "" {
		s.Fatalf("no mail to %s", to)
	}
	return facts
}

// asked is a browser that has asked for a mail, and what that mail says.
func (s *stage) asked(address, next string) (*browser, forum.SignInFacts) {
	s.Helper()
	b := s.stranger()
	b.post("/sign-in", "address", address, "next", next).is(s.T, http.StatusOK)
	return b, s.mailed(address)
}

// TestSigningInByLink goes from a page that is closed to strangers by mail to that page.
func TestSigningInByLink(t *testing.T) {
	s := inEarnest(t)
	b := s.stranger()
	closed := b.get("/forums/1?from=mail&x=1").is(t, http.StatusForbidden)
	closed.has(t, "Du må vere innlogga", `action="/sign-in"`, `name="next" value="/forums/1?from=mail&amp;x=1"`, `autocomplete="email"`).lacks(t, "/demo")
	sent := b.post("/sign-in", "address", " Medlem@Vaksdal.example ", "next", "/forums/1?from=mail&x=1").is(t, http.StatusOK)
	if sent.path != "/sign-in/code" {
		t.Errorf("asking led to %s", sent.path)
	}
	sent.has(t, "Sjå i e-posten din", "Høyrer medlem@vaksdal.example til nokon", `autocomplete="one-time-code"`).lacks(t, "koden er")
	link := "/enter/" + s.mailed(member).Link
	for range 3 { // as scanners do
		b.get(link).is(t, http.StatusOK).has(t, "Du loggar inn med medlem@vaksdal.example")
	}
	in := b.post("/enter", "pass", s.mailed(member).Link).is(t, http.StatusOK).has(t, "Du er innlogga", "Samarbeidsrådet")
	if in.path != "/forums/1" {
		t.Errorf("the link led to %s", in.path)
	}
	for _, reused := range []answer{b.get(link), s.stranger().get(link), s.stranger().post("/enter", "pass", link[len("/enter/"):])} {
		reused.is(t, http.StatusForbidden).has(t, "Lenkja er brukt eller for gammal", `action="/sign-in"`)
	}
	b.get("/me").is(t, http.StatusOK)
}

// TestSigningInByCode takes the code in the browser that asked, a few times.
func TestSigningInByCode(t *testing.T) {
	s := inEarnest(t)
	b, mail := s.asked(member, "/forums")
	b.post("/sign-in/code", "code", "aaaa-aaaa").is(t, http.StatusUnprocessableEntity).has(t, "Koden er feil", "medlem@vaksdal.example")
	s.stranger().post("/sign-in/code", "code", mail.Code).is(t, http.StatusUnprocessableEntity).has(t, "Koden gjeld ikkje lenger", `action="/sign-in"`)
	if in := b.post("/sign-in/code", "code", strings.ToUpper(mail.Code)).is(t, http.StatusOK).has(t, "Du er innlogga"); in.path != "/forums" {
		t.Errorf("the code led to %s", in.path)
	}
	s.stranger().get("/sign-in/code").is(t, http.StatusOK).has(t, "E-postadressa di")

	b, mail = s.asked(member, "")
	for range 5 {
		b.post("/sign-in/code", "code", "aaaa-aaaa").is(t, http.StatusUnprocessableEntity)
	}
	b.post("/sign-in/code", "code", mail.Code).is(t, http.StatusUnprocessableEntity).has(t, "Koden gjeld ikkje lenger")
	b.get("/me").is(t, http.StatusForbidden)
}

// TestStrangersAreToldTheSame as those who are known, word for word.
func TestStrangersAreToldTheSame(t *testing.T) {
	s := inEarnest(t)
	pages := map[string][]string{}
	for _, address := range []string{member, "ukjend@vaksdal.example"} {
		b := s.stranger()
		asked := b.post("/sign-in", "address", address).is(t, http.StatusOK)
		s.mailed(member)
		for _, got := range []answer{asked, b.get("/sign-in/code"), b.post("/sign-in/code", "code", "aaaa-aaaa"), b.get("/sign-in")} {
			said := strings.ReplaceAll(got.body, address, "ADDRESS")
			pages[address] = append(pages[address], strconv.Itoa(got.status)+" "+got.path+"\n"+said)
		}
	}
	for n, known := range pages[member] {
		if unknown := pages["ukjend@vaksdal.example"][n]; unknown != known {
			t.Errorf("the known are told\n%s\nthe unknown\n%s", known, unknown)
		}
	}
}

// TestAForwardedLinkOpensNothing in another browser, and stays good in its own.
func TestAForwardedLinkOpensNothing(t *testing.T) {
	s := inEarnest(t)
	b, mail := s.asked(member, "")
	for _, other := range []*browser{s.stranger(), func() *browser { b, _ := s.asked(hospital, ""); return b }()} {
		other.get("/enter/"+mail.Link).is(t, http.StatusForbidden).has(t, "Lenkja gjeld berre i nettlesaren").lacks(t, "medlem@vaksdal")
		other.post("/enter", "pass", mail.Link).is(t, http.StatusForbidden).has(t, "Lenkja gjeld berre i nettlesaren")
		other.get("/me").is(t, http.StatusForbidden)
	}
	b.post("/enter", "pass", mail.Link).is(t, http.StatusOK).has(t, "Du er innlogga")
}

// TestLateSignIns are refused with the reason, and open nothing.
func TestLateSignIns(t *testing.T) {
	s := inEarnest(t)
	b, mail := s.asked(member, "/forums")
	s.later.Add(int64(30*time.Minute + time.Second))
	for _, late := range []answer{b.get("/enter/" + mail.Link), b.post("/enter", "pass", mail.Link)} {
		late.is(t, http.StatusForbidden).has(t, "Lenkja er brukt eller for gammal", `action="/sign-in"`)
	}
	b.post("/sign-in/code", "code", mail.Code).is(t, http.StatusUnprocessableEntity).has(t, "Koden gjeld ikkje lenger", `action="/sign-in"`)
	b.get("/me").is(t, http.StatusForbidden)
}

// TestAnothersSession is neither used nor ended by what others can come to
// know of it.
func TestAnothersSession(t *testing.T) {
	s := inEarnest(t)
	b, mail := s.asked(member, "")
	b.post("/enter", "pass", mail.Link).is(t, http.StatusOK)
	other, mail := s.asked(hospital, "")
	other.post("/enter", "pass", mail.Link).is(t, http.StatusOK)
	at, err := url.Parse(s.url)
	check(t, err)
	digest := string(forumDigest(s, member))
	for _, known := range []string{digest, "1", strconv.FormatInt(int64(s.actor(member).Person), 10)} {
		c := s.stranger()
		c.client.Jar.SetCookies(at, []*http.Cookie{{Name: "session", Value: known}})
		c.get("/me").is(t, http.StatusForbidden).has(t, "Du må vere innlogga")
		c.post("/me/sessions/end", "session", digest).is(t, http.StatusForbidden)
		other.post("/me/sessions/end", "session", known).is(t, http.StatusNotFound)
	}
	other.post("/me/sessions/end-all", "session", digest, "person", "1").is(t, http.StatusOK)
	b.get("/me").is(t, http.StatusOK)
}

// TestWrongSignIns keeps what was typed and where one wanted to go.
func TestWrongSignIns(t *testing.T) {
	s := inEarnest(t)
	b := s.stranger()
	b.post("/sign-in", "address", "ikkje ei adresse", "next", "/forums").is(t, http.StatusUnprocessableEntity).
		has(t, `value="ikkje ei adresse"`, `name="next" value="/forums"`, "er inga e-postadresse")
	for _, elsewhere := range []string{"https://evil.example/", "//evil.example", `/\evil.example`, "javascript:alert(1)"} {
		b.get("/sign-in?next="+url.QueryEscape(elsewhere)).is(t, http.StatusOK).lacks(t, "evil", "javascript:", `name="next"`)
	}
	c, mail := s.asked(member, "//evil.example/x")
	if in := c.post("/enter", "pass", mail.Link).is(t, http.StatusOK); in.path != "/" {
		t.Errorf("the link led to %s", in.path)
	}
	request := b.request(http.MethodPost, "/sign-in", "application/x-www-form-urlencoded", strings.NewReader("address="+member))
	request.Header.Set("Origin", "https://evil.example")
	b.do(request).is(t, http.StatusForbidden).has(t, "Dette vart stoppa")
	late := b.post(council+"/matters/new", "title", "Sak").is(t, http.StatusForbidden).has(t, "Du må vere innlogga", "Det du skreiv, vart ikkje lagra", ">Sak<")
	late.has(t, `action="/sign-in"`)
}

// TestSignInMailsAreLimited refuses a thousand with the page that says when.
func TestSignInMailsAreLimited(t *testing.T) {
	s := newStage(t, storetest.SQLite(t), func(o *web.Options) { o.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")} })
	b := s.stranger()
	ask := func(address, from string) answer {
		t.Helper()
		request := b.request(http.MethodPost, "/sign-in", "application/x-www-form-urlencoded", strings.NewReader(url.Values{"address": {address}}.Encode()))
		request.Header.Set("X-Forwarded-For", "203.0.113.9, "+from)
		return b.do(request)
	}
	for n := range 5 {
		ask(member, "192.0.2."+strconv.Itoa(n)).is(t, http.StatusOK)
	}
	refused := ask(member, "192.0.2.77").is(t, http.StatusTooManyRequests).has(t, "for mange e-postar. Prøv på nytt 2. mars 2026 kl. 11.00", `value="medlem@vaksdal.example"`)
	if at := refused.header.Get("Retry-After"); at != "Mon, 02 Mar 2026 10:00:00 GMT" {
		t.Errorf("Retry-After: %q", at)
	}
	for n := range 30 {
		ask("person"+strconv.Itoa(n)+"@kvam.example", "2001:db8::"+strconv.Itoa(n+1)).is(t, http.StatusOK)
	}
	ask(hospital, "2001:db8::ffff").is(t, http.StatusTooManyRequests).has(t, "for mange e-postar")
	ask(hospital, "2001:db8:0:1::1").is(t, http.StatusOK)
}

// TestTamperedSessions leads to the sign-in whatever the cookie holds.
func TestTamperedSessions(t *testing.T) {
	s := inEarnest(t)
	b, mail := s.asked(member, "")
	b.post("/enter", "pass", mail.Link).is(t, http.StatusOK)
	at, err := url.Parse(s.url)
	check(t, err)
	secret := b.client.Jar.Cookies(at)[0].Value
	for _, cookie := range []string{"", "x", secret + "a", secret[1:], strings.ToUpper(secret), mail.Link, "%00", strings.Repeat("x", 4000)} {
		c := s.stranger()
		c.client.Jar, err = cookiejar.New(nil)
		check(t, err)
		c.client.Jar.SetCookies(at, []*http.Cookie{{Name: "session", Value: cookie}, {Name: "sign-in", Value: cookie}})
		c.get(council).is(t, http.StatusForbidden).has(t, "Du må vere innlogga", `name="next" value="/forums/1"`)
		c.get("/sign-in/code").is(t, http.StatusOK)
		c.post("/enter", "pass", cookie).is(t, http.StatusForbidden)
	}
}

// TestSessionsAreListed and ended from another browser, each or all.
func TestSessionsAreListed(t *testing.T) {
	s := onSQLite(t)
	office, home, phone, other := s.as(member), s.stranger(), s.as(member), s.as(hospital)
	request := home.request(http.MethodPost, "/demo", "application/x-www-form-urlencoded", strings.NewReader("person="+strconv.FormatInt(int64(s.actor(member).Person), 10)))
	request.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
	home.do(request).is(t, http.StatusOK)
	page := office.get("/me").is(t, http.StatusOK).has(t, "Der du er innlogga", "Firefox, Linux", "Ukjend nettlesar", "127.0.0.0/24", "Denne nettlesaren")
	if n := strings.Count(page.body, `action="/me/sessions/end"`); n != 2 {
		t.Errorf("%d sessions can be ended", n)
	}
	_, after, _ := strings.Cut(page.body, "Firefox, Linux")
	_, after, _ = strings.Cut(after, `name="session" value="`)
	digest, _, _ := strings.Cut(after, `"`)
	other.post("/me/sessions/end", "session", digest).is(t, http.StatusNotFound)
	home.get("/me").is(t, http.StatusOK)
	office.post("/me/sessions/end", "session", digest).is(t, http.StatusOK).has(t, "Innlogginga er avslutta").lacks(t, "Firefox, Linux")
	home.get("/me").is(t, http.StatusForbidden)
	office.post("/me/sessions/end-all").is(t, http.StatusOK)
	for _, b := range []*browser{office, phone} {
		b.get("/me").is(t, http.StatusForbidden).has(t, "Du må vere innlogga")
	}
	other.get("/me").is(t, http.StatusOK)
	for _, path := range []string{"/me/sessions/end", "/me/sessions/end-all"} {
		s.stranger().post(path, "session", digest).is(t, http.StatusForbidden)
	}
}

// TestSigningInEndsTheSessionBefore in the same browser.
func TestSigningInEndsTheSessionBefore(t *testing.T) {
	s := inEarnest(t)
	b, mail := s.asked(member, "")
	b.post("/enter", "pass", mail.Link).is(t, http.StatusOK)
	at, err := url.Parse(s.url)
	check(t, err)
	before := b.client.Jar.Cookies(at)[0]
	b.post("/sign-in", "address", hospital).is(t, http.StatusOK)
	b.post("/sign-in/code", "code", s.mailed(hospital).Code).is(t, http.StatusOK).has(t, "Medlem, Helse Bergen")
	old := s.stranger()
	old.client.Jar.SetCookies(at, []*http.Cookie{before})
	old.get("/me").is(t, http.StatusForbidden)
}

// TestSignInInADemonstration shows the code, since no mail goes out.
func TestSignInInADemonstration(t *testing.T) {
	s := onSQLite(t)
	s.stranger().get("/demo?next=/forums").has(t, `href="/sign-in?next=%2Fforums"`)
	b, mail := s.asked(member, "/forums")
	b.get("/sign-in/code").has(t, "koden er "+mail.Code)
	b.get("/sign-in?next=/forums").has(t, `href="/demo?next=%2Fforums"`)
	c := s.stranger()
	c.post("/sign-in", "address", hospital).has(t, "når du lastar sida på nytt")
}

// TestTheEntranceAsksForAnAddress where a stranger comes first.
func TestTheEntranceAsksForAnAddress(t *testing.T) {
	s := inEarnest(t)
	s.stranger().get("/").is(t, http.StatusOK).has(t, `action="/sign-in"`, "E-postadressa di")
	for language, want := range map[string]string{"nb": "E-postadressen din", "en": "Your mail address"} {
		request := s.stranger().request(http.MethodGet, "/forums", "", nil)
		request.Header.Set("Accept-Language", language)
		s.stranger().do(request).is(t, http.StatusForbidden).has(t, want)
	}
}

// TestNothingSecretIsLogged of all that signing in knows.
func TestNothingSecretIsLogged(t *testing.T) {
	s := inEarnest(t)
	b, mail := s.asked(member, "/forums?secret=next")
	b.get("/enter/"+mail.Link).is(t, http.StatusOK)
	b.post("/sign-in/code", "code", "aaaa-aaaa").is(t, http.StatusUnprocessableEntity)
	s.stranger().get("/enter/"+mail.Link).is(t, http.StatusForbidden)
	b.post("/enter", "pass", mail.Link).is(t, http.StatusOK)
	b.get("/me").is(t, http.StatusOK)
	at, err := url.Parse(s.url)
	check(t, err)
	secrets := []string{mail.Link, mail.Code, member, "secret=next", string(forumDigest(s, member))}
	for _, cookie := range b.client.Jar.Cookies(at) {
		secrets = append(secrets, cookie.Value)
	}
	for _, secret := range secrets {
		if strings.Contains(s.log.String(), secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
	if !strings.Contains(s.log.String(), "/enter/:pass") {
		t.Error("the log holds no visit of the link")
	}
}

// forumDigest is the digest of a person's session.
func forumDigest(s *stage, address string) (digest forum.Digest) {
	person := s.actor(address).Person
	s.write(func(ctx context.Context, tx forum.Tx) error {
		sessions, err := tx.Sessions(ctx, person)
		if err == nil {
			digest = sessions[0].Digest
		}
		return err
	})
	return digest
}

// TestUseKeepsASessionOpen past the hours after which an idle one ends.
func TestUseKeepsASessionOpen(t *testing.T) {
	s := inEarnest(t)
	b, mail := s.asked(member, "")
	b.post("/enter", "pass", mail.Link).is(t, http.StatusOK)
	for range 4 {
		s.later.Add(int64(11 * time.Hour))
		b.get("/me").is(t, http.StatusOK)
	}
	s.later.Add(int64(12 * time.Hour))
	b.get("/me").is(t, http.StatusForbidden).has(t, "for lenge sidan sist")
}
