/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fits that points far off do not pull. Private to this folder. */
#ifndef FIT_REWEIGH_H
#define FIT_REWEIGH_H

#include "fit/fit.h"

/* What fit_run answers where the robust option is set. */
struct fit *fit_run_robust(const struct fit_model *model, const struct curve_points *points,
                           const struct fit_options *options);

#endif
