package governance

import "errors"

// joined are the refusals of several fields together, nil for none.
func joined(refusals ...error) error { return errors.Join(refusals...) }
