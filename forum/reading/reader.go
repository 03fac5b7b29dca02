package reading

import (
	"context"
	"encoding/json"
	"log/slog"
	"time"

	"github.com/samraad/samraad/forum"
)

// Reader reads papers and keeps what they say.
type Reader struct {
	Keeper forum.Keeper
	Files  forum.Files
	Child  Confined // the command whose process runs Child
	Log    *slog.Logger
}

// Usual are the limits of a reading. They end it before the job that waits for
// it would be taken for dead.
func Usual() Limits {
	return Limits{Memory: 640 << 20, Address: 4 << 30, CPU: 10 * time.Second, Wall: 14 * time.Second, Output: 16 << 20}
}

// Environment has the child use its memory sparingly before the limit ends it.
var Environment = []string{"GOMEMLIMIT=384MiB", "GOMAXPROCS=2", "GOTRACEBACK=none"}

// Read reads a paper once; what was read before is left alone. An error is
// trouble of this side, after which trying again may help: trouble of the paper
// is kept as its reading.
func (r *Reader) Read(ctx context.Context, digest forum.Digest) error {
	waits := false
	err := r.Keeper.Read(ctx, func(ctx context.Context, tx forum.Tx) error {
		text, err := tx.PaperText(ctx, digest)
		if err == nil {
			waits = text.State == forum.PaperWaits
		}
		return err
	})
	if err != nil || !waits {
		return err
	}
	paper, err := r.Files.Open(ctx, digest)
	if err != nil {
		return err
	}
	defer paper.Close()
	output, ending, err := r.Child.Run(ctx, paper)
	if err != nil {
		return err
	}
	return r.keep(ctx, digest, r.content(digest, output, ending))
}

// GiveUp keeps that a paper was not read, when it will not be tried again.
func (r *Reader) GiveUp(ctx context.Context, digest forum.Digest) error {
	return r.keep(ctx, digest, forum.PaperContent{Reason: forum.TroubleStopped})
}

func (r *Reader) keep(ctx context.Context, digest forum.Digest, content forum.PaperContent) error {
	return r.Keeper.Write(ctx, func(ctx context.Context, tx forum.Tx) error {
		return forum.TakePaperText(ctx, tx, digest, content)
	})
}

// endings are what a process that ended early says of its paper.
var endings = map[Ending]forum.PaperTrouble{
	EndedBadly: forum.TroubleBroken, EndedByTime: forum.TroubleTimedOut, EndedByMemory: forum.TroubleMemory, EndedByTalking: forum.TroubleTooLarge,
}

func (r *Reader) content(digest forum.Digest, output []byte, ending Ending) (content forum.PaperContent) {
	if trouble, early := endings[ending]; early {
		content.Reason = trouble
	} else if err := json.Unmarshal(output, &content); err != nil {
		content = forum.PaperContent{Reason: forum.TroubleStopped}
	}
	if content.Reason != "" {
		r.Log.Info("paper not read whole", "digest", digest, "reason", content.Reason)
	}
	return content
}
