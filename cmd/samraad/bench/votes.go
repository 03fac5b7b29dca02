package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/jobs"
	"github.com/samraad/samraad/forum/store"
	"github.com/samraad/samraad/forum/store/storetest"
	"github.com/samraad/samraad/governance"
	votestore "github.com/samraad/samraad/governance/store"
	"github.com/samraad/samraad/policies"
)

// The databases, and over how many polls votes are spread.
const (
	SQLite      = "SQLite"
	Postgres    = "PostgreSQL"
	spread, hot = 16, 1

	voters       = 64 // of each poll
	votingAtOnce = 32
	votersEach   = voters / votingAtOnce
	votesCast    = 640
)

// votesOn says in the name of a row, and in its words, where votes are cast.
func votesOn(database string, polls int) (name, where string) {
	where = "on one poll"
	if polls > 1 {
		where = fmt.Sprintf("over %d polls", polls)
	}
	return fmt.Sprintf("%s-%d", strings.ToLower(database), polls), where + ", " + database
}

// votesRow counts votes cast by 32 clients: the right checked, the ballot held, the event chained, each in a transaction of its
// own; against the same statements in plain database/sql, one commit each.
func votesRow(database string, polls int) row {
	name, where := votesOn(database, polls)
	return row{
		name: "votes-" + name, what: "votes cast durably by 32 clients " + where,
		against: "the same statements in plain database/sql, one commit each", goal: "≥ 0.5×",
		prepare: func(ctx context.Context, folder string) (*pair, error) {
			ours, err := openPolls(ctx, database, filepath.Join(folder, "ours.db"), polls)
			if err != nil {
				return nil, err
			}
			theirs, err := openPolls(ctx, database, filepath.Join(folder, "theirs.db"), polls)
			if err != nil {
				return nil, errors.Join(err, ours.close())
			}
			plain, err := theirs.plain(ctx)
			if err != nil {
				return nil, errors.Join(err, ours.close(), theirs.close())
			}
			return &pair{
				ours:  func(ctx context.Context) (float64, error) { return ours.storm(ctx, ours.cast) },
				other: func(ctx context.Context) (float64, error) { return theirs.storm(ctx, plain.cast) },
				note:  ours.count,
				close: func() error { return errors.Join(ours.close(), plain.close(), theirs.close()) },
			}, nil
		},
	}
}

// polls are open ballots of forums of their own, and who votes in them.
type polls struct {
	db      *store.DB
	address string
	ballots []governance.Ballot
	people  []forum.PersonID
	done    int // votes of each client, over all turns
	drop    func() error
}

// openPolls makes forums in a new database, and opens a vote in each.
func openPolls(ctx context.Context, database, file string, many int) (*polls, error) {
	p := &polls{address: "sqlite:" + file, drop: func() error { return nil }}
	if database == Postgres {
		if err := p.create(ctx); err != nil {
			return nil, err
		}
	}
	policy, err := policies.Default()
	if err != nil {
		return nil, errors.Join(err, p.drop())
	}
	address := p.address
	if database == Postgres {
		address += fmt.Sprintf("&pool_max_conns=%d", votingAtOnce) // as many as the other has
	}
	p.db, err = store.Open(ctx, address, store.Options{Policy: policy, Queueing: jobs.Queueing, Tables: votestore.Tables})
	if err != nil {
		return nil, errors.Join(err, p.drop())
	}
	if err := p.fill(ctx, many); err != nil {
		return nil, errors.Join(err, p.close())
	}
	return p, nil
}

// create makes a database on a server that syncs what it commits, as SQLite does here.
func (p *polls) create(ctx context.Context) error {
	server, err := storetest.DurableServer()
	if err != nil {
		return err
	}
	name := "bench_" + strings.ToLower(rand.Text())
	administer := func(statement string) error {
		conn, err := pgx.Connect(context.WithoutCancel(ctx), server)
		if err != nil {
			return err
		}
		_, err = conn.Exec(context.WithoutCancel(ctx), statement)
		return errors.Join(err, conn.Close(context.WithoutCancel(ctx)))
	}
	at, err := url.Parse(server)
	if err != nil {
		return err
	}
	at.Path, at.RawQuery = "/"+name, at.RawQuery+"&application_name=bench"
	p.address, p.drop = at.String(), func() error { return administer("DROP DATABASE " + name + " WITH (FORCE)") }
	return administer("CREATE DATABASE " + name)
}

func (p *polls) close() error { return errors.Join(p.db.Close(), p.drop()) }

func (p *polls) keeper() votestore.Keeper { return votestore.Keeper{DB: p.db} }

// fill brings the area in, lets everyone come to a meeting of each forum, and opens a vote there.
func (p *polls) fill(ctx context.Context, many int) error {
	if err := p.db.Migrate(ctx); err != nil {
		return err
	}
	plan := areaOf(voters, many)
	for i := range plan.Forums {
		plan.Forums[i].Mandate.Rule = forum.DoubleMajority
	}
	return p.keeper().Write(ctx, func(ctx context.Context, within forum.Tx) error {
		tx := governance.In(within)
		if _, err := forum.ImportArea(ctx, tx, forum.Operator(), plan); err != nil {
			return err
		}
		for i := range voters {
			person, err := tx.PersonByAddress(ctx, member(i))
			if err != nil {
				return err
			}
			p.people = append(p.people, person.ID)
		}
		by, err := as(ctx, tx, secretary)
		if err != nil {
			return err
		}
		forums, err := tx.Forums(ctx)
		if err != nil {
			return err
		}
		for _, f := range forums {
			if err := p.open(ctx, tx, by, f.ID); err != nil {
				return err
			}
		}
		return nil
	})
}

func (p *polls) open(ctx context.Context, tx governance.Tx, by forum.Actor, in forum.ForumID) error {
	start := tx.Now().Add(time.Hour)
	m, err := forum.PlanMeeting(ctx, tx, by, in, forum.Ordinary, forum.Slot{Start: start, End: start.Add(time.Hour), Place: "Heradshuset"})
	if err != nil {
		return err
	}
	if _, err := forum.CallMeeting(ctx, tx, by, m.ID); err != nil {
		return err
	}
	matter, err := forum.ProposeMatter(ctx, tx, by, in, forum.Proposal{Title: "Felles øving", Kind: forum.DiscussionMatter, Source: forum.ByWeb})
	if err != nil {
		return err
	}
	if _, err := forum.PlaceMatter(ctx, tx, by, matter.ID, m.ID); err != nil {
		return err
	}
	var arrivals []governance.Arrival
	for _, person := range p.people {
		arrivals = append(arrivals, governance.Arrival{Person: person})
	}
	if _, err := governance.NoteArrival(ctx, tx, by, m.ID, arrivals...); err != nil {
		return err
	}
	motion, err := governance.PutMotion(ctx, tx, by, matter.ID, governance.Wording{Text: "Vi øver i haust."})
	if err != nil {
		return err
	}
	b, err := governance.OpenBallot(ctx, tx, by, motion.ID, governance.Taking{Way: governance.OnPages})
	if err == nil {
		p.ballots = append(p.ballots, *b)
	}
	return err
}

// vote is one vote: who votes in which poll, and what; each differs from the one before it.
type vote struct {
	ballot *governance.Ballot
	poll   int
	voter  int
	said   governance.Vote
}

// next is the vote with a number of one client, who alone votes for its voters.
func (p *polls) next(client, n int) vote {
	poll, rest := n%len(p.ballots), n/len(p.ballots)
	said := governance.Yes
	if rest/votersEach%2 == 1 {
		said = governance.No
	}
	return vote{&p.ballots[poll], poll, client*votersEach + rest%votersEach, said}
}

// storm casts votes from many clients at once.
func (p *polls) storm(ctx context.Context, cast func(context.Context, vote) error) (float64, error) {
	failures := make(chan error, votingAtOnce)
	start := time.Now()
	var wait sync.WaitGroup
	for client := range votingAtOnce {
		wait.Go(func() {
			for n := range votesCast / votingAtOnce {
				if err := cast(ctx, p.next(client, p.done+n)); err != nil {
					failures <- err
					return
				}
			}
		})
	}
	wait.Wait()
	perSecond := rate(votesCast, start)
	p.done += votesCast / votingAtOnce
	select {
	case err := <-failures:
		return 0, err
	default:
		return perSecond, nil
	}
}

// cast is the act.
func (p *polls) cast(ctx context.Context, v vote) error {
	return p.keeper().Write(ctx, func(ctx context.Context, tx forum.Tx) error {
		_, err := governance.CastBallot(ctx, governance.In(tx), forum.AsPerson(p.people[v.voter]), v.ballot.ID, governance.Said{Vote: v.said})
		return err
	})
}

// count makes sure that every vote is kept once, and its events are chained.
func (p *polls) count(ctx context.Context) (string, error) {
	return "", p.keeper().Read(ctx, func(ctx context.Context, within forum.Tx) error {
		tx, events, cast := governance.In(within), 0, 0
		for _, b := range p.ballots {
			casts, err := tx.Casts(ctx, b.ID)
			if err != nil {
				return err
			}
			cast += len(casts)
			chain, err := tx.Chain(ctx, b.ForumID)
			if err != nil {
				return err
			}
			if wrong := forum.VerifyChain(chain); wrong != 0 {
				return fmt.Errorf("event %d of forum %d does not follow from the one before", wrong, b.ForumID)
			}
			for _, e := range chain {
				if strings.HasPrefix(e.Deed, "vote_") {
					events++
				}
			}
		}
		all := p.done * votingAtOnce
		if most := min(all, voters*len(p.ballots)); cast != most || events != all {
			return fmt.Errorf("%d votes by %d events, of %d that were cast", cast, events, all)
		}
		return nil
	})
}
