package forum

import (
	"context"
	"regexp"
	"strings"
)

// UsualBases are the legal bases that forms offer for an exemption from public
// access (offentleglova, with forvaltningsloven for the duty of secrecy).
var UsualBases = []string{
	"offl. § 13 jf. fvl. § 13 første ledd nr. 1", "offl. § 13 jf. fvl. § 13 første ledd nr. 2", "offl. § 14 første ledd", "offl. § 15",
	"offl. § 23 første ledd", "offl. § 23 tredje ledd", "offl. § 24 tredje ledd", "offl. § 25", "offl. § 26 femte ledd",
}

const longestBasis = 150

var internalBasis = regexp.MustCompile(`§+\s*14(\D|$)`)

// DoubtfulBasis tells whether a basis is that of internal documents (offl. § 14).
// A draft that organisations share is probably not internal to any of them.
func DoubtfulBasis(basis string) bool { return internalBasis.MatchString(basis) }

// classified checks an access code and gives its legal basis, "" for one that needs none.
func classified(access AccessCode, basis string) (string, error) {
	switch access {
	case Internal, Open:
		return "", nil
	case Exempt:
	default:
		return "", Refuse(Invalid, "error.paper.access").On("access")
	}
	basis = strings.Join(strings.Fields(basis), " ")
	switch {
	case basis == "":
		return "", Refuse(Invalid, "error.paper.no_basis").On("basis")
	case len([]rune(basis)) > longestBasis:
		return "", Refuse(Invalid, "error.too_long", "Most", longestBasis).On("basis")
	case HasIdentityNumber(basis):
		return "", Refuse(Invalid, "error.identity_number").On("basis")
	}
	return basis, nil
}

// Titling is what a matter is called: the public title, and for an exempt one
// the full title with its legal basis.
type Titling struct {
	Public string
	Access AccessCode // Internal or Exempt
	Full   string
	Basis  string
}

// ClassifyTitle makes the title of a matter exempt, and its text with it, or
// makes it one that all readers of the forum may read again. The full title is
// then forgotten, so that whoever opens it writes the public one.
func ClassifyTitle(ctx context.Context, tx Tx, by Actor, id MatterID, t Titling) (*Matter, error) {
	matter, err := tx.Matter(ctx, id)
	if err != nil {
		return nil, err
	}
	standing, err := by.May(ctx, tx, EditPapers, matter.ForumID)
	if err != nil {
		return nil, err
	}
	if t, err = t.checked(); err != nil {
		return nil, err
	}
	if (Titling{matter.Title, matter.Access, matter.FullTitle, matter.Basis}) == t {
		return matter, nil
	}
	matter.Title, matter.Access, matter.FullTitle, matter.Basis = t.Public, t.Access, t.Full, t.Basis
	if err := tx.SaveMatter(ctx, matter); err != nil {
		return nil, err
	}
	return matter, RecordMatter(ctx, tx, by, standing, matter, "title_"+string(t.Access), map[string]string{"Basis": t.Basis})
}

func (t Titling) checked() (Titling, error) {
	if t.Access == Open {
		return t, Refuse(Invalid, "error.paper.access").On("title_access")
	}
	basis, err := classified(t.Access, t.Basis)
	if err != nil {
		return t, err.(*Error).On("title_" + err.(*Error).Field)
	}
	if t.Public, err = titled(t.Public); err != nil {
		return t, err.(*Error).On("public_title")
	}
	if HasIdentityNumber(t.Public) {
		return t, Refuse(Invalid, "error.identity_number").On("public_title")
	}
	if t.Basis = basis; t.Access != Exempt {
		t.Full = ""
		return t, nil
	}
	if t.Full, err = titled(t.Full); err != nil {
		return t, err.(*Error).On("full_title")
	}
	switch {
	case HasIdentityNumber(t.Full):
		return t, Refuse(Invalid, "error.identity_number").On("full_title")
	case t.Full == t.Public:
		return t, Refuse(Invalid, "error.matter.titles_alike").On("full_title")
	}
	return t, nil
}
