package templates

// Size is a number of bytes in decimal units with one digit after the comma, "1,4 MB".
func (t Text) Size(bytes int64) string {
	if bytes < 1000 {
		return t.N("size.bytes", int(bytes))
	}
	value, unit := float64(bytes)/1000, "kB"
	for _, larger := range []string{"MB", "GB", "TB"} {
		if value < 999.5 {
			break
		}
		value, unit = value/1000, larger
	}
	digits := uint64(1)
	if value >= 99.95 {
		digits = 0
	}
	return t.speaker().locale.FmtNumber(value, digits) + "\u00a0" + unit
}
