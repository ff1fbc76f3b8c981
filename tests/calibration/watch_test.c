/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A watch tells where a file came, changed or went, once it is whole; a registry follows. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/memory.h"
#include "calibration/registry.h"

/* What the system answers here in place of its own answer. */
static struct {
    int init_error, add_error; /* errno; 0: its own answer */
    int descriptor;            /* not 0: the watches of folders that need not be there */
    uint32_t event;            /* the mask of what one read tells; 0: its own answer */
    int event_descriptor;
} system_says;

int __real_inotify_init1(int flags);
int __wrap_inotify_init1(int flags);
int __real_inotify_add_watch(int fd, const char *path, uint32_t mask);
int __wrap_inotify_add_watch(int fd, const char *path, uint32_t mask);
ssize_t __real_read(int fd, void *bytes, size_t count);
ssize_t __wrap_read(int fd, void *bytes, size_t count);

int __wrap_inotify_init1(int flags)
{
    errno = system_says.init_error;
    return errno ? -1 : __real_inotify_init1(flags);
}

int __wrap_inotify_add_watch(int fd, const char *path, uint32_t mask)
{
    errno = system_says.add_error;
    if (errno)
        return -1;
    return system_says.descriptor ? system_says.descriptor++
                                  : __real_inotify_add_watch(fd, path, mask);
}

ssize_t __wrap_read(int fd, void *bytes, size_t count)
{
    struct inotify_event event = {.wd = system_says.event_descriptor, .mask = system_says.event};
    if (!event.mask)
        return __real_read(fd, bytes, count);
    system_says.event = 0;
    memcpy(bytes, &event, sizeof event);
    return sizeof event;
}

struct scene {
    char folder[32];
    struct watch *watch;
};

static void others(const struct scene *scene, const char *line)
{
    char *command = memory_print("cd %s && %s", scene->folder, line);
    assert_int_equal(system(command), 0);
    free(command);
}

static int setup(void **state)
{
    struct scene *scene = memory_new_array(1, sizeof *scene);
    strcpy(scene->folder, "/tmp/calscope-test-XXXXXX");
    assert_non_null(mkdtemp(scene->folder));
    scene->watch = watch_new("wanted");
    watch_folder(scene->watch, scene->folder);
    *state = scene;
    return 0;
}

static int teardown(void **state)
{
    struct scene *scene = *state;
    others(scene, "rm -r $PWD");
    watch_free(scene->watch);
    free(scene);
    return 0;
}

/* What the watch tells now: letters, each with the place below the folder. */
static void assert_tells(struct scene *scene, const char *expected)
{
    static const char letters[] = {'f', '+', '-', '!'};
    size_t count;
    char told[512] = "";
    watch_read(scene->watch);
    struct watch_change *changes = watch_take(scene->watch, &count);
    for (size_t i = 0; i < count; i++)
        sprintf(told + strlen(told), "%c%s ", letters[changes[i].kind],
                changes[i].folder ? changes[i].folder + strlen(scene->folder) : "");
    watch_changes_free(changes, count);
    assert_string_equal(told, expected);
}

static void test_a_file_is_told_of_when_it_is_closed_and_not_before(void **state)
{
    struct scene *scene = *state;
    char path[64];
    snprintf(path, sizeof path, "%s/wanted", scene->folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("half", file);
    fflush(file);
    assert_tells(scene, "");
    fputs("whole", file);
    fclose(file);
    assert_tells(scene, "f ");
    assert_tells(scene, "");
}

static void test_renames_links_and_removals_are_told_of(void **state)
{
    struct scene *scene = *state;
    others(scene, "echo > x");
    assert_tells(scene, "");
    others(scene, "mv x wanted");
    assert_tells(scene, "f ");
    others(scene, "mv wanted x");
    assert_tells(scene, "f ");
    others(scene, "ln x wanted");
    assert_tells(scene, "f ");
    others(scene, "rm wanted");
    assert_tells(scene, "f ");
    others(scene, "ln -s x wanted");
    assert_tells(scene, "f ");
    others(scene, "rm wanted && mkfifo wanted");
    assert_tells(scene, "f "); /* nobody will close it */
    others(scene, "rm wanted && ln x y && mv y wanted && rm wanted && ln x wanted && rm wanted");
    assert_tells(scene, "f "); /* what went again before anybody looked, too */
}

static void test_folders_are_told_of_but_hidden_ones(void **state)
{
    struct scene *scene = *state;
    others(scene, "mkdir a .b");
    assert_tells(scene, "+/a ");
    char path[64];
    snprintf(path, sizeof path, "%s/a", scene->folder);
    watch_folder(scene->watch, path);
    others(scene, "echo > a/wanted");
    assert_tells(scene, "f/a ");
    others(scene, "mv a c");
    assert_tells(scene, "-/a +/c -/a "); /* its own watch tells, too */
    others(scene, "echo > c/wanted");    /* nobody has watched it under this name */
    assert_tells(scene, "");
    others(scene, "rm -r c");
    assert_tells(scene, "-/c ");
    others(scene, "mkdir d d.2 && rmdir d d.2"); /* names of which one begins the other */
    assert_tells(scene, "+/d +/d.2 -/d -/d.2 ");
}

static void test_too_much_is_one_change(void **state)
{
    struct scene *scene = *state;
    char path[64];
    snprintf(path, sizeof path, "%s/d", scene->folder);
    for (int i = 0; i < 2100; i++) {
        assert_int_equal(mkdir(path, 0700), 0);
        assert_int_equal(rmdir(path), 0);
        if (i % 500 == 0)
            watch_read(scene->watch);
    }
    assert_tells(scene, "! ");
}

static void test_where_nothing_can_be_watched_the_reason_is_told_and_nothing_comes(void **state)
{
    (void)state;
    size_t count;
    system_says.init_error = EMFILE;
    struct watch *watch = watch_new("wanted");
    system_says.init_error = 0;
    assert_string_equal(watch_trouble(watch), "files cannot be watched here (Too many open files)");
    assert_int_equal(watch_descriptor(watch), -1);
    watch_folder(watch, "/tmp");
    assert_false(watch_read(watch));
    struct watch_change *changes = watch_take(watch, &count);
    assert_int_equal(count, 0);
    watch_changes_free(changes, count);
    watch_free(watch);
    watch_free(NULL);
}

static void test_a_limit_of_the_system_is_told_and_a_folder_that_went_is_not(void **state)
{
    struct scene *scene = *state;
    watch_folder(scene->watch, "/no/such/folder");
    assert_null(watch_trouble(scene->watch));
    system_says.add_error = ENOSPC;
    watch_folder(scene->watch, "/tmp");
    system_says.add_error = 0;
    assert_string_equal(watch_trouble(scene->watch),
                        "only 1 folders can be watched (fs.inotify.max_user_watches)");
    others(scene, "echo > wanted"); /* what is watched stays so */
    assert_tells(scene, "f ");
}

static void test_more_folders_than_the_programs_share_are_told_of(void **state)
{
    (void)state;
    struct watch *watch = watch_new("wanted");
    system_says.descriptor = 1;
    for (int i = 0; i < 20000; i++)
        watch_folder(watch, "/tmp");
    assert_null(watch_trouble(watch));
    watch_folder(watch, "/tmp");
    system_says.descriptor = 0;
    assert_string_equal(watch_trouble(watch),
                        "only 20000 folders can be watched (the program's limit)");
    watch_free(watch);
}

static void test_what_the_system_lost_is_told_as_lost_and_what_follows_adds_nothing(void **state)
{
    struct scene *scene = *state;
    others(scene, "echo > wanted");
    assert_true(watch_read(scene->watch));
    system_says.event = IN_Q_OVERFLOW;
    system_says.event_descriptor = -1;
    others(scene, "rm wanted");
    assert_tells(scene, "! ");
    system_says.event = IN_CREATE;
    system_says.event_descriptor = 4711; /* of a watch that was given back */
    assert_tells(scene, "");
}

static void test_a_registry_follows_what_it_is_told(void **state)
{
    struct scene *scene = *state;
    struct registry *registry;
    struct watch *watch = watch_new(REGISTRY_FILE_NAME);
    others(scene,
           "mkdir -p cpu/a && cp " FIXTURES "/schema_example.json cpu/a/" REGISTRY_FILE_NAME);
    assert_int_equal(registry_open(scene->folder, &registry, NULL), STATUS_OK);
    registry_watch(registry, watch);
    registry_scan(registry);
    others(scene, "mkdir -p gpu/x/y && cp cpu/a/* gpu/x/y && cp cpu/a/* gpu/x && rm -r cpu");
    for (int round = 0; round < 2;
         round++) { /* what came in new folders is told of once they are read */
        size_t count;
        watch_read(watch);
        struct watch_change *changes = watch_take(watch, &count);
        for (size_t i = 0; i < count; i++)
            registry_update(registry, &changes[i]);
        watch_changes_free(changes, count);
        registry_scan(registry);
    }
    assert_int_equal(registry_count(registry), 2);
    assert_string_equal(registry_at(registry, 0)->id, "gpu/x");
    assert_string_equal(registry_at(registry, 1)->id, "gpu/x/y");
    assert_false(registry_at(registry, 1)->broken);
    registry_free(registry);
    watch_free(watch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_file_is_told_of_when_it_is_closed_and_not_before,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(test_renames_links_and_removals_are_told_of, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_folders_are_told_of_but_hidden_ones, setup, teardown),
        cmocka_unit_test_setup_teardown(test_too_much_is_one_change, setup, teardown),
        cmocka_unit_test(test_where_nothing_can_be_watched_the_reason_is_told_and_nothing_comes),
        cmocka_unit_test_setup_teardown(
            test_a_limit_of_the_system_is_told_and_a_folder_that_went_is_not, setup, teardown),
        cmocka_unit_test(test_more_folders_than_the_programs_share_are_told_of),
        cmocka_unit_test_setup_teardown(
            test_what_the_system_lost_is_told_as_lost_and_what_follows_adds_nothing, setup,
            teardown),
        cmocka_unit_test_setup_teardown(test_a_registry_follows_what_it_is_told, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
