/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calscope diff A B [-c CURVE]: what differs between two calibrations, where, and how surely. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "cli/diff_request.h"
#include "cli/options.h"

enum { OPTION_MARGIN = OPTION_OWN, OPTION_N, OPTION_PEAKS, OPTION_FAIL_ON };

/* One curve of both; where only one side has it, that is the difference. */
static struct comparison *compare_named(const struct cli *cli, const struct diff_request *request,
                                        const struct calibration *a, const struct calibration *b)
{
    struct error error;
    const struct calibration_curve *in_a = calibration_find(a, request->curve_name, NULL);
    const struct calibration_curve *in_b = calibration_find(b, request->curve_name, &error);
    if (!in_a && !in_b) {
        cli_complain(cli, request->b, &error);
        return NULL;
    }
    return compare_curves(a, in_a, b, in_b, &request->options);
}

static int compare(struct cli *cli, const struct diff_request *request, const struct calibration *a,
                   const struct calibration *b)
{
    struct comparison *comparison = request->curve_name
                                        ? compare_named(cli, request, a, b)
                                        : compare_calibrations(a, b, &request->options);
    if (!comparison)
        return EXIT_TROUBLE;
    if (cli->json)
        diff_answer_json(cli, request, comparison);
    else if (cli->csv)
        diff_answer_csv(cli, comparison);
    else
        diff_answer_text(cli, request, comparison);
    bool no = comparison->differs;
    if (diff_has_gate(request)) {
        no = gate_count(&request->gate, comparison).tripped > 0;
        if (!cli->json)
            diff_tell_gate(cli, request, comparison);
    }
    comparison_free(comparison);
    return no ? EXIT_NO : EXIT_FINE;
}

static int load_and_compare(struct cli *cli, const struct diff_request *request)
{
    struct calibration *a = cli_load(cli, request->a, NULL);
    struct calibration *b = a ? cli_load(cli, request->b, NULL) : NULL;
    int status = a && b ? compare(cli, request, a, b) : EXIT_TROUBLE;
    calibration_free(a);
    calibration_free(b);
    return status;
}

/* "worse:10%" or "better:5". */
static bool take_gate(const struct cli *cli, const char *text, struct compare_gate *gate)
{
    static const char name[] = "--fail-on worse:PERCENT or better:PERCENT";
    if (strncmp(text, "better:", 7) == 0)
        return options_read_percent(cli, name, text + 7, &gate->better);
    if (strncmp(text, "worse:", 6) != 0) {
        cli_misuse(cli, "--fail-on is worse:PERCENT or better:PERCENT, not `%s`", text);
        return false;
    }
    if (!options_read_percent(cli, name, text + 6, &gate->worse))
        return false;
    if (gate->worse < 1)
        return true;
    cli_misuse(cli, "nothing is worse by 100 %% or more: `%s`", text);
    return false;
}

/* "2.66T,15.97T" */
static bool take_peaks(const struct cli *cli, const char *text, struct compare_options *options)
{
    const char *comma = strchr(text, ',');
    char *first = memory_print("%.*s", comma ? (int)(comma - text) : 0, text);
    bool good = comma && number_parse_size(first, &options->peak_a) &&
                number_parse_size(comma + 1, &options->peak_b) && options->peak_a > 0 &&
                options->peak_b > 0;
    free(first);
    if (!good)
        cli_misuse(cli, "--peaks wants two peaks in FLOPs per second, 2.66T,15.97T, not `%s`",
                   text);
    return good;
}

static bool take_count(const struct cli *cli, const char *text, struct compare_options *options)
{
    options->use_samples = strcmp(text, "samples") == 0;
    if (options->use_samples || strcmp(text, "observations") == 0)
        return true;
    cli_misuse(cli, "--n is observations or samples, not `%s`", text);
    return false;
}

static bool take_option(const struct cli *cli, int option, struct diff_request *request)
{
    switch (option) {
    case 'c':
        request->curve_name = optarg;
        return true;
    case OPTION_MARGIN:
        return options_read_percent(cli, "--margin", optarg, &request->options.margin);
    case OPTION_N:
        return take_count(cli, optarg, &request->options);
    case OPTION_PEAKS:
        return take_peaks(cli, optarg, &request->options);
    default:
        return take_gate(cli, optarg, &request->gate);
    }
}

static int run(struct cli *cli, int argc, char **argv)
{
    static const struct option longs[] = {
        {"curve", required_argument, NULL, 'c'},
        {"margin", required_argument, NULL, OPTION_MARGIN},
        {"n", required_argument, NULL, OPTION_N},
        {"peaks", required_argument, NULL, OPTION_PEAKS},
        {"fail-on", required_argument, NULL, OPTION_FAIL_ON},
        OPTIONS_CSV,
    };
    static const struct option_set own = {"c:", longs, sizeof longs / sizeof *longs};
    struct diff_request request = {.options = {.margin = 0.05}};
    int option;
    options_begin();
    while ((option = options_next(cli, argc, argv, &own)) >= 0)
        if (!take_option(cli, option, &request))
            return EXIT_TROUBLE;
    if (option != OPTIONS_END)
        return options_status(option);
    if (argc - optind != 2)
        return cli_misuse(cli, "diff wants two FILEs");
    request.a = argv[optind];
    request.b = argv[optind + 1];
    if (strcmp(request.a, "-") == 0 && strcmp(request.b, "-") == 0)
        return cli_misuse(cli, "standard input can be one side only");
    return load_and_compare(cli, &request);
}

const struct command command_diff = {
    .name = "diff",
    .usage = "diff A B [-c CURVE]",
    .help = "Compares two calibrations; ratios are B/A. Points of both at the same size are\n"
            "compared by Welch's test on the log ratio, Holm-adjusted over the table.\n"
            "Exit status 0 if nothing differs, 1 if anything does; with --fail-on 1 only if a\n"
            "point trips it: if its whole 95 % interval lies below 1 - PERCENT or above\n"
            "1 + PERCENT. Peaks are not in the files: efficiencies share a scale only where\n"
            "peaks do, so with --peaks achieved rates and milliseconds are compared.\n"
            "\n"
            "  -c, --curve CURVE   one curve only, with its shared points\n"
            "  --margin PERCENT    how close counts as the same (default 5)\n"
            "  --n WHICH           observations (default) or samples: the n of a mean\n"
            "  --peaks A,B         theoretical peaks of both, FLOPs a second: 2.66T,15.97T\n"
            "  --fail-on WHAT      worse:PERCENT, better:PERCENT or, given twice, both\n"
            "  --csv               the shared points as comma-separated values\n",
    .run = run,
};
