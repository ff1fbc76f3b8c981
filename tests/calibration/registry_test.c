/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A registry lists every calibration below a folder, and says what is wrong with those it cannot.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/memory.h"
#include "calibration/registry.h"

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

static void test_fifos_links_and_loops_neither_block_nor_lead_outside(void **state)
{
    (void)state;
    char folder[] = "/tmp/calscope-test-XXXXXX";
    assert_non_null(mkdtemp(folder));
    make(folder, "mkdir -p root/a root/b root/c root/d root/.hidden outside; "
                 "mkfifo root/a/efficiency_curves.json; "
                 "cp " FIXTURES "/schema_example.json outside/efficiency_curves.json; "
                 "cp outside/efficiency_curves.json root/.hidden; "
                 "ln -s ../../outside/efficiency_curves.json root/b/efficiency_curves.json; "
                 "ln -s ../../outside root/c/linked; ln -s .. root/c/loop; "
                 "cp outside/efficiency_curves.json root/d/real.json; "
                 "ln -s real.json root/d/efficiency_curves.json");
    char *root = memory_print("%s/root", folder);
    struct registry *registry = scan(root);
    assert_int_equal(registry_count(registry), 3);
    assert_string_equal(registry_find(registry, "a")->message, "not a regular file");
    assert_string_equal(registry_find(registry, "b")->message,
                        "the link leads out of the registry");
    assert_false(registry_find(registry, "d")->broken);
    registry_free(registry);
    free(root);
    make(folder, "cd /; rm -r \"$OLDPWD\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_bundled_registry_lists_its_two_devices),
        cmocka_unit_test(test_a_broken_file_is_an_entry_that_says_where_it_is_broken),
        cmocka_unit_test(test_one_file_is_a_registry_of_one),
        cmocka_unit_test(test_a_missing_folder_is_refused_with_the_reason),
        cmocka_unit_test(test_fifos_links_and_loops_neither_block_nor_lead_outside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
