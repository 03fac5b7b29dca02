package forum

import (
	"context"
	"io"
	"time"
)

// DocumentID identifies a document.
type DocumentID int64

// Digest is the SHA-256 of some bytes, in lower-case hex.
type Digest string

// AccessCode says whether the public may see something.
type AccessCode string

// The access codes. What comes by mail is internal until a secretary opens it.
const (
	Internal AccessCode = "internal" // readers of the forum
	Open     AccessCode = "open"     // everyone
	Exempt   AccessCode = "exempt"   // with a legal basis (offl. § 13 and others)
)

// Document is a paper of a matter.
type Document struct {
	ID       DocumentID
	MatterID MatterID
	Position int
	Name     string
	Type     string // media type, sniffed and not believed
	Size     int64
	Digest   Digest
	Access   AccessCode
	Basis    string
	Version  int // from 1; name, type, size, digest and who added it when are the newest version's
	AddedBy  PersonID
	AddedAt  time.Time
	// Held keeps a paper in whose text an identity number was found from all but secretaries, until one has looked.
	Held        bool
	WithdrawnBy PersonID
	WithdrawnAt time.Time // zero while it stands
}

// DocumentKeeper keeps what is known of documents; their bytes are in Files.
type DocumentKeeper interface {
	Document(ctx context.Context, id DocumentID) (*Document, error)
	// Documents lists a matter's papers that stand, not those withdrawn, by position.
	Documents(ctx context.Context, matter MatterID) ([]Document, error)
	SaveDocument(ctx context.Context, document *Document) error
}

// Files keeps the bytes of papers, once each by SHA-256. Bytes are put before
// the transaction that names them, so that a committed document always has them.
type Files interface {
	Put(ctx context.Context, content io.Reader) (Digest, int64, error)
	// Open gives the bytes; NotFound when they were never put.
	Open(ctx context.Context, digest Digest) (io.ReadCloser, error)
}
