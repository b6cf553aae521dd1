/* Stands between a program and the C library (LD_PRELOAD): writes down everything that is done to the files below one
 * folder, in order, and makes a chosen call fail or the program die in the middle of it.
 *
 * CRASH_ROOT  the folder, absolute; nothing else is seen
 * CRASH_LOG   where the record goes; without it nothing is recorded
 * CRASH_WHILE a file: while it is there, every changing call fails with the errno that its name ends with (".28")
 *
 * A record: kind (1 byte), length of the path (u32), number (i64), length of the data (u32), path, data.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#define MOST_FILES 65536
static char *paths[MOST_FILES];
static char root[4096];
static size_t root_length;
static int record = -1;
static pthread_mutex_t lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

/* The fault that is armed: from the `at`-th changing call on, `times` of them (-1: all) fail with `error`;
 * error 0 kills the program, half-way through when the call is a write. */
static long counted, at, times;
static int error_wanted;
static char struck; /* the kind of the first call that was hit */
static const char *meanwhile;

static int below(const char *path) {
    return root_length && path && !strncmp(path, root, root_length) && (path[root_length] == '/' || !path[root_length]);
}

__attribute__((constructor)) static void begin(void) {
    const char *folder = getenv("CRASH_ROOT"), *log = getenv("CRASH_LOG");
    if (!folder) return;
    strncpy(root, folder, sizeof root - 1);
    root_length = strlen(root);
    meanwhile = getenv("CRASH_WHILE");
    if (log) record = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static void put(const void *bytes, size_t length) {
    const char *next = bytes;
    while (length) {
        long done = syscall(SYS_write, record, next, length);
        if (done <= 0) _exit(97); /* A record with a hole in it proves nothing. */
        next += done;
        length -= done;
    }
}

static void note(char kind, const char *path, int64_t number, const void *data, size_t length) {
    if (record < 0) return;
    uint32_t path_length = strlen(path), data_length = length;
    char head[17];
    head[0] = kind;
    memcpy(head + 1, &path_length, 4);
    memcpy(head + 5, &number, 8);
    memcpy(head + 13, &data_length, 4);
    put(head, sizeof head);
    put(path, path_length);
    put(data, length);
}

/* -- for the program itself, through ctypes ------------------------------------------------------------------ */
void crash_say(const char *folder, const char *text) {
    pthread_mutex_lock(&lock);
    note('A', folder, 0, text, strlen(text));
    pthread_mutex_unlock(&lock);
}

void crash_arm(long nth, int error, long how_often) {
    pthread_mutex_lock(&lock);
    counted = 0, at = nth, error_wanted = error, times = how_often, struck = 0;
    pthread_mutex_unlock(&lock);
}

long crash_counted(void) { return counted; }
char crash_struck(void) { return struck; }

/* Return 0 to go on, 1 to fail with errno set, 2 to die after half of a write. */
static int fault(char kind) {
    counted++;
    if (meanwhile && !access(meanwhile, F_OK)) {
        const char *number = strrchr(meanwhile, '.');
        errno = number ? atoi(number + 1) : EIO;
        return 1;
    }
    if (!at || counted < at || !times) return 0;
    if (times > 0) times--;
    if (!struck) struck = kind;
    if (!error_wanted) return 2;
    errno = error_wanted;
    return 1;
}

static void die(void) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

#define REAL(name) \
    static __typeof__(&name) real; \
    if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)
#define SEEN(fd) ((fd) >= 0 && (fd) < MOST_FILES ? paths[fd] : NULL)

static void opened(int fd, const char *path, int flags, int was_there) {
    if (fd < 0 || fd >= MOST_FILES) return;
    free(paths[fd]);
    paths[fd] = below(path) ? strdup(path) : NULL;
    if (!paths[fd]) return;
    if ((flags & O_CREAT) && !was_there) note('C', path, 0, "", 0);
    else if (flags & O_TRUNC) note('T', path, 0, "", 0);
}

#define OPENS(name) \
    int name(const char *path, int flags, ...) { \
        REAL(name); \
        mode_t mode = 0; \
        if (flags & (O_CREAT | O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); } \
        if (!below(path)) { \
            int other = real(path, flags, mode); \
            if (other >= 0 && other < MOST_FILES) { free(paths[other]); paths[other] = NULL; } \
            return other; \
        } \
        pthread_mutex_lock(&lock); \
        int was_there = !access(path, F_OK), fd = -1, wrong = 0; \
        if (((flags & O_CREAT) && !was_there) || (flags & O_TRUNC)) wrong = fault('C'); \
        if (wrong == 2) die(); \
        if (!wrong) { fd = real(path, flags, mode); opened(fd, path, flags, was_there); } \
        pthread_mutex_unlock(&lock); \
        return fd; \
    }
OPENS(open)
OPENS(open64)

int openat(int folder, const char *path, int flags, ...) {
    REAL(openat);
    mode_t mode = 0;
    if (flags & (O_CREAT | O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); }
    if (below(path)) return open(path, flags, mode);
    int fd = real(folder, path, flags, mode);
    if (fd >= 0 && fd < MOST_FILES) { free(paths[fd]); paths[fd] = NULL; }
    return fd;
}

int close(int fd) {
    REAL(close);
    if (SEEN(fd)) {
        pthread_mutex_lock(&lock);
        free(paths[fd]);
        paths[fd] = NULL;
        pthread_mutex_unlock(&lock);
    }
    return real(fd);
}

static ssize_t written(int fd, const void *data, size_t length, int64_t offset) {
    pthread_mutex_lock(&lock);
    int wrong = fault('W');
    ssize_t done = -1;
    if (wrong == 2) {
        syscall(SYS_pwrite64, fd, data, length / 2, offset);
        die();
    }
    if (!wrong) {
        done = syscall(SYS_pwrite64, fd, data, length, offset);
        if (done > 0) note('W', paths[fd], offset, data, done);
    }
    pthread_mutex_unlock(&lock);
    return done;
}

ssize_t write(int fd, const void *data, size_t length) {
    REAL(write);
    if (!SEEN(fd)) return real(fd, data, length);
    int64_t offset = (fcntl(fd, F_GETFL) & O_APPEND) ? lseek(fd, 0, SEEK_END) : lseek(fd, 0, SEEK_CUR);
    ssize_t done = written(fd, data, length, offset);
    if (done > 0) lseek(fd, offset + done, SEEK_SET);
    return done;
}

#define PWRITES(name, type) \
    ssize_t name(int fd, const void *data, size_t length, type offset) { \
        REAL(name); \
        return SEEN(fd) ? written(fd, data, length, offset) : real(fd, data, length, offset); \
    }
PWRITES(pwrite, off_t)
PWRITES(pwrite64, off64_t)

#define CALLS(name, kind, arguments, given, path_of, number, seen) \
    int name arguments { \
        REAL(name); \
        if (!(seen)) return real given; \
        pthread_mutex_lock(&lock); \
        int done = -1, wrong = fault(kind); \
        if (wrong == 2) die(); \
        if (!wrong && !(done = real given)) note(kind, path_of, number, "", 0); \
        pthread_mutex_unlock(&lock); \
        return done; \
    }
CALLS(ftruncate, 'T', (int fd, off_t size), (fd, size), paths[fd], size, SEEN(fd))
CALLS(ftruncate64, 'T', (int fd, off64_t size), (fd, size), paths[fd], size, SEEN(fd))
CALLS(fsync, 'S', (int fd), (fd), paths[fd], 0, SEEN(fd))
CALLS(fdatasync, 'S', (int fd), (fd), paths[fd], 0, SEEN(fd))
CALLS(unlink, 'U', (const char *path), (path), path, 0, below(path))
CALLS(rmdir, 'U', (const char *path), (path), path, 0, below(path))
CALLS(mkdir, 'D', (const char *path, mode_t mode), (path, mode), path, 0, below(path))

int rename(const char *from, const char *to) {
    REAL(rename);
    if (!below(from)) return real(from, to);
    pthread_mutex_lock(&lock);
    int done = -1, wrong = fault('R');
    if (wrong == 2) die();
    if (!wrong && !(done = real(from, to))) note('R', from, 0, to, strlen(to));
    pthread_mutex_unlock(&lock);
    return done;
}
