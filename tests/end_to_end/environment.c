/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list of variables over a folder that stands in for the user's home. */
#include "environment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "folder.h"

enum { LIST_MAX = sizeof((struct environment *)0)->list / sizeof(char *) };

/* Sets a variable given as "NAME=value"; takes the string. */
static void set_variable(struct environment *environment, char *variable)
{
    size_t name = strcspn(variable, "=") + 1;
    int i = 0;
    while (environment->list[i] && strncmp(environment->list[i], variable, name) != 0)
        i++;
    if (i == LIST_MAX - 1) {
        free(variable);
        return;
    }
    free(environment->list[i]);
    environment->list[i] = variable;
}

static void set(struct environment *environment, const char *name, const char *value,
                const char *rest)
{
    char *variable = NULL;
    if (asprintf(&variable, "%s=%s%s", name, value, rest) > 0)
        set_variable(environment, variable);
}

/* What finds programs, locales and the settings of sanitizers comes from whoever runs the test. */
static void inherit(struct environment *environment)
{
    static const char *const names[] = {"PATH",         "TMPDIR",       "LOCPATH",
                                        "ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value)
            set(environment, names[i], value, "");
    }
}

bool environment_init(struct environment *environment, const char *home,
                      const char *const *overrides)
{
    const char *locale = getenv("CALSCOPE_TEST_LC_ALL"); /* to run all tests in another locale */
    *environment = (struct environment){.owns_home = home == NULL};
    environment->home = home ? strdup(home) : folder_make();
    if (!environment->home)
        return false;
    inherit(environment);
    set(environment, "TERM", "xterm-256color", "");
    set(environment, "LC_ALL", locale ? locale : "C.UTF-8", "");
    set(environment, "TZ", "UTC", "");
    set(environment, "HOME", environment->home, "");
    set(environment, "XDG_CONFIG_HOME", environment->home, "/.config");
    set(environment, "XDG_DATA_HOME", environment->home, "/.local/share");
    set(environment, "XDG_STATE_HOME", environment->home, "/.local/state");
    set(environment, "XDG_CACHE_HOME", environment->home, "/.cache");
    for (; overrides && *overrides; overrides++)
        set_variable(environment, strdup(*overrides));
    return true;
}

void environment_done(struct environment *environment)
{
    if (environment->home && environment->owns_home)
        folder_remove(environment->home);
    free(environment->home);
    for (int i = 0; environment->list[i]; i++)
        free(environment->list[i]);
    *environment = (struct environment){0};
}
