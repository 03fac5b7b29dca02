package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
)

// machine says on what the figures were measured, without its name.
func machine() string {
	return fmt.Sprintf("%d cores (%s), %s, %s/%s, %s", runtime.NumCPU(), fact("/proc/cpuinfo", "model name", ":"),
		fact("/etc/os-release", "PRETTY_NAME", "="), runtime.GOOS, runtime.GOARCH, runtime.Version())
}

// fact is what a file of lines says first of a name.
func fact(path, name, between string) string {
	content, _ := os.ReadFile(path) // what is not Linux says nothing there
	for line := range strings.Lines(string(content)) {
		if key, value, found := strings.Cut(line, between); found && strings.TrimSpace(key) == name {
			return strings.Trim(strings.TrimSpace(value), `"`)
		}
	}
	return "unknown"
}
