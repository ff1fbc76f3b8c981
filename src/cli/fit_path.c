/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Refitting the curves of one file or of a registry, answering, and saving what was asked for. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "calibration/registry.h"
#include "cli/fit_request.h"
#include "cli/save.h"
#include "report/table.h"

/* One path's run. Everything is borrowed but the table. */
struct run {
    struct cli *cli;
    const struct fit_request *request;
    struct table *table; /* of a registry: a row a curve; NULL: a paragraph a curve, or JSON */
    const char *id;      /* of the device in hand, for that */
    size_t curves;       /* fitted so far */
    int status;          /* the worst so far */
};

static void worsen(struct run *run, int status)
{
    if (status > run->status)
        run->status = status;
}

/* --exclude counts in data_points, some of which may be unusable. */
static bool *left_out_points(const struct fit_request *request,
                             const struct calibration_curve *curve)
{
    bool *left_out = memory_new_array(curve->means.count, sizeof *left_out);
    for (size_t i = 0; i < curve->means.count; i++)
        for (size_t k = 0; k < request->excluded_count; k++)
            left_out[i] |= request->excluded[k] == curve->points[i].index;
    return left_out;
}

/* An excluded point that is none would leave nothing out, unsaid. */
static enum status check_excluded(const struct fit_request *request,
                                  const struct calibration *calibration,
                                  const struct calibration_curve *curve, struct error *error)
{
    const struct json_value *points =
        json_member(calibration->document, curve->value, "data_points");
    size_t count = points ? json_value_count(points) : 0;
    for (size_t k = 0; k < request->excluded_count; k++)
        if (request->excluded[k] >= count)
            return error_set(error, STATUS_REFUSED,
                             "there is no data point %zu to exclude: of %zu they count from 0",
                             request->excluded[k], count);
    return STATUS_OK;
}

static enum status make_laboratory(const struct fit_request *request,
                                   const struct calibration_curve *curve, struct laboratory **out,
                                   struct error *error)
{
    bool *left_out = left_out_points(request, curve);
    struct laboratory_options options = {request->model, left_out, request->weights,
                                         request->options};
    enum status status = laboratory_new(curve, &options, out, error);
    free(left_out);
    return status;
}

/* A dry run answers with the diff alone. */
static void answer(struct run *run, const struct fit_result *result)
{
    const struct fit_request *request = run->request;
    bool diff_only = request->save && request->dry_run;
    if (run->cli->json)
        fit_answer_json(run->cli, result, request);
    else if (run->cli->csv)
        fit_answer_csv(run->cli, result, request);
    else if (run->table)
        fit_answer_row(run->table, run->id, result);
    else if (!diff_only)
        fit_answer_text(run->cli, result, request);
}

/* result: without its laboratory, which is made here. */
static void fit_curve(struct run *run, struct fit_result result)
{
    const char *file = result.file, *name = result.curve->name;
    const struct fit_request *request = run->request;
    run->curves++;
    struct error error;
    if (check_excluded(request, result.calibration, result.curve, &error)) {
        cli_say(run->cli, "%s: %s: %s", file, name, error.message);
        worsen(run, EXIT_TROUBLE);
        return;
    }
    if (make_laboratory(request, result.curve, &result.laboratory, &error)) {
        cli_say(run->cli, "%s: %s: %s; use -w none or --exclude", file, name, error.message);
        worsen(run, EXIT_TROUBLE);
        return;
    }
    answer(run, &result);
    if (request->model && result.laboratory->fits[0]->status != FIT_OK)
        worsen(run, EXIT_NO);
    if (request->save)
        worsen(run, fit_save(run->cli, request, &result));
    laboratory_free(result.laboratory);
}

static void fit_curves(struct run *run, const char *file, const char *path,
                       const struct calibration *calibration)
{
    const char *name = run->request->curve_name;
    for (size_t i = 0; i < calibration->curve_count; i++)
        if (!name || strcmp(calibration->curves[i].name, name) == 0)
            fit_curve(run, (struct fit_result){.file = file,
                                               .path = path,
                                               .calibration = calibration,
                                               .curve = &calibration->curves[i]});
}

/* Whether the request names one curve where it must: to leave out points, to save. */
static bool fits_one_curve(const struct run *run, const char *file,
                           const struct calibration *calibration)
{
    const struct fit_request *request = run->request;
    if (!request->curve_name && calibration->curve_count != 1 &&
        (request->save || request->excluded_count)) {
        cli_misuse(run->cli, "%s wants one curve: name it with -c CURVE",
                   request->save ? "--save" : "--exclude");
        return false;
    }
    return !request->curve_name || cli_find_curve(run->cli, file, calibration, request->curve_name);
}

/* Nothing fitted is no answer. */
static void tell_if_none(struct run *run, const char *path)
{
    if (run->curves > 0)
        return;
    cli_say(run->cli, "%s: no curve%s%s to fit", path, run->request->curve_name ? " " : "",
            run->request->curve_name ? run->request->curve_name : "");
    worsen(run, EXIT_TROUBLE);
}

static void fit_file(struct run *run, const char *file)
{
    const struct fit_request *request = run->request;
    char *path = NULL;
    struct calibration *calibration = cli_load(run->cli, file, &path);
    if (!calibration) {
        worsen(run, EXIT_TROUBLE);
        return;
    }
    struct save save = {
        .file = file, .path = path, .calibration = calibration, .dry_run = request->dry_run};
    bool writable = !request->save || save_check(run->cli, &save) == EXIT_FINE;
    if (writable && fits_one_curve(run, file, calibration))
        fit_curves(run, file, path, calibration);
    else
        worsen(run, EXIT_TROUBLE);
    if (calibration->curve_count == 0)
        tell_if_none(run, file);
    calibration_free(calibration);
    free(path);
}

static void fit_entry(struct run *run, const struct registry_entry *entry)
{
    struct calibration *calibration;
    struct error error = {0};
    if (entry->broken) {
        cli_say(run->cli, "%s: %s", entry->path, entry->message);
        worsen(run, EXIT_TROUBLE);
    } else if (calibration_load(entry->path, &calibration, &error)) {
        cli_complain(run->cli, entry->path, &error);
        worsen(run, EXIT_TROUBLE);
    } else {
        fit_curves(run, entry->path, entry->path, calibration);
        calibration_free(calibration);
    }
}

/* One line that stays in its place, on a terminal alone; done without an id takes it away. */
static void show_progress(const struct run *run, size_t done, size_t count, const char *id)
{
    struct buffer line = {0};
    if (!isatty(fileno(run->cli->err)))
        return;
    if (id) {
        buffer_print(&line, "fitting %zu of %zu: ", done + 1, count);
        text_append(&line, id, strlen(id), run->cli->charset, 40);
    }
    fprintf(run->cli->err, "\r%s\033[K", buffer_string(&line));
    fflush(run->cli->err);
    buffer_done(&line);
}

static void fit_entries(struct run *run, const struct registry *registry)
{
    size_t count = registry_count(registry);
    for (size_t i = 0; i < count; i++) {
        const struct registry_entry *entry = registry_at(registry, i);
        show_progress(run, i, count, entry->id);
        run->id = entry->id;
        fit_entry(run, entry);
    }
    show_progress(run, count, count, NULL);
}

static void fit_registry(struct run *run, const char *path)
{
    struct registry *registry;
    struct error error = {0};
    if (registry_open(path, &registry, &error)) {
        cli_complain(run->cli, path, &error);
        worsen(run, EXIT_TROUBLE);
        return;
    }
    registry_scan(registry);
    run->table = run->cli->json || run->cli->csv ? NULL : fit_answer_table();
    fit_entries(run, registry);
    if (run->table && run->cli->out.length > 0)
        buffer_append_string(&run->cli->out, "\n");
    if (run->table && run->curves > 0)
        table_render(run->table, 0, run->cli->charset, &run->cli->out);
    table_free(run->table);
    run->table = NULL;
    tell_if_none(run, path);
    registry_free(registry);
}

int fit_path(struct cli *cli, const struct fit_request *request, const char *path)
{
    struct run run = {.cli = cli, .request = request};
    if (registry_is_folder(path))
        fit_registry(&run, path);
    else
        fit_file(&run, path);
    return run.status;
}
