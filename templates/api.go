package templates

// Addresses of the documentation of the API.
const (
	APIAddress      = "/api"
	APITypesAddress = "/api/types"
)

// APIPage is the operations of the API, as its document has them.
type APIPage struct {
	Shell
	Intro    []string // paragraphs
	Document string   // address of the document
	Groups   []APIGroup
}

// APITypesPage is the types of the bodies.
type APITypesPage struct {
	Shell
	Types []APIType
}

// APIGroup is the operations of one subject.
type APIGroup struct {
	Name, Text string
	Operations []APIOperation
}

// APIOperation is one operation.
type APIOperation struct {
	ID, Method, Path string
	Summary, Text    string
	Parameters       []APIField
	Body             APITypeName // without a name for none
	Answers          []APIField
}

// APIType is a type of bodies.
type APIType struct {
	Name   string
	Fields []APIField
}

// APIField is a parameter, a field of a type, or an answer.
type APIField struct {
	Name, Text string
	Type       APITypeName
	Optional   bool
}

// APITypeName is how a type is called, and the named type that it leads to, "" for none.
type APITypeName struct{ Name, Link string }
