package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/emersion/go-msgauth/dkim"
	"golang.org/x/sync/errgroup"

	"github.com/samraad/samraad/forum/mail"
)

// signedRow is invitationRow with every mail signed. The other composes mails of the same parts and signs them with the same key,
// and neither keeps nor sends anything.
var signedRow = row{
	name: "signed", what: "1,000 invitations composed, DKIM-signed (RSA 2048) and handed to a sink, 8 connections", against: "composing and signing alone, in memory", goal: "≥ 0.4×",
	prepare: func(ctx context.Context, folder string) (*pair, error) {
		signer, _, err := mail.NewSigningKey(mail.RSAKey)
		if err != nil {
			return nil, err
		}
		domain := council[strings.IndexByte(council, '@')+1:]
		key := mail.SigningKey{Domain: domain, Selector: "bench", Signer: signer}
		s, err := newDrain()
		if err != nil {
			return nil, err
		}
		ours, err := callMany(ctx, filepath.Join(folder, "house"), s, mail.SigningKeys{domain: {key}})
		if err != nil {
			return nil, errors.Join(err, s.close())
		}
		return &pair{ours: ours.call, other: func(ctx context.Context) (float64, error) { return alone(ctx, key) }, close: func() error { return errors.Join(ours.close(), s.close()) }}, nil
	},
}

// alone composes as many mails and signs them, 8 at a time.
func alone(ctx context.Context, key mail.SigningKey) (float64, error) {
	options := &dkim.SignOptions{
		Domain: key.Domain, Selector: key.Selector, Signer: key.Signer,
		HeaderCanonicalization: dkim.CanonicalizationRelaxed, BodyCanonicalization: dkim.CanonicalizationRelaxed,
	}
	start := time.Now()
	group, _ := errgroup.WithContext(ctx)
	for c := range connections {
		group.Go(func() error {
			for i := c; i < invited; i += connections {
				m, err := plain(i)
				if err != nil {
					return err
				}
				var raw bytes.Buffer
				if _, err := m.WriteTo(&raw); err != nil {
					return err
				}
				if err := dkim.Sign(io.Discard, &raw, options); err != nil {
					return err
				}
			}
			return nil
		})
	}
	err := group.Wait()
	return rate(invited, start), err
}
