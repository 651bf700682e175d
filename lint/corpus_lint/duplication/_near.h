/* Whether fingerprints that stand twice are near enough together to be looked at: of texts that have nothing in common
   but phrases that is told without numpy.

   Hits are those of corpus_lint.duplication.grouping, those of keys that many documents have among them, and what leads
   to one neighbourhood is what corpus_lint.duplication.pairing counts as such. Chance may say yes, never no. */

#ifndef CORPUS_LINT_NEAR_H
#define CORPUS_LINT_NEAR_H

#include "_recurring.h"

typedef struct {
    unsigned int evidence, places, reach, longest, alone;
} Limits;

#define MOST_PLACES 16

/* A fingerprint whose key stands more than once. */
typedef struct {
    uint32_t key, document, position;
} Print;

#define LEAST_BITS 12
#define MOST_BITS 22

/* Counters of neighbourhoods, by some bits of a hash. */
typedef struct {
    uint8_t *counts;
    int bits;
} Counters;

static int by_number(const void *one, const void *other) {
    uint64_t a = *(const uint64_t *)one, b = *(const uint64_t *)other;
    return (a > b) - (a < b);
}

static int are_of_one_length(const Columns *given) {
    int same = given[0].known == given[1].known && given[0].known == given[2].known;
    for (Py_ssize_t column = 0; same && column < given[0].known; column++)
        same = given[0].columns[column].len == given[1].columns[column].len &&
               given[0].columns[column].len == given[2].columns[column].len;
    if (!same)
        PyErr_SetString(PyExc_ValueError, "columns are of one length");
    return same;
}

/* The fingerprints of rows by key, document and position, but for those whose key stands once; -1 without memory. */
static Py_ssize_t prints_of(const Columns *given, Column *rows, Print **prints) {
    uint64_t *packed = (uint64_t *)rows->data;
    Py_ssize_t total = (Py_ssize_t)(rows->size / sizeof *packed), found = 0, columns = given[0].known;
    uint64_t *starts = PyMem_Malloc(((size_t)columns + 1) * sizeof *starts);
    *prints = PyMem_Malloc(((size_t)total + 1) * sizeof **prints);
    if (starts == NULL || *prints == NULL) {
        PyMem_Free(starts);
        PyErr_NoMemory();
        return -1;
    }
    starts[0] = 0;
    for (Py_ssize_t column = 0; column < columns; column++)
        starts[column + 1] = starts[column] + (uint64_t)given[0].columns[column].len / sizeof(uint32_t);
    qsort(packed, (size_t)total, sizeof *packed, by_number);
    for (Py_ssize_t row = 0; row < total; row++) {
        uint32_t key = (uint32_t)(packed[row] >> 32), number = (uint32_t)packed[row];
        if (!(row > 0 && packed[row - 1] >> 32 == key) && !(row + 1 < total && packed[row + 1] >> 32 == key))
            continue;
        Py_ssize_t low = 0, high = columns - 1;
        while (low < high) {
            Py_ssize_t middle = (low + high + 1) / 2;
            if (starts[middle] <= number)
                low = middle;
            else
                high = middle - 1;
        }
        size_t place = number - starts[low];
        (*prints)[found++] = (Print){key, ((const uint32_t *)given[1].columns[low].buf)[place],
                                     ((const uint32_t *)given[2].columns[low].buf)[place]};
    }
    PyMem_Free(starts);
    return found;
}

static inline uint64_t hash_of(uint64_t one, uint64_t other, uint64_t kind) {
    uint64_t value = (one << 32 | other) * 0x9E3779B97F4A7C15u + kind * 0xC2B2AE3D27D4EB4Fu;
    value ^= value >> 29;
    return value * 0xBF58476D1CE4E5B9u;
}

/* Count what leads to a neighbourhood; whether enough does. */
static inline int is_enough(Counters *to, uint64_t hash, unsigned int enough) {
    uint8_t *count = &to->counts[hash >> (64 - to->bits)];
    *count += *count < UINT8_MAX;
    return *count >= enough;
}

/* Count a hit that leads from one place to another; whether enough of them lead there. */
static int leads_near(Counters *to, const Print *one, const Print *other, int slot, const Limits *limits) {
    int64_t distance = (int64_t)one->position - other->position, grid = 2 * (int64_t)limits->reach;
    for (int half = 0; half < 2; half++) {
        int64_t shifted = distance + half * (int64_t)limits->reach + ((int64_t)1 << 40) / grid * grid;
        uint64_t cell = hash_of((uint64_t)(shifted / grid), (uint64_t)(2 * slot + half), 1);
        if (is_enough(to, hash_of(one->document, other->document, cell), limits->evidence))
            return 1;
    }
    return 0;
}

/* Count a hit on the place before it in its own document; whether it may be of a loop. */
static int comes_round(Counters *to, const Print *one, const Print *before, const Limits *limits) {
    uint32_t period = one->position - before->position;
    return period <= limits->longest &&
           (period <= limits->alone || is_enough(to, hash_of(one->document, period, 3), 2));
}

/* The hits of a key that stands in some documents, by document and position: whether enough lead to one place. */
static int key_is_near(const Print *prints, Py_ssize_t total, Counters *to, const Limits *limits) {
    Py_ssize_t heads[MOST_PLACES], places = (Py_ssize_t)limits->places, run = -1, start = 0, last = 0;
    for (Py_ssize_t row = 0; row < total; row++) {
        if (row == 0 || prints[row].document != prints[row - 1].document) {
            last = start;
            start = row;
            if (++run < places)
                heads[run] = row;
        } else if (leads_near(to, &prints[row], &prints[start], 0, limits) ||
                   (row - 1 > start && leads_near(to, &prints[row], &prints[row - 1], 1, limits)) ||
                   comes_round(to, &prints[row], &prints[row - 1], limits))
            return 1;
        for (Py_ssize_t before = 0; before < run && before < places; before++)
            if (leads_near(to, &prints[row], &prints[heads[before]], 0, limits))
                return 1;
        if (run > places && leads_near(to, &prints[row], &prints[last], 0, limits))
            return 1;
    }
    return 0;
}

/* Whether any hits lead to one neighbourhood, or come round; -1 after an error. */
static int are_near(const Columns *given, Column *rows, const Limits *limits) {
    Print *prints = NULL;
    Py_ssize_t total = prints_of(given, rows, &prints);
    Counters to = {NULL, LEAST_BITS};
    int found = total < 0 ? -1 : 0;
    while (to.bits < MOST_BITS && (Py_ssize_t)1 << to.bits < 64 * total)
        to.bits++;
    if (total > 0 && (to.counts = PyMem_Calloc((size_t)1 << to.bits, 1)) == NULL) {
        PyErr_NoMemory();
        found = -1;
    }
    for (Py_ssize_t start = 0, end; !found && start < total; start = end) {
        for (end = start + 1; end < total && prints[end].key == prints[start].key; end++) {}
        found = key_is_near(prints + start, end - start, &to, limits);
    }
    PyMem_Free(prints);
    PyMem_Free(to.counts);
    return found;
}

#endif
