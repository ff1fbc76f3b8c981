/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Constrained heights of a broken line with given knots, by an active set. */
#include "fit/heights.h"

#include <math.h>
#include <string.h>

enum { NO_GROUP = -1 };

/*
 * The problem in the variables z that must not be negative, heights counted from base: with
 * monotone the steps up (a line's first: its height), else the heights. Borrows system and starts.
 */
struct problem {
    const struct tridiagonal *system;
    const bool *starts;
    size_t count;
    bool monotone;
    double base;
    bool free[HEIGHTS_MAX];    /* may be negative */
    bool passive[HEIGHTS_MAX]; /* is not held at 0 */
    int group[HEIGHTS_MAX];    /* the heights that move as one; NO_GROUP: held at base */
    double z[HEIGHTS_MAX];
};

static void problem_init(struct problem *problem, const struct tridiagonal *system,
                         const bool *starts, const struct fit_constraint *constraint)
{
    memset(problem, 0, sizeof *problem);
    problem->system = system;
    problem->starts = starts;
    problem->count = system->count;
    problem->monotone = constraint->monotone;
    problem->base = constraint->positive ? constraint->bound : 0;
    for (size_t i = 0; i < problem->count; i++) {
        problem->free[i] = constraint->monotone && starts[i] && (i > 0 || !constraint->positive);
        problem->passive[i] = problem->free[i];
    }
}

static void form_groups(struct problem *problem)
{
    int last = NO_GROUP;
    for (size_t i = 0; i < problem->count; i++) {
        bool joins = problem->monotone && i > 0 && !problem->starts[i];
        if (problem->passive[i])
            problem->group[i] = ++last;
        else
            problem->group[i] = joins ? problem->group[i - 1] : NO_GROUP;
    }
}

/* Adds to heights what the groups, moving as wholes, need to meet the right side. */
static void solve_groups(const struct problem *problem, const double *right, double *heights)
{
    const struct tridiagonal *system = problem->system;
    double diagonal[HEIGHTS_MAX] = {0}, beside[HEIGHTS_MAX] = {0}, sum[HEIGHTS_MAX] = {0};
    const int *group = problem->group;
    int last = NO_GROUP;
    for (size_t i = 0; i < problem->count; i++) {
        if (group[i] == NO_GROUP)
            continue;
        last = group[i];
        diagonal[last] += system->diagonal[i];
        sum[last] += right[i];
        if (i + 1 == problem->count || group[i + 1] == NO_GROUP)
            continue;
        if (group[i + 1] == last)
            diagonal[last] += 2 * system->beside[i];
        else
            beside[last] = system->beside[i];
    }
    for (int g = 0; g < last; g++) {
        double ratio = beside[g] / diagonal[g];
        diagonal[g + 1] -= ratio * beside[g];
        sum[g + 1] -= ratio * sum[g];
    }
    for (int g = last; g >= 0; g--)
        sum[g] = (sum[g] - (g < last ? beside[g] * sum[g + 1] : 0)) / diagonal[g];
    for (size_t i = 0; i < problem->count; i++)
        if (group[i] != NO_GROUP)
            heights[i] += sum[group[i]];
}

/* A times heights at i; *size is the sum of the terms' magnitudes. */
static double product_at(const struct tridiagonal *system, const double *heights, size_t i,
                         double *size)
{
    double left = i > 0 ? system->beside[i - 1] * heights[i - 1] : 0;
    double here = system->diagonal[i] * heights[i];
    double right = i + 1 < system->count ? system->beside[i] * heights[i + 1] : 0;
    *size = fabs(left) + fabs(here) + fabs(right);
    return left + here + right;
}

static double z_of(const struct problem *problem, const double *heights, size_t i)
{
    bool is_step = problem->monotone && !problem->starts[i];
    return is_step ? heights[i] - heights[i - 1] : heights[i];
}

static void heights_of(const struct problem *problem, double *heights)
{
    for (size_t i = 0; i < problem->count; i++) {
        bool is_step = problem->monotone && !problem->starts[i];
        heights[i] = problem->z[i] + (is_step ? heights[i - 1] : 0);
    }
}

/* The best z over the passive variables, the others 0. */
static void solve_passive(struct problem *problem, const double *right, double *z)
{
    double heights[HEIGHTS_MAX] = {0};
    form_groups(problem);
    solve_groups(problem, right, heights);
    for (size_t i = 0; i < problem->count; i++)
        z[i] = problem->passive[i] ? z_of(problem, heights, i) : 0;
}

/*
 * Goes towards target as far as nothing gets negative, and holds what gets to 0; true if it got
 * there.
 */
static bool advance(struct problem *problem, const double *target)
{
    double share = 1;
    size_t first = problem->count;
    for (size_t i = 0; i < problem->count; i++) {
        if (!problem->passive[i] || problem->free[i] || target[i] > 0)
            continue;
        double here = problem->z[i] > 0 ? problem->z[i] / (problem->z[i] - target[i]) : 0;
        if (first == problem->count || here < share) {
            share = here;
            first = i;
        }
    }
    for (size_t i = 0; i < problem->count; i++)
        problem->z[i] += share * (target[i] - problem->z[i]);
    if (first == problem->count) {
        memcpy(problem->z, target, problem->count * sizeof *target);
        return true;
    }
    problem->z[first] = 0;
    problem->passive[first] = false;
    return false;
}

/*
 * The held variable whose release lowers the sum most, beyond rounding; count where there is none.
 */
static size_t choose_release(const struct problem *problem, const double *right,
                             const bool *blocked)
{
    const double rounding = 1e-13;
    double heights[HEIGHTS_MAX] = {0}, gradient = 0, size = 0, largest = 0;
    size_t chosen = problem->count;
    heights_of(problem, heights);
    for (size_t i = problem->count; i-- > 0;) {
        double terms;
        double here = right[i] - product_at(problem->system, heights, i, &terms);
        gradient = here + (problem->monotone ? gradient : 0);
        size = terms + fabs(right[i]) + (problem->monotone ? size : 0);
        if (!problem->passive[i] && !blocked[i] && gradient > rounding * size &&
            gradient > largest) {
            largest = gradient;
            chosen = i;
        }
        if (problem->starts[i])
            gradient = size = 0;
    }
    return chosen;
}

static void problem_solve(struct problem *problem, const double *right)
{
    double target[HEIGHTS_MAX];
    bool blocked[HEIGHTS_MAX] = {false};
    solve_passive(problem, right, target);
    advance(problem, target);
    /* Each round lowers the sum, so none comes twice; the count is for rounding's sake. */
    for (size_t round = 0; round < 10 * problem->count; round++) {
        size_t released = choose_release(problem, right, blocked);
        if (released == problem->count)
            break;
        problem->passive[released] = true;
        solve_passive(problem, right, target);
        if (!(target[released] > 0)) {
            problem->passive[released] = false;
            blocked[released] = true;
            continue;
        }
        memset(blocked, 0, sizeof blocked);
        while (!advance(problem, target))
            solve_passive(problem, right, target);
    }
    form_groups(problem);
}

/* The right side for heights counted from base. */
static void count_from_base(const struct problem *problem, double *right)
{
    double base[HEIGHTS_MAX] = {0}, size;
    for (size_t i = 0; i < problem->count; i++)
        base[i] = problem->base;
    for (size_t i = 0; i < problem->count; i++)
        right[i] = problem->system->right[i] - product_at(problem->system, base, i, &size);
}

/* Heights of the solution; those on one level, or at the bound, are equal to the last bit. */
static void take_heights(const struct problem *problem, double *heights)
{
    heights_of(problem, heights);
    for (size_t i = 0; i < problem->count; i++)
        heights[i] += problem->base;
}

void heights_solve(const struct tridiagonal *system, const bool *starts,
                   const struct fit_constraint *constraint, double *heights)
{
    struct problem problem;
    double right[HEIGHTS_MAX];
    problem_init(&problem, system, starts, constraint);
    count_from_base(&problem, right);
    problem_solve(&problem, right);
    take_heights(&problem, heights);
}

/* What rounding in a second solution took across the constraint goes back onto it. */
static void keep_to(const struct fit_constraint *constraint, size_t count, double *heights)
{
    for (size_t i = 0; i < count; i++) {
        if (constraint->positive)
            heights[i] = fmax(heights[i], constraint->bound);
        if (constraint->monotone && i > 0)
            heights[i] = fmax(heights[i], heights[i - 1]);
    }
}

void heights_solve_sites(const struct sites *sites, const double *x, size_t count,
                         const struct fit_constraint *constraint, double *heights)
{
    double diagonal[HEIGHTS_MAX] = {0}, beside[HEIGHTS_MAX] = {0}, right[HEIGHTS_MAX] = {0};
    double from_base[HEIGHTS_MAX];
    struct tridiagonal system = {count, diagonal, beside, right};
    bool starts[HEIGHTS_MAX] = {true};
    struct problem problem;
    for (size_t i = 0; i < count; i++)
        heights[i] = 0;
    sites_accumulate(sites, x, heights, &system, true);
    problem_init(&problem, &system, starts, constraint);
    count_from_base(&problem, from_base);
    problem_solve(&problem, from_base);
    take_heights(&problem, heights);
    /* What rounding left of the first solution, over the same groups: iterative refinement. */
    memset(right, 0, sizeof right);
    sites_accumulate(sites, x, heights, &system, false);
    solve_groups(&problem, right, heights);
    keep_to(constraint, count, heights);
}

double heights_sse(const struct sites *sites, const double *x, size_t count, const double *heights)
{
    double sum = 0;
    for (size_t i = 0, k = 0; i < sites->count; i++) {
        while (k + 2 < count && sites->x[i] >= x[k + 1])
            k++;
        double t = (sites->x[i] - x[k]) / (x[k + 1] - x[k]);
        double residual = sites->y[i] - ((1 - t) * heights[k] + t * heights[k + 1]);
        sum += sites->weight[i] * residual * residual;
    }
    return sum;
}

bool heights_keep(double *heights, size_t count, const struct fit_constraint *constraint)
{
    const double rounding = 1e-13;
    double allowance = 0;
    for (size_t i = 0; i < count; i++)
        allowance = fmax(allowance, rounding * fabs(heights[i]));
    for (size_t i = 0; i < count; i++) {
        if (constraint->positive && heights[i] < constraint->bound - allowance)
            return false;
        if (constraint->monotone && i > 0 && heights[i] < heights[i - 1] - allowance)
            return false;
    }
    keep_to(constraint, count, heights);
    return true;
}
