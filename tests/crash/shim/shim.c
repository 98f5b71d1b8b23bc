// Records every change that a process makes to files under a directory, in one global order, with the data, so that the state of the disk
// after a power cut at any point can be rebuilt. Preloaded; configured by two environment variables:
//   SHIM_DIRECTORY  absolute path of the watched directory;   SHIM_LOG  the file to write.
// A record: op (1 byte), inode, a, b (8 bytes each), lengths of two paths (2 bytes each), length of data (4 bytes), paths, data.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { CREATE = 1, TRUNCATE, WRITE, SYNC, SYNC_DIRECTORY, RENAME, UNLINK, MKDIR, RMDIR, LINK, EXTEND };
enum { FILES = 65536 };

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static const char *watched;
static size_t watched_length;
static int log_file = -1;
static uint64_t operations;
static uint64_t inode_of[FILES];
static char *directory_of[FILES];

__attribute__((constructor)) static void start(void) {
  const char *directory = getenv("SHIM_DIRECTORY"), *log = getenv("SHIM_LOG");
  if (!directory || !log) return;
  log_file = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
  watched_length = strlen(directory);
  watched = strdup(directory);
}

static int is_watched(const char *path) {
  return log_file >= 0 && path && strncmp(path, watched, watched_length) == 0;
}

static uint64_t file(int fd) { return fd >= 0 && fd < FILES ? inode_of[fd] : 0; }

static void put(const void *bytes, size_t length) {
  const char *at = bytes;
  while (length > 0) {
    ssize_t done = syscall(SYS_write, log_file, at, length);
    if (done <= 0) abort();
    at += done;
    length -= (size_t)done;
  }
}

static void record(uint8_t op, uint64_t inode, uint64_t a, uint64_t b, const char *path, const char *other,
                   const struct iovec *data, int parts, size_t length) {
  int kept = errno;
  uint16_t path_length = path ? strlen(path) : 0, other_length = other ? strlen(other) : 0;
  uint32_t data_length = (uint32_t)length;
  char head[33];
  head[0] = (char)op;
  memcpy(head + 1, &inode, 8);
  memcpy(head + 9, &a, 8);
  memcpy(head + 17, &b, 8);
  memcpy(head + 25, &path_length, 2);
  memcpy(head + 27, &other_length, 2);
  memcpy(head + 29, &data_length, 4);
  put(head, sizeof head);
  put(path, path_length);
  put(other, other_length);
  for (int i = 0; i < parts && length > 0; i++) {
    size_t part = data[i].iov_len < length ? data[i].iov_len : length;
    put(data[i].iov_base, part);
    length -= part;
  }
  operations++;
  errno = kept;
}

static int do_open(int at, const char *path, int flags, mode_t mode) {
  if (!is_watched(path)) return (int)syscall(SYS_openat, at, path, flags, mode);
  pthread_mutex_lock(&gate);
  struct stat before, after;
  int existed = stat(path, &before) == 0;
  int fd = (int)syscall(SYS_openat, at, path, flags, mode);
  if (fd >= 0 && fd < FILES && fstat(fd, &after) == 0) {
    free(directory_of[fd]);
    directory_of[fd] = S_ISDIR(after.st_mode) ? strdup(path) : NULL;
    inode_of[fd] = after.st_ino;
    if (!existed && !directory_of[fd]) record(CREATE, after.st_ino, 0, 0, path, NULL, NULL, 0, 0);
    else if ((flags & O_TRUNC) && before.st_size > 0) record(TRUNCATE, after.st_ino, 0, 0, NULL, NULL, NULL, 0, 0);
  }
  pthread_mutex_unlock(&gate);
  return fd;
}

#define MODE                                  \
  mode_t mode = 0;                            \
  if (flags & (O_CREAT | __O_TMPFILE)) {      \
    va_list rest;                             \
    va_start(rest, flags);                    \
    mode = va_arg(rest, mode_t);              \
    va_end(rest);                             \
  }

int open(const char *path, int flags, ...) { MODE return do_open(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE return do_open(AT_FDCWD, path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { MODE return do_open(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE return do_open(at, path, flags, mode); }
int creat(const char *path, mode_t mode) { return do_open(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return creat(path, mode); }

int close(int fd) {
  if (file(fd)) {
    pthread_mutex_lock(&gate);
    inode_of[fd] = 0;
    free(directory_of[fd]);
    directory_of[fd] = NULL;
    pthread_mutex_unlock(&gate);
  }
  return (int)syscall(SYS_close, fd);
}

// A written range is recorded with the offset at which it landed.
static ssize_t written(int fd, const struct iovec *data, int parts, off_t offset) {
  pthread_mutex_lock(&gate);
  ssize_t done = offset >= 0 ? syscall(SYS_pwritev, fd, data, (long)parts, (long)offset, 0L) : syscall(SYS_writev, fd, data, (long)parts);
  if (done > 0) {
    uint64_t at = (uint64_t)(offset >= 0 ? offset : lseek(fd, 0, SEEK_CUR) - done);
    record(WRITE, file(fd), at, (uint64_t)done, NULL, NULL, data, parts, (size_t)done);
  }
  pthread_mutex_unlock(&gate);
  return done;
}

ssize_t write(int fd, const void *data, size_t length) {
  if (!file(fd)) return syscall(SYS_write, fd, data, length);
  struct iovec one = {(void *)data, length};
  return written(fd, &one, 1, -1);
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) {
  if (!file(fd)) return syscall(SYS_pwrite64, fd, data, length, offset);
  struct iovec one = {(void *)data, length};
  return written(fd, &one, 1, offset);
}
ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) { return pwrite64(fd, data, length, offset); }

ssize_t writev(int fd, const struct iovec *data, int parts) {
  return file(fd) ? written(fd, data, parts, -1) : syscall(SYS_writev, fd, data, (long)parts);
}
ssize_t pwritev64(int fd, const struct iovec *data, int parts, off64_t offset) {
  return file(fd) ? written(fd, data, parts, offset) : syscall(SYS_pwritev, fd, data, (long)parts, (long)offset, 0L);
}
ssize_t pwritev(int fd, const struct iovec *data, int parts, off_t offset) { return pwritev64(fd, data, parts, offset); }

int ftruncate64(int fd, off64_t size) {
  if (!file(fd)) return (int)syscall(SYS_ftruncate, fd, size);
  pthread_mutex_lock(&gate);
  int result = (int)syscall(SYS_ftruncate, fd, size);
  if (result == 0) record(TRUNCATE, file(fd), (uint64_t)size, 0, NULL, NULL, NULL, 0, 0);
  pthread_mutex_unlock(&gate);
  return result;
}
int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

int fallocate64(int fd, int mode, off64_t offset, off64_t length) {
  if (!file(fd)) return (int)syscall(SYS_fallocate, fd, mode, offset, length);
  pthread_mutex_lock(&gate);
  int result = (int)syscall(SYS_fallocate, fd, mode, offset, length);
  if (result == 0 && !(mode & FALLOC_FL_KEEP_SIZE)) record(EXTEND, file(fd), (uint64_t)(offset + length), 0, NULL, NULL, NULL, 0, 0);
  pthread_mutex_unlock(&gate);
  return result;
}
int fallocate(int fd, int mode, off_t offset, off_t length) { return fallocate64(fd, mode, offset, length); }
int posix_fallocate64(int fd, off64_t offset, off64_t length) { return fallocate64(fd, 0, offset, length) ? errno : 0; }
int posix_fallocate(int fd, off_t offset, off_t length) { return posix_fallocate64(fd, offset, length); }

// A sync covers what was recorded before it began, and counts from its return. It is pretended: the pause stands for the disk.
static int synced(int fd) {
  pthread_mutex_lock(&gate);
  uint64_t covers = operations;
  pthread_mutex_unlock(&gate);
  struct timespec pause = {0, 300000};
  nanosleep(&pause, NULL);
  pthread_mutex_lock(&gate);
  if (directory_of[fd]) record(SYNC_DIRECTORY, file(fd), covers, 0, directory_of[fd], NULL, NULL, 0, 0);
  else record(SYNC, file(fd), covers, 0, NULL, NULL, NULL, 0, 0);
  pthread_mutex_unlock(&gate);
  return 0;
}

int fsync(int fd) { return file(fd) ? synced(fd) : (int)syscall(SYS_fsync, fd); }
int fdatasync(int fd) { return file(fd) ? synced(fd) : (int)syscall(SYS_fdatasync, fd); }

#define NAMED(op, path, other, call)                                           \
  if (!is_watched(path)) return (int)(call);                                   \
  pthread_mutex_lock(&gate);                                                   \
  int result = (int)(call);                                                    \
  if (result == 0) record(op, 0, 0, 0, path, other, NULL, 0, 0);               \
  pthread_mutex_unlock(&gate);                                                 \
  return result;

int rename(const char *path, const char *other) { NAMED(RENAME, path, other, syscall(SYS_renameat2, AT_FDCWD, path, AT_FDCWD, other, 0)) }
int unlink(const char *path) { NAMED(UNLINK, path, NULL, syscall(SYS_unlinkat, AT_FDCWD, path, 0)) }
int rmdir(const char *path) { NAMED(RMDIR, path, NULL, syscall(SYS_unlinkat, AT_FDCWD, path, AT_REMOVEDIR)) }
int mkdir(const char *path, mode_t mode) { NAMED(MKDIR, path, NULL, syscall(SYS_mkdirat, AT_FDCWD, path, mode)) }
int link(const char *path, const char *other) { NAMED(LINK, path, other, syscall(SYS_linkat, AT_FDCWD, path, AT_FDCWD, other, 0)) }
