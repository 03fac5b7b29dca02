package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strings"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
)

type keyCommand struct {
	Domain   string `arg:"" help:"Domain of the forums' addresses." placeholder:"DOMAIN"`
	File     string `required:"" help:"File that the key is kept in; one that is there stays, and its record is printed." placeholder:"FILE"`
	Selector string `help:"Name of the key in the DNS." default:"samraad" placeholder:"NAME"`
	Kind     string `help:"How it signs." enum:"rsa,ed25519" default:"rsa"`
}

// Run makes a key that signs mail, unless the file has one, and prints the record that its domain needs.
func (c keyCommand) Run(s *Settings, io streams) error {
	key, err := s.signingKey(c.Domain + ":" + c.Selector + ":" + c.File)
	var refusal *forum.Error
	if errors.As(err, &refusal) && refusal.Kind == forum.NotFound {
		if err = makeKey(c.File, mail.KeyKind(c.Kind)); err == nil {
			key, err = s.signingKey(c.Domain + ":" + c.Selector + ":" + c.File)
		}
	}
	if err != nil {
		return err
	}
	record, err := key.Record()
	if err != nil {
		return err
	}
	fmt.Fprintln(io.out, s.text().T("cli.mail.key", "File", c.File, "Option", "--dkim "+key.Domain+":"+key.Selector+":"+c.File))
	fmt.Fprintf(io.out, "%s. IN TXT %s\n", key.Name(), inStrings(record))
	return nil
}

// makeKey writes a new key to a file that only its owner may read, and never over another.
func makeKey(name string, kind mail.KeyKind) error {
	_, file, err := mail.NewSigningKey(kind)
	if err != nil {
		return err
	}
	out, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return forum.Refuse(forum.Invalid, "error.file.unwritable", "Given", name).Because(err)
	}
	_, err = out.Write(file)
	return errors.Join(err, out.Close())
}

// longestString is what one string of a TXT record holds (RFC 1035 § 3.3).
const longestString = 255

// inStrings writes text as the strings of a TXT record in a zone file.
func inStrings(text string) string {
	var strings []byte
	for len(text) > longestString {
		strings = fmt.Appendf(strings, "%q ", text[:longestString])
		text = text[longestString:]
	}
	return string(fmt.Appendf(strings, "%q", text))
}

// keyPlace is how a key is named: no part but the file may hold a colon.
var keyPlace = regexp.MustCompile(`^([a-z0-9.-]+\.[a-z0-9-]+):([a-z0-9_.-]+):(.+)$`)

func (s *Settings) checkKeys() error {
	s.keys = mail.SigningKeys{}
	for _, given := range s.DKIM {
		key, err := s.signingKey(given)
		if err != nil {
			return err
		}
		s.keys[key.Domain] = append(s.keys[key.Domain], key)
	}
	return nil
}

// signingKey reads a key as the option names it; NotFound when its file is not there.
func (s *Settings) signingKey(given string) (mail.SigningKey, error) {
	parts := keyPlace.FindStringSubmatch(strings.TrimSpace(given))
	if parts == nil {
		return mail.SigningKey{}, wrongOption("dkim", given, "DOMAIN:SELECTOR:FILE")
	}
	file, err := os.ReadFile(parts[3])
	if errors.Is(err, fs.ErrNotExist) {
		return mail.SigningKey{}, forum.Refuse(forum.NotFound, "error.file.missing", "Given", parts[3]).Because(err)
	}
	if err != nil {
		return mail.SigningKey{}, forum.Refuse(forum.Invalid, "error.file.unreadable", "Given", parts[3]).Because(err)
	}
	key, err := mail.ParseSigningKey(file)
	return mail.SigningKey{Domain: parts[1], Selector: parts[2], Signer: key}, err
}
