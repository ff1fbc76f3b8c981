/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences about a curve: what it says at a size, what its points say, what its fit is worth. */
#ifndef REPORT_READOUT_H
#define REPORT_READOUT_H

#include <stdbool.h>

#include "base/text.h"
#include "calibration/calibration.h"
#include "curve/curve.h"

struct buffer;

/* What the sentences are about. Everything is borrowed. */
struct readout {
    const struct calibration_curve *source;
    struct curve curve; /* the stored curve, or the one that is being edited */
    enum text_charset charset;
    double peak; /* operations (bytes) a second; NaN: not given, no milliseconds */
    int columns; /* of a line; one that is longer leaves out what can be missed. 0: any number */
};

/*
 * Milliseconds that the roofline model implies at a size: size / (peak x efficiency) x 1000. NaN
 * without a peak, where the efficiency is not positive, and where no number is large enough.
 */
double readout_milliseconds(const struct curve *curve, double flops, double peak);

/*
 * Appends how a size stands to the data points where that is other than it stands to the stated
 * range: "no point below 33.3 k" inside of that, "on a point" or "points to 949 M" outside. False,
 * with nothing appended, elsewhere.
 */
bool readout_points_there(const struct calibration_curve *source, double flops, struct buffer *out);

/* "231 M FLOPs   efficiency 0.5809   0.41 ms at 2.66 T/s   in range 10 M - 10 G" */
void readout_at(const struct readout *readout, double flops, struct buffer *out);

/* "nearest point 231 M: 0.73 +- 0.146, n = 1, legacy; residual +0.149" */
void readout_nearest_point(const struct readout *readout, double flops, struct buffer *out);

/*
 * "R2 0.985 (stored: unknown)   residual std 0.02, largest 0.04 at 10 M   9 points legacy, 9 with
 * n = 1"; where the curve joins its points, that in place of the residuals.
 */
void readout_fit(const struct readout *readout, struct buffer *out);

/*
 * "Larger is predicted faster at 500 M - 678 M", or, of more than two such stretches, "in 16
 * stretches of 10 M - 340 M"; false, with nothing appended, where it is nowhere.
 */
bool readout_falling_latency(const struct readout *readout, struct buffer *out);

/* At most so many of them: "1 M - 2 M, 4 M - 8 M and 2 more". Returns how many there are. */
size_t readout_falling_spans(const struct readout *readout, size_t most, struct buffer *out);

/* "legacy", "measured", "measured+legacy": where points come from, by their counts. */
void readout_sources(const size_t counts[POINT_SOURCE_COUNT], struct buffer *out);

/*
 * Says which statistics of the curve are undefined over its points and so are written as 0.0;
 * false, with nothing appended, where all are defined.
 */
bool readout_undefined(const struct calibration_curve *source, const struct curve *curve,
                       struct buffer *out);

#endif
