package forum

// DraftParagraph is one paragraph of a section with who wrote it.
type DraftParagraph struct {
	Text string
	By   []int // numbers of the versions that made it what it is, the last one first
}

// Authorship tells of each paragraph that a section's last version says, in which
// versions it was written. A paragraph that was written anew keeps those who wrote
// the one in whose place it stands.
func Authorship(versions []DraftVersion) []DraftParagraph {
	var now []DraftParagraph
	for _, v := range versions {
		now = v.over(now)
	}
	return now
}

// over is what a version makes of the paragraphs before it.
func (v DraftVersion) over(before []DraftParagraph) []DraftParagraph {
	texts := make([]string, len(before))
	for i, p := range before {
		texts[i] = p.Text
	}
	after := Paragraphs(v.Text)
	now := make([]DraftParagraph, 0, len(after))
	kept := places(texts, after)
	from := 0 // of before, behind the last one that was kept
	for i := 0; i <= len(before); i++ {
		if i < len(before) && kept[i] < 0 {
			continue
		}
		to := len(after)
		if i < len(before) {
			to = kept[i]
		}
		fresh := after[len(now):to]
		for at, text := range fresh {
			p := DraftParagraph{Text: text, By: []int{v.Number}}
			if len(fresh) == i-from {
				p.By = append(p.By, before[from+at].By...)
			}
			now = append(now, p)
		}
		if i < len(before) {
			now = append(now, before[i])
		}
		from = i + 1
	}
	return now
}
