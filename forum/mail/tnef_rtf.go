package mail

import "encoding/binary"

const (
	rtfCompressed = 0x75465a4c
	rtfPlain      = 0x414c454d
	mostRTF       = 4 << 20
	rtfWindow     = 4096
	rtfDictionary = `{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0` +
		"\r\n" + `\par \pard\plain\f0\fs20\b\i\u\tab\tx`
)

// expandRTF reads compressed rich text (MS-OXRTFCP); nil when it is none.
func expandRTF(raw []byte) []byte {
	if len(raw) < 16 {
		return nil
	}
	size := min(binary.LittleEndian.Uint32(raw[4:]), mostRTF)
	packed := raw[16:]
	switch binary.LittleEndian.Uint32(raw[8:]) {
	case rtfPlain:
		return packed[:min(int(size), len(packed))]
	case rtfCompressed:
		return expandLZ(packed, int(size))
	}
	return nil
}

// expandLZ undoes a compression that refers to what was written before, in a window that begins with words of rich text.
func expandLZ(packed []byte, size int) []byte {
	var window [rtfWindow]byte
	at := copy(window[:], rtfDictionary)
	var out []byte
	put := func(b byte) {
		window[at%rtfWindow] = b
		at++
		out = append(out, b)
	}
	for len(packed) > 0 && len(out) < size {
		control := packed[0]
		packed = packed[1:]
		for bit := 0; bit < 8 && len(out) < size; bit++ {
			if control>>bit&1 == 0 {
				if len(packed) < 1 {
					return out
				}
				put(packed[0])
				packed = packed[1:]
				continue
			}
			if len(packed) < 2 {
				return out
			}
			reference := int(binary.BigEndian.Uint16(packed))
			packed = packed[2:]
			from, length := reference>>4, reference&15+2
			if from == at%rtfWindow {
				return out // the end
			}
			for i := range length {
				put(window[(from+i)%rtfWindow])
			}
		}
	}
	return out
}
