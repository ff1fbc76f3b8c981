/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * calscope validate PATH...: the findings of the rules, for files and whole registries.
 *
 * JSON: {"files":[{"file","errors","warnings","findings":[{"severity","rule","path","line",
 * "column","message"}]}]}; errors and warnings are counts. A document that cannot be read is an
 * error finding of the rule "unreadable"; its line and column are null where there is no place.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "calibration/registry.h"
#include "calibration/source.h"
#include "check/check.h"
#include "cli/options.h"

/* The answer as it grows, file by file. */
struct answer {
    struct cli *cli;
    struct json_writer writer;
    size_t files, errors, warnings, notes;
    int status;
};

static void write_place(struct json_writer *writer, const char *key, size_t number)
{
    json_write_key(writer, key);
    if (number)
        json_write_count(writer, number);
    else
        json_write_null(writer);
}

static void write_file(struct json_writer *writer, const char *file,
                       const struct findings *findings)
{
    json_write_object(writer);
    json_write_string_member(writer, "file", file);
    json_write_count_member(writer, "errors", findings->counts[SEVERITY_ERROR]);
    json_write_count_member(writer, "warnings", findings->counts[SEVERITY_WARNING]);
    json_write_key(writer, "findings");
    json_write_array(writer);
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        json_write_object(writer);
        json_write_string_member(writer, "severity", severity_name(finding->severity));
        json_write_string_member(writer, "rule", finding->rule);
        json_write_string_member(writer, "path", finding->path);
        write_place(writer, "line", finding->line);
        write_place(writer, "column", finding->column);
        json_write_string_member(writer, "message", finding->message);
        json_write_end(writer);
    }
    json_write_end(writer);
    json_write_end(writer);
}

static void print_file(struct cli *cli, const char *file, const struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        cli_print(cli, "%s:", file);
        if (finding->line)
            cli_print(cli, "%zu:%zu:", finding->line, finding->column);
        cli_print(cli, " %s: %s%s%s [%s]\n", severity_name(finding->severity), finding->path,
                  *finding->path ? ": " : "", finding->message, finding->rule);
    }
}

static void add_findings(struct answer *answer, const char *file, const struct findings *findings)
{
    answer->files++;
    answer->errors += findings->counts[SEVERITY_ERROR];
    answer->warnings += findings->counts[SEVERITY_WARNING];
    answer->notes += findings->counts[SEVERITY_NOTE];
    if (answer->cli->json)
        write_file(&answer->writer, file, findings);
    else
        print_file(answer->cli, file, findings);
}

/* A document that breaks JSON answers no; one that the system does not give up is trouble. */
static void add_unreadable(struct answer *answer, const char *file, const struct error *error)
{
    struct findings findings = {0};
    findings_add(&findings, &(struct finding){.severity = SEVERITY_ERROR,
                                              .rule = "unreadable",
                                              .message = (char *)error->message,
                                              .path = (char *)error->path,
                                              .line = error->line,
                                              .column = error->column});
    add_findings(answer, file, &findings);
    check_done(&findings);
    if (error->status != STATUS_INVALID) {
        cli_complain(answer->cli, file, error);
        answer->status = EXIT_TROUBLE;
    }
}

/* path is the file's own, where it has one: its folder says what its id should be. */
static void add_calibration(struct answer *answer, const char *file, const char *path,
                            const struct calibration *calibration)
{
    struct findings findings = {0};
    char *expected_id = check_folder_id(path, calibration);
    check_calibration(calibration, expected_id, &findings);
    add_findings(answer, file, &findings);
    check_done(&findings);
    free(expected_id);
}

static void add_file(struct answer *answer, const char *argument)
{
    struct calibration *calibration;
    struct error error = {0};
    char *path = NULL;
    if (source_load(argument, answer->cli->registry, &calibration, &path, &error)) {
        add_unreadable(answer, argument, &error);
        return;
    }
    add_calibration(answer, argument, path, calibration);
    calibration_free(calibration);
    free(path);
}

static bool is_link(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
}

static bool is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static void add_entry(struct answer *answer, const struct registry_entry *entry)
{
    struct calibration *calibration;
    struct error error = {0};
    if (entry->broken && (is_link(entry->path) || is_folder(entry->path))) {
        /* the scan does not follow every link nor read every folder, and says why */
        error_set(&error, is_folder(entry->path) ? STATUS_IO : STATUS_INVALID, "%s",
                  entry->message);
        add_unreadable(answer, entry->path, &error);
    } else if (calibration_load(entry->path, &calibration, &error)) {
        add_unreadable(answer, entry->path, &error);
    } else {
        add_calibration(answer, entry->path, entry->path, calibration);
        calibration_free(calibration);
    }
}

static void add_folder(struct answer *answer, const char *path)
{
    struct registry *registry;
    struct error error = {0};
    if (registry_open(path, &registry, &error)) {
        cli_complain(answer->cli, path, &error);
        answer->status = EXIT_TROUBLE;
        return;
    }
    registry_scan(registry);
    for (size_t i = 0; i < registry_count(registry); i++)
        add_entry(answer, registry_at(registry, i));
    if (registry_count(registry) == 0) {
        cli_say(answer->cli, "%s: no %s below it", path, REGISTRY_FILE_NAME);
        answer->status = EXIT_TROUBLE;
    }
    registry_free(registry);
}

static void begin(struct answer *answer)
{
    answer->writer.out = &answer->cli->out;
    if (!answer->cli->json)
        return;
    json_write_object(&answer->writer);
    json_write_key(&answer->writer, "files");
    json_write_array(&answer->writer);
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static void end(struct answer *answer)
{
    if (answer->cli->json) {
        json_write_end(&answer->writer);
        json_write_end(&answer->writer);
        buffer_append_string(&answer->cli->out, "\n");
        return;
    }
    cli_print(answer->cli, "%zu file%s: %zu error%s, %zu warning%s, %zu note%s\n", answer->files,
              plural(answer->files), answer->errors, plural(answer->errors), answer->warnings,
              plural(answer->warnings), answer->notes, plural(answer->notes));
}

static int run(struct cli *cli, int argc, char **argv)
{
    struct answer answer = {.cli = cli};
    options_begin();
    int option = options_next(cli, argc, argv, NULL);
    if (option != OPTIONS_END)
        return options_status(option);
    if (optind == argc)
        return cli_misuse(cli, "validate wants at least one PATH");
    begin(&answer);
    for (int i = optind; i < argc; i++) {
        if (is_folder(argv[i]))
            add_folder(&answer, argv[i]);
        else
            add_file(&answer, argv[i]);
    }
    end(&answer);
    if (answer.status == EXIT_FINE && answer.errors > 0)
        return EXIT_NO;
    return answer.status;
}

const struct command command_validate = {
    .name = "validate",
    .usage = "validate PATH...",
    .help = "Checks files or whole registries against the schema and against themselves. Each\n"
            "finding is a line FILE:LINE:COLUMN: SEVERITY: PATH: MESSAGE [RULE]. Errors break the\n"
            "schema; warnings are legal but probably not meant; notes are worth knowing.\n"
            "Exit status 1 if there are errors.\n",
    .run = run,
};
