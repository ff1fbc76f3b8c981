/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holds the file, its folder and the program's words against each other. */
#include "verdict.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "folder.h"
#include "subject.h"

static bool holds(const char *path, const char *bytes, size_t length)
{
    size_t now_length = 0;
    char *now = folder_read("", path, &now_length);
    bool same = now && now_length == length && memcmp(now, bytes, length) == 0;
    free(now);
    return same;
}

enum content verdict_content(const struct scratch *scratch, const char *saved, size_t length)
{
    bool is_old = holds(scratch->source, scratch->old, scratch->old_length);
    bool copies = strcmp(scratch->source, scratch->file) != 0;
    if (copies && !is_old)
        return CONTENT_TORN;
    if (copies ? !scratch_has_copy(scratch) : is_old)
        return CONTENT_OLD;
    return holds(scratch->file, saved, length) ? CONTENT_NEW : CONTENT_TORN;
}

const char *verdict_content_name(enum content content)
{
    static const char *const names[] = {"the old file", "the new file", "A TORN FILE"};
    return names[content];
}

/* Whether the program's words fit the file. NULL if they do. */
static const char *compare_words(const struct outcome *outcome, enum content content)
{
    bool saved = outcome->claim == CLAIM_SAVED || outcome->claim == CLAIM_UNSYNCED;
    if (content == CONTENT_TORN)
        return "torn";
    if (outcome->claim == CLAIM_NONE)
        return "the exit status or the message is wrong";
    if (saved != (content == CONTENT_NEW))
        return "what it says of the file is not so";
    return NULL;
}

const char *verdict_ended(const struct scratch *scratch, const struct outcome *outcome,
                          enum content content)
{
    const char *wrong = compare_words(outcome, content);
    if (!wrong && scratch_leftovers(scratch) > 0)
        wrong = "a file is left over";
    if (!wrong && !scratch_kept_mode(scratch))
        wrong = "the mode is lost";
    return wrong;
}

/*
 * The next save works as if nothing had been. It is one to the same file, so a copy comes behind a
 * copy, and is refused where that is there already.
 */
static bool next_save_tidies_up(const struct scratch *scratch)
{
    bool copies = strcmp(scratch->source, scratch->file) != 0, has_copy = scratch_has_copy(scratch);
    const struct subject *subject = subjects;
    struct outcome next;
    while (subject->copies != copies)
        subject++;
    scratch_forget(scratch);
    subject_run(subject, scratch, NULL, &next);
    bool good =
        next.claim == (has_copy ? CLAIM_NOT_SAVED : CLAIM_SAVED) && scratch_leftovers(scratch) == 0;
    outcome_done(&next);
    return good;
}

const char *verdict_killed(const struct scratch *scratch, const struct outcome *outcome,
                           enum content content)
{
    if (outcome->status != 128 + SIGKILL)
        return "it outlived SIGKILL";
    if (content == CONTENT_TORN)
        return "torn by a kill";
    if (!scratch_kept_mode(scratch) || !scratch_kept_attribute(scratch))
        return "the mode or an attribute is lost";
    return next_save_tidies_up(scratch) ? NULL : "the next save fails or leaves files behind";
}

const char *verdict_stuck(const struct scratch *scratch, const struct outcome *outcome,
                          enum content content)
{
    const char *wrong = compare_words(outcome, content);
    if (!wrong && !next_save_tidies_up(scratch))
        wrong = "the next save fails or leaves files behind";
    return wrong;
}

static bool next_session_offers(const struct subject *subject, const struct scratch *scratch)
{
    struct subject next = *subject;
    struct outcome outcome;
    next.keys = "";
    subject_run(&next, scratch, NULL, &outcome);
    bool offers = strstr(outcome.said, "never saved");
    outcome_done(&outcome);
    return offers;
}

const char *verdict_crashed(const struct subject *subject, const struct scratch *scratch,
                            const struct outcome *outcome, enum content content)
{
    bool is_shown = strstr(outcome->said, " unsaved");
    bool is_warned = strstr(outcome->said, "a crash would lose it");
    if (outcome->status != 128 + SIGKILL)
        return "it outlived SIGKILL";
    if (content != CONTENT_OLD || scratch_leftovers(scratch) > 0)
        return "it touched the file";
    if (is_shown && !is_warned && !next_session_offers(subject, scratch))
        return "an edit is lost";
    return NULL;
}
