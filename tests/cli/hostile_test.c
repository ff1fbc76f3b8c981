/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Nothing that a file, a name on the disk or an argument says reaches a terminal raw: every command
 * is asked about attacks in every place, and each byte of its answer and of its messages is looked
 * at.
 */
#include <locale.h>
#include <sys/stat.h>
#include <unistd.h>

#include "answer.h"

#include "../hostile.h"
#include "../share.h"

enum { ARGUMENTS_MAX = 8 };

static size_t codes, answers, bytes_checked;

/* A folder with a registry of two devices: a hostile one and the example. */
struct registry_fixture {
    char folder[32];
    char *root, *file, *other;
};

static void registry_init(struct registry_fixture *fixture)
{
    strcpy(fixture->folder, "/tmp/calscope-XXXXXX");
    assert_non_null(mkdtemp(fixture->folder));
    fixture->root = memory_print("%s/registry", fixture->folder);
    fixture->file = memory_print("%s/a/efficiency_curves.json", fixture->root);
    fixture->other = memory_print("%s/b/efficiency_curves.json", fixture->root);
    char *command = memory_print("mkdir -p %s/a %s/b && cp " EXAMPLE " %s", fixture->root,
                                 fixture->root, fixture->other);
    assert_int_equal(system(command), 0);
    free(command);
}

static void registry_done(struct registry_fixture *fixture)
{
    char *command = memory_print("rm -r %s", fixture->folder);
    assert_int_equal(system(command), 0);
    free(command);
    free(fixture->root);
    free(fixture->file);
    free(fixture->other);
}

/* --- judging --- */

static void check_stream(const char *what, const char *const *arguments, const char *bytes,
                         size_t length, bool *seen)
{
    size_t good = hostile_find(bytes, length, true, seen);
    if (good < length)
        fail_msg("%s: %s %s...: the byte %02x at %zu of:\n%.80s", what, arguments[1],
                 arguments[2] ? arguments[2] : "", (unsigned char)bytes[good], good,
                 bytes + (good < 60 ? 0 : good - 60));
    answers++;
    bytes_checked += length;
}

static void check_json(const char *what, const struct answer *answer)
{
    for (const char *at = answer->out; *at; at += strcspn(at, "\n") + 1) {
        struct json_document *document;
        struct error error;
        if (json_document_new(at, strcspn(at, "\n"), &document, &error))
            fail_msg("%s: not JSON: %zu: %s", what, error.column, error.message);
        json_document_free(document);
    }
}

/* Runs it in both charsets; for seen, where all characters can be seen. */
static void check_command(const char *what, const char *const *arguments, bool *seen)
{
    static const char *const locales[] = {"C", "C.UTF-8"};
    bool json = false;
    for (const char *const *word = arguments; *word; word++)
        json |= strcmp(*word, "--json") == 0;
    for (int i = seen ? 1 : 0; i < 2; i++) {
        assert_non_null(setlocale(LC_CTYPE, locales[i]));
        struct answer answer = answer_run(arguments);
        check_stream(what, arguments, answer.out, answer.out_length, seen);
        check_stream(what, arguments, answer.err, answer.err_length, NULL);
        for (size_t j = 0; i == 0 && !json && j < answer.out_length; j++)
            assert_true((unsigned char)answer.out[j] < 0x80);
        if (json)
            check_json(what, &answer);
        answer_done(&answer);
    }
}

/* --- the content of files --- */

/* Every command on the hostile file, in text and in JSON. */
static void check_file(const char *what, const struct registry_fixture *fixture)
{
    const char *file = fixture->file, *other = fixture->other;
    const char *const commands[][ARGUMENTS_MAX] = {
        {"calscope", "ls", fixture->root},
        {"calscope", "show", file},
        {"calscope", "show", file, "-c", "plain"},
        {"calscope", "plot", file},
        {"calscope", "plot", file, "--size", "200x60"},
        {"calscope", "eval", file, "-c", "plain", "1"},
        {"calscope", "fit", file},
        {"calscope", "diff", file, other},
        {"calscope", "diff", other, file},
        {"calscope", "diff", file, other, "--csv"},
        {"calscope", "tune", file, "-c", "plain", "--dry-run"},
        {"calscope", "tune", file, "-c", "plain", "--dry-run", "--scale=0.9"},
        {"calscope", "validate", fixture->root},
        {"calscope", "show", file, "-c", "no such curve"},
        {"calscope", "journal", file},
    };
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        const char *words[ARGUMENTS_MAX + 2] = {NULL};
        memcpy(words, commands[i], sizeof commands[i]);
        check_command(what, words, NULL);
        size_t count = 0;
        while (words[count])
            count++;
        words[count] = "--json";
        check_command(what, words, NULL);
    }
}

static void write_hostile(const struct registry_fixture *fixture, const char *form,
                          const char *bytes, size_t length)
{
    struct buffer text = {0};
    hostile_calibration(form, bytes, length, &text);
    write_file(fixture->file, text.bytes, text.length);
    buffer_done(&text);
}

static void test_no_attack_in_a_file_leaves_a_command(void **state)
{
    (void)state;
    struct registry_fixture fixture;
    registry_init(&fixture);
    for (size_t i = 0; i < HOSTILE_TEXT_COUNT; i++) {
        write_hostile(&fixture, hostile_everywhere, hostile_texts[i].bytes,
                      hostile_texts[i].length);
        check_file(hostile_texts[i].name, &fixture);
    }
    registry_done(&fixture);
}

static void test_a_megabyte_in_a_string_leaves_it_as_harmless(void **state)
{
    (void)state;
    struct registry_fixture fixture;
    struct buffer name = {0};
    registry_init(&fixture);
    size_t enough = (size_t)test_rounds(1 << 20, 1 << 18);
    while (name.length < enough)
        for (size_t i = 0; i < HOSTILE_TEXT_COUNT; i++)
            buffer_append(&name, hostile_texts[i].bytes, hostile_texts[i].length);
    write_hostile(&fixture, hostile_here_and_there, name.bytes, name.length);
    check_command("a megabyte", (const char *[]){"calscope", "show", fixture.file, NULL}, NULL);
    check_command("a megabyte", (const char *[]){"calscope", "ls", fixture.root, NULL}, NULL);
    check_command("a megabyte", (const char *[]){"calscope", "plot", fixture.file, NULL}, NULL);
    buffer_done(&name);
    registry_done(&fixture);
}

/* What a file may show: all that is not forbidden, takes a column and stands on its own. */
static bool is_shown(int32_t code)
{
    return text_role(code) == TEXT_SHOWN && !hostile_is_forbidden(code);
}

static void test_of_all_code_points_only_the_harmless_come_out_of_commands(void **state)
{
    (void)state;
    enum { CHUNK = 0x2000 };
    bool *seen = memory_new_array(HOSTILE_CODES, sizeof *seen);
    struct registry_fixture fixture;
    registry_init(&fixture);
    int32_t share = test_share();
    int missing = 0;
    for (int32_t first = 0; first < HOSTILE_CODES; first += CHUNK * share) {
        struct buffer text = {0};
        for (int32_t code = first; code < first + CHUNK; code++) {
            utf8proc_uint8_t encoded[4];
            codes++;
            if (code >= 0xD800 && code <= 0xDFFF)
                continue; /* no UTF-8 and no JSON has it */
            buffer_append(&text, encoded, (size_t)utf8proc_encode_char(code, encoded));
        }
        write_hostile(&fixture, hostile_once, buffer_string(&text), text.length);
        check_command("all code points", (const char *[]){"calscope", "show", fixture.file, NULL},
                      seen);
        check_command("all code points",
                      (const char *[]){"calscope", "show", fixture.file, "--json", NULL}, seen);
        buffer_done(&text);
    }
    for (int32_t code = 0x20; code < HOSTILE_CODES; code++)
        missing += code / CHUNK % share == 0 && !seen[code] && is_shown(code);
    assert_true(share > 1 || codes == 1114112);
    assert_int_equal(missing, 0);
    free(seen);
    registry_done(&fixture);
}

/* Messages about files that cannot be read quote them. */
static void test_messages_about_broken_files_are_harmless(void **state)
{
    (void)state;
    struct registry_fixture fixture;
    registry_init(&fixture);
    for (size_t i = 0; i < HOSTILE_TEXT_COUNT; i++) {
        const struct hostile_text *attack = &hostile_texts[i];
        struct buffer key = {0}, text = {0};
        hostile_quote(attack->bytes, attack->length, &key);
        const char *const forms[] = {"{%s: 1, %s: 2}", "{\"curves\": {%s: %s}}",
                                     "{\"curves\": {%s: {\"fitted_curve\": [%s]}}}", "{%s %s}"};
        for (size_t j = 0; j < sizeof forms / sizeof *forms; j++) {
            buffer_truncate(&text, 0);
            /* NOLINTNEXTLINE(clang-diagnostic-format-nonliteral) */
            buffer_print(&text, forms[j], key.bytes, key.bytes);
            write_file(fixture.file, text.bytes, text.length);
            check_file(attack->name, &fixture);
        }
        write_file(fixture.file, attack->bytes, attack->length);
        check_file(attack->name, &fixture);
        buffer_done(&key);
        buffer_done(&text);
    }
    registry_done(&fixture);
}

/* --- names on the disk, arguments --- */

/* The attack as a name: NUL and slashes cannot be in one, and bytes that are not UTF-8 can. */
static char *name_of(const struct hostile_text *attack)
{
    char *name = memory_print("%.*s\x9B\xFF", (int)attack->length, attack->bytes);
    for (char *at = name; *at; at++)
        if (*at == '/')
            *at = '_';
    return name;
}

static void test_names_on_the_disk_are_harmless(void **state)
{
    (void)state;
    for (size_t i = 0; i < HOSTILE_TEXT_COUNT; i++) {
        struct registry_fixture fixture, named;
        registry_init(&fixture);
        named = fixture;
        char *name = name_of(&hostile_texts[i]);
        char *folder = memory_print("%s/%s", fixture.root, name);
        named.file = memory_print("%s/efficiency_curves.json", folder);
        char *link = memory_print("%s/c", folder);
        assert_int_equal(mkdir(folder, 0700), 0);
        assert_int_equal(mkdir(link, 0700), 0);
        char *inside = memory_print("%s/efficiency_curves.json", link);
        assert_int_equal(symlink("/nowhere", inside), 0);
        char *good = read_whole(EXAMPLE);
        write_file(named.file, good, strlen(good));
        check_file(hostile_texts[i].name, &named);
        write_file(named.file, "{", 1);
        check_file(hostile_texts[i].name, &named);
        free(good);
        free(inside);
        free(link);
        free(named.file);
        free(folder);
        free(name);
        registry_done(&fixture);
    }
}

static void test_arguments_come_back_harmless(void **state)
{
    (void)state;
    for (size_t i = 0; i < HOSTILE_TEXT_COUNT; i++) {
        char *word = name_of(&hostile_texts[i]);
        char *option = memory_print("--%s", word), *revision = memory_print(EXAMPLE "@%s", word);
        const char *const commands[][ARGUMENTS_MAX] = {
            {"calscope", word},
            {"calscope", "ls", word},
            {"calscope", "ls", option},
            {"calscope", "ls", "--color", word},
            {"calscope", "ls", "--registry", word},
            {"calscope", "show", word},
            {"calscope", "show", revision},
            {"calscope", "show", EXAMPLE, "-c", word},
            {"calscope", "plot", EXAMPLE, "--size", word},
            {"calscope", "eval", EXAMPLE, word},
            {"calscope", "eval", EXAMPLE, "1", "--peak", word},
            {"calscope", "fit", EXAMPLE, "-m", word},
            {"calscope", "fit", EXAMPLE, "-k", word},
            {"calscope", "fit", EXAMPLE, "-w", word},
            {"calscope", "diff", EXAMPLE, word},
            {"calscope", "diff", EXAMPLE, EXAMPLE, "--margin", word},
            {"calscope", "diff", EXAMPLE, EXAMPLE, "--peaks", word},
            {"calscope", "diff", EXAMPLE, EXAMPLE, "--fail-on", word},
            {"calscope", "tune", EXAMPLE, "--set", word},
            {"calscope", "tune", EXAMPLE, "--scale", "0.9", "--dry-run", "--note", word},
            {"calscope", "validate", word},
            {"calscope", "journal", word},
        };
        for (size_t j = 0; j < sizeof commands / sizeof *commands; j++)
            check_command(hostile_texts[i].name, commands[j], NULL);
        free(option);
        free(revision);
        free(word);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_attack_in_a_file_leaves_a_command),
        cmocka_unit_test(test_a_megabyte_in_a_string_leaves_it_as_harmless),
        cmocka_unit_test(test_of_all_code_points_only_the_harmless_come_out_of_commands),
        cmocka_unit_test(test_messages_about_broken_files_are_harmless),
        cmocka_unit_test(test_names_on_the_disk_are_harmless),
        cmocka_unit_test(test_arguments_come_back_harmless),
    };
    setenv("XDG_STATE_HOME", "/nonexistent", 1); /* no journals of whoever runs this */
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    printf("hostile text in commands: %zu code points, %d attacks, %zu streams, %zu bytes, "
           "%d failed\n",
           codes, (int)HOSTILE_TEXT_COUNT, answers, bytes_checked, failed);
    return failed;
}
