// Package mail understands what arrives by mail and, in its other half, sends what goes out. Reading is pure: bytes in, a [Message] out, with neither clock, network nor database,
// bounded in time and memory whatever the bytes are.
package mail
