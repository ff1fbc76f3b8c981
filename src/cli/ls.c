/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * calscope ls [PATH]: the devices of a registry, all or those that a filter keeps, in some order.
 *
 * JSON: {"registry","devices":[{"id","path","hardware_id","hardware_name","device_type",
 * "precision","calibration_date","curves","bandwidth_curves","points","state","message",
 * "kept_edits","worst_r_squared","source"}]}; state is "ok" or "broken", source where the points
 * come from ("measured+legacy"), and what a broken file does not tell is null or 0.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/folders.h"
#include "base/memory.h"
#include "calibration/registry.h"
#include "cli/options.h"
#include "report/csv.h"
#include "report/filter.h"
#include "report/order.h"
#include "report/readout.h"
#include "report/table.h"
#include "tune/recovery.h"

enum { OPTION_FILTER = OPTION_OWN, OPTION_SORT };

/* What is listed of a registry. Owns the array; the entries are the registry's. */
struct listing {
    const struct registry *registry;
    const struct registry_entry **entries;
    size_t count;
};

static double worst_r_squared(const struct registry_entry *entry)
{
    return entry->broken ? (double)NAN : entry->worst_r_squared;
}

static void write_source(struct json_writer *writer, const struct registry_entry *entry)
{
    struct buffer text = {0};
    readout_sources(entry->sources, &text);
    json_write_string_member(writer, "source", text.length ? text.bytes : NULL);
    buffer_done(&text);
}

static void write_device(struct json_writer *writer, const struct registry_entry *entry)
{
    json_write_object(writer);
    json_write_string_member(writer, "id", entry->id);
    json_write_string_member(writer, "path", entry->path);
    json_write_string_member(writer, "hardware_id", entry->hardware_id);
    json_write_string_member(writer, "hardware_name", entry->hardware_name);
    json_write_string_member(writer, "device_type", entry->device_type);
    json_write_string_member(writer, "precision", entry->precision);
    json_write_string_member(writer, "calibration_date", entry->calibration_date);
    json_write_count_member(writer, "curves", entry->curves);
    json_write_count_member(writer, "bandwidth_curves", entry->bandwidth_curves);
    json_write_count_member(writer, "points", entry->points);
    json_write_string_member(writer, "state", entry->broken ? "broken" : "ok");
    json_write_string_member(writer, "message", entry->message);
    json_write_bool_member(writer, "kept_edits", entry->kept_edits);
    json_write_number_member(writer, "worst_r_squared", worst_r_squared(entry));
    write_source(writer, entry);
    json_write_end(writer);
}

static void answer_json(struct cli *cli, const struct listing *listing)
{
    struct json_writer writer = {.out = &cli->out};
    json_write_object(&writer);
    json_write_string_member(&writer, "registry", registry_root(listing->registry));
    json_write_array_member(&writer, "devices");
    for (size_t i = 0; i < listing->count; i++)
        write_device(&writer, listing->entries[i]);
    json_write_end(&writer);
    json_write_end(&writer);
    buffer_append_string(&cli->out, "\n");
}

/* The same as CSV, and what the columns of the table show besides. */
static void answer_csv(struct cli *cli, const struct listing *listing)
{
    static const char *const headings[] = {"id",
                                           "path",
                                           "hardware_id",
                                           "hardware_name",
                                           "device_type",
                                           "precision",
                                           "calibration_date",
                                           "curves",
                                           "bandwidth_curves",
                                           "points",
                                           "state",
                                           "message",
                                           "worst_r_squared",
                                           "source",
                                           NULL};
    struct csv csv = {.out = &cli->out, .charset = cli->charset};
    csv_add_row(&csv, headings);
    for (size_t i = 0; i < listing->count; i++) {
        const struct registry_entry *entry = listing->entries[i];
        struct buffer source = {0};
        csv_add(&csv, entry->id);
        csv_add(&csv, entry->path);
        csv_add(&csv, entry->hardware_id);
        csv_add(&csv, entry->hardware_name);
        csv_add(&csv, entry->device_type);
        csv_add(&csv, entry->precision);
        csv_add(&csv, entry->calibration_date);
        csv_add_count(&csv, entry->curves);
        csv_add_count(&csv, entry->bandwidth_curves);
        csv_add_count(&csv, entry->points);
        csv_add(&csv, entry->broken ? "broken" : "ok");
        csv_add(&csv, entry->message);
        csv_add_number(&csv, worst_r_squared(entry));
        readout_sources(entry->sources, &source);
        csv_add(&csv, buffer_string(&source));
        buffer_done(&source);
        csv_end_row(&csv);
    }
}

static const struct table_column columns[] = {
    {"ID", TABLE_LEFT, 40},
    {"HARDWARE ID", TABLE_LEFT, 30},
    {"PRECISION", TABLE_LEFT, 12},
    {"CURVES", TABLE_RIGHT, 0},
    {"POINTS", TABLE_RIGHT, 0},
    {"DATE", TABLE_LEFT, 10},
    {"WORST R2", TABLE_RIGHT, 0},
    {"SOURCE", TABLE_LEFT, 20},
    {"STATE", TABLE_LEFT, TABLE_NO_LIMIT},
};

/* "measured", or the parts where there are several: "legacy 9, measured 3". */
static void add_sources(struct table *table, const struct registry_entry *entry)
{
    struct buffer text = {0};
    bool mixed = false;
    for (int i = 0; i < POINT_SOURCE_COUNT; i++)
        mixed |= entry->sources[i] > 0 && entry->sources[i] < entry->points;
    for (int i = 0; i < POINT_SOURCE_COUNT; i++) {
        if (entry->sources[i] == 0)
            continue;
        buffer_print(&text, "%s%s", text.length ? ", " : "",
                     point_source_name((enum point_source)i));
        if (mixed)
            buffer_print(&text, " %zu", entry->sources[i]);
    }
    table_add(table, buffer_string(&text));
    buffer_done(&text);
}

static void add_device(struct table *table, const struct registry_entry *entry)
{
    table_add(table, entry->id);
    if (entry->broken) {
        for (size_t i = 2; i < sizeof columns / sizeof *columns; i++)
            table_add(table, NULL);
        table_print(table, "broken: %s", entry->message);
        return;
    }
    table_add(table, entry->hardware_id);
    table_add(table, entry->precision);
    if (entry->bandwidth_curves)
        table_print(table, "%zu+%zu", entry->curves, entry->bandwidth_curves);
    else
        table_print(table, "%zu", entry->curves);
    table_print(table, "%zu", entry->points);
    table_print(table, "%.10s", entry->calibration_date ? entry->calibration_date : "");
    table_add_number(table, entry->worst_r_squared, 3);
    add_sources(table, entry);
    table_add(table, entry->kept_edits ? "ok, kept edits" : "ok");
}

static void answer_text(struct cli *cli, const struct listing *listing)
{
    if (registry_count(listing->registry) == 0) {
        cli_print(cli, "no %s below %s\n", REGISTRY_FILE_NAME, registry_root(listing->registry));
        return;
    }
    if (listing->count == 0) {
        cli_print(cli, "none of %zu calibrations fits the filter\n",
                  registry_count(listing->registry));
        return;
    }
    struct table *table = table_new(columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < listing->count; i++)
        add_device(table, listing->entries[i]);
    table_render(table, 0, cli->charset, &cli->out);
    table_free(table);
}

static void make_listing(const struct registry *registry, const struct filter *filter,
                         const struct order *order, struct listing *out)
{
    *out = (struct listing){.registry = registry};
    out->entries = memory_new_array(registry_count(registry), sizeof(struct registry_entry *));
    for (size_t i = 0; i < registry_count(registry); i++)
        if (filter_holds(filter, registry_at(registry, i)))
            out->entries[out->count++] = registry_at(registry, i);
    order_sort(order, out->entries, out->count);
}

/* As the explorer's list shows it; where no journals can be read there are none. */
static void mark_kept(struct registry *registry)
{
    size_t count = 0;
    char *folder = folder_state();
    char **files = folder ? recovery_files(folder, &count) : NULL;
    registry_set_kept(registry, files, count);
    for (size_t i = 0; i < count; i++)
        free(files[i]);
    free(files);
    free(folder);
}

static int list(struct cli *cli, const char *path, const struct filter *filter,
                const struct order *order)
{
    struct registry *registry;
    struct listing listing;
    struct error error;
    if (registry_open(path, &registry, &error)) {
        cli_complain(cli, path, &error);
        return EXIT_TROUBLE;
    }
    registry_scan(registry);
    mark_kept(registry);
    make_listing(registry, filter, order, &listing);
    if (cli->json)
        answer_json(cli, &listing);
    else if (cli->csv)
        answer_csv(cli, &listing);
    else
        answer_text(cli, &listing);
    free(listing.entries);
    registry_free(registry);
    return EXIT_FINE;
}

/* Takes --filter or --sort; false, said, where its value makes no sense. */
static bool take_option(const struct cli *cli, int option, struct filter **filter,
                        struct order *order)
{
    struct error error = {0};
    if (option == OPTION_SORT) {
        if (order_parse(optarg, order, &error) == STATUS_OK)
            return true;
        cli_misuse(cli, "--sort: %s", error.message);
        return false;
    }
    filter_free(*filter);
    if (filter_parse(optarg, filter, &error) == STATUS_OK)
        return true;
    cli_misuse(cli, "--filter, character %zu: %s", error.column, error.message);
    return false;
}

static int run(struct cli *cli, int argc, char **argv)
{
    static const struct option longs[] = {{"filter", required_argument, NULL, OPTION_FILTER},
                                          {"sort", required_argument, NULL, OPTION_SORT},
                                          OPTIONS_CSV};
    static const struct option_set own = {"", longs, 3};
    struct filter *filter = NULL;
    struct order order = {0};
    int option, status = EXIT_TROUBLE;
    options_begin();
    while ((option = options_next(cli, argc, argv, &own)) >= 0)
        if (!take_option(cli, option, &filter, &order))
            break;
    if (option == OPTIONS_END && argc - optind > 1)
        status = cli_misuse(cli, "one PATH at a time, not `%s` too", argv[optind + 1]);
    else if (option == OPTIONS_END)
        status = list(cli, optind < argc ? argv[optind] : cli->registry, filter, &order);
    else if (option < 0)
        status = options_status(option);
    filter_free(filter);
    return status;
}

const struct command command_ls = {
    .name = "ls",
    .usage = "ls [PATH] [--filter TERMS] [--sort FIELD[:desc]]",
    .help = "Lists the devices of a registry folder, by id. Curves are counted as compute or\n"
            "compute+bandwidth; WORST R2 is the lowest stored r_squared that says anything.\n"
            "\n"
            "  --filter TERMS    only those for which all terms hold\n"
            "  --sort FIELD      by a field; FIELD:desc turns it round\n"
            "  --csv             comma-separated values, a row a device\n"
            "\n"
            "A term is a word that occurs in a row, or FIELD and a value: precision:FP16 (has\n"
            "it), r2<0.9, points>=20, date>2025-06 (July or later), precision!=FP32, r2=n/a.\n"
            "A - or ! before it turns it round; \"quotes\" hold blanks. Fields:\n"
            "  text     id device hardware type precision source curve state\n"
            "  date     date\n"
            "  number   curves bandwidth points single measured legacy interpolated r2\n"
            "single: points of a single observation; r2: WORST R2; curve: one of the names;\n"
            "state:kept finds files whose unsaved edits are kept in a journal.\n",
    .more = "A file that cannot be read is a row that says why. Sorted, such files come last\n"
            "(descending: first), and what is not known behind what is.\n",
    .run = run,
};
