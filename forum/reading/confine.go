package reading

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// Limits are what a confined process may use. All of them hold before it is
// given the first byte of its input.
type Limits struct {
	Memory  uint64        // bytes of data, heap included (RLIMIT_DATA)
	Address uint64        // bytes of address space (RLIMIT_AS)
	CPU     time.Duration // whole seconds (RLIMIT_CPU)
	Wall    time.Duration
	Output  int // bytes
}

// Confined is a command that reads something from outside under limits. It gets
// the variables of Env and no others.
type Confined struct {
	Command []string
	Env     []string
	Limits
}

// Ending is how a confined process ended.
type Ending string

// The endings.
const (
	EndedWell      Ending = "well"
	EndedBadly     Ending = "badly" // a status other than 0, or a signal
	EndedByTime    Ending = "time"
	EndedByMemory  Ending = "memory"
	EndedByTalking Ending = "talking" // more output than allowed
)

// saidAtMost is how much of what a process says of its trouble is kept.
const saidAtMost = 4 << 10

// Run gives the process its input, waits for its end, and kills whatever it
// started that is still there. An error is trouble of this side: the process did not start, or ctx
// ended.
func (c Confined) Run(ctx context.Context, in io.Reader) (output []byte, ending Ending, err error) {
	within, cancel := context.WithTimeout(ctx, c.Wall)
	defer cancel()
	out, said := &bounded{most: c.Output, full: cancel}, &bounded{most: saidAtMost}
	cmd := exec.CommandContext(within, c.Command[0], c.Command[1:]...)
	cmd.Env, cmd.Dir, cmd.Stdout, cmd.Stderr = append([]string{}, c.Env...), os.TempDir(), out, said
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return killGroup(cmd.Process.Pid) }
	cmd.WaitDelay = time.Second
	input, err := cmd.StdinPipe()
	if err != nil {
		return nil, "", err
	}
	if err := cmd.Start(); err != nil {
		return nil, "", err
	}
	if err := c.limit(cmd.Process.Pid); err != nil {
		return nil, "", errors.Join(err, killGroup(cmd.Process.Pid), ignoreExit(cmd.Wait()))
	}
	fed := make(chan error, 1)
	go func() {
		_, err := io.Copy(input, in)
		fed <- errors.Join(ignorePipe(err), ignorePipe(input.Close()))
	}()
	waited := cmd.Wait()
	broken := <-fed
	_ = killGroup(cmd.Process.Pid) // whatever it left behind
	if ctx.Err() != nil {
		return nil, "", ctx.Err()
	}
	if broken != nil {
		return nil, "", broken
	}
	return out.kept, c.ending(within, cmd.ProcessState, out, said, waited), nil
}

func (c Confined) limit(pid int) error {
	cpu := uint64(c.CPU / time.Second)
	for what, most := range map[int]uint64{unix.RLIMIT_DATA: c.Memory, unix.RLIMIT_AS: c.Address, unix.RLIMIT_CPU: cpu, unix.RLIMIT_CORE: 0, unix.RLIMIT_FSIZE: 0} {
		if err := unix.Prlimit(pid, what, &unix.Rlimit{Cur: most, Max: most}, nil); err != nil {
			return os.NewSyscallError("prlimit", err)
		}
	}
	return nil
}

func (c Confined) ending(within context.Context, state *os.ProcessState, out, said *bounded, waited error) Ending {
	switch {
	case out.over:
		return EndedByTalking
	case within.Err() != nil:
		return EndedByTime
	case killed(state) && state.UserTime()+state.SystemTime() > c.CPU/2: // the kernel counts otherwise than it tells
		return EndedByTime
	case killed(state): // by the kernel, which has no memory left
		return EndedByMemory
	case bytes.Contains(said.kept, []byte("out of memory")), bytes.Contains(said.kept, []byte("cannot allocate memory")):
		return EndedByMemory
	case waited != nil:
		return EndedBadly
	}
	return EndedWell
}

// killed tells whether a process was ended by force, as the kernel does at the
// limit of the processor's time.
func killed(state *os.ProcessState) bool {
	status, _ := state.Sys().(syscall.WaitStatus)
	return status.Signaled() && (status.Signal() == syscall.SIGKILL || status.Signal() == syscall.SIGXCPU)
}

// killGroup ends a process with all that it started; one that is gone already
// is no error.
func killGroup(pid int) error {
	if err := syscall.Kill(-pid, syscall.SIGKILL); err != nil && !errors.Is(err, syscall.ESRCH) {
		return err
	}
	return nil
}

// ignorePipe forgets that a process did not read to the end.
func ignorePipe(err error) error {
	if errors.Is(err, syscall.EPIPE) || errors.Is(err, os.ErrClosed) {
		return nil
	}
	return err
}

func ignoreExit(err error) error {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return nil
	}
	return err
}

// bounded keeps the beginning of what is written to it, and calls full, if it
// has one, when there is more.
type bounded struct {
	kept []byte
	most int
	over bool
	full func()
}

func (b *bounded) Write(p []byte) (int, error) {
	room := min(b.most-len(b.kept), len(p))
	b.kept = append(b.kept, p[:room]...)
	if room < len(p) {
		b.over = true
		if b.full != nil {
			b.full()
		}
	}
	return len(p), nil
}
