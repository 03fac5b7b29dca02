package web

import (
	"context"
	"errors"
	"strconv"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/web"
	"github.com/samraad/samraad/governance"
	"github.com/samraad/samraad/templates"
	forumpages "github.com/samraad/samraad/templates/forum"
	pages "github.com/samraad/samraad/templates/governance"
)

func ballotPage(v *web.Visit, id governance.BallotID) (pages.Ballot, error) {
	ballot, err := read(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*governance.BallotPage, error) {
		return governance.ReadBallot(ctx, tx, by, id)
	})
	if err != nil {
		return pages.Ballot{}, err
	}
	matter := ballot.Votes.Matter
	crumbs := []templates.Link{web.ForumCrumb(ballot.Votes.Forum), {Label: matter.Title, URL: forumpages.MatterAddress(matter.ID)}, {Label: v.Text.T("page.votes.title"), URL: pages.VotesAddress(matter.ID)}}
	return pages.Ballot{Frame: v.Frame(v.Text.T("page.ballot.title"), crumbs...), Ballot: ballot}, nil
}

func showBallot(v *web.Visit) error {
	id, err := web.ID[governance.BallotID](v)
	if err != nil {
		return err
	}
	p, err := ballotPage(v, id)
	if err != nil {
		return err
	}
	return v.Show(p)
}

// said is what the form of one seat says.
func said(v *web.Visit) governance.Said {
	return governance.Said{
		Seat: web.Chosen[forum.SeatID](v, "seat"), Vote: governance.Vote(v.Value("vote")), Reason: v.Value("reason"), Candidate: web.Chosen[governance.CandidateID](v, "candidate"),
	}
}

// unchosen refuses a vote that was taken for a blank one, though nothing was
// chosen: a blank vote is chosen, too.
func unchosen(v *web.Visit, one governance.Said) error {
	if one.Vote == "" && v.Value("candidate") == "" {
		return forum.Refuse(forum.Invalid, "error.text_missing").On("candidate")
	}
	return nil
}

func castVote(v *web.Visit) error {
	id, err := web.ID[governance.BallotID](v)
	if err != nil {
		return err
	}
	one := said(v)
	_, err = write(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*governance.Ballot, error) {
		b, err := governance.CastBallot(ctx, tx, by, id, one)
		if err == nil {
			err = unchosen(v, one)
		}
		return b, err
	})
	if err != nil {
		return ballotAgain(v, id, err, one)
	}
	return v.Done(voteCast, 0, pages.BallotAddress(id, ""))
}

// ballotAgain shows a ballot again with what was typed and what is wrong.
func ballotAgain(v *web.Visit, id governance.BallotID, refusal error, typed ...governance.Said) error {
	mistakes := v.Mistakes(refusal)
	if mistakes == nil {
		return refusal
	}
	p, err := ballotPage(v, id)
	if err != nil {
		return err
	}
	p.Mistakes, p.Typed = mistakes, map[forum.SeatID]governance.Said{}
	for _, one := range typed {
		p.Typed[one.Seat] = one
	}
	return v.Again(p)
}

// noteHands notes what was said by hands, of those seats of which anything was.
func noteHands(v *web.Visit) error {
	id, err := web.ID[governance.BallotID](v)
	if err != nil {
		return err
	}
	p, err := ballotPage(v, id)
	if err != nil {
		return err
	}
	var noted []governance.Said
	for _, voter := range p.Ballot.Ballot.Voters {
		seat := strconv.FormatInt(int64(voter.Seat), 10)
		one := governance.Said{Seat: voter.Seat, Vote: governance.Vote(v.Value("vote-" + seat)), Reason: v.Line("reason-" + seat)}
		if one.Vote != governance.Silent {
			noted = append(noted, one)
		}
	}
	_, err = write(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*governance.Ballot, error) {
		return governance.NoteVotes(ctx, tx, by, id, noted...)
	})
	if err != nil {
		return ballotAgain(v, id, err, noted...)
	}
	return v.Done(votesNoted, 0, pages.BallotAddress(id, ""))
}

// onBallot does something to a ballot, and shows it.
func onBallot(what web.Notice, act func(context.Context, governance.Tx, forum.Actor, governance.BallotID) (*governance.Ballot, error)) web.Handler {
	return func(v *web.Visit) error {
		id, err := web.ID[governance.BallotID](v)
		if err != nil {
			return err
		}
		_, err = write(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*governance.Ballot, error) {
			return act(ctx, tx, by, id)
		})
		if err != nil {
			return err
		}
		return v.Done(what, 0, pages.BallotAddress(id, ""))
	}
}

var (
	closeBallot   = onBallot(ballotClosed, governance.CloseBallot)
	drawLot       = onBallot(lotDrawn, governance.DrawLot)
	demandMeeting = onBallot(meetingDemanded, governance.DemandMeeting)
)

// showVoting opens the page of a link from a mail, which needs no sign-in.
func showVoting(v *web.Visit) error { return voting(v, v.Pass(), governance.Said{}, nil) }

func voting(v *web.Visit, link string, typed governance.Said, mistakes forumpages.Mistakes) error {
	asked, err := web.Anyone(v, func(ctx context.Context, tx forum.Tx) (*governance.VotingPage, error) {
		return governance.ReadVotingLink(ctx, governance.In(tx), link)
	})
	if err != nil {
		return err
	}
	p := pages.Voting{Frame: v.Frame(v.Text.T("page.ballot.title")), Asked: asked, Secret: link, Said: typed, Mistakes: mistakes}
	p.Frame.Demo = false // who has the link alone has no role to step into
	if mistakes != nil {
		return v.Again(p)
	}
	return v.Show(p)
}

func askCode(v *web.Visit) error {
	link := v.Pass()
	_, err := web.AnyoneWrites(v, func(ctx context.Context, tx forum.Tx) (bool, error) {
		return true, governance.AskVotingCode(ctx, governance.In(tx), link)
	})
	if err != nil {
		return err
	}
	return v.Done(codeSent, 0, pages.VotingAddress(link, ""))
}

func voteByLink(v *web.Visit) error {
	link, one := v.Pass(), said(v)
	refused, err := web.AnyoneWrites(v, func(ctx context.Context, tx forum.Tx) (*forum.Error, error) {
		refused, err := governance.VoteByLink(ctx, governance.In(tx), link, v.Value("code"), one)
		if err == nil && refused == nil {
			err = unchosen(v, one)
		}
		return refused, err
	})
	if err == nil && refused != nil {
		err = errors.Join(refused)
	}
	if mistakes := v.Mistakes(err); mistakes != nil {
		return voting(v, link, one, mistakes)
	}
	if err != nil {
		return err
	}
	return v.Done(voteCast, 0, pages.VotingAddress(link, ""))
}
