/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the explorer says, and asks. */
#include "ui/app_say.h"

#include <stdarg.h>
#include <stdio.h>

#include "ui/app.h"

struct key_name app_key_name(const struct app *app, enum action action)
{
    return keymap_key_name(&app->keymap, app_view(app)->id, action);
}

/* Says it in place of what stood there, which is kept, and whose question nobody can read now. */
static void say(struct app *app, enum role role, const char *format, va_list arguments)
{
    app_end_message(app);
    vsnprintf(app->message, sizeof app->message, format, arguments);
    app->message_role = role;
    app->question.asked = ACTION_NONE;
}

void app_say(struct app *app, enum role role, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(app, role, format, arguments);
    va_end(arguments);
}

void app_end_message(struct app *app)
{
    bool momentary = app->message_role == ROLE_TEXT;
    if (!momentary &&
        app_view(app)->id != VIEW_MESSAGES) /* a list that grows while it is read has no end */
        messages_add(&app->messages, app->message);
    app->message[0] = '\0';
}

void app_ask_twice(struct app *app, enum action action, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(app, ROLE_WARNING, format, arguments);
    va_end(arguments);
    app->question.asked = action;
}

bool app_is_confirmed(const struct app *app, enum action action)
{
    return app->question.open == action;
}

void app_begin_input(struct app *app)
{
    app->question = (struct app_question){.open = app->question.asked};
    app_end_message(app);
}

void app_say_error(struct app *app, const char *file, const struct error *error)
{
    struct buffer text = {0};
    error_describe(error, file, &text);
    app_say(app, ROLE_ERROR, "%s", text.bytes);
    buffer_done(&text);
}

void app_ask(struct app *app, const char *label, const char *text,
             void (*accept)(struct app *app, const char *text))
{
    prompt_start(&app->prompt, label, text);
    app->asked.accept = accept;
    app->asked.change = NULL;
    app->asked.other = NULL;
}

void app_offer(struct app *app, const char *label, const char *text,
               void (*accept)(struct app *app, const char *text))
{
    app_ask(app, label, text, accept);
    prompt_offer(&app->prompt, label, text);
}

void app_ask_again(struct app *app, const char *format, ...)
{
    char why[sizeof app->prompt.note];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(why, sizeof why, format, arguments);
    va_end(arguments);
    prompt_refuse(&app->prompt, why);
}
