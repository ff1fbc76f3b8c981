/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calibrations whose numbers come from a small generator, so that no two files are alike. */
#include "tree.h"

#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { POINTS = 9, MODELS = 4, PATH_BYTES = 512 };

/* What a calibration holds. */
struct content {
    int curves, points; /* points of each curve */
};

static const char *const operations[] = {"conv2d", "conv2d_batchnorm", "matmul", "unfused",
                                         "activation"};
enum { OPERATIONS = sizeof operations / sizeof *operations };

/* The next number of a sequence, from 0 up to 1. */
static double next(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (double)(*state >> 11) / 9007199254740992.0;
}

/* From 33 k to 333 M FLOPs. */
static double size_of(int point, int points)
{
    return 1e5 * pow(10, 4.0 * point / (points - 1)) / 3;
}

static void write_names(FILE *file, const char *key, const char *stem, const char *end)
{
    fprintf(file, "          \"%s\": [\n", key);
    for (int i = 0; i < MODELS; i++)
        fprintf(file, "            \"%s_%d\"%s\n", stem, i, i + 1 < MODELS ? "," : "");
    fprintf(file, "          ]%s\n", end);
}

static void write_point(FILE *file, double flops, double mean, uint64_t *state)
{
    double deviation = mean * (0.05 + 0.2 * next(state));
    fprintf(file,
            "        {\n          \"flops\": %.17g,\n          \"efficiency_mean\": %.17g,\n"
            "          \"efficiency_std\": %.17g,\n          \"efficiency_min\": %.17g,\n"
            "          \"efficiency_max\": %.17g,\n          \"ci_lower\": %.17g,\n"
            "          \"ci_upper\": %.17g,\n          \"num_observations\": 12,\n"
            "          \"num_samples\": 600,\n          \"source\": \"measured\",\n",
            flops, mean, deviation, mean - 1.5 * deviation, mean + 2 * deviation,
            mean - 0.5 * deviation, mean + 0.5 * deviation);
    write_names(file, "source_subgraphs", "AdaptiveAvgPool2d_Conv2d_ReLU", ",");
    write_names(file, "source_models", "efficientnet_b", "");
    fputs("        }", file);
}

static void write_fit(FILE *file, const double *means, int points)
{
    fputs("      \"fitted_curve\": {\n        \"curve_type\": \"piecewise_linear\",\n"
          "        \"breakpoints\": [\n",
          file);
    for (int i = 0; i < points; i++)
        fprintf(file, "          [\n            %.17g,\n            %.17g\n          ]%s\n",
                size_of(i, points), means[i], i + 1 < points ? "," : "");
    fputs("        ],\n        \"r_squared\": 1.0,\n        \"residual_std\": 0.0,\n"
          "        \"max_residual\": 0.0\n      },\n",
          file);
}

static double mean_at(int point, int points, uint64_t *state)
{
    return 0.9 / (1 + exp(4 - 8.0 * point / (points - 1))) * (0.9 + 0.2 * next(state));
}

static void write_curve(FILE *file, const char *name, int points, uint64_t *state)
{
    double *means = calloc((size_t)points, sizeof *means);
    if (!means)
        abort();
    fprintf(file,
            "    \"%s\": {\n      \"operation_type\": \"%s\",\n"
            "      \"description\": \"Measured efficiency for %s operations\",\n"
            "      \"data_points\": [\n",
            name, name, name);
    for (int i = 0; i < points; i++) {
        means[i] = mean_at(i, points, state);
        write_point(file, size_of(i, points), means[i], state);
        fputs(i + 1 < points ? ",\n" : "\n      ],\n", file);
    }
    write_fit(file, means, points);
    fprintf(file,
            "      \"min_flops\": %.17g,\n      \"max_flops\": %.17g,\n"
            "      \"calibration_models\": [\"resnet18\", \"vit_b_16\"],\n      \"notes\": \"\"\n"
            "    }",
            size_of(0, points), size_of(points - 1, points));
    free(means);
}

/* The operations by their names, then again with a number. */
static void name_curve(int index, char name[32])
{
    if (index < OPERATIONS)
        snprintf(name, 32, "%s", operations[index]);
    else
        snprintf(name, 32, "%s_%d", operations[index % OPERATIONS], index / OPERATIONS);
}

static void write_calibration(FILE *file, const char *type, int number, struct content content)
{
    uint64_t state = (uint64_t)number;
    char name[32];
    fprintf(file,
            "{\n  \"schema_version\": \"1.0\",\n  \"hardware_id\": \"device_%04d\",\n"
            "  \"hardware_name\": \"Measured device %d\",\n  \"device_type\": \"%s\",\n"
            "  \"precision\": \"FP32\",\n  \"calibration_date\": \"2026-02-04T18:48:13\",\n"
            "  \"calibration_tool_version\": \"bench\",\n  \"curves\": {\n",
            number, number, type);
    for (int i = 0; i < content.curves; i++) {
        name_curve(i, name);
        write_curve(file, name, content.points, &state);
        fputs(i + 1 < content.curves ? ",\n" : "\n", file);
    }
    fputs("  },\n  \"bandwidth_curves\": {},\n  \"validation\": null,\n  \"notes\": \"\"\n}\n",
          file);
}

static bool make_folder(const char *path)
{
    return mkdir(path, S_IRWXU) == 0 || errno == EEXIST;
}

static bool make_device(const char *root, int number, int calibrations, size_t *bytes)
{
    char path[PATH_BYTES];
    const char *type = number < (calibrations + 1) / 2 ? "cpu" : "gpu";
    snprintf(path, sizeof path, "%s/%s", root, type);
    bool made = make_folder(path);
    snprintf(path, sizeof path, "%s/%s/device_%04d", root, type, number);
    made = made && make_folder(path);
    snprintf(path, sizeof path, "%s/%s/device_%04d/efficiency_curves.json", root, type, number);
    FILE *file = made ? fopen(path, "w") : NULL;
    if (!file)
        return false;
    write_calibration(file, type, number, (struct content){OPERATIONS, POINTS});
    *bytes += (size_t)ftell(file);
    return fclose(file) == 0;
}

/* Something that a walk has to pass by. */
static bool make_unrelated(const char *root, int number, int calibrations)
{
    char path[PATH_BYTES];
    int device = number / 2 % calibrations;
    if (number % 2)
        snprintf(path, sizeof path, "%s/archive/run_%05d.csv", root, number);
    else
        snprintf(path, sizeof path, "%s/%s/device_%04d/run_%05d.csv", root,
                 device < (calibrations + 1) / 2 ? "cpu" : "gpu", device, number);
    FILE *file = fopen(path, "w");
    if (!file)
        return false;
    fputs("flops,milliseconds\n", file);
    return fclose(file) == 0;
}

bool tree_make(const char *root, int calibrations, int unrelated, size_t *bytes)
{
    char archive[PATH_BYTES];
    snprintf(archive, sizeof archive, "%s/archive", root);
    *bytes = 0;
    bool made = make_folder(root) && (unrelated == 0 || make_folder(archive));
    for (int i = 0; made && i < calibrations; i++)
        made = make_device(root, i, calibrations, bytes);
    for (int i = 0; made && i < unrelated; i++)
        made = make_unrelated(root, i, calibrations);
    return made;
}

bool tree_make_calibration(const char *path, int curves, int points)
{
    FILE *file = fopen(path, "w");
    if (!file)
        return false;
    write_calibration(file, "cpu", 1, (struct content){curves, points});
    return fclose(file) == 0;
}
