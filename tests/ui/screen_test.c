/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screen as a file: what its name asks for, in the colours of the theme in force. */
#include "explorer.h"

#include "ui/screen.h"
#include "ui/script.h"

/* What :screen! NAME writes; the caller frees it. */
static char *screen_of(struct fixture *fixture, const char *name)
{
    struct buffer bytes = {0};
    char *path = memory_print("%s/%s", fixture->folder, name);
    char *line = memory_print(":screen! %s\r", path);
    type(&fixture->app, line);
    assert_shows(&fixture->app, "Wrote the screen to");
    assert_int_equal(file_read(path, 1 << 24, &bytes, NULL), STATUS_OK);
    free(line);
    free(path);
    return buffer_take(&bytes);
}

static void assert_has(const char *picture, const char *text)
{
    if (!strstr(picture, text))
        fail_msg("not in the picture: %s\n%s", text, picture);
}

static void test_a_file_in_svg_is_a_picture_and_any_other_is_text(void **state)
{
    static const char *const texts[] = {"screen.txt", "screen", "svg", "a.svg.txt"};
    char *picture = screen_of(*state, "screen.svg");
    assert_memory_equal(picture, "<svg ", 5);
    assert_has(picture, "jetson_orin_agx");
    assert_has(picture, "</svg>\n");
    free(picture);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char *text = screen_of(*state, texts[i]);
        assert_memory_equal(text, " calscope", 9);
        assert_null(strstr(text, "<svg"));
        free(text);
    }
    assert_false(screen_is_picture(".svg")); /* a hidden file without an ending */
}

/* Each role's own colour, its paper where it is reversed, and the background of the whole. */
static void assert_in_colours_of(const char *picture, const struct theme *theme)
{
    char *paper = memory_print("height=\"100%%\" fill=\"#%06x\"", theme_backgrounds(theme)[0]);
    assert_has(picture, paper);
    free(paper);
    for (int role = 0; role < ROLE_COUNT; role++) {
        struct theme_style style = theme_style(theme, (enum role)role, THEME_RGB);
        if (style.color == THEME_OWN)
            continue;
        bool reversed = style.attributes & THEME_REVERSE;
        char *rule =
            memory_print(".%c%d{fill:#%06x%s", reversed ? 'p' : 'r', role, style.color,
                         !reversed && style.attributes & THEME_BOLD ? ";font-weight:bold}" : "");
        assert_has(picture, rule);
        free(rule);
    }
}

static void test_a_picture_has_the_colours_of_the_theme_in_force(void **state)
{
    struct fixture *fixture = *state;
    const struct theme *theme;
    fixture->options.color = true;
    for (size_t i = 0; (theme = theme_at(i)); i++) {
        char *line = memory_print(":set theme %s\r", theme_name(theme));
        type(&fixture->app, line);
        char *picture = screen_of(fixture, "screen.svg");
        assert_in_colours_of(picture, theme);
        free(picture);
        free(line);
    }
}

static void test_a_script_takes_the_same_picture(void **state)
{
    struct fixture *fixture = *state;
    fixture->options.color = true;
    char *text = memory_print("%%charset unicode\n:set theme light\n%%screen %s/script.svg\n",
                              fixture->folder);
    struct script script = {
        .name = "a.script", .text = text, .length = strlen(text), .out = stdout, .err = stderr};
    assert_int_equal(script_play(&script, &fixture->options), SCRIPT_FINE);
    type(&fixture->app, ":set theme light\r");
    free(screen_of(fixture, "screen.svg"));
    shell("cd %s && style() { sed -n '/<style>/,/height=.100%%/p' $1; } && style script.svg >a && "
          "style screen.svg >b && test -s a && cmp a b",
          fixture->folder);
    free(text);
}

static void test_without_colour_a_picture_has_none(void **state)
{
    struct fixture *fixture = *state;
    fixture->options.color = false;
    type(&fixture->app, ":set theme dark\r");
    char *picture = screen_of(fixture, "screen.svg");
    for (const char *at = picture; (at = strchr(at, '#')); at++) {
        assert_memory_equal(at + 1, at + 3, 2); /* grey: as much red as green as blue */
        assert_memory_equal(at + 1, at + 5, 2);
    }
    assert_has(picture, "text-decoration:underline"); /* of what is bad */
    free(picture);
}

static void test_tab_offers_both_endings_for_a_new_name(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    char *line = memory_print(":screen %s/scr\t", fixture->folder);
    type(app, line);
    assert_shows(app, "scr.svg");
    assert_shows(app, "scr.txt");
    type(app, "s\t\r");
    shell("test -s %s/scr.svg", fixture->folder);
    type(app, line); /* what is there goes first */
    assert_true(strstr(app->prompt.text, "/scr.svg") != NULL);
    free(line);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_a_file_in_svg_is_a_picture_and_any_other_is_text),
        TEST(test_a_picture_has_the_colours_of_the_theme_in_force),
        TEST(test_a_script_takes_the_same_picture),
        TEST(test_without_colour_a_picture_has_none),
        TEST(test_tab_offers_both_endings_for_a_new_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
