package main

import (
	"errors"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
)

// Settings are the options that every subcommand knows: flags before
// SAMRAAD_* before the TOML file before the default.
type Settings struct {
	Config    kong.ConfigFlag `help:"TOML file with the names of these options." env:"SAMRAAD_CONFIG" placeholder:"FILE"`
	Var       string          `help:"Folder for what is kept in files." env:"SAMRAAD_VAR" default:"./var" placeholder:"FOLDER"`
	DB        string          `help:"sqlite:FILE or postgres://… (default: sqlite in --var)." env:"SAMRAAD_DB" placeholder:"URL"`
	HTTP      string          `help:"Where pages are served." env:"SAMRAAD_HTTP" default:"127.0.0.1:8080" placeholder:"ADDRESS:PORT"`
	SMTP      string          `help:"Where mail is taken, or off." env:"SAMRAAD_SMTP" default:"127.0.0.1:2525" placeholder:"ADDRESS:PORT"`
	Metrics   string          `help:"Where /metrics is served, or off; anyone who reaches it may read it." env:"SAMRAAD_METRICS" default:"off" placeholder:"ADDRESS:PORT"`
	URL       string          `help:"How people reach the pages, in links (default: http:// and --http)." env:"SAMRAAD_URL" placeholder:"URL"`
	SMTPURL   string          `help:"Relay for outgoing mail: smtp://… or smtps://… (default: mail stays in the program)." name:"smtp-url" env:"SAMRAAD_SMTP_URL" placeholder:"URL"`
	DKIM      []string        `help:"Keys that sign outgoing mail, by the domain of the forums' addresses: see samraad mail key (default: mail is not signed)." name:"dkim" env:"SAMRAAD_DKIM" placeholder:"DOMAIN:SELECTOR:FILE"`
	Relay     []string        `help:"Names under which our mail relays write Authentication-Results." env:"SAMRAAD_RELAY" placeholder:"NAME"`
	RelayFrom []string        `help:"Networks in which those relays are." env:"SAMRAAD_RELAY_FROM" default:"127.0.0.0/8,::1/128" placeholder:"CIDR"`
	Direct    bool            `help:"Mail comes straight from outside too: whoever is in none of those networks is checked by SPF, DKIM and DMARC here." env:"SAMRAAD_DIRECT"`
	DNS       string          `help:"DNS server that those checks ask (default: the machine's)." name:"dns" env:"SAMRAAD_DNS" placeholder:"ADDRESS:PORT"`
	Proxy     []string        `help:"Networks of the proxies in front, whose X-Forwarded-For counts (default: none)." env:"SAMRAAD_PROXY" placeholder:"CIDR"`
	Converter string          `help:"LibreOffice's soffice, which makes PDF of Word, Excel and the like (default: such papers go out as files of their own)." env:"SAMRAAD_CONVERTER" placeholder:"PROGRAM"`
	Policy    string          `help:"Policy to use in place of the built-in one." env:"SAMRAAD_POLICY" placeholder:"FILE"`
	Worker    string          `help:"Lasting name of this process among those that share a database (default: host and --http)." env:"SAMRAAD_WORKER" placeholder:"NAME"`
	Language  string          `help:"Language of messages: nn, nb or en (default: after LANG, else nn)." env:"SAMRAAD_LANGUAGE" placeholder:"CODE"`
	Clock     string          `help:"With --demo: the instant at which the program's clock starts." env:"SAMRAAD_CLOCK" hidden:""`

	intakeSettings `embed:""`

	relayFrom []netip.Prefix
	proxies   []netip.Prefix
	keys      mail.SigningKeys
	clock     func() time.Time
	log       *slog.Logger // of what works for every subcommand
}

// check makes sure of what kong cannot know, and fills what follows from other
// options. An error names the option and what is allowed.
func (s *Settings) check() error {
	for _, part := range []func() error{s.checkLanguage, s.checkAddresses, s.checkIntake, s.checkURLs, s.checkRelays, s.checkKeys, s.checkProxies, s.checkConverter, s.checkClock} {
		if err := part(); err != nil {
			return err
		}
	}
	if s.DB == "" {
		s.DB = "sqlite:" + filepath.Join(s.Var, "samraad.db")
	}
	scheme, _, _ := strings.Cut(s.DB, ":") // the rest may hold a password
	if !slices.Contains([]string{"sqlite", "postgres", "postgresql"}, scheme) {
		return wrongOption("db", scheme, "sqlite:FILE, postgres://…")
	}
	if s.Worker == "" {
		host, err := os.Hostname()
		if err != nil {
			return wrongOption("worker", "", "NAME")
		}
		s.Worker = host + "/" + s.HTTP
	}
	return nil
}

// wrongOption is the refusal of an option's value.
func wrongOption(name, given, allowed string) error {
	return forum.Refuse(forum.Invalid, "error.option", "Option", "--"+name, "Given", given, "Allowed", allowed)
}

func (s *Settings) checkLanguage() error {
	if s.Language == "" {
		s.Language = languageOf(os.Getenv("LANG"))
	}
	if !forum.Language(s.Language).Valid() {
		given := s.Language
		s.Language = "nn"
		return wrongOption("language", given, "nn, nb, en")
	}
	return nil
}

// languageOf reads a POSIX locale name.
func languageOf(locale string) string {
	switch {
	case strings.HasPrefix(locale, "nb"), strings.HasPrefix(locale, "no"):
		return "nb"
	case strings.HasPrefix(locale, "en"):
		return "en"
	}
	return "nn"
}

func (s *Settings) checkAddresses() error {
	return errors.Join(checkAddress("http", s.HTTP), checkAddressOrOff("smtp", s.SMTP), checkAddressOrOff("metrics", s.Metrics), checkAddressOrNone("dns", s.DNS))
}

func checkAddressOrOff(option, address string) error {
	if address == "off" {
		return nil
	}
	return checkAddress(option, address)
}

func checkAddressOrNone(option, address string) error {
	if address == "" {
		return nil
	}
	return checkAddress(option, address)
}

func checkAddress(option, address string) error {
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return wrongOption(option, address, "ADDRESS:PORT")
	}
	if _, err := net.LookupPort("tcp", port); err != nil {
		return wrongOption(option, address, "ADDRESS:PORT (0–65535)")
	}
	return nil
}

func (s *Settings) checkURLs() error {
	if s.URL == "" {
		s.URL = "http://" + s.HTTP
	}
	s.URL = strings.TrimRight(s.URL, "/")
	if u, err := url.Parse(s.URL); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return wrongOption("url", s.URL, "http://…, https://…")
	}
	if s.SMTPURL == "" {
		return nil
	}
	u, err := url.Parse(s.SMTPURL)
	if err != nil || u.Host == "" || u.Scheme != "smtp" && u.Scheme != "smtps" {
		return wrongOption("smtp-url", "…", "smtp://[USER:PASSWORD@]HOST:PORT, smtps://…")
	}
	return nil
}

func (s *Settings) checkProxies() (err error) {
	s.proxies, err = networks("proxy", s.Proxy)
	return err
}

// networks reads an option that names some.
func networks(option string, given []string) ([]netip.Prefix, error) {
	var read []netip.Prefix
	for _, text := range given {
		network, err := netip.ParsePrefix(strings.TrimSpace(text))
		if err != nil {
			return nil, wrongOption(option, text, "10.0.0.0/8, fd00::/8, …")
		}
		read = append(read, network)
	}
	return read, nil
}

func (s *Settings) checkRelays() (err error) {
	if s.relayFrom, err = networks("relay-from", s.RelayFrom); err != nil {
		return err
	}
	if slices.Contains(s.Relay, "") {
		return wrongOption("relay", "", "mx.example.no")
	}
	return nil
}

func (s *Settings) checkConverter() error {
	if s.Converter == "" {
		return nil
	}
	path, err := exec.LookPath(s.Converter)
	if err != nil {
		return wrongOption("converter", s.Converter, "/usr/bin/soffice")
	}
	s.Converter = path
	return nil
}

func (s *Settings) checkClock() error {
	s.clock = time.Now
	if s.Clock == "" {
		return nil
	}
	start, err := time.Parse(time.RFC3339, s.Clock)
	if err != nil {
		return wrongOption("clock", s.Clock, "2026-03-02T09:00:00+01:00")
	}
	begun := time.Now()
	s.clock = func() time.Time { return start.Add(time.Since(begun)) }
	return nil
}

// loopback tells whether a listening address cannot be reached from elsewhere.
func loopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// loopbackRelay tells whether mail to a relay stays on this machine, as it does
// with a program that catches mail to be looked at.
func loopbackRelay(address string) bool {
	relay, err := url.Parse(address)
	return err == nil && loopback(net.JoinHostPort(relay.Hostname(), "25"))
}
