/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong with a typed number. */
#include "ui/typed_number.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/words.h"

static enum status refuse(const char *what, const char *example, const char *typed,
                          struct error *error)
{
    enum { TYPED_SHOWN = 60 };
    double value;
    const char *digits = typed + (*typed == '-');
    if (!*typed)
        return error_set(error, STATUS_REFUSED, "%s is missing: type it as %s", what, example);
    if (number_parse_size(digits, &value))
        return error_set(error, STATUS_REFUSED, "%s must be above 0, and %.*s is not", what,
                         TYPED_SHOWN, typed);
    if (strchr(typed, ','))
        return error_set(error, STATUS_REFUSED, "%s is typed with a point, as %s, and not as %.*s",
                         what, example, TYPED_SHOWN, typed);
    return error_set(error, STATUS_REFUSED, "%s is a number such as %s, and not \"%.*s\"", what,
                     example, TYPED_SHOWN, typed);
}

enum status typed_number_read(const char *what, const char *example, const char *text,
                              size_t length, double *value, struct error *error)
{
    size_t blanks = strspn(text, " ");
    blanks = blanks < length ? blanks : length;
    char *typed = memory_print("%.*s", (int)(length - blanks), text + blanks);
    words_trim_end(typed);
    enum status status = STATUS_OK;
    double number;
    if (number_parse_size(typed, &number) && number > 0)
        *value = number;
    else
        status = refuse(what, example, typed, error);
    free(typed);
    return status;
}
