/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The explorer without a terminal, for tests: keys in, a canvas out, on a registry of its own. */
#ifndef TESTS_UI_EXPLORER_H
#define TESTS_UI_EXPLORER_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"
#include "ui/app.h"
#include "ui/terminal/term.h"

/* A copy of the bundled registry in a folder of its own, and the explorer on it. */
struct fixture {
    char folder[32];
    char *root, *journals;
    struct app_options options;
    struct app app;
};

static inline void shell(const char *line, const char *argument)
{
    char *command = memory_print(line, argument);
    assert_int_equal(system(command), 0);
    free(command);
}

/* Starts the explorer, as somebody would from a shell. */
static inline void start(struct fixture *fixture)
{
    struct registry *registry;
    assert_int_equal(registry_open(fixture->root, &registry, NULL), STATUS_OK);
    registry_scan(registry);
    app_init(&fixture->app, &fixture->options, registry, TEXT_UNICODE);
    app_follow(&fixture->app);
}

/* Ends it as SIGTERM or a closed terminal does, and starts it again. */
static inline void terminate_and_start(struct fixture *fixture)
{
    app_key(&fixture->app, TERM_KEY_TERMINATE);
    assert_true(fixture->app.quit);
    app_done(&fixture->app);
    start(fixture);
}

/* The folders and options of an explorer that was not started yet. */
static inline struct fixture *make_fixture(void)
{
    struct fixture *fixture = memory_new_array(1, sizeof *fixture);
    strcpy(fixture->folder, "/tmp/calscope-test-XXXXXX");
    assert_non_null(mkdtemp(fixture->folder));
    shell("cp -r " SOURCE_DIR "/hardware_registry %s", fixture->folder);
    fixture->root = memory_print("%s/hardware_registry", fixture->folder);
    fixture->journals = memory_print("%s/state", fixture->folder);
    fixture->options =
        (struct app_options){.path = fixture->root, .peak = NAN, .state_folder = fixture->journals};
    fit_setup();
    return fixture;
}

static inline int setup(void **state)
{
    struct fixture *fixture = make_fixture();
    start(fixture);
    *state = fixture;
    return 0;
}

static inline int teardown(void **state)
{
    struct fixture *fixture = *state;
    app_done(&fixture->app);
    shell("rm -r %s", fixture->folder);
    free(fixture->root);
    free(fixture->journals);
    free(fixture);
    return 0;
}

/* The path of the calibration of that id; the caller frees it. */
static inline char *path_of(const struct fixture *fixture, const char *id)
{
    return memory_print("%s/%s/efficiency_curves.json", fixture->root, id);
}

static inline size_t journal_count(const struct fixture *fixture)
{
    size_t count;
    char **paths = journal_list(fixture->journals, NULL, &count);
    for (size_t i = 0; i < count; i++)
        free(paths[i]);
    free(paths);
    return count;
}

/* Types characters; Enter is \r, Esc \x1b, Tab \t. */
static inline void type(struct app *app, const char *keys)
{
    for (; *keys; keys++)
        app_key(app, *keys == '\r'   ? TERM_KEY_ENTER
                     : *keys == '\t' ? TERM_KEY_TAB
                                     : (unsigned char)*keys);
}

static inline char *screen(const struct app *app, int rows, int columns)
{
    struct canvas canvas;
    struct buffer out = {0};
    canvas_init(&canvas, rows, columns, TEXT_UNICODE);
    app_draw(app, &canvas);
    canvas_export_text(&canvas, false, &out);
    canvas_done(&canvas);
    return buffer_take(&out);
}

static inline void assert_shows(const struct app *app, const char *text)
{
    char *shown = screen(app, 40, 120);
    if (!strstr(shown, text))
        fail_msg("not on the screen: %s\n%s", text, shown);
    free(shown);
}

static inline void assert_shows_not(const struct app *app, const char *text)
{
    char *shown = screen(app, 40, 120);
    if (strstr(shown, text))
        fail_msg("on the screen: %s\n%s", text, shown);
    free(shown);
}

static inline char *read_file(const struct fixture *fixture, const char *id)
{
    struct buffer bytes = {0};
    char *path = memory_print("%s/%s/efficiency_curves.json", fixture->root, id);
    assert_int_equal(file_read(path, 1 << 20, &bytes, NULL), STATUS_OK);
    free(path);
    return buffer_take(&bytes);
}

#endif
