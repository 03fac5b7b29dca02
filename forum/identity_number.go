package forum

import "strings"

// HasIdentityNumber tells whether text holds a Norwegian national identity number or D-number, with a date and both check digits that hold
// (folkeregisterforskriften chapter 2). The number stands alone, as eleven digits or as six and five with a sign between them.
func HasIdentityNumber(text string) bool {
	for i := 0; i < len(text); {
		if !isDigit(text[i]) {
			i++
			continue
		}
		run := digitsAt(text, i)
		switch {
		case run == 11 && isIdentityNumber(text[i:i+11]):
			return true
		case run == 6:
			next := i + 6
			for _, between := range []string{" ", "-", ".", "\u00a0"} {
				if after := next + len(between); strings.HasPrefix(text[next:], between) && digitsAt(text, after) == 5 && isIdentityNumber(text[i:next]+text[after:after+5]) {
					return true
				}
			}
		}
		i += run
	}
	return false
}

// digitsAt counts the digits that stand together from the byte i on.
func digitsAt(text string, i int) int {
	n := 0
	for i+n < len(text) && isDigit(text[i+n]) {
		n++
	}
	return n
}

func isDigit(c byte) bool {
	return c >= '0' && c <= '9'
}

func isIdentityNumber(digits string) bool {
	var d [11]int
	for i := range d {
		d[i] = int(digits[i] - '0')
	}
	day, month := d[0]*10+d[1], d[2]*10+d[3]
	if day > 40 { // D-number
		day -= 40
	}
	switch { // numbers for tests and for emergency use add to the month
	case month > 80:
		month -= 80
	case month > 65:
		month -= 65
	case month > 40:
		month -= 40
	}
	if day < 1 || day > 31 || month < 1 || month > 12 {
		return false
	}
	return checkDigit(d[:9], []int{3, 7, 6, 1, 8, 9, 4, 5, 2}) == d[9] && checkDigit(d[:10], []int{5, 4, 3, 2, 7, 6, 5, 4, 3, 2}) == d[10]
}

// checkDigit is modulus 11; 10 and thereby no digit is what numbers that are never given out get.
func checkDigit(digits, weights []int) int {
	sum := 0
	for i, digit := range digits {
		sum += digit * weights[i]
	}
	return (11 - sum%11) % 11
}
