/* Preloaded into a script: writes down its calls about files below a folder, and has one of them
   fail. disk_faults.py builds it, and says when it begins. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static char folder[4096];
static int number, fault, journal = -1;
static useconds_t stopped;
static atomic_int calls;

/* From now on; the fault (an errno, or minus a signal) is at call `at`, at every one where it is
   -1, at none where it is 0. `file` gets a line for each call. */
void disk_faults_begin(const char *below, int at, int what, int microseconds, const char *file) {
  number = at, fault = what, stopped = microseconds;
  journal = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
  strncpy(folder, below, sizeof folder - 1);
}

static void sleep_and_wake(pid_t self) {
  if (syscall(SYS_fork) == 0) {
    usleep(stopped);
    kill(self, SIGCONT);
    _exit(0);
  }
  kill(self, SIGSTOP);
}

/* Whether the call is to fail; errno says how. It does not come back where the process is killed. */
static int fails(const char *name, const char *path) {
  if (!folder[0] || strncmp(path, folder, strlen(folder))) return 0;
  int mine = ++calls;
  dprintf(journal, "%s %s\n", name, path);
  if (number != -1 && mine != number) return 0;
  if (fault == -SIGSTOP) return sleep_and_wake(getpid()), 0;
  if (fault < 0) kill(getpid(), -fault);
  return (errno = fault) > 0;
}

static int fails_at(const char *name, int descriptor) {
  char link[40], path[4096];
  int kept = errno;
  if (!folder[0] || descriptor == journal) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, sizeof path - 1);
  errno = kept;
  if (length <= 0) return 0;
  path[length] = 0;
  return fails(name, path);
}

static int fails_named(const char *name, int at, const char *given) {
  char link[40], path[8192] = "";
  if (!folder[0]) return 0;
  if (given[0] != '/') {
    snprintf(link, sizeof link, at == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", at);
    ssize_t length = readlink(link, path, 4096);
    path[length > 0 ? length : 0] = 0;
    strcat(path, "/");
  }
  strncat(path, given, 4000);
  return fails(name, path);
}

#define CALL(type, name, parameters, arguments, seen)                 \
  type name parameters {                                              \
    static type(*real) parameters;                                    \
    if (!real) real = (type(*) parameters)dlsym(RTLD_NEXT, #name);    \
    return (seen) ? -1 : real arguments;                              \
  }

CALL(ssize_t, write, (int fd, const void *data, size_t size), (fd, data, size), fails_at("write", fd))
CALL(ssize_t, pwrite, (int fd, const void *data, size_t size, off_t at), (fd, data, size, at), fails_at("pwrite", fd))
CALL(ssize_t, pwrite64, (int fd, const void *data, size_t size, off64_t at), (fd, data, size, at), fails_at("pwrite", fd))
CALL(int, fsync, (int fd), (fd), fails_at("fsync", fd))
CALL(int, fdatasync, (int fd), (fd), fails_at("fdatasync", fd))
CALL(int, ftruncate, (int fd, off_t size), (fd, size), fails_at("ftruncate", fd))
CALL(int, ftruncate64, (int fd, off64_t size), (fd, size), fails_at("ftruncate", fd))
CALL(int, rename, (const char *from, const char *to), (from, to), fails_named("rename", AT_FDCWD, to))
CALL(int, renameat, (int a, const char *from, int b, const char *to), (a, from, b, to), fails_named("rename", b, to))
CALL(int, unlink, (const char *path), (path), fails_named("unlink", AT_FDCWD, path))
CALL(int, unlinkat, (int at, const char *path, int flags), (at, path, flags), fails_named("unlink", at, path))
CALL(int, mkdir, (const char *path, mode_t mode), (path, mode), fails_named("mkdir", AT_FDCWD, path))
CALL(int, mkdirat, (int at, const char *path, mode_t mode), (at, path, mode), fails_named("mkdir", at, path))
CALL(int, link, (const char *from, const char *to), (from, to), fails_named("link", AT_FDCWD, to))
CALL(int, linkat, (int a, const char *from, int b, const char *to, int flags), (a, from, b, to, flags), fails_named("link", b, to))
