#ifndef CPROBE_H
#define CPROBE_H

#include <stdbool.h>
#include <stdint.h>

/// Whether this process counts its allocations: on Linux with glibc.
bool probe_counts_allocations(void);

/// How many blocks the process has allocated so far, on all threads; a reallocation counts as one.
uint64_t probe_allocations(void);

/// How many processors this process believes to have, whatever the machine; 0 where that is the C library's own answer.
int probe_processors(void);

/// Does nothing: where an outside counter of instructions starts anew, found by its name.
void probe_start(void);

/// Does nothing: where an outside counter of instructions writes down what it has, found by its name.
void probe_stop(void);

/// Executes ten instructions so many times; false where nobody has written that down for the processor.
bool probe_ten_instructions(uint64_t count);

#endif
