// Calls that Swift cannot make itself: signal handlers and GNU-only functions.
#pragma once
#include <stddef.h>
#include <sys/types.h>

// Creates a file from a mkstemp template (mode 0600, close-on-exec) and registers it for removal
// when SIGHUP, SIGINT, SIGPIPE or SIGTERM ends the process. Signals are held back in between, so
// that no moment exists in which the file is there and not registered.
// Returns the descriptor, or -1 with errno set. The template receives the name.
int cs_temporary_create(char *template_path);

// The same for a folder (mode 0700), which is removed after the files in it.
int cs_temporary_folder(char *template_path);

// The same for a file of the given name in such a folder; it must not exist.
int cs_temporary_file_in_folder(char *path);

// Renames a registered file or folder to its final name and forgets it, with all files in it, as
// one step for signals.
// Returns 0, or -1 with errno set and the file still registered.
int cs_temporary_rename(const char *temporary_path, const char *final_path);

// Removes a registered file, or a registered folder that is empty, and forgets it.
void cs_temporary_remove(const char *temporary_path);

// Removes all registered files and folders; for the end of a failing process.
void cs_temporary_remove_all(void);

// Creates a file that has no name yet in the given folder (O_TMPFILE, mode 0600). Returns the
// descriptor, or -1 with errno set where there is no such thing.
int cs_hidden_create(const char *folder);

// Gives such a file its final name, whose old file is replaced; the template is that of a second
// name in the same folder, which this takes. Returns 0, or -1 with errno set.
int cs_hidden_publish(int descriptor, char *template_path, const char *final_path);

// Opens a file without a name in the given folder: O_TMPFILE, or create and unlink where the file
// system has no O_TMPFILE. Returns the descriptor, or -1 with errno set.
int cs_unnamed_file(const char *folder);

// The permission bits a new file gets under the current umask.
mode_t cs_new_file_mode(void);

// Makes descriptors 0, 1 and 2 occupied, so that no file opened later takes the place of a closed
// standard stream; reading or writing a stream that was closed still fails with EBADF.
// Turns SIGXFSZ into the error EFBIG.
void cs_prepare_process(void);

// Ends the process the way a write to a closed pipe does, also where SIGPIPE was ignored.
void cs_die_of_closed_pipe(void) __attribute__((noreturn));

// Starts a program found along PATH: posix_spawn of `path` in folder `folder` (NULL: here) with
// the given descriptors as 0, 1, 2. Returns 0 or an errno value.
int cs_spawn(pid_t *pid, const char *path, char *const arguments[], char *const environment[],
             const char *folder, int input, int output, int error);

// pipe2 with O_CLOEXEC.
int cs_pipe(int ends[2]);

// Takes an exclusive flock, waiting at most the given milliseconds, in the kernel's order of
// arrival. Returns 0, or -1 with errno set: EWOULDBLOCK when the time was over first.
int cs_lock(int descriptor, long milliseconds);

// The type of the file system an open file is on, as in statfs(2); 0 when it cannot be told.
long cs_file_system_type(int descriptor);

// Exchanges the names of two files or folders in one step; where the file system cannot, the second
// one is moved to a name of its own in between. Returns 0, or -1 with errno set.
int cs_exchange(const char *one, const char *other);

// Takes an exclusive lock of one byte of an open file, waiting as long as it takes; it is given up
// with the descriptor. Returns 0, or -1 with errno set.
int cs_lock_place(int descriptor, long place);

// Holds back SIGHUP, SIGINT and SIGTERM and ignores SIGPIPE, in this thread and those it starts.
// Returns a descriptor that can be read when one of the three has come, or -1 with errno set.
int cs_ending_signals(void);

// Lets a terminal give single keys without showing them. Returns 0, or -1 with errno set.
int cs_keys_begin(int terminal);

// Puts the terminal back as it was; also done when the process exits.
void cs_keys_end(void);

// How many bytes of a pipe were written and not read; 0 when the descriptor is no pipe.
long cs_pipe_unread(int descriptor);
