/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The edits that an earlier session left unsaved: what they are, and whether to take them up. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/file_log.h"
#include "base/folders.h"
#include "base/memory.h"
#include "ui/app.h"

static const char *document_bytes(const struct calibration *calibration, size_t *length)
{
    return json_document_bytes(calibration->document, length);
}

/* Makes a page: from the bytes of a calibration to what it becomes with a session's changes. */
static void set_page(struct diff_pane *page, const struct calibration *calibration,
                     const struct session *session, const char *name)
{
    struct change_set changes = session_changes(session, NULL);
    struct buffer now = {0};
    size_t length;
    const char *old = document_bytes(calibration, &length);
    store_compose(&changes, &now);
    diff_pane_set(page, old, length, buffer_string(&now), now.length, name);
    buffer_done(&now);
    free(changes.items);
}

/* A session with the same unsaved edits, which another session left and were taken up. */
static struct session *copy_session(const struct file *file)
{
    struct session *copy = session_new(file->calibration);
    (void)merge_sessions(file->session, copy, "", MERGE_TAKE_MINE, NULL); /* onto its own file */
    return copy;
}

/* There is no page of what has changed where nothing has. */
static bool has_page(const struct recover_state *state)
{
    return state->page != RECOVER_DISK || state->moved_on;
}

/* What taking the edits up would come to: tried out on a session of its own. */
static void make_pages(struct recover_state *state, const struct file *file)
{
    size_t old_length, length;
    struct session *trial = copy_session(file);
    state->added = session_modified_count(file->session) > 0;
    state->moved_on = !recovery_is_current(&state->recovery, file->calibration);
    state->conflict =
        recovery_apply(&state->recovery, trial, MERGE_REFUSE, &state->error) != STATUS_OK;
    if (state->conflict) /* a curve that is gone stays a conflict: then the result is empty */
        (void)recovery_apply(&state->recovery, trial, MERGE_TAKE_MINE, NULL);
    set_page(&state->pages[RECOVER_RESULT], file->calibration, trial, file->path);
    set_page(&state->pages[RECOVER_EDITS], state->recovery.loaded, state->recovery.session,
             file->path);
    const char *old = document_bytes(state->recovery.loaded, &old_length);
    const char *now = document_bytes(file->calibration, &length);
    diff_pane_set(&state->pages[RECOVER_DISK], old, old_length, now, length, file->path);
    session_free(trial);
    state->held = recovery_is_done(&state->recovery, file->calibration);
    state->disk = file_state(file, NULL);
    if (!has_page(state))
        state->page = RECOVER_RESULT;
}

/*
 * Opens a journal. True where it has edits that are neither in the file in hand nor in the younger
 * journal (NULL: there is none). A journal without any is removed; one that cannot be read is told
 * of.
 */
static bool has_offer(struct app *app, const char *path, const struct recovery *younger,
                      struct recovery *out)
{
    struct error error;
    if (recovery_open(path, out, &error)) {
        app_say(app, ROLE_WARNING,
                "Unsaved edits are kept, but cannot be read: %s. `calscope "
                "journal` says more",
                error.message);
        return false;
    }
    if (!recovery_is_done(out, app->file->calibration) &&
        !recovery_is_in(out, app->file->session) &&
        !(younger && recovery_is_in(out, younger->session)))
        return true;
    recovery_done(out);
    (void)file_log_remove_left(path, NULL); /* harmless where it stays */
    recover_mark(app);
    return false;
}

/*
 * Opens the youngest journal of the file in hand that has something to offer, of those older than
 * `before` (a path; NULL: of all). Returns how many of these have.
 */
static size_t find_recovery(struct app *app, const char *before, struct recovery *out)
{
    size_t count, found = 0;
    char **paths = journal_list(app->files.journals, app->file->path, &count);
    for (size_t i = count; i-- > 0;) { /* their names rise with time */
        struct recovery next;
        if ((!before || strcmp(paths[i], before) < 0) &&
            has_offer(app, paths[i], found ? out : NULL, &next)) {
            if (found++ == 0)
                *out = next;
            else
                recovery_done(&next);
        }
        free(paths[i]);
    }
    free(paths);
    return found;
}

static const struct view view_recover;

static bool offer(struct app *app, const char *before, size_t place)
{
    app->recover = (struct recover_state){.place = place};
    app->recover.older = find_recovery(app, before, &app->recover.recovery);
    if (app->recover.older-- == 0)
        return false;
    make_pages(&app->recover, app->file);
    app_enter(app, &view_recover);
    return true;
}

void recover_offer(struct app *app)
{
    if (app->files.journals && session_modified_count(app->file->session) == 0)
        (void)offer(app, NULL, 1);
}

void recover_follow_disk(struct app *app)
{
    for (size_t i = 0; i < app->view_count; i++)
        if (app->views[i] == &view_recover)
            make_pages(&app->recover, app->file);
}

/* Leaves the view, for the edits that a session before this one left, if there are any. */
static bool offer_next(struct app *app)
{
    size_t place = app->recover.place + 1;
    char *before = memory_copy_string(app->recover.recovery.journal->path);
    app_back(app);
    recover_mark(app);
    bool more = offer(app, before, place);
    free(before);
    return more;
}

/* The registry's name of a file, from where it is below the root: "cpu/i7-12700K". To be freed. */
static char *name_in(const char *path, const char *below)
{
    const char *last = strrchr(path, '/');
    if (below > last)
        return memory_copy_string(last + 1);
    return memory_print("%.*s", (int)(last - below), below);
}

/* What the registry does not list has rows of its own, which are made anew. */
static void mark_elsewhere(struct app *app, char *const *files, size_t count)
{
    for (size_t i = 0; i < app->files.count; i++) {
        struct file *file = app->files.items[i];
        file->kept_edits = false;
        for (size_t j = 0; file->elsewhere && j < count; j++)
            file->kept_edits = file->kept_edits || strcmp(files[j], file->path) == 0;
    }
    if (app->browse.elsewhere_count)
        browse_take_elsewhere(&app->browse, NULL, 0);
}

/*
 * Marks the files in the list that have edits kept, and returns their paths; the caller frees these
 * and the array.
 */
static char **mark(struct app *app, size_t *count)
{
    *count = 0;
    char **files = app->files.journals ? recovery_files(app->files.journals, count) : NULL;
    registry_set_kept(app->registry, files, *count);
    mark_elsewhere(app, files, *count);
    app->browse.stale = true;
    return files;
}

static void free_files(char **files, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(files[i]);
    free(files);
}

void recover_mark(struct app *app)
{
    size_t count;
    char **files = mark(app, &count);
    free_files(files, count);
}

/* Several sessions may have left edits of one file. */
static bool is_among(char *const *files, size_t count, const char *file)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(files[i], file) == 0)
            return true;
    return false;
}

/* How many different files lie below the registry's root, and what the first of them is called. */
static size_t count_below(const struct app *app, char *const *files, size_t count, char **first)
{
    size_t below = 0;
    char *root = file_real_path(registry_root(app->registry));
    for (size_t i = 0; root && i < count; i++) {
        const char *inside = folder_below(root, files[i]);
        if (inside && !is_among(files, i, files[i]) && below++ == 0)
            *first = name_in(files[i], inside);
    }
    free(root);
    return below;
}

void recover_announce(struct app *app)
{
    size_t count;
    char *first = NULL;
    char **files = mark(app, &count);
    size_t below = count_below(app, files, count, &first);
    if (app->message[0]) /* a wrong configuration; the list shows it all the same */
        below = 0;
    if (below > 1)
        app_say(app, ROLE_WARNING,
                "Unsaved edits of %zu files are kept: %s state:kept shows which; opening one shows "
                "its own",
                below, app_key_name(app, ACTION_FILTER).chars);
    else if (below == 1)
        app_say(app, ROLE_WARNING, "Unsaved edits of %s are kept; opening it shows them", first);
    free_files(files, count);
    free(first);
}

static const char *page_title(const struct recover_state *state)
{
    static const char *const titles[] = {
        [RECOVER_RESULT] = "What taking them up does to the file",
        [RECOVER_EDITS] = "The edits, against the file as it was then",
        [RECOVER_DISK] = "What has changed in the file since then",
    };
    return titles[state->page];
}

/* The paragraphs above the diff: what was found, and what the diff is of. */
enum { HEAD_LINES = 4 };
struct head {
    struct buffer text[HEAD_LINES];
    enum role roles[HEAD_LINES];
    int rows[HEAD_LINES]; /* that each takes on the screen as last seen */
    int all;              /* rows, an empty one where there is nothing to say among them */
};

/* What those edits met when the file was loaded, which is what the pages tell. */
static void append_state(const struct recover_state *state, struct buffer *out)
{
    if (state->conflict && state->added)
        buffer_append_string(out, "Not together with the edits taken up before: both change the "
                                  "same.");
    else if (state->added)
        buffer_append_string(out, "They can stand together with the edits taken up before.");
    else if (state->conflict)
        buffer_print(out, "The file has changed since. %s", state->error.message);
    else if (state->held)
        buffer_append_string(out, "The file has changed since, and holds all of them by now.");
    else if (state->moved_on)
        buffer_append_string(out, "The file has changed since; both changes can stand together.");
    else
        buffer_print(out, "The file %s as it was then.", state->disk ? "as loaded is" : "is");
}

/* What has become of it on disk since then, where it could not be loaded anew. */
static void append_disk(const struct recover_state *state, struct buffer *out)
{
    static const char *const texts[] = {
        [FILE_SAME] = "",
        [FILE_OTHER] = " On disk it has changed since; a save will ask.",
        [FILE_GONE] = " On disk it is gone since; a save will ask.",
        [FILE_REPLACED] = " On disk something else has taken its place since.",
        [FILE_UNREADABLE] = " On disk it cannot be read any more.",
    };
    buffer_append_string(out, texts[state->disk]);
}

/* "1 of 2 sessions: 3 steps of editing never saved, begun 2026-02-04 10:20 UTC" */
static void append_session(const struct recover_state *state, struct buffer *out)
{
    const struct journal *journal = state->recovery.journal;
    size_t sessions = state->place + state->older;
    if (sessions > 1)
        buffer_print(out, "%zu of %zu sessions: ", state->place, sessions);
    buffer_print(out, "%zu step%s of editing never saved, %s", journal->count,
                 journal->count == 1 ? "" : "s", sessions > 1 ? "" : "from a session ");
    /* 2026-02-04T10:20:30Z: the seconds help nobody */
    buffer_print(out, "begun %.10s %.5s UTC", journal->started,
                 strlen(journal->started) > 16 ? journal->started + 11 : "");
}

static void head_init(const struct app *app, struct head *head)
{
    enum { ROWS_MAX = 3 };
    const struct recover_state *state = &app->recover;
    const struct journal *journal = state->recovery.journal;
    *head = (struct head){.roles = {ROLE_WARNING, ROLE_TEXT, ROLE_ERROR, ROLE_TITLE}};
    append_session(state, &head->text[0]);
    append_state(state, &head->text[1]);
    append_disk(state, &head->text[1]);
    if (state->disk != FILE_SAME)
        head->roles[1] = ROLE_WARNING;
    if (state->conflict)
        head->roles[1] = ROLE_ERROR;
    else if (journal->unread)
        buffer_print(&head->text[2],
                     "The journal is damaged: %zu bytes behind these edits cannot be read.",
                     journal->unread);
    buffer_append_string(&head->text[3], page_title(state));
    for (int i = 0; i < HEAD_LINES; i++) {
        head->rows[i] =
            app_wrapped_rows(buffer_string(&head->text[i]), ROWS_MAX, app->columns, app->charset);
        head->all += head->rows[i];
    }
    if (app->rows >= 24 && head->rows[2] == 0)
        head->all += head->rows[2] = 1;
}

static void head_done(struct head *head)
{
    for (int i = 0; i < HEAD_LINES; i++)
        buffer_done(&head->text[i]);
}

/* The rows of the diff below that. */
static int diff_rows(const struct app *app)
{
    struct layout layout = layout_compute(app->rows, app->columns, VIEW_RECOVER, 0);
    struct head head;
    head_init(app, &head);
    head_done(&head);
    return layout.main.rows - head.all;
}

static void draw(const struct app *app, struct canvas *canvas, const struct layout *layout)
{
    struct rect area = layout->main;
    struct head head;
    head_init(app, &head);
    for (int i = 0; i < HEAD_LINES; i++) {
        struct rect lines = {area.row, 0, head.rows[i], area.columns};
        app_draw_wrapped(canvas, lines, head.roles[i], buffer_string(&head.text[i]));
        area.row += head.rows[i];
        area.rows -= head.rows[i];
    }
    head_done(&head);
    diff_pane_draw(&app->recover.pages[app->recover.page], canvas, area);
}

static void hint(const struct app *app, struct buffer *out)
{
    enum { NARROW = 60 };
    bool over = app->recover.conflict;
    struct key_name take = app_key_name(app, over ? ACTION_RECOVER_OVER : ACTION_RECOVER);
    struct key_name back = app_key_name(app, ACTION_BACK);
    if (app->columns < NARROW)
        buffer_print(out, "%s takes %s, %s drops, %s later", take.chars, over ? "mine" : "them up",
                     app_key_name(app, ACTION_DROP).chars, back.chars);
    else
        buffer_print(out, "%s takes %s; %s leaves them for later", take.chars,
                     over ? "the curves as edited" : "them up, unsaved", back.chars);
}

static void take_up(struct app *app, enum merge_conflict conflict)
{
    struct error error;
    enum status status = file_recover(app->file, &app->recover.recovery, conflict, &error);
    if (status && status != STATUS_UNSYNCED) {
        if (conflict == MERGE_REFUSE)
            app_say(app, ROLE_ERROR, "Not taken up, for that reason. %s takes the curves as edited",
                    app_key_name(app, ACTION_RECOVER_OVER).chars);
        else
            app_say(app, ROLE_ERROR, "Not taken up: %s", error.message);
        return;
    }
    size_t curve;
    if (recovery_last_curve(&app->recover.recovery, app->file->session, &curve))
        app_take_curve(app, curve); /* where the user was, or nearly */
    bool more = offer_next(app);
    if (status)
        app_say(app, ROLE_WARNING, "%s", error.message);
    else if (more)
        app_say(app, ROLE_GOOD, "Taken up, not saved yet; these are what another session left");
    else if (session_modified_count(app->file->session) == 0)
        app_say(app, ROLE_GOOD, "The file holds all of them already");
    else
        app_say(app, ROLE_GOOD, "Taken up, not saved yet: %s shows and writes them, %s undoes them",
                app_key_name(app, ACTION_SAVE).chars, app_key_name(app, ACTION_UNDO).chars);
}

static void drop(struct app *app)
{
    struct error error;
    if (!app_is_confirmed(app, ACTION_DROP)) {
        app_ask_twice(app, ACTION_DROP, "%s again drops these edits for good",
                      app_key_name(app, ACTION_DROP).chars);
        return;
    }
    if (file_log_remove_left(app->recover.recovery.journal->path, &error)) {
        app_say(app, ROLE_ERROR, "Not dropped: %s", error.message);
        return;
    }
    if (offer_next(app))
        app_say(app, ROLE_GOOD, "Dropped; these are what another session left");
    else if (session_modified_count(app->file->session))
        app_say(app, ROLE_GOOD, "Dropped; what was taken up before is not saved yet");
    else
        app_say(app, ROLE_GOOD, "Dropped; this is the file as it was saved");
}

static void leave_for_later(struct app *app)
{
    if (offer_next(app))
        app_say(app, ROLE_TEXT, "Left for later; these are what another session left");
}

static bool act(struct app *app, enum action action)
{
    struct recover_state *state = &app->recover;
    struct diff_pane *page = &state->pages[state->page];
    switch (action) {
    case ACTION_RECOVER:
        take_up(app, MERGE_REFUSE);
        return true;
    case ACTION_RECOVER_OVER:
        take_up(app, MERGE_TAKE_MINE);
        return true;
    case ACTION_DROP:
        drop(app);
        return true;
    case ACTION_BACK:
        leave_for_later(app);
        return true;
    case ACTION_PAGES:
        state->page = (enum recover_page)((state->page + 1) % RECOVER_PAGES);
        if (!has_page(state))
            state->page = RECOVER_RESULT;
        return true;
    default:
        return diff_pane_pan(page, action) ||
               app_scroll(app, action, &page->top, diff_pane_last_top(page, diff_rows(app)));
    }
}

static void leave(struct app *app)
{
    for (size_t i = 0; i < RECOVER_PAGES; i++)
        diff_pane_done(&app->recover.pages[i]);
    recovery_done(&app->recover.recovery);
}

static void go_to_line(struct app *app, size_t line)
{
    diff_pane_go(&app->recover.pages[app->recover.page], line, diff_rows(app));
}

static bool searched(const struct app *app, struct search_text *out)
{
    const struct diff_pane *pane = &app->recover.pages[app->recover.page];
    buffer_append_string(&out->lines, buffer_string(&pane->text));
    out->at = pane->top;
    out->go = go_to_line;
    return true;
}

static const struct view view_recover = {.searched = searched,

                                         .id = VIEW_RECOVER,
                                         .draw = draw,
                                         .act = act,
                                         .hint = hint,
                                         .leave = leave};
