/* What the compiled loops share: columns of values, and the table of characters. */

#ifndef CORPUS_LINT_NATIVE_H
#define CORPUS_LINT_NATIVE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <string.h>

#if defined(__x86_64__) && defined(__gnu_linux__) && defined(__GNUC__) && !defined(__clang__)
#define VECTORISED __attribute__((target_clones("avx2", "default"), optimize("O3")))
#else
#define VECTORISED
#endif
#if defined(__GNUC__)
#define WITHIN static inline __attribute__((always_inline))
#else
#define WITHIN static inline
#endif
/* A loop is made of vectors where what it reads and what it writes are known not to be the same memory: so each step of
   several goes from one array to another, and back. */
#if defined(_MSC_VER)
#define APART __restrict
#else
#define APART restrict
#endif

/* Values that are only added to. */
typedef struct {
    char *data;
    size_t size, room;
} Column;

static inline int make_room(Column *column, size_t more) {
    if (column->size + more <= column->room)
        return 0;
    size_t room = 2 * column->room + more + 1024;
    char *data = PyMem_Realloc(column->data, room);
    if (data == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    column->data = data;
    column->room = room;
    return 0;
}

static inline int add_place(Column *column, Py_ssize_t place) {
    int64_t value = place;
    if (make_room(column, sizeof value) < 0)
        return -1;
    memcpy(column->data + column->size, &value, sizeof value);
    column->size += sizeof value;
    return 0;
}

static inline int add_byte(Column *column, uint8_t value) {
    if (make_room(column, 1) < 0)
        return -1;
    column->data[column->size++] = (char)value;
    return 0;
}

static inline PyObject *to_bytes(const Column *column) {
    return PyBytes_FromStringAndSize(column->data, (Py_ssize_t)column->size);
}

/* Add from where to where something stands. */
static inline int add_stretch(PyObject *stretches, Py_ssize_t start, Py_ssize_t end) {
    PyObject *stretch = Py_BuildValue("nn", start, end);
    int failed = stretch == NULL || PyList_Append(stretches, stretch) < 0;
    Py_XDECREF(stretch);
    return failed ? -1 : 0;
}

/* As in corpus_lint.tables. */
#define CHARACTERS 0x10000
#define FOLDED_MASK 0xFFFFu
#define KIND_SHIFT 16
#define PASSAGE_SHIFT 20
#define PASSAGE_BIT (1u << PASSAGE_SHIFT)
#define FEED_SHIFT 31

/* A table of characters: 65,536 entries of 32 bits. */
static inline int get_table(PyObject *object, Py_buffer *table) {
    if (PyObject_GetBuffer(object, table, PyBUF_SIMPLE) < 0)
        return -1;
    if (table->len != CHARACTERS * (Py_ssize_t)sizeof(uint32_t)) {
        PyBuffer_Release(table);
        PyErr_SetString(PyExc_ValueError, "a table of characters has 65,536 entries of 32 bits");
        return -1;
    }
    return 0;
}

static inline uint32_t code_at(int kind, const void *data, Py_ssize_t place) {
    return kind == PyUnicode_1BYTE_KIND   ? ((const Py_UCS1 *)data)[place]
           : kind == PyUnicode_2BYTE_KIND ? ((const Py_UCS2 *)data)[place]
                                          : ((const Py_UCS4 *)data)[place];
}

static inline uint32_t entry_of(const uint32_t *table, uint32_t code) {
    return table[code < CHARACTERS ? code : CHARACTERS - 1];
}

#endif
