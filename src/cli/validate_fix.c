/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Applies remedies to one file, by the way that every save goes. */
#include "cli/validate_fix.h"

#include "calibration/store.h"
#include "cli/save.h"

static size_t count_fixable(const struct findings *findings)
{
    size_t count = 0;
    for (size_t i = 0; i < findings->count; i++)
        count += findings->items[i].fixable;
    return count;
}

/* NULL, said, where the file cannot be written. */
static struct calibration *write_fixed(struct validate_answer *answer,
                                       struct validate_result *result,
                                       const struct calibration *calibration,
                                       const struct buffer *now)
{
    struct error error;
    struct calibration *loaded = NULL;
    struct save save = {.file = result->file, .path = result->path, .calibration = calibration};
    answer->status = save_check(answer->cli, &save) ? EXIT_TROUBLE : answer->status;
    if (!result->path)
        return NULL;
    enum status status = store_replace(result->path, calibration, now, &loaded, &error);
    if (status) {
        cli_complain(answer->cli, result->path, &error);
        answer->status = EXIT_TROUBLE;
    }
    result->written = loaded != NULL;
    answer->cli->saved = answer->cli->saved || result->written;
    return loaded;
}

void validate_fix(struct validate_answer *answer, struct validate_result *result,
                  const struct findings *before, struct calibration **calibration)
{
    const struct validate_request *request = &answer->request;
    struct calibration *fixed = NULL;
    struct buffer now = {0};
    size_t count = count_fixable(before);
    if (count == 0)
        return;
    check_fix(*calibration, &now);
    if (request->dry_run)
        calibration_read(now.bytes, now.length, &fixed, NULL);
    else
        fixed = write_fixed(answer, result, *calibration, &now);
    if (fixed) {
        if (!answer->cli->json && !(request->sarif && !request->sarif_file))
            save_print_diff(answer->cli, result->file, *calibration, &now);
        calibration_free(*calibration);
        *calibration = fixed;
        result->fixed = count;
    }
    buffer_done(&now);
}
