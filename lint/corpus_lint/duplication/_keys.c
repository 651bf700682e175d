/* The loops over all fingerprints, which find the equal ones, and part them where they are too many.

   They give what corpus_lint.duplication.pairing and .partitions give in Python, several times as fast; what it means is
   documented there, and tests/test_native.py holds both to the same results. Whether this file was compiled is a matter
   of speed alone. */

#include "../_native.h"

#define RANGES 64 /* of keys: what is told of one at a time is to stay in the processor's cache */
#define RANGE_SHIFT 26
#define BITS_A_KEY 16

/* Sets of numbers from 0 on, a bit each, of as many bits as two to the power of ``size``. */
static inline int has(const uint64_t *set, uint32_t number) { return (int)(set[number >> 6] >> (number & 63) & 1); }
static inline void put(uint64_t *set, uint32_t number) { set[number >> 6] |= (uint64_t)1 << (number & 63); }
/* Not the factor of corpus_lint.duplication.partitions, of whose ranges the keys may be: they would share their upper bits. */
static inline uint32_t bit_of(uint32_t key, int size) { return (key * 0x85EBCA6Bu) >> (32 - size); }

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

/* Of the keys of a range those that have their bit in common with another one, put in their place. */
static Py_ssize_t shared(uint32_t *keys, Py_ssize_t total, uint64_t *sets, int size) {
    uint64_t *seen = sets, *again = sets + ((size_t)1 << size) / 64;
    memset(sets, 0, ((size_t)2 << size) / 8);
    for (Py_ssize_t place = 0; place < total; place++) {
        uint32_t bit = bit_of(keys[place], size);
        if (has(seen, bit))
            put(again, bit);
        put(seen, bit);
    }
    Py_ssize_t found = 0;
    for (Py_ssize_t place = 0; place < total; place++)
        if (has(again, bit_of(keys[place], size)))
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
        Py_ssize_t some = shared(keys + start, ends[range] - start, sets, size);
        memmove(keys + found, keys + start, (size_t)some * sizeof *keys);
        found += some;
        start = ends[range];
    }
    PyMem_Free(sets);
    return found;
}

/* Add the keys of all columns that are among some, and some others, with their numbers. */
static int pick(const Py_buffer *columns, Py_ssize_t number, const uint32_t *keys, Py_ssize_t total, Column *rows) {
    int size = size_for((uint64_t)total);
    uint64_t *wanted = new_sets(1, size), first = 0;
    if (wanted == NULL)
        return -1;
    for (Py_ssize_t place = 0; place < total; place++)
        put(wanted, bit_of(keys[place], size));
    int failed = 0;
    for (Py_ssize_t column = 0; !failed && column < number; column++) {
        const uint32_t *own = columns[column].buf;
        size_t length = (size_t)columns[column].len / sizeof *own;
        for (size_t place = 0; place < length; place++)
            if (has(wanted, bit_of(own[place], size))) {
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

PyDoc_STRVAR(recurring_doc, "recurring(columns, /)\n--\n\n"
                            "The keys that stand more than once in some columns, and some others, with their numbers.");

static PyObject *recurring(PyObject *Py_UNUSED(module), PyObject *object) {
    PyObject *result = NULL;
    Columns given = {NULL, 0};
    uint64_t totals[RANGES] = {0}, total = 0;
    uint32_t *keys = NULL;
    Column rows = {0};
    if (get_columns(object, &given) < 0)
        goto done;
    for (Py_ssize_t column = 0; column < given.known; column++) {
        const uint32_t *own = given.columns[column].buf;
        size_t length = (size_t)given.columns[column].len / sizeof *own;
        for (size_t place = 0; place < length; place++)
            totals[own[place] >> RANGE_SHIFT]++;
        total += length;
    }
    if (total > UINT32_MAX) {
        PyErr_SetString(PyExc_ValueError, "these are too many keys");
        goto done;
    }
    keys = PyMem_Malloc((total + 1) * sizeof *keys);
    if (keys == NULL) {
        PyErr_NoMemory();
        goto done;
    }
    Py_ssize_t several = gather(given.columns, given.known, totals, keys);
    if (several >= 0 && pick(given.columns, given.known, keys, several, &rows) == 0)
        result = to_bytes(&rows);
done:
    release(&given);
    PyMem_Free(keys);
    PyMem_Free(rows.data);
    return result;
}

/* --- Parting by key --------------------------------------------------------------------------------------------- */

/* As in corpus_lint.duplication.partitions. */
#define PARTS 64
static inline uint32_t part_of(uint32_t key) { return (key * 0x9E3779B1u) >> 26; }

PyDoc_STRVAR(parted_doc, "parted(columns, /)\n--\n\n"
                         "The rows of columns, of which the first has the keys, by their parts; how many each part has.");

static PyObject *parted(PyObject *Py_UNUSED(module), PyObject *object) {
    PyObject *rows = NULL, *counts = NULL, *result = NULL;
    Columns given = {NULL, 0};
    size_t totals[PARTS] = {0}, next[PARTS], start = 0;
    if (get_columns(object, &given) < 0)
        goto done;
    for (Py_ssize_t column = 0; column < given.known; column++)
        if (given.columns[column].len != given.columns[0].len || given.columns[column].len % (Py_ssize_t)sizeof(uint32_t)) {
            PyErr_SetString(PyExc_ValueError, "columns are of one length");
            goto done;
        }
    size_t width = (size_t)given.known, length = width ? (size_t)given.columns[0].len / sizeof(uint32_t) : 0;
    const uint32_t *keys = width ? given.columns[0].buf : NULL;
    rows = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)(width * length * sizeof(uint32_t)));
    counts = PyList_New(PARTS);
    if (rows == NULL || counts == NULL)
        goto done;
    for (size_t place = 0; place < length; place++)
        totals[part_of(keys[place])]++;
    for (int part = 0; part < PARTS; part++) {
        PyObject *count = PyLong_FromSize_t(totals[part]);
        if (count == NULL)
            goto done;
        PyList_SET_ITEM(counts, part, count);
        next[part] = start;
        start += totals[part];
    }
    char *to = PyBytes_AS_STRING(rows);
    for (size_t place = 0; place < length; place++) {
        char *row = to + next[part_of(keys[place])]++ * width * sizeof(uint32_t);
        for (size_t column = 0; column < width; column++)
            memcpy(row + column * sizeof(uint32_t), (const uint32_t *)given.columns[column].buf + place, sizeof(uint32_t));
    }
    result = PyTuple_Pack(2, rows, counts);
done:
    Py_XDECREF(rows);
    Py_XDECREF(counts);
    release(&given);
    return result;
}

static PyMethodDef methods[] = {
    {"recurring", recurring, METH_O, recurring_doc},
    {"parted", parted, METH_O, parted_doc},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_keys",
    .m_doc = "The loops over all fingerprints.",
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit__keys(void) { return PyModule_Create(&definition); }
