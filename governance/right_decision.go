package governance

import "github.com/samraad/samraad/forum"

// The rights that acts on decisions and follow-ups ask for.
var (
	ReadDecision = forum.Right{Action: "read", Object: "decision"}
	SupersedeIt  = forum.Right{Action: "supersede", Object: "decision"}
	ReportIt     = forum.Right{Action: "report", Object: "follow-up"}
	SteerIt      = forum.Right{Action: "steer", Object: "follow-up"}
)

// DecisionRights lists them.
var DecisionRights = []forum.Right{ReadDecision, SupersedeIt, ReportIt, SteerIt}
