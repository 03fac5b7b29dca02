package print

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"syscall"

	"golang.org/x/sys/unix"
)

// limitProcess lets this process take so much more memory than it has, and so
// many seconds on the processor; it writes no files and starts no programs.
func limitProcess(memory int64, seconds uint64) error {
	taken, err := addressSpace()
	if err != nil {
		return err
	}
	space := taken + uint64(memory)
	return errors.Join(
		unix.Setrlimit(unix.RLIMIT_AS, &unix.Rlimit{Cur: space, Max: space}),
		unix.Setrlimit(unix.RLIMIT_CPU, &unix.Rlimit{Cur: seconds, Max: seconds + 1}),
		unix.Setrlimit(unix.RLIMIT_FSIZE, &unix.Rlimit{}),
		unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}),
	)
}

// addressSpace is how much of it this process has, in bytes: Go reserves more
// than it uses.
func addressSpace() (uint64, error) {
	said, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0, err
	}
	pages, _, found := bytes.Cut(said, []byte(" "))
	count, err := strconv.ParseUint(string(pages), 10, 64)
	if !found || err != nil {
		return 0, fmt.Errorf("statm says %q", said)
	}
	return count * uint64(os.Getpagesize()), nil
}

// inGroup starts a program as head of a group of its own, which is killed as a
// whole.
func inGroup(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	command.Cancel = func() error { return syscall.Kill(-command.Process.Pid, syscall.SIGKILL) }
}
