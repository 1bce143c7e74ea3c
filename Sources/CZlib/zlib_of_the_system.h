// The system's zlib, for the trait Gzip alone: without the trait nothing includes this.
#include <zlib.h>
