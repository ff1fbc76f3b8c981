/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as a document and a script of edits: what comes out is the document that the edits
 * describe, and every byte that no edit names is as it was.
 *
 * The input is a JSON text, a NUL, and the script: three bytes an edit (what, which value, how);
 * arranging an array takes one more byte for each of its items and one for what comes last.
 */
#include "base/buffer.h"
#include "fuzz.h"
#include "json/document.h"
#include "json/edit.h"

enum { VALUES_MAX = 256, SLOTS_MAX = 64, EDITS_MAX = 32, DEPTH_MAX = 60, LEXEMES_MAX = 3 };

static const char *const lexemes[] = {"0",  "-1.5e3", "\"x\"",           "null",
                                      "[]", "[1,2]",  "{\"k\": [true]}", "\"\\u00e9\""};
enum { LEXEME_COUNT = sizeof lexemes / sizeof *lexemes, SCALAR_COUNT = 4 };

/* What the script does to one value of the document. */
struct plan {
    const struct json_value *value;
    const char *replaced; /* by this lexeme; NULL: not */
    bool removed;         /* from its object */
    bool arranged;        /* an array, into these slots */
    struct json_slot slots[SLOTS_MAX];
    size_t slot_count;
    const char *added[EDITS_MAX]; /* an object's new members: lexemes in their order */
    size_t added_count;
    bool loses; /* an object, a member */
};

/* The document in hand, a plan for each value in the order of the file, and the script left. */
struct run {
    struct json_document *document;
    struct json_edits *edits;
    struct plan plans[VALUES_MAX];
    size_t count;
    const uint8_t *script;
    size_t left;
};

/* --- the plan --- */

/* Lists values in the order of the file; false where they are too many or too deep. */
static bool list_values(struct run *run, const struct json_value *value, int depth)
{
    if (run->count == VALUES_MAX || depth > DEPTH_MAX)
        return false;
    run->plans[run->count++] = (struct plan){.value = value};
    const struct json_value *child = json_value_first(run->document, value);
    for (; child; child = json_value_next(run->document, child))
        if (!list_values(run, child, depth + 1))
            return false;
    return true;
}

static struct plan *plan_of(struct run *run, const struct json_value *value)
{
    size_t low = 0, high = run->count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (json_value_begin(run->plans[middle].value) <= json_value_begin(value))
            low = middle;
        else
            high = middle;
    }
    return &run->plans[low];
}

static uint8_t next_byte(struct run *run)
{
    if (run->left == 0)
        return 0;
    run->left--;
    return *run->script++;
}

/* New items: 0 to 3 of them, each of 1 to 3 scalars. */
static void plan_new_slots(struct plan *plan, uint8_t how)
{
    static const char *const rows[SCALAR_COUNT][LEXEMES_MAX] = {
        {"0", "1e6", "0.25"}, {"-1", "\"a\"", "null"}, {"\"\"", "true", "3"}, {"7", "8", "9"}};
    for (int left = how & 3; left > 0 && plan->slot_count < SLOTS_MAX; left--)
        plan->slots[plan->slot_count++] = (struct json_slot){
            .lexemes = rows[how >> 4 & 3], .lexeme_count = 1 + (size_t)(how >> 2) % LEXEMES_MAX};
}

static void arrange(struct run *run, struct plan *plan)
{
    const struct json_value *item = json_value_first(run->document, plan->value);
    if (plan->arranged || json_value_count(plan->value) > SLOTS_MAX / 4)
        return;
    for (; item; item = json_value_next(run->document, item)) {
        uint8_t how = next_byte(run);
        plan_new_slots(plan, how);
        if ((how & 0x80) && plan->slot_count < SLOTS_MAX)
            plan->slots[plan->slot_count++] = (struct json_slot){.keep = item};
    }
    plan_new_slots(plan, next_byte(run));
    plan->arranged = plan->slot_count > 0;
    if (plan->arranged)
        json_edits_arrange(run->edits, plan->value, plan->slots, plan->slot_count);
}

/* No document of the corpus spells its keys so, and if one does it gets no member. */
static void new_key(size_t index, char key[32])
{
    snprintf(key, 32, "new \"%zu\"", index);
}

static void add_member(struct run *run, struct plan *plan, const char *lexeme)
{
    char key[32];
    new_key(plan->added_count, key);
    if (json_member(run->document, plan->value, key))
        return;
    plan->added[plan->added_count++] = lexeme;
    json_edits_add_member(run->edits, plan->value, key, lexeme);
}

static void edit(struct run *run)
{
    uint8_t what = next_byte(run);
    struct plan *plan = &run->plans[next_byte(run) % run->count];
    const char *lexeme = lexemes[next_byte(run) % LEXEME_COUNT];
    switch (what % 4) {
    case 0:
        plan->replaced = lexeme;
        json_edits_replace(run->edits, plan->value, lexeme);
        break;
    case 1:
        if (json_value_type(plan->value) == JSON_ARRAY)
            arrange(run, plan);
        break;
    case 2:
        if (json_value_type(plan->value) == JSON_OBJECT)
            add_member(run, plan, lexeme);
        break;
    default:
        if (!json_key(run->document, plan->value))
            break;
        plan->removed = true;
        plan_of(run, json_value_parent(run->document, plan->value))->loses = true;
        json_edits_remove_member(run->edits, plan->value);
        break;
    }
}

/* --- what must come out --- */

static bool same_bytes(const struct json_document *a, size_t a_begin, size_t a_end,
                       const struct json_document *b, size_t b_begin, size_t b_end)
{
    size_t length;
    const char *a_bytes = json_document_bytes(a, &length), *b_bytes;
    b_bytes = json_document_bytes(b, &length);
    return a_end - a_begin == b_end - b_begin &&
           memcmp(a_bytes + a_begin, b_bytes + b_begin, a_end - a_begin) == 0;
}

static void require_lexeme(const struct json_document *document, const struct json_value *value,
                           const char *lexeme)
{
    size_t length;
    const char *bytes = json_document_bytes(document, &length);
    fuzz_require(value && json_value_end(value) - json_value_begin(value) == strlen(lexeme) &&
                     !memcmp(bytes + json_value_begin(value), lexeme, strlen(lexeme)),
                 "a new value is spelled as it was given");
}

static void require_outcome(struct run *run, const struct json_value *old,
                            const struct json_document *now, const struct json_value *value);

/* Nothing comes or goes between the brackets: all bytes between the children stay, keys too. */
static void require_same_children(struct run *run, const struct json_value *old,
                                  const struct json_document *now, const struct json_value *value)
{
    const struct json_value *a = json_value_first(run->document, old);
    const struct json_value *b = json_value_first(now, value);
    size_t a_end = json_value_begin(old), b_end = json_value_begin(value);
    for (; a && b; a = json_value_next(run->document, a), b = json_value_next(now, b)) {
        fuzz_require(
            same_bytes(run->document, a_end, json_value_begin(a), now, b_end, json_value_begin(b)),
            "what stands between values stays");
        require_outcome(run, a, now, b);
        a_end = json_value_end(a);
        b_end = json_value_end(b);
    }
    fuzz_require(!a && !b, "no value comes or goes by itself");
    fuzz_require(
        same_bytes(run->document, a_end, json_value_end(old), now, b_end, json_value_end(value)),
        "what stands before the bracket stays");
}

static void require_slots(struct run *run, const struct plan *plan, const struct json_document *now,
                          const struct json_value *value)
{
    const struct json_value *item = json_value_first(now, value);
    for (size_t i = 0; i < plan->slot_count; i++, item = json_value_next(now, item)) {
        const struct json_slot *slot = &plan->slots[i];
        fuzz_require(item != NULL, "all slots are there");
        if (slot->keep) {
            require_outcome(run, slot->keep, now, item);
            continue;
        }
        fuzz_require(json_value_type(item) == JSON_ARRAY &&
                         json_value_count(item) == slot->lexeme_count,
                     "a new item has its shape");
        for (size_t j = 0; j < slot->lexeme_count; j++)
            require_lexeme(now, json_item(now, item, j), slot->lexemes[j]);
    }
    fuzz_require(!item, "nothing but the slots is there");
}

static void require_members(struct run *run, const struct plan *plan,
                            const struct json_document *now, const struct json_value *value)
{
    const struct json_value *member = json_value_first(now, value);
    const struct json_value *old = json_value_first(run->document, plan->value);
    for (; old; old = json_value_next(run->document, old)) {
        if (plan_of(run, old)->removed)
            continue;
        fuzz_require(member && !strcmp(json_key(run->document, old), json_key(now, member)),
                     "members stay in their order");
        require_outcome(run, old, now, member);
        member = json_value_next(now, member);
    }
    for (size_t i = 0; i < plan->added_count; i++, member = json_value_next(now, member)) {
        char key[32];
        new_key(i, key);
        fuzz_require(member && !strcmp(json_key(now, member), key), "new members come last");
        require_lexeme(now, member, plan->added[i]);
    }
    fuzz_require(!member, "no other member is there");
}

static void require_outcome(struct run *run, const struct json_value *old,
                            const struct json_document *now, const struct json_value *value)
{
    const struct plan *plan = plan_of(run, old);
    if (plan->replaced) {
        require_lexeme(now, value, plan->replaced);
        return;
    }
    fuzz_require(json_value_type(old) == json_value_type(value), "a value keeps its type");
    if (json_value_type(old) < JSON_ARRAY)
        fuzz_require(same_bytes(run->document, json_value_begin(old), json_value_end(old), now,
                                json_value_begin(value), json_value_end(value)),
                     "a value that no edit names stays");
    else if (plan->arranged)
        require_slots(run, plan, now, value);
    else if (plan->loses || plan->added_count > 0)
        require_members(run, plan, now, value);
    else
        require_same_children(run, old, now, value);
}

static void require_result(struct run *run, const struct buffer *out)
{
    struct json_document *now;
    struct error error = {0};
    if (json_document_new(out->bytes, out->length, &now, &error) != STATUS_OK)
        fuzz_require(false, error.message);
    const struct json_value *old = json_document_root(run->document);
    const struct json_value *root = json_document_root(now);
    size_t old_length;
    json_document_bytes(run->document, &old_length);
    fuzz_require(
        same_bytes(run->document, 0, json_value_begin(old), now, 0, json_value_begin(root)),
        "what stands before the root stays");
    fuzz_require(same_bytes(run->document, json_value_end(old), old_length, now,
                            json_value_end(root), out->length),
                 "what stands behind the root stays");
    require_outcome(run, old, now, root);
    json_document_free(now);
}

static void run_script(struct run *run)
{
    struct buffer out = {0}, again = {0};
    run->edits = json_edits_new(run->document);
    for (int i = 0; i < EDITS_MAX && run->left > 0; i++)
        edit(run);
    json_edits_apply(run->edits, &out);
    json_edits_apply(run->edits, &again);
    fuzz_require(out.length == again.length && !memcmp(out.bytes, again.bytes, out.length),
                 "applying changes no edit");
    require_result(run, &out);
    json_edits_free(run->edits);
    buffer_done(&out);
    buffer_done(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const uint8_t *nul = length ? memchr(bytes, '\0', length) : NULL;
    size_t json_length = nul ? (size_t)(nul - bytes) : length;
    static struct run run; /* too large to be cleared for each input */
    run.count = 0;
    if (json_document_new((const char *)bytes, json_length, &run.document, NULL) != STATUS_OK)
        return 0;
    run.script = nul ? nul + 1 : bytes + length;
    run.left = nul ? length - json_length - 1 : 0;
    if (list_values(&run, json_document_root(run.document), 0))
        run_script(&run);
    json_document_free(run.document);
    return 0;
}
