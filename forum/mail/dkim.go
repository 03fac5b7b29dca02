package mail

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"strings"

	"github.com/emersion/go-msgauth/dkim"

	"github.com/samraad/samraad/forum"
)

// SigningKey signs the mail of one domain (DKIM, RFC 6376). Its public half stands in the domain's DNS, at Name.
type SigningKey struct {
	Domain   string // as in the forums' addresses, lower case
	Selector string
	Signer   crypto.Signer
}

// Name is where the key's record stands in the DNS (RFC 6376 § 3.6.2.1).
func (k SigningKey) Name() string { return k.Selector + "._domainkey." + k.Domain }

// Record is the text that stands there (RFC 6376 § 3.6.1; RFC 8463 § 4 for Ed25519).
func (k SigningKey) Record() (string, error) {
	switch public := k.Signer.Public().(type) {
	case *rsa.PublicKey:
		der, err := x509.MarshalPKIXPublicKey(public)
		return "v=DKIM1; k=rsa; p=" + base64.StdEncoding.EncodeToString(der), err
	case ed25519.PublicKey:
		return "v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(public), nil
	}
	return "", fmt.Errorf("mail: a key of the kind %T cannot sign", k.Signer.Public())
}

// KeyKind is how a key signs.
type KeyKind string

// The kinds of key. All receivers know RSA; a domain may have one of each, and then both sign.
const (
	RSAKey     KeyKind = "rsa"
	Ed25519Key KeyKind = "ed25519"
)

// rsaBits is what every receiver can check (RFC 8301 § 3.2), and what fits a DNS answer.
const rsaBits = 2048

// NewSigningKey makes a key, and gives it as PEM (PKCS #8) too.
func NewSigningKey(kind KeyKind) (key crypto.Signer, file []byte, err error) {
	switch kind {
	case RSAKey:
		key, err = rsa.GenerateKey(rand.Reader, rsaBits)
	case Ed25519Key:
		_, key, err = ed25519.GenerateKey(rand.Reader)
	default:
		return nil, nil, forum.Refuse(forum.Invalid, "mail.key.kind", "Given", string(kind))
	}
	if err != nil {
		return nil, nil, err
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	return key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), err
}

// ParseSigningKey reads a key from PEM: PKCS #8, or PKCS #1 for RSA; Invalid for anything else, and for RSA keys of less than
// 1024 bits, which nobody believes (RFC 8301 § 3.2). The refusal repeats nothing of the file.
func ParseSigningKey(file []byte) (crypto.Signer, error) {
	wrong := forum.Refuse(forum.Invalid, "mail.key.file")
	block, _ := pem.Decode(file)
	if block == nil {
		return nil, wrong
	}
	if key, err := x509.ParsePKCS1PrivateKey(block.Bytes); err == nil {
		return strongEnough(key)
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, wrong
	}
	switch key := parsed.(type) {
	case *rsa.PrivateKey:
		return strongEnough(key)
	case ed25519.PrivateKey:
		return key, nil
	}
	return nil, wrong
}

func strongEnough(key *rsa.PrivateKey) (crypto.Signer, error) {
	if key.N.BitLen() < 1024 {
		return nil, forum.Refuse(forum.Invalid, "mail.key.file")
	}
	return key, nil
}

// SigningKeys are the keys of the installation's domains, by domain.
type SigningKeys map[string][]SigningKey

// signedFields are those that the signature covers. What names the author, the receivers, the subject and where an answer goes
// stands once more than a mail has it, so that nobody can add another in front (RFC 6376 § 8.15); the rest once, so that one
// that the mail has not cannot be added. Lists and unsubscribing have to be covered (RFC 8058 § 4).
var signedFields = []string{
	"From", "From", "To", "To", "Cc", "Cc", "Subject", "Subject", "Date", "Date", "Reply-To", "Reply-To", "Sender",
	"Message-ID", "Message-ID", "In-Reply-To", "In-Reply-To", "References", "References",
	"MIME-Version", "MIME-Version", "Content-Type", "Content-Type", "Content-Transfer-Encoding", "Content-Language",
	"List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "Auto-Submitted", "X-Auto-Response-Suppress",
}

// sign puts a signature of each of the domain's keys above a mail; without a key the mail stays as it is. A signature tells
// when it was made, so it is made once, with the bytes that are kept.
func (k SigningKeys) sign(domain string, raw []byte) ([]byte, error) {
	var signatures bytes.Buffer
	for _, key := range k[strings.ToLower(domain)] {
		signer, err := dkim.NewSigner(&dkim.SignOptions{
			Domain: key.Domain, Selector: key.Selector, Signer: key.Signer, HeaderKeys: signedFields,
			HeaderCanonicalization: dkim.CanonicalizationRelaxed, BodyCanonicalization: dkim.CanonicalizationRelaxed,
		})
		if err != nil {
			return nil, err
		}
		if _, err := signer.Write(raw); err != nil {
			return nil, err
		}
		if err := signer.Close(); err != nil {
			return nil, fmt.Errorf("mail: signing for %s: %w", key.Domain, err)
		}
		signatures.WriteString(signer.Signature())
	}
	if signatures.Len() == 0 {
		return raw, nil
	}
	return append(signatures.Bytes(), raw...), nil
}
