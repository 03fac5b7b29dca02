package mail

import (
	"bytes"
	"crypto/tls"
	"errors"
	"log/slog"
	"os"
	"sync"

	"github.com/samraad/samraad/forum"
)

// Certificate is a certificate and its key in PEM files, which are looked at anew for each connection: whoever renews them
// need not tell anybody.
type Certificate struct {
	file, key string
	log       *slog.Logger

	mu     sync.Mutex
	read   [2][]byte // the files as they were last read
	loaded *tls.Certificate
}

// LoadCertificate reads the two files; Invalid when they are no certificate with its key.
func LoadCertificate(file, key string, log *slog.Logger) (*Certificate, error) {
	c := &Certificate{file: file, key: key, log: log}
	if err := c.refresh(); err != nil {
		return nil, forum.Refuse(forum.Invalid, "mail.certificate.wrong", "Given", file).Because(err)
	}
	return c, nil
}

// Get is the certificate as it is now. Files that are half written, or gone, leave the one of before in use.
func (c *Certificate) Get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.refresh(); err != nil {
		c.log.Warn("the renewed certificate cannot be used", "file", c.file, "error", err)
	}
	return c.loaded, nil
}

func (c *Certificate) refresh() error {
	file, wrong := os.ReadFile(c.file)
	key, err := os.ReadFile(c.key)
	if err := errors.Join(wrong, err); err != nil {
		return err
	}
	if c.loaded != nil && bytes.Equal(file, c.read[0]) && bytes.Equal(key, c.read[1]) {
		return nil
	}
	pair, err := tls.X509KeyPair(file, key)
	if err != nil {
		return err
	}
	c.read, c.loaded = [2][]byte{file, key}, &pair
	return nil
}
