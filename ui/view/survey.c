/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a registry's calibrations one by one, and measuring them two by two. */
#include "ui/view/survey.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"

void survey_start(struct survey *survey, const struct registry *registry)
{
    *survey = (struct survey){.started = true, .count = registry_count(registry)};
    survey->devices = memory_new_array(survey->count, sizeof *survey->devices);
    for (size_t i = 0; i < survey->count; i++)
        survey->devices[i].entry = registry_at(registry, i);
}

void survey_done(struct survey *survey)
{
    for (size_t i = 0; i < survey->count; i++) {
        coverage_done(&survey->devices[i].coverage);
        outline_done(&survey->devices[i].outline);
        free(survey->devices[i].pairs);
    }
    free(survey->devices);
    coverage_done(&survey->all);
    *survey = (struct survey){0};
}

void survey_read(struct survey *survey, size_t device)
{
    struct calibration *calibration;
    struct survey_device *it = &survey->devices[device];
    if (it->read)
        return;
    it->read = true;
    survey->read_count++;
    /* What the registry could not read, such as a link that leads out of it, stays unopened. */
    it->broken = it->entry->broken || calibration_load(it->entry->path, &calibration, NULL);
    if (it->broken)
        return;
    json_document_bytes(calibration->document, &it->length);
    coverage_init(&it->coverage, calibration);
    outline_init(&it->outline, calibration);
    coverage_add(&survey->all, &it->coverage);
    calibration_free(calibration);
}

void survey_read_next(struct survey *survey)
{
    size_t device = 0;
    while (survey->devices[device].read)
        device++;
    survey_read(survey, device);
}

/*
 * Whether two files are the same now; they are read again, since no survey could keep their bytes.
 */
static bool same_bytes(const struct survey_device *a, const struct survey_device *b)
{
    struct buffer of_a = {0}, of_b = {0};
    bool same = a->length == b->length &&
                file_read(a->entry->path, a->length, &of_a, NULL) == STATUS_OK &&
                file_read(b->entry->path, b->length, &of_b, NULL) == STATUS_OK &&
                of_a.length == of_b.length &&
                memcmp(buffer_string(&of_a), buffer_string(&of_b), of_a.length) == 0;
    buffer_done(&of_a);
    buffer_done(&of_b);
    return same;
}

static struct survey_pair measure(const struct survey_device *a, const struct survey_device *b)
{
    if (a->broken || b->broken)
        return (struct survey_pair){.relation = SURVEY_BROKEN};
    struct distance distance = distance_between(&a->outline, &b->outline);
    struct survey_pair pair = {.relation = distance.operations ? SURVEY_APART : SURVEY_NOTHING,
                               .nepers = (float)distance.nepers,
                               .operations = (unsigned)distance.operations};
    if (!(distance.nepers > 0) && same_bytes(a, b))
        pair.relation = SURVEY_SAME;
    return pair;
}

void survey_measure(struct survey *survey, size_t a, size_t b)
{
    size_t later = a > b ? a : b, earlier = a > b ? b : a;
    struct survey_device *device = &survey->devices[later];
    survey_read(survey, earlier);
    survey_read(survey, later);
    if (earlier == later)
        return;
    if (!device->pairs)
        device->pairs = memory_new_array(later, sizeof *device->pairs);
    if (device->pairs[earlier].relation == SURVEY_PENDING)
        device->pairs[earlier] = measure(&survey->devices[earlier], device);
}

struct survey_pair survey_pair(const struct survey *survey, size_t a, size_t b)
{
    size_t later = a > b ? a : b, earlier = a > b ? b : a;
    const struct survey_device *device = &survey->devices[later];
    if (earlier == later)
        return (struct survey_pair){.relation = SURVEY_ITSELF};
    return device->pairs ? device->pairs[earlier]
                         : (struct survey_pair){.relation = SURVEY_PENDING};
}
