package governance

import "github.com/samraad/samraad/forum"

// The rights that acts on minutes ask for.
var (
	WriteMinutes   = forum.Right{Action: "write", Object: "minutes"}
	SendMinutesOut = forum.Right{Action: "send", Object: "minutes"}
	ApproveMinutes = forum.Right{Action: "approve", Object: "minutes"}
)
