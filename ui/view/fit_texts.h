/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is said about the fits of a laboratory, in words: written once when they are made, since
 * every frame measures and draws it.
 */
#ifndef UI_VIEW_FIT_TEXTS_H
#define UI_VIEW_FIT_TEXTS_H

#include "base/number.h"
#include "base/text.h"
#include "curve/curve.h"
#include "report/laboratory.h"

struct buffer;

enum { FIT_ROW_FIGURES = 5 };

/* A row of the table of fits: R^2, residual_std, max_residual, AICc, LOO RMSE; NaN reads "n/a". */
struct fit_row {
    char name[32];
    char brief[16]; /* the same where there is little room */
    char figures[FIT_ROW_FIGURES][NUMBER_TEXT_MAX];
    const char *status; /* static */
};

/* What is said about one fit; no pointer is NULL. */
struct fit_text {
    struct fit_row row;
    char *explanation;  /* its breakpoints or its parameters with their standard errors */
    char *latency;      /* where it is far off in latency, and where latency falls; "": nowhere */
    char *own_outliers; /* which points are farther off than their own spread allows; "": none */
    char *choices;      /* the AICc of each number of breakpoints; "": there is none to choose */
};

struct fit_texts {
    char *sentence; /* what to make of it all */
    size_t count;
    struct fit_text *fits; /* count, in the order of the laboratory */
};

/*
 * The laboratory is not kept; tolerance is that of the breakpoints of an adopted fit. The caller
 * frees the texts.
 */
struct fit_texts *fit_texts_new(const struct laboratory *laboratory, double tolerance,
                                enum text_charset charset);

/* NULL is allowed. */
void fit_texts_free(struct fit_texts *texts);

/* Writes the figures of a row, in their order. */
void fit_row_print(struct fit_row *row, const double figures[FIT_ROW_FIGURES]);

/* Appends "breakpoints  10 M:0.2  1 G:0.8". */
void fit_texts_append_breakpoints(struct buffer *out, struct curve curve);

#endif
