/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measured means that several models are fitted to: FLOPs and efficiencies. */
#ifndef TESTS_FIT_SERIES_H
#define TESTS_FIT_SERIES_H

static const double cpu_flops[] = {5e5, 1e6, 5e6, 9e6, 1e7, 5e7, 1e8, 1.13e8, 2.25e8, 5e8};
static const double cpu_means[] = {0.15, 0.15, 0.2, 0.17, 0.25, 0.47, 0.7, 0.85, 1, 1};
static const double batchnorm_flops[] = {1e7, 5e7, 1e8, 2e8, 2.31e8, 5e8, 1e9, 3.7e9, 5e9};
static const double batchnorm_means[] = {0.06, 0.23, 0.4, 0.54, 0.73, 0.8, 2.5, 4.5, 5};
static const double matmul_flops[] = {1e7, 5e7, 2e8, 5e8, 1e9, 5e9, 1e10};
static const double matmul_means[] = {0.2, 0.35, 0.6, 0.9, 1.15, 1.4, 1.5};
static const double wide_flops[] = {1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11};
static const double wide_means[] = {1e-7, 3e-6, 8e-5, 2e-3, 4e-2, 0.9, 4.8, 5.6};
static const double twice_flops[] = {1e6, 1e6, 1e7, 1e7, 1e8, 1e8, 1e9, 1e9, 1e10};
static const double twice_means[] = {0.1, 0.12, 0.2, 0.19, 0.5, 0.55, 0.8, 0.77, 0.83};

#endif
