#define _GNU_SOURCE
#include "csystem.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { slot_count = 64 };

// Several threads write files at the same time.
static pthread_mutex_t slots_lock = PTHREAD_MUTEX_INITIALIZER;

// Changed only while the ending signals are blocked, so the handler sees whole entries.
static char *volatile registered[slot_count];
static const int ending_signals[] = {SIGHUP, SIGINT, SIGPIPE, SIGTERM};
enum { ending_signal_count = sizeof ending_signals / sizeof ending_signals[0] };

// Files first, then the folders they lay in.
static void remove_registered(void) {
  for (int i = 0; i < slot_count; i++)
    if (registered[i]) unlink(registered[i]);
  for (int i = 0; i < slot_count; i++)
    if (registered[i]) rmdir(registered[i]);
}

static void remove_and_die(int signal_number) {
  remove_registered();
  // SA_RESETHAND has restored the default action: the second delivery ends the process.
  raise(signal_number);
}

static void hold_signals(sigset_t *before) {
  sigset_t held;
  sigemptyset(&held);
  for (int i = 0; i < ending_signal_count; i++) sigaddset(&held, ending_signals[i]);
  pthread_sigmask(SIG_BLOCK, &held, before);
  pthread_mutex_lock(&slots_lock);
}

static void release_signals(const sigset_t *before) {
  int kept = errno;
  pthread_mutex_unlock(&slots_lock);
  pthread_sigmask(SIG_SETMASK, before, NULL);
  errno = kept;
}

// A signal the parent had ignored (nohup, a pipe reader in Python) stays ignored.
static void install_handlers(void) {
  static int installed;
  if (installed) return;
  installed = 1;
  for (int i = 0; i < ending_signal_count; i++) {
    struct sigaction current;
    if (sigaction(ending_signals[i], NULL, &current) != 0 || current.sa_handler != SIG_DFL)
      continue;
    struct sigaction action = {.sa_handler = remove_and_die, .sa_flags = SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    sigaction(ending_signals[i], &action, NULL);
  }
}

static int slot_of(const char *path) {
  for (int i = 0; i < slot_count; i++)
    if (registered[i] && strcmp(registered[i], path) == 0) return i;
  return -1;
}

static void forget(int slot) {
  char *path = registered[slot];
  registered[slot] = NULL;
  free(path);
}

static int make_file(char *template_path) { return mkostemp(template_path, O_CLOEXEC); }

static int make_named_file(char *path) {
  return open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
}

static int make_folder(char *template_path) {
  if (!mkdtemp(template_path)) return -1;
  int descriptor = open(template_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) rmdir(template_path);
  return descriptor;
}

// Makes a file or folder and registers it, with signals held back.
static int make_registered(char *path, int (*make)(char *)) {
  sigset_t before;
  int descriptor = -1;
  hold_signals(&before);
  install_handlers();
  int slot = 0;
  while (slot < slot_count && registered[slot]) slot++;
  if (slot == slot_count) {
    errno = EMFILE;
  } else if ((descriptor = make(path)) >= 0) {
    char *copy = strdup(path);
    if (copy) {
      registered[slot] = copy;
    } else {
      if (unlink(path) != 0) rmdir(path);
      close(descriptor);
      descriptor = -1;
      errno = ENOMEM;
    }
  }
  release_signals(&before);
  return descriptor;
}

int cs_temporary_create(char *template_path) { return make_registered(template_path, make_file); }

int cs_temporary_folder(char *template_path) { return make_registered(template_path, make_folder); }

int cs_temporary_file_in_folder(char *path) { return make_registered(path, make_named_file); }

int cs_temporary_rename(const char *temporary_path, const char *final_path) {
  sigset_t before;
  hold_signals(&before);
  int result = rename(temporary_path, final_path);
  if (result == 0) {
    int slot = slot_of(temporary_path);
    if (slot >= 0) forget(slot);
    // A folder takes its files along.
    size_t length = strlen(temporary_path);
    for (int i = 0; i < slot_count; i++)
      if (registered[i] && strncmp(registered[i], temporary_path, length) == 0 &&
          registered[i][length] == '/')
        forget(i);
  }
  release_signals(&before);
  return result;
}

void cs_temporary_remove(const char *temporary_path) {
  sigset_t before;
  hold_signals(&before);
  int slot = slot_of(temporary_path);
  if (slot >= 0) {
    if (unlink(temporary_path) != 0) rmdir(temporary_path);
    forget(slot);
  }
  release_signals(&before);
}

void cs_temporary_remove_all(void) {
  sigset_t before;
  hold_signals(&before);
  remove_registered();
  for (int i = 0; i < slot_count; i++)
    if (registered[i]) forget(i);
  release_signals(&before);
}

int cs_hidden_create(const char *folder) {
  int descriptor = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor < 0) return -1;
  char path[32];
  snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
  if (access(path, F_OK) == 0) return descriptor;
  close(descriptor);
  errno = EOPNOTSUPP;
  return -1;
}

// Gives the template a name that was not there a moment ago.
static void choose_name(char *template_path) {
  static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  unsigned char random[6];
  arc4random_buf(random, sizeof random);
  char *end = template_path + strlen(template_path);
  for (int i = 0; i < 6; i++) end[i - 6] = letters[random[i] % (sizeof letters - 1)];
}

int cs_hidden_publish(int descriptor, char *template_path, const char *final_path) {
  char path[32];
  snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
  if (linkat(AT_FDCWD, path, AT_FDCWD, final_path, AT_SYMLINK_FOLLOW) == 0) return 0;
  if (errno != EEXIST) return -1;
  // A name cannot be taken from another file by linking: it takes a second name for a moment.
  sigset_t before;
  hold_signals(&before);
  int result;
  do {
    choose_name(template_path);
    result = linkat(AT_FDCWD, path, AT_FDCWD, template_path, AT_SYMLINK_FOLLOW);
  } while (result != 0 && errno == EEXIST);
  if (result == 0 && (result = rename(template_path, final_path)) != 0) {
    int kept = errno;
    unlink(template_path);
    errno = kept;
  }
  release_signals(&before);
  return result;
}

int cs_unnamed_file(const char *folder) {
  int descriptor = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL))
    return descriptor;
  char *path = NULL;
  if (asprintf(&path, "%s/.spool.XXXXXX", folder) < 0) {
    errno = ENOMEM;
    return -1;
  }
  descriptor = mkostemp(path, O_CLOEXEC);
  if (descriptor >= 0) unlink(path);
  free(path);
  return descriptor;
}

mode_t cs_new_file_mode(void) {
  mode_t mask = umask(077);
  umask(mask);
  return 0666 & ~mask;
}

void cs_prepare_process(void) {
  // The wrong direction on purpose: a write to 1 or a read from 0 must fail, not vanish.
  if (fcntl(0, F_GETFD) < 0) open("/dev/null", O_WRONLY);
  if (fcntl(1, F_GETFD) < 0) open("/dev/null", O_RDONLY);
  if (fcntl(2, F_GETFD) < 0) open("/dev/null", O_RDONLY);
  signal(SIGXFSZ, SIG_IGN);
}

void cs_die_of_closed_pipe(void) {
  sigset_t set;
  signal(SIGPIPE, SIG_DFL);
  sigemptyset(&set);
  sigaddset(&set, SIGPIPE);
  sigprocmask(SIG_UNBLOCK, &set, NULL);
  raise(SIGPIPE);
  _exit(2);
}

int cs_spawn(pid_t *pid, const char *path, char *const arguments[], char *const environment[],
             const char *folder, int input, int output, int error) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t defaults;
  int result = posix_spawn_file_actions_init(&actions);
  if (result != 0) return result;
  result = posix_spawnattr_init(&attributes);
  if (result == 0) {
    // The calling thread may have signals blocked or ignored; children start as under a shell.
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    sigemptyset(&defaults);
    for (int i = 0; i < ending_signal_count; i++) sigaddset(&defaults, ending_signals[i]);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    if (folder) result = posix_spawn_file_actions_addchdir_np(&actions, folder);
    if (result == 0) result = posix_spawn_file_actions_adddup2(&actions, input, 0);
    if (result == 0) result = posix_spawn_file_actions_adddup2(&actions, output, 1);
    if (result == 0) result = posix_spawn_file_actions_adddup2(&actions, error, 2);
    if (result == 0) result = posix_spawnp(pid, path, &actions, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
  }
  posix_spawn_file_actions_destroy(&actions);
  return result;
}

int cs_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

static void interrupt_call(int signal_number) { (void)signal_number; }

int cs_lock(int descriptor, long milliseconds) {
  int result;
  while ((result = flock(descriptor, LOCK_EX | LOCK_NB)) != 0 && errno == EINTR) continue;
  if (result == 0) return 0;
  if (errno != EWOULDBLOCK || milliseconds <= 0) return -1;
  // A timer of this thread alone interrupts the waiting call; it repeats, since the first signal
  // could come just before the call.
  struct sigaction action = {.sa_handler = interrupt_call};
  sigemptyset(&action.sa_mask);
  sigaction(SIGRTMAX - 1, &action, NULL);
  // The parent may have left it blocked.
  sigset_t interrupting;
  sigemptyset(&interrupting);
  sigaddset(&interrupting, SIGRTMAX - 1);
  pthread_sigmask(SIG_UNBLOCK, &interrupting, NULL);
  struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGRTMAX - 1};
  event._sigev_un._tid = (pid_t)syscall(SYS_gettid);
  timer_t timer;
  if (timer_create(CLOCK_MONOTONIC, &event, &timer) != 0) return -1;
  struct itimerspec times = {
      .it_value = {milliseconds / 1000, milliseconds % 1000 * 1000000},
      .it_interval = {0, 20000000},
  };
  struct timespec start, now;
  clock_gettime(CLOCK_MONOTONIC, &start);
  timer_settime(timer, 0, &times, NULL);
  while ((result = flock(descriptor, LOCK_EX)) != 0 && errno == EINTR) {
    clock_gettime(CLOCK_MONOTONIC, &now);
    long passed = (now.tv_sec - start.tv_sec) * 1000 + (now.tv_nsec - start.tv_nsec) / 1000000;
    if (passed >= milliseconds) {
      errno = EWOULDBLOCK;
      break;
    }
  }
  int kept = errno;
  timer_delete(timer);
  errno = kept;
  return result;
}

long cs_file_system_type(int descriptor) {
  struct statfs record;
  return fstatfs(descriptor, &record) == 0 ? (long)record.f_type : 0;
}

int cs_exchange(const char *one, const char *other) {
  if (renameat2(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return -1;
  char *between;
  if (asprintf(&between, "%s.old", one) < 0) return -1;
  int result = rename(other, between);
  if (result == 0) {
    result = rename(one, other);
    if (result == 0) result = rename(between, one);
    else rename(between, other);
  }
  int kept = errno;
  free(between);
  errno = kept;
  return result;
}

int cs_lock_place(int descriptor, long place) {
  struct flock range = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = place, .l_len = 1};
  int result;
  while ((result = fcntl(descriptor, F_OFD_SETLKW, &range)) != 0 && errno == EINTR) continue;
  return result;
}

int cs_ending_signals(void) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGHUP);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  signal(SIGPIPE, SIG_IGN);
  if (pthread_sigmask(SIG_BLOCK, &set, NULL) != 0) return -1;
  return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

static int keys_terminal = -1;
static struct termios keys_before;

void cs_keys_end(void) {
  if (keys_terminal < 0) return;
  tcsetattr(keys_terminal, TCSANOW, &keys_before);
  keys_terminal = -1;
}

int cs_keys_begin(int terminal) {
  if (tcgetattr(terminal, &keys_before) != 0) return -1;
  struct termios keys = keys_before;
  keys.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
  keys.c_cc[VMIN] = 1;
  keys.c_cc[VTIME] = 0;
  if (tcsetattr(terminal, TCSANOW, &keys) != 0) return -1;
  if (keys_terminal < 0) atexit(cs_keys_end);
  keys_terminal = terminal;
  return 0;
}

long cs_pipe_unread(int descriptor) {
  struct stat status;
  int count = 0;
  if (fstat(descriptor, &status) != 0 || !S_ISFIFO(status.st_mode)) return 0;
  return ioctl(descriptor, FIONREAD, &count) == 0 ? count : 0;
}
