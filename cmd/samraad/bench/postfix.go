package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"time"
)

// postfixRow has both take the same mails over the same connections. Postfix answers 250 when the mail is synced to its queue,
// from which it delivers meanwhile; ours when it is committed.
var postfixRow = row{
	name: "postfix", what: "mails accepted durably over SMTP, 8 connections, 6 KB", against: "Debian's postfix delivering to a Maildir on loopback", goal: "≥ 2×",
	prepare: func(ctx context.Context, folder string) (*pair, error) {
		postfix, err := startPostfix(ctx, filepath.Join(folder, "postfix"))
		if err != nil {
			return nil, err
		}
		ours, err := takeMail(ctx, filepath.Join(folder, "ours"))
		if err != nil {
			return nil, errors.Join(err, postfix.close())
		}
		return &pair{ours: ours.load, other: postfix.accept, close: func() error { return errors.Join(ours.close(), postfix.close()) }}, nil
	},
}

// postfix is Debian's, with a configuration, a queue, a log and a Maildir of its own, on loopback.
type postfix struct {
	*target
	maildir string
}

// mainCf is what differs from postfix's defaults: mail for anybody at the domain lands in one Maildir, and mail that comes
// faster than it is delivered is not held up.
const mainCf = `compatibility_level = 3.6
queue_directory = %[1]s/spool
data_directory = %[1]s/data
maillog_file = %[1]s/mail.log
maillog_file_prefixes = %[1]s
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mydestination =
mynetworks = 127.0.0.0/8
virtual_mailbox_domains = voss.example
virtual_mailbox_base = %[1]s
virtual_mailbox_maps = static:Maildir/
virtual_uid_maps = static:%[2]d
virtual_gid_maps = static:%[2]d
virtual_minimum_uid = 1
smtpd_client_connection_count_limit = 0
in_flow_delay = 0
smtpd_recipient_restrictions = permit_mynetworks, reject
`

// masterCf has the services that taking and delivering needs; the first is where mail comes in.
const masterCf = `127.0.0.1:%d inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`

func startPostfix(ctx context.Context, folder string) (*postfix, error) {
	program, err := exec.LookPath("/usr/sbin/postfix")
	if err != nil {
		return nil, errors.New("postfix is missing: apt-get install -y --no-install-recommends postfix")
	}
	if os.Geteuid() != 0 {
		return nil, errors.New("postfix is started by root only: run this as root, or leave its rows out")
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	if err := lay(folder, port); err != nil {
		return nil, err
	}
	control := func(act string) error {
		said, err := exec.CommandContext(context.WithoutCancel(ctx), program, "-c", folder+"/etc", act).CombinedOutput()
		if err != nil {
			return fmt.Errorf("postfix %s: %w: %s", act, err, said)
		}
		return nil
	}
	if err := control("start"); err != nil {
		return nil, err
	}
	p := &postfix{maildir: filepath.Join(folder, "Maildir", "new"), target: &target{fmt.Sprintf("127.0.0.1:%d", port), council, func() error { return control("stop") }}}
	err = until(ctx, func() (bool, error) {
		conn, err := net.DialTimeout("tcp", p.address, time.Second)
		if err != nil {
			return false, nil
		}
		return true, conn.Close()
	})
	return p, err
}

// lay makes the folders and files, owned by whom postfix wants.
func lay(folder string, port int) error {
	owner, err := user.Lookup("postfix")
	if err != nil {
		return err
	}
	uid, err := strconv.Atoi(owner.Uid)
	if err != nil {
		return err
	}
	for _, name := range []string{"etc", "spool", "data", "Maildir"} {
		if err := os.MkdirAll(filepath.Join(folder, name), 0o755); err != nil {
			return err
		}
	}
	for at := folder; at != os.TempDir() && at != "/"; at = filepath.Dir(at) { // postfix's own user comes through
		if err := os.Chmod(at, 0o755); err != nil {
			return err
		}
	}
	return errors.Join(
		os.Chown(filepath.Join(folder, "data"), uid, -1), os.Chown(filepath.Join(folder, "Maildir"), uid, uid),
		os.WriteFile(filepath.Join(folder, "etc", "main.cf"), fmt.Appendf(nil, mainCf, folder, uid), 0o644),
		os.WriteFile(filepath.Join(folder, "etc", "master.cf"), fmt.Appendf(nil, masterCf, port), 0o644),
	)
}

func freePort() (int, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return listener.Addr().(*net.TCPAddr).Port, listener.Close()
}

// delivered counts what lies in the Maildir.
func (p *postfix) delivered() (int, error) {
	found, err := os.ReadDir(p.maildir)
	if errors.Is(err, os.ErrNotExist) {
		return 0, nil
	}
	return len(found), err
}

// accept is how fast mail is taken while it is delivered; the next measurement begins when all is.
func (p *postfix) accept(ctx context.Context) (float64, error) {
	taken, _, err := p.send(ctx)
	return taken, err
}

// endToEnd is how fast mail comes into the Maildir.
func (p *postfix) endToEnd(ctx context.Context) (float64, error) {
	_, delivered, err := p.send(ctx)
	return delivered, err
}

func (p *postfix) send(ctx context.Context) (taken, delivered float64, err error) {
	before, err := p.delivered()
	if err != nil {
		return 0, 0, err
	}
	start := time.Now()
	if taken, err = p.load(ctx); err != nil {
		return 0, 0, err
	}
	err = until(ctx, func() (bool, error) {
		now, err := p.delivered()
		return now >= before+mails, err
	})
	return taken, rate(mails, start), err
}
