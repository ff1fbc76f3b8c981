/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * calscope ls [PATH]: the devices of a registry.
 *
 * JSON: {"registry","devices":[{"id","path","hardware_id","hardware_name","device_type",
 * "precision","calibration_date","curves","bandwidth_curves","points","state","message"}]};
 * state is "ok" or "broken", and what a broken file does not tell is null or 0.
 */
#include <stdlib.h>
#include <string.h>

#include "calibration/registry.h"
#include "cli/options.h"
#include "report/table.h"

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
    json_write_end(writer);
}

static void answer_json(struct cli *cli, const struct registry *registry)
{
    struct json_writer writer = {.out = &cli->out};
    json_write_object(&writer);
    json_write_string_member(&writer, "registry", registry_root(registry));
    json_write_key(&writer, "devices");
    json_write_array(&writer);
    for (size_t i = 0; i < registry_count(registry); i++)
        write_device(&writer, registry_at(registry, i));
    json_write_end(&writer);
    json_write_end(&writer);
    buffer_append_string(&cli->out, "\n");
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
    table_add(table, "ok");
}

static void answer_text(struct cli *cli, const struct registry *registry)
{
    if (registry_count(registry) == 0) {
        cli_print(cli, "no %s below %s\n", REGISTRY_FILE_NAME, registry_root(registry));
        return;
    }
    struct table *table = table_new(columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < registry_count(registry); i++)
        add_device(table, registry_at(registry, i));
    table_render(table, 0, cli->charset, &cli->out);
    table_free(table);
}

static int list(struct cli *cli, const char *path)
{
    struct registry *registry;
    struct error error;
    if (registry_open(path, &registry, &error)) {
        cli_complain(cli, path, &error);
        return EXIT_TROUBLE;
    }
    registry_scan(registry);
    if (cli->json)
        answer_json(cli, registry);
    else
        answer_text(cli, registry);
    registry_free(registry);
    return EXIT_FINE;
}

static int run(struct cli *cli, int argc, char **argv)
{
    options_begin();
    int option = options_next(cli, argc, argv, NULL);
    if (option != OPTIONS_END)
        return options_status(option);
    if (argc - optind > 1)
        return cli_misuse(cli, "one PATH at a time, not `%s` too", argv[optind + 1]);
    return list(cli, optind < argc ? argv[optind] : cli->registry);
}

const struct command command_ls = {
    .name = "ls",
    .usage = "ls [PATH]",
    .help = "Lists the devices of a registry folder, by id. Curves are counted as compute or\n"
            "compute+bandwidth; WORST R2 is the lowest stored r_squared that says anything.\n"
            "A file that cannot be read is a row that says why.\n",
    .run = run,
};
