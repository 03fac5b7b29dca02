package reading

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/samraad/samraad/forum"
)

// What the archive of an office paper may be. A page of text compresses to a
// fifth, a large empty spreadsheet to a hundredth.
const (
	mostEntries     = 10_000
	largestUnpacked = 64 << 20 // bytes, of all that is read of one paper
	greatestRatio   = 500
	smallEntry      = 1 << 20 // bytes; below it the ratio says nothing
)

var (
	errTooLarge  = errors.New("more than is read")
	errEncrypted = errors.New("encrypted")
)

// archive is an office paper's parts, with what may still be unpacked of them.
type archive struct {
	*zip.Reader
	room int64
}

// readArchive reads a paper of Word, Excel, PowerPoint (ECMA-376) or
// OpenDocument (ISO/IEC 26300), which all are archives of XML. Archives within
// them are not opened.
func (w *words) readArchive(paper []byte) (pages int, trouble forum.PaperTrouble) {
	opened, err := zip.NewReader(bytes.NewReader(paper), int64(len(paper)))
	if err != nil {
		return 0, forum.TroubleBroken
	}
	if len(opened.File) > mostEntries {
		return 0, forum.TroubleTooLarge
	}
	parts := &archive{opened, largestUnpacked}
	switch {
	case parts.has("word/document.xml"):
		err = w.readEach(parts, wordParts, w.readWord)
	case parts.has("xl/workbook.xml"):
		err = w.readSheets(parts)
	case parts.has("ppt/presentation.xml"):
		pages = len(parts.matching(slides))
		err = w.readEach(parts, slideParts, w.readWord)
	case parts.has("content.xml"):
		if err = parts.unsealed(); err == nil {
			err = w.readEach(parts, openParts, w.readOpen)
		}
	default:
		return 0, forum.TroubleUnsupported
	}
	switch {
	case errors.Is(err, errTooLarge):
		return pages, forum.TroubleTooLarge
	case errors.Is(err, errEncrypted):
		return pages, forum.TroubleEncrypted
	case errors.Is(err, errCut):
		return pages, forum.TroubleCut
	case err != nil:
		return pages, forum.TroubleBroken
	}
	return pages, ""
}

var (
	wordParts  = regexp.MustCompile(`^word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml$`)
	slides     = regexp.MustCompile(`^ppt/slides/slide\d+\.xml$`)
	slideParts = regexp.MustCompile(`^ppt/(slides/slide|notesSlides/notesSlide|comments/comment)\d*\.xml$`)
	openParts  = regexp.MustCompile(`^(content|styles)\.xml$`)
)

func (a *archive) has(name string) bool {
	return slices.ContainsFunc(a.File, func(f *zip.File) bool { return f.Name == name })
}

// matching are the parts whose names match, in the order of the numbers in them.
func (a *archive) matching(names *regexp.Regexp) []*zip.File {
	var found []*zip.File
	for _, f := range a.File {
		if names.MatchString(f.Name) {
			found = append(found, f)
		}
	}
	slices.SortStableFunc(found, func(x, y *zip.File) int { return numberOf(x.Name) - numberOf(y.Name) })
	return found
}

// numberOf is the number at the end of a part's name, 0 for none.
func numberOf(name string) int {
	name = strings.TrimSuffix(name, ".xml")
	digits := name[len(strings.TrimRight(name, "0123456789")):]
	number, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return number
}

// open gives a part's bytes; errTooLarge stands at the end of more than may be
// unpacked, whatever size the part claims to have.
func (a *archive) open(f *zip.File) (io.ReadCloser, error) {
	if f.Flags&1 != 0 {
		return nil, errEncrypted
	}
	if f.UncompressedSize64 > smallEntry && f.UncompressedSize64/greatestRatio > f.CompressedSize64 {
		return nil, errTooLarge
	}
	content, err := f.Open()
	if err != nil {
		return nil, err
	}
	return &limited{content, a}, nil
}

type limited struct {
	io.ReadCloser
	of *archive
}

func (l *limited) Read(p []byte) (int, error) {
	if l.of.room <= 0 {
		return 0, errTooLarge
	}
	if int64(len(p)) > l.of.room {
		p = p[:l.of.room]
	}
	n, err := l.ReadCloser.Read(p)
	l.of.room -= int64(n)
	return n, err
}

// unsealed refuses an OpenDocument whose parts are encrypted.
func (a *archive) unsealed() error {
	for _, f := range a.File {
		if f.Name != "META-INF/manifest.xml" {
			continue
		}
		content, err := a.open(f)
		if err != nil {
			return err
		}
		defer content.Close()
		manifest, err := io.ReadAll(content)
		if err != nil {
			return err
		}
		if bytes.Contains(manifest, []byte("encryption-data")) {
			return errEncrypted
		}
	}
	return nil
}

// sealed tells of an OLE file, which is an office paper with a password
// (MS-OFFCRYPTO 1.3: a stream named EncryptedPackage) or one of an old format.
func sealed(paper []byte) forum.PaperTrouble {
	const stream = "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"
	if bytes.Contains(paper, []byte(stream)) {
		return forum.TroubleEncrypted
	}
	return forum.TroubleUnsupported
}
