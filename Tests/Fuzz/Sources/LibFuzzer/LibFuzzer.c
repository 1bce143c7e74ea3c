// The engine is a part of the toolchain (libclang_rt.fuzzer_no_main); SwiftPM wants a source file in each target.
#include "LibFuzzer.h"
