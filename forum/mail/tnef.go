package mail

import (
	"bytes"
	"encoding/binary"
	"strings"

	"github.com/jhillyerd/enmime/v2"
)

// tnef is what a winmail.dat holds (MS-OXTNEF): a message of Outlook with its files, as its own kind of stream.
type tnef struct {
	class string // of the message, such as IPM.Note
	body  string
	props mapiProperties
	files []tnefFile
}

type tnefFile struct {
	name    string
	kind    string // media type that Outlook knows, "" for none
	content []byte
}

const (
	tnefSignature = 0x223e9f78
	mostTNEF      = 2000 // attributes
	mostTNEFFiles = 200
)

// The attributes that are read (MS-OXTNEF section 2.1.3.2), without their types.
const (
	attBody         = 0x800c
	attMessageClass = 0x8008
	attMAPIProps    = 0x9003
	attRendData     = 0x9002 // begins a file
	attTitle        = 0x8010
	attData         = 0x800f
	attAttachment   = 0x9005
)

// isTNEF tells whether a part is a winmail.dat, whatever it is called.
func isTNEF(part *enmime.Part) bool {
	return part.FirstChild == nil && len(part.Content) > 6 && binary.LittleEndian.Uint32(part.Content) == tnefSignature
}

// readTNEF takes a stream apart as far as it goes, in linear time; nil when it is none.
func readTNEF(raw []byte) *tnef {
	if len(raw) < 6 || binary.LittleEndian.Uint32(raw) != tnefSignature {
		return nil
	}
	var t tnef
	rest := raw[6:]
	for count := 0; len(rest) >= 11 && count < mostTNEF; count++ {
		id, size := binary.LittleEndian.Uint16(rest[1:]), uint64(binary.LittleEndian.Uint32(rest[5:]))
		rest = rest[9:]
		if size+2 > uint64(len(rest)) {
			break // cut off
		}
		t.attribute(id, rest[:size])
		rest = rest[size+2:] // the checksum says nothing that we would act on
	}
	return &t
}

func (t *tnef) attribute(id uint16, value []byte) {
	switch id {
	case attMessageClass:
		t.class = plainWord(cString(value))
	case attBody:
		t.body = cString(value)
	case attMAPIProps:
		t.props = readMAPI(value)
	case attRendData:
		if len(t.files) < mostTNEFFiles {
			t.files = append(t.files, tnefFile{})
		}
	}
	if len(t.files) == 0 {
		return
	}
	switch file := &t.files[len(t.files)-1]; id {
	case attTitle:
		if file.name == "" {
			file.name = cString(value)
		}
	case attData:
		file.content = value
	case attAttachment:
		file.take(readMAPI(value))
	}
}

// take reads what the longer description of a file tells.
func (f *tnefFile) take(props mapiProperties) {
	if name := props.text(propLongName); name != "" {
		f.name = name
	}
	f.kind = strings.ToLower(props.text(propMIME))
	if object := props.find(propData); object != nil && len(f.content) == 0 {
		f.content = object.value
	}
}

// cString is text that ends with a zero, in UTF-8 or windows-1252.
func cString(value []byte) string {
	text, _, _ := bytes.Cut(value, []byte{0})
	return fromWestern(text)
}

// unpackTNEF puts what winmail.dat parts hold in their place; one that holds nothing that can be read stays a paper as it is. The text in them counts only when nothing else says anything, since
// it mostly says the same again.
func unpackTNEF(root *enmime.Part) {
	hasText := strings.TrimSpace(readBody(root).text) != ""
	author := ""
	if authors, _ := (header{{"from", root.Header.Get("From")}}).addresses("from"); len(authors) > 0 {
		author = plainWord(authors[0].Address)
	}
	for _, part := range leaves(root) {
		if !isTNEF(part) {
			continue
		}
		inside := readTNEF(part.Content).parts(hasText, author)
		for i, child := range inside {
			child.Parent = part
			if i > 0 {
				inside[i-1].NextSibling = child
			}
		}
		if len(inside) > 0 {
			part.FirstChild, part.ContentType = inside[0], "multipart/mixed"
		}
	}
}

// parts are a stream's contents as parts of an author's mail.
func (t *tnef) parts(hasText bool, author string) (parts []*enmime.Part) {
	if body := t.text(); !hasText && body != "" {
		parts = append(parts, newTNEFPart("text/plain", "", []byte(body)))
	}
	if answer := t.answer(author); answer != "" {
		parts = append(parts, newTNEFPart("text/calendar", "", []byte(answer)))
	}
	for _, f := range t.files {
		if len(f.content) == 0 {
			continue
		}
		name := f.name
		if name == "" {
			name = "attachment.bin"
		}
		parts = append(parts, newTNEFPart(f.kind, name, f.content))
	}
	if rtf := t.rtf(); len(rtf) > 0 && !hasText {
		parts = append(parts, newTNEFPart("application/rtf", "body.rtf", rtf))
	}
	return parts
}

func newTNEFPart(kind, name string, content []byte) *enmime.Part {
	part := enmime.NewPart(kind)
	part.FileName, part.Content = name, content
	if name != "" {
		part.Disposition = "attachment"
	}
	if part.ContentType == "" || strings.HasPrefix(part.ContentType, "multipart/") {
		part.ContentType = "application/octet-stream"
	}
	return part
}

// text is what the message says.
func (t *tnef) text() string {
	for _, text := range []string{t.props.text(propBody), t.body, htmlText(t.props.text(propHTML))} {
		if strings.TrimSpace(text) != "" {
			return text
		}
	}
	return ""
}

// rtf is the message as rich text, nil when there is none.
func (t *tnef) rtf() []byte {
	if found := t.props.find(propRTF); found != nil {
		return expandRTF(found.value)
	}
	return nil
}
