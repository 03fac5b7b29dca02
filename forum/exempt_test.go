package forum_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samraad/samraad/forum"
)

func TestWhatStandsInForAPaper(t *testing.T) {
	paper := forum.Document{
		ID: 7, MatterID: 3, Position: 2, Name: "Oppseiing.pdf", Type: "application/pdf", Size: 9, Digest: "d1", Access: forum.Internal, Version: 2,
		AddedBy: 4, AddedAt: time.Unix(0, 0),
	}
	exempt, held, both := paper, paper, paper
	exempt.Access, exempt.Basis = forum.Exempt, "offl. § 23"
	held.Held = true
	both.Access, both.Basis, both.Held = forum.Exempt, "offl. § 23", true
	out, elsewhere := forum.Reader{Exempt: true, Held: true, Out: []forum.MatterID{3}}, forum.Reader{Exempt: true, Out: []forum.MatterID{4}}
	nobody, member, secretary, stranger := forum.Reader{}, forum.Reader{Exempt: true}, forum.Reader{Exempt: true, Held: true}, forum.Reader{Held: true}
	tests := []struct {
		name  string
		paper forum.Document
		by    forum.Reader
		want  forum.Withheld
	}{
		{"a plain one, to anyone", paper, nobody, ""},
		{"an exempt one, to anyone", exempt, nobody, forum.WithheldExempt},
		{"an exempt one, to a member", exempt, member, ""},
		{"a held one, to anyone", held, nobody, forum.WithheldHeld},
		{"a held one, to a member", held, member, forum.WithheldHeld},
		{"a held one, to a secretary", held, secretary, ""},
		{"an exempt and held one, to anyone", both, nobody, forum.WithheldExempt},
		{"an exempt and held one, to a member", both, member, forum.WithheldHeld},
		{"an exempt and held one, to a secretary", both, secretary, ""},
		{"a plain one, to who is disqualified", paper, out, ""},
		{"an exempt one, to who is disqualified", exempt, out, forum.WithheldOut},
		{"an exempt one, to who is disqualified in another matter", exempt, elsewhere, ""},
		{"an exempt one, to who may see held ones alone", both, stranger, forum.WithheldExempt},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := test.paper.Withheld(test.by); got != test.want {
				t.Errorf("withheld as %q, want %q", got, test.want)
			}
			want := test.paper
			if test.want != "" {
				want.Name, want.Type, want.Size, want.Digest, want.AddedBy = "", "", 0, "", 0
			}
			got := test.paper.For(test.by)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("stands in (-want +got):\n%s", diff)
			}
			if got.StandsIn() != (test.want != "") {
				t.Error("what stands in does not say so")
			}
		})
	}
}

func TestWhatStandsInForAMatter(t *testing.T) {
	plain := forum.Matter{ID: 1, Title: "Leige", Text: "Om leige", Access: forum.Internal}
	exempt := forum.Matter{ID: 1, Title: "Leige", FullTitle: "Leige av Storgata 1", Text: "Om Storgata 1", Access: forum.Exempt, Basis: "offl. § 23"}
	stripped := exempt
	stripped.FullTitle, stripped.Text = "", ""
	for name, test := range map[string]struct {
		matter forum.Matter
		by     forum.Reader
		want   forum.Matter
	}{
		"a plain one, to anyone":           {plain, forum.Reader{}, plain},
		"an exempt one, to anyone":         {exempt, forum.Reader{}, stripped},
		"an exempt one, to a member":       {exempt, forum.Reader{Exempt: true}, exempt},
		"a plain one, to the disqualified": {plain, forum.Reader{Exempt: true, Out: []forum.MatterID{1}}, plain},
		"an exempt one, to them":           {exempt, forum.Reader{Exempt: true, Out: []forum.MatterID{1}}, stripped},
		"an exempt one, to who sees held":  {exempt, forum.Reader{Held: true}, stripped},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, test.matter.For(test.by)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
