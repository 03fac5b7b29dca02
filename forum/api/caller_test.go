package api_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/store/storetest"
)

// TestWhoMayCall refuses who has no token that holds and reaches far enough,
// and does nothing for them.
func TestWhoMayCall(t *testing.T) {
	s := newStage(t, storetest.SQLite(t))
	bearer := func(secret string) []string { return []string{"Authorization", "Bearer " + secret} }
	short, reader, ended := s.tokenFor(1, forum.WriteScope), s.tokenFor(30, forum.ReadScope), s.tokenFor(30, forum.WriteScope)
	s.revokeLast()
	s.later.Store(int64(24*time.Hour - time.Microsecond))
	if a := s.Send("GET", "/api/forums", nil, bearer(short)...); a.Status != 200 {
		t.Errorf("a token of a day is answered %d before the day is over", a.Status)
	}
	s.later.Store(int64(24 * time.Hour))
	for name, c := range map[string]struct {
		headers []string
		status  int
		code    string
		says    string // in WWW-Authenticate
	}{
		"nobody":         {nil, 401, "error.api.no_token", `Bearer realm="samraad"`},
		"a cookie":       {[]string{"Cookie", "session=" + s.Tokens[secretary]}, 401, "error.api.no_token", "Bearer"},
		"another scheme": {[]string{"Authorization", "Basic " + s.Tokens[secretary]}, 401, "error.api.no_token", "Bearer"},
		"a made-up one":  {bearer("samraad_x"), 401, "error.token.unknown", `error="invalid_token"`},
		"an expired one": {bearer(short), 401, "error.token.unknown", `error="invalid_token"`},
		"a revoked one":  {bearer(ended), 401, "error.token.unknown", `error="invalid_token"`},
		"one that reads": {bearer(reader), 403, "error.token.scope_missing", `error="insufficient_scope", scope="write"`},
	} {
		t.Run(name, func(t *testing.T) {
			s := *s
			s.T = t
			a := s.Send("POST", "/api/forums/1/matters", []byte(`{"title":"x","kind":"briefing"}`), c.headers...)
			s.Refused(a, c.status, c.code)
			contains(t, a.Header.Get("WWW-Authenticate"), c.says)
			if c.status == 401 {
				s.Refused(s.Send("GET", "/api/forums", nil, c.headers...), c.status, c.code)
			}
			if waiting := s.waiting(); waiting != 0 {
				t.Errorf("%d matters wait", waiting)
			}
		})
	}
	if a := s.Send("GET", "/api/forums", nil, bearer(reader)...); a.Status != 200 {
		t.Errorf("a token that reads got %d", a.Status)
	}
	s.Refused(s.As(outsider, "GET", "/forums/1", ""), 403, "error.forbidden.read_forum")
	s.Refused(s.As(outsider, "POST", "/forums/1/matters", `{"title":"x","kind":"briefing"}`), 403, "error.forbidden.propose_matter")
	s.Refused(s.As(secretary, "GET", "/me/absences/"+fmt.Sprint(s.absence(secretaryHF)), ""), 404, "error.not_found.absence")
}

// tokenFor gives a secretary another token.
func (s *stage) tokenFor(days int, scope forum.Scope) (secret string) {
	s.Helper()
	s.write(func(ctx context.Context, tx forum.Tx) (err error) {
		_, secret, err = forum.CreateAPIToken(ctx, tx, forum.Operator(), secretary, scope, days)
		return err
	})
	return secret
}

// revokeLast ends the newest token.
func (s *stage) revokeLast() {
	s.Helper()
	s.write(func(ctx context.Context, tx forum.Tx) error {
		all, err := tx.APITokens(ctx)
		if err != nil {
			return err
		}
		_, err = forum.RevokeAPIToken(ctx, tx, forum.Operator(), all[len(all)-1].ID)
		return err
	})
}

// TestUseIsNoted notes to the hour when a token was used.
func TestUseIsNoted(t *testing.T) {
	s := newStage(t, storetest.SQLite(t))
	secret := s.tokenFor(30, forum.ReadScope)
	s.later.Store(int64(59 * time.Minute))
	s.Send("GET", "/api/forums", nil, "Authorization", "Bearer "+secret)
	s.write(func(ctx context.Context, tx forum.Tx) error {
		all, err := tx.APITokens(ctx)
		if err == nil && !all[len(all)-1].UsedAt.Equal(today) {
			t.Errorf("used at %v", all[len(all)-1].UsedAt)
		}
		return err
	})
}

// TestLanguages words what is wrong as the call accepts, or else as the person reads.
func TestLanguages(t *testing.T) {
	s := newStage(t, storetest.SQLite(t))
	const nynorsk, bokmal, english = "Vi finn ikkje", "Vi finner ikke", "cannot find"
	for _, c := range []struct{ reads, accepts, want string }{
		{"nn", "", nynorsk}, {"nb", "", bokmal}, {"en", "", english}, {"en", "de", english}, {"en", ";;;", english},
		{"nb", "nn", nynorsk}, {"nn", "nb-NO", bokmal}, {"nn", "en-GB, nn;q=0.5", english}, {"nn", "de, en;q=0.1", english},
	} {
		t.Run(c.reads+"/"+c.accepts, func(t *testing.T) {
			s := *s
			s.T = t
			s.Made(secretary, "PUT", "/me/language", fmt.Sprintf(`{"language":%q}`, c.reads), "If-Match", s.Tag(secretary, "/me"))
			a := s.As(secretary, "GET", "/forums/999", "", "Accept-Language", c.accepts)
			s.Refused(a, 404, "error.not_found.forum")
			contains(t, fmt.Sprint(a.Value("title")), c.want)
		})
	}
	s.Refused(s.Send("GET", "/api/forums", nil, "Accept-Language", "en"), 401, "error.api.no_token")
}

// brokenFiles can keep nothing.
type brokenFiles struct{ forum.Files }

// Put fails.
func (brokenFiles) Put(context.Context, io.Reader) (forum.Digest, int64, error) {
	return "", 0, errors.New("the disk is full")
}

// TestNothingSecretIsLogged tells of what failed on our side by its number alone,
// and logs no token.
func TestNothingSecretIsLogged(t *testing.T) {
	s := newStage(t, storetest.SQLite(t))
	var log bytes.Buffer
	matter := s.matter(secretary)
	s.serve(brokenFiles{s.files}, slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	a := s.As(secretary, "POST", fmt.Sprintf("/matters/%d/papers?name=a.txt", matter), "bytes", octets...)
	s.Refused(a, 500, "error.unexpected")
	if strings.Contains(string(a.Body), "disk") {
		t.Errorf("the answer tells too much: %s", a.Body)
	}
	contains(t, log.String(), "the disk is full")
	contains(t, log.String(), fmt.Sprint(a.Value("reference")))
	s.As(secretary, "GET", "/forums?token="+s.Tokens[secretary], "")
	s.As(secretary, "GET", "/forums/"+s.Tokens[secretary], "")
	if strings.Contains(log.String(), s.Tokens[secretary]) {
		t.Errorf("the log holds a token: %s", log.String())
	}
}
