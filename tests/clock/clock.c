// Stands before the C library's clock_gettime: the time of day is ahead by the seconds that the file NIANGJIA_TEST_CLOCK
// begins with (eight bytes, little endian), read anew at each call; all other clocks are the machine's. It allocates nothing, so
// that an allocator may ask for the time while it begins.
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static const volatile int64_t *ahead;

__attribute__((constructor)) static void find(void) {
    const char *path = getenv("NIANGJIA_TEST_CLOCK");
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0) return;
    void *there = mmap(0, sizeof *ahead, PROT_READ, MAP_SHARED, file, 0);
    close(file);
    if (there != MAP_FAILED) ahead = there;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    int told = syscall(SYS_clock_gettime, clock, now);
    if (told == 0 && clock == CLOCK_REALTIME && ahead) now->tv_sec += *ahead;
    return told;
}
