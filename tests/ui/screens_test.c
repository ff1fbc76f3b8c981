/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Golden screens: every script of tests/screens is played at three sizes, in Unicode and ASCII, and
 * its screens are held against tests/screens/SIZE/SCRIPT.txt. CALSCOPE_UPDATE_GOLDEN=1 writes them
 * anew.
 */
#include <dirent.h>

#include "explorer.h"

#include "ui/script.h"

#define SCREENS SOURCE_DIR "/tests/screens"

struct variant {
    const char *name;
    int columns, rows;
    bool ascii;
};

static const struct variant variants[] = {
    {"80x24", 80, 24, false}, {"80x24-ascii", 80, 24, true},   {"120x40", 120, 40, false},
    {"40x12", 40, 12, false}, {"120x40-ascii", 120, 40, true}, {"40x12-ascii", 40, 12, true},
};

static unsigned views_shown;
static size_t screens, stale;

/* Adds the screen, which is in a file, to those of its script. */
static void take_screen(const struct app *app, const char *path, void *context)
{
    struct buffer text = {0}, *shown = context;
    assert_int_equal(file_read(path, 1 << 20, &text, NULL), STATUS_OK);
    buffer_print(shown, "%s==== %.*s\n", shown->length ? "\n" : "",
                 (int)(strrchr(path, '.') - path), path);
    buffer_append(shown, text.bytes, text.length);
    buffer_done(&text);
    views_shown |= app_view(app)->id;
    screens++;
}

static bool ends_in(const char *text, const char *end)
{
    size_t length = strlen(text), tail = strlen(end);
    return length > tail && strcmp(text + length - tail, end) == 0;
}

static int names_script(const struct dirent *entry)
{
    return ends_in(entry->d_name, ".script");
}

static int names_screens(const struct dirent *entry)
{
    return ends_in(entry->d_name, ".txt");
}

/* The rest of the script's line "# path: PATH"; the caller frees it. */
static char *path_said(const char *text)
{
    const char *line = strstr(text, "\n# path: ");
    assert_non_null(line);
    line += strlen("\n# path: ");
    return memory_print("%.*s", (int)strcspn(line, "\n"), line);
}

/* Plays a script in the folder that this program is in, which has a copy of all calibrations. */
static void play(const char *file, const struct variant *variant, struct buffer *shown)
{
    struct buffer text = {0};
    assert_int_equal(file_read(file, 1 << 20, &text, NULL), STATUS_OK);
    char *path = path_said(buffer_string(&text));
    struct app_options options = {.path = path, .peak = NAN, .ascii = variant->ascii};
    struct script script = {.name = file,
                            .text = buffer_string(&text),
                            .length = text.length,
                            .out = stdout,
                            .err = stderr,
                            .rows = variant->rows,
                            .columns = variant->columns,
                            .on_screen = take_screen,
                            .context = shown};
    assert_int_equal(script_play(&script, &options), SCRIPT_FINE);
    free(path);
    buffer_done(&text);
}

/* As the golden file has it; else what differs is printed. */
static void compare(const char *golden, const struct buffer *shown)
{
    struct buffer kept = {0};
    if (file_read(golden, 1 << 20, &kept, NULL) == STATUS_OK && kept.length == shown->length &&
        memcmp(kept.bytes, shown->bytes, kept.length) == 0) {
        buffer_done(&kept);
        return;
    }
    char *command = memory_print("diff -u '%s' - >&2", golden);
    FILE *pipe = popen(command, "w");
    assert_non_null(pipe);
    fwrite(shown->bytes, 1, shown->length, pipe);
    pclose(pipe);
    stale++;
    free(command);
    buffer_done(&kept);
}

/* Plays a script in a new copy of the calibrations, as some save. name ends in ".script". */
static void check_script(const char *name, const struct variant *variant, const char *folder)
{
    int stem = (int)(strrchr(name, '.') - name);
    char *file = memory_print(SCREENS "/%s", name);
    char *golden = memory_print(SCREENS "/%s/%.*s.txt", variant->name, stem, name);
    struct buffer shown = {0};
    shell("mkdir -p %s/tree/empty", folder);
    char *tree = memory_print("%s/tree", folder);
    assert_int_equal(chdir(tree), 0);
    shell("cp -r %s/hardware_registry .", SOURCE_DIR);
    shell("cp -r %s .", FIXTURES);
    play(file, variant, &shown);
    assert_int_equal(chdir(folder), 0);
    shell("rm -r %s", tree);
    assert_true(shown.length > 0);
    if (getenv("CALSCOPE_UPDATE_GOLDEN"))
        assert_int_equal(file_replace(golden, NULL, 0, shown.bytes, shown.length, NULL), STATUS_OK);
    else
        compare(golden, &shown);
    buffer_done(&shown);
    free(tree);
    free(golden);
    free(file);
}

/* Golden files whose script is gone. */
static void check_leftovers(const char *golden, struct dirent **scripts, int count)
{
    struct dirent **kept;
    int kept_count = scandir(golden, &kept, names_screens, alphasort);
    for (int i = 0; i < kept_count; i++) {
        size_t stem = strlen(kept[i]->d_name) - strlen(".txt");
        int at = 0;
        while (at < count && (strncmp(scripts[at]->d_name, kept[i]->d_name, stem) != 0 ||
                              strcmp(scripts[at]->d_name + stem, ".script") != 0))
            at++;
        if (at == count) {
            print_error("%s/%s: there is no such script\n", golden, kept[i]->d_name);
            stale++;
        }
        free(kept[i]);
    }
    free(kept);
}

/* The number of files that are not as they should be. */
static size_t check_variant(const struct variant *variant)
{
    char folder[] = "/tmp/calscope-screens-XXXXXX";
    char *golden = memory_print(SCREENS "/%s", variant->name);
    struct dirent **names;
    int count = scandir(SCREENS, &names, names_script, alphasort);
    assert_non_null(mkdtemp(folder));
    stale = screens = 0;
    for (int i = 0; i < count; i++)
        check_script(names[i]->d_name, variant, folder);
    check_leftovers(golden, names, count);
    assert_int_equal(chdir("/"), 0);
    shell("rm -r %s", folder);
    for (int i = 0; i < count; i++)
        free(names[i]);
    free(names);
    free(golden);
    printf("golden screens %s: %zu, %zu files stale\n", variant->name, screens, stale);
    return stale;
}

static void test_screens_are_as_they_were_looked_at(void **state)
{
    (void)state;
    setenv("SOURCE_DATE_EPOCH", "1770206400", 1); /* 2026-02-04 12:00 UTC */
    setenv("TZ", "UTC", 1);
    fit_setup();
    size_t all = 0;
    for (size_t i = 0; i < sizeof variants / sizeof *variants; i++)
        all += check_variant(&variants[i]);
    if (all)
        fail_msg("%zu files of golden screens are stale: look at the differences above; "
                 "CALSCOPE_UPDATE_GOLDEN=1 writes them anew, and so does screenshots/make",
                 all);
}

static void test_every_view_has_a_golden_screen(void **state)
{
    (void)state;
    for (unsigned view = 1; view & VIEW_ALL; view <<= 1)
        if (!(views_shown & view))
            fail_msg("no script of tests/screens shows the view %#x of ui/action.h", view);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_screens_are_as_they_were_looked_at),
        cmocka_unit_test(test_every_view_has_a_golden_screen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
