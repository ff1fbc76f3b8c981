/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * calscope journal [FILE]: edits that a session of the explorer made and did not save.
 *
 * JSON: {"journals":[{"file","journal","started","steps","state","message"}]}, one entry a journal,
 * oldest first; with a FILE the one object {"file","journal","started","steps","state","message",
 * "written"}, or {"file","journal":null,"state":"none"}. state: "current" (the file is as it was
 * edited), "moved_on" (it has changed, and both changes can stand together), "conflict" (they
 * cannot; message says why), "saved" (the file holds the edits), "gone" (there is no such file any
 * more), "unreadable" (the file cannot be read as a calibration; message says why), "broken" (the
 * journal cannot; message says why).
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file_log.h"
#include "base/folders.h"
#include "base/memory.h"
#include "calibration/source.h"
#include "cli/options.h"
#include "cli/save.h"
#include "report/csv.h"
#include "report/table.h"
#include "tune/recovery.h"

enum state { CURRENT, MOVED_ON, CONFLICT, SAVED, GONE, UNREADABLE, BROKEN };

static const char *const state_names[] = {"current", "moved_on",   "conflict", "saved",
                                          "gone",    "unreadable", "broken"};

enum { OPTION_APPLY = OPTION_OWN, OPTION_OVER, OPTION_DROP, OPTION_ONTO };

/* Strings are borrowed from argv. */
struct request {
    const char *file;
    const char *onto; /* where that file has been moved to; NULL: nowhere */
    bool apply, over, drop;
};

/* The file that it is about now, as the command line names it. */
static const char *file_named(const struct request *request)
{
    return request->onto ? request->onto : request->file;
}

/* A journal held against the file that it is about. Owns everything. */
struct look {
    char *journal;    /* its path */
    const char *onto; /* borrowed: the file that the edits belong to now; NULL: the journal's */
    enum state state;
    struct recovery recovery;
    struct calibration *now; /* the file; NULL where it is gone or cannot be read */
    struct session *session; /* over now, with the edits in it; in a conflict without any */
    struct error error;
};

static void look_done(struct look *look)
{
    session_free(look->session);
    calibration_free(look->now);
    recovery_done(&look->recovery);
    free(look->journal);
}

static bool is_gone(const char *path)
{
    struct stat info;
    return stat(path, &info) < 0 && (errno == ENOENT || errno == ENOTDIR);
}

/* The file that the edits belong to; NULL where the journal makes no sense. */
static const char *file_of(const struct look *look)
{
    const struct journal *journal = look->recovery.journal;
    return look->onto || !journal ? look->onto : journal->file;
}

static enum state judge(struct look *look)
{
    if (recovery_open(look->journal, &look->recovery, &look->error))
        return BROKEN;
    const char *file = file_of(look);
    if (is_gone(file)) {
        error_set(&look->error, STATUS_CHANGED, "the file is gone");
        return GONE;
    }
    if (calibration_load(file, &look->now, &look->error))
        return UNREADABLE;
    look->session = session_new(look->now);
    if (recovery_is_done(&look->recovery, look->now))
        return SAVED;
    if (recovery_apply(&look->recovery, look->session, MERGE_REFUSE, &look->error))
        return CONFLICT;
    return recovery_is_current(&look->recovery, look->now) ? CURRENT : MOVED_ON;
}

/* Takes the path of a journal and looks at what it holds, for the file at onto unless NULL. */
static struct look look_at(char *journal, const char *onto)
{
    struct look look = {0};
    look.journal = journal;
    look.onto = onto;
    look.state = judge(&look);
    return look;
}

static bool has_message(const struct look *look)
{
    return look->state == CONFLICT || look->state >= GONE;
}

static void write_members(struct json_writer *writer, const struct look *look)
{
    const struct journal *journal = look->recovery.journal;
    json_write_string_member(writer, "file", file_of(look));
    json_write_string_member(writer, "journal", look->journal);
    json_write_string_member(writer, "started", journal ? journal->started : NULL);
    json_write_count_member(writer, "steps", journal ? journal->count : 0);
    json_write_string_member(writer, "state", state_names[look->state]);
    json_write_string_member(writer, "message", has_message(look) ? look->error.message : NULL);
}

static const struct table_column columns[] = {
    {"FILE", TABLE_LEFT, TABLE_NO_LIMIT},
    {"BEGUN", TABLE_LEFT, 20},
    {"STEPS", TABLE_RIGHT, 0},
    {"STATE", TABLE_LEFT, TABLE_NO_LIMIT},
};

static void add_row(struct table *table, const struct look *look)
{
    static const char *const words[] = {
        [CURRENT] = "not saved; the file is as it was edited",
        [MOVED_ON] = "not saved; the file has changed elsewhere",
        [CONFLICT] = "not saved; the file has changed in the same place",
        [SAVED] = "the file holds it all",
        [GONE] = "not saved; the file is gone",
    };
    const struct journal *journal = look->recovery.journal;
    table_add(table, journal ? journal->file : look->journal);
    table_add(table, journal ? journal->started : NULL);
    table_print(table, "%zu", journal ? journal->count : 0);
    if (look->state == BROKEN)
        table_print(table, "the journal cannot be read: %s", look->error.message);
    else if (look->state == UNREADABLE)
        table_print(table, "not saved; the file cannot be read: %s", look->error.message);
    else
        table_add(table, words[look->state]);
}

static void write_list(struct cli *cli, const struct look *looks, size_t count)
{
    struct json_writer writer = {.out = &cli->out};
    json_write_object(&writer);
    json_write_array_member(&writer, "journals");
    for (size_t i = 0; i < count; i++) {
        json_write_object(&writer);
        write_members(&writer, &looks[i]);
        json_write_end(&writer);
    }
    json_write_end(&writer);
    json_write_end(&writer);
    buffer_append_string(&cli->out, "\n");
}

static void print_list(struct cli *cli, const struct look *looks, size_t count, const char *folder)
{
    if (count == 0) {
        cli_print(cli, "no unsaved edits: there is no journal of a session that ended in %s\n",
                  folder);
        return;
    }
    struct table *table = table_new(columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count; i++)
        add_row(table, &looks[i]);
    table_render(table, 0, cli->charset, &cli->out);
    table_free(table);
}

static void write_csv(struct cli *cli, const struct look *looks, size_t count)
{
    static const char *const headings[] = {"file",  "journal", "started", "steps",
                                           "state", "message", NULL};
    struct csv csv = {.out = &cli->out, .charset = cli->charset};
    csv_add_row(&csv, headings);
    for (size_t i = 0; i < count; i++) {
        const struct journal *journal = looks[i].recovery.journal;
        csv_add(&csv, journal ? journal->file : NULL);
        csv_add(&csv, looks[i].journal);
        csv_add(&csv, journal ? journal->started : NULL);
        csv_add_count(&csv, journal ? journal->count : 0);
        csv_add(&csv, state_names[looks[i].state]);
        csv_add(&csv, has_message(&looks[i]) ? looks[i].error.message : NULL);
        csv_end_row(&csv);
    }
}

static int complain_of_folder(const struct cli *cli, const char *folder)
{
    cli_say(cli, "%s: cannot be read: %s", folder, strerror(errno));
    return EXIT_TROUBLE;
}

static int list_all(struct cli *cli, const char *folder)
{
    size_t count;
    char **paths = journal_list(folder, NULL, &count);
    if (!paths)
        return complain_of_folder(cli, folder);
    struct look *looks = memory_new_array(count, sizeof *looks);
    for (size_t i = 0; i < count; i++)
        looks[i] = look_at(paths[i], NULL);
    if (cli->json)
        write_list(cli, looks, count);
    else if (cli->csv)
        write_csv(cli, looks, count);
    else
        print_list(cli, looks, count, folder);
    for (size_t i = 0; i < count; i++)
        look_done(&looks[i]);
    free(looks);
    free(paths);
    return EXIT_FINE;
}

static int drop(const struct cli *cli, const struct look *look)
{
    struct error error;
    if (file_log_remove_left(look->journal, &error) == STATUS_OK)
        return EXIT_FINE;
    cli_complain(cli, look->journal, &error);
    return EXIT_TROUBLE;
}

/* The edits are in the file now: the journal is of no more use, if all of it could be read. */
static int remove_journal(const struct cli *cli, const struct look *look)
{
    const struct journal *journal = look->recovery.journal;
    if (journal->unread) {
        cli_say(cli,
                "%s is damaged: %zu bytes of it cannot be read, so it is kept (--drop removes it)",
                look->journal, journal->unread);
        return EXIT_NO;
    }
    return drop(cli, look);
}

/* Where the edits need a decision: with --over they are in the session afterwards. */
static int decide(const struct cli *cli, const struct request *request, struct look *look)
{
    if (look->state == BROKEN) {
        cli_complain(cli, look->journal, &look->error);
        return EXIT_TROUBLE;
    }
    if (look->state == UNREADABLE) {
        cli_complain(cli, file_named(request), &look->error);
        cli_say(cli, "mend the file, or move it away and use --apply --over");
        return EXIT_TROUBLE;
    }
    if (look->state == GONE) {
        cli_say(cli, "%s is gone%s", file_named(request),
                request->over
                    ? ""
                    : "; --over writes it anew, with the edits, --onto FILE takes them to where "
                      "it is now");
        return EXIT_NO;
    }
    if (look->state != CONFLICT)
        return EXIT_FINE;
    if (request->over &&
        recovery_apply(&look->recovery, look->session, MERGE_TAKE_MINE, &look->error) == STATUS_OK)
        return EXIT_FINE;
    cli_say(cli, "%s has changed since it was edited: %s%s", file_named(request),
            look->error.message, request->over ? "" : "; --over takes the curves as edited");
    return EXIT_NO;
}

static int finish(struct cli *cli, const struct look *look)
{
    const struct journal *journal = look->recovery.journal;
    if (!cli->json)
        cli_print(cli, "wrote %s: %zu step%s of editing from %s\n", file_of(look), journal->count,
                  journal->count == 1 ? "" : "s", journal->started);
    return remove_journal(cli, look);
}

/* The file as the journal has it, with the edits, where there is none any more. */
static int write_anew(struct cli *cli, const struct look *look, bool *written)
{
    struct error error;
    const char *why = look->recovery.journal->note;
    char *note = why ? store_dated_note(why) : NULL;
    struct change_set changes = session_changes(look->recovery.session, note);
    enum status status = store_copy(file_of(look), &changes, &error);
    free(changes.items);
    free(note);
    cli->saved = *written = status == STATUS_OK || status == STATUS_UNSYNCED;
    if (status)
        cli_complain(cli, file_of(look), &error);
    return status ? EXIT_TROUBLE : finish(cli, look);
}

/* The diff of what the journal holds, or, with --apply, the file with it. */
static int show_or_apply(struct cli *cli, const struct request *request, struct look *look,
                         bool *written)
{
    if (look->state == GONE && request->apply && request->over)
        return write_anew(cli, look, written);
    int status = decide(cli, request, look);
    if (look->state == SAVED) {
        cli_say(cli, "%s holds all of the edits already", file_named(request));
        return request->apply ? remove_journal(cli, look) : EXIT_FINE;
    }
    if (look->state == BROKEN || (status != EXIT_FINE && request->apply))
        return status;
    /* A conflict, or a file that is gone or cannot be read, still shows what the edits were. */
    const struct session *session = status ? look->recovery.session : look->session;
    struct save save = {file_named(request),          file_of(look),
                        session_calibration(session), session,
                        look->recovery.journal->note, !request->apply};
    int saved = save_run(cli, &save, written);
    if (saved == EXIT_FINE && *written)
        saved = finish(cli, look);
    return saved ? saved : status;
}

static int answer(struct cli *cli, const struct request *request, struct look *look)
{
    bool written = false;
    int status = request->drop ? drop(cli, look) : show_or_apply(cli, request, look, &written);
    if (cli->json) {
        struct json_writer writer = {.out = &cli->out};
        json_write_object(&writer);
        write_members(&writer, look);
        json_write_bool_member(&writer, "written", written);
        json_write_end(&writer);
        buffer_append_string(&cli->out, "\n");
    }
    return status;
}

/* The youngest journal about the file, which the caller frees; false where none can be listed. */
static bool find_journal(const struct cli *cli, const char *folder, const char *file,
                         char **youngest)
{
    size_t count;
    char *path = source_find(file, cli->registry, NULL);
    char **paths = journal_list(folder, path ? path : file, &count);
    bool listed = paths != NULL;
    *youngest = listed && count ? paths[--count] : NULL;
    while (listed && count > 0)
        free(paths[--count]);
    free(paths);
    free(path);
    return listed;
}

static void write_none(struct cli *cli, const char *file)
{
    struct json_writer writer = {.out = &cli->out};
    json_write_object(&writer);
    json_write_string_member(&writer, "file", file);
    json_write_string_member(&writer, "journal", NULL);
    json_write_string_member(&writer, "state", "none");
    json_write_end(&writer);
    buffer_append_string(&cli->out, "\n");
}

/* Takes the path of a journal. */
static int answer_of(struct cli *cli, const struct request *request, char *path)
{
    struct error error;
    char *onto = request->onto ? source_find(request->onto, cli->registry, &error) : NULL;
    if (request->onto && !onto) {
        cli_complain(cli, request->onto, &error);
        free(path);
        return EXIT_TROUBLE;
    }
    struct look look = look_at(path, onto);
    int status = answer(cli, request, &look);
    look_done(&look);
    free(onto);
    return status;
}

static int journal(struct cli *cli, const struct request *request, const char *folder)
{
    char *path;
    if (!request->file)
        return list_all(cli, folder);
    if (!find_journal(cli, folder, request->file, &path))
        return complain_of_folder(cli, folder);
    if (!path) {
        cli_say(cli, "%s: no session left unsaved edits of it", request->file);
        if (cli->json)
            write_none(cli, request->file);
        return EXIT_NO;
    }
    return answer_of(cli, request, path);
}

static int read_request(struct cli *cli, int argc, char **argv, struct request *request)
{
    static const struct option longs[] = {
        {"apply", no_argument, NULL, OPTION_APPLY},
        {"over", no_argument, NULL, OPTION_OVER},
        {"drop", no_argument, NULL, OPTION_DROP},
        {"onto", required_argument, NULL, OPTION_ONTO},
        OPTIONS_CSV,
    };
    static const struct option_set own = {"", longs, sizeof longs / sizeof *longs};
    int option;
    options_begin();
    while ((option = options_next(cli, argc, argv, &own)) >= 0) {
        request->apply |= option == OPTION_APPLY;
        request->over |= option == OPTION_OVER;
        request->drop |= option == OPTION_DROP;
        if (option == OPTION_ONTO)
            request->onto = optarg;
    }
    if (option != OPTIONS_END)
        return option;
    request->file = optind < argc ? argv[optind] : NULL;
    if (cli->csv && request->file) {
        cli_misuse(cli, "--csv lists journals: without a FILE");
        return OPTIONS_WRONG;
    }
    bool deed = request->apply || request->drop || request->over || request->onto;
    if (argc - optind > 1 || (deed && !request->file) ||
        (request->drop && (request->apply || request->onto))) {
        cli_misuse(cli, "journal wants at most one FILE, and one for --apply or --drop");
        return OPTIONS_WRONG;
    }
    return OPTIONS_END;
}

static int run(struct cli *cli, int argc, char **argv)
{
    struct request request = {0};
    int ended = read_request(cli, argc, argv, &request);
    if (ended != OPTIONS_END)
        return options_status(ended);
    char *folder = folder_state();
    if (!folder) {
        cli_say(cli, "neither XDG_STATE_HOME nor HOME says where journals are");
        return EXIT_TROUBLE;
    }
    int status = journal(cli, &request, folder);
    free(folder);
    return status;
}

const struct command command_journal = {
    .name = "journal",
    .usage = "journal [FILE]",
    .help = "Edits that a session of the explorer made and did not save, since it was killed\n"
            "or the power failed. Without FILE: which files have any. With FILE: the diff\n"
            "that they would make in it; exit status 1 where there are none, or where the\n"
            "file has since changed in the same place.\n"
            "\n"
            "  --apply               writes them into the file\n"
            "  --over                also where the file has changed there, too, or is gone\n"
            "  --onto FILE           for this file, which that one was moved to\n"
            "  --drop                removes them for good\n"
            "  --csv                 without FILE: comma-separated values, a row a journal\n",
    .run = run,
};
