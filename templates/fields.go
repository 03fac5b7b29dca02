package templates

import "github.com/a-h/templ"

// Field describes one question of a form.
type Field struct {
	Name         string
	Label        string
	Description  string // help, shown between label and input
	Error        string // what is wrong with the answer, "" for nothing
	Value        string // the answer so far; a group of choices has its answers in its options
	Type         string // of the input: "" for text, "email", "search", "file", "date" …
	Autocomplete string // HTML autofill token, such as "email"
	Rows         int    // of a text area, 0 for 5
	Required     bool
	Attributes   templ.Attributes // more attributes of the input, such as "accept"
}

// Option is one answer of a Select, Radios or Checkboxes.
type Option struct {
	Value       string
	Label       string
	Description string // shown by Radios and Checkboxes
	Chosen      bool
	Disabled    bool
}

// DateTime is a question for a day and a time of day in Oslo. It is sent as <Name>_date (2026-11-24) and <Name>_time (10:00).
type DateTime struct {
	Name        string
	Label       string
	Description string
	Error       string
	Date, Time  string // as they are sent
	Earliest    string // the first date to choose, "" for any
	Required    bool
}

// Mistake is one error of a form, for the summary on top of it.
type Mistake struct {
	Field string // Name of the field
	Text  string
}

// fieldID is the id of an input, which labels and the summary of errors point at.
func fieldID(name string) string {
	return "field-" + name
}

func (f Field) describedBy() string {
	return describedBy(f.Name, f.Description, f.Error)
}

func (d DateTime) describedBy() string {
	return describedBy(d.Name, d.Description, d.Error)
}

func describedBy(name, description, mistake string) string {
	var ids string
	if description != "" {
		ids = fieldID(name) + "-description"
	}
	if mistake != "" {
		if ids != "" {
			ids += " "
		}
		ids += fieldID(name) + "-error"
	}
	return ids
}

func (f Field) inputType() string {
	if f.Type == "" {
		return "text"
	}
	return f.Type
}

func (f Field) rows() int {
	if f.Rows == 0 {
		return 5
	}
	return f.Rows
}

// inputAttributes are the attributes that every kind of input has.
func (f Field) inputAttributes() templ.Attributes {
	attributes := templ.Attributes{"id": fieldID(f.Name), "name": f.Name, "required": f.Required}
	if ids := f.describedBy(); ids != "" {
		attributes["aria-describedby"] = ids
	}
	if f.Error != "" {
		attributes["aria-invalid"] = "true"
	}
	if f.Autocomplete != "" {
		attributes["autocomplete"] = f.Autocomplete
	}
	for name, value := range f.Attributes {
		attributes[name] = value
	}
	return attributes
}
