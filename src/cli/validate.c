/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * calscope validate PATH...: the findings of the rules, for files and whole registries.
 *
 * JSON: {"files":[{"file","errors","warnings","findings":[{"severity","rule","path","line",
 * "column","message","remedy","fixable"}],"fixed","written"}]}; errors and warnings are counts,
 * remedy is null where there is nothing to do. A document that cannot be read is an error finding
 * of the rule "unreadable"; its line and column are null where there is no place. With --fix
 * findings are those that remain, fixed counts the others. --rules:
 * {"rules":[{"rule","severity","fixable", "description","remedy"}]}.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/folders.h"
#include "calibration/registry.h"
#include "calibration/source.h"
#include "cli/options.h"
#include "cli/validate_fix.h"

enum { OPTION_RULES = OPTION_OWN, OPTION_FIX, OPTION_DRY_RUN, OPTION_SARIF };

static const struct option longs[] = {
    {"rules", no_argument, NULL, OPTION_RULES},
    {"fix", no_argument, NULL, OPTION_FIX},
    {"dry-run", no_argument, NULL, OPTION_DRY_RUN},
    {"sarif", optional_argument, NULL, OPTION_SARIF},
    OPTIONS_NAMES,
};
static const struct option_set own = {"0", longs, sizeof longs / sizeof *longs};

/* A document that breaks JSON answers no; one that the system does not give up is trouble. */
static void add_unreadable(struct validate_answer *answer, const char *file, const char *path,
                           const struct error *error)
{
    struct findings findings = {0};
    findings_add(&findings, &(struct finding){.severity = SEVERITY_ERROR,
                                              .rule = "unreadable",
                                              .message = (char *)error->message,
                                              .path = (char *)error->path,
                                              .line = error->line,
                                              .column = error->column});
    validate_add(answer,
                 &(struct validate_result){.file = file, .path = path, .findings = &findings});
    check_done(&findings);
    if (error->status != STATUS_INVALID) {
        cli_complain(answer->cli, file, error);
        answer->status = EXIT_TROUBLE;
    }
}

/*
 * Takes the calibration over. path is the file's own, where it has one: its folder says what its id
 * should be.
 */
static void add_calibration(struct validate_answer *answer, const char *file, const char *path,
                            struct calibration *calibration)
{
    struct findings findings = {0};
    struct validate_result result = {.file = file, .path = path, .findings = &findings};
    char *expected_id = check_folder_id(path, calibration);
    check_calibration(calibration, expected_id, &findings);
    if (answer->request.fix) {
        validate_fix(answer, &result, &findings, &calibration);
        check_done(&findings);
        check_calibration(calibration, expected_id, &findings);
    }
    validate_add(answer, &result);
    check_done(&findings);
    free(expected_id);
    calibration_free(calibration);
}

static void add_file(struct validate_answer *answer, const char *argument)
{
    struct calibration *calibration;
    struct error error = {0};
    char *path = NULL;
    if (source_load(argument, answer->cli->registry, &calibration, &path, &error))
        add_unreadable(answer, argument, path, &error);
    else
        add_calibration(answer, argument, path, calibration);
    free(path);
}

static bool is_link(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
}

static void add_entry(struct validate_answer *answer, const struct registry_entry *entry)
{
    struct calibration *calibration;
    struct error error = {0};
    if (entry->broken && (is_link(entry->path) || folder_exists(entry->path))) {
        /* the scan does not follow every link nor read every folder, and says why */
        error_set(&error, folder_exists(entry->path) ? STATUS_IO : STATUS_INVALID, "%s",
                  entry->message);
        add_unreadable(answer, entry->path, entry->path, &error);
    } else if (calibration_load(entry->path, &calibration, &error)) {
        add_unreadable(answer, entry->path, entry->path, &error);
    } else {
        add_calibration(answer, entry->path, entry->path, calibration);
    }
}

static void add_folder(struct validate_answer *answer, const char *path)
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

static int add_path(void *context, const char *path)
{
    struct validate_answer *answer = (struct validate_answer *)context;
    if (folder_exists(path))
        add_folder(answer, path);
    else
        add_file(answer, path);
    return EXIT_FINE; /* the answer keeps its status by itself */
}

/* Returns how the options ended; see options.h. */
static int read_options(struct cli *cli, int argc, char **argv, struct validate_request *request)
{
    int option;
    while ((option = options_next(cli, argc, argv, &own)) >= 0) {
        request->rules |= option == OPTION_RULES;
        request->fix |= option == OPTION_FIX || option == OPTION_DRY_RUN;
        request->dry_run |= option == OPTION_DRY_RUN;
        if (option == OPTION_SARIF) {
            request->sarif = true;
            request->sarif_file = optarg;
        }
        if (option == '0')
            cli->names = "-";
    }
    return option;
}

/* EXIT_TROUBLE, said, where the arguments do not go together. */
static int check_request(const struct cli *cli, const struct validate_request *request,
                         int path_count)
{
    if (request->sarif_file && !*request->sarif_file)
        return cli_misuse(cli, "--sarif= wants a FILE");
    if (cli->json && request->sarif && !request->sarif_file)
        return cli_misuse(cli, "--json and --sarif both want to be the answer: --sarif=FILE");
    if (cli->names && path_count > 0)
        return cli_misuse(cli, "names come from %s: no PATH beside them", cli->names);
    if (!cli->names && path_count == 0 && !request->rules)
        return cli_misuse(cli, "validate wants at least one PATH");
    return EXIT_FINE;
}

static int run(struct cli *cli, int argc, char **argv)
{
    struct validate_answer answer = {.cli = cli};
    options_begin();
    int option = read_options(cli, argc, argv, &answer.request);
    if (option != OPTIONS_END)
        return options_status(option);
    int wrong = check_request(cli, &answer.request, argc - optind);
    if (wrong)
        return wrong;
    if (answer.request.rules) {
        validate_print_rules(cli);
        return EXIT_FINE;
    }
    validate_begin(&answer);
    int listed = options_each_name(cli, argv + optind, argc - optind, add_path, &answer);
    answer.status = listed > answer.status ? listed : answer.status;
    return validate_end(&answer);
}

const struct command command_validate = {
    .name = "validate",
    .usage = "validate PATH...",
    .help = "Checks files or whole registries. A finding is a line\n"
            "FILE:LINE:COLUMN: SEVERITY: PATH: MESSAGE [RULE]; status 1 if errors remain.\n"
            "  --rules                 lists the rules, and which of them --fix mends\n"
            "  --fix                   mends what can be mended without loss, shows the diff\n"
            "  --dry-run               shows what --fix would do and what would remain\n"
            "  --sarif, --sarif=FILE   SARIF 2.1.0 for code hosts, as answer or in FILE\n"
            "  -0, --files0-from FILE  NUL-ended names, from standard input or FILE\n",
    .run = run,
};
