package mail

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
)

// tnefAnswers are the classes of Outlook's answers to invitations (MS-OXOCAL section 2.2.8), and what they say.
var tnefAnswers = map[string]string{
	"IPM.SCHEDULE.MEETING.RESP.POS": "ACCEPTED", "IPM.SCHEDULE.MEETING.RESP.NEG": "DECLINED", "IPM.SCHEDULE.MEETING.RESP.TENT": "TENTATIVE",
	"IPM.MICROSOFT SCHEDULE.MTGRESPP": "ACCEPTED", "IPM.MICROSOFT SCHEDULE.MTGRESPN": "DECLINED", "IPM.MICROSOFT SCHEDULE.MTGRESPA": "TENTATIVE",
}

// answer is an answer to an invitation as a calendar object, with what the stream tells of it; "" when the message is none. It does not tell who answers: that is the mail's author.
func (t *tnef) answer(author string) string {
	says, isAnswer := tnefAnswers[strings.ToUpper(t.class)]
	uid := t.meetingUID()
	if !isAnswer || uid == "" {
		return ""
	}
	method, start, end := "REPLY", t.props.instant(lidStart), t.props.instant(lidEnd)
	if proposed := t.props.instant(lidProposedStart); t.props.number(lidIsProposal)&0xff == 1 && !proposed.IsZero() {
		method, start, end = "COUNTER", proposed, t.props.instant(lidProposedEnd)
	}
	lines := []string{"BEGIN:VCALENDAR", "VERSION:2.0", "METHOD:" + method, "BEGIN:VEVENT", "UID:" + uid, fmt.Sprintf("SEQUENCE:%d", t.props.number(lidSequence))}
	for _, at := range []struct {
		name string
		time time.Time
	}{{"DTSTAMP", t.props.instant(lidCriticalChange)}, {"DTSTART", start}, {"DTEND", end}} {
		if !at.time.IsZero() {
			lines = append(lines, at.name+":"+at.time.Format("20060102T150405Z"))
		}
	}
	lines = append(lines, "ATTENDEE;PARTSTAT="+says+":mailto:"+author, "END:VEVENT", "END:VCALENDAR", "")
	return strings.Join(lines, "\r\n")
}

// foreignUID stands before the UID of a meeting that did not begin in Outlook (MS-OXCICAL section 2.1.3.1.1.20.26).
var foreignUID = []byte("vCal-Uid\x01\x00\x00\x00")

// meetingUID is the UID of the meeting that is answered, on one line.
func (t *tnef) meetingUID() string {
	found := t.props.named(lidCleanGlobalID)
	if found == nil {
		found = t.props.named(lidGlobalID)
	}
	if found == nil || len(found.value) > 4000 {
		return ""
	}
	if _, uid, isForeign := bytes.Cut(found.value, foreignUID); isForeign {
		return plainWord(cString(uid))
	}
	return strings.ToUpper(hex.EncodeToString(found.value))
}
