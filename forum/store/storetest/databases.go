package storetest

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
)

// PostgresVariable names the environment variable with the address of a
// PostgreSQL server whose user may create databases. Without it a private
// server is started once for each test process.
const PostgresVariable = "SAMRAAD_TEST_POSTGRES"

// Both runs a test on each database, giving it the address of an empty one.
func Both(t *testing.T, test func(t *testing.T, address string)) {
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, Postgres(t)) })
}

// SQLite gives the address of a new SQLite file.
func SQLite(t testing.TB) string {
	return "sqlite:" + filepath.Join(t.TempDir(), "samraad.db")
}

// Postgres gives the address of a new PostgreSQL database, dropped with the test.
func Postgres(t testing.TB) string {
	t.Helper()
	address, err := Server()
	if err != nil {
		t.Fatal(err)
	}
	name := "test_" + strings.ToLower(rand.Text())
	administer(t, address, "CREATE DATABASE "+name)
	t.Cleanup(func() { administer(t, address, "DROP DATABASE "+name+" WITH (FORCE)") })
	at, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	at.Path = "/" + name
	return at.String()
}

func administer(t testing.TB, address, statement string) {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, statement); err != nil {
		t.Fatal(err)
	}
}

// Server is the address of the PostgreSQL server for this process.
var Server = sync.OnceValues(func() (string, error) {
	if address := os.Getenv(PostgresVariable); address != "" {
		return address, nil
	}
	return hold("hold")
})

// DurableServer is a private one of this process, for measuring: what it commits is on the disk.
var DurableServer = sync.OnceValues(func() (string, error) { return hold("durable") })

// hold starts a server that stops when this process ends, however it ends:
// then the standard input that it waits at is closed.
func hold(how string) (string, error) {
	root, err := moduleRoot()
	if err != nil {
		return "", err
	}
	script := filepath.Join(root, ".ci", "postgres")
	command := exec.Command(script, how)
	var complaint strings.Builder
	command.Stderr = &complaint
	if _, err := command.StdinPipe(); err != nil {
		return "", err
	}
	output, err := command.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := command.Start(); err != nil {
		return "", err
	}
	address, err := bufio.NewReader(output).ReadString('\n')
	if err != nil {
		return "", fmt.Errorf("%s: %w: %s", script, errors.Join(err, command.Wait()), &complaint)
	}
	go func() { _ = command.Wait() }() // holds the pipe, too
	return strings.TrimSpace(address), nil
}

// moduleRoot is the folder of go.mod above the test's.
func moduleRoot() (string, error) {
	folder, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return folder, nil
		}
		if folder == filepath.Dir(folder) {
			return "", errors.New("no go.mod above the test")
		}
		folder = filepath.Dir(folder)
	}
}
