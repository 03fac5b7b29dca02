package forum

import (
	"context"
	"slices"
)

// absenceAhead is how long before an absence a key-holder is asked who stands in.
const absenceAhead = 14

func failedErrands(ctx context.Context, a *ahead) (found []Waiting, err error) {
	failed, err := a.FailedErrands(ctx, a.by.Person)
	for _, e := range failed {
		found = append(found, Waiting{Sort: ErrandWaits, Forum: a.forums[e.ForumID], Errand: e})
	}
	return found, err
}

func noticesWaiting(ctx context.Context, a *ahead) (found []Waiting, err error) {
	notices, err := a.NoticesTo(ctx, a.by.Person, a.Now())
	for _, e := range notices {
		if m := a.meeting(e.MeetingID); m.ID != 0 {
			found = append(found, Waiting{Sort: NoticeWaits, Forum: a.forums[e.ForumID], By: m.Start, Meeting: m, Edition: e})
		}
	}
	return found, err
}

// answersWaiting are the answers of those on whom a meeting counts.
func answersWaiting(ctx context.Context, a *ahead) (found []Waiting, err error) {
	invitations, err := a.InvitationsOf(ctx, a.by.Person, a.Now())
	if err != nil || len(invitations) == 0 {
		return nil, err
	}
	answers, err := a.AnswersOf(ctx, a.by.Person, a.Now())
	if err != nil {
		return nil, err
	}
	for _, i := range invitations {
		m := a.meeting(i.MeetingID)
		newest := NewestAnswers(slices.DeleteFunc(slices.Clone(answers), func(o Answer) bool { return o.MeetingID != i.MeetingID }))[a.by.Person]
		if m.ID == 0 || !i.owesAnswer() || newest.ID != 0 && newest.Sequence == m.Sequence {
			continue
		}
		mandate, err := MandateOn(ctx, a, m.ForumID, DateOf(m.Start))
		if err != nil {
			return nil, err
		}
		due := mandate.answerBy(&m, i)
		if due.IsZero() {
			due = m.Start
		}
		found = append(found, Waiting{
			Sort: AnswerWaits, Forum: a.forums[m.ForumID], By: due, Meeting: m, ForOld: newest.ID != 0, Person: a.people[i.StandsFor], StandIn: i.StandsIn(),
		})
	}
	return found, nil
}

// keysWaiting are the editions of whose items the reader's key has said nothing.
func keysWaiting(ctx context.Context, a *ahead) (found []Waiting, err error) {
	keys, err := ReadWaitingKeys(ctx, a, a.by)
	if err != nil {
		return nil, err
	}
	for _, k := range keys {
		standing, standIn, err := KeyOf(ctx, a, a.by, k.Forum.ID)
		if err != nil {
			return nil, err
		}
		words, err := a.KeyWords(ctx, k.Edition.ID)
		if err != nil {
			return nil, err
		}
		ring := KeyringOf(words)
		w := Waiting{Sort: KeyWaits, Forum: k.Forum, By: k.Edition.Deadline, Meeting: k.Meeting, Edition: k.Edition, StandIn: standIn}
		for _, item := range k.Edition.Asked() {
			if ring[KeyPlace{item.Line.Key, standing.Level}].Answer == "" {
				w.Items = append(w.Items, item)
			}
		}
		found = append(found, w)
	}
	return found, nil
}

// standInsWaiting are the keys that nobody turns while their holder is away.
func standInsWaiting(ctx context.Context, a *ahead) (found []Waiting, err error) {
	absences, err := a.AbsencesOf(ctx, a.by.Person, a.today)
	if err != nil {
		return nil, err
	}
	soon := DateOf(a.Now().AddDate(0, 0, absenceAhead))
	at := slices.IndexFunc(absences, func(o Absence) bool { return o.From <= soon })
	if at < 0 {
		return nil, nil
	}
	forums, err := a.where(ctx, TurnKey)
	if err != nil {
		return nil, err
	}
	named, err := a.StandInsOf(ctx, a.by.Person)
	if err != nil {
		return nil, err
	}
	for _, in := range forums {
		own, err := ownKey(ctx, a, a.by, in)
		if err != nil {
			return nil, err
		}
		if own.Level == "" || slices.ContainsFunc(named, func(s StandIn) bool { return s.ForumID == in }) {
			continue
		}
		candidates, err := standInCandidates(ctx, a, in, own.Level, a.by.Person)
		if err != nil {
			return nil, err
		}
		w := Waiting{Sort: StandInWaits, Forum: a.forums[in], By: later(absences[at].From.midnight().UTC(), a.Now()), Absence: absences[at]}
		for _, id := range candidates {
			w.Candidates = append(w.Candidates, a.people[id])
		}
		if len(w.Candidates) > 0 {
			found = append(found, w)
		}
	}
	return found, nil
}

// removalsWaiting are those that a secretary of the proposer's level answers, and
// the contested ones that a key-holder decides.
func removalsWaiting(ctx context.Context, a *ahead) (found []Waiting, err error) {
	agree, err := a.where(ctx, AgreeRemoval)
	if err != nil {
		return nil, err
	}
	decide, err := a.where(ctx, DecideRemoval)
	if err != nil || len(agree)+len(decide) == 0 {
		return nil, err
	}
	removals, err := a.RemovalsIn(ctx, slices.Concat(agree, decide))
	if err != nil || len(removals) == 0 {
		return nil, err
	}
	matters, err := a.MattersIn(ctx, slices.Concat(agree, decide), Proposed)
	if err != nil {
		return nil, err
	}
	for _, r := range removals {
		at := slices.IndexFunc(matters, func(m Matter) bool { return m.ID == r.MatterID })
		if at < 0 {
			continue
		}
		sort, err := removalWaits(ctx, a, r, &matters[at])
		if err != nil {
			return nil, err
		}
		if sort != "" {
			found = append(found, Waiting{Sort: sort, Forum: a.forums[matters[at].ForumID], Matter: matters[at], Removal: r, Person: a.people[r.AskedBy]})
		}
	}
	return found, nil
}

// removalWaits tells for what an open removal waits of the reader, "" for nothing.
func removalWaits(ctx context.Context, a *ahead, r Removal, m *Matter) (WaitingSort, error) {
	right, level, sort := AgreeRemoval, m.Level, AgreeWaits
	if r.State == ContestedRemoval {
		right, level, sort = DecideRemoval, "", DecideWaits
		if slices.ContainsFunc(r.Agreed, func(k Key) bool { return k.Person == a.by.Person }) {
			return "", nil
		}
	}
	standings, err := a.by.StandingsOf(ctx, a, right, m.ForumID)
	if err != nil || !slices.ContainsFunc(standings, func(s Standing) bool { return level == "" || s.Level == level }) {
		return "", err
	}
	return sort, nil
}
