/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text as XML holds it. */
#ifndef PLOT_XML_H
#define PLOT_XML_H

struct buffer;

/* Appends display text (base/text) as content, with what XML gives a meaning escaped. */
void xml_append(struct buffer *out, const char *text);

#endif
