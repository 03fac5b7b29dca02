package main_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/jobs"
	"github.com/samraad/samraad/forum/store"
	"github.com/samraad/samraad/governance"
	governed "github.com/samraad/samraad/governance/store"
	"github.com/samraad/samraad/policies"
)

// Addresses of the demonstration's people and forums.
const (
	keeperMail  = "sekretariat@voss.example"
	leaderMail  = "klinikk@helse-bergen.example"
	deputyMail  = "helse@voss.example"
	memberMail  = "helse@kvam.example"
	councilMail = "samarbeidsrad@voss.example"
	leadersMail = "toppleiarmote@voss.example"
	askingMail  = "beredskap@voss.example"
)

// serveGoverned is serveDemo with a past; it answers the pages of it.
func serveGoverned(t *testing.T) (d demonstration, pages []string) {
	folder := t.TempDir()
	address := "sqlite:" + filepath.Join(folder, "samraad.db")
	own := []string{"SAMRAAD_VAR=" + folder, "SAMRAAD_DB=" + address, "SAMRAAD_LANGUAGE=nn"}
	t.Run("before", func(t *testing.T) { serve(t, []string{"--demo"}, own) })
	pages = govern(t, address)
	return serve(t, []string{"--demo"}, own), pages
}

// past is what has been governed in the demonstration before a visitor comes,
// told by the acts of those who did it.
type past struct {
	*testing.T
	db      *store.DB
	now     time.Time
	meeting forum.MeetingID // that was told of last
	matter  forum.MatterID  // likewise
}

// govern tells a past while no server has the database: votes, minutes of every
// state, a decision, a matter that went up, a recommendation before the parties,
// a disagreement and a room. It answers the pages of it.
func govern(t *testing.T, address string) (pages []string) {
	p := &past{T: t, now: time.Now().AddDate(0, 0, -2)}
	policy, err := policies.Default()
	p.must(err)
	p.db, err = store.Open(t.Context(), address, store.Options{Clock: func() time.Time { return p.now }, Policy: policy, Queueing: jobs.Queueing, Tables: governed.Tables})
	p.must(err)
	defer func() { p.must(p.db.Close()) }()

	add := func(format string, id int64) { pages = append(pages, fmt.Sprintf(format, id)) }
	p.meet("Felles øving i påska", 3)
	add("/matters/%d/votes", int64(p.matter))
	for _, ballot := range p.vote() {
		add("/ballots/%d", int64(ballot))
	}
	approved := p.writeMinutes()
	p.approve(approved)
	add("/minutes/%d", int64(approved))
	add("/minutes/%d/correct", int64(approved))
	add("/matters/%d/timeline", int64(p.matter))
	add("/decisions/%d", 1)
	pages = append(pages, "/overview", "/overview?look=late")

	p.meet("Felles innkjøp av hjelpemiddel", 2)
	sent := p.writeMinutes()
	p.send(sent)
	add("/minutes/%d", int64(sent))
	p.meet("Vaktordning i høgtidene", 1)
	writing := p.writeMinutes()
	add("/minutes/%d/edit", int64(writing))
	add("/meetings/%d", int64(p.meeting))

	p.disagree()
	for _, page := range []string{"", "/ladder", "/rooms", "/escalate"} {
		add("/matters/%d"+page, int64(p.matter))
	}
	add("/rooms/%d", 1)
	add("/meetings/%d/room", int64(p.meeting))
	add("/escalations/%d", 1)
	add("/matters/%d/ledger", int64(p.recommend()))
	return pages
}

func (p *past) must(err error) {
	p.Helper()
	if err != nil {
		p.Fatal(err)
	}
}

// do is one act, in a transaction of its own.
func do[T any](p *past, act func(ctx context.Context, tx governance.Tx) (T, error)) (got T) {
	p.Helper()
	p.must(governed.Keeper{DB: p.db}.Write(p.Context(), func(ctx context.Context, tx forum.Tx) (err error) {
		got, err = act(ctx, governance.In(tx))
		return err
	}))
	return got
}

func (p *past) as(address string) forum.Actor {
	p.Helper()
	return do(p, func(ctx context.Context, tx governance.Tx) (forum.Actor, error) {
		person, err := tx.PersonByAddress(ctx, address)
		if err != nil {
			return forum.Actor{}, err
		}
		return forum.AsPerson(person.ID), nil
	})
}

func (p *past) forum(address string) forum.ForumID {
	p.Helper()
	return do(p, func(ctx context.Context, tx governance.Tx) (*forum.Forum, error) {
		return tx.ForumByAddress(ctx, address)
	}).ID
}

// propose brings a matter to a forum's inbox.
func (p *past) propose(to, title string) forum.MatterID {
	p.Helper()
	by, in := p.as(keeperMail), p.forum(to)
	return do(p, func(ctx context.Context, tx governance.Tx) (*forum.Matter, error) {
		return forum.ProposeMatter(ctx, tx, by, in, forum.Proposal{Title: title, Text: "Til drøfting.", Kind: forum.DiscussionMatter, Source: forum.ByWeb})
	}).ID
}

// meet lets a meeting of the council with a matter begin some hours ago.
func (p *past) meet(title string, hours int) {
	p.Helper()
	today := time.Now()
	p.now = today.AddDate(0, 0, -2)
	by, in := p.as(keeperMail), p.forum(councilMail)
	start := today.Truncate(time.Hour).Add(time.Duration(-hours) * time.Hour)
	p.meeting = do(p, func(ctx context.Context, tx governance.Tx) (*forum.Meeting, error) {
		return forum.PlanMeeting(ctx, tx, by, in, forum.Ordinary, forum.Slot{Start: start, End: start.Add(50 * time.Minute), Place: "Heradshuset"})
	}).ID
	do(p, func(ctx context.Context, tx governance.Tx) (*forum.Meeting, error) {
		return forum.CallMeeting(ctx, tx, by, p.meeting)
	})
	p.matter = p.propose(councilMail, title)
	do(p, func(ctx context.Context, tx governance.Tx) (*forum.Matter, error) {
		return forum.PlaceMatter(ctx, tx, by, p.matter, p.meeting)
	})
	p.now = today
	var came []governance.Arrival
	for _, who := range []string{leaderMail, deputyMail, memberMail, "helse@ulvik.example", "samhandling@helse-bergen.example", "leiar@bjorkeli.example"} {
		came = append(came, governance.Arrival{Person: p.as(who).Person, At: start})
	}
	do(p, func(ctx context.Context, tx governance.Tx) ([]governance.Presence, error) {
		return governance.NoteArrival(ctx, tx, by, p.meeting, came...)
	})
}

// vote decides one motion in the meeting, and takes votes in writing on an election.
func (p *past) vote() (ballots []governance.BallotID) {
	p.Helper()
	by := p.as(keeperMail)
	put := func(w governance.Wording) *governance.Motion {
		return do(p, func(ctx context.Context, tx governance.Tx) (*governance.Motion, error) {
			return governance.PutMotion(ctx, tx, by, p.matter, w)
		})
	}
	open := func(motion governance.MotionID, t governance.Taking) governance.BallotID {
		return do(p, func(ctx context.Context, tx governance.Tx) (*governance.Ballot, error) {
			return governance.OpenBallot(ctx, tx, by, motion, t)
		}).ID
	}
	motion := put(governance.Wording{Text: "Rådet øver i april."})
	ballot := open(motion.ID, governance.Taking{Way: governance.OnPages})
	for who, said := range map[string]governance.Said{
		leaderMail: {Vote: governance.Yes}, deputyMail: {Vote: governance.Yes}, memberMail: {Vote: governance.No, Reason: "April er for tidleg."},
	} {
		voter := p.as(who)
		do(p, func(ctx context.Context, tx governance.Tx) (*governance.Ballot, error) {
			return governance.CastBallot(ctx, tx, voter, ballot, said)
		})
	}
	leader := p.as(leaderMail)
	do(p, func(ctx context.Context, tx governance.Tx) (*governance.Ballot, error) {
		return governance.CloseBallot(ctx, tx, leader, ballot)
	})
	election := put(governance.Wording{Text: "Leiar for øvinga", Candidates: []string{"Kari Nordmann", "Ola Nordmann"}})
	return []governance.BallotID{open(election.ID, governance.Taking{Way: governance.InWriting, Secret: true, Deadline: p.now.AddDate(0, 0, 7)}), ballot}
}

// writeMinutes begins the minutes of the meeting, with a decision, an action and a dissent.
func (p *past) writeMinutes() governance.MinutesID {
	p.Helper()
	by, member := p.as(keeperMail), p.as(memberMail)
	id := do(p, func(ctx context.Context, tx governance.Tx) (*governance.Minutes, error) {
		return governance.StartMinutes(ctx, tx, by, p.meeting)
	}).ID
	editor := do(p, func(ctx context.Context, tx governance.Tx) (*governance.MinutesEditor, error) {
		return governance.ReadMinutesEditor(ctx, tx, by, id)
	})
	item := ""
	for _, i := range editor.Record.Items {
		if i.Matter == p.matter {
			item = i.Key
		}
	}
	do(p, func(ctx context.Context, tx governance.Tx) ([]governance.SavedPassage, error) {
		return governance.SaveMinutesItem(ctx, tx, by, id, item, []governance.Passage{
			{Field: governance.NoteField, Text: "Sekretæren la fram saka. Rådet drøfta henne."}, {Field: governance.DecisionField, Text: "Rådet sluttar seg til framlegget."},
		})
	})
	party := editor.Parties[0].ID
	do(p, func(ctx context.Context, tx governance.Tx) (*governance.MinutesAction, error) {
		return governance.AddAction(ctx, tx, by, id, governance.MinutesAction{Item: item, OrganisationID: party, Text: "Skriv planen", Due: forum.DateOf(p.now.AddDate(0, 1, 0))})
	})
	do(p, func(ctx context.Context, tx governance.Tx) (*governance.MinutesDissent, error) {
		return governance.AddDissent(ctx, tx, by, id, governance.MinutesDissent{Item: item, PersonID: member.Person, Text: "Det hastar meir enn dette."})
	})
	return id
}

// send asks those who were there about the minutes; one of them remarks.
func (p *past) send(id governance.MinutesID) {
	p.Helper()
	by, deputy := p.as(keeperMail), p.as(deputyMail)
	round := do(p, func(ctx context.Context, tx governance.Tx) (*governance.MinutesRound, error) {
		return governance.SendMinutes(ctx, tx, by, id)
	}).ID
	do(p, func(ctx context.Context, tx governance.Tx) (*governance.MinutesRound, error) {
		return governance.AnswerMinutes(ctx, tx, deputy, round, governance.MinutesSaying{Reply: governance.RemarkReply, Text: "Vi sa meir enn dette."})
	})
}

// approve lets minutes go out by both keys.
func (p *past) approve(id governance.MinutesID) {
	p.Helper()
	p.send(id)
	by := p.as(keeperMail)
	round := do(p, func(ctx context.Context, tx governance.Tx) (*governance.MinutesRound, error) {
		return governance.AskMinutesKeys(ctx, tx, by, id)
	}).ID
	for _, who := range []string{leaderMail, deputyMail} {
		holder := p.as(who)
		do(p, func(ctx context.Context, tx governance.Tx) (*governance.Minutes, error) {
			return governance.TurnMinutesKey(ctx, tx, holder, round, governance.MinutesKeySaying{Answer: forum.Approve})
		})
	}
}

// disagree sends the last matter up, begins its ladder, and prepares for it in a room.
func (p *past) disagree() {
	p.Helper()
	by, leader, deputy, top := p.as(keeperMail), p.as(leaderMail), p.as(deputyMail), p.forum(leadersMail)
	later := forum.DateOf(p.now.AddDate(0, 1, 0))
	do(p, func(ctx context.Context, tx governance.Tx) (*governance.Escalation, error) {
		return governance.Escalate(ctx, tx, by, p.matter, governance.Sending{To: top, Reason: "Saka gjeld økonomien til alle.", Question: "Kven betaler?", Deadline: later})
	})
	ladder := do(p, func(ctx context.Context, tx governance.Tx) (*governance.Ladder, error) {
		return governance.OpenLadder(ctx, tx, deputy, p.matter, governance.LadderOpening{Reason: "Nivåa er usamde om kven som betaler.", Deadline: later})
	}).ID
	do(p, func(ctx context.Context, tx governance.Tx) (*governance.LadderPosition, error) {
		return governance.SetPosition(ctx, tx, deputy, ladder, forum.Municipal, "Føretaket betaler.", true)
	})
	room := do(p, func(ctx context.Context, tx governance.Tx) (*governance.Room, error) {
		return governance.OpenRoom(ctx, tx, leader, p.matter, 0, forum.Specialist)
	}).ID
	do(p, func(ctx context.Context, tx governance.Tx) (*governance.RoomNote, error) {
		return governance.WriteRoomNote(ctx, tx, leader, room, "Vi bør tilby halvparten.")
	})
	do(p, func(ctx context.Context, tx governance.Tx) (*governance.Stand, error) {
		return governance.AgreeStand(ctx, tx, leader, room, 0, "Vi deler utgiftene.", leader.Person)
	})
}

// recommend puts a matter of a sub-committee, which decides by recommendation here, before the parties.
func (p *past) recommend() forum.MatterID {
	p.Helper()
	by, in := p.as(keeperMail), p.forum(askingMail)
	matter := p.propose(askingMail, "Felles beredskapsplan")
	do(p, func(ctx context.Context, tx governance.Tx) (*governance.Ledger, error) {
		mandate, err := tx.Mandate(ctx, in, forum.DateOf(p.now))
		if err != nil {
			return nil, err
		}
		mandate.Rule = forum.Recommendation
		if err := tx.SaveMandate(ctx, mandate); err != nil {
			return nil, err
		}
		return governance.AskParties(ctx, tx, by, matter, governance.Recommending{Text: "Utvalet rår partane til å vedta planen.", Deadline: forum.DateOf(p.now.AddDate(0, 1, 0))})
	})
	return matter
}
