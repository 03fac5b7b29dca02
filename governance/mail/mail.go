// Package mail writes the mails of what is governed, and has the mails that answer them.
package mail

import (
	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/forum/mail"
)

// Letters write the messages, by their kind.
var Letters = map[forum.MessageKind]mail.Letter{}

// On has the mail to addresses, by their purpose.
var On = map[forum.Purpose]mail.Handler{}
