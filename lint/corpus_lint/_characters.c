/* The loops over every character of a text: looking characters up, picking out lines, counting classes.

   They give what corpus_lint.look_up, .excerpts, .brief_lines and .census give in Python, several times as fast; what it means is
   documented there, and tests/test_native.py holds both to the same results. Whether this file was compiled is a matter
   of speed alone. */

#include "_native.h"

#define CLASSES 16

/* --- Looking up ------------------------------------------------------------------------------------------------- */

/* What is told of a text while it is looked up. */
typedef struct {
    uint8_t *kinds;
    Column lines, feeds, beyond;
} Found;

static inline int look_up_as(int kind, const void *data, Py_ssize_t length, const uint32_t *table, Found *to) {
    uint8_t *kinds = to->kinds, of_line = 0;
    for (Py_ssize_t place = 0; place < length; place++) {
        uint32_t code = code_at(kind, data, place);
        uint32_t entry = entry_of(table, code);
        kinds[place] = (uint8_t)(entry >> KIND_SHIFT);
        of_line |= kinds[place];
        if (code <= '\r' && (code == '\n' || code == '\r')) {
            if (add_byte(&to->lines, of_line) < 0 || (code == '\n' && add_place(&to->feeds, place) < 0))
                return -1;
            of_line = 0;
        }
        if (kind == PyUnicode_4BYTE_KIND && code >= CHARACTERS && add_place(&to->beyond, place) < 0)
            return -1;
    }
    return add_byte(&to->lines, of_line);
}

PyDoc_STRVAR(look_up_doc, "look_up(text, table, /)\n--\n\n"
                          "The kinds of characters and of lines, where line feeds and characters beyond the table stand.");

static PyObject *look_up(PyObject *Py_UNUSED(module), PyObject *arguments) {
    PyObject *text, *table_object, *result = NULL;
    if (!PyArg_ParseTuple(arguments, "UO:look_up", &text, &table_object))
        return NULL;
    Py_buffer table;
    if (get_table(table_object, &table) < 0)
        return NULL;
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    PyObject *kinds = PyBytes_FromStringAndSize(NULL, length);
    Found found = {NULL, {0}, {0}, {0}};
    if (kinds != NULL) {
        const void *data = PyUnicode_DATA(text);
        int failed;
        found.kinds = (uint8_t *)PyBytes_AS_STRING(kinds);
        switch (PyUnicode_KIND(text)) {
        case PyUnicode_1BYTE_KIND:
            failed = look_up_as(PyUnicode_1BYTE_KIND, data, length, table.buf, &found);
            break;
        case PyUnicode_2BYTE_KIND:
            failed = look_up_as(PyUnicode_2BYTE_KIND, data, length, table.buf, &found);
            break;
        default:
            failed = look_up_as(PyUnicode_4BYTE_KIND, data, length, table.buf, &found);
        }
        if (!failed)
            result = Py_BuildValue("ONNN", kinds, to_bytes(&found.lines), to_bytes(&found.feeds),
                                   to_bytes(&found.beyond));
        Py_DECREF(kinds);
    }
    PyMem_Free(found.lines.data);
    PyMem_Free(found.feeds.data);
    PyMem_Free(found.beyond.data);
    PyBuffer_Release(&table);
    return result;
}

/* --- Picking out lines ------------------------------------------------------------------------------------------ */

#define MARKS 3
#define FIRST_MARK 5 /* the bit of the first mark in a kind */

PyDoc_STRVAR(stretches_doc, "stretches(data, lines, limit, /)\n--\n\n"
                            "From where to where short lines, and lines of each mark, stand in bytes.");

static PyObject *stretches(PyObject *Py_UNUSED(module), PyObject *arguments) {
    Py_buffer data, lines;
    Py_ssize_t limit;
    if (!PyArg_ParseTuple(arguments, "y*y*n:stretches", &data, &lines, &limit))
        return NULL;
    PyObject *found[MARKS + 1], *result = NULL;
    Py_ssize_t begun[MARKS + 1];
    for (int i = 0; i <= MARKS; i++) {
        found[i] = PyList_New(0);
        begun[i] = -1;
    }
    if (found[0] == NULL || found[1] == NULL || found[2] == NULL || found[3] == NULL)
        goto done;
    const char *bytes = data.buf;
    /* Behind a line feed in front of all. */
    Py_ssize_t start = 1;
    for (Py_ssize_t number = 0; number < lines.len; number++) {
        const char *feed = start <= data.len ? memchr(bytes + start, '\n', (size_t)(data.len - start)) : NULL;
        if (feed == NULL) {
            PyErr_SetString(PyExc_ValueError, "there are more lines than line feeds");
            goto done;
        }
        Py_ssize_t end = feed - bytes;
        int chosen = (((const uint8_t *)lines.buf)[number] >> FIRST_MARK) << 1 | (end > start && end - start <= limit);
        for (int i = 0; i <= MARKS; i++) {
            int is_chosen = chosen >> i & 1;
            if (is_chosen && begun[i] < 0)
                begun[i] = start;
            else if (!is_chosen && begun[i] >= 0) {
                if (add_stretch(found[i], begun[i], start) < 0)
                    goto done;
                begun[i] = -1;
            }
        }
        start = end + 1;
    }
    for (int i = 0; i <= MARKS; i++)
        if (begun[i] >= 0 && add_stretch(found[i], begun[i], start) < 0)
            goto done;
    result = Py_BuildValue("OOOO", found[0], found[1], found[2], found[3]);
done:
    for (int i = 0; i <= MARKS; i++)
        Py_XDECREF(found[i]);
    PyBuffer_Release(&data);
    PyBuffer_Release(&lines);
    return result;
}

/* --- Brief lines ------------------------------------------------------------------------------------------------ */

static int is_blank(int kind, const void *data, Py_ssize_t start, Py_ssize_t end) {
    while (start < end && Py_UNICODE_ISSPACE(code_at(kind, data, start)))
        start++;
    return start == end;
}

#define MOST_SIGNS 32

/* Some signs, of which a text has few. */
typedef struct {
    Py_UCS4 codes[MOST_SIGNS];
    Py_ssize_t count;
} Signs;

static int get_signs(PyObject *text, Signs *signs) {
    signs->count = PyUnicode_GET_LENGTH(text);
    if (signs->count > MOST_SIGNS) {
        PyErr_SetString(PyExc_ValueError, "too many signs");
        return -1;
    }
    for (Py_ssize_t i = 0; i < signs->count; i++)
        signs->codes[i] = PyUnicode_READ_CHAR(text, i);
    return 0;
}

static int is_sign(const Signs *signs, uint32_t code) {
    for (Py_ssize_t i = 0; i < signs->count; i++)
        if (signs->codes[i] == code)
            return 1;
    return 0;
}

/* What is told of brief lines. */
typedef struct {
    Column numbers, places;
    PyObject *lines;
} Brief;

static int add_number(Column *column, Py_ssize_t number) {
    uint32_t value = (uint32_t)number;
    if (make_room(column, sizeof value) < 0)
        return -1;
    memcpy(column->data + column->size, &value, sizeof value);
    column->size += sizeof value;
    return 0;
}

static int add_brief(Brief *to, PyObject *text, Py_ssize_t start, Py_ssize_t end, Py_ssize_t number, Py_ssize_t place,
                     const Signs *around) {
    int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    while (start < end && is_sign(around, code_at(kind, data, start)))
        start++;
    while (start < end && is_sign(around, code_at(kind, data, end - 1)))
        end--;
    if (add_number(&to->numbers, number) < 0 || add_number(&to->places, place) < 0)
        return -1;
    PyObject *line = PyUnicode_Substring(text, start, end);
    int failed = line == NULL || PyList_Append(to->lines, line) < 0;
    Py_XDECREF(line);
    return failed ? -1 : 0;
}

PyDoc_STRVAR(brief_doc, "brief(text, feeds, lengths, first, limit, around, ends, /)\n--\n\n"
                        "The brief lines of texts that were joined by one line feed each.");

static PyObject *brief(PyObject *Py_UNUSED(module), PyObject *arguments) {
    PyObject *text, *lengths, *around_text, *ends_text, *result = NULL;
    Py_buffer feeds;
    Py_ssize_t first, limit;
    Signs around, ends;
    if (!PyArg_ParseTuple(arguments, "Uy*O!nnUU:brief", &text, &feeds, &PyList_Type, &lengths, &first, &limit,
                          &around_text, &ends_text))
        return NULL;
    int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    Py_ssize_t length = PyUnicode_GET_LENGTH(text), start = 0, feed = 0;
    Py_ssize_t all = feeds.len / (Py_ssize_t)sizeof(int64_t);
    Brief found = {{0}, {0}, PyList_New(0)};
    if (found.lines == NULL || get_signs(around_text, &around) < 0 || get_signs(ends_text, &ends) < 0)
        goto done;
    for (Py_ssize_t number = 0; number < PyList_GET_SIZE(lengths); number++) {
        Py_ssize_t own = PyLong_AsSsize_t(PyList_GET_ITEM(lengths, number)), end = start + own, place = 0;
        if (own < 0 || own > length - start) {
            if (!PyErr_Occurred())
                PyErr_SetString(PyExc_ValueError, "the texts are longer than the one that they are joined to");
            goto done;
        }
        for (int is_last = 0; !is_last; feed++) {
            int64_t until = end;
            if (feed < all)
                memcpy(&until, (const char *)feeds.buf + feed * (Py_ssize_t)sizeof until, sizeof until);
            if (until < start || until > end) {
                PyErr_SetString(PyExc_ValueError, "the line feeds are not those of the texts");
                goto done;
            }
            is_last = until == end;
            if (until - start > limit)
                place++;
            else if (!is_blank(kind, data, start, until)) {
                if (!is_sign(&ends, code_at(kind, data, until - 1)) &&
                    add_brief(&found, text, start, until, first + number, place, &around) < 0)
                    goto done;
                place++;
            }
            start = until + 1;
        }
    }
    result = Py_BuildValue("NNO", to_bytes(&found.numbers), to_bytes(&found.places), found.lines);
done:
    PyMem_Free(found.numbers.data);
    PyMem_Free(found.places.data);
    Py_XDECREF(found.lines);
    PyBuffer_Release(&feeds);
    return result;
}

/* --- Counting --------------------------------------------------------------------------------------------------- */

#define COUNTERS 8

static PyObject *counts_of(const uint8_t *kinds, Py_ssize_t length) {
    /* Neighbours are often of one class: several counters for each, so that none waits for the one before. */
    Py_ssize_t counts[COUNTERS][CLASSES] = {{0}};
    Py_ssize_t place = 0;
    for (; place + COUNTERS <= length; place += COUNTERS) {
#pragma GCC unroll 8
        for (int i = 0; i < COUNTERS; i++)
            counts[i][kinds[place + i] % CLASSES]++;
    }
    for (; place < length; place++)
        counts[0][kinds[place] % CLASSES]++;
    for (int i = 1; i < COUNTERS; i++)
        for (int number = 0; number < CLASSES; number++)
            counts[0][number] += counts[i][number];
    PyObject *found = PyTuple_New(CLASSES);
    for (int number = 0; found != NULL && number < CLASSES; number++) {
        PyObject *count = PyLong_FromSsize_t(counts[0][number]);
        if (count == NULL)
            Py_CLEAR(found);
        else
            PyTuple_SET_ITEM(found, number, count);
    }
    return found;
}

PyDoc_STRVAR(count_doc, "count(kinds, lengths, /)\n--\n\n"
                        "How many characters of each class each of some texts has, that were joined by one each.");

static PyObject *count(PyObject *Py_UNUSED(module), PyObject *arguments) {
    Py_buffer kinds;
    PyObject *lengths;
    if (!PyArg_ParseTuple(arguments, "y*O!:count", &kinds, &PyList_Type, &lengths))
        return NULL;
    Py_ssize_t total = PyList_GET_SIZE(lengths), start = 0;
    PyObject *result = PyList_New(total);
    for (Py_ssize_t number = 0; result != NULL && number < total; number++) {
        Py_ssize_t length = PyLong_AsSsize_t(PyList_GET_ITEM(lengths, number));
        PyObject *found = NULL;
        if (length >= 0 && length <= kinds.len - start)
            found = counts_of((const uint8_t *)kinds.buf + start, length);
        else if (!PyErr_Occurred())
            PyErr_SetString(PyExc_ValueError, "the texts are longer than what was looked up");
        if (found == NULL)
            Py_CLEAR(result);
        else
            PyList_SET_ITEM(result, number, found);
        start += length + 1;
    }
    PyBuffer_Release(&kinds);
    return result;
}

static PyMethodDef methods[] = {
    {"look_up", look_up, METH_VARARGS, look_up_doc},
    {"stretches", stretches, METH_VARARGS, stretches_doc},
    {"brief", brief, METH_VARARGS, brief_doc},
    {"count", count, METH_VARARGS, count_doc},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_characters",
    .m_doc = "The loops over every character of a text.",
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit__characters(void) { return PyModule_Create(&definition); }
