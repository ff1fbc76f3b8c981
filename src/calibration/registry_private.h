/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a registry is made of. Private to its files. */
#ifndef CALIBRATION_REGISTRY_PRIVATE_H
#define CALIBRATION_REGISTRY_PRIVATE_H

#include "base/buffer.h"
#include "calibration/registry.h"
#include "calibration/walk.h"

/* Owns all that it points to but the watch. */
struct registry {
    char *root;          /* as given, without trailing slashes */
    char *real_root;     /* resolved: links must lead below it */
    struct walk *walk;   /* NULL: the root is a file */
    struct walk **later; /* of folders that came meanwhile */
    size_t later_count;
    struct watch *watch; /* NULL: nobody watches */
    bool complete;
    struct registry_entry **entries;
    size_t count, capacity;
    struct buffer bytes; /* of the file read last */
    char **kept;         /* real paths of files with kept edits; not all need be entries */
    size_t kept_count;
};

/* Whether the file at path is one of those with kept edits. */
bool registry_is_kept(const struct registry *registry, const char *path);

/* Frees the paths of those. */
void registry_forget_kept(struct registry *registry);

/* The path of the file in a folder. The caller frees it. */
char *registry_file_in(const char *folder);

/* Adds what lies in a folder below the root, or reads it again. */
void registry_add_file(struct registry *registry, const char *folder);

/* Reads the entry's file, if it may be read; else, or where that fails, the entry says why. */
void registry_entry_fill(struct registry *registry, struct registry_entry *entry);
void registry_entry_free(struct registry_entry *entry);

/* Where the build puts the registry, whether or not there is one. */
const char *registry_installed_path(void);

#endif
