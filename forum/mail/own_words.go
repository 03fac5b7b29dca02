package mail

import (
	"slices"
	"strings"
)

// maxLines is how long a text may be to be judged; what is longer is kept whole.
const maxLines = 20_000

// OwnWords returns what the author of a mail wrote, without the history that mail programs put below or above it, without a signature after "-- " and without the line that names the device.
// Where it is not sure what is whose, it keeps everything: an author's own words are never cut. isForward tells that the subject says the mail is passed on; then what is passed on stays.
// hasHistory tells whether something was recognised as the history of a conversation.
func OwnWords(text string, isForward bool) (own string, hasHistory bool) {
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\ufeff", "").Replace(text), "\n")
	whole := trimBlank(lines)
	if len(whole) > maxLines {
		return strings.Join(whole, "\n"), false
	}
	blocks := split(whole, isForward)
	kept, hasHistory := chosen(blocks)
	isAboveHistory := kept != nil && !blocks[0].isHistory
	if kept == nil {
		kept = whole
	}
	return strings.Join(withoutEnding(kept, isAboveHistory), "\n"), hasHistory
}

// block is a run of lines that is either the author's or history.
type block struct {
	lines     []string
	isHistory bool
}

// split divides a text into the author's blocks and those of history.
func split(lines []string, isForward bool) []block {
	var blocks []block
	begin := 0
	for i := 0; i < len(lines); {
		if forwardBelow.MatchString(plainLine(lines[i])) {
			break
		}
		length := historyAt(lines, i, isForward)
		if length == 0 {
			i++
			continue
		}
		if own := trimBlank(lines[begin:i]); len(own) > 0 {
			blocks = append(blocks, block{lines: own})
		}
		blocks = append(blocks, block{lines: lines[i : i+length], isHistory: true})
		i += length
		begin = i
	}
	if own := trimBlank(lines[begin:]); len(own) > 0 {
		blocks = append(blocks, block{lines: own})
	}
	return blocks
}

// chosen joins what is the author's: words above a history, or words below one. nil means everything: there is no history, there is nothing else, or answers stand between the quoted lines.
func chosen(blocks []block) (own []string, hasHistory bool) {
	histories := 0
	for _, b := range blocks {
		if b.isHistory {
			histories++
		}
	}
	switch {
	case histories == 0 || len(blocks) == 1:
		return nil, false
	case histories == 1 && len(blocks) == 2 && blocks[0].isHistory:
		if slices.ContainsFunc(blocks[1].lines, isQuoted) {
			return nil, true
		}
		return blocks[1].lines, true
	case histories == 1 && len(blocks) == 2:
		return blocks[0].lines, true
	case histories == 1 && len(blocks) == 3 && isSignature(blocks[2].lines):
		return blocks[0].lines, true
	}
	return nil, true
}

// historyAt tells how many lines from the i-th one on are history; 0 if none.
func historyAt(lines []string, i int, isForward bool) int {
	rest := lines[i:]
	if isQuoted(rest[0]) {
		return quotedHistory(rest)
	}
	if strings.TrimSpace(rest[0]) == "" {
		return 0
	}
	if length, isSure := attributionAt(lines, i); length > 0 {
		if quoted := quotedAfter(rest, length); quoted > 0 {
			return quoted
		}
		if isSure && !isForward {
			return len(rest)
		}
		return 0
	}
	if isForward {
		return 0
	}
	if originalBelow.MatchString(plainLine(rest[0])) {
		return len(rest)
	}
	head := 0
	for head < len(rest) && head < 4 && (ruledLine.MatchString(plainLine(rest[head])) || strings.TrimSpace(rest[head]) == "") {
		head++
	}
	if head < len(rest) && headBlock(rest[head:]) {
		return len(rest)
	}
	return 0
}

// attributionAt tells how many lines (three at most) from the i-th one on are an attribution: up to the first colon that ends one, else the fewest. Of two that end in the same line the
// later one counts, so that the author's last line is not drawn in.
func attributionAt(lines []string, i int) (length int, isSure bool) {
	hinted := false
	for n := 1; n <= 3 && i+n <= len(lines); n++ {
		if strings.TrimSpace(lines[i+n-1]) == "" || isQuoted(lines[i+n-1]) {
			break
		}
		line := plainLine(lines[i+n-1])
		if hinted = hinted || hintsAtWriter(line); !hinted {
			if strings.HasSuffix(line, ":") {
				break
			}
			continue
		}
		text := joined(lines[i : i+n])
		is, sure := attribution(text)
		for later := i + 1; is && later < i+n; later++ {
			if shorter, _ := attribution(joined(lines[later : i+n])); shorter {
				is = false
			}
		}
		if is && (length == 0 || strings.HasSuffix(text, ":")) {
			length, isSure = n, sure
		}
		if strings.HasSuffix(text, ":") {
			break
		}
	}
	return length, isSure
}

func joined(lines []string) string {
	var parts []string
	for _, line := range lines {
		parts = append(parts, plainLine(line))
	}
	return strings.Replace(strings.Join(parts, " "), "< ", "<", 1)
}

// quotedAfter tells how many lines an attribution of n lines and the quoted lines under it have together; 0 if no quoted lines follow.
func quotedAfter(lines []string, n int) int {
	at := n
	for at < len(lines) && at < n+3 && strings.TrimSpace(lines[at]) == "" {
		at++
	}
	if at >= len(lines) || !isQuoted(lines[at]) && !isBarred(lines[at]) {
		return 0
	}
	sign := isQuoted
	if isBarred(lines[at]) {
		sign = isBarred
	}
	return lastQuoted(lines, at, sign)
}

// quotedHistory judges quoted lines with nothing above them that tells whose they are: history if the attribution is quoted with them, else perhaps something that the author cites.
func quotedHistory(lines []string) int {
	end := lastQuoted(lines, 0, isQuoted)
	var inner []string
	for _, line := range lines[:min(end, 4)] {
		inner = append(inner, strings.TrimPrefix(strings.TrimLeft(line, "> "), " "))
	}
	for i := range inner {
		if forwardBelow.MatchString(plainLine(inner[i])) {
			return 0
		}
		if length, isSure := attributionAt(inner, i); length > 0 && isSure || originalBelow.MatchString(plainLine(inner[i])) {
			return end
		}
	}
	return 0
}

// lastQuoted returns the end of the run of quoted lines, with blank lines between them, that begins at the line from.
func lastQuoted(lines []string, from int, isSign func(string) bool) int {
	end := from
	for i := from; i < len(lines); i++ {
		if isSign(lines[i]) {
			end = i + 1
		} else if strings.TrimSpace(lines[i]) != "" {
			break
		}
	}
	return end
}

func isQuoted(line string) bool {
	return strings.HasPrefix(line, ">")
}

func isBarred(line string) bool {
	return strings.HasPrefix(line, "|")
}

// withoutEnding takes the signature after "-- " (RFC 3676 section 4.3) and the line that names a device off the end of the author's words, if any words are left. A delimiter that lost its
// space counts only when history follows, since authors draw such lines as well.
func withoutEnding(lines []string, isAboveHistory bool) []string {
	rest := trimBlank(lines)
	for i := len(rest) - 1; i > 0 && i >= len(rest)-15; i-- {
		isDelimiter := rest[i] == "-- " || isAboveHistory && dashes.MatchString(rest[i]) && len(rest)-i <= 8
		if isDelimiter && isSignature(rest[i:]) {
			rest = trimBlank(rest[:i])
			break
		}
	}
	if last := len(rest) - 1; last > 0 && ownDevice.MatchString(plainLine(rest[last])) {
		rest = trimBlank(rest[:last])
	}
	if len(rest) == 0 {
		return trimBlank(lines)
	}
	return rest
}

// isSignature tells whether lines are nothing but a signature under its delimiter.
func isSignature(lines []string) bool {
	if len(lines) == 0 || len(lines) > 15 || !dashes.MatchString(lines[0]) {
		return false
	}
	for _, line := range lines {
		if len(line) > 250 {
			return false
		}
	}
	return true
}

func trimBlank(lines []string) []string {
	for len(lines) > 0 && strings.TrimSpace(lines[0]) == "" {
		lines = lines[1:]
	}
	for len(lines) > 0 && strings.TrimSpace(lines[len(lines)-1]) == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}
