/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * calscope tune FILE -c CURVE OP...: edits a curve's breakpoints and writes the file.
 *
 * JSON: {"file","curve","written","breakpoints":[[flops,efficiency]...],"r_squared",
 * "residual_std","max_residual"}: the curve after the edits, its statistics over the data points,
 * and whether the file changed.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "cli/options.h"
#include "cli/save.h"

enum operation_kind {
    OPERATION_SET = OPTION_OWN,
    OPERATION_INSERT,
    OPERATION_DELETE,
    OPERATION_SCALE,
    OPTION_DRY_RUN,
    OPTION_NOTE
};

/* One edit from the command line. */
struct operation {
    enum operation_kind kind;
    size_t index;
    struct breakpoint value;
    double factor;
};

/* Owns operations. */
struct request {
    const char *file, *curve_name, *note;
    bool dry_run;
    struct operation *operations;
    size_t count;
};

static bool read_breakpoint(const char *text, struct breakpoint *value)
{
    const char *colon = strchr(text, ':');
    if (!colon)
        return false;
    char *size = memory_print("%.*s", (int)(colon - text), text);
    bool good = number_parse_size(size, &value->flops) &&
                number_parse(colon + 1, strlen(colon + 1), &value->efficiency);
    free(size);
    return good;
}

static bool read_index(const char *text, size_t length, size_t *index)
{
    *index = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9' || i >= 9)
            return false;
        *index = *index * 10 + (size_t)(text[i] - '0');
    }
    return length > 0;
}

static bool read_operation(const struct cli *cli, int kind, const char *text,
                           struct operation *operation)
{
    static const char *const forms[] = {
        "--set wants I=FLOPS:EFFICIENCY", "--insert wants FLOPS:EFFICIENCY",
        "--delete wants a breakpoint's number from 0", "--scale wants a positive factor"};
    const char *equals = strchr(text, '=');
    bool good = false;
    operation->kind = (enum operation_kind)kind;
    switch (operation->kind) {
    case OPERATION_SET:
        good = equals && read_index(text, (size_t)(equals - text), &operation->index) &&
               read_breakpoint(equals + 1, &operation->value);
        break;
    case OPERATION_INSERT:
        good = read_breakpoint(text, &operation->value);
        break;
    case OPERATION_DELETE:
        good = read_index(text, strlen(text), &operation->index);
        break;
    default:
        good = number_parse(text, strlen(text), &operation->factor) && operation->factor > 0;
    }
    if (!good)
        cli_misuse(cli, "%s, not `%s`", forms[kind - OPERATION_SET], text);
    return good;
}

static enum status apply(const struct curve_version *from, const struct operation *operation,
                         struct curve_version **out, struct error *error)
{
    switch (operation->kind) {
    case OPERATION_SET:
        return edit_set(from, operation->index, operation->value, out, error);
    case OPERATION_INSERT:
        return edit_insert(from, operation->value, out, NULL, error);
    case OPERATION_DELETE:
        return edit_delete(from, operation->index, out, error);
    default:
        return edit_scale(from, operation->factor, out, error);
    }
}

static int apply_all(const struct cli *cli, const struct request *request, struct session *session,
                     size_t curve)
{
    for (size_t i = 0; i < request->count; i++) {
        struct curve_version *next;
        struct error error;
        enum status status =
            apply(session_current(session, curve), &request->operations[i], &next, &error);
        if (!status)
            status = session_commit(session, curve, next, "tuned", &error);
        if (status) {
            cli_say(cli, "%s: edit %zu refused: %s", request->file, i + 1, error.message);
            return EXIT_TROUBLE;
        }
    }
    return EXIT_FINE;
}

static void answer(struct cli *cli, const struct request *request,
                   const struct calibration_curve *curve, const struct curve_version *version,
                   bool written)
{
    struct curve now = version_curve(version);
    struct curve_statistics statistics;
    curve_statistics(&now, &curve->means, &statistics, NULL);
    if (cli->json) {
        struct json_writer writer = {.out = &cli->out};
        json_write_object(&writer);
        json_write_string_member(&writer, "file", request->file);
        json_write_string_member(&writer, "curve", curve->name);
        json_write_bool_member(&writer, "written", written);
        json_write_key(&writer, "breakpoints");
        cli_write_breakpoints(&writer, now.breakpoints, now.count);
        json_write_number_member(&writer, "r_squared", statistics.r_squared);
        json_write_number_member(&writer, "residual_std", statistics.residual_std);
        json_write_number_member(&writer, "max_residual", statistics.max_residual);
        json_write_end(&writer);
        buffer_append_string(&cli->out, "\n");
    } else if (written) {
        char r_squared[NUMBER_TEXT_MAX], spread[NUMBER_TEXT_MAX], largest[NUMBER_TEXT_MAX];
        number_print_short(statistics.r_squared, 5, r_squared);
        number_print_short(statistics.residual_std, 4, spread);
        number_print_short(statistics.max_residual, 4, largest);
        cli_print(cli,
                  "wrote %s: %s has %zu breakpoints, r_squared %s, residual_std %s, "
                  "max_residual %s\n",
                  request->file, curve->name, now.count, r_squared, spread, largest);
    }
}

static int tune_curve(struct cli *cli, const struct request *request, const char *path,
                      const struct calibration *calibration, const struct calibration_curve *curve)
{
    struct session *session = session_new(calibration);
    size_t index = (size_t)(curve - calibration->curves);
    struct save save = {request->file, path, calibration, session, request->note, request->dry_run};
    bool written = false;
    int status = save_check(cli, &save);
    if (status == EXIT_FINE)
        status = apply_all(cli, request, session, index);
    if (status == EXIT_FINE)
        status = save_run(cli, &save, &written);
    if (status == EXIT_FINE)
        answer(cli, request, curve, session_current(session, index), written);
    session_free(session);
    return status;
}

static int tune(struct cli *cli, const struct request *request)
{
    char *path = NULL;
    struct calibration *calibration = cli_load(cli, request->file, &path);
    if (!calibration)
        return EXIT_TROUBLE;
    const struct calibration_curve *curve =
        cli_find_curve(cli, request->file, calibration, request->curve_name);
    int status = curve ? tune_curve(cli, request, path, calibration, curve) : EXIT_TROUBLE;
    calibration_free(calibration);
    free(path);
    return status;
}

static bool take_option(const struct cli *cli, int option, struct request *request)
{
    switch (option) {
    case 'c':
        request->curve_name = optarg;
        return true;
    case OPTION_DRY_RUN:
        request->dry_run = true;
        return true;
    case OPTION_NOTE:
        request->note = optarg;
        return true;
    default:
        return read_operation(cli, option, optarg, &request->operations[request->count++]);
    }
}

static int read_request(struct cli *cli, int argc, char **argv, struct request *request)
{
    static const struct option longs[] = {
        {"curve", required_argument, NULL, 'c'},
        {"set", required_argument, NULL, OPERATION_SET},
        {"insert", required_argument, NULL, OPERATION_INSERT},
        {"delete", required_argument, NULL, OPERATION_DELETE},
        {"scale", required_argument, NULL, OPERATION_SCALE},
        {"dry-run", no_argument, NULL, OPTION_DRY_RUN},
        {"note", required_argument, NULL, OPTION_NOTE},
    };
    static const struct option_set own = {"c:", longs, sizeof longs / sizeof *longs};
    int option;
    options_begin();
    while ((option = options_next(cli, argc, argv, &own)) >= 0)
        if (!take_option(cli, option, request))
            return OPTIONS_WRONG;
    if (option != OPTIONS_END)
        return option;
    if (argc - optind != 1 || request->count == 0) {
        cli_misuse(cli, "tune wants one FILE and at least one edit");
        return OPTIONS_WRONG;
    }
    request->file = argv[optind];
    return OPTIONS_END;
}

static int run(struct cli *cli, int argc, char **argv)
{
    struct request request = {0};
    request.operations = memory_new_array((size_t)argc, sizeof *request.operations);
    int ended = read_request(cli, argc, argv, &request);
    int status = ended == OPTIONS_END ? tune(cli, &request) : options_status(ended);
    free(request.operations);
    return status;
}

const struct command command_tune = {
    .name = "tune",
    .usage = "tune FILE -c CURVE OP...",
    .help = "Edits the breakpoints of a curve and writes the file: only what changed, and the\n"
            "curve's recomputed statistics. Edits apply in the order given.\n"
            "\n"
            "  -c, --curve CURVE     which curve (may be left out where the file has one)\n"
            "  --set I=FLOPS:EFF     moves breakpoint I, from 0\n"
            "  --insert FLOPS:EFF    inserts one\n"
            "  --delete I            removes one\n"
            "  --scale FACTOR        multiplies every efficiency, to six digits\n"
            "  --dry-run             prints the diff of the file and writes nothing\n"
            "  --note TEXT           why, dated, into the curve's notes\n",
    .run = run,
};
