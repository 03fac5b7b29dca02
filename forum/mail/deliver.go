package mail

import (
	"context"
	"slices"

	"github.com/samraad/samraad/forum"
)

// Deliver commits a mail that came by another way than SMTP for the recipients given, else for those forums whose addresses
// the mail itself names: in Delivered-To or X-Original-To, else in To and Cc. It answers whom it was accepted for; Invalid
// when there is nobody, or when one given is no forum's, and then for none.
func Deliver(ctx context.Context, keeper forum.Keeper, raw []byte, to []string, peer string, trusted bool) (accepted []string, err error) {
	err = keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
		accepted, err = deliver(ctx, tx, raw, to, peer, trusted)
		return err
	})
	if err != nil {
		return nil, err
	}
	return accepted, nil
}

// deliver is Deliver in a transaction.
func deliver(ctx context.Context, tx forum.Tx, raw []byte, to []string, peer string, trusted bool) ([]string, error) {
	fields, _, ok := readHeader(raw)
	if !ok {
		return nil, forum.Refuse(forum.Invalid, "mail.deliver.empty")
	}
	accepted, err := recipients(ctx, tx, to, fields)
	if err != nil {
		return nil, err
	}
	return accepted, keep(ctx, tx, raw, fields, accepted, peer, trusted)
}

// keep commits a mail that did not come by SMTP for recipients.
func keep(ctx context.Context, tx forum.Tx, raw []byte, fields header, to []string, peer string, trusted bool) error {
	mail := forum.Incoming{Envelope: pipedEnvelope(fields), Peer: peer, Trusted: trusted}
	return acceptAll(ctx, tx, mail, to, raw)
}

// pipedEnvelope is the sender that the last relay noted, else the author: without a note nothing tells that it was empty.
func pipedEnvelope(fields header) string {
	if path, isNoted := returnPath(fields); isNoted {
		return cutBytes(repair(path), 1000)
	}
	if authors, _ := fields.addresses("from"); len(authors) > 0 {
		return cutBytes(authors[0].Address, 1000)
	}
	return "unknown"
}

func recipients(ctx context.Context, tx forum.Tx, given []string, fields header) ([]string, error) {
	var found []string
	for _, address := range given {
		clean, err := forum.CleanAddress(address)
		if err != nil {
			return nil, err
		}
		ours, err := isForums(ctx, tx, clean)
		if err != nil {
			return nil, err
		}
		if !ours {
			return nil, forum.Refuse(forum.Invalid, "mail.deliver.unknown_recipient", "Given", clean)
		}
		if !slices.Contains(found, clean) {
			found = append(found, clean)
		}
	}
	if len(found) > 0 {
		return found, nil
	}
	for _, names := range [][]string{{"delivered-to", "x-original-to"}, {"to", "cc"}} {
		found, err := named(ctx, tx, fields, names)
		if err != nil || len(found) > 0 {
			return found, err
		}
	}
	return nil, forum.Refuse(forum.Invalid, "mail.deliver.no_recipient")
}

// named are the addresses of forums in some fields, each once, at most as many as SMTP takes.
func named(ctx context.Context, tx forum.Tx, fields header, names []string) ([]string, error) {
	var found []string
	for _, name := range names {
		addresses, _ := fields.addresses(name)
		for _, a := range addresses {
			if slices.Contains(found, a.Address) || len(found) == mostRecipients {
				continue
			}
			ours, err := isForums(ctx, tx, a.Address)
			if err != nil {
				return nil, err
			}
			if ours {
				found = append(found, a.Address)
			}
		}
	}
	return found, nil
}

func isForums(ctx context.Context, tx forum.Tx, address string) (bool, error) {
	_, _, err := forum.ForumAt(ctx, tx, address)
	if forum.IsKind(err, forum.NotFound) {
		return false, nil
	}
	return err == nil, err
}
