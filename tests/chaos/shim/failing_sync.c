// Makes every sync of a process fail with EIO while the file named by CHAOS_SYNC_FAILS exists. Preloaded.
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

static int fails(void) {
  const char *file = getenv("CHAOS_SYNC_FAILS");
  int kept = errno, there = file && access(file, F_OK) == 0;
  errno = kept;
  return there;
}

static int sync_by(long call, int fd) {
  if (fails()) {
    errno = EIO;
    return -1;
  }
  return (int)syscall(call, fd);
}

int fsync(int fd) { return sync_by(SYS_fsync, fd); }

int fdatasync(int fd) { return sync_by(SYS_fdatasync, fd); }
