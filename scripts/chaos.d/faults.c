/*
 * Puts faults into the system calls of a program that is started with LD_PRELOAD: a failing disk, sudden death, slow fsync, a
 * wall clock that jumps. What is to happen stands in a file of 64 bytes that the one who breaks maps too: $CHAOS_FAULTS. Only
 * files whose path contains $CHAOS_FILES are harmed. Without the variables nothing happens.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

enum { OFF = 0, FAIL = 1, FAIL_ON = 2, DIE = 3, DELAY = 4 };
enum { WRITES = 1, SYNCS = 2, READS = 4 };

/* Little endian, as Java writes it with ByteOrder.nativeOrder(). */
struct control {
    _Atomic int32_t mode;      /* OFF; FAIL once; FAIL_ON from then on; DIE; DELAY each */
    _Atomic int32_t calls;     /* which calls count: WRITES, SYNCS, READS */
    _Atomic int32_t countdown; /* the n-th call from now on, from 1 */
    _Atomic int32_t error;     /* errno */
    _Atomic int64_t delay_us;  /* of each call with DELAY */
    _Atomic int64_t seen;      /* calls that counted */
    _Atomic int64_t hit;       /* faults that happened */
    _Atomic int64_t clock_ms;  /* added to the wall clock */
};

static struct control nothing;
static struct control *control = &nothing;
static const char *files = "";

static int (*real_clock_gettime)(clockid_t, struct timespec *);

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("CHAOS_FAULTS");
    const char *named = getenv("CHAOS_FILES");
    real_clock_gettime = dlsym(RTLD_NEXT, "clock_gettime");
    files = named ? named : "";
    if (!path)
        return;
    int fd = open(path, O_RDWR | O_CLOEXEC);
    if (fd < 0)
        return;
    void *mapped = mmap(NULL, 64, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (mapped != MAP_FAILED)
        control = mapped;
    close(fd);
}

static int is_meant(int fd) {
    char link[40], path[512];
    if (!files[0])
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0)
        return 0;
    path[length] = 0;
    return strstr(path, files) != NULL;
}

/* Whether this call is to fail; errno is set then. */
static int fails(int fd, int kind) {
    int mode = atomic_load(&control->mode);
    if (mode == OFF || !(atomic_load(&control->calls) & kind) || !is_meant(fd))
        return 0;
    atomic_fetch_add(&control->seen, 1);
    if (mode == DELAY) {
        atomic_fetch_add(&control->hit, 1);
        usleep((useconds_t)atomic_load(&control->delay_us));
        return 0;
    }
    int left = atomic_fetch_sub(&control->countdown, 1);
    if (left > 1 || (left < 1 && mode != FAIL_ON))
        return 0;
    atomic_fetch_add(&control->hit, 1);
    if (mode == DIE) {
        kill(getpid(), SIGKILL);
        pause();
    }
    errno = atomic_load(&control->error);
    return 1;
}

#define REAL(name) ({ \
    static __typeof__(&name) found; \
    if (!found) found = (__typeof__(&name))dlsym(RTLD_NEXT, #name); \
    found; })

ssize_t write(int fd, const void *from, size_t many) {
    return fails(fd, WRITES) ? -1 : REAL(write)(fd, from, many);
}

ssize_t pwrite(int fd, const void *from, size_t many, off_t at) {
    return fails(fd, WRITES) ? -1 : REAL(pwrite)(fd, from, many, at);
}

ssize_t pwrite64(int fd, const void *from, size_t many, off64_t at) {
    return fails(fd, WRITES) ? -1 : REAL(pwrite64)(fd, from, many, at);
}

int ftruncate(int fd, off_t length) {
    return fails(fd, WRITES) ? -1 : REAL(ftruncate)(fd, length);
}

int ftruncate64(int fd, off64_t length) {
    return fails(fd, WRITES) ? -1 : REAL(ftruncate64)(fd, length);
}

ssize_t pread(int fd, void *into, size_t many, off_t at) {
    return fails(fd, READS) ? -1 : REAL(pread)(fd, into, many, at);
}

ssize_t pread64(int fd, void *into, size_t many, off64_t at) {
    return fails(fd, READS) ? -1 : REAL(pread64)(fd, into, many, at);
}

int fsync(int fd) {
    return fails(fd, SYNCS) ? -1 : REAL(fsync)(fd);
}

int fdatasync(int fd) {
    return fails(fd, SYNCS) ? -1 : REAL(fdatasync)(fd);
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    if (!real_clock_gettime)
        real_clock_gettime = dlsym(RTLD_NEXT, "clock_gettime");
    int result = real_clock_gettime(clock, now);
    if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
        int64_t added = atomic_load(&control->clock_ms);
        now->tv_sec += added / 1000;
        now->tv_nsec += (added % 1000) * 1000000;
        if (now->tv_nsec >= 1000000000) {
            now->tv_nsec -= 1000000000;
            now->tv_sec++;
        } else if (now->tv_nsec < 0) {
            now->tv_nsec += 1000000000;
            now->tv_sec--;
        }
    }
    return result;
}

int gettimeofday(struct timeval *now, void *zone) {
    struct timespec exact;
    (void)zone;
    if (clock_gettime(CLOCK_REALTIME, &exact) != 0)
        return -1;
    now->tv_sec = exact.tv_sec;
    now->tv_usec = exact.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *now) {
    struct timespec exact;
    if (clock_gettime(CLOCK_REALTIME, &exact) != 0)
        return (time_t)-1;
    if (now)
        *now = exact.tv_sec;
    return exact.tv_sec;
}
