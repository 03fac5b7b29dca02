package print

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// Converter makes PDF of papers that are none.
type Converter interface {
	// Takes tells whether it converts a media type.
	Takes(mediaType string) bool
	// Convert writes the PDF of content, which has the media type. Any error
	// leaves the paper apart.
	Convert(ctx context.Context, mediaType string, content io.Reader, to io.Writer) error
}

// LibreOffice converts by the program soffice: without a window, macros or
// what documents link to, in a folder, a profile and an environment of its own.
type LibreOffice struct {
	Path string        // of soffice
	Time time.Duration // a paper may take, 0 for a minute
}

var _ Converter = LibreOffice{}

// Takes tells whether it is a text, a spreadsheet, a presentation or a picture
// of a sort that is not printed otherwise.
func (LibreOffice) Takes(mediaType string) bool { return office(mediaType) }

// limitedRun starts a program under limits that the shell sets: seconds on the
// processor, kilobytes of memory, blocks of 512 bytes that it may write to a file.
const limitedRun = `ulimit -c 0 && ulimit -t "$1" && ulimit -v "$2" && ulimit -f "$3" && shift 3 && exec "$@"`

// What a conversion may take.
const (
	convertTime   = time.Minute
	convertMemory = 4 << 30
)

// Convert makes the PDF.
func (o LibreOffice) Convert(ctx context.Context, mediaType string, content io.Reader, to io.Writer) (err error) {
	folder, err := os.MkdirTemp("", "samraad-convert-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	if err := prepareProfile(folder, content); err != nil {
		return err
	}
	limit := o.Time
	if limit == 0 {
		limit = convertTime
	}
	timed, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	var said bytes.Buffer
	command := o.command(timed, folder, limit, &said)
	if err := command.Run(); err != nil {
		if timed.Err() != nil && ctx.Err() == nil {
			return apart{TimedOut, timed.Err()}
		}
		return fmt.Errorf("%w: %s", err, &said)
	}
	made, err := os.Open(filepath.Join(folder, "out", "paper.pdf"))
	if err != nil {
		return fmt.Errorf("%w: %s", err, &said)
	}
	defer made.Close()
	_, err = io.Copy(to, made)
	return err
}

func (o LibreOffice) command(ctx context.Context, folder string, limit time.Duration, said *bytes.Buffer) *exec.Cmd {
	command := exec.CommandContext(ctx, "/bin/sh", "-c", limitedRun, "sh",
		fmt.Sprint(int(limit/time.Second)+1), fmt.Sprint(convertMemory/1024), fmt.Sprint(MostBytes/512),
		o.Path, "-env:UserInstallation=file://"+filepath.Join(folder, "profile"),
		"--headless", "--norestore", "--nolockcheck", "--nodefault", "--convert-to", "pdf",
		"--outdir", filepath.Join(folder, "out"), filepath.Join(folder, "paper"))
	command.Dir = folder
	command.Env = []string{"PATH=/usr/bin:/bin", "LANG=C.UTF-8", "HOME=" + folder, "TMPDIR=" + folder, "SAL_USE_VCLPLUGIN=svp"}
	command.Stdout, command.Stderr = io.Discard, &tail{to: said}
	command.WaitDelay = time.Second
	inGroup(command)
	return command
}

// prepareProfile writes the paper, and settings that forbid what a document
// could do beyond being read.
func prepareProfile(folder string, content io.Reader) error {
	user := filepath.Join(folder, "profile", "user")
	if err := os.MkdirAll(user, 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(user, "registrymodifications.xcu"), []byte(forbidding), 0o600); err != nil {
		return err
	}
	paper, err := os.OpenFile(filepath.Join(folder, "paper"), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if _, err := io.Copy(paper, content); err != nil {
		_ = paper.Close()
		return err
	}
	return paper.Close()
}

// forbidding are settings of LibreOffice: no macros, no links followed.
const forbidding = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>1</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
`
