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
	// Document is guarded by its matter: an act that changes it holds the matter first.
	Document(ctx context.Context, id DocumentID) (*Document, error)
	// Documents lists a matter's papers that stand, not those withdrawn, by position.
	Documents(ctx context.Context, matter MatterID) ([]Document, error)
	// DocumentsAt are the papers, as Documents lists them, of each matter on a meeting's agenda.
	DocumentsAt(ctx context.Context, meeting MeetingID) (map[MatterID][]Document, error)
	// WithdrawnDocuments lists the others, by position.
	WithdrawnDocuments(ctx context.Context, matter MatterID) ([]Document, error)
	// DocumentsOf lists those whose newest version has these bytes, those withdrawn included.
	DocumentsOf(ctx context.Context, digest Digest) ([]Document, error)
	SaveDocument(ctx context.Context, document *Document) error
}

// DocumentVersionID identifies a version of a document.
type DocumentVersionID int64

// DocumentVersion is one version of a document, the newest included, with who
// brought it when. Versions are kept for good.
type DocumentVersion struct {
	ID         DocumentVersionID
	DocumentID DocumentID
	Number     int // from 1
	Name       string
	Type       string
	Size       int64
	Digest     Digest
	AddedBy    PersonID
	AddedAt    time.Time
	Held       bool
}

// DocumentVersionKeeper keeps the versions of documents.
type DocumentVersionKeeper interface {
	// DocumentVersions lists those of a document, the oldest first.
	DocumentVersions(ctx context.Context, document DocumentID) ([]DocumentVersion, error)
	// VersionsOf lists those with these bytes.
	VersionsOf(ctx context.Context, digest Digest) ([]DocumentVersion, error)
	// SaveDocumentVersion adds a version; Conflict when the document has one of that number.
	SaveDocumentVersion(ctx context.Context, version *DocumentVersion) error
}

// Files keeps the bytes of papers, once each by SHA-256. Bytes are put before
// the transaction that names them, so that a committed document always has them.
type Files interface {
	Put(ctx context.Context, content io.Reader) (Digest, int64, error)
	// Open gives the bytes; NotFound when they were never put.
	Open(ctx context.Context, digest Digest) (io.ReadCloser, error)
}
