package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/api"
	"github.com/samraad/samraad/forum/files"
)

// programsRow counts votes cast by 32 clients through the REST API, each with the token of its voter and the tag of the vote as it
// was seen last; against the same act called directly.
func programsRow(database string, polls int) row {
	name, where := votesOn(database, polls)
	return row{
		name: "votes-api-" + name, what: "votes cast through the REST API by 32 clients " + where, against: "the same act called directly", goal: "beside it",
		prepare: func(ctx context.Context, folder string) (*pair, error) {
			ours, err := openPrograms(ctx, database, folder, polls)
			if err != nil {
				return nil, err
			}
			direct, err := openPolls(ctx, database, filepath.Join(folder, "direct.db"), polls)
			if err != nil {
				return nil, errors.Join(err, ours.close())
			}
			return &pair{
				ours:  func(ctx context.Context) (float64, error) { return ours.storm(ctx, ours.put) },
				other: func(ctx context.Context) (float64, error) { return direct.storm(ctx, direct.cast) },
				note:  ours.count,
				close: func() error { return errors.Join(ours.close(), direct.close()) },
			}, nil
		},
	}
}

// programs vote over HTTP.
type programs struct {
	*polls
	site   *site
	client *http.Client
	tokens []string   // of each voter
	tags   [][]string // of each voter's vote in each poll, as seen last
}

// openPrograms serves polls, gives each voter a token, and looks at every vote once.
func openPrograms(ctx context.Context, database, folder string, many int) (*programs, error) {
	of, err := openPolls(ctx, database, filepath.Join(folder, "ours.db"), many)
	if err != nil {
		return nil, err
	}
	papers, err := files.Open(filepath.Join(folder, "papers"))
	if err != nil {
		return nil, errors.Join(err, of.close())
	}
	h := &house{of.keeper(), papers, slog.New(slog.DiscardHandler)}
	served, err := h.serve(ctx)
	if err != nil {
		return nil, errors.Join(err, of.drop())
	}
	p := &programs{polls: of, site: served, client: &http.Client{
		Timeout: patience, Transport: &http.Transport{MaxIdleConnsPerHost: votingAtOnce, MaxConnsPerHost: votingAtOnce},
	}}
	if err := errors.Join(p.letIn(ctx), p.lookAtAll(ctx)); err != nil {
		return nil, errors.Join(err, p.close())
	}
	return p, nil
}

func (p *programs) close() error {
	p.client.CloseIdleConnections()
	return errors.Join(p.site.close(), p.drop()) // the site closes its database
}

func (p *programs) letIn(ctx context.Context) error {
	return p.keeper().Write(ctx, func(ctx context.Context, tx forum.Tx) error {
		for i := range voters {
			_, secret, err := forum.CreateAPIToken(ctx, tx, forum.Operator(), member(i), forum.WriteScope, 1)
			if err != nil {
				return err
			}
			p.tokens = append(p.tokens, secret)
		}
		return nil
	})
}

func (p *programs) lookAtAll(ctx context.Context) error {
	p.tags = make([][]string, len(p.ballots))
	for poll := range p.ballots {
		p.tags[poll] = make([]string, voters)
		for voter := range voters {
			if err := p.call(ctx, http.MethodGet, poll, voter, ""); err != nil {
				return err
			}
		}
	}
	return nil
}

// put casts a vote.
func (p *programs) put(ctx context.Context, v vote) error {
	return p.call(ctx, http.MethodPut, v.poll, v.voter, fmt.Sprintf(`{"vote":%q}`, v.said))
}

// call asks for or changes a voter's vote, and keeps the tag of what it is then.
func (p *programs) call(ctx context.Context, method string, poll, voter int, body string) error {
	url := fmt.Sprintf("%s%s/ballots/%d/own-vote", p.site.url, api.Prefix, p.ballots[poll].ID)
	request, err := http.NewRequestWithContext(ctx, method, url, strings.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+p.tokens[voter])
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("If-Match", p.tags[poll][voter])
	}
	answer, err := p.client.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answered %s: %s", url, answer.Status, said)
	}
	p.tags[poll][voter] = answer.Header.Get("ETag")
	return err
}
