package web

import (
	"context"
	"strings"

	"github.com/a-h/templ"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/web"
	"github.com/samraad/samraad/governance"
	"github.com/samraad/samraad/templates"
	forumpages "github.com/samraad/samraad/templates/forum"
	pages "github.com/samraad/samraad/templates/governance"
)

// What is done to motions and votes.
const (
	motionPut       web.Notice = "motion_put"
	motionWithdrawn web.Notice = "motion_withdrawn"
	motionMoved     web.Notice = "motion_moved"
	ballotOpened    web.Notice = "ballot_opened"
	matterPostponed web.Notice = "matter_postponed"
	impartialNoted  web.Notice = "impartiality_noted"
	voteCast        web.Notice = "vote_cast"
	votesNoted      web.Notice = "votes_noted"
	ballotClosed    web.Notice = "ballot_closed"
	lotDrawn        web.Notice = "lot_drawn"
	meetingDemanded web.Notice = "meeting_demanded"
	presenceNoted   web.Notice = "presence_noted"
	codeSent        web.Notice = "code_sent"
)

// votes adds the pages of presence, motions and votes.
func votes(s *web.Server) {
	s.Post("/meetings/:id/presence", noteArrival)
	s.Post("/presences/:id/leave", noteLeaving)
	s.Post("/presences/:id/undo", takeBackPresence)

	s.Get("/matters/:id/votes", showVotes)
	s.Post("/matters/:id/votes/motions", putMotion)
	s.Post("/matters/:id/votes/elections", putElection)
	s.Post("/matters/:id/votes/impartiality", questionImpartiality)
	s.Post("/matters/:id/votes/postpone", postponeMatter)
	s.Post("/impartialities/:id/judge", judge)
	s.Post("/motions/:id/withdraw", withdrawMotion)
	s.Post("/motions/:id/order", orderMotion)
	s.Post("/motions/:id/open", openBallot)

	s.Get("/ballots/:id", showBallot)
	s.Post("/ballots/:id/cast", castVote)
	s.Post("/ballots/:id/hands", noteHands)
	s.Post("/ballots/:id/close", closeBallot)
	s.Post("/ballots/:id/lot", drawLot)
	s.Post("/ballots/:id/demand", demandMeeting)

	s.Get("/vote/:pass", showVoting)
	s.Post("/vote/:pass", voteByLink)
	s.Post("/vote/:pass/code", askCode)
}

// votesPage reads the page of a matter's motions.
func votesPage(v *web.Visit, id forum.MatterID) (pages.Votes, error) {
	votes, err := read(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*governance.VotesPage, error) {
		return governance.ReadVotes(ctx, tx, by, id)
	})
	if err != nil {
		return pages.Votes{}, err
	}
	crumb := templates.Link{Label: votes.Matter.Title, URL: forumpages.MatterAddress(id)}
	return pages.Votes{Frame: v.Frame(v.Text.T("page.votes.title"), web.ForumCrumb(votes.Forum), crumb), Votes: votes}, nil
}

func showVotes(v *web.Visit) error {
	id, err := web.ID[forum.MatterID](v)
	if err != nil {
		return err
	}
	p, err := votesPage(v, id)
	if err != nil {
		return err
	}
	return v.Show(p)
}

// votesAgain shows a form of the page again with what was typed and what is wrong.
func votesAgain(v *web.Visit, id forum.MatterID, refusal error, form string, typed func(*pages.Votes)) error {
	mistakes := v.Mistakes(refusal)
	if mistakes == nil {
		return refusal
	}
	p, err := votesPage(v, id)
	if err != nil {
		return err
	}
	p.Form, p.Mistakes = form, mistakes
	typed(&p)
	return v.Again(p)
}

func putMotion(v *web.Visit) error {
	id, err := web.ID[forum.MatterID](v)
	if err != nil {
		return err
	}
	wording := governance.Wording{Text: v.Value("text"), Amends: web.Chosen[governance.MotionID](v, "amends")}
	return put(v, id, "motion", wording, "")
}

func putElection(v *web.Visit) error {
	id, err := web.ID[forum.MatterID](v)
	if err != nil {
		return err
	}
	names := v.Value("candidates")
	return put(v, id, "election", governance.Wording{Text: v.Value("office"), Candidates: strings.Split(names, "\n")}, names)
}

func put(v *web.Visit, id forum.MatterID, form string, wording governance.Wording, names string) error {
	_, err := write(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*governance.Motion, error) {
		return governance.PutMotion(ctx, tx, by, id, wording)
	})
	if err != nil {
		return votesAgain(v, id, err, form, func(p *pages.Votes) { p.Typed, p.Candidates = wording, names })
	}
	return v.Done(motionPut, 0, pages.VotesAddress(id))
}

func withdrawMotion(v *web.Visit) error {
	return onMotion(v, motionWithdrawn, func(ctx context.Context, tx governance.Tx, by forum.Actor, id governance.MotionID) error {
		_, err := governance.WithdrawMotion(ctx, tx, by, id)
		return err
	})
}

func orderMotion(v *web.Visit) error {
	return onMotion(v, motionMoved, func(ctx context.Context, tx governance.Tx, by forum.Actor, id governance.MotionID) error {
		_, err := governance.ReorderMotion(ctx, tx, by, id, v.Value("way") == "up")
		return err
	})
}

// onMotion does something to a motion, and goes on to the matter's motions.
func onMotion(v *web.Visit, what web.Notice, act func(context.Context, governance.Tx, forum.Actor, governance.MotionID) error) error {
	id, err := web.ID[governance.MotionID](v)
	if err != nil {
		return err
	}
	m, err := write(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*governance.Motion, error) {
		if err := act(ctx, tx, by, id); err != nil {
			return nil, err
		}
		return tx.Motion(ctx, id)
	})
	if err != nil {
		return err
	}
	return v.Done(what, 0, pages.VotesAddress(m.MatterID))
}

func openBallot(v *web.Visit) error {
	id, err := web.ID[governance.MotionID](v)
	if err != nil {
		return err
	}
	taking := governance.Taking{Way: governance.BallotWay(v.Value("way"))}
	var matter forum.MatterID
	var wrong error
	if taking.Way == governance.InWriting {
		taking.Deadline, wrong = v.Moment("deadline")
	}
	b, err := write(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*governance.Ballot, error) {
		m, err := tx.Motion(ctx, id)
		if err != nil {
			return nil, err
		}
		if matter = m.MatterID; wrong != nil {
			return nil, wrong
		}
		taking.Secret = m.Sort == governance.Vacancy
		return governance.OpenBallot(ctx, tx, by, id, taking)
	})
	if err != nil && matter != 0 {
		return votesAgain(v, matter, err, "open", func(p *pages.Votes) {
			p.Way, p.Date, p.Time = taking.Way, v.Value("deadline_date"), v.Value("deadline_time")
		})
	}
	if err != nil {
		return err
	}
	return v.Done(ballotOpened, 0, pages.BallotAddress(b.ID, ""))
}

func postponeMatter(v *web.Visit) error {
	id, err := web.ID[forum.MatterID](v)
	if err != nil {
		return err
	}
	_, err = write(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*forum.Meeting, error) {
		return governance.PostponeMatter(ctx, tx, by, id)
	})
	if err != nil {
		return err
	}
	return v.Done(matterPostponed, 0, pages.VotesAddress(id))
}

func questionImpartiality(v *web.Visit) error {
	id, err := web.ID[forum.MatterID](v)
	if err != nil {
		return err
	}
	person, reason, basis := web.Chosen[forum.PersonID](v, "person"), v.Line("reason"), v.Line("basis")
	_, err = write(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*governance.Impartiality, error) {
		return governance.QuestionImpartiality(ctx, tx, by, id, person, reason, basis)
	})
	if err != nil {
		return votesAgain(v, id, err, "question", func(p *pages.Votes) { p.Person, p.Reason, p.Basis = person, reason, basis })
	}
	return v.Done(impartialNoted, 0, pages.VotesAddress(id))
}

func judge(v *web.Visit) error {
	id, err := web.ID[governance.ImpartialityID](v)
	if err != nil {
		return err
	}
	q, err := write(v, func(ctx context.Context, tx governance.Tx, by forum.Actor) (*governance.Impartiality, error) {
		judgement := governance.Judgement(v.Value("judgement"))
		if judgement == governance.Questioned {
			return governance.ReopenDisqualify(ctx, tx, by, id)
		}
		return governance.Judge(ctx, tx, by, id, judgement)
	})
	if err != nil {
		return err
	}
	return v.Done(impartialNoted, 0, pages.VotesAddress(q.MatterID))
}

// votesOfMatter is the part of a matter's page that leads to its motions.
func votesOfMatter(ctx context.Context, tx governance.Tx, by forum.Actor, v *web.Visit, page *forum.MatterPage) (templ.Component, error) {
	votes, err := governance.VotesOf(ctx, tx, by, page)
	if err != nil || len(votes.Motions) == 0 && !votes.MayPut {
		return nil, err
	}
	return pages.InMatterVotes(v.Text, votes), nil
}
