// Package files keeps the bytes of papers in a folder, once each by SHA-256.
package files

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"sync"

	"github.com/samraad/samraad/forum"
)

// coming is where bytes stand until their digest is known.
const coming = "coming"

// Folder is a forum.Files in a folder of a disk. Several processes may share it.
type Folder struct{ root *os.Root }

var _ forum.Files = (*Folder)(nil)

// Open opens a folder, and makes it when it is missing; Unavailable when that
// cannot be done.
func Open(folder string) (*Folder, error) {
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return nil, unavailable(err)
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, unavailable(err)
	}
	if err := root.MkdirAll(coming, 0o750); err != nil {
		return nil, unavailable(errors.Join(err, root.Close()))
	}
	return &Folder{root}, nil
}

// Close gives the folder back.
func (f *Folder) Close() error { return f.root.Close() }

// buffers are what bytes go through on their way to the disk.
var buffers = sync.Pool{New: func() any { return new(make([]byte, 32<<10)) }}

// Put keeps the bytes and gives their digest and number; they are on the disk
// when it returns. An error of content itself comes back as it is.
func (f *Folder) Put(ctx context.Context, content io.Reader) (digest forum.Digest, size int64, err error) {
	name := path.Join(coming, rand.Text())
	file, err := f.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o640)
	if err != nil {
		return "", 0, unavailable(err)
	}
	defer func() {
		if err != nil {
			_ = f.root.Remove(name)
		}
	}()
	source := &source{ctx: ctx, reader: content}
	sum := sha256.New()
	buffer := buffers.Get().(*[]byte)
	size, err = io.CopyBuffer(io.MultiWriter(file, sum), source, *buffer)
	buffers.Put(buffer)
	digest = forum.Digest(hex.EncodeToString(sum.Sum(nil)))
	var changed []string
	if err == nil {
		changed, err = f.makeRoom(digest)
	}
	if err == nil {
		err = file.Sync()
	}
	err = errors.Join(err, file.Close())
	if err == nil {
		err = f.settle(name, digest, changed)
	}
	switch {
	case source.failed != nil:
		return "", 0, source.failed
	case err != nil:
		return "", 0, unavailable(err)
	}
	return digest, size, nil
}

// makeRoom makes the folders of a file's place that are missing, and gives those that got them. It comes before the file is
// put on the disk: what a disk then writes at once it need not write again.
func (f *Folder) makeRoom(digest forum.Digest) (changed []string, err error) {
	inner := path.Dir(placeOf(digest))
	for _, folder := range []string{path.Dir(inner), inner} {
		switch err := f.root.Mkdir(folder, 0o750); {
		case err == nil:
			changed = append(changed, path.Dir(folder))
		case !errors.Is(err, fs.ErrExist):
			return nil, err
		}
	}
	return changed, nil
}

// settle moves a file to its place, and puts the names of that and of new folders on the disk. The same bytes put twice land
// on each other.
func (f *Folder) settle(name string, digest forum.Digest, changed []string) error {
	place := placeOf(digest)
	if err := f.root.Rename(name, place); err != nil {
		return err
	}
	err := f.sync(path.Dir(place))
	for _, folder := range changed {
		err = errors.Join(err, f.sync(folder))
	}
	return err
}

// sync puts a folder's list of names on the disk.
func (f *Folder) sync(folder string) error {
	open, err := f.root.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(open.Sync(), open.Close())
}

// Open gives the bytes; NotFound when they were never put.
func (f *Folder) Open(_ context.Context, digest forum.Digest) (io.ReadCloser, error) {
	if raw, err := hex.DecodeString(string(digest)); err != nil || hex.EncodeToString(raw) != string(digest) || len(raw) != sha256.Size {
		return nil, forum.Refuse(forum.NotFound, "error.not_found.file")
	}
	file, err := f.root.Open(placeOf(digest))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, forum.Refuse(forum.NotFound, "error.not_found.file")
	}
	if err != nil {
		return nil, unavailable(err)
	}
	return file, nil
}

// placeOf spreads files over folders of folders, so that none grows long.
func placeOf(digest forum.Digest) string {
	return path.Join(string(digest[:2]), string(digest[2:4]), string(digest))
}

func unavailable(err error) error {
	return forum.Refuse(forum.Unavailable, "error.files").Because(err)
}

// source remembers whether it was what failed, and stops when nobody waits.
type source struct {
	ctx    context.Context
	reader io.Reader
	failed error
}

func (s *source) Read(b []byte) (int, error) {
	if s.failed = s.ctx.Err(); s.failed != nil {
		return 0, s.failed
	}
	n, err := s.reader.Read(b)
	if err != nil && err != io.EOF {
		s.failed = err
	}
	return n, err
}
