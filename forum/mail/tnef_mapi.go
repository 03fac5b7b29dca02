package mail

import (
	"encoding/binary"
	"slices"
	"time"
	"unicode/utf16"
)

// mapiProperty is one property of a message or file; of several values it has the first. Named properties have the id 0 and the number under which they are known.
type mapiProperty struct {
	id    uint16
	lid   uint32
	kind  uint16
	value []byte
}

type mapiProperties []mapiProperty

// The properties that are read (MS-OXPROPS).
const (
	propBody     = 0x1000
	propRTF      = 0x1009
	propHTML     = 0x1013
	propData     = 0x3701
	propLongName = 0x3707
	propMIME     = 0x370e
)

// The named properties of meetings that are read, by their number (PSETID_Meeting, PSETID_Appointment).
const (
	lidGlobalID       = 0x0003
	lidCleanGlobalID  = 0x0023
	lidCriticalChange = 0x0001
	lidSequence       = 0x8201
	lidStart          = 0x820d
	lidEnd            = 0x820e
	lidProposedStart  = 0x8250
	lidProposedEnd    = 0x8251
	lidIsProposal     = 0x8257
)

const (
	mostMAPI     = 2000
	kindUnicode  = 0x001f
	kindString   = 0x001e
	kindBinary   = 0x0102
	kindObject   = 0x000d
	kindSeveral  = 0x1000
	objectPrefix = 16 // the interface that an object has
)

// mapiReader reads little-endian values; it gives nothing more once something was missing.
type mapiReader struct {
	rest   []byte
	broken bool
}

func (r *mapiReader) take(n uint64) []byte {
	if r.broken || n > uint64(len(r.rest)) {
		r.broken = true
		return nil
	}
	taken := r.rest[:n]
	r.rest = r.rest[n:]
	return taken
}

func (r *mapiReader) number() uint32 {
	if b := r.take(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

// padded takes a value of a size and what fills it up to four bytes.
func (r *mapiReader) padded(size uint32) []byte {
	value := r.take(uint64(size))
	if fill := uint64(-size & 3); fill <= uint64(len(r.rest)) {
		r.take(fill)
	}
	return value
}

// readMAPI reads properties (MS-OXTNEF section 2.1.3.4) until one cannot be read.
func readMAPI(raw []byte) (list mapiProperties) {
	r := &mapiReader{rest: raw}
	count := r.number()
	for range min(count, mostMAPI) {
		p := mapiProperty{}
		head := r.number()
		p.kind, p.id = uint16(head), uint16(head>>16)
		if p.id >= 0x8000 {
			p.id, p.lid = 0, r.name()
		}
		p.value = r.values(p.kind)
		if r.broken {
			break
		}
		list = append(list, p)
	}
	return list
}

// name is the number of a named property, 0 for one that is known by a text.
func (r *mapiReader) name() uint32 {
	r.take(16) // whose it is: the numbers that we read are used once
	if r.number() == 0 {
		return r.number()
	}
	r.padded(r.number())
	return 0
}

// values takes all values of a property and gives the first.
func (r *mapiReader) values(kind uint16) (first []byte) {
	size, isFixed := fixedSize(kind &^ kindSeveral)
	count := uint32(1)
	if kind&kindSeveral != 0 || !isFixed {
		count = r.number()
	}
	for i := uint32(0); i < count && !r.broken && i < mostMAPI; i++ {
		own := size
		if !isFixed {
			own = r.number()
		}
		value := r.padded(own)
		if kind == kindObject && len(value) >= objectPrefix {
			value = value[objectPrefix:]
		}
		if i == 0 {
			first = value
		}
	}
	return first
}

func fixedSize(kind uint16) (uint32, bool) {
	switch kind {
	case 0x0002, 0x0003, 0x0004, 0x000a, 0x000b:
		return 4, true
	case 0x0005, 0x0006, 0x0007, 0x0014, 0x0040:
		return 8, true
	case 0x0048:
		return 16, true
	}
	return 0, false
}

func (list mapiProperties) find(id uint16) *mapiProperty {
	at := slices.IndexFunc(list, func(p mapiProperty) bool { return p.id == id && id != 0 })
	if at < 0 {
		return nil
	}
	return &list[at]
}

func (list mapiProperties) named(lid uint32) *mapiProperty {
	at := slices.IndexFunc(list, func(p mapiProperty) bool { return p.id == 0 && p.lid == lid })
	if at < 0 {
		return nil
	}
	return &list[at]
}

// text is a property's text, "" for none.
func (list mapiProperties) text(id uint16) string {
	found := list.find(id)
	switch {
	case found == nil:
		return ""
	case found.kind == kindUnicode:
		units := make([]uint16, len(found.value)/2)
		for i := range units {
			units[i] = binary.LittleEndian.Uint16(found.value[2*i:])
		}
		if end := slices.Index(units, 0); end >= 0 {
			units = units[:end]
		}
		return string(utf16.Decode(units))
	case found.kind == kindString, found.kind == kindBinary:
		return cString(found.value)
	}
	return ""
}

// number is a named property's number, 0 for none.
func (list mapiProperties) number(lid uint32) uint32 {
	if found := list.named(lid); found != nil && len(found.value) >= 4 {
		return binary.LittleEndian.Uint32(found.value)
	}
	return 0
}

// betweenEpochs is from 1601-01-01 to 1970-01-01, in seconds.
const betweenEpochs = 11_644_473_600

// instant is a named property's time, zero for none.
func (list mapiProperties) instant(lid uint32) time.Time {
	found := list.named(lid)
	if found == nil || found.kind != 0x0040 || len(found.value) != 8 {
		return time.Time{}
	}
	ticks := binary.LittleEndian.Uint64(found.value) // of 100 nanoseconds
	at := time.Unix(int64(ticks/1e7)-betweenEpochs, 0).UTC()
	if at.Year() < 1970 || at.Year() > 2200 {
		return time.Time{}
	}
	return at
}
