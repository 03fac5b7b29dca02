package print

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"time"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// about is what a file says of itself.
type about struct {
	title, author, language string
	made                    time.Time
}

// finished is a file made of what a sheet drew and the pages of papers that
// stand in it, with structure, outline, links and title.
type finished struct {
	file
	from   *model.Context
	base   *copier
	papers map[*model.Context]*copier
	opened []*copier              // the same, in their order
	pages  []types.Dict           // from the first
	refs   []types.IndirectRef    // of pages
	holder map[int][]types.Object // marked content on a page, by its number there
	links  []types.IndirectRef    // elements of links, in the order of their keys
}

// paperName is how a page of ours calls the page of a paper that stands in it.
const paperName = "Paper"

// finish makes the file; inserted are pages of papers by the page in which they stand.
func (s *sheet) finish(a about, inserted map[int]paperPage) ([]byte, error) {
	drawn, err := s.output()
	if err != nil {
		return nil, err
	}
	f := &finished{papers: map[*model.Context]*copier{}, holder: map[int][]types.Object{}}
	if f.from, err = readPDF(drawn); err != nil {
		return nil, err
	}
	f.base = newCopier(f.from, &f.file)
	tree := f.reserve()
	if err := f.addPages(tree, inserted); err != nil {
		return nil, err
	}
	structure := f.structure(s.tags)
	for i, page := range f.pages {
		f.set(f.refs[i], page)
	}
	f.nameFonts()
	f.deflateAll()
	root := types.Dict{
		"Type": types.Name("Catalog"), "Pages": tree, "Lang": types.StringLiteral(a.language), "StructTreeRoot": structure,
		"MarkInfo":          types.Dict{"Marked": types.Boolean(true)},
		"ViewerPreferences": types.Dict{"DisplayDocTitle": types.Boolean(true)},
		"Metadata":          f.stream(types.Dict{"Type": types.Name("Metadata"), "Subtype": types.Name("XML")}, a.xmp()),
	}
	hide(root, f.off())
	if len(s.tags.marks) > 0 {
		root["Outlines"], root["PageMode"] = f.outline(s.tags.marks), types.Name("UseOutlines")
	}
	moment := types.StringLiteral(a.made.UTC().Format("D:20060102150405Z"))
	info := f.add(types.Dict{"Title": words(a.title), "Author": words(a.author), "Producer": words("Samråd"), "CreationDate": moment, "ModDate": moment})
	return f.bytes(f.add(root), info), nil
}

// addPages copies the drawn pages and puts those of papers into theirs.
func (f *finished) addPages(tree types.IndirectRef, inserted map[int]paperPage) error {
	drawn, err := leaves(f.from, 1_000_000)
	if err != nil {
		return err
	}
	var kids types.Array
	for i, page := range drawn {
		made, err := f.page(page, inserted[i+1])
		if err != nil {
			return err
		}
		made["Parent"], made["StructParents"] = tree, types.Integer(i)
		ref := f.reserve()
		f.pages, f.refs, kids = append(f.pages, made), append(f.refs, ref), append(kids, ref)
	}
	f.set(tree, types.Dict{"Type": types.Name("Pages"), "Kids": kids, "Count": types.Integer(len(kids))})
	return nil
}

func (f *finished) page(page leafPage, paper paperPage) (types.Dict, error) {
	made := types.Dict{"Type": types.Name("Page"), "Tabs": types.Name("S")}
	var err error
	if made["Contents"], err = f.base.copy(page.dict["Contents"]); err != nil {
		return nil, err
	}
	if made["MediaBox"], err = f.base.copy(page.inherited["MediaBox"]); err != nil {
		return nil, err
	}
	resources, err := f.from.DereferenceDict(page.inherited["Resources"])
	if err != nil {
		return nil, err
	}
	fonts, err := f.base.copy(resources["Font"])
	if err != nil {
		return nil, err
	}
	holds := types.Dict{"Font": fonts}
	made["Resources"] = holds
	if paper.from == nil {
		return made, nil
	}
	if f.papers[paper.from] == nil {
		f.papers[paper.from] = newCopier(paper.from, &f.file)
		f.opened = append(f.opened, f.papers[paper.from])
	}
	form, err := f.papers[paper.from].copy(paper.form)
	holds["XObject"] = types.Dict{paperName: form}
	made["Group"] = types.Dict{"Type": types.Name("Group"), "S": types.Name("Transparency"), "CS": types.Name("DeviceRGB")}
	return made, err
}

// off are the layers of papers that stay hidden.
func (f *finished) off() types.Array {
	var off types.Array
	for _, c := range f.opened {
		off = append(off, c.off()...)
	}
	return off
}

// structure writes the tree of elements, and which element each piece of marked
// content belongs to (ISO 32000-1 § 14.7.4.4).
func (f *finished) structure(t *tags) types.IndirectRef {
	root := f.reserve()
	document := f.element(t.root, root)
	var nums types.Array
	for i := range f.pages {
		holders := types.Array(f.holder[i+1])
		nums = append(nums, types.Integer(i), f.add(holders))
	}
	for i, link := range f.links {
		nums = append(nums, types.Integer(len(f.pages)+i), link)
	}
	f.set(root, types.Dict{
		"Type": types.Name("StructTreeRoot"), "K": types.Array{document},
		"ParentTree": f.add(types.Dict{"Nums": nums}), "ParentTreeNextKey": types.Integer(len(f.pages) + len(f.links)),
	})
	return root
}

func (f *finished) element(e *element, parent types.IndirectRef) types.IndirectRef {
	ref := f.reserve()
	dict := types.Dict{"Type": types.Name("StructElem"), "S": types.Name(e.role), "P": parent}
	if e.attrs != nil {
		dict["A"] = e.attrs
	}
	if e.alt != "" {
		dict["Alt"] = words(e.alt)
	}
	var kids types.Array
	for _, kid := range e.kids {
		switch kid := kid.(type) {
		case *element:
			kids = append(kids, f.element(kid, ref))
		case piece:
			kids = append(kids, types.Dict{"Type": types.Name("MCR"), "Pg": f.refs[kid.page-1], "MCID": types.Integer(kid.id)})
			f.hold(kid, ref)
		case *anchor:
			kids = append(kids, types.Dict{"Type": types.Name("OBJR"), "Pg": f.refs[kid.page-1], "Obj": f.annotation(kid)})
			f.links = append(f.links, ref)
		}
	}
	dict["K"] = kids
	f.set(ref, dict)
	return ref
}

func (f *finished) hold(p piece, by types.IndirectRef) {
	for len(f.holder[p.page]) <= p.id {
		f.holder[p.page] = append(f.holder[p.page], nil)
	}
	f.holder[p.page][p.id] = by
}

// annotation puts a link on its page.
func (f *finished) annotation(a *anchor) types.IndirectRef {
	dict := types.Dict{
		"Type": types.Name("Annot"), "Subtype": types.Name("Link"), "Rect": box{a.x1, a.y1, a.x2, a.y2}.array(), "F": types.Integer(4),
		"Border": types.Array{types.Integer(0), types.Integer(0), types.Integer(0)}, "Contents": words(a.says),
		"StructParent": types.Integer(len(f.pages) + len(f.links)),
	}
	if a.to > 0 {
		dict["A"] = types.Dict{"S": types.Name("GoTo"), "D": types.Array{f.refs[a.to-1], types.Name("Fit")}}
	} else {
		dict["A"] = types.Dict{"S": types.Name("URI"), "URI": types.HexLiteral(fmt.Sprintf("%x", a.address))}
	}
	ref := f.add(dict)
	page := f.pages[a.page-1]
	annots, _ := page["Annots"].(types.Array)
	page["Annots"] = append(annots, ref)
	return ref
}

// outline writes the entries of both levels.
func (f *finished) outline(marks []mark) types.IndirectRef {
	root := f.reserve()
	refs := make([]types.IndirectRef, len(marks))
	entries := make([]types.Dict, len(marks))
	last := map[types.IndirectRef]int{}
	parents := map[types.IndirectRef]types.Dict{root: {"Type": types.Name("Outlines")}}
	first := -1
	for i, m := range marks {
		refs[i] = f.reserve()
		parent := root
		if m.under && first >= 0 {
			parent = refs[first]
		} else {
			first = i
		}
		entries[i] = types.Dict{"Title": words(m.title), "Parent": parent, "Dest": types.Array{
			f.refs[m.page-1], types.Name("XYZ"), types.Integer(0), number(m.y), nil,
		}}
		parents[refs[i]] = entries[i]
		above := parents[parent]
		if before, ok := last[parent]; ok {
			entries[before]["Next"], entries[i]["Prev"] = refs[i], refs[before]
		} else {
			above["First"] = refs[i]
		}
		last[parent], above["Last"] = i, refs[i]
		count, _ := above["Count"].(types.Integer)
		if parent == root {
			above["Count"] = count + 1
		} else {
			above["Count"] = count - 1 // closed
		}
	}
	for i, entry := range entries {
		f.set(refs[i], entry)
	}
	f.set(root, parents[root])
	return root
}

// fontNames are the fonts under the names that mark a subset (ISO 32000-1 § 9.6.4).
var fontNames = map[types.Object]types.Name{
	types.Name("utf8liberationsans"):  "SAMRAA+LiberationSans",
	types.Name("utf8liberationsansB"): "SAMRAB+LiberationSans-Bold",
	types.Name("utf8dejavusans"):      "SAMRAC+DejaVuSans",
}

func (f *finished) nameFonts() {
	for _, object := range f.objects {
		dict, ok := object.(types.Dict)
		if !ok {
			continue
		}
		for _, key := range []string{"BaseFont", "FontName"} {
			if name, ours := fontNames[dict[key]]; ours {
				dict[key] = name
			}
		}
	}
}

// xmp is the same again for those who read metadata (ISO 16684-1).
func (a about) xmp() []byte {
	var title, author bytes.Buffer
	_ = xml.EscapeText(&title, []byte(a.title))
	_ = xml.EscapeText(&author, []byte(a.author))
	at := a.made.UTC().Format(time.RFC3339)
	return fmt.Appendf(nil, `<?xpacket begin="`+"\ufeff"+`" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>%s</xmp:CreateDate><xmp:ModifyDate>%s</xmp:ModifyDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`, &title, &author, a.language, at, at)
}
