/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Filling and describing struct error. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/buffer.h"

enum status error_set(struct error *error, enum status status, const char *format, ...)
{
    if (!error)
        return status;
    *error = (struct error){.status = status};
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    return status;
}

void error_place(struct error *error, size_t line, size_t column, const char *path)
{
    if (!error)
        return;
    error->line = line;
    error->column = column;
    snprintf(error->path, sizeof error->path, "%s", path ? path : "");
}

void error_describe(const struct error *error, const char *file, struct buffer *out)
{
    if (file)
        buffer_append_string(out, file);
    if (error->line)
        buffer_print(out, "%s%zu", file ? ":" : "line ", error->line);
    if (error->line && error->column)
        buffer_print(out, ":%zu", error->column);
    if (file || error->line)
        buffer_append_string(out, ": ");
    if (error->path[0])
        buffer_print(out, "%s: ", error->path);
    buffer_append_string(out, error->message);
}
