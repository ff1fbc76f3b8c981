/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as keys pressed in the explorer: it lives through them, every frame is harmless, and no
 * file of the registry changes but by a save, which leaves a calibration and overwrites what others
 * wrote only when told to.
 *
 * The first byte chooses the screen. Bytes below 0x80 are the characters that they are; from 0x80
 * on the other keys of ui/terminal/term.h in their order, from 0xC0 on a character beyond ASCII;
 * 0xDF pastes as many bytes as the next one says.
 * From 0xE0 on somebody else changes a file, from 0xE8 on the explorer is terminated and started
 * again, from 0xF0 on the screen gets another size.
 */
#include <fcntl.h>
#include <ftw.h>
#include <locale.h>
#include <math.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"
#include "calibration/store.h"
#include "fuzz.h"
#include "tune/edit.h"
#include "ui/app.h"
#include "ui/terminal/term.h"

enum { KEYS_MAX = 400, FILES = 4, FILE_MAX = 1 << 20 };

/* One file of the registry: as it was made, and as it was last seen. */
struct kept {
    const char *source; /* a fixture */
    const char *id;
    char *path;
    struct buffer bytes;
    struct stat seen;
};

/* A registry of its own for this process, removed at its end. */
struct registry_folder {
    char root[64];
    char registry[80];
    char state[80]; /* for what the explorer keeps outside the registry */
    struct kept files[FILES];
};

static struct registry_folder folder = {
    .files = {{.source = FIXTURES "/schema_example.json", .id = "cpu/example"},
              {.source = FIXTURES "/registry/cuda/orin_15w/bf16/efficiency_curves.json",
               .id = "cuda/orin"},
              {.source = FIXTURES "/hostile_strings.json", .id = "gpu/hostile"},
              {.source = FIXTURES "/truncated.json", .id = "gpu/truncated"}}};

/* --- the registry --- */

static void write_file(struct kept *file)
{
    int written = open(file->path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    fuzz_require(written >= 0 && write(written, file->bytes.bytes, file->bytes.length) ==
                                     (ssize_t)file->bytes.length,
                 "the registry can be written");
    close(written);
    fuzz_require(stat(file->path, &file->seen) == 0, "the registry can be seen");
}

static int remove_entry(const char *path, const struct stat *info, int type, struct FTW *place)
{
    (void)info;
    (void)type;
    (void)place;
    return remove(path);
}

static void remove_tree(const char *path)
{
    nftw(path, remove_entry, 8, FTW_DEPTH | FTW_PHYS); /* there may be none */
}

static void remove_folder(void)
{
    remove_tree(folder.root);
}

static void make_registry(void)
{
    for (int i = 0; i < FILES; i++) {
        struct kept *file = &folder.files[i];
        char *command = memory_print("mkdir -p '%s/%s'", folder.registry, file->id);
        fuzz_require(system(command) == 0, "a folder can be made");
        write_file(file);
        free(command);
    }
}

static void make_folder(void)
{
    const char *tmp = getenv("TMPDIR");
    snprintf(folder.root, sizeof folder.root, "%s/calscope-fuzz-XXXXXX", tmp ? tmp : "/tmp");
    fuzz_require(mkdtemp(folder.root) != NULL, "a folder can be made");
    atexit(remove_folder);
    snprintf(folder.state, sizeof folder.state, "%s/state", folder.root);
    snprintf(folder.registry, sizeof folder.registry, "%s/registry", folder.root);
    for (int i = 0; i < FILES; i++) {
        struct kept *file = &folder.files[i];
        file->path = memory_print("%s/%s/efficiency_curves.json", folder.registry, file->id);
        fuzz_require(file_read(file->source, FILE_MAX, &file->bytes, NULL) == STATUS_OK,
                     "fixtures can be read");
    }
    make_registry();
}

static bool has_changed(const struct kept *file)
{
    struct stat now;
    fuzz_require(stat(file->path, &now) == 0, "no file goes");
    return now.st_ino != file->seen.st_ino || now.st_size != file->seen.st_size ||
           now.st_mtim.tv_sec != file->seen.st_mtim.tv_sec ||
           now.st_mtim.tv_nsec != file->seen.st_mtim.tv_nsec;
}

/*
 * may_write: the key was pressed where a save is confirmed, of what is there or over it on purpose.
 */
static void require_registry(bool may_write)
{
    for (int i = 0; i < FILES; i++) {
        struct kept *file = &folder.files[i];
        struct calibration *calibration;
        if (!has_changed(file))
            continue;
        fuzz_require(may_write, "only a save writes, and over nothing it has not seen");
        fuzz_require(calibration_load(file->path, &calibration, NULL) == STATUS_OK,
                     "a save leaves a calibration");
        calibration_free(calibration);
        fuzz_require(stat(file->path, &file->seen) == 0, "no file goes");
        may_write = false; /* one key saves one file */
    }
}

/* As if the explorer had never run. copied: there may be files that no fixture is. */
static void restore_registry(bool copied)
{
    remove_tree(folder.state);
    if (copied) {
        remove_tree(folder.registry);
        make_registry();
    }
    for (int i = 0; i < FILES; i++) {
        struct buffer now = {0};
        struct kept *file = &folder.files[i];
        fuzz_require(file_read(file->path, FILE_MAX, &now, NULL) == STATUS_OK, "files are read");
        if (now.length != file->bytes.length ||
            memcmp(now.bytes, file->bytes.bytes, now.length) != 0)
            write_file(file);
        buffer_done(&now);
    }
}

/* Somebody else writes one more blank behind a file's end. */
static void add_blank(const struct kept *file)
{
    int written = open(file->path, O_WRONLY | O_APPEND);
    fuzz_require(written >= 0 && write(written, " ", 1) == 1, "the registry can be written");
    close(written);
}

/* Somebody else halves the first curve of a file, if it can be read. */
static void halve(const struct kept *file)
{
    struct calibration *calibration;
    struct curve_version *halved = NULL;
    if (calibration_load(file->path, &calibration, NULL) != STATUS_OK)
        return;
    const struct calibration_curve *curve = calibration->curves;
    struct curve_version *version =
        version_new(curve->curve_type, curve->breakpoints, curve->breakpoint_count);
    if (edit_scale(version, 0.5, &halved, NULL) == STATUS_OK) {
        struct curve_change change = {.curve = curve,
                                      .curve_type = halved->curve_type,
                                      .breakpoints = halved->breakpoints,
                                      .breakpoint_count = halved->count};
        const struct change_set changes = {calibration, &change, 1};
        fuzz_require(store_save(file->path, &changes, NULL, NULL) == STATUS_OK,
                     "the registry can be written");
    }
    version_free(halved);
    version_free(version);
    calibration_free(calibration);
}

static void change_from_outside(uint8_t byte)
{
    struct kept *file = &folder.files[byte % FILES];
    if (byte & 4)
        halve(file);
    else
        add_blank(file);
    fuzz_require(stat(file->path, &file->seen) == 0, "no file goes");
}

/* --- the explorer --- */

static void choose_screen(struct app *app, uint8_t byte)
{
    static const int sizes[][2] = {{24, 80}, {1, 1},   {5, 20},   {10, 40},
                                   {8, 200}, {60, 30}, {40, 132}, {16, 60}};
    app->rows = sizes[byte % 8][0];
    app->columns = sizes[byte % 8][1];
}

static void draw(const struct app *app)
{
    struct canvas canvas;
    struct buffer text = {0};
    canvas_init(&canvas, app->rows, app->columns, app->charset);
    app_draw(app, &canvas);
    canvas_export_text(&canvas, false, &text);
    fuzz_require_harmless(buffer_string(&text), text.length);
    buffer_done(&text);
    canvas_done(&canvas);
}

static int key_of(uint8_t byte)
{
    static const int32_t beyond[] = {0xE9, 0x4E2D, 0x1F600, 0x202E, 0x301, 0xFFFD, 0x85, 0x10FFFF};
    if (byte >= 0xC0)
        return beyond[byte % 8];
    if (byte >= 0x80)
        return TERM_KEY_NONE + (byte - 0x80) % (TERM_KEY_UNKNOWN - TERM_KEY_NONE + 1);
    switch (byte) {
    case '\r':
        return TERM_KEY_ENTER;
    case '\t':
        return TERM_KEY_TAB;
    case 0x7F:
        return TERM_KEY_BACKSPACE;
    default:
        return byte;
    }
}

/* Starts on the registry as it is, and on what earlier sessions left. */
static void start(struct app *app, const struct app_options *options)
{
    struct registry *registry;
    fuzz_require(registry_open(options->path, &registry, NULL) == STATUS_OK,
                 "the registry can be opened");
    registry_scan(registry);
    app_init(app, options, registry, options->ascii ? TEXT_ASCII : TEXT_UNICODE);
    recover_announce(app);
    app_follow(app);
}

static void restart(struct app *app)
{
    const struct app_options *options = app->options;
    app_key(app, TERM_KEY_TERMINATE);
    app_done(app);
    start(app, options);
}

/* Whether app is where files are written. */
static bool is_saving(const struct app *app)
{
    return app_view(app) == &view_save || app_view(app) == &view_conflict;
}

/* The file that a save would write: in the list the selected one. NULL: none. */
static const struct file *file_to_save(const struct app *app)
{
    const struct browse_state *browse = &app->browse;
    if (app_view(app) != &view_browse)
        return app->file;
    return browse->count ? files_find(&app->files,
                                      browse->lines[browse->line_of[browse->selected]].entry->path)
                         : NULL;
}

/* Whether it is still the one that was loaded. */
static bool is_current(const struct app *app)
{
    const struct file *file = file_to_save(app);
    struct buffer now = {0};
    size_t length;
    if (!file || file->revision)
        return false;
    const char *loaded = json_document_bytes(file->calibration->document, &length);
    fuzz_require(file_read(file->path, FILE_MAX, &now, NULL) == STATUS_OK, "files are read");
    bool current = now.length == length && memcmp(now.bytes, loaded, length) == 0;
    buffer_done(&now);
    return current;
}

static bool is_commanding(const struct app *app)
{
    return app->prompt.active && strcmp(app->prompt.label, ":") == 0;
}

/* Whether a copy would be written with a name that was typed. */
static bool is_naming_copy(const struct app *app)
{
    return app->prompt.active && is_saving(app) && !is_commanding(app) &&
           strcmp(app->prompt.label, "Why: ") != 0;
}

/* The command typed, without what may stand in front of it. */
static const char *typed_command(const struct app *app)
{
    return app->prompt.text + strspn(app->prompt.text, " \t:");
}

/* A `:` line that could reach what lies outside the registry: a file is named behind it. */
static bool names_file(const struct app *app)
{
    static const char *const writing[] = {"sc", "w", "cop", "map"}; /* a key that overwrites is O */
    const char *typed = typed_command(app);
    if (strstr(typed, "..") || strstr(typed, " /") || strchr(typed, '~'))
        return true;
    for (size_t i = 0; i < sizeof writing / sizeof *writing; i++)
        if (strncmp(typed, writing[i], strlen(writing[i])) == 0 && strpbrk(typed, " \t!"))
            return true;
    return false;
}

/* Whether Enter may save by a command: from where nothing is in between. */
static bool may_save_by_command(const struct app *app, int key)
{
    const char *typed = typed_command(app);
    if (!is_commanding(app) || key != TERM_KEY_ENTER)
        return false;
    if (app_view(app) == &view_conflict && strncmp(typed, "ov", 2) == 0)
        return true;
    return (typed[0] == 'w' || typed[0] == 'x') && is_current(app);
}

/* A fuzzer must not write wherever it likes: the prompt is left where the name is not in here. */
static int keep_inside(const struct app *app, int key)
{
    const char *name = app->prompt.text;
    bool inside = strncmp(name, folder.registry, strlen(folder.registry)) == 0 &&
                  name[strlen(folder.registry)] == '/' && !strstr(name, "..");
    return key == TERM_KEY_ENTER && !inside ? TERM_KEY_ESCAPE : key;
}

static void press(struct app *app, int key)
{
    bool copying = is_naming_copy(app);
    bool may_write = is_saving(app) && !copying && (key == 'O' || is_current(app));
    may_write = may_write || may_save_by_command(app, key);
    if (is_commanding(app) && key == TERM_KEY_ENTER && names_file(app))
        key = TERM_KEY_ESCAPE;
    app_key(app, copying ? keep_inside(app, key) : key);
    require_registry(may_write);
}

/* What the explorer does while no key waits. */
static void rest(struct app *app)
{
    while (app_work(app))
        ;
    app_follow(app);
}

/* Pastes what stands behind *at, as many bytes as its first one says, and goes on behind it. */
static void paste(struct app *app, const uint8_t *bytes, size_t length, size_t *at)
{
    size_t left = length - *at, count = left > 1 ? bytes[*at + 1] : 0;
    count = count + 2 < left ? count : left > 2 ? left - 2 : 0;
    paste_take(app, (const char *)bytes + (count ? *at + 2 : 0), count);
    require_registry(false);
    *at += count + 1;
}

static void take(struct app *app, uint8_t byte)
{
    if (byte >= 0xF0)
        choose_screen(app, byte);
    else if (byte >= 0xE8)
        restart(app);
    else if (byte >= 0xE0)
        change_from_outside(byte);
    else
        press(app, key_of(byte));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct app app;
    if (!folder.root[0]) {
        setlocale(LC_CTYPE, "C.UTF-8");
        fit_setup();
        make_folder();
    }
    if (length == 0)
        return 0;
    struct app_options options = {.path = folder.registry,
                                  .peak = NAN,
                                  .ascii = bytes[0] & 0x80,
                                  .state_folder = folder.state};
    start(&app, &options);
    choose_screen(&app, bytes[0]);
    draw(&app);
    bool copied = false;
    for (size_t i = 1; i < length && i < KEYS_MAX && !app.quit; i++) {
        copied = copied || is_naming_copy(&app);
        if (bytes[i] == 0xDF)
            paste(&app, bytes, length, &i);
        else
            take(&app, bytes[i]);
        draw(&app);
        if (!app.quit)
            rest(&app);
    }
    app_done(&app);
    restore_registry(copied);
    return 0;
}
