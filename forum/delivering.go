package forum

import (
	"context"
	"slices"
)

// DeliverEdition sends an edition to all whom it concerns, with the print that
// was made of it. Doing it again does nothing; of a meeting that is off nothing
// is sent.
func DeliverEdition(ctx context.Context, tx Tx, print *Print) error {
	e, err := tx.Edition(ctx, print.EditionID)
	if err != nil {
		return err
	}
	m, err := tx.Meeting(ctx, e.MeetingID)
	if err != nil {
		return err
	}
	if _, err := tx.PrintOf(ctx, e.ID); !IsKind(err, NotFound) {
		return err
	}
	if _, closed, err := keptBehind(ctx, tx, e); err != nil || len(closed) > 0 {
		return errOr(err, Refuse(Conflict, "error.edition.printing")) // it has to be printed without them
	}
	if len(e.Items) > 0 && !e.Items[0].Start.Equal(m.Start) {
		return Refuse(Conflict, "error.edition.printing") // it was printed for another time
	}
	print.MadeAt = tx.Now()
	if err := tx.SavePrint(ctx, print); err != nil || !m.Movable() {
		return err
	}
	s, err := readSending(ctx, tx, e, m, print)
	if err != nil {
		return err
	}
	for _, to := range s.receivers() {
		if err := s.send(ctx, tx, to); err != nil {
			return err
		}
	}
	return nil
}

// deliverTo sends someone who is invited late what is out already.
func deliverTo(ctx context.Context, tx Tx, m *Meeting, to PersonID) error {
	editions, err := tx.Editions(ctx, m.ID)
	if err != nil {
		return err
	}
	for _, e := range slices.Backward(editions) {
		if e.State != OutEdition || e.Sort == NoticeEdition {
			continue
		}
		print, err := tx.PrintOf(ctx, e.ID)
		if IsKind(err, NotFound) {
			return nil // who prints it sends it to all who are invited then
		}
		if err != nil {
			return err
		}
		if _, err := tx.DeliveryOf(ctx, e.ID, to); !IsKind(err, NotFound) {
			return err
		}
		now, closed, err := keptBehind(ctx, tx, &e)
		if err != nil {
			return err
		}
		if len(closed) > 0 {
			print = &Print{} // its papers go alone
		}
		s, err := readSending(ctx, tx, &now, m, print)
		if err != nil {
			return err
		}
		return s.send(ctx, tx, to)
	}
	return nil
}

// sending is what the mails of one edition stand on.
type sending struct {
	round
	edition   *Edition
	print     *Print
	wrong     map[PersonID]Message  // that a correction replaces
	delivered map[PersonID]Delivery // of those
}

func readSending(ctx context.Context, tx Tx, e *Edition, m *Meeting, print *Print) (*sending, error) {
	r, err := readRound(ctx, tx, m)
	if err != nil {
		return nil, err
	}
	s := &sending{round: *r, edition: e, print: print, wrong: map[PersonID]Message{}, delivered: map[PersonID]Delivery{}}
	if e.Replaces == 0 {
		return s, nil
	}
	replaced, err := tx.Deliveries(ctx, e.Replaces)
	if err != nil {
		return nil, err
	}
	for _, d := range replaced {
		message, err := tx.Message(ctx, d.MessageID)
		if err != nil {
			return nil, err
		}
		s.wrong[d.PersonID], s.delivered[d.PersonID] = *message, d
	}
	return s, nil
}

// receivers are whom the edition concerns, in the order of their invitations: of
// a correction exactly those who got what it replaces, of others all who are
// invited.
func (s *sending) receivers() (receivers []PersonID) {
	if s.edition.Replaces != 0 {
		for person := range s.wrong {
			receivers = append(receivers, person)
		}
	} else {
		for person, i := range s.invitations {
			if !i.Withdrawn {
				receivers = append(receivers, person)
			}
		}
	}
	slices.SortFunc(receivers, func(a, b PersonID) int {
		if d := s.invitations[a].ID - s.invitations[b].ID; d != 0 {
			return int(d)
		}
		return int(a - b)
	})
	return receivers
}

// send makes one receiver's copy, and the mail that brings it. A correction goes
// to the address that the wrong mail went to; who has no place at the meeting
// any more learns of the mistake, and gets no papers.
func (s *sending) send(ctx context.Context, tx Tx, person PersonID) error {
	to, invitation := s.people[person], s.invitations[person]
	facts, err := s.facts(ctx, tx, person)
	if err != nil {
		return err
	}
	copy := newDelivery(s.edition, person, tx.Now())
	facts.Copy = copy.Link
	message := &Message{PersonID: person, To: to.Address, Language: to.Language, Kind: PackageMessage}
	if wrong, is := s.wrong[person]; is {
		message.To, facts.To, facts.Replaces = wrong.To, wrong.To, wrong.Subject
	}
	if invitation.ID == 0 || invitation.Withdrawn {
		facts.Change, facts.Files, facts.Apart, facts.Larger, facts.Copy = "", nil, nil, false, ""
	}
	message.Facts = MarshalFacts(facts)
	if err := dispatch(ctx, tx, s.forum, message); err != nil {
		return err
	}
	copy.MessageID = message.ID
	if err := tx.SaveDelivery(ctx, copy); err != nil {
		return err
	}
	replaced, is := s.delivered[person]
	if !is {
		return nil
	}
	replaced.ReplacedBy = s.edition.ID
	return tx.SaveDelivery(ctx, &replaced)
}

func (s *sending) facts(ctx context.Context, tx Tx, person PersonID) (PackageFacts, error) {
	people, err := s.invitees(ctx, tx)
	if err != nil {
		return PackageFacts{}, err
	}
	invitation := invitationFacts(tx, s.forum, s.meeting, s.invitations[person], people)
	invitation.Update, invitation.Person, invitation.To = true, s.people[person].Name, s.people[person].Address
	facts := PackageFacts{InvitationFacts: invitation, Sort: s.edition.Sort, Number: s.edition.Number, Text: s.edition.Text}
	if a := s.newest[person]; a.ID != 0 && !s.forOld(a) {
		facts.Reply = a.Reply
	}
	facts.Lines, facts.Changed = linesOf(s.edition)
	facts.Files, facts.Apart, facts.Larger = loaded(s.edition, s.print)
	return facts, nil
}
