package mail

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/samraad/samraad/forum"
)

const (
	defaultEvery = time.Minute
	firstPause   = 5 * time.Second
	longestPause = 5 * time.Minute
	dialWithin   = 30 * time.Second
)

// MailboxAddress is where a mailbox is read by IMAP (RFC 9051): imaps://USER@HOST[:PORT][/FOLDER], or imap:// for TLS that
// begins later.
type MailboxAddress struct {
	User, Host, Folder string
	Late               bool // TLS by STARTTLS
	Clear              bool // no TLS, which is for this machine only
}

// ReadMailboxAddress reads one; Invalid when it is none, or holds a password, which has no place in what others may see.
func ReadMailboxAddress(text string) (MailboxAddress, error) {
	const allowed = "imaps://USER@HOST/INBOX, imap://USER@HOST:143/INBOX"
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" || u.User.Username() == "" || u.Scheme != "imap" && u.Scheme != "imaps" {
		return MailboxAddress{}, forum.Refuse(forum.Invalid, "mail.mailbox.address", "Allowed", allowed)
	}
	if _, has := u.User.Password(); has {
		return MailboxAddress{}, forum.Refuse(forum.Invalid, "mail.mailbox.password")
	}
	port := cmp.Or(u.Port(), map[string]string{"imap": "143", "imaps": "993"}[u.Scheme])
	a := MailboxAddress{User: u.User.Username(), Host: net.JoinHostPort(u.Hostname(), port), Folder: cmp.Or(strings.Trim(u.Path, "/"), "INBOX")}
	a.Clear = u.Scheme == "imap" && isThisMachine(u.Hostname())
	a.Late = u.Scheme == "imap" && !a.Clear
	return a, nil
}

// Name is what the mailbox is called where it is kept how far it was read.
func (a MailboxAddress) Name() string { return a.User + "@" + a.Host + "/" + a.Folder }

// Outcome is what became of one mail in a mailbox.
type Outcome string

// The outcomes. What is for nobody or too large stays there, flagged.
const (
	TakenOutcome    Outcome = "taken"
	NobodyOutcome   Outcome = "nobody"
	TooLargeOutcome Outcome = "too-large"
)

// Mailbox takes the mail of one folder at a provider into the mailroom, in the order in which it came there. Keeper, At,
// Holder, Log and one of Secret and Tokens must be given.
type Mailbox struct {
	Keeper   forum.Keeper
	At       MailboxAddress
	Secret   func() (string, error) // the password
	Tokens   *OAuth                 // in place of one
	TLS      *tls.Config            // nil is that of the system
	Holder   string                 // lasting name of this process: one reads at a time
	Done     string                 // folder to which mail goes that was taken; "" leaves it and marks it read
	MaxBytes int64                  // of one mail; 0 is 25 MiB
	Every    time.Duration          // how often it is looked at where the server does not call; 0 is a minute
	Pause    time.Duration          // before the first try again after trouble, each further one is twice as long; 0 is 5 s
	Wake     func()                 // called when mail was taken, nil for nobody
	Looked   func(error)            // called after each look, for metrics; nil for nobody
	Met      func(Outcome)          // called for each mail, likewise
	Log      *slog.Logger
}

// Run reads the mailbox until the context ends. Trouble is tried again, ever more seldom.
func (b *Mailbox) Run(ctx context.Context) {
	defer b.leave(ctx)
	first := cmp.Or(b.Pause, firstPause)
	pause := first
	for ctx.Err() == nil {
		looked, err := b.visit(ctx, true)
		if looked {
			pause = first
		}
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			b.Log.Warn("mailbox cannot be read", "mailbox", b.At.Name(), "again_in", pause.String(), "error", err)
		}
		wait(ctx, pause/2+rand.N(pause)) // so that many do not come back at once
		pause = min(2*pause, longestPause)
	}
}

// Look takes the mail that is in the mailbox now.
func (b *Mailbox) Look(ctx context.Context) error {
	_, err := b.visit(ctx, false)
	return err
}

// visit reads the mailbox once, and if it is to stay goes on until there is trouble. looked tells whether all went well at
// least once.
func (b *Mailbox) visit(ctx context.Context, stay bool) (looked bool, err error) {
	defer func() {
		if err != nil {
			b.tell(err)
		}
	}()
	var v *mailboxVisit
	defer func() {
		if v != nil {
			v.close()
		}
	}()
	for {
		mark, held, err := b.hold(ctx)
		if err != nil {
			return looked, err
		}
		switch {
		case !held && v != nil:
			return looked, nil
		case held && v == nil:
			if v, err = b.connect(ctx); err != nil {
				return looked, err
			}
		}
		if held {
			if err := v.look(ctx, mark); err != nil {
				return looked, err
			}
			b.tell(nil)
			looked = true
		}
		if !stay {
			return looked, nil
		}
		if err := b.await(ctx, v); err != nil || ctx.Err() != nil {
			return looked, err
		}
	}
}

// await waits until there may be something new.
func (b *Mailbox) await(ctx context.Context, v *mailboxVisit) error {
	if v == nil {
		wait(ctx, b.every())
		return nil
	}
	return v.await(ctx, b.every())
}

func (b *Mailbox) every() time.Duration { return cmp.Or(b.Every, defaultEvery) }

func (b *Mailbox) tell(err error) {
	if b.Looked != nil {
		b.Looked(err)
	}
}

// hold keeps the mailbox this process's until well after the next look.
func (b *Mailbox) hold(ctx context.Context) (mark *forum.Mailbox, held bool, err error) {
	err = b.Keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
		mark, held, err = forum.HoldMailbox(ctx, tx, b.At.Name(), b.Holder, 3*b.every()+dialWithin)
		return err
	})
	return mark, held, err
}

// leave lets another process have the mailbox when this one ends.
func (b *Mailbox) leave(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), commitWithin)
	defer cancel()
	err := b.Keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
		return forum.LeaveMailbox(ctx, tx, b.At.Name(), b.Holder)
	})
	if err != nil && !forum.IsKind(err, forum.NotFound) {
		b.Log.Warn("mailbox not left", "mailbox", b.At.Name(), "error", err)
	}
}

// take commits one mail with how far the mailbox was read. What is no mail is passed by.
func (b *Mailbox) take(ctx context.Context, validity, number int64, raw []byte) (Outcome, error) {
	outcome := TakenOutcome
	fields, _, isMail := readHeader(raw)
	to, err := b.recipients(ctx, raw, fields)
	if err != nil {
		return outcome, err
	}
	if !isMail || len(to) == 0 {
		return NobodyOutcome, b.pass(ctx, validity, number)
	}
	err = b.Keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
		fresh, err := forum.PassInMailbox(ctx, tx, b.At.Name(), b.Holder, validity, number)
		if err != nil || !fresh {
			return err
		}
		return keep(ctx, tx, raw, fields, to, "imap", true)
	})
	if err == nil && b.Wake != nil {
		b.Wake()
	}
	return outcome, err
}

// recipients are the forums that a mail names, else the one that it must be for: some providers take the tag out of an address,
// and some writers write to the mailbox itself. None when there is no forum.
func (b *Mailbox) recipients(ctx context.Context, raw []byte, fields header) (to []string, err error) {
	var m *Message
	find := func(ctx context.Context, tx forum.Tx) error {
		if m == nil {
			to, err = recipients(ctx, tx, nil, fields)
			return err
		}
		stray, err := strayTo(ctx, tx, m)
		to = []string{stray}
		return err
	}
	if err = b.Keeper.Read(ctx, find); forum.IsKind(err, forum.Invalid) {
		m = Understand(raw, nil) // outside of any transaction
		err = b.Keeper.Read(ctx, find)
	}
	if forum.IsKind(err, forum.Invalid) {
		return nil, nil
	}
	return to, err
}

// pass notes that a mail is left where it is.
func (b *Mailbox) pass(ctx context.Context, validity, number int64) error {
	return b.Keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
		_, err := forum.PassInMailbox(ctx, tx, b.At.Name(), b.Holder, validity, number)
		return err
	})
}

// wait lets time pass, or the context end.
func wait(ctx context.Context, long time.Duration) {
	timer := time.NewTimer(long)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

var errNoSecret = errors.New("neither a password nor a token endpoint is set")
