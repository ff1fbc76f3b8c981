/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Themes: text has contrast, series can be told apart, also by eyes that lack a cone and without
 * any colour. Contrast is WCAG 2's. Differences are Delta E*ab (CIE 1976), after the simulation of
 * Machado, Oliveira and Fernandes (2009) at full severity.
 */
#include "explorer.h"
#include "ui/terminal/theme.h"

#define TEXT_CONTRAST 4.5     /* WCAG AA: light and dark, on each of their backgrounds */
#define ANYWHERE_CONTRAST 3.0 /* AA for large text: what must do on white and on black */
#define APART 15.0            /* series of the colour-blind palette; 2.3 is just noticeable */
#define APART_256 10.0        /* the same where only the nearest of 256 colours is there */
#define APART_FULL 15.0       /* series of the other themes, to eyes that see all colours */

static double linear(int channel)
{
    double share = channel / 255.0;
    return share <= 0.03928 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4);
}

static void to_linear(int rgb, double out[3])
{
    for (int i = 0; i < 3; i++)
        out[i] = linear(rgb >> (16 - 8 * i) & 255);
}

static double contrast(int a, int b)
{
    double first[3], second[3];
    to_linear(a, first);
    to_linear(b, second);
    double x = 0.2126 * first[0] + 0.7152 * first[1] + 0.0722 * first[2] + 0.05;
    double y = 0.2126 * second[0] + 0.7152 * second[1] + 0.0722 * second[2] + 0.05;
    return x > y ? x / y : y / x;
}

static const double eyes[3][3][3] = {
    {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
    {{0.152286, 1.052583, -0.204868},
     {0.114503, 0.786281, 0.099216},
     {-0.003882, -0.048116, 1.051998}},
    {{0.367322, 0.860646, -0.227968},
     {0.280085, 0.672501, 0.047413},
     {-0.011820, 0.042940, 0.968881}},
};
static const char *const eye_names[3] = {"all cones", "protanopia", "deuteranopia"};

static double lab_curve(double t)
{
    return t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}

static void to_lab(int rgb, const double eye[3][3], double lab[3])
{
    double seen[3], from[3];
    to_linear(rgb, from);
    for (int i = 0; i < 3; i++)
        seen[i] = fmin(fmax(eye[i][0] * from[0] + eye[i][1] * from[1] + eye[i][2] * from[2], 0), 1);
    double x =
        lab_curve((0.4124564 * seen[0] + 0.3575761 * seen[1] + 0.1804375 * seen[2]) / 0.95047);
    double y = lab_curve(0.2126729 * seen[0] + 0.7151522 * seen[1] + 0.0721750 * seen[2]);
    double z =
        lab_curve((0.0193339 * seen[0] + 0.1191920 * seen[1] + 0.9503041 * seen[2]) / 1.08883);
    lab[0] = 116 * y - 16;
    lab[1] = 500 * (x - y);
    lab[2] = 200 * (y - z);
}

static double difference(int a, int b, const double eye[3][3])
{
    double first[3], second[3];
    to_lab(a, eye, first);
    to_lab(b, eye, second);
    return sqrt(pow(first[0] - second[0], 2) + pow(first[1] - second[1], 2) +
                pow(first[2] - second[2], 2));
}

static const struct theme *find(const char *name)
{
    size_t i = 0;
    while (strcmp(theme_name(theme_at(i)), name) != 0)
        i++;
    return theme_at(i);
}

/* The colour of a role as 0xRRGGBB; -1: the terminal's own. */
static int color_of(const struct theme *theme, unsigned role, enum theme_depth depth)
{
    int color = theme_style(theme, (enum role)role, depth).color;
    return color == THEME_OWN || depth == THEME_RGB ? color : theme_rgb_of_256(color);
}

/* The lowest contrast of all text of a theme, which is every role but the grid's dots. */
static double lowest_contrast(const struct theme *theme, enum theme_depth depth, unsigned roles,
                              bool all_colored)
{
    double lowest = INFINITY;
    for (unsigned role = 0; role < roles; role++) {
        int color = color_of(theme, role, depth);
        assert_true(color != THEME_OWN || !all_colored);
        for (int i = 0; i < THEME_BACKGROUNDS && role != ROLE_GRID && color != THEME_OWN; i++)
            lowest = fmin(lowest, contrast(color, theme_backgrounds(theme)[i]));
    }
    return lowest;
}

static void test_text_has_contrast_on_the_backgrounds_it_is_meant_for(void **state)
{
    (void)state;
    static const char *const names[] = {"light", "dark"};
    for (int i = 0; i < 2; i++)
        for (enum theme_depth depth = THEME_256; depth <= THEME_RGB; depth++) {
            double lowest = lowest_contrast(find(names[i]), depth, ROLE_COUNT, true);
            printf("%s, %s: lowest contrast of text %.2f, of 4.5\n", names[i],
                   depth == THEME_RGB ? "true colour" : "256 colours", lowest);
            assert_true(lowest >= TEXT_CONTRAST);
        }
}

static void test_colours_of_the_default_are_seen_on_white_and_on_black(void **state)
{
    (void)state;
    static const char *const names[] = {"default", "colour-blind"};
    for (int i = 0; i < 2; i++)
        for (enum theme_depth depth = THEME_256; depth <= THEME_RGB; depth++) {
            const struct theme *theme = find(names[i]);
            double text = lowest_contrast(theme, depth, ROLE_SERIES, false);
            printf("%s, %s: lowest contrast of coloured text on white and black %.2f, of 3.0\n",
                   names[i], depth == THEME_RGB ? "true colour" : "256 colours", text);
            assert_true(text >= ANYWHERE_CONTRAST);
        }
    assert_true(lowest_contrast(find("default"), THEME_256, ROLE_COUNT, false) >=
                ANYWHERE_CONTRAST);
    assert_true(lowest_contrast(find("default"), THEME_RGB, ROLE_SERIES, false) >= TEXT_CONTRAST);
}

/* In a picture, what a terminal would choose is chosen: its own ink, dim, reversed. */
static void test_all_text_of_a_picture_has_contrast_with_its_paper(void **state)
{
    (void)state;
    for (size_t i = 0; theme_at(i); i++) {
        struct canvas_palette palette;
        double lowest = INFINITY;
        theme_palette(theme_at(i), true, &palette);
        for (int role = 0; role < ROLE_SERIES; role++)
            if (role != ROLE_GRID)
                lowest = fmin(lowest, contrast(palette.looks[role].ink, palette.looks[role].paper));
        printf("%s: lowest contrast of text in a picture %.2f, of 3.0\n", theme_name(theme_at(i)),
               lowest);
        assert_true(lowest >= ANYWHERE_CONTRAST);
        assert_int_not_equal(palette.looks[ROLE_SELECTED].paper, palette.looks[ROLE_TEXT].paper);
        assert_int_not_equal(palette.looks[ROLE_DIM].ink, palette.looks[ROLE_TEXT].ink);
    }
}

/* The smallest difference of two of the first series that have a colour. */
static double closest(const struct theme *theme, unsigned count, enum theme_depth depth, int eye)
{
    double smallest = INFINITY;
    for (unsigned i = 0; i < count; i++)
        for (unsigned j = 0; j < i; j++) {
            int a = color_of(theme, ROLE_SERIES + i, depth);
            int b = color_of(theme, ROLE_SERIES + j, depth);
            if (a != THEME_OWN && b != THEME_OWN)
                smallest = fmin(smallest, difference(a, b, eyes[eye]));
        }
    return smallest;
}

static void test_series_stay_apart_to_eyes_without_red_or_green(void **state)
{
    (void)state;
    for (int eye = 0; eye < 3; eye++)
        for (enum theme_depth depth = THEME_256; depth <= THEME_RGB; depth++) {
            double apart = closest(find("colour-blind"), 8, depth, eye);
            double needed = depth == THEME_RGB ? APART : APART_256;
            printf("colour-blind, %s, %s: smallest Delta E of two series %.1f, of %.0f\n",
                   eye_names[eye], depth == THEME_RGB ? "true colour" : "256 colours", apart,
                   needed);
            assert_true(apart >= needed);
        }
}

static void test_sixteen_series_have_sixteen_looks(void **state)
{
    (void)state;
    for (size_t t = 0; theme_at(t); t++)
        for (enum theme_depth depth = THEME_ANSI; depth < THEME_DEPTHS; depth++)
            for (unsigned i = 0; i < ROLE_SERIES_COUNT; i++)
                for (unsigned j = 0; j < i && theme_at(t) != find("mono"); j++) {
                    struct theme_style a = theme_style(theme_at(t), ROLE_SERIES + i, depth);
                    struct theme_style b = theme_style(theme_at(t), ROLE_SERIES + j, depth);
                    if (a.color == b.color && a.attributes == b.attributes)
                        fail_msg("%s at depth %d: series %u looks like %u", theme_name(theme_at(t)),
                                 (int)depth, i, j);
                }
    for (size_t t = 0; t < 3; t++) {
        double apart = closest(theme_at(t), ROLE_SERIES_COUNT, THEME_RGB, 0);
        printf("%s: smallest Delta E of 16 series %.1f, of %.0f\n", theme_name(theme_at(t)), apart,
               APART_FULL);
        assert_true(apart >= APART_FULL);
    }
}

static void test_sixteen_series_have_sixteen_glyphs(void **state)
{
    (void)state;
    for (int style = 0; style < 2; style++)
        for (int i = 0; i < ROLE_SERIES_COUNT; i++)
            for (int j = 0; j < i; j++)
                assert_string_not_equal(plot_glyph(i, style ? PLOT_ASCII : PLOT_BRAILLE),
                                        plot_glyph(j, style ? PLOT_ASCII : PLOT_BRAILLE));
}

static void test_without_colour_attributes_tell_what_matters(void **state)
{
    (void)state;
    static const struct {
        enum role a, b;
    } pairs[] = {{ROLE_SELECTED, ROLE_TEXT}, {ROLE_SELECTED, ROLE_BAR}, {ROLE_ERROR, ROLE_TEXT},
                 {ROLE_ERROR, ROLE_TITLE},   {ROLE_WARNING, ROLE_KEY},  {ROLE_MARKED, ROLE_TEXT},
                 {ROLE_TITLE, ROLE_TEXT},    {ROLE_WARNING, ROLE_TEXT}, {ROLE_DIM, ROLE_TEXT}};
    for (size_t t = 0; theme_at(t); t++)
        for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
            struct theme_style a = theme_style(theme_at(t), pairs[i].a, THEME_MONO);
            struct theme_style b = theme_style(theme_at(t), pairs[i].b, THEME_MONO);
            assert_int_equal(a.color, THEME_OWN);
            assert_int_not_equal(a.attributes, b.attributes);
        }
    for (enum theme_depth depth = 0; depth < THEME_DEPTHS; depth++)
        for (unsigned role = 0; role < ROLE_COUNT; role++)
            assert_int_equal(theme_style(find("mono"), (enum role)role, depth).color, THEME_OWN);
}

/* Words and glyphs that stand in cells of a role: what a screen says without its colours. */
static size_t words_in(const struct app *app, enum role role, struct buffer *out)
{
    struct canvas canvas;
    size_t cells = 0;
    canvas_init(&canvas, 40, 120, TEXT_UNICODE);
    app_draw(app, &canvas);
    for (int i = 0; i < canvas.rows * canvas.columns; i++)
        if (canvas.cells[i].role == role && strcmp(canvas.cells[i].text, " ") != 0) {
            buffer_append_string(out, canvas.cells[i].text);
            cells++;
        }
    canvas_done(&canvas);
    return cells;
}

static void assert_says(const struct app *app, enum role role, const char *text)
{
    struct buffer words = {0};
    words_in(app, role, &words);
    if (!strstr(buffer_string(&words), text))
        fail_msg("role %d says \"%s\" and not \"%s\"", (int)role, buffer_string(&words), text);
    buffer_done(&words);
}

/*
 * Selection by a pointer, state and verdict by a word, series by glyph and label, a diff by its
 * signs.
 */
static void test_what_colours_say_is_there_without_them(void **state)
{
    struct app *app = &((struct fixture *)*state)->app;
    assert_says(app, ROLE_SELECTED, "\u25b8");
    assert_says(app, ROLE_GOOD, "ok");
    type(app, "j\rjjj");
    assert_says(app, ROLE_SELECTED, "\u25b8");
    type(app, " k");
    for (unsigned i = 2; i <= 3; i++)
        assert_says(app, ROLE_SERIES + i, plot_glyph((int)i, app->style));
    assert_shows(app, "conv2d_batchnorm");
    type(app, "\rK");
    assert_shows(app, "1 unsaved");
    type(app, "w");
    assert_says(app, ROLE_ADDED, "+");
    assert_says(app, ROLE_REMOVED, "-");
    type(app, "\x1b\x1b\x1bk");
    assert_says(app, ROLE_WARNING, "unsaved");
    type(app, "mjc\t");
    assert_shows(app, "A = ");
    assert_says(app, ROLE_SERIES, "\u25cf");
    assert_says(app, ROLE_SERIES + 1, "\u25a0");
}

static void test_a_theme_is_chosen_by_option_configuration_and_command_line(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    assert_string_equal(theme_name(app->theme), "default");
    type(app, ":set theme co\t\r");
    assert_string_equal(theme_name(app->theme), "colour-blind");
    type(app, ":set theme pink\r");
    assert_shows(app, "theme is one of default, light, dark, colour-blind, mono, not \"pink\"");
    app_done(app);
    fixture->options.theme = "dark";
    start(fixture);
    assert_string_equal(theme_name(app->theme), "dark");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_has_contrast_on_the_backgrounds_it_is_meant_for),
        cmocka_unit_test(test_colours_of_the_default_are_seen_on_white_and_on_black),
        cmocka_unit_test(test_all_text_of_a_picture_has_contrast_with_its_paper),
        cmocka_unit_test(test_series_stay_apart_to_eyes_without_red_or_green),
        cmocka_unit_test(test_sixteen_series_have_sixteen_looks),
        cmocka_unit_test(test_sixteen_series_have_sixteen_glyphs),
        cmocka_unit_test(test_without_colour_attributes_tell_what_matters),
        cmocka_unit_test_setup_teardown(test_what_colours_say_is_there_without_them, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(
            test_a_theme_is_chosen_by_option_configuration_and_command_line, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
