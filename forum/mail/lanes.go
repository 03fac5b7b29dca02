package mail

// lanes let mails be read at the same time, but what one author asks in several be done in the order in which they came.
type lanes struct {
	last  map[string]chan struct{} // by author: closed when their latest mail is done
	taken chan struct{}            // closed when all earlier mails have their places
}

// place is one mail's in the lanes.
type place struct {
	lanes       *lanes
	before      chan struct{} // nil for the first
	taken, left chan struct{}
	isTaken     bool
}

// next makes the place of the mail that came next.
func (l *lanes) next() *place {
	if l.last == nil {
		l.last = map[string]chan struct{}{}
	}
	p := &place{lanes: l, before: l.taken, taken: make(chan struct{}), left: make(chan struct{})}
	l.taken = p.taken
	return p
}

// take waits until it is the author's turn. Whose the mails before are has to be known by then, so that places are taken one after the other.
func (p *place) take(author string) {
	if p.before != nil {
		<-p.before
	}
	earlier := p.lanes.last[author]
	p.lanes.last[author] = p.left
	p.isTaken = true
	close(p.taken)
	if earlier != nil {
		<-earlier
	}
}

// leave lets the author's next mail have its turn.
func (p *place) leave() {
	if !p.isTaken {
		p.take("") // it could not be read so far that its author is known
	}
	close(p.left)
}
