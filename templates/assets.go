package templates

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"path"
	"strings"
	"sync"
)

//go:embed assets/dist
var built embed.FS

// AssetsPrefix is the path under which the server serves Assets.
const AssetsPrefix = "/assets/"

type assetFiles struct {
	urls   map[string]string
	hashed hashedFS
}

var assets = sync.OnceValue(func() assetFiles {
	dist, err := fs.Sub(built, "assets/dist")
	if err != nil {
		panic(err)
	}
	found, err := hashAssets(dist)
	if err != nil {
		panic(err)
	}
	return found
})

// Asset is the address of a built file, Asset("site.css") = "/assets/site.1f2e3d4c5b6a.css": the content is in the name,
// so that it may be cached for ever. It is "" for a file that was not built; the layout then leaves the link out.
func Asset(name string) string {
	return assets().urls[name]
}

// Assets holds the built files under their hashed names, to be served below AssetsPrefix.
func Assets() fs.FS {
	return assets().hashed
}

func hashAssets(dist fs.FS) (assetFiles, error) {
	found := assetFiles{urls: map[string]string{}, hashed: hashedFS{dist, map[string]string{}}}
	entries, err := fs.ReadDir(dist, ".")
	if err != nil {
		return found, err
	}
	for _, entry := range entries {
		name := entry.Name()
		if entry.IsDir() || path.Ext(name) == "" {
			continue
		}
		content, err := fs.ReadFile(dist, name)
		if err != nil {
			return found, err
		}
		sum := sha256.Sum256(content)
		extension := path.Ext(name)
		hashed := strings.TrimSuffix(name, extension) + "." + hex.EncodeToString(sum[:6]) + extension
		found.hashed.names[hashed] = name
		found.urls[name] = AssetsPrefix + hashed
	}
	return found, nil
}

// hashedFS opens files by their hashed names.
type hashedFS struct {
	dist  fs.FS
	names map[string]string
}

// Open opens the file that a hashed name stands for.
func (f hashedFS) Open(name string) (fs.File, error) {
	plain, ok := f.names[name]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return f.dist.Open(plain)
}
