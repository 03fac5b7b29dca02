// Package area reads an area from a YAML file and points at the line of
// whatever is wrong in it.
package area

import (
	"errors"
	"fmt"
	"os"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/samraad/samraad/forum"
)

// largest is more than any real area needs, in bytes.
const largest = 4 << 20

// File is an area file that was read.
type File struct {
	Name string
	Plan forum.AreaPlan
	tree *ast.File
}

// Fault is an error at a line of an area file, from 1; 0 is the file as a whole.
type Fault struct {
	File string
	Line int
	Err  error
}

// Error names file, line and reason.
func (f *Fault) Error() string { return fmt.Sprintf("%s:%d: %v", f.File, f.Line, f.Err) }

// Unwrap gives the reason.
func (f *Fault) Unwrap() error { return f.Err }

// Open reads and checks an area file. The error joins a Fault for each thing
// that is wrong.
func Open(name string) (*File, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, forum.Refuse(forum.NotFound, "error.file.missing", "Given", name).Because(err)
	}
	if info.Size() > largest {
		return nil, forum.Refuse(forum.Invalid, "error.file.too_large", "Given", name)
	}
	content, err := os.ReadFile(name)
	if err != nil {
		return nil, forum.Refuse(forum.Unavailable, "error.file.unreadable", "Given", name).Because(err)
	}
	return Read(name, content)
}

// Read checks the content of an area file; name is for its errors.
func Read(name string, content []byte) (*File, error) {
	tree, err := parser.ParseBytes(content, 0)
	if err != nil {
		return nil, syntaxFault(name, err)
	}
	file := &File{Name: name, tree: tree}
	if err := yaml.UnmarshalWithOptions(content, &file.Plan, yaml.Strict()); err != nil {
		return nil, syntaxFault(name, err)
	}
	var faults []error
	for _, wrong := range file.Plan.Check() {
		faults = append(faults, file.Locate(wrong))
	}
	return file, errors.Join(faults...)
}

// Locate gives an error that names a path of the plan the line of that path. A
// plan that was not read from a file has no lines.
func (f *File) Locate(err error) error {
	var refusal *forum.Error
	if f.tree == nil || !errors.As(err, &refusal) || refusal.Field == "" {
		return err
	}
	return &Fault{f.Name, f.line(refusal.Field), refusal.On("")}
}

// syntaxFault is what the YAML reader has against the file, at its line.
func syntaxFault(name string, err error) error {
	fault := &Fault{File: name, Line: 1}
	message := err.Error()
	var at yaml.Error
	if errors.As(err, &at) {
		message = at.GetMessage()
		if token := at.GetToken(); token != nil && token.Position != nil {
			fault.Line = token.Position.Line
		}
	}
	fault.Err = forum.Refuse(forum.Invalid, "error.file.syntax", "Reason", message)
	return fault
}
