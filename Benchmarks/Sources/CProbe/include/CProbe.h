#ifndef CPROBE_H
#define CPROBE_H

#include <stdbool.h>
#include <stdint.h>

/// Whether this process counts its allocations: on Linux with glibc.
bool probe_counts_allocations(void);

/// How many blocks the process has allocated so far, on all threads; a reallocation counts as one.
uint64_t probe_allocations(void);

/// Does nothing: a place in the program at which an outside counter of instructions stops (see Instructions.swift).
void probe_mark(void);

#endif
