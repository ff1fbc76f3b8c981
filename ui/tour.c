/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file that says that the tour was seen. */
#include "ui/tour.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/folders.h"
#include "ui/app.h"

static char *marker(const struct app *app)
{
    return app->options->state_folder ? folder_join(app->options->state_folder, "tour-seen") : NULL;
}

bool tour_is_new(const struct app *app)
{
    return app->tour_new;
}

void tour_start(struct app *app)
{
    char *path = marker(app);
    app->tour_new = path && access(path, F_OK) != 0;
    free(path);
}

void tour_seen(struct app *app)
{
    if (!app->tour_new)
        return;
    app->tour_new = false;
    char *path = marker(app);
    int fd = folder_make_all(app->options->state_folder) == 0
                 ? open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600)
                 : -1;
    if (fd >= 0)
        (void)close(fd); /* nothing was written */
    free(path);
}
