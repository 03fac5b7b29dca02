package web_test

import (
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"testing"

	"github.com/samraad/samraad/forum/store/storetest"
	"github.com/samraad/samraad/forum/web"
)

var proxies = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}

func TestClient(t *testing.T) {
	for _, test := range []struct{ name, peer, said, want string }{
		{"no proxy", "192.0.2.1", "", "192.0.2.1"},
		{"a peer that claims to be one", "192.0.2.1", "203.0.113.5", "192.0.2.1"},
		{"our proxy", "10.0.0.1", "203.0.113.5", "203.0.113.5"},
		{"our proxy that says nothing", "10.0.0.1", "", "10.0.0.1"},
		{"what a visitor made up", "10.0.0.1", "1.2.3.4, 203.0.113.5", "203.0.113.5"},
		{"two of ours", "10.0.0.1", "1.2.3.4,203.0.113.5 , 10.0.0.2", "203.0.113.5"},
		{"nonsense", "10.0.0.1", "unknown", "10.0.0.1"},
		{"nonsense before one of ours", "10.0.0.1", "evil, 10.0.0.2", "10.0.0.2"},
		{"IPv6", "fd00::1", "2001:db8::5", "2001:db8::5"},
		{"IPv4 in IPv6", "10.0.0.1", "::ffff:203.0.113.5", "203.0.113.5"},
		{"with a port", "10.0.0.1", "203.0.113.5:443", "10.0.0.1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := web.ClientOf(netip.MustParseAddr(test.peer), strings.Split(test.said, ","), proxies); got.String() != test.want {
				t.Errorf("the client is %s, want %s", got, test.want)
			}
		})
	}
}

// TestForgedProxies say nothing of address, scheme or host, unless they are
// named; of scheme and host nobody does.
func TestForgedProxies(t *testing.T) {
	forge := func(s *stage) (answer, string) {
		b := s.stranger()
		b.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
		form := "person=" + strconv.FormatInt(int64(s.actor(member).Person), 10)
		request := b.request(http.MethodPost, "/demo", "application/x-www-form-urlencoded", strings.NewReader(form))
		for name, value := range map[string]string{
			"X-Forwarded-For": "203.0.113.9", "X-Real-Ip": "203.0.113.9", "Forwarded": "for=203.0.113.9;proto=https;host=evil.example",
			"X-Forwarded-Proto": "https", "X-Forwarded-Ssl": "on", "X-Url-Scheme": "https", "X-Forwarded-Host": "evil.example", "X-Original-Host": "evil.example",
		} {
			request.Header.Set(name, value)
		}
		got := b.do(request).is(t, http.StatusSeeOther)
		cookie := (&http.Response{Header: got.header}).Cookies()[0]
		request = b.request(http.MethodGet, "/me", "", nil)
		request.AddCookie(cookie)
		return got, b.do(request).is(t, http.StatusOK).body
	}
	for _, test := range []struct{ name, trusted, want string }{
		{"from anybody", "10.0.0.0/8", "127.0.0.0/24"},
		{"from a proxy of ours", "127.0.0.0/8", "203.0.113.0/24"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newStage(t, storetest.SQLite(t), func(o *web.Options) { o.Proxies = []netip.Prefix{netip.MustParsePrefix(test.trusted)} })
			got, page := forge(s)
			if got.header.Get("Location") != "/" || got.header.Get("Strict-Transport-Security") != "" || strings.Contains(got.header.Get("Set-Cookie"), "secure") {
				t.Errorf("it answered %v", got.header)
			}
			if !strings.Contains(page, test.want) || strings.Contains(page, "evil.example") {
				t.Errorf("the session is said to come from elsewhere than %s:\n%s", test.want, visible(page))
			}
		})
	}
}

// FuzzClient believes no more than the nearest that is not ours.
func FuzzClient(f *testing.F) {
	for _, seed := range []string{"", ",", "203.0.113.5", "1.2.3.4, 10.0.0.2", "::1%eth0", "[::1]:80"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, said string) {
		hops := strings.Split(said, ",")
		stranger := netip.MustParseAddr("192.0.2.1")
		if got := web.ClientOf(stranger, hops, proxies); got != stranger {
			t.Errorf("%q made a stranger %s", said, got)
		}
		got := web.ClientOf(netip.MustParseAddr("10.0.0.1"), append(hops, "203.0.113.5"), proxies)
		if got != netip.MustParseAddr("203.0.113.5") {
			t.Errorf("%q made another %s", said, got)
		}
		if got := web.ClientOf(netip.MustParseAddr("10.0.0.1"), hops, proxies); !got.IsValid() || got.Zone() != "" {
			t.Errorf("%q gave %q", said, got)
		}
	})
}

func TestBrowserName(t *testing.T) {
	for agent, want := range map[string]string{
		"": "", "curl/8.5.0": "",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0":              "Edge, Windows",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36":                            "Chrome, Windows",
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15":                      "Safari, macOS",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1":    "Safari, iPhone",
		"Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/138.0.7204.119 Mobile/15E148 Safari/604.1":     "Chrome, iPad",
		"Mozilla/5.0 (Linux; Android 14; SM-S911B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36": "Samsung Internet, Android",
		"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0":                                                                     "Firefox, Linux",
		"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36<script>alert(1)</script>":    "Chrome, ChromeOS",
	} {
		if got := web.BrowserName(agent); got != want {
			t.Errorf("%q is %q, want %q", agent, got, want)
		}
	}
}
