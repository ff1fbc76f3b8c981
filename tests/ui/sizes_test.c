/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every view at every size: drawn without harm, too small said so, and no key in the footer cut. */
#include "explorer.h"

#include "../share.h"

/* Ways from the list into every view and its pages, each on from the one before. */
static const char *const ways[] = {
    "",
    ":messages\r",
    "\x1bT",
    "\x1b/x",
    "\x1b\x1b?",
    "\x1bG\rjjj",
    " ja",
    "v",
    "\x1bi",
    ("\x1b"
     "f"),
    "\t",
    "\t",
    "i",
    "\x1b\x1b\r",
    "=",
    "\x1bKw",
    "n",
    "\x1b\x1b\x1b\x1b",
    "gmjmGc",
    "\t",
    "\x1bgmGc",
    "\t",
    "\t",
    "\t",
    "\x1bM",
    "\t",
    "?",
    "\x1b\x1b",
};
enum { WAYS = sizeof ways / sizeof *ways };

static size_t screens;

static void draw_at(struct app *app, int rows, int columns, struct canvas *canvas)
{
    app->rows = rows;
    app->columns = columns;
    app_follow(app);
    canvas_init(canvas, rows, columns, app->charset);
    app_draw(app, canvas);
    screens++;
}

static char *text_of(const struct canvas *canvas)
{
    struct buffer out = {0};
    canvas_export_text(canvas, false, &out);
    char *text = memory_copy_string(buffer_string(&out));
    buffer_done(&out);
    return text;
}

/*
 * Every row of a screen that is large enough has the title, the status and the footer in their
 * places.
 */
static void check_size(struct app *app, int rows, int columns)
{
    static int asked; /* goes on from view to view: a share has other sizes in each */
    struct canvas canvas;
    if (asked++ % test_stride(16) != 0)
        return;
    draw_at(app, rows, columns, &canvas);
    char *text = text_of(&canvas);
    bool small = rows < LAYOUT_ROWS_MIN || columns < LAYOUT_COLUMNS_MIN;
    if (small && columns >= 5 && !strstr(text, "40x10"))
        fail_msg("%dx%d does not say what is needed:\n%s", columns, rows, text);
    if (!small && columns >= 80 && strncmp(text, " calscope", 9) != 0)
        fail_msg("%dx%d has no title:\n%s", columns, rows, text);
    if (!small && !strstr(text, " quit\n") && !app->prompt.active)
        fail_msg("%dx%d does not say how to quit:\n%s", columns, rows, text);
    free(text);
    canvas_done(&canvas);
}

static unsigned views_seen;

/* Three calibrations, so that some can lie over one another. */
static int setup_three(void **state)
{
    int result = setup(state);
    struct fixture *fixture = *state;
    shell("cd %s/cpu && cp -r i7-12700K i7-third", fixture->root);
    terminate_and_start(fixture);
    return result;
}

static void walk(struct app *app, void (*check)(struct app *app))
{
    for (size_t i = 0; i < WAYS; i++) {
        app->rows = 24;
        app->columns = 80;
        type(app, ways[i]);
        while (app_work(app))
            ;
        views_seen |= app_view(app)->id;
        check(app);
    }
    assert_ptr_equal(app_view(app), &view_browse); /* it went where it was meant to */
}

/* What others have to do with: a file that they changed, and edits that a session left. */
static void walk_on(struct fixture *fixture, void (*check)(struct app *app))
{
    struct app *app = &fixture->app;
    type(app, "gg\r\rKw");
    shell("sed -i s/FP32/INT8/ %s/cpu/i7-12700K/efficiency_curves.json", fixture->root);
    type(app, "\r");
    views_seen |= app_view(app)->id;
    check(app);
    terminate_and_start(fixture);
    type(app, "gg\r");
    views_seen |= app_view(app)->id;
    check(app);
    assert_int_equal(views_seen, VIEW_ALL); /* none was left out */
}

static void check_small_sizes(struct app *app)
{
    for (int rows = 1; rows <= 30; rows++)
        for (int columns = 1; columns <= 60; columns += columns < 38 || rows < 9 ? 6 : 1)
            check_size(app, rows, columns);
}

static void check_large_sizes(struct app *app)
{
    for (int rows = 24; rows <= 100; rows += 19)
        for (int columns = 61; columns <= 300; columns += 17)
            check_size(app, rows, columns);
    check_size(app, 100, 300);
}

/* Whether a word stands in what the table says of the view's keys, or of those while typing. */
static bool is_whole_word(const char *word, size_t length)
{
    static const char typing[] = " Enter take it Esc leave it ^U clear Tab complete ";
    size_t count;
    const struct action_entry *table = action_table(&count);
    const char *at = typing;
    while ((at = memmem(at, strlen(at), word, length)) && !(at[-1] == ' ' && at[length] == ' '))
        at++;
    bool found = at != NULL;
    for (size_t i = 0; i < count && !found; i++) {
        char *all = memory_print(" %s %s ", table[i].keys, table[i].label);
        for (char *mark = all; (mark = strpbrk(mark + 1, ":|"));)
            *mark = ' ';
        for (at = all; !found && (at = memmem(at, strlen(at), word, length)); at++)
            found = at[-1] == ' ' && at[length] == ' ';
        free(all);
    }
    return found;
}

static void check_footer(struct app *app)
{
    struct canvas canvas;
    draw_at(app, 24, 80, &canvas);
    char *text = text_of(&canvas);
    text[strlen(text) - 1] = '\0';
    const char *footer = strrchr(text, '\n') + 1;
    assert_true(strlen(footer) > 20);
    for (const char *at = footer; *(at += strspn(at, " ")); at += strcspn(at, " "))
        if (!is_whole_word(at, strcspn(at, " ")))
            fail_msg("cut or unknown in the footer: %.*s\n%s", (int)strcspn(at, " "), at, text);
    free(text);
    canvas_done(&canvas);
}

static void test_every_view_is_drawn_at_every_small_size(void **state)
{
    struct fixture *fixture = *state;
    walk(&fixture->app, check_small_sizes);
    walk_on(fixture, check_small_sizes);
}

static void test_every_view_is_drawn_on_large_screens(void **state)
{
    struct fixture *fixture = *state;
    walk(&fixture->app, check_large_sizes);
    walk_on(fixture, check_large_sizes);
}

static void test_the_same_in_ascii(void **state)
{
    struct fixture *fixture = *state;
    app_take_charset(&fixture->app, TEXT_ASCII);
    walk(&fixture->app, check_small_sizes);
    walk_on(fixture, check_small_sizes);
}

static void test_no_word_of_the_footer_is_cut_at_80_columns(void **state)
{
    struct fixture *fixture = *state;
    walk(&fixture->app, check_footer);
    walk_on(fixture, check_footer);
}

static void test_a_screen_that_is_too_small_says_what_it_has_and_what_is_needed(void **state)
{
    struct fixture *fixture = *state;
    char *shown = screen(&fixture->app, 5, 20);
    assert_non_null(strstr(shown, "Too small: 20x5"));
    assert_non_null(strstr(shown, "calscope needs 40x10"));
    assert_non_null(strstr(shown, "q quits"));
    free(shown);
}

int main(void)
{
#define FRESH(test) cmocka_unit_test_setup_teardown(test, setup_three, teardown)
    const struct CMUnitTest tests[] = {
        FRESH(test_every_view_is_drawn_at_every_small_size),
        FRESH(test_every_view_is_drawn_on_large_screens),
        FRESH(test_the_same_in_ascii),
        FRESH(test_no_word_of_the_footer_is_cut_at_80_columns),
        FRESH(test_a_screen_that_is_too_small_says_what_it_has_and_what_is_needed),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("sizes: %zu screens drawn, %d failed\n", screens, failed);
    return failed;
}
