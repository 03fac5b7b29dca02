// Package doors_test holds pages, API and mail, joined as the binary joins them,
// to what they have to do alike.
package doors_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/api"
	"github.com/samraad/samraad/forum/calendar"
	"github.com/samraad/samraad/forum/files"
	"github.com/samraad/samraad/forum/mail"
	"github.com/samraad/samraad/forum/store"
	"github.com/samraad/samraad/forum/store/storetest"
	"github.com/samraad/samraad/forum/web"
	"github.com/samraad/samraad/governance"
	governedapi "github.com/samraad/samraad/governance/api"
	governedmail "github.com/samraad/samraad/governance/mail"
	governed "github.com/samraad/samraad/governance/store"
	governedweb "github.com/samraad/samraad/governance/web"
	"github.com/samraad/samraad/policies"
)

const (
	chair     = "leiar@kvam.example"
	deputy    = "nestleiar@bergen.example"
	secretary = "sekretar@kvam.example" // sits without a vote
	council   = "raad@voss.example"
)

// doors are pages, API and mail on one database, at an hour that the test sets.
type doors struct {
	*testing.T
	keeper  forum.Keeper
	address string // of the database
	url     string
	later   atomic.Int64 // nanoseconds after the beginning
	reader  *mail.Reader
	outbox  *mail.Outbox
	people  map[string]forum.PersonID
}

func plan(language forum.Language) *forum.AreaPlan {
	const kvam, bergen = "944233199", "983974724"
	p := &forum.AreaPlan{
		Area: forum.AreaEntry{Key: "voss", Name: "Voss"},
		Organisations: []forum.OrganisationEntry{
			{Number: kvam, Name: "Kvam herad", Level: forum.Municipal}, {Number: bergen, Name: "Helse Bergen HF", Level: forum.Specialist},
		},
		Forums: []forum.ForumEntry{{
			Key: "raad", Name: "Samarbeidsrådet", Kind: forum.Council, Address: council,
			Mandate: forum.MandateEntry{From: "2020-01-01", Keys: []forum.Capacity{forum.Chair, forum.Deputy}, KeyHours: 24},
			Seats: []forum.SeatEntry{
				{Person: chair, Organisation: kvam, Capacity: forum.Chair}, {Person: deputy, Organisation: bergen, Capacity: forum.Deputy},
				{Person: secretary, Organisation: kvam, Capacity: forum.Secretary},
			},
		}},
	}
	for _, address := range []string{chair, deputy, secretary} {
		p.People = append(p.People, forum.PersonEntry{Address: address, Name: "Person " + address, Language: language})
	}
	return p
}

func openDoors(t *testing.T, language forum.Language) *doors {
	t.Helper()
	policy, err := policies.Default()
	check(t, err)
	d := &doors{T: t, address: storetest.SQLite(t), people: map[string]forum.PersonID{}}
	clock := func() time.Time {
		return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC).Add(time.Duration(d.later.Load()))
	}
	db, err := store.Open(t.Context(), d.address, store.Options{Clock: clock, Policy: policy, Tables: governed.Tables})
	check(t, err)
	papers, err := files.Open(t.TempDir())
	check(t, err)
	t.Cleanup(func() { check(t, errors.Join(db.Close(), papers.Close())) })
	check(t, db.Migrate(t.Context()))
	d.keeper = governed.Keeper{DB: db}
	d.write(func(ctx context.Context, tx governance.Tx) error {
		marked := tx.MarkDemo(ctx) // which takes an empty database
		_, err := forum.ImportArea(ctx, tx, forum.Operator(), plan(language))
		return errors.Join(marked, err)
	})
	for _, address := range []string{chair, deputy, secretary} {
		d.write(func(ctx context.Context, tx governance.Tx) error {
			person, err := tx.PersonByAddress(ctx, address)
			if err == nil {
				d.people[address] = person.ID
			}
			return err
		})
	}
	log := slog.New(slog.DiscardHandler)
	d.reader = &mail.Reader{Keeper: d.keeper, Files: papers, Demo: true, Log: log, On: governedmail.On}
	d.outbox = &mail.Outbox{Keeper: d.keeper, Files: papers, URL: "https://samraad.example", Letters: governedmail.Letters}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	d.url = "http://" + listener.Addr().String()
	programs := api.New(api.Options{Keeper: d.keeper, Files: papers, Almanac: calendar.Almanac{}, URL: d.url, Log: log, More: governedapi.Operations})
	pages := web.New(web.Options{Keeper: d.keeper, Files: papers, Demo: true, URL: d.url, Log: log, API: programs, House: governedweb.House{}})
	served := make(chan error, 1)
	go func() { served <- pages.Serve(listener) }()
	t.Cleanup(func() { check(t, errors.Join(pages.Shutdown(context.Background()), <-served)) })
	return d
}

func (d *doors) write(fn func(ctx context.Context, tx governance.Tx) error) {
	d.Helper()
	check(d.T, d.keeper.Write(context.Background(), func(ctx context.Context, tx forum.Tx) error { return fn(ctx, governance.In(tx)) }))
}

// by is the person who has an address.
func (d *doors) by(address string) forum.Actor { return forum.AsPerson(d.people[address]) }

// written is a written procedure on a motion.
func (d *doors) written(w governance.Wording) (motion governance.MotionID, ballot governance.BallotID) {
	d.Helper()
	d.write(func(ctx context.Context, tx governance.Tx) error {
		matter, err := forum.ProposeMatter(ctx, tx, d.by(secretary), 1, forum.Proposal{Title: "Felles øving", Kind: forum.DiscussionMatter, Source: forum.ByWeb})
		if err != nil {
			return err
		}
		m, err := governance.PutMotion(ctx, tx, d.by(secretary), matter.ID, w)
		if err != nil {
			return err
		}
		taking := governance.Taking{Way: governance.InWriting, Secret: w.Candidates != nil, Deadline: tx.Now().AddDate(0, 0, 3)}
		b, err := governance.OpenBallot(ctx, tx, d.by(secretary), m.ID, taking)
		if err == nil {
			motion, ballot = m.ID, b.ID
		}
		return err
	})
	return motion, ballot
}

// mended are minutes that were sent, taken up again and sent anew to the
// key-holders, and the round that is older.
func (d *doors) mended() (minutes governance.MinutesID, older governance.MinutesRoundID) {
	d.Helper()
	d.write(func(ctx context.Context, tx governance.Tx) error {
		start := tx.Now().Add(time.Hour)
		meeting, err := forum.PlanMeeting(ctx, tx, d.by(secretary), 1, forum.Ordinary, forum.Slot{Start: start, End: start.Add(time.Hour), Place: "Voss"})
		if err != nil {
			return err
		}
		_, called := forum.CallMeeting(ctx, tx, d.by(secretary), meeting.ID)
		_, came := governance.NoteArrival(ctx, tx, d.by(secretary), meeting.ID, governance.Arrival{Person: d.people[chair]}, governance.Arrival{Person: d.people[deputy]})
		of, started := governance.StartMinutes(ctx, tx, d.by(secretary), meeting.ID)
		if err := errors.Join(called, came, started); err != nil {
			return err
		}
		minutes = of.ID
		_, err = governance.SaveMinutesItem(ctx, tx, d.by(secretary), minutes, "", []governance.Passage{{Field: governance.NoteField, Text: "Rådet møttest."}})
		return err
	})
	d.later.Add(int64(90 * time.Minute))
	d.write(func(ctx context.Context, tx governance.Tx) error {
		first, sent := governance.SendMinutes(ctx, tx, d.by(secretary), minutes)
		_, reopened := governance.ReopenMinutes(ctx, tx, d.by(secretary), minutes)
		_, again := governance.SendMinutes(ctx, tx, d.by(secretary), minutes)
		_, asked := governance.AskMinutesKeys(ctx, tx, d.by(secretary), minutes)
		if err := errors.Join(sent, reopened, again, asked); err != nil {
			return err
		}
		older = first.ID
		return nil
	})
	return minutes, older
}

// attempt is what somebody tries by each door.
type attempt struct {
	who, key string // and the text of the reason
	page     string // and its form
	form     url.Values
	path     string // of the API
	method   string
	tagged   string // what is read before
	body     string
	purpose  forum.Purpose // of the address that the mail goes to
	subject  int64
	text     string
	answer   forum.MessageKind // to the mail
}

// byPage sends a form as a browser that is signed in, and gives what it shows.
func (d *doors) byPage(a attempt) (int, string) {
	d.Helper()
	jar, err := cookiejar.New(nil)
	check(d.T, err)
	browser := &http.Client{Jar: jar}
	post := func(path string, form url.Values) (int, string) {
		request, err := http.NewRequest(http.MethodPost, d.url+path, strings.NewReader(form.Encode()))
		check(d.T, err)
		request.Header.Set("Origin", d.url)
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		return d.answered(browser.Do(request))
	}
	if status, body := post("/demo", url.Values{"person": {fmt.Sprint(d.by(a.who).Person)}}); status != http.StatusOK {
		d.Fatalf("signing in answered %d: %s", status, body)
	}
	return post(a.page, a.form)
}

// byProgram makes the call with a token, having read what it changes.
func (d *doors) byProgram(a attempt) (int, string) {
	d.Helper()
	var secret string
	d.write(func(ctx context.Context, tx governance.Tx) (err error) {
		_, secret, err = forum.CreateAPIToken(ctx, tx, forum.Operator(), a.who, forum.WriteScope, 30)
		return err
	})
	tag := ""
	call := func(method, path, body string) (int, string) {
		request, err := http.NewRequest(method, d.url+api.Prefix+path, strings.NewReader(body))
		check(d.T, err)
		request.Header.Set("Authorization", "Bearer "+secret)
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("If-Match", tag)
		answer, err := http.DefaultClient.Do(request)
		check(d.T, err)
		tag = answer.Header.Get("ETag")
		return d.answered(answer, err)
	}
	if status, body := call(http.MethodGet, a.tagged, ""); status != http.StatusOK {
		d.Fatalf("reading %s answered %d: %s", a.tagged, status, body)
	}
	return call(a.method, a.path, a.body)
}

func (d *doors) answered(answer *http.Response, err error) (int, string) {
	d.Helper()
	check(d.T, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	check(d.T, err)
	return answer.StatusCode, string(body)
}

// byMail writes to an address that was given to who tries, and gives the letter
// that comes back.
func (d *doors) byMail(a attempt) string {
	d.Helper()
	token := forum.AddressToken{Token: forum.NewSecret(), Purpose: a.purpose, Subject: a.subject, PersonID: d.by(a.who).Person}
	before := d.newest(a.answer, a.who)
	d.write(func(ctx context.Context, tx governance.Tx) error {
		in, err := tx.ForumByAddress(ctx, council)
		if err != nil {
			return err
		}
		token.ForumID = in.ID
		return tx.SaveAddressToken(ctx, &token)
	})
	to := forum.TokenAddress(council, token.Token)
	raw := "From: <" + a.who + ">\r\nTo: <" + to + ">\r\nSubject: SV: Svar\r\nMessage-ID: <" + token.Token + "@kvam.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + a.text + "\r\n"
	_, err := mail.Deliver(context.Background(), d.keeper, []byte(raw), []string{to}, "pipe", true)
	check(d.T, err)
	if _, err := d.reader.Drain(context.Background()); err != nil {
		d.Fatal(err)
	}
	m := d.newest(a.answer, a.who)
	if m == nil || before != nil && before.ID == m.ID {
		return ""
	}
	letter, err := d.outbox.Write(m)
	check(d.T, err)
	return strings.Join(strings.Fields(letter.Letter.Plain()), " ")
}

// newest is the last message of a kind to somebody, nil for none.
func (d *doors) newest(kind forum.MessageKind, to string) (newest *forum.Message) {
	d.Helper()
	d.write(func(ctx context.Context, tx governance.Tx) error {
		ids, err := tx.MessagesBefore(ctx, forum.Queued, tx.Now().Add(time.Hour))
		slices.Sort(ids)
		for _, id := range ids {
			m, err := tx.Message(ctx, id)
			if err != nil {
				return err
			}
			if m.Kind == kind && m.To == to {
				newest = m
			}
		}
		return err
	})
	return newest
}

// governedTables are the rows in which votes and minutes stand.
var governedTables = []string{
	"motions", "ballots", "casts", "turnouts", "slips", "minutes", "minutes_rounds", "minutes_texts", "minutes_answers", "minutes_words", "decisions", "meetings", "matters",
}

// state is all that stands in those rows.
func (d *doors) state() string {
	d.Helper()
	db, err := sql.Open("sqlite", strings.TrimPrefix(d.address, "sqlite:"))
	check(d.T, err)
	defer db.Close()
	var all bytes.Buffer
	for _, table := range governedTables {
		rows, err := db.Query("SELECT * FROM " + table)
		check(d.T, err)
		columns, err := rows.Columns()
		check(d.T, err)
		for rows.Next() {
			values, into := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				into[i] = &values[i]
			}
			check(d.T, rows.Scan(into...))
			fmt.Fprintf(&all, "%s %v\n", table, values)
		}
		check(d.T, rows.Err())
		check(d.T, rows.Close())
	}
	return all.String()
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
