/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Applies the remedies of the rules. One kind after another, each to the document that the one
 * before left: what is edited inside an item and the item's move never meet in one document.
 */
#include "base/buffer.h"
#include "check/checker.h"
#include "json/edit.h"

static void mend(const struct calibration *calibration, enum mending kind, struct buffer *out)
{
    struct findings findings = {0};
    struct checker checker = {calibration, calibration->document, &findings,
                              json_edits_new(calibration->document), kind};
    checker_run(&checker, NULL);
    json_edits_apply(checker.edits, out);
    json_edits_free(checker.edits);
    check_done(&findings);
}

void check_fix(const struct calibration *calibration, struct buffer *out)
{
    struct buffer now = {0};
    size_t length;
    const char *bytes = json_document_bytes(calibration->document, &length);
    buffer_append(&now, bytes, length);
    for (enum mending kind = 0; kind < MEND_COUNT; kind++) {
        struct calibration *left;
        struct error error;
        if (calibration_read(now.bytes, now.length, &left, &error))
            break; /* an edit of a document gives a document: never */
        buffer_truncate(&now, 0);
        mend(left, kind, &now);
        calibration_free(left);
    }
    buffer_append(out, now.bytes, now.length);
    buffer_done(&now);
}
