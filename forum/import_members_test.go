package forum_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
)

// listed is a row: name, address, organisation, capacity, then columns and their cells.
func listed(line int, name, address, organisation, capacity string, more ...string) forum.MemberRow {
	r := forum.MemberRow{Line: line, Cells: map[forum.MemberColumn]string{}}
	more = append([]string{"name", name, "address", address, "organisation", organisation, "capacity", capacity}, more...)
	for i := 0; i+1 < len(more); i += 2 {
		if more[i+1] != "" {
			r.Cells[forum.MemberColumn(more[i])] = more[i+1]
		}
	}
	return r
}

func membersImported(by forum.Actor, in forum.ForumID, rows ...forum.MemberRow) act[*forum.MemberPlan] {
	return func(ctx context.Context, tx forum.Tx) (*forum.MemberPlan, error) {
		return forum.ImportMembers(ctx, tx, by, in, rows)
	}
}

func membersPreviewed(by forum.Actor, in forum.ForumID, rows ...forum.MemberRow) act[*forum.MemberPlan] {
	return func(ctx context.Context, tx forum.Tx) (*forum.MemberPlan, error) {
		return forum.PreviewMembers(ctx, tx, by, in, rows)
	}
}

// said is an outcome in one line: what it does, to whom, and what is to know.
func saidOutcome(o forum.MemberOutcome) string {
	text := fmt.Sprintf("%d %s %s", o.Row.Line, o.Change, o.Person.Name)
	if o.Change != forum.TroubledRow {
		text += fmt.Sprintf(", %s %s %s %d %s–%s", o.Organisation.Name, o.Forum.Key, o.Seat.Capacity, o.Seat.Rank, o.Seat.From, o.Seat.To)
	}
	for _, r := range o.Remarks {
		text += " (" + strings.TrimPrefix(r.Key, "members.note.") + ")"
	}
	for _, trouble := range o.Troubles {
		text += fmt.Sprintf(" [%s: %s]", trouble.Field, strings.TrimPrefix(trouble.Key, "error."))
	}
	return text
}

func saidPlan(p *forum.MemberPlan) (lines []string) {
	for _, o := range p.Outcomes {
		lines = append(lines, saidOutcome(o))
	}
	return lines
}

// TestImportMembers seats people from a list, invites them, tells the other
// level, and does nothing the second time.
func TestImportMembers(t *testing.T) {
	onBoth(t, func(h *house) {
		in, by := h.forum("raad"), h.as(ourSecretary)
		meeting := h.call(h.plan("raad", "2026-06-02 10:00"))
		h.letters()
		rows := []forum.MemberRow{
			listed(2, "Ny medlem", "ny@vaksdal.example", "Vaksdal", "Medlem"),
			listed(3, "", "Vara To <vara2@bergen.example>", "983 974 724", "2. vara", "from", "1.3.2026", "to", "31.12.2027"),
			listed(4, "", "Kari <kari@kvam.example>; Ola Nordmann <ola@kvam.example>", "Kvam herad", "observatør med tale- og forslagsrett", "from", "1.9.2026"),
			listed(5, "", substitute, "kvam herad", "3. varamedlem"),
			listed(6, "Klinikkdirektør, Helse Bergen", deputy, "Helse Bergen HF", "nestleder"),
			listed(7, "Ny medlem", "ny@vaksdal.example", "Vaksdal", "Medlem", "forum", "Underutval for beredskap"),
		}
		want := []string{
			"2 new-person Ny medlem, Vaksdal kommune raad member 0 2026-01-10–",
			"3 new-person Vara To, Helse Bergen HF raad substitute 2 2026-03-01–2027-12-31",
			"4 new-person Kari, Kvam herad raad observer 0 2026-09-01–",
			"4 new-person Ola Nordmann, Kvam herad raad observer 0 2026-09-01–",
			"5 changed Einingsleiar, Kvam herad, Kvam herad raad substitute 3 –",
			"6 unchanged Klinikkdirektør, Helse Bergen, Helse Bergen HF raad deputy 0 –",
			"7 new-person Ny medlem, Vaksdal kommune utval member 0 2026-01-10–",
		}
		preview := seen(h, membersPreviewed(by, in, rows...))
		if diff := cmp.Diff(want, saidPlan(preview)); diff != "" {
			h.Fatalf("preview (-want +got):\n%s", diff)
		}
		h.wantLetters()
		done(h, membersImported(by, in, rows...))
		letters := h.wantLetters("invitation ny@vaksdal.example", "seats "+hfSecretary)
		told := facts[forum.SeatsFacts](h, letters[1])
		if len(told.Seats) != 1 || told.Seats[0].Person != "Vara To" || told.Seats[0].Change != forum.GivenSeat || told.By != "Sekretær, Kvam herad" {
			h.Errorf("the other level is told %+v", told)
		}
		if got := facts[forum.InvitationFacts](h, letters[0]); got.Meeting != meeting.ID || got.Change != forum.Request || got.Update {
			h.Errorf("the invitation says %+v", got)
		}
		if got := h.deeds("raad"); !slices.Equal(got[len(got)-5:], []string{"seat_given", "seat_given", "seat_given", "seat_given", "seat_changed"}) {
			h.Errorf("deeds %v", got)
		}
		again := done(h, membersImported(by, in, rows...))
		if again.Changes() || again.Count(forum.UnchangedSeat) != len(want) {
			h.Errorf("again: %q", saidPlan(again))
		}
		h.wantLetters()
		if language := seen(h, func(ctx context.Context, tx forum.Tx) (*forum.Person, error) {
			return tx.PersonByAddress(ctx, "vara2@bergen.example")
		}).Language; language != forum.Bokmal {
			h.Errorf("a person of Helse Bergen reads %s", language)
		}
	})
}

// TestTroubleInLists names what is wrong with each cell, all at once, and does nothing.
func TestTroubleInLists(t *testing.T) {
	onBoth(t, func(h *house) {
		in, by := h.forum("raad"), h.as(ourSecretary)
		for name, c := range map[string]struct {
			row  forum.MemberRow
			want string
		}{
			"no address":               {listed(1, "A", "", "Kvam", "medlem"), "1 trouble  [address: members.no_address]"},
			"an address that is none":  {listed(1, "A", "a at kvam", "Kvam", "medlem"), "1 trouble  [address: address]"},
			"no name":                  {listed(1, "", "a@kvam.example", "Kvam", "medlem"), "1 trouble  [name: members.no_name]"},
			"no role":                  {listed(1, "A", "a@kvam.example", "Kvam", ""), "1 trouble A [capacity: members.no_capacity]"},
			"a role that is none":      {listed(1, "A", "a@kvam.example", "Kvam", "Leiar for rehab"), "1 trouble A [capacity: members.capacity]"},
			"a ranked member":          {listed(1, "A", "a@kvam.example", "Kvam", "2. medlem"), "1 trouble A [capacity: members.capacity]"},
			"a rank that is none":      {listed(1, "A", "a@kvam.example", "Kvam", "vara", "rank", "sist"), "1 trouble A [rank: members.rank]"},
			"no organisation":          {listed(1, "A", "a@kvam.example", "", "medlem"), "1 trouble A [organisation: members.no_organisation]"},
			"a slip of the pen":        {listed(1, "A", "a@kvam.example", "Kvamm herad", "medlem"), "1 trouble A [organisation: members.organisation_meant]"},
			"nobody's organisation":    {listed(1, "A", "a@kvam.example", "Bergen Brannvesen", "medlem"), "1 trouble A [organisation: members.organisation]"},
			"a date that is none":      {listed(1, "A", "a@kvam.example", "Kvam", "medlem", "from", "3/1/2026"), "1 trouble A [from: members.date]"},
			"backwards":                {listed(1, "A", "a@kvam.example", "Kvam", "medlem", "from", "1.3.2027", "to", "1.3.2026"), "1 trouble A [to: members.backwards]"},
			"over before today":        {listed(1, "A", "a@kvam.example", "Kvam", "medlem", "to", "1.3.2025"), "1 trouble A [to: members.backwards]"},
			"another's forum":          {listed(1, "A", "a@kvam.example", "Kvam", "medlem", "forum", "Toppleiarmøtet"), "1 trouble A [forum: members.not_your_forum]"},
			"a forum that is none":     {listed(1, "A", "a@kvam.example", "Kvam", "medlem", "forum", "Samarbeidsrodet"), "1 trouble A [forum: members.forum_meant]"},
			"the forum's address":      {listed(1, "A", "raad@voss.example", "Kvam", "medlem"), "1 trouble  [address: claim.forum]"},
			"two people's addresses":   {listed(1, "A", chair+"; "+deputy, "Kvam", "medlem"), "1 trouble  [address: members.two_people]"},
			"an identity number":       {listed(1, "A 13097248022", "a@kvam.example", "Kvam", "medlem"), "1 trouble  [name: identity_number]"},
			"a language that is none":  {listed(1, "A", "a@kvam.example", "Kvam", "medlem", "language", "norsk"), "1 trouble A [language: members.language]"},
			"a seat that would end":    {listed(1, "", vaksdal, "Vaksdal", "medlem", "to", "31.12.2026"), "1 trouble Kommunalsjef, Vaksdal kommune [to: members.ending]"},
			"everything at once":       {listed(1, "", "x", "", "", "from", "x"), "1 trouble  [address: address] [capacity: members.no_capacity] [from: members.date] [organisation: members.no_organisation]"},
			"a person who is known":    {listed(1, "", chair, "Kvam", "medlem"), "1 new-seat Helse- og omsorgssjef, Kvam herad, Kvam herad raad member 0 2026-01-10– (other_seat)"},
			"a second chair":           {listed(1, "A", "a@kvam.example", "Kvam", "leder"), "1 new-person A, Kvam herad raad chair 0 2026-01-10– (second)"},
			"a longer seat":            {listed(1, "", vaksdal, "Vaksdal", "medlem", "to", "31.12.2028"), "1 changed Kommunalsjef, Vaksdal kommune, Vaksdal kommune raad member 0 2024-01-01–2028-12-31"},
			"another first day":        {listed(1, "", vaksdal, "Vaksdal", "medlem", "from", "1.1.2025"), "1 unchanged Kommunalsjef, Vaksdal kommune, Vaksdal kommune raad member 0 2024-01-01–2027-12-31 (from)"},
			"an address more":          {listed(1, "", chair+" a@kvam.example", "Kvam", "leiar"), "1 unchanged Helse- og omsorgssjef, Kvam herad, Kvam herad raad chair 0 – (address)"},
			"another name":             {listed(1, "Direktør, Bergen", deputy, "Helse Bergen HF", "nestleiar"), "1 changed Direktør, Bergen, Helse Bergen HF raad deputy 0 –"},
			"another name, other seat": {listed(1, "Rådmann", chair, "Kvam", "leiar"), "1 unchanged Helse- og omsorgssjef, Kvam herad, Kvam herad raad chair 0 – (name)"},
			"a namesake":               {listed(1, "brukarrepresentant", "a@brukar.example", "Brukarutvalet", "observatør"), "1 new-person brukarrepresentant, Brukarutvalet raad observer 0 2026-01-10– (same_name)"},
		} {
			if got := saidPlan(seen(h, membersPreviewed(by, in, c.row))); len(got) != 1 || got[0] != c.want {
				h.Errorf("%s:\n got %q\nwant %q", name, got, c.want)
			}
		}
		twice := []forum.MemberRow{
			listed(1, "A", "a@kvam.example", "Kvam", "medlem"), listed(2, "A", "a@kvam.example", "Kvam herad", "Member"), listed(3, "B", "a@kvam.example", "Kvam", "vara"),
			listed(4, "", vaksdal, "Vaksdal", "medlem"), listed(5, "", vaksdal, "Vaksdal", "medlem"),
		}
		plan, err := try(h, membersImported(by, in, twice...))
		if !forum.IsKind(err, forum.Invalid) {
			h.Fatalf("got %v", err)
		}
		want := []string{
			"1 new-person A, Kvam herad raad member 0 2026-01-10–", "2 trouble A [: members.twice]", "3 trouble A [name: members.two_names]",
			"4 unchanged Kommunalsjef, Vaksdal kommune, Vaksdal kommune raad member 0 2024-01-01–2027-12-31", "5 trouble Kommunalsjef, Vaksdal kommune [: members.twice]",
		}
		if diff := cmp.Diff(want, saidPlan(plan)); diff != "" {
			h.Errorf("plan (-want +got):\n%s", diff)
		}
		if got := seen(h, membersPreviewed(by, in, twice[0])); got.Count(forum.NewMember) != 1 {
			h.Error("something was kept of a list with trouble")
		}
	})
}

// TestWhoMayImport asks the right of each forum, and tells both levels what the operator did.
func TestWhoMayImport(t *testing.T) {
	onBoth(t, func(h *house) {
		in := h.forum("raad")
		row := listed(1, "A", "a@kvam.example; b@kvam.example", "Kvam", "medlem")
		for _, who := range []string{chair, vaksdal, observing, former} {
			if _, err := try(h, membersImported(h.as(who), in, row)); !forum.IsKind(err, forum.Forbidden) {
				h.Errorf("%s: %v", who, err)
			}
		}
		if _, err := try(h, membersImported(h.as(hfSecretary), in, row)); err != nil {
			h.Errorf("the other level's secretary: %v", err)
		}
		h.wantLetters("seats " + ourSecretary)
		plan := done(h, membersImported(forum.Operator(), 0,
			listed(1, "B", "b@bergen.example", "Helse Bergen HF", "medlem", "forum", "raad"), listed(2, "C", "a@kvam.example; c@kvam.example", "Kvam", "vara", "forum", "raad@voss.example")))
		if diff := cmp.Diff([]string{
			"1 new-person B, Helse Bergen HF raad member 0 2026-01-10–", "2 new-seat C, Kvam herad raad substitute 0 2026-01-10– (other_seat)",
		}, saidPlan(plan)); diff != "" {
			h.Errorf("plan (-want +got):\n%s", diff)
		}
		h.wantLetters("seats "+ourSecretary, "seats "+hfSecretary)
		if h.person("c@kvam.example") != h.person("b@kvam.example") {
			h.Error("the operator's list adds no address")
		}
		if _, err := try(h, membersImported(forum.Operator(), 0, row)); !forum.IsKind(err, forum.Invalid) {
			h.Errorf("a row without a forum: %v", err)
		}
	})
}
