/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The program in a terminal while others write into its registry: it follows by itself, then rests.
 */
#include <stdlib.h>
#include <string.h>

#include "scenario.h"

struct scene {
    char folder[32];
    struct terminal *terminal;
};

/* Runs a line of shell in the registry's folder. */
static void others(const struct scene *scene, const char *line)
{
    char command[1024];
    snprintf(command, sizeof command, "cd %s && %s", scene->folder, line);
    assert_int_equal(system(command), 0);
}

static int setup(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);
    struct terminal_options options = {.rows = 24, .columns = 100, .fail = fail_test};
    assert_non_null(scene);
    strcpy(scene->folder, "/tmp/calscope-test-XXXXXX");
    assert_non_null(mkdtemp(scene->folder));
    others(scene, "cp -r " SOURCE_DIR "/hardware_registry/* .");
    scene->terminal = terminal_start(&options, (const char *[]){CALSCOPE, scene->folder, NULL});
    terminal_wait_text(scene->terminal, "2 calibrations");
    terminal_wait_idle(scene->terminal);
    *state = scene;
    return 0;
}

static int teardown(void **state)
{
    struct scene *scene = *state;
    others(scene, "rm -r $PWD");
    terminal_stop(scene->terminal);
    free(scene);
    return 0;
}

#define CPU "cpu/i7-12700K/efficiency_curves.json"
#define GPU "gpu/jetson_orin_agx/efficiency_curves.json"

static void test_a_device_appears_changes_is_replaced_and_vanishes(void **state)
{
    struct scene *scene = *state;
    others(scene, "mkdir -p npu/new && cp " CPU " npu/new/");
    terminal_wait_text(scene->terminal, "3 calibrations");
    terminal_wait_text(scene->terminal, "new ");
    others(scene, "printf '{' > npu/new/efficiency_curves.json");
    terminal_wait_text(scene->terminal, "1 broken");
    others(scene, "cp " GPU " npu/new/x && mv npu/new/x npu/new/efficiency_curves.json");
    terminal_wait_no_text(scene->terminal, "1 broken");
    others(scene, "rm npu/new/efficiency_curves.json");
    terminal_wait_text(scene->terminal, "2 calibrations");
}

/* Until who writes it closes it, a half of a file is not looked at. */
static void test_a_file_written_in_pieces_is_read_when_it_is_whole(void **state)
{
    struct scene *scene = *state;
    char path[128], bytes[65536];
    others(scene, "mkdir npu && cp " GPU " npu/");
    terminal_wait_text(scene->terminal, "3 calibrations");
    snprintf(path, sizeof path, "%s/npu/efficiency_curves.json", scene->folder);
    FILE *from = fopen(SOURCE_DIR "/hardware_registry/" CPU, "rb"), *to = fopen(path, "wb");
    assert_true(from && to);
    size_t length = fread(bytes, 1, sizeof bytes, from);
    fclose(from);
    assert_int_equal(fwrite(bytes, 1, 100, to), 100);
    fflush(to);
    others(scene, "mkdir -p zzz && cp " CPU " zzz/"); /* something that it does look at */
    terminal_wait_text(scene->terminal, "zzz");
    assert_false(terminal_find(scene->terminal, "broken", NULL, NULL));
    assert_int_equal(fwrite(bytes + 100, 1, length - 100, to), length - 100);
    fclose(to);
    terminal_wait_text(scene->terminal, "4 calibrations");
    assert_false(terminal_find(scene->terminal, "broken", NULL, NULL));
}

static void test_a_file_with_unsaved_edits_is_not_loaded_over_them(void **state)
{
    struct scene *scene = *state;
    terminal_press(scene->terminal, "j Enter Enter K");
    others(scene, "sed -i 's/legacy_hardcoded/measured/' " GPU);
    terminal_wait_text(scene->terminal, "was changed on disk. Your changes are kept");
    terminal_press(scene->terminal, "w Enter");
    assert_true(terminal_find(scene->terminal, "What others changed", NULL, NULL));
}

static void test_it_rests_when_all_is_taken_in(void **state)
{
    struct scene *scene = *state;
    others(scene, "for i in 1 2 3 4 5 6 7 8 9; do mkdir n$i && cp " CPU " n$i/; done");
    terminal_wait_text(scene->terminal, "11 calibrations");
    terminal_wait_idle(scene->terminal);
    double before = terminal_processor_seconds(scene->terminal);
    others(scene, "sleep 0.5"); /* nothing to wait for: that it does nothing is what is tested */
    assert_true(terminal_processor_seconds(scene->terminal) - before < 0.005);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_device_appears_changes_is_replaced_and_vanishes,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_file_written_in_pieces_is_read_when_it_is_whole,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_file_with_unsaved_edits_is_not_loaded_over_them,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(test_it_rests_when_all_is_taken_in, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
