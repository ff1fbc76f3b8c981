/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Others change the file while it is edited, at any moment and in any way: nothing that they wrote
 * is overwritten but what the user was shown, and what is no change does not keep anybody from
 * saving.
 *
 *     faults_outside ROUNDS
 *
 * Each round edits, saves, and answers what then is asked, at random but always alike; in between
 * others are at the file. The explorer runs in this process, without a terminal.
 */
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"
#include "folder.h"
#include "ui/app.h"
#include "ui/terminal/term.h"

enum { FILE_MAX = 1 << 20, KEYS_A_ROUND = 4, RESTART_EVERY = 40, MARK_DIGITS = 8 };

#define JETSON "hardware_registry/gpu/jetson_orin_agx/efficiency_curves.json"
#define MARK_KEY "\"hardware_name\": \"" /* the digits of a mark stand behind it */

/* What lies at a path: everything by which a change can be told. */
struct sight {
    struct stat info; /* of the name itself, which may be a link; all zero: nothing there */
    bool regular;     /* it is, or leads to, a regular file of one name, which holds bytes */
    struct buffer bytes;
};

/* The file, those who change it, the explorer, and what it must take to be in the file. */
struct world {
    char *folder, *file, *aside, *copy, *journals;
    struct buffer known; /* what the explorer has loaded or written last */
    struct app_options options;
    struct app app;
    unsigned seed;
    size_t marks;                                   /* made so far */
    size_t changes, noticed, saved, copies, merges; /* what came of the rounds */
    size_t wrong;
};

static _Noreturn void stop(const char *what)
{
    fprintf(stderr, "outside: %s\n", what);
    exit(EXIT_FAILURE);
}

static unsigned next(struct world *world, unsigned below)
{
    world->seed = world->seed * 1664525u + 1013904223u;
    return (world->seed >> 8) % below;
}

static bool same_bytes(const struct buffer *a, const struct buffer *b)
{
    return a->length == b->length && memcmp(buffer_string(a), buffer_string(b), a->length) == 0;
}

static void set_bytes(struct buffer *to, const struct buffer *from)
{
    buffer_truncate(to, 0);
    buffer_append(to, buffer_string(from), from->length);
}

/* --- looking --- */

static struct sight look(const char *path)
{
    struct sight sight = {.regular = false};
    struct stat led_to;
    if (lstat(path, &sight.info) < 0)
        memset(&sight.info, 0, sizeof sight.info);
    else if (stat(path, &led_to) == 0 && S_ISREG(led_to.st_mode) && led_to.st_nlink == 1)
        sight.regular = file_read(path, FILE_MAX, &sight.bytes, NULL) == STATUS_OK;
    return sight;
}

static bool same_sight(const struct sight *a, const struct sight *b)
{
    return a->info.st_mode == b->info.st_mode && a->info.st_ino == b->info.st_ino &&
           a->info.st_size == b->info.st_size && a->info.st_mtim.tv_sec == b->info.st_mtim.tv_sec &&
           a->info.st_mtim.tv_nsec == b->info.st_mtim.tv_nsec && a->regular == b->regular &&
           same_bytes(&a->bytes, &b->bytes);
}

static bool holds(const struct sight *sight, const struct buffer *bytes)
{
    return sight->regular && same_bytes(&sight->bytes, bytes);
}

/* --- what others do to the file --- */

static void put(const char *path, const struct buffer *bytes)
{
    if (!folder_write("", path, buffer_string(bytes), bytes->length))
        stop("cannot write");
}

static void clear(const struct world *world)
{
    struct stat info;
    if (lstat(world->file, &info) == 0 && remove(world->file) < 0)
        stop("cannot remove");
}

/* A regular file at the name, for what is written in place. */
static void make_regular(const struct world *world)
{
    struct stat info;
    if (lstat(world->file, &info) == 0 && S_ISREG(info.st_mode))
        return;
    clear(world);
    put(world->file, &world->known);
}

/* The content, or what was known where that is none, under a mark that was never there before. */
static struct buffer marked(struct world *world)
{
    struct sight now = look(world->file);
    char *at = now.regular ? strstr(buffer_string(&now.bytes), MARK_KEY) : NULL;
    char digits[32];
    if (!at) {
        set_bytes(&now.bytes, &world->known);
        at = strstr(now.bytes.bytes, MARK_KEY);
    }
    snprintf(digits, sizeof digits, "%0*zu", MARK_DIGITS, ++world->marks);
    memcpy(at + strlen(MARK_KEY), digits, MARK_DIGITS);
    return now.bytes;
}

static void rewrite_with_size_and_times(struct world *world)
{
    struct stat before;
    make_regular(world);
    struct buffer bytes = marked(world);
    if (stat(world->file, &before) < 0)
        stop("cannot look");
    put(world->file, &bytes);
    const struct timespec times[] = {before.st_atim, before.st_mtim};
    if (utimensat(AT_FDCWD, world->file, times, 0) < 0)
        stop("cannot set times");
    buffer_done(&bytes);
}

static void append_blank(struct world *world)
{
    make_regular(world);
    struct sight now = look(world->file);
    buffer_append_string(&now.bytes, "\n");
    put(world->file, &now.bytes);
    buffer_done(&now.bytes);
}

static void rename_over(struct world *world, const struct buffer *bytes)
{
    struct stat info;
    put(world->aside, bytes);
    if (lstat(world->file, &info) == 0 && S_ISDIR(info.st_mode))
        clear(world);
    if (rename(world->aside, world->file) < 0)
        stop("cannot rename");
}

static void replace_by_another(struct world *world)
{
    struct buffer bytes = marked(world);
    rename_over(world, &bytes);
    buffer_done(&bytes);
}

static void replace_by_the_same(struct world *world)
{
    rename_over(world, &world->known);
}

static void delete_it(struct world *world)
{
    clear(world);
}

static void put_folder(struct world *world)
{
    clear(world);
    if (mkdir(world->file, 0755) < 0)
        stop("cannot make a folder");
}

static void put_pipe(struct world *world)
{
    clear(world);
    if (mkfifo(world->file, 0644) < 0)
        stop("cannot make a pipe");
}

static void put_link(struct world *world, const struct buffer *bytes)
{
    clear(world);
    (void)unlink(world->aside); /* there may be none */
    if (bytes)
        put(world->aside, bytes);
    if (symlink(world->aside, world->file) < 0)
        stop("cannot link");
}

static void put_link_to_another(struct world *world)
{
    struct buffer bytes = marked(world);
    put_link(world, &bytes);
    buffer_done(&bytes);
}

static void put_link_to_the_same(struct world *world)
{
    put_link(world, &world->known);
}

static void put_broken_link(struct world *world)
{
    put_link(world, NULL);
}

static void change_and_change_back(struct world *world)
{
    make_regular(world);
    struct buffer bytes = marked(world);
    put(world->file, &bytes);
    put(world->file, &world->known);
    buffer_done(&bytes);
}

static void touch(struct world *world)
{
    make_regular(world);
    if (utimensat(AT_FDCWD, world->file, NULL, 0) < 0)
        stop("cannot touch");
}

static void put_text(struct world *world, const char *text)
{
    make_regular(world);
    if (!folder_write("", world->file, text, strlen(text)))
        stop("cannot write");
}

static void break_off(struct world *world)
{
    put_text(world, "{\"curves\": {");
}

static void empty(struct world *world)
{
    put_text(world, "");
}

/* Another curve than is edited here, or the same: by the numbers that the edits are about. */
static void scale_a_curve(struct world *world)
{
    struct calibration *calibration;
    if (calibration_load(world->file, &calibration, NULL) != STATUS_OK) {
        replace_by_another(world);
        return;
    }
    const struct calibration_curve *curve =
        &calibration->curves[next(world, (unsigned)calibration->curve_count)];
    struct curve_version *old =
        version_new(curve->curve_type, curve->breakpoints, curve->breakpoint_count);
    struct curve_version *scaled;
    if (edit_scale(old, next(world, 2) ? 0.5 : 1.5, &scaled, NULL))
        stop("cannot scale");
    struct curve_change change = {.curve = curve,
                                  .curve_type = scaled->curve_type,
                                  .breakpoints = scaled->breakpoints,
                                  .breakpoint_count = scaled->count};
    const struct change_set changes = {calibration, &change, 1};
    if (store_save(world->file, &changes, NULL, NULL))
        stop("cannot save beside the explorer");
    version_free(scaled);
    version_free(old);
    calibration_free(calibration);
}

static void (*const deeds[])(struct world *world) = {
    rewrite_with_size_and_times,
    append_blank,
    replace_by_another,
    replace_by_the_same,
    delete_it,
    put_folder,
    put_pipe,
    put_link_to_another,
    put_link_to_the_same,
    put_broken_link,
    change_and_change_back,
    touch,
    break_off,
    empty,
    scale_a_curve,
    scale_a_curve,
    scale_a_curve,
};
enum { DEEDS = sizeof deeds / sizeof *deeds };

static void others_may_act(struct world *world, unsigned percent)
{
    if (next(world, 100) >= percent)
        return;
    deeds[next(world, DEEDS)](world);
    world->changes++;
}

/* --- the explorer --- */

/* Types characters; Enter is \r, Backspace \b, ^R \x12. */
static void type(struct world *world, const char *keys)
{
    for (; *keys; keys++)
        app_key(&world->app, *keys == '\r'   ? TERM_KEY_ENTER
                             : *keys == '\b' ? TERM_KEY_BACKSPACE
                                             : (unsigned char)*keys);
}

static enum view_id view(const struct world *world)
{
    return app_view(&world->app)->id;
}

static bool says(const struct world *world, const char *text)
{
    return strncmp(world->app.message, text, strlen(text)) == 0;
}

static void start(struct world *world)
{
    struct registry *registry;
    if (registry_open(world->folder, &registry, NULL))
        stop("no registry");
    registry_scan(registry);
    app_init(&world->app, &world->options, registry, TEXT_UNICODE);
    app_follow(&world->app);
}

static struct buffer compose(const struct world *world)
{
    struct buffer out = {0};
    const struct file *file = world->app.file;
    struct change_set changes = session_changes(file->session, NULL);
    store_compose(&changes, &out);
    free(changes.items);
    return out;
}

/* What an earlier run of the explorer left unsaved is taken up, or dropped where it cannot be. */
static void decide_about_recovery(struct world *world)
{
    type(world, "\r");
    if (view(world) == VIEW_RECOVER)
        type(world, "O");
    if (view(world) == VIEW_RECOVER)
        type(world, "DD");
}

/* From wherever the last round ended. */
static void go_and_tune(struct world *world)
{
    for (int tries = 0; tries < 10 && view(world) != VIEW_TUNE; tries++) {
        if (view(world) == VIEW_RECOVER)
            decide_about_recovery(world);
        else
            type(world, view(world) & (VIEW_BROWSE | VIEW_CURVES) ? "\r" : "\b");
    }
    if (view(world) != VIEW_TUNE)
        stop("the curve cannot be tuned any more");
}

static void edit(struct world *world)
{
    static const char keys[] = "kkkjjjhlKJHLuu\x12idnn";
    char key[] = " ";
    for (unsigned left = 1 + next(world, KEYS_A_ROUND); left > 0; left--) {
        key[0] = keys[next(world, sizeof keys - 1)];
        type(world, key);
    }
}

/* --- what must come of it --- */

static void require(struct world *world, bool holds_true, const char *what)
{
    if (holds_true)
        return;
    world->wrong++;
    printf("does not hold behind %zu changes: %s; the explorer says: %s %s\n", world->changes, what,
           world->app.message,
           view(world) == VIEW_CONFLICT ? world->app.conflict.error.message : "");
}

static bool is_known(const struct world *world)
{
    struct sight now = look(world->file);
    bool known = holds(&now, &world->known);
    buffer_done(&now.bytes);
    return known;
}

/*
 * Presses keys that write the file, of which that is allowed only if the file still is as it may
 * be. Else nothing may happen to whatever is there.
 */
static void write_file(struct world *world, const char *keys, bool allowed)
{
    struct buffer expected = compose(world);
    struct sight before = look(world->file);
    type(world, keys);
    struct sight after = look(world->file);
    bool wrote = says(world, "Wrote ");
    if (allowed) {
        require(world, wrote, "what is no change keeps nobody from saving");
        require(world, holds(&after, &expected), "the file holds what was to be written");
        require(world, S_ISLNK(before.info.st_mode) == S_ISLNK(after.info.st_mode),
                "a link stays one");
        set_bytes(&world->known, &expected);
        world->saved++;
    } else {
        require(world, !wrote, "a change is noticed");
        /* What somebody else has put back as it was is no change any more. */
        bool put_back = is_known(world) && says(world, "The file is as it was loaded again");
        require(world, view(world) == VIEW_CONFLICT || says(world, "Not written: ") || put_back,
                "the explorer says so");
        require(world, same_sight(&before, &after), "what others made stays as it is");
        world->noticed++;
    }
    buffer_done(&before.bytes);
    buffer_done(&after.bytes);
    buffer_done(&expected);
}

/* A link that leads nowhere leaves as little to lose as no file. */
static bool is_gone(const struct sight *sight)
{
    return sight->info.st_mode == 0 || (S_ISLNK(sight->info.st_mode) && !sight->regular);
}

/* seen: the file as the conflict showed it. What came since must not be lost. */
static void overwrite(struct world *world, const struct sight *seen)
{
    static const struct buffer nothing;
    struct sight now = look(world->file);
    bool allowed = is_gone(seen) ? now.info.st_mode == 0
                                 : holds(&now, seen->regular ? &seen->bytes : &nothing);
    buffer_done(&now.bytes);
    if (!is_gone(seen))
        type(world, "O"); /* which asks, and leaves a conflict that is none any more */
    if (view(world) == VIEW_CONFLICT)
        write_file(world, "O", allowed);
}

/* The value of a mark in bytes, which lasts through a save by others than who made it. */
static bool has_mark_of(const struct buffer *bytes, const struct buffer *other)
{
    const char *a = strstr(buffer_string(bytes), MARK_KEY);
    const char *b = strstr(buffer_string(other), MARK_KEY);
    return a && b && strncmp(a, b, strlen(MARK_KEY) + MARK_DIGITS) == 0;
}

static void merge(struct world *world)
{
    struct sight before = look(world->file);
    type(world, "M");
    struct sight after = look(world->file);
    require(world, same_sight(&before, &after), "merging alone writes nothing");
    if (view(world) == VIEW_SAVE && before.regular) {
        set_bytes(&world->known, &before.bytes);
        world->merges++;
        others_may_act(world, 30);
        bool empty_merge = session_modified_count(world->app.file->session) == 0;
        if (!empty_merge)
            write_file(world, "\r", is_known(world));
        require(world, has_mark_of(&world->known, &before.bytes),
                "a merge keeps what others wrote");
    } else {
        bool empty = before.regular && says(world, "The file holds all of your changes already");
        require(world, empty || says(world, "Not merged"), "a merge that cannot be says so");
        if (empty)
            set_bytes(&world->known, &before.bytes);
    }
    buffer_done(&before.bytes);
    buffer_done(&after.bytes);
}

static void reload(struct world *world)
{
    struct sight before = look(world->file);
    type(world, "RR");
    struct sight after = look(world->file);
    require(world, same_sight(&before, &after), "loading writes nothing");
    if (says(world, "Loaded "))
        set_bytes(&world->known, &before.bytes);
    buffer_done(&before.bytes);
    buffer_done(&after.bytes);
}

static void copy(struct world *world)
{
    struct buffer expected = compose(world);
    struct sight before = look(world->file);
    type(world, "S\x15"); /* nothing of the name that is offered */
    type(world, world->copy);
    type(world, "\r");
    struct sight after = look(world->file), written = look(world->copy);
    require(world, same_sight(&before, &after), "a copy leaves the file alone");
    require(world, holds(&written, &expected), "a copy holds what was to be written");
    (void)unlink(world->copy); /* its absence was just complained of */
    world->copies++;
    buffer_done(&before.bytes);
    buffer_done(&after.bytes);
    buffer_done(&written.bytes);
    buffer_done(&expected);
}

static void answer_conflict(struct world *world)
{
    struct sight seen = look(world->file);
    others_may_act(world, 30);
    switch (next(world, 5)) {
    case 0:
        overwrite(world, &seen);
        break;
    case 1:
    case 2:
        merge(world);
        break;
    case 3:
        reload(world);
        break;
    default:
        copy(world);
        break;
    }
    buffer_done(&seen.bytes);
}

/* Now and then somebody tidies up; else the next round meets what is there. */
static void may_repair(struct world *world)
{
    if (next(world, 3) == 0) {
        clear(world);
        put(world->file, &world->known);
    }
}

/* A new run of the explorer, which needs a file that it can read. */
static void restart(struct world *world)
{
    struct sight now;
    app_key(&world->app, TERM_KEY_TERMINATE);
    app_done(&world->app);
    clear(world);
    struct buffer bytes = marked(world);
    put(world->file, next(world, 2) ? &bytes : &world->known);
    now = look(world->file);
    set_bytes(&world->known, &now.bytes);
    start(world);
    buffer_done(&now.bytes);
    buffer_done(&bytes);
}

static void play_round(struct world *world)
{
    go_and_tune(world);
    edit(world);
    others_may_act(world, 40);
    edit(world);
    if (session_modified_count(world->app.file->session) == 0)
        return;
    type(world, "w");
    others_may_act(world, 40);
    write_file(world, "\r", is_known(world));
    if (view(world) == VIEW_CONFLICT)
        answer_conflict(world);
    may_repair(world);
}

static void set_up(struct world *world)
{
    size_t length;
    char *bytes = folder_read(SOURCE_DIR, JETSON, &length);
    *world = (struct world){.folder = folder_make(), .seed = 11};
    if (!world->folder || !bytes)
        stop("no temporary folder, or no calibration");
    world->file = memory_print("%s/efficiency_curves.json", world->folder);
    world->aside = memory_print("%s/aside", world->folder);
    world->copy = memory_print("%s.copy", world->file);
    world->journals = memory_print("%s/state", world->folder);
    world->options =
        (struct app_options){.path = world->folder, .peak = NAN, .state_folder = world->journals};
    buffer_append(&world->known, bytes, length);
    put(world->file, &world->known);
    free(bytes);
    fit_setup();
    start(world);
}

static void tear_down(struct world *world)
{
    app_done(&world->app);
    folder_remove(world->folder);
    free(world->folder);
    free(world->file);
    free(world->aside);
    free(world->copy);
    free(world->journals);
    buffer_done(&world->known);
}

int main(int argc, char **argv)
{
    size_t rounds = argc == 2 ? strtoul(argv[1], NULL, 10) : 0;
    static struct world world;
    if (rounds == 0)
        return EXIT_FAILURE;
    set_up(&world);
    for (size_t i = 0; i < rounds; i++) {
        if (i % RESTART_EVERY == RESTART_EVERY - 1)
            restart(&world);
        play_round(&world);
    }
    tear_down(&world);
    printf("outside changes: %zu; %zu saves met one and noticed it, %zu met none and saved; "
           "%zu merges, %zu copies; %zu violations\n",
           world.changes, world.noticed, world.saved, world.merges, world.copies, world.wrong);
    return world.wrong == 0 && world.noticed > 0 && world.saved > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
