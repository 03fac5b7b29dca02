package policies

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// rules are the lines of a policy file, understood word by word.
type rules struct {
	file   string
	grants []grant
	links  []link
}

// grant is a p line.
type grant struct {
	line                            int
	capacity, level, action, object string
}

// link is a g line: capacity may all that inherited may.
type link struct {
	line                int
	capacity, inherited string
}

// maxSteps is how far casbin's role manager follows g lines; beyond, it says no.
const maxSteps = 10

const (
	formOfP    = "p, capacity, level, action, object"
	formOfG    = "g, capacity, capacity"
	formOfWord = "small letters a-z, joined by hyphens"
)

var word = regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)

// read understands the text line by line and collects what is wrong with it.
func read(file string, csv []byte) (rules, error) {
	r := rules{file: file}
	var errs []error
	seen := map[string]int{}
	number := 0
	for raw := range strings.Lines(string(bytes.TrimPrefix(csv, []byte("\uFEFF")))) {
		number++
		text := strings.TrimSpace(raw)
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		fields := strings.Split(text, ",")
		for i, field := range fields {
			fields[i] = strings.TrimSpace(field)
		}
		if err := r.add(number, fields); err != nil {
			errs = append(errs, err)
			continue
		}
		line := strings.Join(fields, ", ")
		if first, ok := seen[line]; ok {
			errs = append(errs, r.wrong(number, Duplicate, line, fmt.Sprintf("each line once, and line %d has it", first)))
			continue
		}
		seen[line] = number
	}
	if len(errs) == 0 && len(r.grants) == 0 {
		errs = append(errs, r.wrong(0, Empty, "", formOfP))
	}
	return r, errors.Join(errs...)
}

// add appends the p or g line that the fields make.
func (r *rules) add(line int, fields []string) error {
	form, words := formOfP, []int{1, 3, 4}
	switch fields[0] {
	case "p":
	case "g":
		form, words = formOfG, []int{1, 2}
	default:
		return r.wrong(line, UnknownKind, fields[0], `"p," or "g," first, or # for a note`)
	}
	if len(fields) != strings.Count(form, ",")+1 {
		return r.wrong(line, WrongFields, strings.Join(fields, ", "), form)
	}
	for _, i := range words {
		if !word.MatchString(fields[i]) {
			return r.wrong(line, BadWord, fields[i], formOfWord)
		}
	}
	if fields[0] == "g" {
		r.links = append(r.links, link{line, fields[1], fields[2]})
		return nil
	}
	if fields[2] != anyLevel && !slices.Contains(levels, fields[2]) {
		return r.wrong(line, UnknownLevel, fields[2], strings.Join(levels, ", ")+", or * for any level")
	}
	r.grants = append(r.grants, grant{line, fields[1], fields[2], fields[3], fields[4]})
	return nil
}

// checkInheritance reports circles of g lines, and chains longer than casbin follows.
func (r rules) checkInheritance() error {
	var follow func(path []string) error
	follow = func(path []string) error {
		for _, l := range r.links {
			if l.capacity != path[len(path)-1] {
				continue
			}
			next := append(slices.Clone(path), l.inherited)
			if i := slices.Index(path, l.inherited); i >= 0 {
				return r.wrong(l.line, Cycle, strings.Join(next[i:], ", "), "a capacity inherits from others only")
			}
			if len(path) > maxSteps {
				return r.wrong(l.line, TooDeep, path[0], fmt.Sprintf("at most %d steps", maxSteps))
			}
			if err := follow(next); err != nil {
				return err
			}
		}
		return nil
	}
	for _, l := range r.links {
		if err := follow([]string{l.capacity}); err != nil {
			return err
		}
	}
	return nil
}

func (r rules) wrong(line int, reason Reason, found, allowed string) *Error {
	return &Error{File: r.file, Line: line, Reason: reason, Found: found, Allowed: allowed}
}

// levels are those that the line allows something for.
func (g grant) levels() []string {
	if g.level == anyLevel {
		return levels
	}
	return []string{g.level}
}

// withoutLink is a copy that lacks the i-th g line.
func (r rules) withoutLink(i int) rules {
	r.links = slices.Delete(slices.Clone(r.links), i, i+1)
	return r
}

// text writes the lines as casbin reads them.
func (r rules) text() string {
	var b strings.Builder
	for _, g := range r.grants {
		fmt.Fprintf(&b, "p, %s, %s, %s, %s\n", g.capacity, g.level, g.action, g.object)
	}
	for _, l := range r.links {
		fmt.Fprintf(&b, "g, %s, %s\n", l.capacity, l.inherited)
	}
	return b.String()
}

// words lists the different capacities, actions and objects in the order of the lines.
func (r rules) words() (capacities, actions, objects []string) {
	add := func(list []string, w string) []string {
		if slices.Contains(list, w) {
			return list
		}
		return append(list, w)
	}
	for _, l := range r.links {
		capacities = add(add(capacities, l.capacity), l.inherited)
	}
	for _, g := range r.grants {
		capacities = add(capacities, g.capacity)
		actions = add(actions, g.action)
		objects = add(objects, g.object)
	}
	return capacities, actions, objects
}
