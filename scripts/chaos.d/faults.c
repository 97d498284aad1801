/*
 * Puts faults into the system calls of a program that is started with LD_PRELOAD: a failing disk, sudden death, slow fsync, a
 * wall clock that jumps. When an fsync fails, what was written since the last one that did not is gone, as the kernel may drop
 * such pages and report success the next time. What is to happen stands in a file of 64 bytes that the one who breaks maps too: $CHAOS_FAULTS. Only
 * files whose path contains $CHAOS_FILES are harmed. Without the variables nothing happens.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

enum { OFF = 0, FAIL = 1, FAIL_ON = 2, DIE = 3, DELAY = 4, BAD = 5 };
enum { WRITES = 1, SYNCS = 2, READS = 4 };

/* Little endian, as Java writes it with ByteOrder.nativeOrder(). */
struct control {
    _Atomic int32_t mode;      /* OFF; FAIL once; FAIL_ON from then on; DIE; DELAY each; BAD: reads of one place */
    _Atomic int32_t calls;     /* which calls count: WRITES, SYNCS, READS */
    _Atomic int32_t countdown; /* the n-th call from now on, from 1; with BAD 1 for the file of just this name */
    _Atomic int32_t error;     /* errno */
    _Atomic int64_t delay_us;  /* of each call with DELAY */
    _Atomic int64_t seen;      /* calls that counted */
    _Atomic int64_t hit;       /* faults that happened */
    _Atomic int64_t clock_ms;  /* added to the wall clock */
    _Atomic int64_t done;      /* fsyncs with DELAY that are over; those that began are in seen */
    _Atomic int64_t bad;       /* with BAD the byte that cannot be read */
};

/* Whether the fsync that this thread is in counts. */
static __thread int is_counted;

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
    char *named = strstr(path, files);
    /* With BAD one may be meant and not those beside it, whose names are longer. */
    int is_alone = atomic_load(&control->mode) == BAD && atomic_load(&control->countdown) == 1;
    return named != NULL && (!is_alone || !named[strlen(files)]);
}

/* Whether this call is to fail; errno is set then. */
static int fails(int fd, int kind) {
    int mode = atomic_load(&control->mode);
    if (mode == OFF || !(atomic_load(&control->calls) & kind) || !is_meant(fd))
        return 0;
    if (mode == BAD)
        return 0;
    atomic_fetch_add(&control->seen, 1);
    if (mode == DELAY) {
        atomic_fetch_add(&control->hit, 1);
        is_counted = 1;
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

/* What stood where something was written since the last fsync of the file, newest first. */
struct before {
    dev_t device;
    ino_t file;
    off_t at, size;
    size_t many;
    struct before *next;
    char bytes[];
};

static struct before *befores;
static pthread_mutex_t befores_lock = PTHREAD_MUTEX_INITIALIZER;

static int may_drop(int fd) {
    int mode = atomic_load(&control->mode);
    return (mode == FAIL || mode == FAIL_ON) && (atomic_load(&control->calls) & SYNCS) && is_meant(fd);
}

/* These bytes are about to be changed. */
static void remember(int fd, off_t at, size_t many) {
    struct stat file;
    if (!may_drop(fd) || at < 0 || fstat(fd, &file) != 0)
        return;
    size_t there = at >= file.st_size ? 0 : (size_t)(file.st_size - at) < many ? (size_t)(file.st_size - at) : many;
    struct before *one = malloc(sizeof *one + there);
    if (!one)
        return;
    ssize_t got = there ? REAL(pread)(fd, one->bytes, there, at) : 0;
    *one = (struct before){file.st_dev, file.st_ino, at, file.st_size, got > 0 ? (size_t)got : 0, NULL};
    pthread_mutex_lock(&befores_lock);
    one->next = befores;
    befores = one;
    pthread_mutex_unlock(&befores_lock);
}

/* The file is on disk, or, with drops, what was not is gone. */
static void settle(int fd, int drops) {
    struct stat file;
    if (!befores || fstat(fd, &file) != 0)
        return;
    pthread_mutex_lock(&befores_lock);
    for (struct before **link = &befores; *link;) {
        struct before *one = *link;
        if (one->device != file.st_dev || one->file != file.st_ino) {
            link = &one->next;
            continue;
        }
        if (drops) {
            if (one->many && REAL(pwrite)(fd, one->bytes, one->many, one->at) < 0)
                perror("faults.so");
            if (REAL(ftruncate)(fd, one->size) != 0)
                perror("faults.so");
        }
        *link = one->next;
        free(one);
    }
    pthread_mutex_unlock(&befores_lock);
}

ssize_t write(int fd, const void *from, size_t many) {
    if (fails(fd, WRITES))
        return -1;
    if (atomic_load(&control->mode))
        remember(fd, lseek(fd, 0, SEEK_CUR), many);
    return REAL(write)(fd, from, many);
}

ssize_t pwrite(int fd, const void *from, size_t many, off_t at) {
    if (fails(fd, WRITES))
        return -1;
    remember(fd, at, many);
    return REAL(pwrite)(fd, from, many, at);
}

ssize_t pwrite64(int fd, const void *from, size_t many, off64_t at) {
    if (fails(fd, WRITES))
        return -1;
    remember(fd, at, many);
    return REAL(pwrite64)(fd, from, many, at);
}

int ftruncate(int fd, off_t length) {
    if (fails(fd, WRITES))
        return -1;
    remember(fd, length, 1 << 26);
    return REAL(ftruncate)(fd, length);
}

int ftruncate64(int fd, off64_t length) {
    if (fails(fd, WRITES))
        return -1;
    remember(fd, length, 1 << 26);
    return REAL(ftruncate64)(fd, length);
}

int fsync(int fd) {
    is_counted = 0;
    int failed = fails(fd, SYNCS);
    int result = failed ? -1 : REAL(fsync)(fd);
    int said = errno;
    if (is_counted)
        atomic_fetch_add(&control->done, 1);
    settle(fd, failed);
    errno = said;
    return result;
}

int fdatasync(int fd) {
    is_counted = 0;
    int failed = fails(fd, SYNCS);
    int result = failed ? -1 : REAL(fdatasync)(fd);
    int said = errno;
    if (is_counted)
        atomic_fetch_add(&control->done, 1);
    settle(fd, failed);
    errno = said;
    return result;
}

/* Whether this is to be read from the place that is bad; errno is set then. The place is one of a disk: it stays with the file
 * that was the first to be read there, also under another name. */
static int is_bad(int fd, off64_t at, size_t many) {
    static int64_t last = -1;
    static ino_t ours;
    struct stat file;
    int64_t bad = atomic_load(&control->bad);
    if (atomic_load(&control->mode) != BAD || bad < at || bad >= at + (int64_t)many || fstat(fd, &file) != 0)
        return 0;
    if (last != bad && is_meant(fd)) {
        last = bad;
        ours = file.st_ino;
    }
    if (last != bad || ours != file.st_ino)
        return 0;
    atomic_fetch_add(&control->hit, 1);
    errno = EIO;
    return 1;
}

ssize_t pread(int fd, void *into, size_t many, off_t at) {
    return is_bad(fd, at, many) || fails(fd, READS) ? -1 : REAL(pread)(fd, into, many, at);
}

ssize_t pread64(int fd, void *into, size_t many, off64_t at) {
    return is_bad(fd, at, many) || fails(fd, READS) ? -1 : REAL(pread64)(fd, into, many, at);
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
