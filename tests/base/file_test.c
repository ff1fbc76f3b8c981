/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files: read without surprises, replaced as a whole or not at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"

static char folder[] = "/tmp/calscope-file-XXXXXX";

/* A path in the test's folder, good until the next but three. */
static const char *in_folder(const char *name)
{
    static char paths[4][128];
    static int next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static void put(const char *name, const char *text)
{
    FILE *file = fopen(in_folder(name), "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void assert_content(const char *name, const char *expected)
{
    struct buffer content = {0};
    struct error error;
    assert_int_equal(file_read(in_folder(name), 1 << 20, &content, &error), STATUS_OK);
    assert_string_equal(buffer_string(&content), expected);
    buffer_done(&content);
}

static int files_in_folder(void)
{
    int count = 0;
    DIR *entries = opendir(folder);
    for (const struct dirent *entry; (entry = readdir(entries));)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(entries);
    return count;
}

static enum status save(const char *name, const char *expected, const char *text,
                        struct error *error)
{
    return file_replace(in_folder(name), expected, expected ? strlen(expected) : 0, text,
                        strlen(text), error);
}

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    char *command = memory_print("rm -rf '%s'", folder);
    int result = system(command);
    free(command);
    return result;
}

static void test_a_file_is_read_whole_up_to_a_limit(void **state)
{
    (void)state;
    struct buffer content = {0};
    struct error error;
    put("a", "hello");
    buffer_append_string(&content, ">");
    assert_int_equal(file_read(in_folder("a"), 5, &content, &error), STATUS_OK);
    assert_string_equal(content.bytes, ">hello");
    assert_int_equal(file_read(in_folder("a"), 4, &content, &error), STATUS_IO);
    assert_non_null(strstr(error.message, "larger than 4 bytes"));
    assert_string_equal(content.bytes, ">hello");
    assert_int_equal(file_read(in_folder("none"), 4, &content, &error), STATUS_IO);
    assert_non_null(strstr(error.message, "cannot open: No such file"));
    buffer_done(&content);
}

static void test_what_is_no_regular_file_is_refused_without_waiting(void **state)
{
    (void)state;
    struct buffer content = {0};
    struct error error;
    alarm(10); /* a read that blocks would never end */
    assert_int_equal(mkfifo(in_folder("pipe"), 0600), 0);
    assert_int_equal(symlink("pipe", in_folder("link")), 0);
    assert_int_equal(file_read(in_folder("pipe"), 9, &content, &error), STATUS_IO);
    assert_non_null(strstr(error.message, "a pipe, not a regular file"));
    assert_int_equal(file_read(in_folder("link"), 9, &content, &error), STATUS_IO);
    assert_int_equal(file_read(folder, 9, &content, &error), STATUS_IO);
    assert_non_null(strstr(error.message, "a folder, not a regular file"));
    assert_int_equal(file_read("/dev/zero", 9, &content, &error), STATUS_IO);
    assert_non_null(strstr(error.message, "a device, not a regular file"));
    assert_int_equal(save("pipe", NULL, "x", &error), STATUS_IO);
    assert_int_equal(file_replace(folder, NULL, 0, "x", 1, &error), STATUS_IO);
    alarm(0);
    buffer_done(&content);
}

static void test_a_pipe_that_is_named_is_read_to_its_end_and_no_further_than_the_limit(void **state)
{
    (void)state;
    struct buffer content = {0};
    struct error error;
    int ends[2];
    char name[32];
    alarm(10);
    for (size_t limit = 3; limit < 5; limit++) {
        assert_int_equal(pipe(ends), 0);
        snprintf(name, sizeof name, "/dev/fd/%d", ends[0]);
        assert_int_equal(write(ends[1], "abcd", 4), 4);
        close(ends[1]);
        assert_int_equal(file_read_named(name, limit, &content, &error),
                         limit < 4 ? STATUS_IO : STATUS_OK);
        assert_string_equal(buffer_string(&content), limit < 4 ? "" : "abcd");
        close(ends[0]);
    }
    alarm(0);
    buffer_done(&content);
}

static void test_the_null_device_that_is_named_holds_nothing_and_others_are_refused(void **state)
{
    (void)state;
    struct buffer content = {0};
    struct error error;
    assert_int_equal(file_read_named("/dev/null", 9, &content, &error), STATUS_OK);
    assert_int_equal(content.length, 0);
    assert_int_equal(file_read_named("/dev/zero", 9, &content, &error), STATUS_IO);
    assert_non_null(strstr(error.message, "a device, not a regular file"));
    assert_int_equal(file_read_named(in_folder("none"), 9, &content, &error), STATUS_IO);
    put("a", "hello");
    assert_int_equal(file_read_named(in_folder("a"), 9, &content, &error), STATUS_OK);
    assert_string_equal(content.bytes, "hello");
    buffer_done(&content);
}

static void test_standard_input_is_read_under_the_name_of_a_dash(void **state)
{
    (void)state;
    int saved = dup(STDIN_FILENO), ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "abc", 3), 3);
    assert_int_equal(close(ends[1]), 0);
    assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    struct buffer content = {0};
    assert_int_equal(file_read("-", 10, &content, NULL), STATUS_OK);
    assert_string_equal(content.bytes, "abc");
    buffer_done(&content);
    close(ends[0]);
    dup2(saved, STDIN_FILENO);
    close(saved);
}

static void test_a_save_replaces_the_file_and_leaves_nothing_else(void **state)
{
    (void)state;
    struct error error;
    put("a", "old");
    assert_int_equal(save("a", "old", "new bytes", &error), STATUS_OK);
    assert_content("a", "new bytes");
    assert_int_equal(save("a", NULL, "", &error), STATUS_OK);
    assert_content("a", "");
    assert_int_equal(save("b", NULL, "made", &error), STATUS_OK);
    assert_content("b", "made");
    assert_int_equal(files_in_folder(), 2);
    mode_t mask = umask(0);
    umask(mask);
    struct stat info;
    assert_int_equal(stat(in_folder("b"), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0666 & ~mask);
}

static enum status create(const char *name, struct error *error)
{
    return file_create(in_folder(name), "made", 4, error);
}

static void test_a_new_file_is_made_only_where_nothing_is(void **state)
{
    (void)state;
    struct error error;
    assert_int_equal(create("a", &error), STATUS_OK);
    assert_content("a", "made");
    put("a", "theirs");
    assert_int_equal(create("a", &error), STATUS_REFUSED);
    assert_string_equal(error.message, "there is such a file already");
    assert_content("a", "theirs");
    assert_int_equal(symlink("nowhere", in_folder("link")), 0);
    assert_int_equal(create("link", &error), STATUS_REFUSED);
    assert_int_equal(create(".", &error), STATUS_REFUSED);
    assert_string_equal(error.message, "a folder; name a file in it");
    /* No answer is no permission: what cannot be looked at may be there. */
    assert_int_equal(symlink("loop", in_folder("loop")), 0);
    assert_int_equal(create("loop/b", &error), STATUS_IO);
    assert_non_null(strstr(error.message, "cannot look for it: Too many levels"));
    assert_int_equal(files_in_folder(), 3);
}

static void test_a_file_that_changed_since_it_was_loaded_is_not_overwritten(void **state)
{
    (void)state;
    struct error error;
    put("a", "theirs");
    assert_int_equal(save("a", "loaded", "mine", &error), STATUS_CHANGED);
    assert_int_equal(save("a", "theirS", "mine", &error), STATUS_CHANGED);
    assert_non_null(strstr(error.message, "changed on disk"));
    assert_content("a", "theirs");
    assert_int_equal(save("gone", "loaded", "mine", &error), STATUS_CHANGED);
    assert_non_null(strstr(error.message, "no longer there"));
    assert_int_equal(files_in_folder(), 1);
}

static void *read_pipe(void *path)
{
    static char text[16];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
    text[got < 0 ? 0 : got] = '\0';
    close(fd);
    return text;
}

static void test_an_answer_goes_to_files_pipes_and_devices(void **state)
{
    (void)state;
    struct error error;
    pthread_t reader;
    void *text;
    put("a", "old and longer");
    assert_int_equal(file_write(in_folder("a"), "new", 3, &error), STATUS_OK);
    assert_content("a", "new");
    assert_int_equal(file_write(in_folder("b"), "made", 4, &error), STATUS_OK);
    assert_content("b", "made");
    assert_int_equal(file_write("/dev/null", "x", 1, &error), STATUS_OK);
    assert_int_equal(file_write("/dev/full", "x", 1, &error), STATUS_IO);
    assert_non_null(strstr(error.message, "cannot write: No space left"));
    assert_int_equal(file_write(folder, "x", 1, &error), STATUS_IO);
    char *pipe = memory_copy_string(in_folder("pipe"));
    assert_int_equal(mkfifo(pipe, 0600), 0);
    assert_int_equal(pthread_create(&reader, NULL, read_pipe, pipe), 0);
    assert_int_equal(file_write(pipe, "piped", 5, &error), STATUS_OK);
    assert_int_equal(pthread_join(reader, &text), 0);
    assert_string_equal(text, "piped");
    free(pipe);
}

static void test_a_link_is_kept_and_its_target_replaced(void **state)
{
    (void)state;
    struct error error;
    struct stat info;
    put("a", "old");
    assert_int_equal(symlink("a", in_folder("link")), 0);
    assert_int_equal(save("link", "old", "new", &error), STATUS_OK);
    assert_content("a", "new");
    assert_int_equal(lstat(in_folder("link"), &info), 0);
    assert_true(S_ISLNK(info.st_mode));
    assert_int_equal(symlink("nowhere", in_folder("dangling")), 0);
    assert_int_equal(save("dangling", NULL, "new", &error), STATUS_REFUSED);
    assert_string_equal(error.message, "a link that leads nowhere has that name; remove it first");
    assert_int_equal(symlink("loop", in_folder("loop")), 0);
    assert_int_equal(save("loop", NULL, "new", &error), STATUS_IO);
}

static void test_hard_links_and_read_only_files_are_refused_with_a_hint(void **state)
{
    (void)state;
    struct error error;
    put("a", "old");
    assert_int_equal(link(in_folder("a"), in_folder("b")), 0);
    assert_int_equal(save("a", "old", "new", &error), STATUS_REFUSED);
    assert_non_null(strstr(error.message, "2 hard links"));
    assert_int_equal(file_check_replaceable(in_folder("a"), &error), STATUS_REFUSED);
    assert_int_equal(unlink(in_folder("b")), 0);
    assert_int_equal(chmod(in_folder("a"), 0444), 0);
    assert_int_equal(save("a", "old", "new", &error), STATUS_REFUSED);
    assert_non_null(strstr(error.message, "read-only; make it writable first"));
    assert_int_equal(file_check_replaceable(in_folder("a"), &error), STATUS_REFUSED);
    assert_non_null(strstr(error.message, "read-only; make it writable first"));
    assert_int_equal(chmod(in_folder("a"), 0644), 0);
    assert_int_equal(file_check_replaceable(in_folder("a"), &error), STATUS_OK);
    assert_content("a", "old");
    assert_int_equal(files_in_folder(), 1);
}

/* As a user who owns none of it; 0 where the message names the owner, and not chmod. */
static int ask_as_another(const char *path, const char *owner)
{
    struct error error = {.message = ""};
    if (geteuid() == 0 && setresuid(4321, 4321, 4321) != 0)
        return 2;
    bool refused = file_check_replaceable(path, &error) == STATUS_REFUSED;
    return !refused || !strstr(error.message, owner) || strstr(error.message, "chmod");
}

static void assert_names_owner(const char *path, const char *owner)
{
    int status;
    pid_t child = fork();
    if (child == 0)
        _exit(ask_as_another(path, owner));
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void test_a_file_of_somebody_else_is_said_to_be_theirs(void **state)
{
    (void)state;
    if (geteuid() != 0) { /* whose files are there then? */
        assert_names_owner("/etc/passwd", "it belongs to root");
        return;
    }
    put("a", "old");
    assert_int_equal(chmod(folder, 0755), 0);
    assert_int_equal(chmod(in_folder("a"), 0644), 0);
    assert_names_owner(in_folder("a"), "it belongs to root");
    assert_int_equal(chown(in_folder("a"), 987654, 0), 0); /* whom nobody knows by name */
    assert_names_owner(in_folder("a"), "it belongs to user 987654");
    assert_int_equal(chmod(folder, 0700), 0);
}

static void test_mode_owner_and_attributes_stay(void **state)
{
    (void)state;
    struct error error;
    struct stat before, after;
    char value[16] = "";
    put("a", "old");
    assert_int_equal(chmod(in_folder("a"), 0640), 0);
    if (geteuid() == 0)
        assert_int_equal(chown(in_folder("a"), 1234, 4321), 0);
    bool has_attributes = setxattr(in_folder("a"), "user.note", "kept", 4, 0) == 0;
    assert_int_equal(stat(in_folder("a"), &before), 0);
    assert_int_equal(save("a", "old", "new", &error), STATUS_OK);
    assert_int_equal(stat(in_folder("a"), &after), 0);
    assert_int_equal(after.st_mode, before.st_mode);
    assert_int_equal(after.st_uid, before.st_uid);
    assert_int_equal(after.st_gid, before.st_gid);
    if (has_attributes)
        assert_int_equal(getxattr(in_folder("a"), "user.note", value, sizeof value), 4);
    print_message("extended attributes: %s\n", has_attributes ? "kept" : "not supported here");
}

static const char access_acl[] = "system.posix_acl_access";

/*
 * As the system keeps an ACL: rw for the owner, r for user 1234 and the group, nothing for others.
 */
static const unsigned char acl[] = {
    2,    0, 0, 0,                         /* version */
    0x01, 0, 6, 0, 0xff, 0xff, 0xff, 0xff, /* the owner */
    0x02, 0, 4, 0, 0xd2, 0x04, 0,    0,    /* user 1234 */
    0x04, 0, 4, 0, 0xff, 0xff, 0xff, 0xff, /* the group */
    0x10, 0, 4, 0, 0xff, 0xff, 0xff, 0xff, /* the mask */
    0x20, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, /* others */
};

static void test_an_access_list_stays(void **state)
{
    (void)state;
    struct error error;
    unsigned char kept[2 * sizeof acl];
    put("a", "old");
    if (setxattr(in_folder("a"), access_acl, acl, sizeof acl, 0) < 0 && errno == ENOTSUP)
        skip();
    assert_int_equal(save("a", "old", "new", &error), STATUS_OK);
    assert_content("a", "new");
    assert_int_equal(getxattr(in_folder("a"), access_acl, kept, sizeof kept), sizeof acl);
    assert_memory_equal(kept, acl, sizeof acl);
}

/* A folder may give every new file an ACL: the new version of an old file must not get it. */
static void test_no_access_list_comes_with_a_save(void **state)
{
    (void)state;
    struct error error;
    unsigned char found[2 * sizeof acl];
    put("a", "old");
    assert_int_equal(chmod(in_folder("a"), 0660), 0);
    if (setxattr(folder, "system.posix_acl_default", acl, sizeof acl, 0) < 0 && errno == ENOTSUP)
        skip();
    put("b", "gets one");
    assert_int_equal(getxattr(in_folder("b"), access_acl, found, sizeof found), sizeof acl);
    assert_int_equal(save("a", "old", "new", &error), STATUS_OK);
    assert_int_equal(getxattr(in_folder("a"), access_acl, found, sizeof found), -1);
    assert_int_equal(errno, ENODATA);
    struct stat info;
    assert_int_equal(stat(in_folder("a"), &info), 0);
    assert_int_equal(info.st_mode & 07777, 0660);
}

static void test_a_temporary_left_by_a_killed_run_goes_with_the_next_save(void **state)
{
    (void)state;
    struct error error;
    put("a", "old");
    put(".a.calscope-0123ab", "half of someth");
    put(".a.calscope-notours", "x");
    put(".b.calscope-0123ab", "of another file");
    put(".a.calscope-aaaaaa", "in use");
    int busy = open(in_folder(".a.calscope-aaaaaa"), O_RDONLY);
    assert_int_equal(flock(busy, LOCK_EX), 0);
    assert_int_equal(save("a", "old", "new", &error), STATUS_OK);
    assert_int_equal(files_in_folder(), 4);
    assert_int_equal(access(in_folder(".a.calscope-0123ab"), F_OK), -1);
    assert_content(".a.calscope-aaaaaa", "in use");
    close(busy);
}

static void test_two_programs_never_save_one_file_at_once(void **state)
{
    (void)state;
    struct error error;
    put("a", "old");
    int other = open(in_folder("a"), O_RDONLY);
    assert_int_equal(flock(other, LOCK_EX), 0);
    assert_int_equal(save("a", "old", "new", &error), STATUS_REFUSED);
    assert_non_null(strstr(error.message, "being saved by another program"));
    close(other);
    assert_int_equal(save("a", "old", "new", &error), STATUS_OK);
}

static void test_a_save_that_finds_no_room_leaves_the_old_file(void **state)
{
    (void)state;
    struct error error;
    struct rlimit before, small;
    put("a", "old");
    char *large = memory_new_array(100001, 1);
    memset(large, 'x', 100000);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = 50000;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    enum status status = save("a", "old", large, &error);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(status, STATUS_IO);
    assert_non_null(strstr(error.message, "File too large"));
    assert_content("a", "old");
    assert_int_equal(files_in_folder(), 1);
    free(large);
}

static void test_a_missing_folder_is_named(void **state)
{
    (void)state;
    struct error error;
    assert_int_equal(save("no/such/file", NULL, "x", &error), STATUS_IO);
    assert_non_null(strstr(error.message, "No such file"));
    assert_int_equal(save("no/such/file", NULL, "x", NULL), STATUS_IO);
}

static void test_a_path_without_a_folder_is_in_the_current_one(void **state)
{
    (void)state;
    struct error error;
    char *before = getcwd(NULL, 0);
    assert_int_equal(chdir(folder), 0);
    enum status status = file_replace("bare", NULL, 0, "x", 1, &error);
    assert_int_equal(chdir(before), 0);
    free(before);
    assert_int_equal(status, STATUS_OK);
    assert_content("bare", "x");
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(test_a_file_is_read_whole_up_to_a_limit),
        IN_A_FOLDER(test_what_is_no_regular_file_is_refused_without_waiting),
        IN_A_FOLDER(test_a_pipe_that_is_named_is_read_to_its_end_and_no_further_than_the_limit),
        IN_A_FOLDER(test_the_null_device_that_is_named_holds_nothing_and_others_are_refused),
        IN_A_FOLDER(test_standard_input_is_read_under_the_name_of_a_dash),
        IN_A_FOLDER(test_a_save_replaces_the_file_and_leaves_nothing_else),
        IN_A_FOLDER(test_a_new_file_is_made_only_where_nothing_is),
        IN_A_FOLDER(test_a_file_that_changed_since_it_was_loaded_is_not_overwritten),
        IN_A_FOLDER(test_an_answer_goes_to_files_pipes_and_devices),
        IN_A_FOLDER(test_a_link_is_kept_and_its_target_replaced),
        IN_A_FOLDER(test_hard_links_and_read_only_files_are_refused_with_a_hint),
        IN_A_FOLDER(test_a_file_of_somebody_else_is_said_to_be_theirs),
        IN_A_FOLDER(test_mode_owner_and_attributes_stay),
        IN_A_FOLDER(test_an_access_list_stays),
        IN_A_FOLDER(test_no_access_list_comes_with_a_save),
        IN_A_FOLDER(test_a_temporary_left_by_a_killed_run_goes_with_the_next_save),
        IN_A_FOLDER(test_two_programs_never_save_one_file_at_once),
        IN_A_FOLDER(test_a_save_that_finds_no_room_leaves_the_old_file),
        IN_A_FOLDER(test_a_missing_folder_is_named),
        IN_A_FOLDER(test_a_path_without_a_folder_is_in_the_current_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
