/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The main job through the real program in a terminal: browse, plot, refit, compare, tune, save. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "scenario.h"

/* A copy of the bundled registry, and the program running on it. */
struct fixture {
    char folder[32];
    struct terminal *terminal;
};

static void shell(const char *format, const char *folder)
{
    char command[512];
    snprintf(command, sizeof command, format, folder, folder);
    assert_int_equal(system(command), 0);
}

static void start(struct fixture *fixture, int rows, int columns)
{
    strcpy(fixture->folder, "/tmp/calscope-test-XXXXXX");
    assert_non_null(mkdtemp(fixture->folder));
    shell("cp -r '" SOURCE_DIR "/hardware_registry' '%s/registry'", fixture->folder);
    struct terminal_options options = {
        .rows = rows, .columns = columns, .folder = fixture->folder, .fail = fail_test};
    fixture->terminal = terminal_start(&options, (const char *[]){CALSCOPE, "registry", NULL});
    terminal_wait_idle(fixture->terminal);
}

static void stop(struct fixture *fixture)
{
    terminal_stop(fixture->terminal);
    shell("rm -r '%s'", fixture->folder);
}

static void sees(struct fixture *fixture, const char *text)
{
    if (terminal_find(fixture->terminal, text, NULL, NULL))
        return;
    terminal_print(fixture->terminal, stderr);
    fail_msg("not on the screen: %s", text);
}

static void sees_not(struct fixture *fixture, const char *text)
{
    if (!terminal_find(fixture->terminal, text, NULL, NULL))
        return;
    terminal_print(fixture->terminal, stderr);
    fail_msg("on the screen: %s", text);
}

/* Browse: the list, a filter, the preview. */
static void browse(struct fixture *fixture)
{
    sees(fixture, "i7-12700K");
    sees(fixture, "jetson_orin_agx");
    sees(fixture, "2 calibrations");
    sees(fixture, "Intel Core i7-12700K (Alder Lake)"); /* the preview's heading */
    terminal_type(fixture->terminal, "/jetson");
    sees_not(fixture, "i7-12700K ");
    sees(fixture, "NVIDIA Jetson AGX Orin 64GB (50W)");
    terminal_press(fixture->terminal, "Enter Enter");
}

/* Plot: the curve with its cursor, an overlay, milliseconds, the other axis. */
static void plot(struct fixture *fixture)
{
    terminal_press(fixture->terminal, "j j j");
    sees(fixture, "316 M FLOPs   efficiency 0.6698   in range");
    sees(fixture, "nearest point 231 M: 0.73 ± 0.146, n = 1, legacy; residual +0.149");
    sees(fixture, "Larger is predicted faster at 10 M – 15.4 M, 500 M – 877 M");
    terminal_press(fixture->terminal, "l");
    sees_not(fixture, "316 M FLOPs");
    terminal_type(fixture->terminal, "p2.66T");
    terminal_press(fixture->terminal, "Enter");
    sees(fixture, " ms at 2.66 T/s");
    terminal_press(fixture->terminal, "y");
    sees(fixture, "Efficiency axis: linear");
    terminal_press(fixture->terminal, "y a");
    sees(fixture, "mbconv (");
    terminal_press(fixture->terminal, "a G");
    sees(fixture, "bytes");
    terminal_press(fixture->terminal, "g j j j");
}

/* Refit: all models, one point less, walk away; then adopt one and undo. */
static void refit(struct fixture *fixture)
{
    terminal_press(fixture->terminal, "f");
    sees(fixture, "stored, recomputed");
    sees(fixture, "piecewise_linear k=");
    sees(fixture, "log_linear");
    sees(fixture, "sigmoid");
    sees(fixture, "residual");
    terminal_press(fixture->terminal, "l l Space");
    sees(fixture, "1 of 9 points left out");
    terminal_press(fixture->terminal, "Space Esc");
    sees_not(fixture, "unsaved");
    terminal_press(fixture->terminal, "f j j Enter");
    sees(fixture, "Adopted sigmoid as");
    sees(fixture, "1 unsaved");
    terminal_press(fixture->terminal, "u");
    sees_not(fixture, "unsaved");
}

/* Compare: the marked calibration with another, sides swapped. */
static void compare(struct fixture *fixture)
{
    terminal_press(fixture->terminal, "Esc Esc m k c");
    sees(fixture, "A = gpu/jetson_orin_agx");
    sees(fixture, "B = cpu/i7-12700K");
    sees(fixture, "only A");
    terminal_press(fixture->terminal, "x");
    sees(fixture, "A = cpu/i7-12700K");
    terminal_press(fixture->terminal, "Tab Tab Tab");
    sees(fixture, "device_type");
    terminal_press(fixture->terminal, "Esc");
}

/* Tune: a breakpoint moved, refused where the order would break, undone and redone. */
static void tune(struct fixture *fixture)
{
    terminal_press(fixture->terminal, "j Enter g j j j Enter Tab Tab Tab Tab");
    sees(fixture, "breakpoint 1: 50 M FLOPs");
    terminal_press(fixture->terminal, "Up");
    sees(fixture, "0.2323 *");
    sees(fixture, "→");
    terminal_press(fixture->terminal, "L L L L L L L");
    sees(fixture, "Refused: breakpoints must rise in size");
    terminal_press(fixture->terminal, "u u u u u u u");
    sees_not(fixture, "unsaved");
    terminal_press(fixture->terminal, "Ctrl-R");
    sees(fixture, "0.2323 *");
}

/* Save: the diff first, a note, then the file; and what the file then holds. */
static void save(struct fixture *fixture)
{
    terminal_press(fixture->terminal, "w");
    sees(fixture, "conv2d_batchnorm: R² 0.99259 → 0.992591, recomputed; the file says unknown");
    sees(fixture, "-            0.23");
    sees(fixture, "+            0.2323");
    sees(fixture, "Nothing is written yet");
    terminal_type(fixture->terminal, "nsecond run");
    terminal_press(fixture->terminal, "Enter Enter");
    sees(fixture, "Wrote registry/gpu/jetson_orin_agx/efficiency_curves.json");
    sees_not(fixture, "unsaved");
    /* one efficiency, three statistics, the note: five lines, in place */
    shell("cd '%s' && test $(diff registry/gpu/jetson_orin_agx/efficiency_curves.json "
          "'" SOURCE_DIR "/hardware_registry/gpu/jetson_orin_agx/efficiency_curves.json' "
          "| grep -c '^<') -eq 5",
          fixture->folder);
    shell("cd '%s' && grep -q '\\] second run\"' "
          "registry/gpu/jetson_orin_agx/efficiency_curves.json",
          fixture->folder);
    shell("test $(ls -A '%s/registry/gpu/jetson_orin_agx' | wc -l) -eq 1", fixture->folder);
}

static void main_job(int rows, int columns)
{
    struct fixture fixture;
    start(&fixture, rows, columns);
    browse(&fixture);
    plot(&fixture);
    refit(&fixture);
    compare(&fixture);
    tune(&fixture);
    save(&fixture);
    terminal_press(fixture.terminal, "j");
    terminal_send(fixture.terminal, "q");
    terminal_wait_text(fixture.terminal, "Not saved: gpu/jetson_orin_agx (1 edit)");
    terminal_send(fixture.terminal, "q");
    assert_int_equal(terminal_wait_exit(fixture.terminal), 0);
    assert_false(terminal_in_alternate_screen(fixture.terminal));
    stop(&fixture);
}

static void test_the_main_job_at_80x24(void **state)
{
    (void)state;
    main_job(24, 80);
}

static void test_the_main_job_at_200x60(void **state)
{
    (void)state;
    main_job(60, 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_main_job_at_80x24),
        cmocka_unit_test(test_the_main_job_at_200x60),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
