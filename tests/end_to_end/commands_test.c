/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `:` commands and the configuration in the real program: what one run leaves for the next. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "folder.h"
#include "scenario.h"

static struct terminal *start(const char *home, const char *option)
{
    struct terminal_options options = {.folder = SOURCE_DIR, .home = home, .fail = fail_test};
    struct terminal *terminal =
        terminal_start(&options, (const char *[]){CALSCOPE, "hardware_registry", option, NULL});
    terminal_wait_idle(terminal);
    return terminal;
}

static void write_config(const char *home, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/.config", home);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/.config/calscope", home);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/.config/calscope/config", home);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void test_commands_complete_and_are_found_again_in_the_next_run(void **state)
{
    (void)state;
    char *home = folder_make();
    struct terminal *terminal = start(home, NULL);
    terminal_type(terminal, ":op");
    terminal_press(terminal, "Tab");
    terminal_type(terminal, "gpu");
    terminal_press(terminal, "Tab Enter");
    assert_sees(terminal, "conv2d_batchnorm");
    terminal_type(terminal, ":curve conv2d");
    terminal_press(terminal, "Enter");
    terminal_type(terminal, ":tune");
    terminal_press(terminal, "Enter K");
    terminal_type(terminal, ":q");
    terminal_press(terminal, "Enter");
    assert_sees(terminal, "Not saved: gpu/jetson_orin_agx (1 edit). :w writes, :q! gives that up");
    terminal_type(terminal, ":q!");
    terminal_send(terminal, "\r");
    assert_int_equal(terminal_wait_exit(terminal), 0);
    terminal_stop(terminal);
    terminal = start(home, NULL);
    terminal_type(terminal, ":o");
    terminal_press(terminal, "Up");
    assert_sees(terminal, ":open gpu/jetson_orin_agx");
    terminal_press(terminal, "Enter");
    assert_sees(terminal, "conv2d_batchnorm");
    terminal_stop(terminal);
    folder_remove(home);
    free(home);
}

static void test_a_configuration_maps_a_key_and_a_wrong_line_is_shown(void **state)
{
    (void)state;
    char *home = folder_make();
    write_config(home, "map list x open\nmap list y fly\n");
    struct terminal *terminal = start(home, NULL);
    assert_sees(terminal, "config:2: There is no action \"fly\"");
    assert_sees(terminal, "x open");
    terminal_press(terminal, "x");
    assert_sees(terminal, "COMPUTE");
    terminal_stop(terminal);
    terminal = start(home, "--no-config");
    assert_sees(terminal, "Enter open");
    terminal_press(terminal, "x");
    assert_sees(terminal, "x does nothing here");
    terminal_stop(terminal);
    folder_remove(home);
    free(home);
}

static void test_a_configuration_that_was_named_must_be_there(void **state)
{
    (void)state;
    struct terminal_options options = {.folder = SOURCE_DIR, .fail = fail_test};
    struct terminal *terminal = terminal_start(
        &options, (const char *[]){CALSCOPE, "hardware_registry", "--config", "/no/such", NULL});
    assert_int_equal(terminal_wait_exit(terminal), 2);
    assert_sees(terminal, "/no/such: No such file or directory");
    terminal_stop(terminal);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_commands_complete_and_are_found_again_in_the_next_run),
        cmocka_unit_test(test_a_configuration_maps_a_key_and_a_wrong_line_is_shown),
        cmocka_unit_test(test_a_configuration_that_was_named_must_be_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
