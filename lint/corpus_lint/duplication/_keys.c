/* The loops over all fingerprints, which find the equal ones, and part them where they are too many.

   They give what corpus_lint.duplication.pairing and .partitions give in Python, several times as fast; what it means is
   documented there, and tests/test_native.py holds both to the same results. Whether this file was compiled is a matter
   of speed alone. */

#include "_near.h"
#include "_recurring.h"

/* Of texts that are not alike one key in hundreds stands twice; where it is one in so many, something is alike. */
#define RARE 64

PyDoc_STRVAR(recurring_doc, "recurring(columns, /)\n--\n\n"
                            "The keys that stand more than once in some columns, and some others, with their numbers.");

static PyObject *recurring(PyObject *Py_UNUSED(module), PyObject *object) {
    PyObject *result = NULL;
    Columns given = {NULL, 0};
    Column rows = {0};
    if (get_columns(object, &given) == 0 && find_recurring(&given, 0, &rows) == 0)
        result = to_bytes(&rows);
    release(&given);
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

/* --- Whole documents -------------------------------------------------------------------------------------------- */

/* As in corpus_lint.duplication.duplicates. */
static inline uint64_t mixed(uint32_t key, uint32_t position) {
    uint64_t value = (uint64_t)key << 32 | position;
    value = (value ^ value >> 29) * 0xBF58476D1CE4E5B9u;
    return value ^ value >> 32;
}

PyDoc_STRVAR(digests_doc, "digests(keys, documents, positions, sizes, first, /)\n--\n\n"
                          "The documents that have fingerprints, and what is the same for equal ones.");

static PyObject *digests(PyObject *Py_UNUSED(module), PyObject *arguments) {
    Py_buffer columns[4];
    unsigned int first;
    if (!PyArg_ParseTuple(arguments, "y*y*y*y*I:digests", &columns[0], &columns[1], &columns[2], &columns[3], &first))
        return NULL;
    PyObject *result = NULL;
    Column numbers = {0}, sums = {0};
    const uint32_t *keys = columns[0].buf, *documents = columns[1].buf, *positions = columns[2].buf;
    const uint64_t *sizes = columns[3].buf;
    Py_ssize_t total = columns[0].len / (Py_ssize_t)sizeof *keys;
    if (columns[1].len != columns[0].len || columns[2].len != columns[0].len) {
        PyErr_SetString(PyExc_ValueError, "columns are of one length");
        goto done;
    }
    for (Py_ssize_t row = 0; row < total;) {
        uint32_t own = documents[row];
        if (own - first >= (uint64_t)columns[3].len / sizeof *sizes) {
            PyErr_SetString(PyExc_ValueError, "a document has no size");
            goto done;
        }
        uint64_t sum = sizes[own - first] * 0x9E3779B97F4A7C15u;
        for (; row < total && documents[row] == own; row++)
            sum += mixed(keys[row], positions[row]);
        if (make_room(&numbers, sizeof own) < 0 || make_room(&sums, sizeof sum) < 0)
            goto done;
        memcpy(numbers.data + numbers.size, &own, sizeof own);
        memcpy(sums.data + sums.size, &sum, sizeof sum);
        numbers.size += sizeof own;
        sums.size += sizeof sum;
    }
    result = Py_BuildValue("NN", to_bytes(&numbers), to_bytes(&sums));
done:
    for (int column = 0; column < 4; column++)
        PyBuffer_Release(&columns[column]);
    PyMem_Free(numbers.data);
    PyMem_Free(sums.data);
    return result;
}

PyDoc_STRVAR(neighbours_doc, "neighbours(keys, documents, /)\n--\n\n"
                             "The fingerprints that have the key of the next one of the same document.");

static PyObject *neighbours(PyObject *Py_UNUSED(module), PyObject *arguments) {
    Py_buffer key_column, document_column;
    if (!PyArg_ParseTuple(arguments, "y*y*:neighbours", &key_column, &document_column))
        return NULL;
    PyObject *result = NULL;
    Column rows = {0};
    const uint32_t *keys = key_column.buf, *documents = document_column.buf;
    Py_ssize_t total = key_column.len / (Py_ssize_t)sizeof *keys;
    if (document_column.len != key_column.len) {
        PyErr_SetString(PyExc_ValueError, "columns are of one length");
        goto done;
    }
    for (Py_ssize_t row = 0; row + 1 < total; row++)
        if (keys[row] == keys[row + 1] && documents[row] == documents[row + 1]) {
            uint32_t number = (uint32_t)row;
            if (make_room(&rows, sizeof number) < 0)
                goto done;
            memcpy(rows.data + rows.size, &number, sizeof number);
            rows.size += sizeof number;
        }
    result = to_bytes(&rows);
done:
    PyBuffer_Release(&key_column);
    PyBuffer_Release(&document_column);
    PyMem_Free(rows.data);
    return result;
}

/* --- What may repeat -------------------------------------------------------------------------------------------- */

PyDoc_STRVAR(may_repeat_doc, "may_repeat(keys, documents, positions, limits, /)\n--\n\n"
                             "Whether fingerprints that stand twice are near enough together to be looked at.");

static PyObject *may_repeat(PyObject *Py_UNUSED(module), PyObject *arguments) {
    PyObject *columns[3];
    Limits limits;
    if (!PyArg_ParseTuple(arguments, "OOO(IIIII):may_repeat", &columns[0], &columns[1], &columns[2], &limits.evidence,
                          &limits.places, &limits.reach, &limits.longest, &limits.alone))
        return NULL;
    if (limits.places > MOST_PLACES || limits.reach == 0) {
        PyErr_SetString(PyExc_ValueError, "limits are out of range");
        return NULL;
    }
    Columns given[3] = {{NULL, 0}, {NULL, 0}, {NULL, 0}};
    Column rows = {0};
    int found = -1;
    if (get_columns(columns[0], &given[0]) == 0 && get_columns(columns[1], &given[1]) == 0 &&
        get_columns(columns[2], &given[2]) == 0 && are_of_one_length(given))
        found = find_recurring(&given[0], RARE, &rows);
    if (!found)
        found = are_near(given, &rows, &limits);
    for (int column = 0; column < 3; column++)
        release(&given[column]);
    PyMem_Free(rows.data);
    return found < 0 ? NULL : PyBool_FromLong(found);
}

static PyMethodDef methods[] = {
    {"digests", digests, METH_VARARGS, digests_doc},
    {"may_repeat", may_repeat, METH_VARARGS, may_repeat_doc},
    {"neighbours", neighbours, METH_VARARGS, neighbours_doc},
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
