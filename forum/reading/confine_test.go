package reading_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/samraad/samraad/forum/reading"
)

// part names, for a process of this test binary, what it plays.
const part = "SAMRAAD_READING_PART"

func TestMain(m *testing.M) {
	play, ok := map[string]func(){
		"child": child,
		"echo":  func() { _, _ = io.Copy(os.Stdout, os.Stdin) },
		"spin":  spin,
		"wait":  wait,
		"fail":  func() { os.Exit(3) },
		"hoard": hoard,
		"chat": func() {
			for {
				fmt.Println(strings.Repeat("a", 1000))
			}
		},
		"tell":   func() { fmt.Println(os.Environ()) },
		"parent": parent,
	}[os.Getenv(part)]
	if ok {
		play()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// wait waits for what never comes, in a way that Go's runtime takes for no deadlock.
func wait() {
	never := make(chan os.Signal, 1)
	signal.Notify(never, syscall.SIGUSR1)
	<-never
}

func child() {
	if err := reading.Child(os.Stdin, os.Stdout); err != nil {
		os.Exit(5)
	}
}

func spin() {
	for turns := 0; turns >= 0; turns++ {
		runtime.KeepAlive(turns)
	}
}

func hoard() {
	for all := [][]byte{}; ; runtime.KeepAlive(all) {
		all = append(all, bytes.Repeat([]byte{1}, 1<<20))
	}
}

// parent starts a process that outlives it unless somebody ends the group.
func parent() {
	child, err := os.StartProcess(os.Args[0], os.Args, &os.ProcAttr{Env: []string{part + "=wait"}})
	if err != nil {
		os.Exit(4)
	}
	fmt.Println(child.Pid)
}

func confined(what string) reading.Confined {
	limits := reading.Usual()
	limits.CPU, limits.Wall, limits.Output = 2*time.Second, 8*time.Second, 1<<20
	return reading.Confined{Command: []string{os.Args[0]}, Env: append([]string{part + "=" + what}, reading.Environment...), Limits: limits}
}

func TestEndings(t *testing.T) {
	for what, want := range map[string]reading.Ending{
		"echo": reading.EndedWell, "spin": reading.EndedByTime, "wait": reading.EndedByTime, "fail": reading.EndedBadly,
		"hoard": reading.EndedByMemory, "chat": reading.EndedByTalking,
	} {
		t.Run(what, func(t *testing.T) {
			c := confined(what)
			if what == "wait" {
				c.Wall = time.Second
			}
			output, ending, err := c.Run(t.Context(), strings.NewReader("hei"))
			if err != nil || ending != want {
				t.Errorf("ended %q, %v, want %q", ending, err, want)
			}
			if len(output) > c.Output || what == "echo" && string(output) != "hei" {
				t.Errorf("%d bytes of output", len(output))
			}
		})
	}
}

func TestConfinedKnowsNothingOfOurs(t *testing.T) {
	t.Setenv("SAMRAAD_DB", "postgres://password@database")
	output, _, err := confined("tell").Run(t.Context(), strings.NewReader(""))
	check(t, err)
	if strings.Contains(string(output), "SAMRAAD_DB") || strings.Contains(string(output), "PATH=") {
		t.Errorf("it knows %s", output)
	}
}

func TestConfinedLeavesNobodyBehind(t *testing.T) {
	output, _, err := confined("parent").Run(t.Context(), strings.NewReader(""))
	check(t, err)
	pid, err := strconv.Atoi(strings.TrimSpace(string(output)))
	check(t, err)
	again, late := time.NewTicker(10*time.Millisecond), time.After(30*time.Second)
	defer again.Stop()
	for {
		status, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil || strings.Contains(string(status), ") Z ") {
			return
		}
		select {
		case <-again.C:
		case <-late:
			t.Fatalf("%d still runs: %s", pid, status)
		}
	}
}

func TestConfinedTroubleOfThisSide(t *testing.T) {
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := confined("wait").Run(ended, strings.NewReader("")); !errors.Is(err, context.Canceled) {
		t.Errorf("nobody waited for it and it says %v", err)
	}
	if _, _, err := (reading.Confined{Command: []string{"/nowhere"}}).Run(t.Context(), strings.NewReader("")); err == nil {
		t.Error("what is not there was run")
	}
	broken := errors.New("the disk is gone")
	if _, _, err := confined("echo").Run(t.Context(), io.MultiReader(strings.NewReader("a"), failing{broken})); !errors.Is(err, broken) {
		t.Errorf("a paper that cannot be opened to its end gives %v", err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }
