/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saving the fit that `calscope fit --save` asks for. */
#include "base/number.h"
#include "cli/fit_request.h"
#include "cli/save.h"
#include "report/adoption.h"

/* What a reader of the file makes of the curve_type just written. */
static void warn_of_readers(const struct cli *cli, const struct fit *fit)
{
    struct buffer text = {0};
    adoption_warn_of_readers(fit_model_name(fit->model), &text);
    cli_say(cli, "%s", text.bytes);
    buffer_done(&text);
}

/* The version that a save writes; NULL, said, where the fit must not be saved. */
static struct curve_version *make_version(const struct cli *cli, const struct fit_request *request,
                                          const struct fit_result *result)
{
    const struct fit *fit = result->laboratory->fits[0];
    const char *name = fit_model_name(fit->model);
    const struct adoption adoption = {
        .sampling = {result->laboratory->low, result->laboratory->high, request->tolerance},
        .as_model = request->as_model};
    double bad_flops = 0;
    if (fit->status != FIT_OK) {
        cli_say(cli, "%s: %s: the %s fit is %s: not saved", result->file, result->curve->name, name,
                fit_status_name(fit->status));
        return NULL;
    }
    struct curve_version *version = adoption_version(fit, &adoption, &bad_flops);
    if (!version) {
        char size[NUMBER_TEXT_MAX];
        number_print_si(bad_flops, 4, size);
        cli_say(cli, "%s: %s: the %s fit is not positive at %s %s: not saved", result->file,
                result->curve->name, name, size, calibration_unit(result->curve));
    }
    return version;
}

static int save_version(struct cli *cli, const struct fit_request *request,
                        const struct fit_result *result, struct curve_version *version)
{
    const struct calibration *calibration = result->calibration;
    struct session *session = session_new(calibration);
    struct save save = {.file = result->file,
                        .path = result->path,
                        .calibration = calibration,
                        .session = session,
                        .note = request->note,
                        .dry_run = request->dry_run};
    struct error error;
    bool written = false, parametric = version->parameters != NULL;
    int status = EXIT_NO;
    if (session_commit(session, (size_t)(result->curve - calibration->curves), version, "fitted",
                       &error))
        cli_say(cli, "%s: %s: %s: not saved", result->file, result->curve->name, error.message);
    else
        status = save_run(cli, &save, &written);
    if (written && parametric)
        warn_of_readers(cli, result->laboratory->fits[0]);
    if (written)
        cli_say(cli, "wrote %s", result->path);
    session_free(session);
    return status;
}

static void say_of(const struct cli *cli, const struct fit_result *result, struct buffer *text)
{
    if (text->length > 0)
        cli_say(cli, "%s: %s: the %s fit: %s", result->file, result->curve->name,
                fit_model_name(result->laboratory->fits[0]->model), text->bytes);
    buffer_done(text);
}

/* What who reads latencies off the file had better know: neither status nor R^2 tells it. */
static void warn_of_latency(const struct cli *cli, const struct fit_request *request,
                            const struct fit_result *result)
{
    const struct fit *fit = result->laboratory->fits[0];
    struct buffer latency = {0}, falling = {0};
    laboratory_tell_latency(result->laboratory, fit, &latency);
    say_of(cli, result, &latency);
    laboratory_tell_falling(result->laboratory, fit, request->tolerance, cli->charset, &falling);
    say_of(cli, result, &falling);
}

/* The file tells it nowhere, and its statistics are those of all points. */
static void tell_left_out(const struct cli *cli, const struct fit_result *result)
{
    struct buffer text = {0};
    if (adoption_tell_left_out(result->laboratory, result->curve, &text))
        cli_say(cli, "%s: %s: %s; the r_squared written is that of all points", result->file,
                result->curve->name, text.bytes);
    buffer_done(&text);
}

int fit_save(struct cli *cli, const struct fit_request *request, const struct fit_result *result)
{
    struct curve_version *version = make_version(cli, request, result);
    if (!version)
        return EXIT_NO;
    warn_of_latency(cli, request, result);
    tell_left_out(cli, result);
    return save_version(cli, request, result, version);
}
