// Stands before the C library's answer to how many processors there are: a metric has stripes by that number and a page reads all of them,
// so a count of instructions would otherwise be that of one machine.
#include "CProbe.h"

#if defined(__linux__) && defined(__GLIBC__)

#include <unistd.h>

extern long __sysconf(int name);

enum { processors = 2 };

long sysconf(int name) {
    return name == _SC_NPROCESSORS_ONLN || name == _SC_NPROCESSORS_CONF ? processors : __sysconf(name);
}

int probe_processors(void) { return processors; }

#else

int probe_processors(void) { return 0; }

#endif
