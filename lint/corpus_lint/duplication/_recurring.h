/* Keys that stand more than once among very many, found without sorting all of them. */

#ifndef CORPUS_LINT_RECURRING_H
#define CORPUS_LINT_RECURRING_H

#include "../_native.h"

#define RANGES 64 /* of keys: what is told of one at a time is to stay in the processor's cache */
#define RANGE_SHIFT 26
#define BITS_A_KEY 16
#define PICKED_BITS 8 /* times as many where all keys are asked for: those that are there by chance must be sorted; */
#define PICKED_SIZE 22 /* but hardly more than the processor's cache holds */

/* Sets of numbers from 0 on, a bit each, of as many bits as two to the power of ``size``. */
static inline int has(const uint64_t *set, uint32_t number) { return (int)(set[number >> 6] >> (number & 63) & 1); }
static inline void put(uint64_t *set, uint32_t number) { set[number >> 6] |= (uint64_t)1 << (number & 63); }
/* Not the factor of corpus_lint.duplication.partitions, of whose ranges the keys may be: they would share their upper bits. */
#define FACTOR 0x85EBCA6Bu
#define OTHER_FACTOR 0xC2B2AE35u
static inline uint32_t bit_of(uint32_t key, uint32_t factor, int size) { return (key * factor) >> (32 - size); }

/* How many bits sets for so many keys have, as the power of two. */
static int size_for(uint64_t keys) {
    int size = 10;
    while (size < 31 && (uint64_t)1 << size < keys * BITS_A_KEY)
        size++;
    return size;
}

static uint64_t *new_sets(int number, int size) {
    uint64_t *sets = PyMem_Calloc(((size_t)number << size) / 64, sizeof *sets);
    if (sets == NULL)
        PyErr_NoMemory();
    return sets;
}

/* Of some keys those that have their bit in common with another one, put in their place. */
static Py_ssize_t shared(uint32_t *keys, Py_ssize_t total, uint64_t *sets, uint32_t factor, int size) {
    uint64_t *seen = sets, *again = sets + ((size_t)1 << size) / 64;
    memset(sets, 0, ((size_t)2 << size) / 8);
    for (Py_ssize_t place = 0; place < total; place++) {
        uint32_t bit = bit_of(keys[place], factor, size);
        if (has(seen, bit))
            put(again, bit);
        put(seen, bit);
    }
    Py_ssize_t found = 0;
    for (Py_ssize_t place = 0; place < total; place++)
        if (has(again, bit_of(keys[place], factor, size)))
            keys[found++] = keys[place];
    return found;
}

/* The keys of all columns but for most of those that stand once, range by range; how many there are, -1 without memory. */
static Py_ssize_t gather(const Py_buffer *columns, Py_ssize_t number, const uint64_t *totals, uint32_t *keys) {
    Py_ssize_t ends[RANGES], start = 0, greatest = 0, found = 0;
    for (int range = 0; range < RANGES; range++) {
        ends[range] = start;
        start += (Py_ssize_t)totals[range];
        greatest = (Py_ssize_t)totals[range] > greatest ? (Py_ssize_t)totals[range] : greatest;
    }
    for (Py_ssize_t column = 0; column < number; column++) {
        const uint32_t *own = columns[column].buf;
        for (size_t place = 0; place < (size_t)columns[column].len / sizeof *own; place++)
            keys[ends[own[place] >> RANGE_SHIFT]++] = own[place];
    }
    int size = size_for((uint64_t)greatest);
    uint64_t *sets = new_sets(2, size);
    if (sets == NULL)
        return -1;
    start = 0;
    for (int range = 0; range < RANGES; range++) {
        Py_ssize_t some = shared(keys + start, ends[range] - start, sets, FACTOR, size);
        memmove(keys + found, keys + start, (size_t)some * sizeof *keys);
        found += some;
        start = ends[range];
    }
    PyMem_Free(sets);
    /* One in sixteen was among them by chance, and most are such where texts are not alike. */
    size = size_for((uint64_t)found);
    sets = new_sets(2, size);
    if (sets == NULL)
        return -1;
    found = shared(keys, found, sets, OTHER_FACTOR, size);
    PyMem_Free(sets);
    return found;
}

/* Add the keys of all columns that are among some, and some others, with their numbers. */
static int pick(const Py_buffer *columns, Py_ssize_t number, const uint32_t *keys, Py_ssize_t total, Column *rows) {
    int size = size_for((uint64_t)total), larger = size_for((uint64_t)total * PICKED_BITS);
    size = larger <= PICKED_SIZE ? larger : size > PICKED_SIZE ? size : PICKED_SIZE;
    uint64_t *wanted = new_sets(1, size), first = 0;
    if (wanted == NULL)
        return -1;
    for (Py_ssize_t place = 0; place < total; place++)
        put(wanted, bit_of(keys[place], FACTOR, size));
    int failed = 0;
    for (Py_ssize_t column = 0; !failed && column < number; column++) {
        const uint32_t *own = columns[column].buf;
        size_t length = (size_t)columns[column].len / sizeof *own;
        for (size_t place = 0; place < length; place++)
            if (has(wanted, bit_of(own[place], FACTOR, size))) {
                uint64_t row = (uint64_t)own[place] << 32 | (first + place);
                failed = make_room(rows, sizeof row);
                if (failed)
                    break;
                memcpy(rows->data + rows->size, &row, sizeof row);
                rows->size += sizeof row;
            }
        first += length;
    }
    PyMem_Free(wanted);
    return failed;
}

/* Buffers of 32-bit numbers; what `known` says is to be released, even after an error. */
typedef struct {
    Py_buffer *columns;
    Py_ssize_t known;
} Columns;

static int get_columns(PyObject *object, Columns *to) {
    PyObject *list = PySequence_Fast(object, "columns are a list");
    if (list == NULL)
        return -1;
    Py_ssize_t number = PySequence_Fast_GET_SIZE(list);
    to->columns = PyMem_Calloc((size_t)number + 1, sizeof *to->columns);
    if (to->columns == NULL)
        PyErr_NoMemory();
    while (to->columns != NULL && to->known < number &&
           PyObject_GetBuffer(PySequence_Fast_GET_ITEM(list, to->known), &to->columns[to->known], PyBUF_SIMPLE) == 0)
        to->known++;
    Py_DECREF(list);
    return to->columns != NULL && to->known == number ? 0 : -1;
}

static void release(Columns *columns) {
    for (Py_ssize_t column = 0; column < columns->known; column++)
        PyBuffer_Release(&columns->columns[column]);
    PyMem_Free(columns->columns);
}


/* The keys that stand more than once in some columns, and few others, with their numbers in all of them: in the upper
   half the key; -1 after an error. Where they are more than one in ``rare``, 1 instead, and no rows. */
static int find_recurring(const Columns *given, uint64_t rare, Column *rows) {
    uint64_t totals[RANGES] = {0}, total = 0;
    for (Py_ssize_t column = 0; column < given->known; column++) {
        const uint32_t *own = given->columns[column].buf;
        size_t length = (size_t)given->columns[column].len / sizeof *own;
        for (size_t place = 0; place < length; place++)
            totals[own[place] >> RANGE_SHIFT]++;
        total += length;
    }
    if (total > UINT32_MAX) {
        PyErr_SetString(PyExc_ValueError, "these are too many keys");
        return -1;
    }
    uint32_t *keys = PyMem_Malloc((total + 1) * sizeof *keys);
    if (keys == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    Py_ssize_t several = gather(given->columns, given->known, totals, keys);
    int told = several < 0 ? -1 : (uint64_t)several * rare > total;
    if (!told)
        told = pick(given->columns, given->known, keys, several, rows);
    PyMem_Free(keys);
    return told;
}

#endif
