package main_test

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/samraad/samraad/forum/store/storetest"
)

// binary is the real program, built once for all stories.
var binary string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		folder, err := os.MkdirTemp("", "samraad")
		if err != nil {
			panic(err)
		}
		defer os.RemoveAll(folder)
		binary = filepath.Join(folder, "samraad")
		build := exec.Command("go", "build", "-o", binary, ".")
		build.Stdout, build.Stderr = os.Stdout, os.Stderr
		if err := build.Run(); err != nil {
			fmt.Fprintln(os.Stderr, "building samraad:", err)
			return 1
		}
		return m.Run()
	}())
}

// TestStories tells each story in testdata with the real binary, a real SMTP
// sink and both databases.
func TestStories(t *testing.T) {
	for name, database := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		t.Run(name, func(t *testing.T) {
			testscript.Run(t, testscript.Params{
				Dir:   "testdata",
				Setup: func(env *testscript.Env) error { return setUp(t, env, database) },
				Cmds: map[string]func(*testscript.TestScript, bool, []string){
					"up": up, "smtp": sendMail, "as": signInAs, "browse": browse, "get": get, "post": post, "press": press, "await": await, "let": let, "mailbox": mailbox, "about": about, "upload": upload, "fetch": fetch, "call": call, "fill": fill, "flood": flood, "enact": enact,
					"pdf":    readPDF,
					"cookie": cookie, "pry": pry, "misuse": misuse, "wary": wary, "dns": serveDNS,
					"postbox": openPostbox, "arrive": arrive,
				},
			})
		})
	}
}

// setUp gives a story its own folder, ports, database and sink.
func setUp(t *testing.T, env *testscript.Env, database func(testing.TB) string) error {
	sink, err := newSink()
	if err != nil {
		return err
	}
	env.Defer(sink.Close)
	env.Values[sinkKey{}] = sink
	env.Values[visitorKey{}] = &visitor{}
	env.Values[postboxKey{}] = map[string]*postbox{}
	area, err := os.ReadFile("demo/voss.yaml")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(env.WorkDir, "voss.yaml"), area, 0o600); err != nil {
		return err
	}
	pages, mails := freePort(t), freePort(t)
	for name, value := range map[string]string{
		"PATH":             filepath.Dir(binary) + string(os.PathListSeparator) + os.Getenv("PATH"),
		"SAMRAAD_VAR":      filepath.Join(env.WorkDir, "var"),
		"SAMRAAD_HTTP":     pages,
		"SAMRAAD_SMTP":     mails,
		"SAMRAAD_URL":      "http://" + pages,
		"SAMRAAD_LANGUAGE": "nn",
		"METRICS":          freePort(t),
		"SAMRAAD_DB":       database(t),
		"SINK":             "smtp://" + sink.Address(),
	} {
		env.Setenv(name, value)
	}
	return nil
}

func freePort(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
