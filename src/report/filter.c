/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a filter into terms, and holding entries against them. */
#include "report/filter.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "report/fields.h"
#include "report/readout.h"

enum comparator {
    FILTER_HAS,
    FILTER_IS,
    FILTER_IS_NOT,
    FILTER_LESS,
    FILTER_AT_MOST,
    FILTER_MORE,
    FILTER_AT_LEAST,
};

struct term {
    bool negated;
    const struct field *field; /* NULL: a word */
    enum comparator comparator;
    char *text;
    double number; /* of a FIELD_NUMBER; NaN: n/a */
};

struct filter {
    struct term *terms;
    size_t count;
};

/* The text that is read, and the place up to which it was read. */
struct scanner {
    const char *text, *at;
    struct error *error;
};

/* Says what is wrong with the term that begins at place. */
static enum status wrong(const struct scanner *scanner, const char *place, const char *what)
{
    size_t column = 1;
    for (const char *at = scanner->text; at < place; at++)
        column += !text_is_continuation(*at);
    enum status status = error_set(scanner->error, STATUS_INVALID, "%s", what);
    error_place(scanner->error, 0, column, "");
    return status;
}

static enum status wrong_value(const struct scanner *scanner, const char *place,
                               const struct term *term, const char *wants)
{
    char *what = memory_print("%s wants %s, not `%s`", term->field->name, wants, term->text);
    enum status status = wrong(scanner, place, what);
    free(what);
    return status;
}

/* The value at the scanner's place, up to a blank, or what stands between quotes. */
static enum status read_value(struct scanner *scanner, struct term *term)
{
    const char *from = scanner->at;
    bool quoted = *from == '"';
    from += quoted;
    size_t length = strcspn(from, quoted ? "\"" : " ");
    if (quoted && !from[length])
        return wrong(scanner, scanner->at, "a quote is not closed");
    term->text = memory_print("%.*s", (int)length, from);
    scanner->at = from + length + quoted;
    if (quoted && *scanner->at && *scanner->at != ' ')
        return wrong(scanner, scanner->at, "a blank is missing behind the quote");
    return STATUS_OK;
}

static bool read_comparator(struct scanner *scanner, enum comparator *comparator)
{
    static const struct {
        const char *text;
        enum comparator comparator;
    } all[] = {{":", FILTER_HAS},  {"!=", FILTER_IS_NOT}, {"<=", FILTER_AT_MOST},
               {"<", FILTER_LESS}, {"=", FILTER_IS},      {">=", FILTER_AT_LEAST},
               {">", FILTER_MORE}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strncmp(scanner->at, all[i].text, strlen(all[i].text)) == 0) {
            *comparator = all[i].comparator;
            scanner->at += strlen(all[i].text);
            return true;
        }
    return false;
}

/* Never of NULL: clang's analyzer cannot see that a term without a text is an error. */
static bool is_unknown(const char *text)
{
    return !text || strcasecmp(text, "n/a") == 0 || strcasecmp(text, "unknown") == 0;
}

/* Whether one of words is text, or contains it. */
static bool is_among(const char *words, const char *text, bool contains)
{
    size_t wanted = strlen(text);
    for (size_t length; *words; words += length + (words[length] == ' ')) {
        length = strcspn(words, " ");
        for (size_t at = 0; at + wanted <= length; at++)
            if (strncasecmp(words + at, text, wanted) == 0 && (contains || wanted == length))
                return true;
    }
    return false;
}

/* Text is anything, or one of the field's words. */
static enum status check_text(struct scanner *scanner, const char *place, const struct term *term)
{
    const char *words = term->field->words;
    if (term->comparator > FILTER_IS_NOT)
        return wrong_value(scanner, place, term, "one of : = != before text");
    if (!words || is_among(words, term->text, term->comparator == FILTER_HAS))
        return STATUS_OK;
    char *wants = memory_print("one of %s", words);
    enum status status = wrong_value(scanner, place, term, wants);
    free(wants);
    return status;
}

/* Whether the value makes sense for its field. */
static enum status check_value(struct scanner *scanner, const char *place, struct term *term)
{
    bool equality = term->comparator <= FILTER_IS_NOT;
    bool unknown = equality && is_unknown(term->text);
    const char *text = term->text;
    term->number = NAN;
    if (unknown)
        return STATUS_OK;
    switch (term->field->kind) {
    case FIELD_TEXT:
        return check_text(scanner, place, term);
    case FIELD_DATE:
        return date_begins(text) ? STATUS_OK
                                 : wrong_value(scanner, place, term,
                                               "a date that there is, like 2025-06 or 2025-06-30");
    default:
        return number_parse(text, strlen(text), &term->number) ||
                       number_parse_size(text, &term->number)
                   ? STATUS_OK
                   : wrong_value(scanner, place, term, "a number");
    }
}

static enum status no_such_field(const struct scanner *scanner, const char *place, size_t length)
{
    struct buffer what = {0};
    buffer_print(&what, "no field `%.*s`; there are: ", (int)length, place);
    fields_names(&what);
    enum status status = wrong(scanner, place, what.bytes);
    buffer_done(&what);
    return status;
}

/* What stands behind a negation: a word, or a field with its value. */
static enum status read_term(struct scanner *scanner, struct term *term)
{
    const char *place = scanner->at;
    size_t length = 0;
    while (place[length] && !strchr(" :=<>\"", place[length]) &&
           strncmp(place + length, "!=", 2) != 0)
        length++;
    scanner->at = place + length;
    if (*place == '"' || !read_comparator(scanner, &term->comparator)) {
        scanner->at = place;
        return read_value(scanner, term);
    }
    term->field = field_find(place, length);
    if (!term->field)
        return no_such_field(scanner, place, length);
    if (!*scanner->at || *scanner->at == ' ') {
        char *what = memory_print("%s: %s", term->field->name, term->field->help);
        enum status status = wrong(scanner, scanner->at, what);
        free(what);
        return status;
    }
    const char *value = scanner->at;
    enum status status = read_value(scanner, term);
    return status ? status : check_value(scanner, value, term);
}

static enum status read_terms(struct scanner *scanner, struct filter *filter)
{
    enum status status = STATUS_OK;
    for (;;) {
        scanner->at += strspn(scanner->at, " ");
        if (status || !*scanner->at)
            return status;
        struct term term = {.negated = *scanner->at == '-' || *scanner->at == '!'};
        scanner->at += term.negated;
        if (!*scanner->at || *scanner->at == ' ')
            return wrong(scanner, scanner->at - 1, "nothing follows that could be turned round");
        status = read_term(scanner, &term);
        filter->terms = memory_resize(filter->terms, filter->count + 1, sizeof *filter->terms);
        filter->terms[filter->count++] = term;
    }
}

enum status filter_parse(const char *text, struct filter **out, struct error *error)
{
    struct scanner scanner = {text, text, error};
    struct filter *filter = memory_new_array(1, sizeof *filter);
    enum status status = read_terms(&scanner, filter);
    *out = status ? NULL : filter;
    if (status)
        filter_free(filter);
    return status;
}

void filter_free(struct filter *filter)
{
    if (!filter)
        return;
    for (size_t i = 0; i < filter->count; i++)
        free(filter->terms[i].text);
    free(filter->terms);
    free(filter);
}

static bool compares(enum comparator comparator, int order)
{
    switch (comparator) {
    case FILTER_IS_NOT:
        return order != 0;
    case FILTER_LESS:
        return order < 0;
    case FILTER_AT_MOST:
        return order <= 0;
    case FILTER_MORE:
        return order > 0;
    case FILTER_AT_LEAST:
        return order >= 0;
    default:
        return order == 0;
    }
}

static bool number_holds(const struct term *term, double number)
{
    if (isnan(term->number))
        return isnan(number) == (term->comparator != FILTER_IS_NOT);
    if (isnan(number))
        return false;
    return compares(term->comparator, (number > term->number) - (number < term->number));
}

/* Whether one of the lines of text is, or contains, the value. */
static bool line_fits(const struct term *term, const char *text)
{
    if (term->comparator == FILTER_HAS)
        return strcasestr(text, term->text) != NULL;
    size_t length = strlen(term->text);
    for (;; text++) {
        if (strncasecmp(text, term->text, length) == 0 && (!text[length] || text[length] == '\n'))
            return true;
        text = strchr(text, '\n');
        if (!text)
            return false;
    }
}

static bool text_holds(const struct term *term, const char *text)
{
    bool unknown = !*text;
    if (is_unknown(term->text) && term->comparator <= FILTER_IS_NOT)
        return unknown == (term->comparator != FILTER_IS_NOT);
    if (unknown)
        return false;
    if (term->field->kind == FIELD_DATE)
        return compares(term->comparator, strncasecmp(text, term->text, strlen(term->text)));
    return line_fits(term, text) == (term->comparator != FILTER_IS_NOT);
}

/* What a row of the list shows. */
static void row_text(const struct registry_entry *entry, struct buffer *out)
{
    buffer_print(out, "%s %s %s %s %s %s %s ", entry->id,
                 entry->hardware_id ? entry->hardware_id : "",
                 entry->hardware_name ? entry->hardware_name : "",
                 entry->precision ? entry->precision : "", entry->broken ? "broken" : "ok",
                 entry->message ? entry->message : "", entry->kept_edits ? "kept edits" : "");
    readout_sources(entry->sources, out);
}

static bool term_holds(const struct term *term, const struct registry_entry *entry,
                       struct buffer *scratch)
{
    buffer_truncate(scratch, 0);
    if (!term->field) {
        row_text(entry, scratch);
        return strcasestr(scratch->bytes, term->text) != NULL;
    }
    if (term->field->kind == FIELD_NUMBER)
        return number_holds(term, term->field->number(entry));
    term->field->text(entry, scratch);
    return text_holds(term, buffer_string(scratch));
}

bool filter_holds(const struct filter *filter, const struct registry_entry *entry)
{
    struct buffer scratch = {0};
    bool all = true;
    for (size_t i = 0; filter && all && i < filter->count; i++)
        all = term_holds(&filter->terms[i], entry, &scratch) != filter->terms[i].negated;
    buffer_done(&scratch);
    return all;
}
