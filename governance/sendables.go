package governance

import "github.com/samraad/samraad/forum"

// Sendables make an empty act of each kind that sends mail, for errands that rest.
var Sendables []func() forum.Sendable
