package mail

import (
	"regexp"
	"strings"
)

var (
	daemonAddress = regexp.MustCompile(`(?i)^(mailer[-_]?daemon|post[-_]?master|mail[-_]?daemon|mdaemon|mail[-_]?delivery|mail[-_]?admin|mailadm|sysadmin|noreply-?mailer|bounces?|microsoftexchange[0-9a-f]*)@`)
	daemonName    = regexp.MustCompile(`(?i)mail delivery|mail administrator|mailer[- ]daemon|e-?mail system|mail system|system administrator|systemadministrator|postmaster|microsoft outlook|e-postsystem`)
	failSubject   = regexp.MustCompile(`(?i)undeliver|non[- ]?delivery|delivery (status notification|failure|has failed|report|problem|error)|delivery.*fail|fail.*deliver|returned (mail|to sender)|failure notice|failed mail|failure delivery|message (status|delivery)|status of your|invalid address|user unknown|unknown (address|user|recipient)|^\[?bounce|error sending your mail|mail (could not|system error)|notice: mail|host unknown|` +
		`returning message|mail system error|could not send|(ikke|ikkje) lever|uleverbar|ulever(t|ert)|lever(ing|ingen) mislyk|leverings?feil|feil ved levering|mislykk?(et|a) levering|mislukka levering|kunne (ikke|ikkje) (sende|lever)|` +
		`kan (ikke|ikkje) lever|(ikke|ikkje) levert|retur til avsender|retur(nert)? (e-?post|melding|mail)|meldingen kunne|olevererbar|kunde inte levereras|kan inte levereras|ikke leveret|leveringsrapport`)
	delaySubject = regexp.MustCompile(`(?i)delay|warning: (could not|message still|message)|temporarily suspended|still being retried|forsink|fördröj|utsatt|ventar på levering|venter på levering`)
	failText     = regexp.MustCompile(`(?i)permanent (error|fail|fatal)|failed permanently|delivery (to the following|has failed|failed)|could ?n[o']t be delivered|was ?n[o']t delivered|was not delivered|not able to deliver|wasn't able to deliver|` +
		`unable to deliver|did not reach|undeliverable|giv(en|ing) up|unknown (user|recipient)|user unknown|recipient (address )?rejected|mailbox (unavailable|is full|full|not found)|no such user|does not exist|address rejected|` +
		`wasn.t found|could(n.t| not) be found|rejected your message|(ikke|ikkje) (bli |ble |vart )?lever|kunne (ikke|ikkje) (bli )?lever|mottak(er|ar)en? (finnes|finst|ble|vart) (ikke|ikkje)|ukjent (mottaker|mottakar|bruker|brukar)|` +
		`finnes ikke|finst ikkje|postboks(en)? er full|avvist|kunde inte levereras|finns inte`)
	delayText = regexp.MustCompile(`(?i)will (keep|continue) (on )?trying|will be (retried|attempted)|continue to (try|attempt)|is still (awaiting|being|undelivered|trying)|has been delayed|has not yet been delivered|no action is required|` +
		`do not need to resend|you do not have to resend|not need to resend|fortsetter å (prøve|forsøke)|held fram med å (prøve|freiste)|prøver igjen|prøver på nytt|blir forsøkt (på nytt|igjen)|er forsinket|er forseinka|er forsinka|` +
		`fortsätter att försöka|trenger ikke (å )?sende|treng ikkje (å )?sende`)
	// Below such a line stands the mail that came back, not what the mail system says.
	returnedBelow = regexp.MustCompile(`(?im)^[>\s*-]*(original message headers|original message|begin original message|below this line is a copy|the original message follows|this is a copy of (the|your) message|returned message|message header follows|` +
		`unsent message (below|follows)|original message follows|opprinnelig(e)? melding|opprinneleg(e)? melding|opprinnelige meldingshoder|opprinnelege meldingshovud|original(a)? meddeland|included is a copy of|message headers follow|------ this is a copy).*$`)
	soleAddress   = regexp.MustCompile(`(?m)^[\s>*]*(?:\.\.\.\s*while talking to\s+\S+\s*)?<?([^\s<>()\[\],;:"']+@[\pL\pN-]+\.[\pL\pN._-]*[\pL\pN])>?(?:<mailto:[^>\s]*>)?\s*(?::|$|\(|\.\.\.| on | \x{2013} | - )`)
	namedAddress  = regexp.MustCompile(`(?m)^[^\n<]{0,100}<mailto:([^>\s]+@[^>\s]+)>`)
	labelled      = regexp.MustCompile(`(?im)^\s*(?:recipient|recipient address|final-recipient|mottaker|mottakar|mottagare|modtager|to address|address|e-postadresse|failed recipient)\s*:\s*(?:rfc822;)?\s*<?([^\s<>,;]+@[^\s<>,;]+)`)
	inSentence    = regexp.MustCompile(`(?is)(?:deliver\w*|sent|send\w*|lever\w*|reach\w*|recipients?|mottak\w+|til|to)\W+(?:\w+\W+){0,4}?<?([^\s<>()\[\],;:"']+@[\pL\pN-]+\.[\pL\pN._-]*[\pL\pN])`)
	answerSubject = regexp.MustCompile(`(?i)^\s*(re|sv|vs|fwd?|videresendt?|vb)\s*:`)
	smtpAnswer    = regexp.MustCompile(`\b[45]\d\d[- ]#?[45]\.\d{1,3}\.\d{1,3}\b`)
	smtpCode      = regexp.MustCompile(`(?:^|[\s#"'(:])([45])\d\d[ -]`)
)

// isDaemon tells whether the author is a mail system, not a person.
func isDaemon(h header) bool {
	from, _ := h.addresses("from")
	for _, a := range from {
		if daemonAddress.MatchString(a.Address) || daemonName.MatchString(a.Name) {
			return true
		}
	}
	path, _ := returnPath(h)
	return daemonAddress.MatchString(path + "@")
}

// readBounceText recognises a delivery report written for people only; nil if it is none. From a mail system, a subject or a text that says so is enough. Mail with an empty return path may as
// well be a person's automatic answer, and must say so in its subject; from anybody else the subject, the text and what the refusing system answered must say so together.
func readBounceText(h header, text string) *Bounce {
	failed := strings.ToLower(decodeWords(h.get("x-failed-recipients")))
	subject := h.text("subject")
	path, isNoted := returnPath(h)
	says := failSubject.MatchString(subject)
	isDelay := delaySubject.MatchString(subject)
	isFailure := says && !isDelay
	fromDaemon := isDaemon(h)
	if !says && !isDelay && !fromDaemon && failed == "" {
		return nil // as nearly all mail, of which the text need not be searched
	}
	told := cutBytes(text, 64<<10)
	returned := returnedBelow.FindStringIndex(told)
	if returned != nil {
		told = told[:returned[0]]
	}
	switch {
	case awaySubject.MatchString(subject) || answerSubject.MatchString(subject) && failed == "":
		return nil
	case fromDaemon:
		isDelay = isDelay || !says && delayText.MatchString(told)
		isFailure = isFailure || failed != "" || failText.MatchString(told)
	case failed != "":
		isFailure = true
	case isNoted && path == "":
		isDelay = isDelay && delayText.MatchString(told)
	default:
		isDelay = false
		isFailure = isFailure && failText.MatchString(told) && (returned != nil || smtpAnswer.MatchString(told)) && !h.has("in-reply-to") && !h.has("references")
	}
	if !isDelay && !isFailure {
		return nil
	}
	var all []FailedRecipient
	for _, address := range failedAddresses(failed, told, h) {
		all = append(all, FailedRecipient{Recipient: address, Status: statusNear(told, address), Final: !isDelay})
	}
	if len(all) == 0 {
		all = []FailedRecipient{{Status: textStatus(told), Final: !isDelay}}
	}
	for i := range all {
		if all[i].Status == "" {
			all[i].Status = map[bool]string{true: "5.0.0", false: "4.0.0"}[all[i].Final] // RFC 3463 section 3.1: other undefined status
		}
	}
	return Bounce{All: all}.summed()
}

// failedAddresses finds the addresses that a mail system speaks of, from the surest place to the least sure one. The address that got the report is not among them.
func failedAddresses(failed, told string, h header) []string {
	if found := bareAddress.FindAllString(failed, maxParts); found != nil {
		return found
	}
	receivers, _ := h.addresses("to")
	for _, pattern := range []*regexp.Regexp{soleAddress, namedAddress, labelled, inSentence} {
		var list []string
		seen := map[string]bool{}
		for _, a := range receivers {
			seen[a.Address] = true
		}
		for _, found := range pattern.FindAllStringSubmatch(told, maxParts) {
			address := strings.ToLower(strings.TrimSuffix(found[1], "."))
			if !seen[address] && !daemonAddress.MatchString(address) {
				seen[address] = true
				list = append(list, address)
			}
		}
		if len(list) > 0 {
			return list
		}
	}
	return nil
}

// statusNear returns the status code that follows the address soonest, else the first in the text.
func statusNear(told, address string) string {
	if _, after, found := strings.Cut(strings.ToLower(told), address); found {
		if status := firstStatus(after); status != "" {
			return status
		}
	}
	return textStatus(told)
}

func textStatus(told string) string {
	if status := firstStatus(told); status != "" {
		return status
	}
	if code := smtpCode.FindStringSubmatch(told); code != nil {
		return code[1] + ".0.0"
	}
	return ""
}
