/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program and its terminal: refusals, sizes, signals, and the terminal put back at the end. */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "child.h"
#include "environment.h"
#include "scenario.h"

static struct terminal *start_with(const char *const environment[], const char *path)
{
    struct terminal_options options = {
        .folder = SOURCE_DIR, .environment = environment, .fail = fail_test};
    return terminal_start(&options, (const char *[]){CALSCOPE, path, NULL});
}

static struct terminal *start(const char *path)
{
    struct terminal *terminal = start_with(NULL, path);
    terminal_wait_idle(terminal);
    return terminal;
}

static void check_refused(const char *type, const char *message)
{
    struct terminal *terminal = start_with((const char *[]){type, NULL}, "hardware_registry");
    assert_int_equal(terminal_wait_exit(terminal), 2);
    assert_sees(terminal, message);
    assert_false(terminal_in_alternate_screen(terminal));
    terminal_stop(terminal);
}

static void test_a_terminal_that_cannot_place_text_is_refused(void **state)
{
    (void)state;
    check_refused("TERM=dumb", "calscope: a terminal of type dumb cannot place text");
    check_refused("TERM=no-such-terminal", "calscope: TERM=no-such-terminal is not known here");
    check_refused("TERM=", "calscope: TERM is not set");
}

static void test_a_missing_registry_is_refused_with_its_name(void **state)
{
    (void)state;
    struct terminal *terminal = start_with(NULL, "/no/such/registry");
    assert_int_equal(terminal_wait_exit(terminal), 2);
    assert_sees(terminal, "/no/such/registry: No such file or directory");
    terminal_stop(terminal);
}

static void test_a_broken_file_is_a_row_that_says_where(void **state)
{
    (void)state;
    struct terminal *terminal = start("tests/fixtures/registry");
    assert_sees(terminal, "broken");
    assert_sees(terminal, "3 calibrations, 1 broken");
    terminal_press(terminal, "G Enter");
    assert_sees(terminal, "It cannot be opened: line ");
    terminal_stop(terminal);
}

static void test_an_empty_registry_says_what_belongs_there(void **state)
{
    (void)state;
    struct terminal *terminal = start("tests/end_to_end");
    assert_sees(terminal, "No efficiency_curves.json below tests/end_to_end");
    assert_sees(terminal, "calscope PATH");
    terminal_stop(terminal);
}

static void test_a_small_terminal_says_what_it_needs_and_grows_back(void **state)
{
    (void)state;
    struct terminal *terminal = start("hardware_registry");
    terminal_resize(terminal, 5, 20);
    assert_sees(terminal, "calscope needs 40x10");
    terminal_resize(terminal, 24, 80);
    assert_sees(terminal, "jetson_orin_agx");
    terminal_resize(terminal, 100, 300);
    assert_sees(terminal, "jetson_orin_agx");
    terminal_press(terminal, "j Enter");
    assert_sees(terminal, "conv2d_depthwise");
    terminal_stop(terminal);
}

static void check_put_back(int signal)
{
    struct terminal *terminal = start("hardware_registry");
    assert_true(terminal_in_alternate_screen(terminal));
    terminal_kill(terminal, signal);
    assert_int_equal(terminal_wait_exit(terminal), 128 + signal);
    assert_false(terminal_in_alternate_screen(terminal));
    assert_true(terminal_kept_modes(terminal));
    terminal_stop(terminal);
}

static void test_whatever_ends_it_the_terminal_is_put_back(void **state)
{
    (void)state;
    const int signals[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGABRT, SIGSEGV};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        check_put_back(signals[i]);
}

static bool was_written(const struct terminal *terminal, const char *bytes)
{
    size_t length;
    const char *output = terminal_output(terminal, &length);
    return memmem(output, length, bytes, strlen(bytes)) != NULL;
}

static void test_pasted_lines_are_no_keys(void **state)
{
    (void)state;
    struct terminal *terminal = start("hardware_registry");
    assert_true(was_written(terminal, "\x1b[?2004h"));
    terminal_send(terminal, "\x1b[200~q\rq\r\x1b[201~");
    terminal_wait_text(terminal, "Not taken: pasted text");
    terminal_type(terminal, "/");
    terminal_send(terminal, "\x1b[200~jet\rson\r\x1b[201~");
    terminal_wait_text(terminal, "Filter: jet son");
    assert_false(was_written(terminal, "\x1b[?2004l"));
    terminal_kill(terminal, SIGTERM);
    terminal_wait_exit(terminal);
    assert_true(was_written(terminal, "\x1b[?2004l"));
    terminal_stop(terminal);
}

/* As when a link broke in between; what comes a while later is typed. */
static void test_a_paste_whose_end_is_lost_ends_by_itself(void **state)
{
    (void)state;
    struct terminal *terminal = start("hardware_registry");
    terminal_type(terminal, "/");
    terminal_send(terminal, "\x1b[200~jet\r");
    terminal_wait_text(terminal, "Filter: jet");
    terminal_type(terminal, "son\r");
    assert_sees(terminal, "1 fit `jetson`");
    terminal_stop(terminal);
}

/* In pieces, as the terminal does not hold so much at once; and a key behind it. */
static void paste_much(struct terminal *terminal, const char *key)
{
    enum { PIECES = 40, LINES = 400 };
    static char lines[LINES * 4 + 1];
    for (size_t i = 0; i < LINES; i++)
        memcpy(lines + 4 * i, "qyD\r", 4);
    terminal_send(terminal, "\x1b[200~");
    for (int i = 0; i < PIECES; i++) {
        terminal_send(terminal, lines);
        terminal_wait_idle(terminal);
    }
    terminal_send(terminal, "\x1b[201~");
    terminal_type(terminal, key);
}

static void test_much_pasted_text_is_taken_or_not_but_never_typed(void **state)
{
    (void)state;
    struct terminal *terminal = start("hardware_registry");
    paste_much(terminal, "\x1b[B");
    terminal_press(terminal, "Enter");
    assert_sees(terminal, "NVIDIA Jetson");
    terminal_type(terminal, ":");
    paste_much(terminal, "!");
    assert_sees(terminal, "Too long: cut at 4095 bytes");
    terminal_stop(terminal);
}

/* The rows of the screen below one another; the caller frees them. */
static char *copy_screen(struct terminal *terminal)
{
    char *text = NULL;
    size_t size;
    FILE *file = open_memstream(&text, &size);
    assert_non_null(file);
    terminal_print(terminal, file);
    fclose(file);
    return text;
}

/* Their letters would leave the view, undo the edit or go to other places. */
static void test_keys_that_mean_nothing_here_do_nothing(void **state)
{
    (void)state;
    static const char *const keys[] = {"\x1b[13;2u",
                                       "\x1b[27;5;9~",
                                       "\x1b[I",
                                       "\x1b[O",
                                       "\x1bOj",
                                       "\x1bOu",
                                       "\x1b[?1;2c",
                                       "\x1b[ q",
                                       "\x1b[1;5u\x1b[u",
                                       "\x1b[>1;2;3;4;5;6;7;8u",
                                       "\x1b]11;rgb:1e1e/uuuu/2e2e\x1b\\",
                                       "\x1b]10;ddd\a",
                                       "\x1bP>|XTerm(370)du\x1b\\",
                                       "\x1b_Gi=31;OKu\x1b\\",
                                       "\x1b^uuu\x1b\\",
                                       "\x1bXuuu\x1b\\",
                                       "\x1b]4;1;rgb:\x1b]4;2;uu\a"};
    struct terminal *terminal = start("hardware_registry");
    terminal_press(terminal, "j Enter t K K");
    assert_sees(terminal, "undo");
    char *before = copy_screen(terminal);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        terminal_type(terminal, keys[i]);
        char *after = copy_screen(terminal);
        assert_string_equal(after, before);
        free(after);
    }
    free(before);
    terminal_stop(terminal);
}

/* A string that lacks its end, and its first byte alone: neither keeps the keys for ever. */
static void test_a_broken_string_gives_the_keys_back(void **state)
{
    (void)state;
    struct terminal *terminal = start("hardware_registry");
    terminal_send(terminal, "\x1b]11;rgb:uuu\x1b[200~q\x1b[201~");
    terminal_wait_text(terminal, "Not taken: pasted text");
    terminal_type(terminal, "j\r");
    assert_sees(terminal, "conv2d_depthwise");
    assert_false(terminal_find(terminal, "M matrix", NULL, NULL));
    terminal_type(terminal, "\x1bP"); /* no one sends P and nothing more: that was typed */
    assert_sees(terminal, "M matrix");
    terminal_stop(terminal);
}

/* Esc [ and a key typed at once, Alt with a letter, and a key within such a sequence. */
static void test_what_is_no_whole_sequence_stays_the_keys_it_is_made_of(void **state)
{
    (void)state;
    struct terminal *terminal = start("hardware_registry");
    terminal_press(terminal, "j Enter");
    assert_sees(terminal, "conv2d_depthwise");
    terminal_type(terminal, "\x1b/jets");
    assert_sees(terminal, "Filter: jets");
    terminal_type(terminal, "\x1b[");
    assert_false(terminal_find(terminal, "Filter: jets", NULL, NULL));
    terminal_type(terminal, "/a[\x1b[D\x1b[Db");
    assert_sees(terminal, "Filter: ba[");
    terminal_type(terminal, "\x1b\x1b[99~/c");
    assert_sees(terminal, "Filter: c");
    terminal_type(terminal, "\x1b[\x1b[D/d");
    assert_sees(terminal, "Filter: d");
    terminal_stop(terminal);
}

/* Esc clears the filter, unless what comes a good while later may make it another key. */
static void check_escape_delay(const char *delay, bool awaits)
{
    struct terminal *terminal = start_with((const char *[]){delay, NULL}, "hardware_registry");
    terminal_wait_idle(terminal);
    terminal_type(terminal, "/jet\r");
    assert_sees(terminal, "1 fit `jet`");
    terminal_type(terminal, "\x1b");
    assert_int_equal(terminal_find(terminal, "1 fit `jet`", NULL, NULL), awaits);
    terminal_type(terminal, awaits ? "[13" : "j");
    terminal_type(terminal, awaits ? ";2u" : "j");
    assert_int_equal(terminal_find(terminal, "1 fit `jet`", NULL, NULL), awaits);
    terminal_stop(terminal);
}

static void test_the_environment_says_how_long_esc_waits(void **state)
{
    (void)state;
    check_escape_delay("ESCDELAY=10000", true);
    check_escape_delay("ESCDELAY=0", false);
    check_escape_delay("ESCDELAY=10001", false);
    check_escape_delay("ESCDELAY=long", false);
}

/* The program in a terminal of which a test takes what it writes when it wants to. */
struct unread {
    struct child child;
    struct environment environment;
    size_t taken; /* bytes so far */
};

static struct unread start_unread(void)
{
    const char *const argv[] = {CALSCOPE, "hardware_registry", NULL};
    struct unread unread = {.taken = 0};
    assert_true(environment_init(&unread.environment, NULL, NULL));
    assert_true(child_start(&unread.child, (char *const *)argv, unread.environment.list, SOURCE_DIR,
                            60, 200));
    return unread;
}

static void stop_unread(struct unread *unread)
{
    child_stop(&unread->child);
    environment_done(&unread->environment);
}

static void take_written(struct unread *unread)
{
    char bytes[4096];
    ssize_t count;
    while ((count = read(unread->child.master, bytes, sizeof bytes)) > 0)
        unread->taken += (size_t)count;
}

/*
 * Looks until the program has neither run nor been about to for many looks in a row: on a busy
 * machine it may have to wait for its turn. Returns what it does then.
 */
static enum child_state rest(struct unread *unread, bool takes)
{
    enum child_state state = CHILD_BUSY;
    unsigned long long before = 0, now;
    for (int quiet = 0; quiet < 40 && state != CHILD_GONE; before = now) {
        size_t taken = unread->taken;
        if (takes)
            take_written(unread);
        state = child_observe(&unread->child, &now);
        bool ran = now != before || taken != unread->taken || state == CHILD_BUSY;
        quiet = ran ? 0 : quiet + 1;
        poll(NULL, 0, 2);
    }
    return state;
}

/* Has it draw everything until the terminal takes no more; how often. */
static int fill(struct unread *unread)
{
    for (int frames = 1; frames < 1000; frames++) {
        assert_true(child_write(&unread->child, "\x0c", 1));
        if (rest(unread, false) != CHILD_WAITING || child_has_unread(&unread->child))
            return frames;
    }
    fail_msg("the terminal takes everything");
    return 0;
}

static size_t measure_frame(struct unread *unread)
{
    rest(unread, true);
    unread->taken = 0;
    assert_true(child_write(&unread->child, "\x0c", 1));
    assert_int_equal(rest(unread, true), CHILD_WAITING);
    return unread->taken;
}

static void check_whole_frames(int flags)
{
    struct unread unread = start_unread();
    fcntl(unread.child.slave, F_SETFL, flags);
    size_t frame = measure_frame(&unread);
    unread.taken = 0;
    int frames = fill(&unread);
    assert_int_equal(rest(&unread, true), CHILD_WAITING);
    assert_int_equal(unread.taken, (size_t)frames * frame);
    stop_unread(&unread);
}

static void test_frames_are_whole_where_the_terminal_takes_them_late(void **state)
{
    (void)state;
    check_whole_frames(O_RDWR);
    check_whole_frames(O_RDWR | O_NONBLOCK);
}

static void test_signals_end_it_while_the_terminal_takes_nothing(void **state)
{
    (void)state;
    const int signals[] = {SIGTERM, SIGHUP, SIGINT};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        struct unread unread = start_unread();
        rest(&unread, true);
        fill(&unread);
        kill(unread.child.program, signals[i]);
        for (int looks = 0; looks < 5000 && !child_exited(&unread.child); looks++)
            poll(NULL, 0, 2);
        assert_int_equal(unread.child.status, 128 + signals[i]);
        assert_true(unread.child.kept_modes);
        stop_unread(&unread);
    }
}

static void test_stopped_and_continued_it_draws_again(void **state)
{
    (void)state;
    for (int i = 0; i < 5; i++) {
        struct terminal *terminal = start("hardware_registry");
        terminal_send(terminal, "j\x1a");
        terminal_wait_stopped(terminal);
        assert_false(terminal_in_alternate_screen(terminal));
        terminal_kill(terminal, SIGCONT);
        terminal_wait_text(terminal, "jetson_orin_agx");
        terminal_press(terminal, "Enter");
        assert_sees(terminal, "conv2d_depthwise");
        terminal_stop(terminal);
    }
}

static void test_without_utf8_everything_is_ascii(void **state)
{
    (void)state;
    struct terminal *terminal = start_with((const char *[]){"LC_ALL=C", NULL}, "hardware_registry");
    size_t length;
    terminal_wait_idle(terminal);
    terminal_press(terminal, "j Enter j j j Enter Tab k w");
    const char *output = terminal_output(terminal, &length);
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)output[i] >= 0x80)
            fail_msg("byte %02x was written", (unsigned char)output[i]);
    terminal_stop(terminal);
}

static void test_every_common_terminal_gets_the_same_screen(void **state)
{
    (void)state;
    static const char *const types[] = {
        "TERM=xterm-256color",  "TERM=xterm", "TERM=linux",         "TERM=screen",
        "TERM=screen-256color", "TERM=tmux",  "TERM=tmux-256color", "TERM=vt100"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        struct terminal *terminal =
            start_with((const char *[]){types[i], "NO_COLOR=1", NULL}, "hardware_registry");
        terminal_wait_idle(terminal);
        assert_sees(terminal, "2 calibrations");
        terminal_press(terminal, "j Enter j j j");
        assert_sees(terminal, "conv2d_batchnorm");
        assert_sees(terminal, "nearest point 231 M: 0.73 ± 0.146, n = 1, legacy; residual +0.149");
        terminal_press(terminal, "f Esc Enter");
        assert_sees(terminal, "breakpoint 2: 200 M FLOPs");
        terminal_stop(terminal);
    }
}

static void test_no_color_means_none_and_color_some(void **state)
{
    (void)state;
    struct terminal *plain = start_with((const char *[]){"NO_COLOR=1", NULL}, "hardware_registry");
    struct terminal *colored = start("hardware_registry");
    terminal_wait_idle(plain);
    assert_false(has_color(plain));
    assert_true(has_color(colored));
    terminal_stop(plain);
    terminal_stop(colored);
}

/* What a file says must not act on the terminal: no bell, no title, no raw escape of its own. */
static void test_hostile_text_in_a_file_is_shown_and_not_obeyed(void **state)
{
    (void)state;
    struct terminal *terminal = start("tests/fixtures/hostile_strings.json");
    size_t length;
    terminal_press(terminal, "v Esc f Esc Esc");
    const char *output = terminal_output(terminal, &length);
    assert_null(memchr(output, '\a', length));
    assert_null(memmem(output, length, "\x1b]", 2));
    assert_null(memmem(output, length, "\xe2\x80\xae", 3)); /* right-to-left override */
    terminal_stop(terminal);
}

/* A calibration whose robust fit takes many seconds. */
static void write_many_points(const char *path)
{
    enum { POINTS = 30000 };
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(
        "{\"schema_version\": \"1.0.0\", \"hardware_id\": \"many\", \"hardware_name\": \"Many\", "
        "\"device_type\": \"gpu\", \"precision\": \"FP32\", \"calibration_date\": \"2026-01-01\", "
        "\"curves\": {\"matmul\": {\"operation_type\": \"matmul\", \"data_points\": [",
        file);
    double flops = 1e6;
    for (int i = 0; i < POINTS; i++, flops *= 1.00038) {
        double mean = (0.05 + 0.7 * i / POINTS) * (1 + 0.001 * (i * 37 % 101 - 50));
        fprintf(file, "%s{\"flops\": %.17g, \"efficiency_mean\": %.17g, \"efficiency_std\": 0.01}",
                i ? ", " : "", flops, mean);
    }
    fputs("], \"fitted_curve\": {\"curve_type\": \"piecewise_linear\", \"breakpoints\": "
          "[[1e6, 0.1], [1e11, 0.8]]}, \"min_flops\": 1e6, \"max_flops\": 1e11}}}",
          file);
    assert_int_equal(fclose(file), 0);
}

/* Types it, and waits for the progress of the fit that it begins: the program is not idle then. */
static void begin_long_fit(struct terminal *terminal)
{
    terminal_send(terminal, "b");
    while (!terminal_find(terminal, "so far. Esc stops", NULL, NULL))
        terminal_wait_output(terminal);
}

/* Esc is looked for between the steps; a key typed before it waits for its turn. */
static void test_a_long_fit_tells_that_it_goes_on_and_stops_at_esc(void **state)
{
    (void)state;
    char folder[] = "/tmp/calscope-test-XXXXXX", path[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/efficiency_curves.json", folder);
    write_many_points(path);
    struct terminal *terminal = start(path);
    terminal_press(terminal, "f G");
    begin_long_fit(terminal);
    terminal_send(terminal, "\x1b");
    terminal_wait_text(terminal, "Stopped: these are the fits from before");
    begin_long_fit(terminal);
    terminal_send(terminal, "k\x1b");
    terminal_wait_text(terminal, "\u25b8 log_linear");
    assert_false(terminal_find(terminal, "robust weight", NULL, NULL));
    terminal_stop(terminal);
    remove(path);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_terminal_that_cannot_place_text_is_refused),
        cmocka_unit_test(test_a_missing_registry_is_refused_with_its_name),
        cmocka_unit_test(test_a_broken_file_is_a_row_that_says_where),
        cmocka_unit_test(test_an_empty_registry_says_what_belongs_there),
        cmocka_unit_test(test_a_small_terminal_says_what_it_needs_and_grows_back),
        cmocka_unit_test(test_whatever_ends_it_the_terminal_is_put_back),
        cmocka_unit_test(test_pasted_lines_are_no_keys),
        cmocka_unit_test(test_a_paste_whose_end_is_lost_ends_by_itself),
        cmocka_unit_test(test_much_pasted_text_is_taken_or_not_but_never_typed),
        cmocka_unit_test(test_a_broken_string_gives_the_keys_back),
        cmocka_unit_test(test_keys_that_mean_nothing_here_do_nothing),
        cmocka_unit_test(test_what_is_no_whole_sequence_stays_the_keys_it_is_made_of),
        cmocka_unit_test(test_the_environment_says_how_long_esc_waits),
        cmocka_unit_test(test_frames_are_whole_where_the_terminal_takes_them_late),
        cmocka_unit_test(test_signals_end_it_while_the_terminal_takes_nothing),
        cmocka_unit_test(test_stopped_and_continued_it_draws_again),
        cmocka_unit_test(test_without_utf8_everything_is_ascii),
        cmocka_unit_test(test_every_common_terminal_gets_the_same_screen),
        cmocka_unit_test(test_no_color_means_none_and_color_some),
        cmocka_unit_test(test_hostile_text_in_a_file_is_shown_and_not_obeyed),
        cmocka_unit_test(test_a_long_fit_tells_that_it_goes_on_and_stops_at_esc),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
