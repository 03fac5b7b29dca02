package api

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gabriel-vasile/mimetype"

	"github.com/samraad/samraad/forum"
)

// Paper is a paper of a matter as its reader may see it.
type Paper struct {
	ID       forum.DocumentID `json:"id" doc:"Number of the paper."`
	MatterID forum.MatterID   `json:"matter_id" doc:"Number of the matter."`
	Position int              `json:"position" doc:"Its place among the papers, from 1."`
	Name     string           `json:"name,omitempty" doc:"Name of the file; absent where the paper is withheld."`
	Type     string           `json:"type,omitempty" doc:"Media type, by the bytes."`
	Size     int64            `json:"size,omitempty" doc:"Size in bytes."`
	Digest   string           `json:"sha256,omitempty" doc:"SHA-256 of the bytes, in hex."`
	Access   string           `json:"access" doc:"internal, open or exempt."`
	Basis    string           `json:"basis,omitempty" doc:"Legal basis of an exemption."`
	Version  int              `json:"version" doc:"Number of the newest version, from 1."`
	AddedAt  time.Time        `json:"added_at" doc:"When that was added."`
	Held     bool             `json:"held,omitempty" doc:"Whether it is held until a secretary has looked, since an identity number was found in it."`
	Withheld bool             `json:"withheld,omitempty" doc:"Whether it is kept from this reader."`
}

func paperOf(d forum.Document) Paper {
	return Paper{
		ID: d.ID, MatterID: d.MatterID, Position: d.Position, Name: d.Name, Type: d.Type, Size: d.Size, Digest: string(d.Digest), Access: string(d.Access),
		Basis: d.Basis, Version: d.Version, AddedAt: d.AddedAt.UTC(), Held: d.Held, Withheld: d.StandsIn(),
	}
}

// PaperDetails is a paper with its versions.
type PaperDetails struct {
	Paper       Paper          `json:"paper" doc:"The paper itself."`
	Versions    []PaperVersion `json:"versions" doc:"Its versions, the newest first."`
	Reading     string         `json:"reading,omitempty" doc:"How far its text is read: waiting, read or unread; for who may edit papers."`
	Trouble     string         `json:"reading_trouble,omitempty" doc:"Why its text was not read, or not all of it, as a word."`
	MayMend     bool           `json:"may_mend" doc:"Whether the caller may replace and classify it."`
	MayWithdraw bool           `json:"may_withdraw" doc:"Whether the caller may withdraw it."`
	MayRelease  bool           `json:"may_release" doc:"Whether the caller may release it."`
}

// PaperVersion is one version of a paper.
type PaperVersion struct {
	Number   int       `json:"number" doc:"From 1."`
	Name     string    `json:"name,omitempty" doc:"Name of the file; absent where it is withheld."`
	Size     int64     `json:"size,omitempty" doc:"Size in bytes."`
	By       string    `json:"by,omitempty" doc:"Name of who added it."`
	AddedAt  time.Time `json:"added_at" doc:"When it was added."`
	Withheld bool      `json:"withheld,omitempty" doc:"Whether it is kept from this reader."`
}

// Access is how a paper is classified.
type Access struct {
	Access string `json:"access" enum:"internal,open,exempt" doc:"Who may see it."`
	Basis  string `json:"basis,omitempty" maxLength:"1000" doc:"Legal basis of an exemption." example:"offl. § 13"`
}

var paperThing = Thing[forum.DocumentID, PaperDetails]{
	Hold: within(forum.Tx.Document, func(d *forum.Document) forum.MatterID { return d.MatterID }, matterThing.Hold),
	See:  seeing(forum.ReadPaperPage, paperDetailsOf),
}

func paperDetailsOf(p forum.PaperPage) PaperDetails {
	d := PaperDetails{
		Paper: paperOf(p.Document), MayMend: p.MayMend, MayWithdraw: p.MayWithdraw, MayRelease: p.MayRelease,
		Versions: Each(p.Versions, func(v forum.VersionRow) PaperVersion {
			return PaperVersion{v.Number, v.Name, v.Size, v.By, v.AddedAt.UTC(), v.Withheld}
		}),
	}
	if p.Text != nil {
		d.Reading, d.Trouble = string(p.Text.State), string(p.Text.Reason)
	}
	return d
}

// NewPaper is a file that becomes a paper.
type NewPaper struct {
	ID      forum.MatterID `path:"id" minimum:"1"`
	Name    string         `query:"name" required:"true" minLength:"1" maxLength:"1000" doc:"Name of the file." example:"notat.pdf"`
	Access  string         `query:"access" enum:"internal,open,exempt" default:"internal" doc:"Who may see it."`
	Basis   string         `query:"basis" maxLength:"1000" doc:"Legal basis of an exemption."`
	RawBody []byte         `contentType:"application/octet-stream" json:"-"`
	Stored  forum.Paper    // RawBody, once it is put away
}

// NewVersion is a file that replaces a paper.
type NewVersion struct {
	ID      forum.DocumentID `path:"id" minimum:"1"`
	Name    string           `query:"name" required:"true" minLength:"1" maxLength:"1000" doc:"Name of the file." example:"notat.pdf"`
	RawBody []byte           `contentType:"application/octet-stream"`
}

// PaperVersionPath names a version of a paper.
type PaperVersionPath struct {
	ID     forum.DocumentID `path:"id" minimum:"1"`
	Number int              `path:"number" minimum:"1" doc:"Number of the version."`
}

func papers(a *API) {
	s := Subject{a, "Papers"}
	Lists(s, About{ID: "listPapers", Path: "/matters/{id}/papers", Summary: "List the papers of a matter", Text: "In order; of one that is withheld only its place, access code and legal basis."},
		List[forum.Document, Paper]{Key: func(d forum.Document) string { return number(d.Position) + number(d.ID) }, Show: paperOf},
		rowsOf(forum.ReadMatterPage, func(p *forum.MatterPage) []forum.Document { return p.Papers }))
	a.addPaper(s)
	One(s, About{ID: "getPaper", Path: "/papers/{id}", Summary: "Read what is known of a paper", Text: "With its versions and what the caller may do with it."}, paperThing.See)
	Download(s, About{ID: "getPaperFile", Path: "/papers/{id}/file", Summary: "Get a paper", Text: "The bytes of its newest version."}, "application/octet-stream",
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in *Of[forum.DocumentID]) (forum.Paper, error) {
			return as(func(d forum.Document) forum.Paper { return forum.Paper{Name: d.Name, Type: d.Type, Digest: d.Digest} })(forum.ReadPaperFile(ctx, tx, by, in.ID))
		})
	Download(s, About{ID: "getPaperVersion", Path: "/papers/{id}/versions/{number}", Summary: "Get a version of a paper", Text: "The bytes of any version."}, "application/octet-stream",
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in *PaperVersionPath) (forum.Paper, error) {
			return as(func(v forum.DocumentVersion) forum.Paper {
				return forum.Paper{Name: v.Name, Type: v.Type, Digest: v.Digest}
			})(forum.ReadPaperVersion(ctx, tx, by, in.ID, in.Number))
		})
	a.replacePaper(s)
	Change(s, About{ID: "classifyPaper", Method: http.MethodPut, Path: "/papers/{id}/access", Summary: "Classify a paper", Text: "Says who may see it and, of an exemption, on which legal basis."}, paperThing,
		func(ctx context.Context, tx forum.Tx, by forum.Actor, id forum.DocumentID, in Access) error {
			return done(forum.ClassifyPaper(ctx, tx, by, id, forum.AccessCode(in.Access), in.Basis))
		})
	Press(s, About{ID: "movePaperUp", Path: "/papers/{id}/up", Summary: "Move a paper up", Text: "By one place among the papers of its matter."}, paperThing, only(forum.MovePaperUp))
	Press(s, About{ID: "releasePaper", Path: "/papers/{id}/release", Summary: "Release a paper that is held", Text: "A secretary has looked at the number that was found in it."}, paperThing, only(forum.ReleasePaper))
	Remove(s, About{ID: "withdrawPaper", Path: "/papers/{id}", Summary: "Withdraw a paper", Text: "Nobody sees it any more; it can be restored."}, paperThing, only(forum.WithdrawPaper))
	Create(s, About{ID: "restorePaper", Path: "/papers/{id}/restore", Summary: "Restore a paper that was withdrawn", Text: "It stands last among the papers."},
		func(p Paper) string { return fmt.Sprintf("/papers/%d", p.ID) },
		func(ctx context.Context, tx forum.Tx, by forum.Actor, in *Of[forum.DocumentID]) (Paper, error) {
			return as(paperOf)(forum.RestorePaper(ctx, tx, by, in.ID))
		})
}

// uploading is the operation of a file that is sent.
func uploading(op huma.Operation) huma.Operation {
	op.MaxBodyBytes = forum.LargestPaper + 1
	return op
}

// store puts the bytes of a file away before any transaction names them.
func (a *API) store(ctx context.Context, given string, content []byte) (forum.Paper, error) {
	name := forum.PaperName(given)
	switch {
	case name == "":
		return forum.Paper{}, refusal(http.StatusUnprocessableEntity, "error.api.value").on("query.name")
	case len(content) == 0:
		return forum.Paper{}, refusal(http.StatusUnprocessableEntity, "error.paper.empty", "Name", name)
	}
	digest, size, err := a.options.Files.Put(context.WithoutCancel(ctx), bytes.NewReader(content))
	return forum.Paper{Name: name, Type: mimetype.Detect(content).String(), Size: size, Digest: digest}, err
}

func (a *API) addPaper(s Subject) {
	op := s.operation(About{
		ID: "addPaper", Method: http.MethodPost, Path: "/matters/{id}/papers", Summary: "Add a paper to a matter", Text: "The body is the bytes of the file.",
	}, http.StatusConflict, http.StatusRequestEntityTooLarge)
	op.DefaultStatus = http.StatusCreated
	where := func(p Paper) string { return fmt.Sprintf("/papers/%d", p.ID) }
	putAway := func(ctx context.Context, in *NewPaper) (err error) {
		in.Stored, err = a.store(ctx, in.Name, in.RawBody)
		return err
	}
	makes(s, uploading(op), where, putAway, func(ctx context.Context, tx forum.Tx, by forum.Actor, in *NewPaper) (Paper, error) {
		added, err := forum.AddPapers(ctx, tx, by, in.ID, []forum.Paper{in.Stored}, forum.AccessCode(in.Access), in.Basis)
		if err != nil {
			return Paper{}, err
		}
		return paperOf(added[0]), nil
	})
}

func (a *API) replacePaper(s Subject) {
	op := uploading(s.changing(About{
		ID: "replacePaper", Method: http.MethodPut, Path: "/papers/{id}/file", Summary: "Replace a paper", Text: "The body is the bytes of the new version; the versions before are kept.",
	}))
	huma.Register(s.huma, op, func(ctx context.Context, in *NewVersion) (*Shown[PaperDetails], error) {
		paper, err := s.store(ctx, in.Name, in.RawBody)
		if err != nil {
			return nil, s.problem(ctx, err)
		}
		return alterNow(ctx, a, in.ID, paperThing, func(ctx context.Context, tx forum.Tx, by forum.Actor) error {
			return done(forum.ReplacePaper(ctx, tx, by, in.ID, paper))
		})
	})
}
