package mail

// lanes let mails be read at the same time, but one that comes again after the first of them, and what is more than a matter
// of its own after all that came before it: there it matters who was the last.
type lanes struct {
	last   map[string]*place // by Message-ID
	latest *place
}

// place is one mail's in the lanes.
type place struct {
	lanes       *lanes
	before      *place        // nil for the first
	taken, left chan struct{} // closed when that is so
	isTaken     bool
}

// next makes the place of the mail that came next.
func (l *lanes) next() *place {
	if l.last == nil {
		l.last = map[string]*place{}
	}
	l.latest = &place{lanes: l, before: l.latest, taken: make(chan struct{}), left: make(chan struct{})}
	return l.latest
}

// take waits until earlier mails of the same Message-ID are done. What the mails before are has to be known by then, so that
// places are taken one after the other.
func (p *place) take(id string) {
	if p.before != nil {
		<-p.before.taken
	}
	earlier := p.lanes.last[id]
	p.lanes.last[id] = p
	p.isTaken = true
	close(p.taken)
	if earlier != nil {
		<-earlier.left
	}
}

// waitForAll waits until all earlier mails are done.
func (p *place) waitForAll() {
	for earlier := p.before; earlier != nil; earlier = earlier.before {
		<-earlier.left
	}
}

// leave lets those have their turn that wait for this mail.
func (p *place) leave() {
	if !p.isTaken {
		p.take("") // it could not be read so far
	}
	close(p.left)
}
