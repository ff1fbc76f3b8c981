/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A registry lists every calibration below a folder, and says what is wrong with those it cannot.
 */
#include <fcntl.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/memory.h"
#include "calibration/registry.h"

enum { BLOCKED_SECONDS = 100 };

static struct registry *scan(const char *path)
{
    struct registry *registry = NULL;
    struct error error = {0};
    if (registry_open(path, &registry, &error))
        fail_msg("%s: %s", path, error.message);
    registry_scan(registry);
    return registry;
}

static void test_the_bundled_registry_lists_its_two_devices(void **state)
{
    (void)state;
    struct registry *registry = scan(SOURCE_DIR "/hardware_registry/");
    assert_int_equal(registry_count(registry), 2);
    assert_string_equal(registry_at(registry, 0)->id, "cpu/i7-12700K");
    const struct registry_entry *jetson = registry_find(registry, "gpu/jetson_orin_agx");
    assert_non_null(jetson);
    assert_false(jetson->broken);
    assert_string_equal(jetson->hardware_id, "jetson-orin-agx-50w");
    assert_int_equal(jetson->curves, 6);
    assert_int_equal(jetson->bandwidth_curves, 2);
    assert_int_equal(jetson->points, 44);
    assert_int_equal(jetson->sources[POINT_LEGACY], 44);
    assert_true(isnan(jetson->worst_r_squared)); /* 0.0 is the field's unknown */
    registry_free(registry);
}

static void test_a_broken_file_is_an_entry_that_says_where_it_is_broken(void **state)
{
    (void)state;
    struct registry *registry = scan(FIXTURES "/registry");
    assert_int_equal(registry_count(registry), 3);
    const struct registry_entry *broken = registry_find(registry, "gpu/example_broken/fp32");
    assert_true(broken->broken);
    assert_non_null(strstr(broken->message, "line "));
    assert_false(registry_find(registry, "cuda/orin_15w/bf16")->broken);
    registry_free(registry);
}

static void test_one_file_is_a_registry_of_one(void **state)
{
    (void)state;
    struct registry *registry = scan(FIXTURES "/schema_example.json");
    assert_int_equal(registry_count(registry), 1);
    assert_string_equal(registry_at(registry, 0)->id, "schema_example.json");
    registry_free(registry);
}

static void test_a_missing_folder_is_refused_with_the_reason(void **state)
{
    (void)state;
    struct registry *registry;
    struct error error;
    assert_int_equal(registry_open("/no/such/folder", &registry, &error), STATUS_IO);
    assert_string_equal(error.message, "No such file or directory");
}

/* Runs a shell line with the folder as $1. */
static void make(const char *folder, const char *line)
{
    char *command = memory_print("set -e; cd '%s'; %s", folder, line);
    assert_int_equal(system(command), 0);
    free(command);
}

static char *make_root(char *folder)
{
    assert_non_null(mkdtemp(folder));
    make(folder, "chmod 755 .; mkdir root outside; "
                 "cp " FIXTURES "/schema_example.json outside/efficiency_curves.json");
    return memory_print("%s/root", folder);
}

static void remove_root(const char *folder, char *root)
{
    make(folder, "cd /; rm -r \"$OLDPWD\"");
    free(root);
}

static void assert_broken(const struct registry *registry, const char *id, const char *message)
{
    const struct registry_entry *entry = registry_find(registry, id);
    assert_non_null(entry);
    assert_true(entry->broken);
    if (!strstr(entry->message, message))
        fail_msg("%s: `%s` does not say `%s`", id, entry->message, message);
}

/* Tells of every file that is opened in a folder, from now on. */
static int add_watch(int watch, const char *folder)
{
    if (watch < 0)
        watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    assert_true(inotify_add_watch(watch, folder, IN_OPEN | IN_ACCESS) >= 0);
    return watch;
}

/* Asserts that of the files that are no calibrations none was opened; folders were. */
static void assert_opened_only_calibrations(int watch)
{
    _Alignas(struct inotify_event) char bytes[65536];
    ssize_t length;
    while ((length = read(watch, bytes, sizeof bytes)) > 0)
        for (const char *at = bytes; at < bytes + length;) {
            const struct inotify_event *event = (const struct inotify_event *)at;
            if (!(event->mask & IN_ISDIR) && strcmp(event->name, "efficiency_curves.json") != 0)
                fail_msg("%s was opened", event->name);
            at += sizeof *event + event->len;
        }
    close(watch);
}

static void assert_opened_nothing(int watch)
{
    char bytes[4096];
    assert_int_equal(read(watch, bytes, sizeof bytes), -1);
    close(watch);
}

static void test_fifos_links_and_loops_neither_block_nor_lead_outside(void **state)
{
    (void)state;
    char folder[] = "/tmp/calscope-test-XXXXXX";
    char *root = make_root(folder);
    make(folder, "cd root; mkdir a b c d .hidden; mkfifo a/efficiency_curves.json; "
                 "cp ../outside/efficiency_curves.json .hidden; "
                 "ln -s ../../outside/efficiency_curves.json b/efficiency_curves.json; "
                 "ln -s ../../outside c/linked; ln -s .. c/loop; ln -s . c/self; "
                 "cp ../outside/efficiency_curves.json d/real.json; "
                 "ln -s real.json d/efficiency_curves.json");
    char *outside = memory_print("%s/outside", folder);
    int watch = add_watch(-1, outside);
    struct registry *registry = scan(root);
    assert_opened_nothing(watch);
    assert_int_equal(registry_count(registry), 3);
    assert_broken(registry, "a", "not a regular file");
    assert_broken(registry, "b", "the link leads out of the registry");
    assert_false(registry_find(registry, "d")->broken);
    registry_free(registry);
    free(outside);
    remove_root(folder, root);
}

static void make_socket(const char *root, const char *name)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s/%s", root, name);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(fd, (const struct sockaddr *)&address, sizeof address), 0);
    close(fd);
}

/* Devices come as links: only root may make one, and a link to one must not be opened either. */
static void test_devices_sockets_and_links_to_anything_are_named_and_not_opened(void **state)
{
    (void)state;
    char folder[] = "/tmp/calscope-test-XXXXXX";
    char *root = make_root(folder);
    make(folder, "cd root; F=efficiency_curves.json; "
                 "mkdir zero tty fifo sock sock/s dangling self turn chain folder prefix up; "
                 "ln -s /dev/zero zero/$F; ln -s /dev/tty tty/$F; "
                 "mkfifo fifo/pipe; ln -s pipe fifo/$F; ln -s s/$F sock/$F; "
                 "ln -s nowhere dangling/$F; ln -s $F self/$F; "
                 "ln -s other turn/$F; ln -s $F turn/other; "
                 "ln -s two chain/$F; ln -s three chain/two; ln -s ../../outside/$F chain/three; "
                 "mkdir folder/$F; mkdir ../rooted; cp ../outside/$F ../rooted; "
                 "ln -s ../../rooted/$F prefix/$F; ln -s ../../root/../outside/$F up/$F");
    make_socket(root, "sock/s/efficiency_curves.json");
    struct registry *registry = scan(root);
    static const struct {
        const char *id, *message;
    } expected[] = {
        {"zero", "the link leads out of the registry"},
        {"tty", "the link leads out of the registry"},
        {"fifo", "not a regular file"},
        {"sock", "not a regular file"},
        {"sock/s", "not a regular file"},
        {"dangling", "the link leads nowhere: No such file"},
        {"self", "the link leads nowhere: Too many levels"},
        {"turn", "the link leads nowhere: Too many levels"},
        {"chain", "the link leads out of the registry"},
        {"folder", "not a regular file"},
        {"prefix", "the link leads out of the registry"},
        {"up", "the link leads out of the registry"},
    };
    enum { COUNT = sizeof expected / sizeof *expected };
    assert_int_equal(registry_count(registry), COUNT);
    for (size_t i = 0; i < COUNT; i++)
        assert_broken(registry, expected[i].id, expected[i].message);
    registry_free(registry);
    remove_root(folder, root);
}

/* Root may read everything, so it is somebody else for the time of the scan. */
static void test_a_folder_and_a_file_that_may_not_be_read_are_entries_that_say_so(void **state)
{
    (void)state;
    enum { NOBODY = 65534 };
    char folder[] = "/tmp/calscope-test-XXXXXX";
    char *root = make_root(folder);
    make(folder, "cd root; mkdir shut open secret; cp ../outside/* shut; cp ../outside/* open; "
                 "cp ../outside/* secret; chmod 0 shut secret/*; chmod 755 . open secret; "
                 "chmod 644 open/*");
    bool is_root = geteuid() == 0;
    if (is_root)
        assert_int_equal(seteuid(NOBODY), 0);
    struct registry *registry = scan(root);
    if (is_root)
        assert_int_equal(seteuid(0), 0);
    assert_int_equal(registry_count(registry), 3);
    assert_broken(registry, "shut", "cannot read the folder: Permission denied");
    assert_broken(registry, "secret", "Permission denied");
    assert_false(registry_find(registry, "open")->broken);
    registry_free(registry);
    make(folder, "chmod 700 root/shut");
    remove_root(folder, root);
}

static void test_a_root_that_is_a_link_is_followed_and_still_the_limit(void **state)
{
    (void)state;
    char folder[] = "/tmp/calscope-test-XXXXXX";
    char *root = make_root(folder);
    make(folder, "ln -s root link; mkdir root/in root/out; cp outside/* root/in; "
                 "ln -s ../../outside/efficiency_curves.json root/out; "
                 "ln -s root/in/efficiency_curves.json outside.json");
    char *link = memory_print("%s/link///", folder);
    struct registry *registry = scan(link);
    assert_int_equal(registry_count(registry), 2);
    assert_false(registry_find(registry, "in")->broken);
    assert_broken(registry, "out", "the link leads out of the registry");
    registry_free(registry);
    free(link);
    remove_root(folder, root);
}

/* 40 folders of 200 bytes each: longer than any path may be. */
static void test_what_became_a_link_to_the_outside_is_not_read_again(void **state)
{
    (void)state;
    char folder[] = "/tmp/calscope-test-XXXXXX";
    char *root = make_root(folder), *outside = memory_print("%s/outside", folder);
    make(folder, "mkdir root/in; cp outside/* root/in");
    struct registry *registry = scan(root);
    assert_false(registry_find(registry, "in")->broken);
    make(folder, "ln -sf ../../outside/efficiency_curves.json root/in");
    int watch = add_watch(-1, outside);
    registry_refresh(registry, "in");
    assert_opened_nothing(watch);
    assert_broken(registry, "in", "the link leads out of the registry");
    assert_null(registry_find(registry, "in")->hardware_id);
    make(folder, "rm root/in/*; mkfifo root/in/efficiency_curves.json");
    registry_refresh(registry, "in");
    assert_broken(registry, "in", "not a regular file");
    registry_free(registry);
    free(outside);
    remove_root(folder, root);
}

static void update(struct registry *registry, enum watch_kind kind, const char *root,
                   const char *below)
{
    char *folder = memory_print("%s/%s", root, below);
    registry_update(registry, &(struct watch_change){kind, folder});
    free(folder);
}

static bool concerns(const struct registry *registry, enum watch_kind kind, const char *folder,
                     const char *path)
{
    struct watch_change change = {kind, memory_copy_string(folder)};
    bool result = registry_concerns(registry, &change, path);
    free(change.folder);
    return result;
}

static void test_a_change_concerns_what_lies_below_its_folder_alone(void **state)
{
    (void)state;
    struct registry *registry = scan(FIXTURES "/registry"), *everything, *one;
    assert_true(concerns(registry, WATCH_FOLDER_GONE, "/r/a", "/r/a/b/efficiency_curves.json"));
    assert_false(concerns(registry, WATCH_FOLDER_GONE, "/r/a", "/r/ab/efficiency_curves.json"));
    assert_true(concerns(registry, WATCH_FILE, "/r/a", "/r/a/efficiency_curves.json"));
    assert_false(concerns(registry, WATCH_FILE, "/r/a", "/r/a/b/efficiency_curves.json"));
    registry_free(registry);
    assert_int_equal(registry_open("/", &everything, NULL), STATUS_OK);
    assert_true(concerns(everything, WATCH_FILE, "/", "/efficiency_curves.json"));
    assert_true(concerns(everything, WATCH_FOLDER_GONE, "/", "/a/efficiency_curves.json"));
    registry_free(everything);
    assert_int_equal(registry_open(FIXTURES "/bom.json", &one, NULL), STATUS_OK);
    assert_true(concerns(one, WATCH_FILE, FIXTURES, FIXTURES "/bom.json"));
    assert_false(concerns(one, WATCH_FILE, FIXTURES, FIXTURES "/deep.json"));
    assert_false(concerns(one, WATCH_FOLDER_NEW, FIXTURES "/x", FIXTURES "/bom.json"));
    registry_free(one);
}

static void test_one_file_that_goes_says_so_and_comes_back(void **state)
{
    (void)state;
    char folder[] = "/tmp/calscope-test-XXXXXX";
    char *root = make_root(folder);
    char *file = memory_print("%s/outside/efficiency_curves.json", folder);
    struct registry *registry = scan(file);
    assert_true(registry_is_single_file(registry));
    make(folder, "mv outside/efficiency_curves.json x");
    update(registry, WATCH_FILE, folder, "outside");
    assert_broken(registry, "efficiency_curves.json", "No such file");
    make(folder, "mv x outside/efficiency_curves.json");
    update(registry, WATCH_FILE, folder, "outside");
    assert_false(registry_at(registry, 0)->broken);
    registry_free(registry);
    free(file);
    remove_root(folder, root);
}

static bool stays(const void *name, const char *path)
{
    return strstr(path, name) != NULL;
}

static void test_reading_everything_again_keeps_the_rows_that_must_stay(void **state)
{
    (void)state;
    char folder[] = "/tmp/calscope-test-XXXXXX";
    char *root = make_root(folder);
    make(folder, "cd root; mkdir a b c d; for i in a b c; do cp ../outside/* $i; done; touch "
                 "d/efficiency_curves.json");
    struct registry *registry = scan(root);
    assert_true(registry_find(registry, "d")->broken);
    make(folder, "cd root; rm -r a b d; mkdir e; cp ../outside/* e");
    update(registry, WATCH_FOLDER_NEW, root, "e"); /* read once all the same */
    registry_start_over(registry, stays, "/b/");
    assert_int_equal(registry_count(registry), 2);
    assert_non_null(registry_find(registry, "b"));
    assert_false(registry_is_complete(registry));
    registry_scan(registry);
    assert_int_equal(registry_count(registry), 3);
    assert_non_null(registry_find(registry, "e"));
    registry_free(registry);
    remove_root(folder, root);
}

static void test_one_file_is_read_again_at_once_where_everything_is(void **state)
{
    (void)state;
    char folder[] = "/tmp/calscope-test-XXXXXX";
    char *root = make_root(folder);
    char *file = memory_print("%s/outside/efficiency_curves.json", folder);
    struct registry *registry = scan(file);
    make(folder, "mv outside/efficiency_curves.json x");
    registry_start_over(registry, stays, "");
    assert_broken(registry, "efficiency_curves.json", "No such file");
    registry_free(registry);
    free(file);
    remove_root(folder, root);
}

static void test_a_folder_that_came_and_went_before_it_was_read_leaves_nothing(void **state)
{
    (void)state;
    char folder[] = "/tmp/calscope-test-XXXXXX";
    char *root = make_root(folder);
    struct registry *registry = scan(root);
    make(folder, "mkdir -p root/b root/c root/d; cp outside/* root/c");
    update(registry, WATCH_FOLDER_NEW, root, "a");
    update(registry, WATCH_FOLDER_NEW, root, "b");
    update(registry, WATCH_FOLDER_NEW, root, "c");
    assert_false(registry_is_complete(registry));
    registry_scan(registry);
    assert_true(registry_is_complete(registry));
    assert_int_equal(registry_count(registry), 1);
    assert_string_equal(registry_at(registry, 0)->id, "c");
    update(registry, WATCH_FOLDER_NEW, root, "d"); /* and is never read */
    registry_free(registry);
    remove_root(folder, root);
}

static void test_what_was_put_in_place_of_a_folder_that_went_stays(void **state)
{
    (void)state;
    char folder[] = "/tmp/calscope-test-XXXXXX";
    char *root = make_root(folder);
    make(folder, "mkdir -p root/a/x root/b root/c; cp outside/* root/a/x; cp outside/* root/b; "
                 "cp outside/* root/c");
    struct registry *registry = scan(root);
    assert_int_equal(registry_count(registry), 3);
    make(folder, "rm -r root/a root/c; touch root/a; mv root/b x; cp -r x root/b");
    update(registry, WATCH_FOLDER_GONE, root, "a"); /* a file now */
    update(registry, WATCH_FOLDER_GONE, root, "b");
    assert_int_equal(registry_count(registry), 2);
    assert_string_equal(registry_at(registry, 0)->id, "b");
    registry_refresh(registry, "c");
    assert_broken(registry, "c", "No such file");
    update(registry, WATCH_FILE, root, "c");
    assert_int_equal(registry_count(registry), 1);
    registry_free(registry);
    remove_root(folder, root);
}

static void test_a_folder_that_was_shut_meanwhile_says_so_in_place_of_its_figures(void **state)
{
    (void)state;
    enum { NOBODY = 65534 };
    char folder[] = "/tmp/calscope-test-XXXXXX";
    char *root = make_root(folder);
    make(folder, "cd root; mkdir -p a; cp ../outside/* a; chmod 755 . a; chmod 644 a/*");
    struct registry *registry = scan(root);
    assert_non_null(registry_find(registry, "a")->hardware_id);
    make(folder, "chmod 0 root/a");
    bool is_root = geteuid() == 0;
    if (is_root)
        assert_int_equal(seteuid(NOBODY), 0);
    update(registry, WATCH_FOLDER_GONE, root, "a"); /* nobody can say whether it is gone */
    update(registry, WATCH_FOLDER_NEW, root, "a");
    registry_scan(registry);
    if (is_root)
        assert_int_equal(seteuid(0), 0);
    assert_int_equal(registry_count(registry), 1);
    assert_broken(registry, "a", "cannot read the folder: Permission denied");
    assert_null(registry_find(registry, "a")->hardware_id);
    registry_free(registry);
    make(folder, "chmod 700 root/a");
    remove_root(folder, root);
}

static void test_the_entry_of_a_file_is_found_by_its_path_below_the_root(void **state)
{
    (void)state;
    char folder[] = "/tmp/calscope-test-XXXXXX";
    char *root = make_root(folder);
    make(folder, "mkdir root/a; cp outside/* root/a; touch root/a/other.json");
    struct registry *registry = scan(root);
    static const struct {
        const char *path;
        bool known;
    } files[] = {
        {"root/a/efficiency_curves.json", true},    {"root/a/other.json", false},
        {"root/b/efficiency_curves.json", false},   {"root/efficiency_curves.json", false},
        {"rooted/a/efficiency_curves.json", false}, {"outside/efficiency_curves.json", false}};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char *path = memory_print("%s/%s", folder, files[i].path);
        const struct registry_entry *entry = registry_find_file(registry, path);
        assert_int_equal(entry != NULL, files[i].known);
        free(path);
    }
    registry_free(registry);
    remove_root(folder, root);
}

static void assert_kept(const struct registry *registry, const char *id, bool kept)
{
    assert_non_null(registry_find(registry, id));
    assert_int_equal(registry_find(registry, id)->kept_edits, kept);
}

static void test_kept_edits_are_those_of_the_file_itself(void **state)
{
    (void)state;
    char folder[] = "/tmp/calscope-test-XXXXXX";
    char *root = make_root(folder);
    make(folder, "cd root; for D in a b .; do mkdir -p $D; cp ../outside/* $D; done; mkdir link; "
                 "cp ../outside/* a/copy.json; ln -s ../a/copy.json link/efficiency_curves.json");
    char *files[] = {memory_print("%s/a/copy.json", root),
                     memory_print("%s/b/efficiency_curves.json", root),
                     memory_print("%s/efficiency_curves.json", root)};
    struct registry *registry = scan(root);
    registry_set_kept(registry, files, 3);
    assert_kept(registry, "a", false); /* a copy beside it has them */
    assert_kept(registry, "b", true);
    assert_kept(registry, "link", true); /* to that copy */
    assert_kept(registry, "root", true); /* the root is a device's folder, too */
    assert_ptr_equal(registry_find_file(registry, files[2]), registry_find(registry, "root"));
    registry_free(registry);
    registry = scan(files[1]);
    registry_set_kept(registry, files, 1);
    assert_kept(registry, "efficiency_curves.json", false);
    registry_set_kept(registry, files, 3);
    assert_kept(registry, "efficiency_curves.json", true);
    assert_ptr_equal(registry_find_file(registry, files[1]), registry_at(registry, 0));
    assert_null(registry_find_file(registry, files[2]));
    registry_free(registry);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        free(files[i]);
    remove_root(folder, root);
}

static void test_a_working_folder_that_was_removed_is_an_empty_registry(void **state)
{
    (void)state;
    char folder[] = "/tmp/calscope-test-XXXXXX", before[4096];
    char *root = make_root(folder);
    assert_non_null(getcwd(before, sizeof before));
    assert_int_equal(chdir(root), 0);
    assert_int_equal(rmdir(root), 0);
    struct registry *registry = scan(".");
    assert_int_equal(registry_count(registry), 0);
    registry_free(registry);
    assert_int_equal(chdir(before), 0);
    remove_root(folder, root);
}

static void test_folders_deeper_than_a_path_may_be_end_in_an_entry(void **state)
{
    (void)state;
    char folder[] = "/tmp/calscope-test-XXXXXX";
    char *root = make_root(folder);
    make(folder, "mkdir root/z; cp outside/* root/z; cd root; "
                 "name=$(printf '%0200d' 0); i=0; "
                 "while [ $i -lt 40 ]; do mkdir $name; cd -P $name 2>/dev/null || cd $name; "
                 "i=$((i + 1)); done");
    struct registry *registry = scan(root);
    assert_int_equal(registry_count(registry), 2);
    assert_non_null(strstr(registry_at(registry, 0)->message, "File name too long"));
    assert_false(registry_find(registry, "z")->broken);
    registry_free(registry);
    remove_root(folder, root);
}

static void test_a_file_of_more_than_64_mib_is_refused(void **state)
{
    (void)state;
    char folder[] = "/tmp/calscope-test-XXXXXX";
    char *root = make_root(folder);
    make(folder, "mkdir root/big; truncate -s 65M root/big/efficiency_curves.json");
    struct registry *registry = scan(root);
    assert_broken(registry, "big", "larger than");
    registry_free(registry);
    remove_root(folder, root);
}

static void fill_folder(const char *folder, long count)
{
    for (long i = 0; i < count; i++) {
        char *path = memory_print("%s/measurement-%06ld.json", folder, i);
        int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        assert_true(fd >= 0 && close(fd) == 0);
        free(path);
    }
}

static void test_more_devices_than_fit_at_first_come_in_the_order_of_their_ids(void **state)
{
    (void)state;
    char folder[] = "/tmp/calscope-test-XXXXXX";
    char *root = make_root(folder);
    make(folder, "for i in $(seq 40); do mkdir -p root/d$i; cp outside/* root/d$i; done");
    struct registry *registry = scan(root);
    assert_int_equal(registry_count(registry), 40);
    for (size_t i = 1; i < 40; i++)
        assert_true(strcmp(registry_at(registry, i - 1)->id, registry_at(registry, i)->id) < 0);
    assert_null(registry_find(registry, "d5x"));
    assert_null(registry_find(registry, "zzz"));
    registry_refresh(registry, "zzz"); /* nothing to do */
    registry_free(registry);
    registry_free(NULL);
    remove_root(folder, root);
}

static void test_a_device_folder_as_the_root_has_its_own_name(void **state)
{
    (void)state;
    char folder[] = "/tmp/calscope-test-XXXXXX";
    char *root = make_root(folder), *device = memory_print("%s/outside", folder);
    struct registry *registry = scan(device);
    assert_int_equal(registry_count(registry), 1);
    assert_string_equal(registry_at(registry, 0)->id, "outside");
    assert_false(registry_is_folder(device));
    assert_true(registry_is_folder(root));
    assert_false(registry_is_folder("/no/such"));
    assert_true(registry_is_device(device));
    assert_false(registry_is_device(root));
    assert_false(registry_is_device("/no/such"));
    registry_free(registry);
    free(device);
    remove_root(folder, root);
}

static void test_what_is_neither_folder_nor_file_is_no_registry(void **state)
{
    (void)state;
    struct registry *registry;
    struct error error;
    assert_int_equal(registry_open("/dev/null", &registry, &error), STATUS_IO);
    assert_string_equal(error.message, "neither a folder nor a regular file");
}

static void test_the_default_registry_is_here_or_installed_or_asked_for(void **state)
{
    (void)state;
    char folder[] = "/tmp/calscope-test-XXXXXX", before[4096];
    char *root = make_root(folder);
    assert_non_null(getcwd(before, sizeof before));
    assert_int_equal(chdir(folder), 0);
    char *asked = registry_default_path("x"), *installed = registry_default_path(NULL);
    make(folder, "touch hardware_registry");
    char *still = registry_default_path(NULL);
    make(folder, "rm hardware_registry; mkdir hardware_registry");
    char *local = registry_default_path(NULL);
    assert_int_equal(chdir(before), 0);
    assert_string_equal(asked, "x");
    assert_string_equal(local, "hardware_registry");
    assert_string_equal(installed, still);
    assert_string_not_equal(installed, local);
    free(asked);
    free(installed);
    free(still);
    free(local);
    remove_root(folder, root);
}

static void test_unrelated_files_are_passed_by_unopened(void **state)
{
    (void)state;
    const char *wish = getenv("CALSCOPE_TEST_FILES"); /* 100,000 in the long form */
    long count = wish ? strtol(wish, NULL, 10) : 3000;
    char folder[] = "/tmp/calscope-test-XXXXXX";
    char *root = make_root(folder);
    char *logs = memory_print("%s/logs", root);
    make(folder, "mkdir root/logs root/cpu; mkfifo root/logs/pipe; cp outside/* root/cpu");
    fill_folder(logs, count / 2);
    fill_folder(root, count - count / 2);
    int watch = add_watch(add_watch(-1, logs), root);
    struct registry *registry = scan(root);
    assert_opened_only_calibrations(watch);
    assert_int_equal(registry_count(registry), 1);
    assert_false(registry_find(registry, "cpu")->broken);
    print_message("%ld unrelated files, none opened\n", count);
    registry_free(registry);
    free(logs);
    remove_root(folder, root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_bundled_registry_lists_its_two_devices),
        cmocka_unit_test(test_a_broken_file_is_an_entry_that_says_where_it_is_broken),
        cmocka_unit_test(test_one_file_is_a_registry_of_one),
        cmocka_unit_test(test_a_missing_folder_is_refused_with_the_reason),
        cmocka_unit_test(test_fifos_links_and_loops_neither_block_nor_lead_outside),
        cmocka_unit_test(test_devices_sockets_and_links_to_anything_are_named_and_not_opened),
        cmocka_unit_test(test_a_folder_and_a_file_that_may_not_be_read_are_entries_that_say_so),
        cmocka_unit_test(test_a_root_that_is_a_link_is_followed_and_still_the_limit),
        cmocka_unit_test(test_what_became_a_link_to_the_outside_is_not_read_again),
        cmocka_unit_test(test_a_change_concerns_what_lies_below_its_folder_alone),
        cmocka_unit_test(test_one_file_that_goes_says_so_and_comes_back),
        cmocka_unit_test(test_reading_everything_again_keeps_the_rows_that_must_stay),
        cmocka_unit_test(test_one_file_is_read_again_at_once_where_everything_is),
        cmocka_unit_test(test_reading_everything_again_keeps_the_rows_that_must_stay),
        cmocka_unit_test(test_one_file_is_read_again_at_once_where_everything_is),
        cmocka_unit_test(test_a_folder_that_came_and_went_before_it_was_read_leaves_nothing),
        cmocka_unit_test(test_what_was_put_in_place_of_a_folder_that_went_stays),
        cmocka_unit_test(test_a_folder_that_was_shut_meanwhile_says_so_in_place_of_its_figures),
        cmocka_unit_test(test_the_entry_of_a_file_is_found_by_its_path_below_the_root),
        cmocka_unit_test(test_kept_edits_are_those_of_the_file_itself),
        cmocka_unit_test(test_a_working_folder_that_was_removed_is_an_empty_registry),
        cmocka_unit_test(test_folders_deeper_than_a_path_may_be_end_in_an_entry),
        cmocka_unit_test(test_a_file_of_more_than_64_mib_is_refused),
        cmocka_unit_test(test_more_devices_than_fit_at_first_come_in_the_order_of_their_ids),
        cmocka_unit_test(test_a_device_folder_as_the_root_has_its_own_name),
        cmocka_unit_test(test_what_is_neither_folder_nor_file_is_no_registry),
        cmocka_unit_test(test_the_default_registry_is_here_or_installed_or_asked_for),
        cmocka_unit_test(test_unrelated_files_are_passed_by_unopened),
    };
    alarm(BLOCKED_SECONDS); /* a scan that blocks ends here */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
