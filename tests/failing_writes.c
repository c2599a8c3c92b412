/* A disk that fails, for a process that is started with this library in LD_PRELOAD.

   FAILING_FILE   part of a path: calls on files whose path has it are counted
   FAILING_CALL   number of the call that fails, from 1; 0 or nothing: none
   FAILING_EVERY  if set: so does every further call of that multiple, in this process

   Counted are pwrite, write, fsync and fdatasync. A write that fails has written half of its bytes, as a disk may
   leave it, and returns EIO. The counters belong to a process; what it starts begins anew. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static long calls;

void begin_to_count(void) { calls = 0; }

static int fails(int fd) {
    const char *file = getenv("FAILING_FILE"), *call = getenv("FAILING_CALL");
    char link[64], path[PATH_MAX];
    if (!file || !call || atol(call) <= 0) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    if (!strstr(path, file)) return 0;
    long number = __atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST);
    return getenv("FAILING_EVERY") ? number % atol(call) == 0 : number == atol(call);
}

static int refuse(void) {
    errno = EIO;
    return -1;
}

typedef ssize_t (*pwriter)(int, const void *, size_t, off_t);
typedef ssize_t (*writer)(int, const void *, size_t);
typedef int (*syncer)(int);

#define REAL(type, name) \
    static type real; \
    if (!real) real = (type)dlsym(RTLD_NEXT, name)

ssize_t pwrite(int fd, const void *data, size_t size, off_t offset) {
    REAL(pwriter, "pwrite");
    if (!fails(fd)) return real(fd, data, size, offset);
    if (size > 1) (void)!real(fd, data, size / 2, offset);
    return refuse();
}

ssize_t pwrite64(int fd, const void *data, size_t size, off_t offset) { return pwrite(fd, data, size, offset); }

ssize_t write(int fd, const void *data, size_t size) {
    REAL(writer, "write");
    if (!fails(fd)) return real(fd, data, size);
    if (size > 1) (void)!real(fd, data, size / 2);
    return refuse();
}

int fsync(int fd) {
    REAL(syncer, "fsync");
    return fails(fd) ? refuse() : real(fd);
}

int fdatasync(int fd) {
    REAL(syncer, "fdatasync");
    return fails(fd) ? refuse() : real(fd);
}
