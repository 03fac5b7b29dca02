package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/files"
	"github.com/samraad/samraad/forum/jobs"
	"github.com/samraad/samraad/forum/store"
	governed "github.com/samraad/samraad/governance/store"
	"github.com/samraad/samraad/policies"
)

// parts are what most subcommands work with.
type parts struct {
	policy *policies.Table
	db     *store.DB
	keeper forum.Keeper // of the forum and of what it governs
	files  *files.Folder
}

// open proves the policy and opens database and files; nothing starts on a
// policy that is not equal.
func (s *Settings) open(ctx context.Context) (*parts, error) {
	policy, err := s.provenPolicy()
	if err != nil {
		return nil, err
	}
	db, err := store.Open(ctx, s.DB, store.Options{Clock: s.clock, Policy: policy, Queueing: jobs.Queueing, Tables: governed.Tables, Log: s.log})
	if err != nil {
		return nil, err
	}
	papers, err := files.Open(filepath.Join(s.Var, "papers"))
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &parts{policy, db, governed.Keeper{DB: db}, papers}, nil
}

// openReady is open for a database whose schema is this binary's already.
func (s *Settings) openReady(ctx context.Context) (*parts, error) {
	p, err := s.open(ctx)
	if err != nil {
		return nil, err
	}
	if err := p.db.Ready(ctx); err != nil {
		return nil, errors.Join(err, p.close())
	}
	return p, nil
}

func (p *parts) close() error { return errors.Join(p.db.Close(), p.files.Close()) }

// readPolicy is the policy that the options name.
func (s *Settings) readPolicy() (*policies.Table, error) {
	if s.Policy == "" {
		return policies.Default()
	}
	content, err := os.ReadFile(s.Policy)
	if err != nil {
		return nil, forum.Refuse(forum.NotFound, "error.file.missing", "Given", s.Policy).Because(err)
	}
	return policies.Parse(s.Policy, content)
}

// provenPolicy is that policy, if the proof of equal rights holds.
func (s *Settings) provenPolicy() (*policies.Table, error) {
	policy, err := s.readPolicy()
	if err != nil {
		return nil, err
	}
	if err := policy.Prove().Err(); err != nil {
		return nil, forum.Refuse(forum.Invalid, "error.policy.unequal").Because(err)
	}
	return policy, nil
}

// exceptions lists what mandates in force state against the policy.
func exceptions(ctx context.Context, keeper forum.Keeper) ([]exception, error) {
	var found []exception
	err := keeper.Read(ctx, func(ctx context.Context, tx forum.Tx) error {
		mandates, err := tx.Mandates(ctx, forum.DateOf(tx.Now()))
		if err != nil {
			return err
		}
		for _, m := range mandates {
			if len(m.Exceptions) == 0 {
				continue
			}
			in, err := tx.Forum(ctx, m.ForumID)
			if err != nil {
				return err
			}
			for _, e := range m.Exceptions {
				found = append(found, exception{in.Name, e})
			}
		}
		return nil
	})
	return found, err
}

// exception is a mandate's own departure from the policy, with its forum.
type exception struct {
	in string // the forum's name
	forum.Exception
}

func newLog(s streams) *slog.Logger { return slog.New(slog.NewJSONHandler(s.err, nil)) }

// newWarnings is a log of what somebody should look into, and of nothing else.
func newWarnings(s streams) *slog.Logger {
	return slog.New(slog.NewJSONHandler(s.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
}
