package main

import (
	"crypto/x509"
	"os"
	"strings"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
)

// checkRelayOut makes the relay for outgoing mail, if there is one.
func (s *Settings) checkRelayOut() error {
	if s.SMTPURL == "" {
		return nil
	}
	options, err := s.relayOptions()
	if err != nil {
		return err
	}
	s.relay, err = mail.NewRelay(s.SMTPURL, options)
	return err
}

func (s *Settings) relayOptions() (options mail.RelayOptions, err error) {
	if s.RelayCA != "" {
		file, err := readSetting(s.RelayCA)
		if err != nil {
			return options, err
		}
		options.CA = x509.NewCertPool()
		if !options.CA.AppendCertsFromPEM([]byte(file)) {
			return options, wrongOption("smtp-ca", s.RelayCA, "PEM")
		}
	}
	if s.OAuthURL == "" {
		return options, nil
	}
	secret, err := readSecret(s.OAuthFile, "SAMRAAD_SMTP_OAUTH_SECRET")
	if err != nil {
		return options, err
	}
	refresh, err := readSecret(s.RefreshFile, "SAMRAAD_SMTP_OAUTH_REFRESH")
	if err != nil {
		return options, err
	}
	options.OAuth, err = mail.NewOAuth(s.OAuthURL, s.OAuthClient, secret, refresh, s.OAuthScope)
	return options, err
}

// readSecret is a secret in a file, else in a variable: other processes see the arguments of this one.
func readSecret(file, variable string) (string, error) {
	if file == "" {
		return strings.TrimSpace(os.Getenv(variable)), nil
	}
	return readSetting(file)
}

// readSetting is a file that an option names, without the end of its last line.
func readSetting(name string) (string, error) {
	file, err := os.ReadFile(name)
	if err != nil {
		return "", forum.Refuse(forum.NotFound, "error.file.missing", "Given", name).Because(err)
	}
	return strings.TrimSpace(string(file)), nil
}
