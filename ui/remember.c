/* SPDX-License-Identifier: GPL-3.0-or-later */
/* {"registries":[{"root","device","curve","filter","sort","linear","bars"}]}, a member where it
 * differs from how the program starts with its configuration, which so holds until the user says
 * otherwise. */
#include "ui/remember.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/folders.h"
#include "base/memory.h"
#include "ui/app.h"
#include "json/document.h"
#include "json/writer.h"

#define PLACES "places.json"

/* The file in folder. The caller frees it. */
static char *place_in(const char *folder)
{
    return memory_print("%s/" PLACES, folder);
}

static bool is_there(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0;
}

/* The registry's real path: however it was called. The caller frees it; NULL where it is gone. */
static char *root_of(const struct app *app)
{
    return file_real_path(registry_root(app->registry));
}

/* The entry of a registry; NULL where there is none. */
static const struct json_value *find(const struct json_document *document, const char *root)
{
    const struct json_value *all =
        json_member(document, json_document_root(document), "registries");
    const struct json_value *entry = all ? json_value_first(document, all) : NULL;
    for (; entry; entry = json_value_next(document, entry)) {
        const char *name = json_member_string(document, entry, "root");
        if (name && strcmp(name, root) == 0)
            return entry;
    }
    return NULL;
}

static void recall_entry(struct app *app, const struct json_document *document,
                         const struct json_value *entry)
{
    struct order order;
    double bars;
    const char *filter = json_member_string(document, entry, "filter");
    const char *sort = json_member_string(document, entry, "sort");
    const struct json_value *linear = json_member(document, entry, "linear");
    free(app->browse.selected_id);
    app->browse.stale = true; /* as another line is selected */
    app->browse.selected_id = memory_copy_string(json_member_string(document, entry, "device"));
    app->recalled.device = memory_copy_string(app->browse.selected_id);
    app->recalled.curve = memory_copy_string(json_member_string(document, entry, "curve"));
    if (filter && strlen(filter) < PROMPT_TEXT_MAX) /* a wrong one is passed by */
        app->recalled.filtered = browse_take_filter(&app->browse, filter, NULL) == STATUS_OK;
    if (sort && order_parse(sort, &order, NULL) == STATUS_OK)
        browse_take_order(&app->browse, order);
    if (linear && (json_value_type(linear) == JSON_TRUE || json_value_type(linear) == JSON_FALSE))
        app->log_y = json_value_type(linear) == JSON_FALSE;
    if (json_number(document, json_member(document, entry, "bars"), &bars) && bars >= 0 &&
        bars <= SCENE_BARS_RANGE)
        app->bars = (enum scene_bars)(int)bars;
}

/*
 * Reads the file, as bytes and as a document. *document is NULL where there is none, or no JSON in
 * it.
 */
static enum status read_places(const char *path, struct buffer *bytes,
                               struct json_document **document, struct error *error)
{
    *document = NULL;
    enum status status = file_read(path, REMEMBER_BYTES_MAX, bytes, error);
    return status ? status
                  : json_document_new(buffer_string(bytes), bytes->length, document, error);
}

void remember_start(struct app *app)
{
    app->recalled.log_y = app->log_y;
    app->recalled.bars = app->bars;
}

void remember_recall(struct app *app, const char *folder)
{
    struct buffer bytes = {0};
    struct json_document *document;
    struct error error;
    char *root = root_of(app), *path = folder ? place_in(folder) : NULL;
    enum status status =
        root && path ? read_places(path, &bytes, &document, &error) : STATUS_REFUSED;
    if (status == STATUS_INVALID)
        app_say(app, ROLE_WARNING,
                "%s cannot be understood and is ignored: %s; it stays as %s.broken", path,
                error.message, PLACES);
    else if (status == STATUS_IO && is_there(path))
        app_say(app, ROLE_WARNING, "%s cannot be read and stays as it is: %s", path, error.message);
    else if (status == STATUS_OK) {
        const struct json_value *entry = find(document, root);
        if (entry && json_value_type(entry) == JSON_OBJECT)
            recall_entry(app, document, entry);
    }
    if (root && path)
        json_document_free(document);
    buffer_done(&bytes);
    free(root);
    free(path);
}

/* A list that begins empty would look like a registry that is. */
void remember_check_filter(struct app *app)
{
    if (!app->recalled.filtered || !registry_is_complete(app->registry))
        return;
    app->recalled.filtered = false;
    if (app->browse.count > 0 || registry_count(app->registry) == 0)
        return;
    if (!app->message[0]) /* else there is more important news */
        app_say(app, ROLE_WARNING, "The filter `%s` of last time fits nothing now: all are shown",
                app->browse.filter);
    (void)browse_take_filter(&app->browse, "", NULL);
    browse_make(&app->browse, app->registry);
}

size_t remember_curve(const struct app *app, const struct file *file)
{
    const struct calibration_curve *curve = NULL;
    bool same = app->recalled.device && strcmp(app->recalled.device, file->id) == 0;
    if (same && app->recalled.curve)
        curve = calibration_find(file->calibration, app->recalled.curve, NULL);
    return curve ? file_index_of(file, curve) : 0;
}

/* The curve of the selected device that the user was on, now or in an earlier session. */
static const char *curve_to_keep(const struct app *app, const char *device)
{
    if (app->file && device && strcmp(app->file->id, device) == 0)
        return app_source(app)->name;
    bool same = device && app->recalled.device && strcmp(app->recalled.device, device) == 0;
    return same ? app->recalled.curve : NULL;
}

static void write_entry(const struct app *app, const char *root, struct buffer *out)
{
    struct json_writer writer = {.out = out};
    const struct registry_entry *entry = browse_selected(&app->browse);
    const char *device = entry ? entry->id : app->browse.selected_id;
    const char *curve = curve_to_keep(app, device);
    const struct order *order = &app->browse.order;
    json_write_object(&writer);
    json_write_string_member(&writer, "root", root);
    if (device)
        json_write_string_member(&writer, "device", device);
    if (curve)
        json_write_string_member(&writer, "curve", curve);
    if (app->browse.filter[0] && (entry || !registry_is_complete(app->registry)))
        json_write_string_member(&writer, "filter", app->browse.filter);
    if (order->field) {
        char *sort = memory_print("%s:%s", order->field->name, order->descending ? "desc" : "asc");
        json_write_string_member(&writer, "sort", sort);
        free(sort);
    }
    if (app->log_y != app->recalled.log_y)
        json_write_bool_member(&writer, "linear", !app->log_y);
    if (app->bars != app->recalled.bars)
        json_write_count_member(&writer, "bars", app->bars);
    json_write_end(&writer);
}

/* The other registries' entries as they are, as far as there is room. */
static void append_others(const struct json_document *document, const char *bytes, const char *root,
                          struct buffer *out)
{
    const struct json_value *own = find(document, root);
    const struct json_value *all =
        json_member(document, json_document_root(document), "registries");
    const struct json_value *entry = all ? json_value_first(document, all) : NULL;
    for (int kept = 1; entry && kept < REMEMBER_REGISTRIES_MAX;
         entry = json_value_next(document, entry)) {
        size_t begin = json_value_begin(entry), length = json_value_end(entry) - begin;
        if (entry == own || out->length + length > REMEMBER_BYTES_MAX / 2)
            continue;
        buffer_append_string(out, ",\n");
        buffer_append(out, bytes + begin, length);
        kept++;
    }
}

/*
 * Keeps what this program cannot understand as PATH.broken, for its user; never over an earlier
 * one.
 */
static enum status set_aside(const char *path, const struct buffer *bytes)
{
    char *aside = memory_print("%s.broken", path);
    enum status status = file_create(aside, buffer_string(bytes), bytes->length, NULL);
    free(aside);
    return status;
}

/*
 * Writes the entry of this registry before the others, once. STATUS_CHANGED: another instance has
 * written meanwhile. STATUS_REFUSED: there is a file that cannot be read, or not be set aside; it
 * stays.
 */
static enum status keep(const struct app *app, const char *path, const char *root)
{
    struct buffer old = {0}, now = {0};
    struct json_document *document;
    enum status status = read_places(path, &old, &document, NULL);
    bool there = status != STATUS_IO;
    if (there ? status == STATUS_INVALID && set_aside(path, &old) : is_there(path)) {
        buffer_done(&old);
        return STATUS_REFUSED;
    }
    buffer_append_string(&now, "{\"registries\":[");
    write_entry(app, root, &now);
    if (document)
        append_others(document, buffer_string(&old), root, &now);
    buffer_append_string(&now, "]}\n");
    bool same = old.length == now.length && memcmp(buffer_string(&old), now.bytes, now.length) == 0;
    status = same ? STATUS_OK
                  : file_replace(path, there ? buffer_string(&old) : NULL, old.length, now.bytes,
                                 now.length, NULL);
    json_document_free(document);
    buffer_done(&old);
    buffer_done(&now);
    return status;
}

void remember_keep(const struct app *app, const char *folder)
{
    char *root = root_of(app), *path = folder ? place_in(folder) : NULL;
    if (root && path && folder_make_all(folder) == 0 && keep(app, path, root) == STATUS_CHANGED)
        (void)keep(app, path, root);
    free(root);
    free(path);
}

void remember_done(struct remembered *recalled)
{
    free(recalled->device);
    free(recalled->curve);
}
