package print

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"sync"
	"unicode/utf16"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// file is a PDF in the making: its objects, numbered from 1 in the order in
// which they came. The same objects give the same bytes.
type file struct {
	objects []types.Object
}

// add puts an object into the file.
func (f *file) add(object types.Object) types.IndirectRef {
	f.objects = append(f.objects, object)
	return *types.NewIndirectRef(len(f.objects), 0)
}

// reserve gives the number of an object that is set later.
func (f *file) reserve() types.IndirectRef { return f.add(nil) }

func (f *file) set(ref types.IndirectRef, object types.Object) {
	f.objects[ref.ObjectNumber.Value()-1] = object
}

// stream adds bytes as they are, under a dictionary that says how to read them.
func (f *file) stream(dict types.Dict, raw []byte) types.IndirectRef {
	dict["Length"] = types.Integer(len(raw))
	return f.add(types.StreamDict{Dict: dict, Raw: raw})
}

// deflated adds bytes compressed.
func (f *file) deflated(dict types.Dict, content []byte) types.IndirectRef {
	dict["Filter"] = types.Name("FlateDecode")
	return f.stream(dict, deflate(content))
}

// deflaters are kept: each takes a megabyte.
var deflaters = sync.Pool{New: func() any { return zlib.NewWriter(nil) }}

func deflate(content []byte) []byte {
	var out bytes.Buffer
	w := deflaters.Get().(*zlib.Writer)
	defer deflaters.Put(w)
	w.Reset(&out)
	_, _ = w.Write(content) // a buffer takes everything
	_ = w.Close()
	return out.Bytes()
}

// deflateAll compresses the streams that are not, metadata apart, which is to be
// read by everybody.
func (f *file) deflateAll() {
	for i, object := range f.objects {
		stream, ok := object.(types.StreamDict)
		if !ok || stream.Dict["Filter"] != nil || stream.Dict["Type"] == types.Name("Metadata") {
			continue
		}
		if raw := deflate(stream.Raw); len(raw) < len(stream.Raw) {
			stream.Dict["Filter"], stream.Dict["Length"] = types.Name("FlateDecode"), types.Integer(len(raw))
			f.objects[i] = types.StreamDict{Dict: stream.Dict, Raw: raw}
		}
	}
}

// perObjectStream is how many objects are compressed together.
const perObjectStream = 200

// place is where an object stands: at an offset, or as the n-th of an object
// stream (ISO 32000-1 § 7.5.8.3).
type place struct {
	sort byte // 1 at an offset, 2 in an object stream
	at   uint32
	nth  uint16
}

// bytes writes the file as PDF 1.7 with the catalog root and the document
// information info.
func (f *file) bytes(root, info types.IndirectRef) []byte {
	var out bytes.Buffer
	out.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	places := make([]place, len(f.objects)+1)
	var small []int
	for i, object := range f.objects {
		stream, ok := object.(types.StreamDict)
		if !ok {
			small = append(small, i+1)
			continue
		}
		places[i+1] = place{sort: 1, at: uint32(out.Len())}
		writeStream(&out, i+1, stream.Dict, stream.Raw)
	}
	for len(small) > 0 {
		n := min(len(small), perObjectStream)
		number := len(places)
		places = append(places, place{sort: 1, at: uint32(out.Len())})
		f.writeTogether(&out, number, small[:n])
		for nth, object := range small[:n] {
			places[object] = place{sort: 2, at: uint32(number), nth: uint16(nth)}
		}
		small = small[n:]
	}
	writePlaces(&out, places, root, info)
	return out.Bytes()
}

func writeStream(out *bytes.Buffer, number int, dict types.Dict, raw []byte) {
	fmt.Fprintf(out, "%d 0 obj\n%s\nstream\n", number, dict.PDFString())
	out.Write(raw)
	out.WriteString("\nendstream\nendobj\n")
}

// writeTogether writes objects that are no streams as one object stream
// (ISO 32000-1 § 7.5.7).
func (f *file) writeTogether(out *bytes.Buffer, number int, objects []int) {
	var index, body bytes.Buffer
	for _, n := range objects {
		fmt.Fprintf(&index, "%d %d ", n, body.Len())
		body.WriteString(written(f.objects[n-1]))
		body.WriteByte('\n')
	}
	dict := types.Dict{"Type": types.Name("ObjStm"), "N": types.Integer(len(objects)), "First": types.Integer(index.Len()), "Filter": types.Name("FlateDecode")}
	raw := deflate(append(index.Bytes(), body.Bytes()...))
	dict["Length"] = types.Integer(len(raw))
	writeStream(out, number, dict, raw)
}

func written(object types.Object) string {
	if object == nil {
		return "null"
	}
	return object.PDFString()
}

// writePlaces ends the file with a cross-reference stream (ISO 32000-1 § 7.5.8).
func writePlaces(out *bytes.Buffer, places []place, root, info types.IndirectRef) {
	start := out.Len()
	number := len(places)
	places = append(places, place{sort: 1, at: uint32(start)})
	var table bytes.Buffer
	for _, p := range places {
		row := []byte{p.sort}
		row = binary.BigEndian.AppendUint32(row, p.at)
		table.Write(binary.BigEndian.AppendUint16(row, p.nth))
	}
	sum := sha256.Sum256(out.Bytes())
	id := types.HexLiteral(hex.EncodeToString(sum[:16]))
	raw := deflate(table.Bytes())
	dict := types.Dict{
		"Type": types.Name("XRef"), "Size": types.Integer(len(places)), "W": types.Array{types.Integer(1), types.Integer(4), types.Integer(2)},
		"Root": root, "Info": info, "ID": types.Array{id, id}, "Filter": types.Name("FlateDecode"), "Length": types.Integer(len(raw)),
	}
	writeStream(out, number, dict, raw)
	fmt.Fprintf(out, "startxref\n%d\n%%%%EOF\n", start)
}

// words is a text string (ISO 32000-1 § 7.9.2.2): UTF-16 with its mark.
func words(s string) types.HexLiteral {
	b := []byte{0xfe, 0xff}
	for _, unit := range utf16.Encode([]rune(s)) {
		b = binary.BigEndian.AppendUint16(b, unit)
	}
	return types.HexLiteral(hex.EncodeToString(b))
}

// number is a length in points, short.
func number(v float64) types.Float { return types.Float(float64(int64(v*1000+sign(v)*0.5)) / 1000) }

func sign(v float64) float64 {
	if v < 0 {
		return -1
	}
	return 1
}
