/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Findings as lines for editors and as JSON; the sum; the table of rules. */
#include "cli/validate_answer.h"

#include "base/file.h"
#include "cli/validate_sarif.h"
#include "report/table.h"

/* Whether standard output gets lines. */
static bool in_lines(const struct validate_answer *answer)
{
    return !answer->cli->json && !(answer->request.sarif && !answer->request.sarif_file);
}

static void write_finding(struct json_writer *writer, const struct finding *finding)
{
    json_write_object(writer);
    json_write_string_member(writer, "severity", severity_name(finding->severity));
    json_write_string_member(writer, "rule", finding->rule);
    json_write_string_member(writer, "path", finding->path);
    json_write_known_count_member(writer, "line", finding->line > 0, finding->line);
    json_write_known_count_member(writer, "column", finding->column > 0, finding->column);
    json_write_string_member(writer, "message", finding->message);
    json_write_string_member(writer, "remedy", rule_find(finding->rule)->remedy);
    json_write_bool_member(writer, "fixable", finding->fixable);
    json_write_end(writer);
}

static void write_file(struct json_writer *writer, const struct validate_result *result)
{
    const struct findings *findings = result->findings;
    json_write_object(writer);
    json_write_string_member(writer, "file", result->file);
    json_write_count_member(writer, "errors", findings->counts[SEVERITY_ERROR]);
    json_write_count_member(writer, "warnings", findings->counts[SEVERITY_WARNING]);
    json_write_array_member(writer, "findings");
    for (size_t i = 0; i < findings->count; i++)
        write_finding(writer, &findings->items[i]);
    json_write_end(writer);
    json_write_count_member(writer, "fixed", result->fixed);
    json_write_bool_member(writer, "written", result->written);
    json_write_end(writer);
}

static void print_file(struct cli *cli, const struct validate_result *result)
{
    for (size_t i = 0; i < result->findings->count; i++) {
        const struct finding *finding = &result->findings->items[i];
        cli_print(cli, "%s:", result->file);
        if (finding->line)
            cli_print(cli, "%zu:%zu:", finding->line, finding->column);
        cli_print(cli, " %s: %s%s%s [%s]\n", severity_name(finding->severity), finding->path,
                  *finding->path ? ": " : "", finding->message, finding->rule);
    }
}

void validate_begin(struct validate_answer *answer)
{
    struct cli *cli = answer->cli;
    answer->writer.out = &cli->out;
    if (answer->request.sarif)
        sarif_begin(&answer->sarif_writer, answer->request.sarif_file ? &answer->sarif : &cli->out);
    if (!cli->json)
        return;
    json_write_object(&answer->writer);
    json_write_array_member(&answer->writer, "files");
}

void validate_add(struct validate_answer *answer, const struct validate_result *result)
{
    answer->files++;
    answer->fixed += result->fixed;
    for (int i = 0; i < 3; i++)
        answer->counts[i] += result->findings->counts[i];
    for (size_t i = 0; i < result->findings->count; i++)
        answer->fixable += result->findings->items[i].fixable;
    if (answer->request.sarif)
        sarif_add(&answer->sarif_writer, result);
    if (answer->cli->json)
        write_file(&answer->writer, result);
    else if (in_lines(answer))
        print_file(answer->cli, result);
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static void print_sum(struct validate_answer *answer)
{
    const size_t *counts = answer->counts;
    cli_print(answer->cli, "%zu file%s: %zu error%s, %zu warning%s, %zu note%s", answer->files,
              plural(answer->files), counts[SEVERITY_ERROR], plural(counts[SEVERITY_ERROR]),
              counts[SEVERITY_WARNING], plural(counts[SEVERITY_WARNING]), counts[SEVERITY_NOTE],
              plural(counts[SEVERITY_NOTE]));
    if (answer->request.fix && answer->fixed > 0)
        cli_print(answer->cli, " left; %zu %sfixed", answer->fixed,
                  answer->request.dry_run ? "would be " : "");
    else if (answer->fixable > 0)
        cli_print(answer->cli, "; --fix mends %zu of them", answer->fixable);
    cli_print(answer->cli, "\n");
}

static void write_sarif_file(struct validate_answer *answer)
{
    struct error error;
    const char *file = answer->request.sarif_file;
    if (!file_write(file, answer->sarif.bytes, answer->sarif.length, &error))
        return;
    cli_complain(answer->cli, file, &error);
    answer->status = EXIT_TROUBLE;
}

int validate_end(struct validate_answer *answer)
{
    if (answer->request.sarif)
        sarif_end(&answer->sarif_writer, answer->status == EXIT_FINE);
    if (answer->request.sarif && answer->request.sarif_file)
        write_sarif_file(answer);
    buffer_done(&answer->sarif);
    if (answer->cli->json) {
        json_write_end(&answer->writer);
        json_write_end(&answer->writer);
        buffer_append_string(&answer->cli->out, "\n");
    } else if (in_lines(answer)) {
        print_sum(answer);
    }
    if (answer->status == EXIT_FINE && answer->counts[SEVERITY_ERROR] > 0)
        return EXIT_NO;
    return answer->status;
}

static void write_rules(struct json_writer *writer, const struct rule *rules, size_t count)
{
    json_write_object(writer);
    json_write_array_member(writer, "rules");
    for (size_t i = 0; i < count; i++) {
        json_write_object(writer);
        json_write_string_member(writer, "rule", rules[i].id);
        json_write_string_member(writer, "severity", severity_name(rules[i].severity));
        json_write_bool_member(writer, "fixable", rules[i].fixable);
        json_write_string_member(writer, "description", rules[i].description);
        json_write_string_member(writer, "remedy", rules[i].remedy);
        json_write_end(writer);
    }
    json_write_end(writer);
    json_write_end(writer);
    buffer_append_string(writer->out, "\n");
}

void validate_print_rules(struct cli *cli)
{
    static const struct table_column columns[] = {{"RULE", TABLE_LEFT, 0},
                                                  {"SEVERITY", TABLE_LEFT, 0},
                                                  {"FIX", TABLE_LEFT, 0},
                                                  {"FINDS", TABLE_LEFT, TABLE_NO_LIMIT}};
    size_t count;
    const struct rule *rules = rules_all(&count);
    if (cli->json) {
        write_rules(&(struct json_writer){.out = &cli->out}, rules, count);
        return;
    }
    struct table *table = table_new(columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        table_add(table, rules[i].id);
        table_add(table, severity_name(rules[i].severity));
        table_add(table, rules[i].fixable ? "yes" : "");
        table_add(table, rules[i].description);
    }
    table_render(table, 0, cli->charset, &cli->out);
    table_free(table);
}
