package main_test

import (
	"fmt"
	"net/smtp"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/samraad/samraad/forum/store/storetest"
)

const (
	// proposed is how many matters come by mail to the killed server.
	proposed = 200
	// sendersIn is how many connections bring them.
	sendersIn = 4
)

// TestKilledServerKeepsMail kills the real process again and again while it takes mail from a relay that tries again, with
// another trace each time, what was not answered with 250: every mail becomes one matter, and none becomes two.
func TestKilledServerKeepsMail(t *testing.T) {
	for name, database := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		t.Run(name, func(t *testing.T) {
			house := newHouse(t, database(t))
			smtp := freePort(t)
			house.env = append(house.env, "SAMRAAD_SMTP="+smtp, "SAMRAAD_RELAY=mx.stor.example", "SAMRAAD_VAR="+filepath.Join(house.folder, "var"))
			house.importArea()
			house.start()
			taken := make(chan int, proposed) // how often each was tried until it was answered with 250
			for c := range sendersIn {
				go func() {
					for i := c; i < proposed; i += sendersIn {
						taken <- untilTaken(t, smtp, i)
					}
				}()
			}
			rounds, acknowledged, again := kills(t), 0, 0
			for i := 1; i <= rounds; i++ {
				for ; acknowledged < i*proposed/(rounds+1); acknowledged++ {
					again += <-taken - 1
				}
				house.kill()
				house.start()
			}
			for ; acknowledged < proposed; acknowledged++ {
				again += <-taken - 1
			}
			house.checkReceipts()
			house.stop()
			t.Logf("%d mails were tried again", again)
		})
	}
}

// untilTaken sends one mail until it is answered with 250, and tells how often it tried.
func untilTaken(t *testing.T, address string, number int) (tries int) {
	again := time.NewTicker(10 * time.Millisecond)
	defer again.Stop()
	for tries = 1; t.Context().Err() == nil; tries++ {
		mail := fmt.Sprintf("Received: from relay.kvam.example by mx.stor.example; try %d\r\n"+
			"Authentication-Results: mx.stor.example; dmarc=pass header.from=kvam.example\r\n"+
			"From: <medlem%d@kvam.example>\r\nTo: <rad@stor.example>\r\nSubject: Sak nummer %d.\r\nMessage-ID: <sak-%d@kvam.example>\r\nDate: Tue, 11 Mar 2031 10:00:00 +0100\r\n\r\nVi ber om at dette blir drøfta.\r\n",
			tries, number, number, number)
		if smtp.SendMail(address, nil, fmt.Sprintf("medlem%d@kvam.example", number), []string{"rad@stor.example"}, []byte(mail)) == nil {
			return tries
		}
		<-again.C
	}
	return tries
}

// receipt finds the title and the Message-ID of a receipt.
var (
	receiptTitle = regexp.MustCompile(`Sak nummer (\d+)\.`)
	receiptID    = regexp.MustCompile(`(?m)^Message-ID: <([^>]+)>`)
)

// checkReceipts waits until everyone has a receipt, and makes sure that nobody got two different ones: each matter sends one.
func (h *house) checkReceipts() {
	h.Helper()
	h.until("everyone has a receipt", goesOnWithin, func() bool { return len(h.receipts()) == proposed })
	for number, ids := range h.receipts() {
		if len(ids) != 1 {
			h.Errorf("mail %s became %d matters", number, len(ids))
		}
	}
}

// receipts are the Message-IDs of what came back for each mail.
func (h *house) receipts() map[string]map[string]bool {
	found := map[string]map[string]bool{}
	for _, d := range h.sink.All() {
		number := strings.TrimSuffix(strings.TrimPrefix(d.to, "medlem"), "@kvam.example")
		id := receiptID.FindStringSubmatch(string(d.raw))
		if !receiptTitle.Match(d.raw) || id == nil {
			continue
		}
		if found[number] == nil {
			found[number] = map[string]bool{}
		}
		found[number][id[1]] = true
	}
	return found
}
