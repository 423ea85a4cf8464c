// Jansson for Swift: its inline accessors and macros as functions.
#pragma once
#include <jansson.h>

static inline json_t *carillon_json_parse(const char *bytes, size_t count, json_error_t *error) {
    return json_loadb(bytes, count, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, error);
}
static inline json_type carillon_json_type(const json_t *value) { return json_typeof(value); }
static inline void carillon_json_release(json_t *value) { json_decref(value); }
static inline enum json_error_code carillon_json_error_code(const json_error_t *error) { return json_error_code(error); }
