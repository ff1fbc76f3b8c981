/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whatever the system says no to while a file is read, replaced or logged: the file is the old one
 * or the new one, the status says which, nothing and no descriptor is left. Each call that these
 * make fails here in turn, once or from then on, with each error; the linker puts the __wrap_
 * functions before the system's. tests/faults does the same to the whole program from outside.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/file_log.h"
#include "base/memory.h"

enum { NOTHING_MOVED = -1, HALF_MOVED = -2 }; /* what a read or write says instead of an error */

/* The one fault of a run; call NULL: none. */
static struct {
    const char *call;
    unsigned nth, count;
    int error; /* errno, or one of those above */
    bool always, hit;
} fault;

static size_t runs;

static bool fails(const char *call)
{
    if (!fault.call || strcmp(call, fault.call) != 0)
        return false;
    fault.count++;
    if (fault.count < fault.nth || (fault.count > fault.nth && !fault.always))
        return false;
    fault.hit = true;
    if (fault.error > 0)
        errno = fault.error;
    return true;
}

/* WRAP(result, name, (parameters), (arguments), what it returns when it fails) */
#define WRAP(type, name, parameters, arguments, failure)                                           \
    type __real_##name parameters;                                                                 \
    type __wrap_##name parameters;                                                                 \
    type __wrap_##name parameters                                                                  \
    {                                                                                              \
        return fails(#name) ? (failure) : __real_##name arguments;                                 \
    }

WRAP(off_t, lseek, (int fd, off_t offset, int from), (fd, offset, from), -1)
WRAP(int, fstat, (int fd, struct stat *info), (fd, info), -1)
WRAP(int, stat, (const char *path, struct stat *info), (path, info), -1)
WRAP(int, lstat, (const char *path, struct stat *info), (path, info), -1)
WRAP(int, fstatat, (int fd, const char *path, struct stat *info, int flags),
     (fd, path, info, flags), -1)
WRAP(int, access, (const char *path, int mode), (path, mode), -1)
WRAP(int, flock, (int fd, int operation), (fd, operation), -1)
WRAP(int, ftruncate, (int fd, off_t length), (fd, length), -1)
WRAP(int, renameat, (int from, const char *old, int to, const char *now), (from, old, to, now), -1)
WRAP(int, unlink, (const char *path), (path), -1)
WRAP(int, unlinkat, (int fd, const char *path, int flags), (fd, path, flags), -1)
WRAP(int, mkdir, (const char *path, mode_t mode), (path, mode), -1)
WRAP(ssize_t, fgetxattr, (int fd, const char *name, void *value, size_t size),
     (fd, name, value, size), -1)
WRAP(int, fsetxattr, (int fd, const char *name, const void *value, size_t size, int flags),
     (fd, name, value, size, flags), -1)
WRAP(ssize_t, flistxattr, (int fd, char *list, size_t size), (fd, list, size), -1)
WRAP(int, fremovexattr, (int fd, const char *name), (fd, name), -1)
WRAP(int, fchown, (int fd, uid_t owner, gid_t group), (fd, owner, group), -1)
WRAP(int, fchmod, (int fd, mode_t mode), (fd, mode), -1)
WRAP(DIR *, opendir, (const char *path), (path), NULL)
WRAP(int, clock_gettime, (clockid_t clock, struct timespec *now), (clock, now), -1)
WRAP(char *, realpath, (const char *path, char *resolved), (path, resolved), NULL)

static bool knows_renameat2 = true; /* as not every file system does */

int __real_renameat2(int from, const char *old, int to, const char *now, unsigned flags);
int __wrap_renameat2(int from, const char *old, int to, const char *now, unsigned flags);
int __wrap_renameat2(int from, const char *old, int to, const char *now, unsigned flags)
{
    if (!knows_renameat2)
        errno = EINVAL;
    return !knows_renameat2 || fails("renameat2") ? -1
                                                  : __real_renameat2(from, old, to, now, flags);
}

/* Nothing here depends on what a power failure leaves, so nothing is really synced. */
int __wrap_fsync(int fd);
int __wrap_fsync(int fd)
{
    (void)fd;
    return fails("fsync") ? -1 : 0;
}

int __wrap_fdatasync(int fd);
int __wrap_fdatasync(int fd)
{
    (void)fd;
    return fails("fdatasync") ? -1 : 0;
}

ssize_t __real_read(int fd, void *bytes, size_t length);
ssize_t __wrap_read(int fd, void *bytes, size_t length);
ssize_t __wrap_read(int fd, void *bytes, size_t length)
{
    if (!fails("read"))
        return __real_read(fd, bytes, length);
    return fault.error == NOTHING_MOVED ? 0
           : fault.error == HALF_MOVED  ? __real_read(fd, bytes, length / 2 + 1)
                                        : -1;
}

ssize_t __real_write(int fd, const void *bytes, size_t length);
ssize_t __wrap_write(int fd, const void *bytes, size_t length);
ssize_t __wrap_write(int fd, const void *bytes, size_t length)
{
    if (!fails("write"))
        return __real_write(fd, bytes, length);
    return fault.error == NOTHING_MOVED ? 0
           : fault.error == HALF_MOVED  ? __real_write(fd, bytes, length / 2 + 1)
                                        : -1;
}

/* The descriptor is gone all the same, as on Linux. */
int __real_close(int fd);
int __wrap_close(int fd);
int __wrap_close(int fd)
{
    int result = __real_close(fd);
    return fails("close") ? -1 : result;
}

int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, mode_t mode);
int __wrap_open(const char *path, int flags, mode_t mode)
{
    return fails("open") ? -1 : __real_open(path, flags, mode);
}

int __real_openat(int folder, const char *path, int flags, ...);
int __wrap_openat(int folder, const char *path, int flags, mode_t mode);
int __wrap_openat(int folder, const char *path, int flags, mode_t mode)
{
    return fails("openat") ? -1 : __real_openat(folder, path, flags, mode);
}

static const char *const calls[] = {
    "open",      "openat",     "read",         "write",         "close",    "lseek",
    "fstat",     "stat",       "lstat",        "fstatat",       "access",   "flock",
    "fsync",     "fdatasync",  "ftruncate",    "mkdir",         "renameat", "renameat2",
    "unlink",    "unlinkat",   "opendir",      "fchown",        "fchmod",   "fgetxattr",
    "fsetxattr", "flistxattr", "fremovexattr", "clock_gettime", "realpath"};
enum { CALL_COUNT = sizeof calls / sizeof *calls };

static const int errors[] = {EIO,    ENOSPC,      EINTR,         ENOENT,    EEXIST,
                             EACCES, EPERM,       ENOTSUP,       ENODATA,   EINVAL,
                             ENOSYS, EWOULDBLOCK, NOTHING_MOVED, HALF_MOVED};
enum { ERROR_COUNT = sizeof errors / sizeof *errors };

/* --- the folder --- */

static char folder[] = "/tmp/calscope-system-XXXXXX";
static char path[64];
static const char old[] = "the old bytes\n", now[] = "the new bytes, and some more of them\n";

static int files_in(const char *where)
{
    int count = 0;
    DIR *entries = __real_opendir(where);
    while (entries && readdir(entries))
        count++;
    if (entries)
        closedir(entries);
    return count - 2;
}

static int open_descriptors(void)
{
    return files_in("/proc/self/fd");
}

static bool holds(const char *expected)
{
    char bytes[256];
    int fd = __real_open(path, O_RDONLY);
    ssize_t length = fd < 0 ? -1 : __real_read(fd, bytes, sizeof bytes);
    if (fd >= 0)
        __real_close(fd);
    return length == (ssize_t)strlen(expected) && memcmp(bytes, expected, (size_t)length) == 0;
}

static void put_old(void)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(old, file) >= 0);
    assert_int_equal(fclose(file), 0);
    (void)setxattr(path, "user.calscope-test", "kept", 4, 0); /* where there is such a thing */
}

/* --- all faults of a job --- */

/* Does the work and returns what is wrong, NULL where all is well. */
typedef const char *job_function(void);

/* Whether the fault was met. */
static bool run_with(job_function *job, const char *call, unsigned nth, int error, bool always)
{
    int before = open_descriptors();
    fault.call = call;
    fault.nth = nth;
    fault.count = 0;
    fault.error = error;
    fault.always = always;
    fault.hit = false;
    const char *complaint = job();
    fault.call = NULL;
    runs++;
    if (!complaint && open_descriptors() != before)
        complaint = "a descriptor is left open";
    if (complaint)
        fail_msg("%s %u%s: %s: %s", call, nth, always ? " and on" : "",
                 error > 0 ? strerror(error) : "short", complaint);
    return fault.hit;
}

static bool applies(const char *call, int error, bool always)
{
    if (error < 0)
        return strcmp(call, "write") == 0 || (strcmp(call, "read") == 0 && !always);
    return !(always && error == EINTR); /* to be tried again, for ever */
}

static void fail_each_call(job_function *job)
{
    for (size_t c = 0; c < CALL_COUNT; c++)
        for (int always = 0; always < 2; always++) {
            bool hit = true;
            for (unsigned nth = 1; hit; nth++) {
                hit = false;
                for (size_t e = 0; e < ERROR_COUNT; e++)
                    if (applies(calls[c], errors[e], always))
                        hit |= run_with(job, calls[c], nth, errors[e], always);
            }
        }
}

/* --- replacing --- */

static const char *judge(enum status status, const struct error *error, const char *before)
{
    bool is_new = holds(now);
    fault.call = NULL;
    if (files_in(folder) != (is_new || before ? 1 : 0))
        return "something is left in the folder";
    if (status == STATUS_OK || status == STATUS_UNSYNCED)
        return is_new ? NULL : "said to be written, and is not";
    if (before ? !holds(before) : is_new)
        return "said to have failed, and something was written";
    return error->message[0] ? NULL : "no reason is given";
}

static const char *replace_old(void)
{
    struct error error = {0};
    const char *call = fault.call;
    fault.call = NULL;
    put_old();
    fault.call = call;
    return judge(file_replace(path, old, strlen(old), now, strlen(now), &error), &error, old);
}

static const char *make_new(void)
{
    struct error error = {0};
    (void)__real_unlink(path);
    return judge(file_replace(path, NULL, 0, now, strlen(now), &error), &error, NULL);
}

static void test_replacing_a_file_it_is_the_old_or_the_new_one_whatever_fails(void **state)
{
    (void)state;
    fail_each_call(replace_old);
}

static void test_making_a_file_it_is_there_whole_or_not_at_all_whatever_fails(void **state)
{
    (void)state;
    fail_each_call(make_new);
}

static void test_a_new_file_that_keeps_its_first_name_too_for_a_while_is_made(void **state)
{
    (void)state;
    knows_renameat2 = false;
    assert_false(run_with(make_new, "none", 1, EIO, false));
    assert_true(run_with(make_new, "unlinkat", 1, EIO, false));
    knows_renameat2 = true;
}

/* --- reading --- */

static const char *read_old(void)
{
    struct error error = {0};
    struct buffer text = {0};
    buffer_append_string(&text, ">");
    enum status status = file_read(path, 100, &text, &error);
    bool is_whole = strcmp(text.bytes + 1, old) == 0;
    bool is_short = fault.hit && fault.error < 0; /* the end of the file, for all that one knows */
    bool is_nothing = text.length == 1;
    buffer_done(&text);
    if (status == STATUS_OK)
        return is_whole || is_short ? NULL : "not all was read, and nothing said";
    return !is_nothing        ? "half of it was handed out"
           : error.message[0] ? NULL
                              : "no reason is given";
}

static void test_a_file_is_read_whole_or_not_at_all_whatever_fails(void **state)
{
    (void)state;
    put_old();
    fail_each_call(read_old);
}

/* --- logs --- */

/* Whether the log at name holds exactly as many records as were said to be added. */
static bool log_holds(const char *name, int records)
{
    char bytes[64] = "", expected[64] = "first\n";
    for (int i = 0; i < records; i++)
        strcat(expected, "more\n");
    int fd = __real_open(name, O_RDONLY);
    ssize_t length = fd < 0 ? -1 : __real_read(fd, bytes, sizeof bytes - 1);
    if (fd >= 0)
        __real_close(fd);
    return length == (ssize_t)strlen(expected) && strcmp(bytes, expected) == 0;
}

static const char *keep_log(void)
{
    struct error error = {0};
    struct file_log *log;
    char place[96];
    snprintf(place, sizeof place, "%s/deep/er", folder);
    if (file_log_new(&(struct file_log_name){place, "edits", "log"}, "first\n", 6, &log, &error) !=
        STATUS_OK)
        return error.message[0] ? NULL : "no reason is given";
    int records = 0;
    for (int i = 0; i < 3; i++)
        records += file_log_append(log, "more\n", 5, &error) == STATUS_OK;
    const char *call = fault.call;
    bool may_be_torn = call && strcmp(call, "ftruncate") == 0;
    const char *complaint = may_be_torn || log_holds(file_log_path(log), records)
                                ? NULL
                                : "the log does not hold what it was said to hold";
    if (!file_log_in_use(file_log_path(log)) && !fault.hit)
        complaint = "a log that is open is not in use";
    file_log_remove(log);
    return complaint;
}

static const char *remove_left_log(void)
{
    struct error error = {0};
    const char *call = fault.call;
    fault.call = NULL;
    put_old();
    fault.call = call;
    enum status status = file_log_remove_left(path, &error);
    fault.call = NULL;
    bool is_there = holds(old);
    if (status == STATUS_OK)
        return is_there ? "said to be removed, and is there" : NULL;
    return !is_there          ? "said to have stayed, and is gone"
           : error.message[0] ? NULL
                              : "no reason is given";
}

static void test_a_log_holds_the_records_that_were_said_to_be_added_whatever_fails(void **state)
{
    (void)state;
    fail_each_call(keep_log);
    char *command = memory_print("rm -rf %s/deep", folder);
    assert_int_equal(system(command), 0);
    free(command);
}

static void test_a_left_log_is_removed_or_a_reason_given_whatever_fails(void **state)
{
    (void)state;
    fail_each_call(remove_left_log);
}

/* The second question to access() is about the folder. */
static void test_a_folder_that_takes_no_files_is_known_before_a_save(void **state)
{
    static const struct {
        unsigned nth;
        int error;
        const char *why; /* NULL: nobody can tell */
    } cases[] = {{1, EACCES, "read-only; make it writable first"},
                 {1, EROFS, "on a file system that is mounted read-only"},
                 {1, EIO, NULL},
                 {2, EACCES, "its folder is read-only (/"},
                 {2, EROFS, "its folder is read-only (/"},
                 {2, EIO, NULL}};
    (void)state;
    assert_int_equal(file_replace(path, NULL, 0, "old", 3, NULL), STATUS_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct error error = {.message = ""};
        fault.call = "access";
        fault.nth = cases[i].nth;
        fault.count = 0;
        fault.error = cases[i].error;
        enum status status = file_check_replaceable(path, &error);
        fault.call = NULL;
        assert_int_equal(status, cases[i].why ? STATUS_REFUSED : STATUS_OK);
        if (cases[i].why)
            assert_non_null(strstr(error.message, cases[i].why));
    }
    assert_int_equal(file_check_replaceable("/no/such/file", NULL), STATUS_OK);
    fault.call = "stat";
    fault.nth = 1;
    fault.count = 0;
    assert_int_equal(file_check_replaceable(path, NULL), STATUS_OK);
    fault.call = NULL;
    assert_int_equal(unlink(path), 0);
}

static int make_folder(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/file", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    char *command = memory_print("rm -r %s", folder);
    int result = system(command);
    free(command);
    return result;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_replacing_a_file_it_is_the_old_or_the_new_one_whatever_fails),
        cmocka_unit_test(test_a_file_is_read_whole_or_not_at_all_whatever_fails),
        cmocka_unit_test(test_a_left_log_is_removed_or_a_reason_given_whatever_fails),
        cmocka_unit_test(test_making_a_file_it_is_there_whole_or_not_at_all_whatever_fails),
        cmocka_unit_test(test_a_new_file_that_keeps_its_first_name_too_for_a_while_is_made),
        cmocka_unit_test(test_a_folder_that_takes_no_files_is_known_before_a_save),
        cmocka_unit_test(test_a_log_holds_the_records_that_were_said_to_be_added_whatever_fails),
    };
    int failed = cmocka_run_group_tests(tests, make_folder, remove_folder);
    printf("system calls refused: %zu runs, %d failed\n", runs, failed);
    return failed;
}
