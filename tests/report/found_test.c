/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of a path without a calibration, and of an id that is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"
#include "report/found.h"

static char folder[] = "/tmp/calscope-found-XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    char *command = memory_print("rm -rf %s", folder);
    int status = chdir("/") | system(command);
    free(command);
    return status;
}

static void write_file(const char *path, const char *bytes)
{
    assert_int_equal(file_create(path, bytes, strlen(bytes), NULL), STATUS_OK);
}

static void assert_described(const char *path, const char *expected)
{
    struct buffer out = {0};
    found_describe(path, &out);
    assert_string_equal(buffer_string(&out), expected);
    buffer_done(&out);
}

static void test_a_file_is_named_by_what_it_is(void **state)
{
    (void)state;
    static const char *const files[][2] = {
        {"", "an empty file"},
        {"# calscope\n", "text that is not JSON"},
        {"{\"name\": \"x\", \"version\": 1}", "JSON, an object with name, version"},
        {"{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1}", "JSON, an object with a, b, c, d and more"},
        {"{}", "JSON, an object without members"},
        {"[1]", "JSON, an array"},
        {"\x89PNG\r\n\x1a\n", "a picture (PNG)"},
        {"\xff\xd8\xff\xe0", "a picture (JPEG)"},
        {"%PDF-1.7", "a PDF document"},
        {"\xfe\xfd", "bytes that are no text in UTF-8"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        write_file("file", files[i][0]);
        assert_described("file", files[i][1]);
        assert_int_equal(unlink("file"), 0);
    }
    assert_described("nowhere", "No such file or directory");
}

static void test_a_folder_is_told_by_the_endings_of_its_files(void **state)
{
    (void)state;
    assert_int_equal(mkdir("pictures", 0700), 0);
    assert_described("pictures", "nothing, the folder is empty");
    write_file("pictures/a.png", "");
    assert_described("pictures", "1 file (1 .png), 0 folders");
    write_file("pictures/b.png", "");
    write_file("pictures/README.md", "");
    write_file("pictures/Makefile", "");
    write_file("pictures/.hidden", "");
    assert_int_equal(mkdir("pictures/more", 0700), 0);
    assert_described("pictures", "4 files (2 .png, 1 .md), 1 folder");
    write_file("pictures/a.c", "");
    write_file("pictures/a.h", "");
    assert_described("pictures", "6 files (2 .png, 1 .c, 1 .h), 1 folder");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_file_is_named_by_what_it_is),
        cmocka_unit_test(test_a_folder_is_told_by_the_endings_of_its_files),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
