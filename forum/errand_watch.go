package forum

import "context"

// watched is a transaction of which one learns whom its mails go to.
type watched struct {
	Tx
	to      map[MessageID]string
	reached map[string]bool
	prints  []EditionID
}

func watch(tx Tx) *watched {
	return &watched{Tx: tx, to: map[MessageID]string{}, reached: map[string]bool{}}
}

// SaveMessage notes the receiver.
func (w *watched) SaveMessage(ctx context.Context, m *Message) error {
	err := w.Tx.SaveMessage(ctx, m)
	w.to[m.ID] = m.To
	return err
}

// Enqueue notes what is going to be handed over.
func (w *watched) Enqueue(ctx context.Context, jobs ...Job) error {
	for _, job := range jobs {
		switch job := job.(type) {
		case SendMessage:
			w.reached[w.to[job.Message]] = true
		case PrintPackage:
			w.prints = append(w.prints, job.Edition)
		}
	}
	return w.Tx.Enqueue(ctx, jobs...)
}

// people counts the receivers, those of packages that are still to be printed too.
func (w *watched) people(ctx context.Context) (int, error) {
	for _, id := range w.prints {
		e, err := w.Tx.Edition(ctx, id)
		if err != nil {
			return 0, err
		}
		m, err := w.Tx.Meeting(ctx, e.MeetingID)
		if err != nil {
			return 0, err
		}
		s, err := readSending(ctx, w.Tx, e, m, &Print{})
		if err != nil {
			return 0, err
		}
		for _, person := range s.receivers() {
			w.reached[s.people[person].Address] = true
		}
	}
	return len(w.reached), nil
}

// stashing is a transaction whose new mails are kept in hand.
type stashing struct {
	Tx
	mails []Message
}

// SaveMessage keeps a new message in hand, without an id.
func (s *stashing) SaveMessage(ctx context.Context, m *Message) error {
	if m.ID != 0 {
		return s.Tx.SaveMessage(ctx, m)
	}
	s.mails = append(s.mails, *m)
	return nil
}

// Enqueue leaves out the job of a message that is kept in hand.
func (s *stashing) Enqueue(ctx context.Context, jobs ...Job) error {
	var others []Job
	for _, job := range jobs {
		if job != (SendMessage{}) {
			others = append(others, job)
		}
	}
	return s.Tx.Enqueue(ctx, others...)
}

// reached counts the receivers of what is in hand.
func (s *stashing) reached() int {
	to := map[string]bool{}
	for _, m := range s.mails {
		to[m.To] = true
	}
	return len(to)
}

// Beneath is the transaction that is watched.
func (w *watched) Beneath() Tx { return w.Tx }

// Beneath is the transaction whose mails are held in hand.
func (s *stashing) Beneath() Tx { return s.Tx }
