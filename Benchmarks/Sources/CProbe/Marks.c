#include "CProbe.h"

// Each has a body of its own, so that the linker does not fold them into one.
__attribute__((noinline)) void probe_start(void) { __asm__ volatile("# start" ::: "memory"); }

__attribute__((noinline)) void probe_stop(void) { __asm__ volatile("nop # stop" ::: "memory"); }

bool probe_ten_instructions(uint64_t count) {
    if (count == 0) return true;
#if defined(__x86_64__)
    __asm__ volatile("1: nop\n nop\n nop\n nop\n nop\n nop\n nop\n nop\n dec %0\n jnz 1b" : "+r"(count)::"cc");
    return true;
#elif defined(__aarch64__)
    __asm__ volatile("1: nop\n nop\n nop\n nop\n nop\n nop\n nop\n nop\n subs %0, %0, #1\n b.ne 1b" : "+r"(count)::"cc");
    return true;
#else
    return false;
#endif
}
