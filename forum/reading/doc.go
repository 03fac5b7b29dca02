// Package reading takes the text out of papers, for search and for the look
// after identity numbers. Papers come from anybody, so each is read in a process
// of its own that has little time and memory, and no way to the database.
package reading
