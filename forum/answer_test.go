package forum_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/samraad/samraad/forum"
)

func TestWhatBecomesOfAnAnswer(t *testing.T) {
	noon := at("2026-03-01 12:00")
	given := func(reply forum.Reply, sequence, minute int) forum.Answer {
		return forum.Answer{PersonID: 1, Reply: reply, Sequence: sequence, Stamp: noon.Add(time.Duration(minute) * time.Minute)}
	}
	meeting := forum.Meeting{
		State: forum.CalledMeeting, Sequence: 1, Slot: forum.Slot{Start: at("2026-03-02 09:00"), End: at("2026-03-02 12:00")},
	}
	in := func(state forum.MeetingState) forum.Meeting { m := meeting; m.State = state; return m }
	for name, c := range map[string]struct {
		meeting forum.Meeting
		answer  forum.Answer
		earlier []forum.Answer
		now     time.Time
		want    string
	}{
		"the first":                         {meeting, given(forum.Coming, 1, 0), nil, noon, "counts"},
		"a newer one":                       {meeting, given(forum.NotComing, 1, 1), []forum.Answer{given(forum.Coming, 1, 0)}, noon, "counts"},
		"after one for the old time":        {meeting, given(forum.NotComing, 1, 0), []forum.Answer{given(forum.Coming, 0, 5)}, noon, "counts"},
		"for the old time":                  {meeting, given(forum.Coming, 0, 0), nil, noon, "old_time"},
		"for the old time, though later":    {meeting, given(forum.Coming, 0, 9), []forum.Answer{given(forum.NotComing, 1, 0)}, noon, "old_time"},
		"an older one after a newer":        {meeting, given(forum.Coming, 1, 0), []forum.Answer{given(forum.NotComing, 1, 1)}, noon, "older"},
		"the same again":                    {meeting, given(forum.Coming, 1, 0), []forum.Answer{given(forum.Coming, 1, 0)}, noon, "twice"},
		"the same again, after another":     {meeting, given(forum.Coming, 1, 0), []forum.Answer{given(forum.Coming, 1, 0), given(forum.NotComing, 1, 1)}, noon, "twice"},
		"the same from another person":      {meeting, given(forum.Coming, 1, 0), []forum.Answer{{PersonID: 2, Reply: forum.Coming, Sequence: 1, Stamp: noon}}, noon, "counts"},
		"for what was never sent":           {meeting, given(forum.Coming, 2, 0), nil, noon, "ahead"},
		"to a draft":                        {in(forum.DraftMeeting), given(forum.Coming, 1, 0), nil, noon, "ahead"},
		"after the agenda":                  {in(forum.AgendaSent), given(forum.Coming, 1, 0), nil, noon, "counts"},
		"to a cancelled meeting":            {in(forum.CancelledMeeting), given(forum.Coming, 1, 0), nil, noon, "cancelled"},
		"to a cancelled meeting, old":       {in(forum.CancelledMeeting), given(forum.Coming, 0, 0), nil, noon, "cancelled"},
		"to a meeting that was held":        {in(forum.HeldMeeting), given(forum.Coming, 1, 0), nil, noon, "over"},
		"during the meeting":                {meeting, given(forum.Coming, 1, 0), nil, at("2026-03-02 10:00"), "counts"},
		"at the end of the meeting":         {meeting, given(forum.Coming, 1, 0), nil, at("2026-03-02 12:00"), "over"},
		"in the same second, less careful":  {meeting, given(forum.Coming, 1, 0), []forum.Answer{given(forum.NotComing, 1, 0)}, noon, "older"},
		"in the same second, more careful":  {meeting, given(forum.Unsure, 1, 0), []forum.Answer{given(forum.Coming, 1, 0)}, noon, "counts"},
		"in the same second with a comment": {meeting, forum.Answer{PersonID: 1, Reply: forum.Coming, Sequence: 1, Stamp: noon, Comment: "Kjem seint"}, []forum.Answer{given(forum.Coming, 1, 0)}, noon, "counts"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.meeting.Verdict(c.answer, c.earlier, c.now); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// someAnswers are answers of a few people to a few sequences within a few seconds.
func someAnswers(t *rapid.T) []forum.Answer {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) forum.Answer {
		return forum.Answer{
			PersonID: forum.PersonID(rapid.IntRange(1, 3).Draw(t, "person")), Reply: rapid.SampledFrom(forum.Replies).Draw(t, "reply"),
			Sequence: rapid.IntRange(0, 2).Draw(t, "sequence"), Stamp: at("2026-03-01 12:00").Add(time.Duration(rapid.IntRange(0, 3).Draw(t, "second")) * time.Second),
			Comment: rapid.SampledFrom([]string{"", "Kjem seint"}).Draw(t, "comment"),
		}
	}), 0, 12).Draw(t, "answers")
}

func TestAnyOrderOfArrivalGivesTheSameState(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		answers := someAnswers(t)
		want := forum.NewestAnswers(answers)
		if diff := cmp.Diff(want, forum.NewestAnswers(rapid.Permutation(answers).Draw(t, "arrival"))); diff != "" {
			t.Fatalf("another order of arrival gives another state: %s", diff)
		}
		if diff := cmp.Diff(want, forum.NewestAnswers(append(answers, answers...))); diff != "" {
			t.Fatalf("arriving twice gives another state: %s", diff)
		}
		for _, a := range answers {
			if a.Compare(want[a.PersonID]) > 0 {
				t.Fatalf("%+v is newer than what holds, %+v", a, want[a.PersonID])
			}
		}
	})
}
