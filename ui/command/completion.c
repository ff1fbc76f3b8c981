/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding words that complete a `:` line. */
#include "ui/command/completion.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/folders.h"
#include "base/memory.h"
#include "base/text.h"
#include "ui/action.h"
#include "ui/command/command.h"
#include "ui/command/command_private.h"

enum { NAMES_READ_MAX = 20000 }; /* of a folder: a key must not wait for a huge one */

void completion_add(struct completion *completion, const char *word)
{
    completion->words =
        memory_resize(completion->words, completion->count + 1, sizeof *completion->words);
    completion->words[completion->count++] = memory_copy_string(word);
}

/*
 * Adds the word that a name in a folder makes of a path, of which the first `folder` bytes are that
 * folder. A name that is not UTF-8 is left out: no prompt can hold it.
 */
static void add_name(struct completion *completion, const char *path, size_t folder,
                     const char *name)
{
    if (text_check_utf8(name, strlen(name)) < strlen(name))
        return;
    char *word = memory_print("%.*s%s", (int)folder, path, name);
    char *real = folder_expand_home(word);
    if (folder_exists(real)) {
        char *with_slash = memory_print("%s/", word);
        free(word);
        word = with_slash;
    }
    completion_add(completion, word);
    free(real);
    free(word);
}

void completion_add_paths(struct completion *completion, const char *path)
{
    const char *slash = strrchr(path, '/'), *begin = slash ? slash + 1 : path;
    size_t folder = (size_t)(begin - path), read = 0;
    char *name = memory_print("%.*s", (int)folder, path), *real = folder_expand_home(name);
    DIR *names = opendir(folder ? real : ".");
    struct dirent *entry;
    while (names && read++ < NAMES_READ_MAX && (entry = readdir(names)))
        if (strncmp(entry->d_name, begin, strlen(begin)) == 0 &&
            (entry->d_name[0] != '.' || begin[0] == '.') && strcmp(entry->d_name, ".") != 0 &&
            strcmp(entry->d_name, "..") != 0)
            add_name(completion, path, folder, entry->d_name);
    if (names)
        closedir(names);
    free(name);
    free(real);
}

static int compare_words(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool begins(const char *word, const char *beginning)
{
    return strncmp(word, beginning, strlen(beginning)) == 0;
}

/* Puts all words into quotes where one of them needs these, or where a quote was begun. */
static void quote(struct completion *completion, bool begun)
{
    for (size_t i = 0; i < completion->count; i++)
        begun = begun || words_need_quotes(completion->words[i]);
    for (size_t i = 0; begun && i < completion->count; i++) {
        char *word = completion->words[i];
        completion->words[i] = words_quote(word);
        free(word);
    }
}

/*
 * Sorts the words, each once, and keeps those that begin with word or, where none does, those that
 * contain it.
 */
static void keep_matching(struct completion *completion, const char *word)
{
    size_t kept = 0;
    bool any = false;
    for (size_t i = 0; i < completion->count; i++)
        any = any || begins(completion->words[i], word);
    if (completion->count)
        qsort(completion->words, completion->count, sizeof *completion->words, compare_words);
    for (size_t i = 0; i < completion->count; i++) {
        char *candidate = completion->words[i];
        bool fits = any ? begins(candidate, word) : strcasestr(candidate, word) != NULL;
        if (fits && (kept == 0 || strcmp(completion->words[kept - 1], candidate) != 0))
            completion->words[kept++] = candidate;
        else
            free(candidate);
    }
    completion->count = kept;
}

/* Completes the last word of a command's arguments; out->from is an offset in these. */
static void complete_argument(const struct app *app, const struct command_entry *entry,
                              const char *arguments, struct completion *out)
{
    char *word;
    const char *begin = arguments;
    if (entry->words)
        begin = words_last(arguments, &word);
    else
        word = memory_copy_string(arguments);
    char *before = memory_print("%.*s", (int)(begin - arguments), arguments);
    entry->complete(app, before, word, out);
    keep_matching(out, word);
    if (entry->words)
        quote(out, *begin == '"');
    out->from = (size_t)(begin - arguments);
    free(before);
    free(word);
}

/* The command that a name means when it is run, which may be shortened; NULL if none. */
static const struct command_entry *find_command(const struct app *app, const char *typed)
{
    struct error error;
    bool whole = command_find(typed) || action_find(typed) || !*typed;
    const char *name = whole ? typed : command_complete_name(app, typed, &error);
    return name ? command_find(name) : NULL;
}

void completion_find(const struct app *app, const char *line, struct completion *out)
{
    const char *name = line + strspn(line, " :"), *behind = name + strcspn(name, " !");
    const char *arguments = behind + strspn(behind, " !");
    *out = (struct completion){0};
    if (*behind == '\0') {
        complete_command(app, "", name, out);
        out->from = (size_t)(name - line);
        keep_matching(out, name);
    } else {
        char *typed = memory_print("%.*s", (int)(behind - name), name);
        const struct command_entry *entry = find_command(app, typed);
        if (entry && entry->complete)
            complete_argument(app, entry, arguments, out);
        out->from += (size_t)(arguments - line);
        free(typed);
    }
}

size_t completion_common(const struct completion *completion)
{
    size_t length = completion->count ? strlen(completion->words[0]) : 0;
    for (size_t i = 1; i < completion->count; i++) {
        size_t same = 0;
        while (same < length && completion->words[i][same] == completion->words[0][same])
            same++;
        length = same;
    }
    while (length > 0 && text_is_continuation(completion->words[0][length]))
        length--; /* not in the middle of a character */
    return length;
}

void completion_done(struct completion *completion)
{
    for (size_t i = 0; i < completion->count; i++)
        free(completion->words[i]);
    free(completion->words);
    *completion = (struct completion){0};
}
