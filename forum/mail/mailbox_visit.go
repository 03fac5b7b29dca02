package mail

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"net"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"

	"github.com/samraad/samraad/forum"
)

// mailboxVisit is one connection to a mailbox, with its folder open.
type mailboxVisit struct {
	*Mailbox
	client   *imapclient.Client
	changed  chan struct{}
	validity int64
	stop     func() bool
}

// connect signs in and opens the folder. The end of the context ends the connection.
func (b *Mailbox) connect(ctx context.Context) (*mailboxVisit, error) {
	v := &mailboxVisit{Mailbox: b, changed: make(chan struct{}, 1)}
	client, err := b.dial(&imapclient.UnilateralDataHandler{Mailbox: func(*imapclient.UnilateralDataMailbox) {
		select {
		case v.changed <- struct{}{}:
		default:
		}
	}})
	if err != nil {
		return nil, err
	}
	v.client = client
	v.stop = context.AfterFunc(ctx, func() { _ = client.Close() })
	if err := b.signIn(client); err != nil {
		v.close()
		return nil, err
	}
	opened, err := client.Select(b.At.Folder, nil).Wait()
	if err != nil {
		v.close()
		return nil, err
	}
	v.validity = int64(opened.UIDValidity)
	return v, nil
}

func (b *Mailbox) dial(handler *imapclient.UnilateralDataHandler) (*imapclient.Client, error) {
	options := &imapclient.Options{TLSConfig: b.TLS.Clone(), Dialer: &net.Dialer{Timeout: dialWithin}, UnilateralDataHandler: handler}
	if options.TLSConfig == nil {
		options.TLSConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	switch {
	case b.At.Clear:
		return imapclient.DialInsecure(b.At.Host, options)
	case b.At.Late:
		return imapclient.DialStartTLS(b.At.Host, options)
	}
	return imapclient.DialTLS(b.At.Host, options)
}

func (b *Mailbox) signIn(client *imapclient.Client) error {
	switch {
	case b.Tokens != nil:
		token, err := b.Tokens.token()
		if err != nil {
			return err
		}
		if err := client.Authenticate(&xoauth2{user: b.At.User, token: token}); err != nil {
			b.Tokens.forget()
			return err
		}
		return nil
	case b.Secret == nil:
		return errNoSecret
	}
	password, err := b.Secret()
	if err != nil {
		return err
	}
	if client.Caps().Has(imap.AuthCap(sasl.Plain)) {
		return client.Authenticate(sasl.NewPlainClient("", b.At.User, password))
	}
	return client.Login(b.At.User, password).Wait()
}

func (v *mailboxVisit) close() {
	v.stop()
	_ = v.client.Close() // nothing is lost with it
}

// look takes all mail that came since the last time, and then sees to it that what was taken looks so in the folder.
func (v *mailboxVisit) look(ctx context.Context, mark *forum.Mailbox) error {
	if mark.Validity != v.validity {
		mark.Number = 0
	}
	numbers, err := v.find(&imap.SearchCriteria{
		UID: []imap.UIDSet{{{Start: imap.UID(mark.Number + 1)}}},
		// Somebody else may have opened what is new. What is old and was opened was dealt with before we came.
		Or: [][2]imap.SearchCriteria{{{NotFlag: []imap.Flag{imap.FlagSeen}}, {SentSince: mark.Since}}},
	})
	if err != nil {
		return err
	}
	for _, number := range numbers {
		if int64(number) <= mark.Number {
			continue // "*" is the last one, also when that was taken (RFC 9051 § 6.4.9)
		}
		if err := v.takeOne(ctx, number); err != nil {
			return err
		}
		mark.Number = int64(number)
	}
	left, err := v.find(&imap.SearchCriteria{
		UID: []imap.UIDSet{{{Start: 1, Stop: imap.UID(max(mark.Number, 1))}}}, NotFlag: []imap.Flag{imap.FlagSeen, imap.FlagFlagged},
	})
	if err != nil || mark.Number == 0 || len(left) == 0 {
		return err
	}
	return v.clear(imap.UIDSetNum(left...))
}

// find lists the mails that are wanted, in the order in which they came.
func (v *mailboxVisit) find(wanted *imap.SearchCriteria) ([]imap.UID, error) {
	found, err := v.client.UIDSearch(wanted, nil).Wait()
	if err != nil {
		return nil, err
	}
	numbers := found.AllUIDs()
	slices.Sort(numbers)
	return numbers, nil
}

// takeOne takes one mail, and clears it away when that is committed. One that is too large, or for nobody, is flagged.
func (v *mailboxVisit) takeOne(ctx context.Context, number imap.UID) error {
	of := imap.UIDSetNum(number)
	sizes, err := v.client.Fetch(of, &imap.FetchOptions{UID: true, RFC822Size: true}).Collect()
	if err != nil || len(sizes) == 0 {
		return err // somebody has removed it meanwhile
	}
	outcome := TooLargeOutcome
	if sizes[0].RFC822Size <= cmp.Or(v.MaxBytes, defaultMaxBytes) {
		whole := &imap.FetchItemBodySection{Peek: true}
		mails, err := v.client.Fetch(of, &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{whole}}).Collect()
		if err != nil || len(mails) == 0 {
			return err
		}
		if outcome, err = v.take(ctx, v.validity, int64(number), mails[0].FindBodySection(whole)); err != nil {
			return err
		}
	} else if err := v.pass(ctx, v.validity, int64(number)); err != nil {
		return err
	}
	if v.Met != nil {
		v.Met(outcome)
	}
	if outcome == TakenOutcome {
		return v.clear(of)
	}
	v.Log.Warn("mail is left in the mailbox", "mailbox", v.At.Name(), "number", number, "why", outcome)
	return v.mark(of, imap.FlagFlagged)
}

// clear marks mail read, or moves it to where it is wanted.
func (v *mailboxVisit) clear(of imap.UIDSet) error {
	if err := v.mark(of, imap.FlagSeen); err != nil || v.Done == "" {
		return err
	}
	_, err := v.client.Move(of, v.Done).Wait()
	return err
}

func (v *mailboxVisit) mark(of imap.UIDSet, flag imap.Flag) error {
	return v.client.Store(of, &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{flag}}, nil).Close()
}

// await waits until the server says that something changed, or until it is time to look.
func (v *mailboxVisit) await(ctx context.Context, every time.Duration) error {
	if !v.client.Caps().Has(imap.CapIdle) {
		wait(ctx, every)
		return nil
	}
	if err := v.client.Noop().Wait(); err != nil { // what came since the look is told of now, if not later
		return err
	}
	idle, err := v.client.Idle()
	if err != nil {
		return err
	}
	timer := time.NewTimer(every)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-v.changed:
	case <-timer.C:
	case <-v.client.Closed():
	}
	return errors.Join(idle.Close(), idle.Wait())
}
