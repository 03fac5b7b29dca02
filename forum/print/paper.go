package print

import (
	"bytes"
	"fmt"
	"mime"
	"path"
	"slices"
	"strings"

	"github.com/gabriel-vasile/mimetype"
)

// way is how a paper becomes pages.
type way string

const (
	byPDF       way = "pdf"
	byPicture   way = "picture"
	byText      way = "text"
	byConverter way = "converter"
)

// ways are what papers can be, by the type that their bytes have.
var ways = map[string]way{
	"application/pdf": byPDF, "image/jpeg": byPicture, "image/png": byPicture, "image/gif": byPicture, "text/plain": byText,
	"text/csv": byText, "text/tab-separated-values": byText,
}

// unprintables are sorts of file that no converter makes pages of.
var unprintables = []string{"audio/", "video/", "application/zip", "application/gzip", "application/x-7z", "application/x-rar", "application/x-tar", "application/java-archive"}

// programs are what nobody sends as a paper in good faith.
var programs = []string{
	"application/vnd.microsoft.portable-executable", "application/x-elf", "application/x-executable", "application/x-sharedlib",
	"application/x-object", "application/x-mach-binary", "application/x-msdownload", "application/x-ms-installer",
}

// mediaType is what the bytes of a paper are, and tells whether that is what
// its name promises.
func mediaType(name string, content []byte) (found string, asNamed bool) {
	sniffed := mimetype.Detect(content)
	found = bare(sniffed.String())
	promised := bare(mime.TypeByExtension(strings.ToLower(path.Ext(name))))
	if known := promisedBy[strings.ToLower(path.Ext(name))]; known != "" {
		promised = known
	}
	for kind := sniffed; kind != nil; kind = kind.Parent() {
		if slices.ContainsFunc(programs, kind.Is) {
			return found, false
		}
	}
	if ways[promised] == "" && !office(promised) || ways[promised] == byText {
		return found, true
	}
	return found, sameSort(promised, found)
}

// promisedBy are types by the endings of names that matter here: a machine's
// own table may lack them.
var promisedBy = map[string]string{
	".pdf": "application/pdf", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif", ".txt": "text/plain",
	".doc": "application/msword", ".xls": "application/vnd.ms-excel", ".ppt": "application/vnd.ms-powerpoint", ".rtf": "text/rtf",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	".odt":  "application/vnd.oasis.opendocument.text", ".ods": "application/vnd.oasis.opendocument.spreadsheet", ".odp": "application/vnd.oasis.opendocument.presentation",
}

// bare is a media type without parameters.
func bare(mediaType string) string {
	name, _, _ := strings.Cut(mediaType, ";")
	return strings.TrimSpace(name)
}

// sameSort tells whether what a name promises and what the bytes are go by the
// same way, so that nobody is misled.
func sameSort(promised, found string) bool {
	if ways[promised] != "" || ways[found] != "" {
		return ways[promised] == ways[found]
	}
	return true
}

// office tells whether a type is a text, a spreadsheet or a presentation.
func office(mediaType string) bool {
	return strings.HasPrefix(mediaType, "application/vnd.openxmlformats-officedocument.") || strings.HasPrefix(mediaType, "application/vnd.oasis.opendocument.") ||
		slices.Contains([]string{"application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint", "application/rtf", "text/rtf", "image/tiff", "image/bmp", "image/webp", "image/heic", "image/heif"}, mediaType)
}

// wayOf is how the paper becomes pages, or why it does not.
func wayOf(name string, content []byte, converter Converter) (way, string, error) {
	if len(content) == 0 {
		return "", "", apart{Empty, nil}
	}
	found, asNamed := mediaType(name, content)
	if !asNamed {
		return "", found, apart{Mislabelled, fmt.Errorf("%s is %s", path.Ext(name), found)}
	}
	if known, ok := ways[found]; ok {
		return known, found, nil
	}
	if found == "application/octet-stream" && strings.EqualFold(path.Ext(name), ".txt") && !bytes.Contains(content, []byte{0}) {
		return byText, found, nil // a text with a stray control character
	}
	if converter != nil && converter.Takes(found) {
		return byConverter, found, nil
	}
	if slices.ContainsFunc(unprintables, func(prefix string) bool { return strings.HasPrefix(found, prefix) }) || !office(found) {
		return "", found, apart{NotPrintable, nil}
	}
	return "", found, apart{NoConverter, nil}
}

// bind makes a file of forms of a paper that needs no converter.
func bind(by way, content []byte) ([]byte, error) {
	switch by {
	case byPDF:
		return fromPDF(content)
	case byPicture:
		return fromPicture(content)
	case byText:
		return fromText(content)
	}
	return nil, apart{NotPrintable, nil}
}
