package forum

import "context"

// SelfPage is a person's own page.
type SelfPage struct {
	Person
	Addresses []string // from which the person writes, the main one first
	Claims    []ClaimedAddress
	Absences  []Absence // that are not over, by their first day
	Feeds     []OwnedFeed
	Forums    []Forum // whose meetings the person reads, and has no feed of alone
	HasAll    bool    // a feed of all forums
	Apps      []AppPassword
	Keys      []OwnKey
	Sessions  []Session       // that are open, the last used first
	Stopped   *AddressTrouble // why the person gets no mail, nil while it does
}

// OwnedFeed is a feed with the forum whose meetings it tells, nil for all.
type OwnedFeed struct {
	Feed
	Forum *Forum
}

// ReadSelfPage opens the actor's own page.
func ReadSelfPage(ctx context.Context, tx Tx, by Actor) (*SelfPage, error) {
	if err := by.mustBeSomeone(); err != nil {
		return nil, err
	}
	if err := by.lookAround(ctx, tx); err != nil {
		return nil, err
	}
	person, err := tx.Person(ctx, by.Person)
	if err != nil {
		return nil, err
	}
	page := &SelfPage{Person: *person}
	if page.Addresses, err = ownAddresses(ctx, tx, person); err != nil {
		return nil, err
	}
	if page.Claims, err = openClaims(ctx, tx, person); err != nil {
		return nil, err
	}
	if page.Absences, err = tx.AbsencesOf(ctx, person.ID, DateOf(tx.Now())); err != nil {
		return nil, err
	}
	if page.Apps, err = tx.AppPasswordsOf(ctx, person.ID); err != nil {
		return nil, err
	}
	if page.Keys, err = readOwnKeys(ctx, tx, by); err != nil {
		return nil, err
	}
	if page.Sessions, err = openSessions(ctx, tx, by.Person); err != nil {
		return nil, err
	}
	trouble, err := troubleOf(ctx, tx, person.Address)
	if err != nil {
		return nil, err
	}
	if !trouble.StoppedAt.IsZero() {
		page.Stopped = trouble
	}
	return page, page.readFeeds(ctx, tx, by)
}

func (p *SelfPage) readFeeds(ctx context.Context, tx Tx, by Actor) error {
	feeds, err := tx.Feeds(ctx, by.Person)
	if err != nil {
		return err
	}
	fed := map[ForumID]bool{}
	for _, f := range feeds {
		owned := OwnedFeed{Feed: f}
		if f.ForumID != 0 {
			if owned.Forum, err = tx.Forum(ctx, f.ForumID); err != nil {
				return err
			}
		}
		fed[f.ForumID] = true
		p.Feeds = append(p.Feeds, owned)
	}
	p.HasAll = fed[0]
	all, err := tx.Forums(ctx)
	if err != nil {
		return err
	}
	for _, f := range all {
		may, err := by.Can(ctx, tx, ReadMeeting, f.ID)
		if err != nil {
			return err
		}
		if may && !fed[f.ID] {
			p.Forums = append(p.Forums, f)
		}
	}
	return nil
}

// ChooseLanguage changes in which language the person reads pages, mails and feeds.
func ChooseLanguage(ctx context.Context, tx Tx, by Actor, language Language) error {
	if err := by.mustBeSomeone(); err != nil {
		return err
	}
	if !language.Valid() {
		return Refuse(Invalid, "error.language").On("language")
	}
	person, err := tx.Person(ctx, by.Person)
	if err != nil || person.Language == language {
		return err
	}
	person.Language = language
	if err := tx.SavePerson(ctx, person); err != nil {
		return err
	}
	return recordSelf(ctx, tx, by, "language_chosen")
}

// mustBeSomeone refuses whom there is no person behind.
func (by Actor) mustBeSomeone() error {
	if by.Person == 0 {
		return Refuse(Forbidden, "error.signed_out")
	}
	return nil
}

// recordSelf records what a person did to what is the person's own, in the
// installation's chain. What it was stays out of the log: addresses and
// absences are nobody else's.
func recordSelf(ctx context.Context, tx Tx, by Actor, deed string) error {
	return tx.Record(ctx, Event{At: tx.Now(), PersonID: by.Person, Deed: deed, Object: PersonObject(by.Person)})
}

// PersonObject names a person in events.
func PersonObject(id PersonID) Object { return Object{"person", int64(id)} }
