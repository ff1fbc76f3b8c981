/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A registry is opened where it was left; what is kept is bounded, and nonsense is passed by. */
#include "explorer.h"

/* Ends the session as quitting does, and starts the next one. */
static void come_again(struct fixture *fixture)
{
    remember_keep(&fixture->app, fixture->journals);
    app_done(&fixture->app);
    start(fixture);
    remember_recall(&fixture->app, fixture->journals);
    app_follow(&fixture->app);
}

static void write_places(const struct fixture *fixture, const char *content)
{
    char *path = memory_print("%s/places.json", fixture->journals);
    shell("mkdir -p %s", fixture->journals);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(content, file);
    fclose(file);
    free(path);
}

static void test_device_curve_axis_and_bars_are_as_they_were(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "j\rjj");
    char *curve = memory_copy_string(app_source(app)->name);
    type(app, "ye");
    come_again(fixture);
    assert_string_equal(browse_selected(&app->browse)->id, "gpu/jetson_orin_agx");
    assert_false(app->log_y);
    assert_int_equal(app->bars, SCENE_BARS_STD + 1);
    come_again(fixture); /* without opening the device */
    type(app, "\r");
    assert_string_equal(app_source(app)->name, curve);
    free(curve);
}

/* Writes the configuration that the next sessions have. */
static void configure(struct fixture *fixture, const char *text, char **path)
{
    *path = memory_print("%s/config", fixture->folder);
    assert_int_equal(file_replace(*path, NULL, 0, text, strlen(text), NULL), STATUS_OK);
    fixture->options.config = *path;
}

static void test_a_configuration_holds_where_the_user_was_before_it(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    char *path;
    type(app, "j");
    come_again(fixture);
    configure(fixture, "set axis linear\nset bars range\n", &path);
    come_again(fixture); /* into a registry that was seen with another axis and other bars */
    assert_int_equal(app->browse.selected, 1);
    assert_false(app->log_y);
    assert_int_equal(app->bars, SCENE_BARS_RANGE);
    free(path);
}

static void test_what_the_user_changes_holds_over_the_configuration(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    char *path;
    configure(fixture, "set axis linear\nset bars none\n", &path);
    app_done(app);
    start(fixture);
    type(app, "\rye");
    come_again(fixture);
    assert_true(app->log_y);
    assert_int_equal(app->bars, SCENE_BARS_STD);
    free(path);
}

static void test_filter_and_order_are_as_they_were(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "/points>10\r>I");
    come_again(fixture);
    assert_string_equal(app->browse.filter, "points>10");
    assert_string_equal(app->browse.order.field->name, "precision");
    assert_true(app->browse.order.descending);
    assert_int_equal(app->browse.count, 1);
}

static void test_a_filter_that_fits_nothing_does_not_come_again(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "/no such device\r");
    assert_shows(app, "Nothing fits the filter `no such device`. Esc clears it.");
    come_again(fixture);
    assert_string_equal(app->browse.filter, "");
    assert_int_equal(app->browse.count, 2);
    type(app, "/jetson\r");
    remember_keep(app, fixture->journals);
    shell("rm -r %s/gpu/jetson_orin_agx", fixture->root);
    app_done(app);
    start(fixture);
    remember_recall(app, fixture->journals);
    app_follow(app);
    assert_int_equal(app->browse.count, 1);
    assert_shows(app, "The filter `jetson` of last time fits nothing now: all are shown");
    type(app, "/jetson\r"); /* by hand it holds, and says what ends it */
    assert_shows(app, "Nothing fits the filter `jetson`. Esc clears it.");
}

static void test_each_registry_has_its_own_place_however_it_is_called(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    type(app, "j");
    remember_keep(app, fixture->journals);
    app_done(app);
    char *root = fixture->root;
    shell("cd %s && cp -r . ../other", root);
    fixture->root = memory_print("%s/../other", root);
    start(fixture);
    remember_recall(app, fixture->journals);
    app_follow(app);
    assert_int_equal(app->browse.selected, 0);
    free(fixture->root);
    fixture->root = memory_print("%s/../hardware_registry/", root);
    come_again(fixture); /* keeps the place in the other one */
    assert_int_equal(app->browse.selected, 1);
    free(fixture->root);
    fixture->root = root;
}

static void test_nonsense_is_passed_by(void **state)
{
    static const struct {
        const char *content;
        bool said; /* what is no JSON is; what is no place is passed by without a word */
    } nonsense[] = {{"{", true},
                    {"[]", false},
                    {"7", false},
                    {"{\"registries\":7}", false},
                    {"{\"registries\":[7,null,{}]}", false},
                    {"{\"registries\":[{\"root\":7}]}", false},
                    {"", true},
                    {"\xff\xfe", true}};
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    for (size_t i = 0; i < sizeof nonsense / sizeof *nonsense; i++) {
        write_places(fixture, nonsense[i].content);
        app->message[0] = '\0';
        remember_recall(app, fixture->journals);
        app_follow(app);
        assert_int_equal(strstr(app->message, "/places.json cannot be understood and is ignored") !=
                             NULL,
                         nonsense[i].said);
        assert_int_equal(app->browse.count, 2);
        assert_int_equal(app->browse.selected, 0);
    }
    come_again(fixture); /* and is replaced */
    assert_string_equal(app->message, "");
}

/* Whoever wrote places.json wrongly by hand has it beside the new one. */
static void test_nonsense_is_set_aside_before_it_is_replaced(void **state)
{
    struct fixture *fixture = *state;
    write_places(fixture, "{\"registries\":[,");
    remember_recall(&fixture->app, fixture->journals);
    assert_non_null(strstr(fixture->app.message, "; it stays as places.json.broken"));
    come_again(fixture);
    shell("cd %s && grep -q '\\[,' places.json.broken && grep -q '{.root' places.json",
          fixture->journals);
    write_places(fixture, "worse"); /* the first one is kept, so this one stays where it is */
    come_again(fixture);
    shell("cd %s && grep -q '\\[,' places.json.broken && grep -q worse places.json",
          fixture->journals);
}

static void test_what_cannot_be_read_stays(void **state)
{
    struct fixture *fixture = *state;
    write_places(fixture, "");
    shell("truncate -s 1M %s/places.json", fixture->journals);
    remember_recall(&fixture->app, fixture->journals);
    assert_non_null(strstr(fixture->app.message, "/places.json cannot be read and stays as it is"));
    come_again(fixture);
    shell("test $(stat -c %%s %s/places.json) = 1048576", fixture->journals);
}

static void test_wrong_values_are_passed_by_one_by_one(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    char *content =
        memory_print("{\"registries\":[{\"root\":\"%s\",\"device\":\"\\u001b[31m\",\"filter\":"
                     "\"nofield:x\",\"sort\":\"points:desc\",\"bars\":-1,\"linear\":3}]}",
                     fixture->root);
    write_places(fixture, content);
    free(content);
    remember_recall(app, fixture->journals);
    app_follow(app);
    assert_int_equal(app->browse.selected, 0);
    assert_string_equal(app->browse.filter, "");
    assert_string_equal(app->browse.order.field->name, "points");
    assert_int_equal(app->bars, SCENE_BARS_STD);
    assert_true(app->log_y);
}

static void test_what_is_kept_stays_small(void **state)
{
    struct fixture *fixture = *state;
    struct buffer many = {0}, kept = {0};
    buffer_append_string(&many, "{\"registries\":[{\"root\":\"/0\"}");
    for (int i = 1; i < 1000; i++)
        buffer_print(&many, ",{\"root\":\"/%d\"}", i);
    buffer_append_string(&many, "]}");
    write_places(fixture, many.bytes);
    remember_keep(&fixture->app, fixture->journals);
    char *path = memory_print("%s/places.json", fixture->journals);
    assert_int_equal(file_read(path, 1 << 20, &kept, NULL), STATUS_OK);
    assert_non_null(strstr(kept.bytes, fixture->root));
    assert_non_null(strstr(kept.bytes, "\"/38\""));
    assert_null(strstr(kept.bytes, "\"/39\""));
    free(path);
    buffer_done(&many);
    buffer_done(&kept);
}

static void test_without_a_folder_nothing_is_kept_or_read(void **state)
{
    struct fixture *fixture = *state;
    struct app *app = &fixture->app;
    struct buffer before = {0}, after = {0};
    char *path = memory_print("%s/places.json", fixture->journals);
    type(app, "j");
    remember_keep(app, fixture->journals);
    assert_int_equal(file_read(path, 1 << 20, &before, NULL), STATUS_OK);
    type(app, "k");
    remember_keep(app, NULL);
    remember_keep(app, "/dev/null/nowhere");
    assert_string_equal(app->message, ""); /* no news to anyone who is leaving */
    assert_int_equal(file_read(path, 1 << 20, &after, NULL), STATUS_OK);
    assert_string_equal(before.bytes, after.bytes);
    remember_recall(app, NULL);
    app_follow(app);
    assert_int_equal(app->browse.selected, 0); /* and not where the file says */
    buffer_done(&before);
    buffer_done(&after);
    free(path);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_device_curve_axis_and_bars_are_as_they_were),
        TEST(test_a_configuration_holds_where_the_user_was_before_it),
        TEST(test_what_the_user_changes_holds_over_the_configuration),
        TEST(test_filter_and_order_are_as_they_were),
        TEST(test_a_filter_that_fits_nothing_does_not_come_again),
        TEST(test_each_registry_has_its_own_place_however_it_is_called),
        TEST(test_nonsense_is_passed_by),
        TEST(test_nonsense_is_set_aside_before_it_is_replaced),
        TEST(test_what_cannot_be_read_stays),
        TEST(test_wrong_values_are_passed_by_one_by_one),
        TEST(test_what_is_kept_stays_small),
        TEST(test_without_a_folder_nothing_is_kept_or_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
