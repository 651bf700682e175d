/* The loops of folding: finding readings, folding a text, telling where its characters stood.

   They give what corpus_lint.folding gives in Python, many times as fast; what it means is documented there, and
   tests/test_native.py holds both to the same results. Whether this file was compiled is a matter of speed alone. */

#include "_native.h"

/* --- Readings --------------------------------------------------------------------------------------------------- */

#define LONGEST_READING 16 /* characters that are looked at for one, and more than any has */

static int is_among(uint32_t code, const char *letters) { return code && code < 0x80 && strchr(letters, (int)code) != NULL; }

/* ü ā á ǎ à ē é ě è ī í ǐ ì ō ó ǒ ò ū ú ǔ ù ǖ ǘ ǚ ǜ */
static const uint16_t TONED[] = {0xFC,  0x101, 0xE1,  0x1CE, 0xE0,  0x113, 0xE9, 0x11B, 0xE8,  0x12B, 0xED,  0x1D0, 0xEC,
                                 0x14D, 0xF3,  0x1D2, 0xF2,  0x16B, 0xFA,  0x1D4, 0xF9, 0x1D6, 0x1D8, 0x1DA, 0x1DC};

static int is_vowel(uint32_t code) {
    if (is_among(code, "aeiouv"))
        return 1;
    for (size_t i = 0; i < sizeof TONED / sizeof *TONED; i++)
        if (code == TONED[i])
            return 1;
    return 0;
}

static int is_blank_in_reading(uint32_t code) { return code == ' ' || code == '\t' || code == 0xA0 || code == 0x3000; }

/* How many characters a reading has that begins with a bracket, with 0 behind the last character; 0 for none. */
static int reading_at(const uint32_t *codes) {
    int at = 1, vowels = 0;
    at += is_blank_in_reading(codes[at]);
    if (is_among(codes[at], "zcs") && codes[at + 1] == 'h')
        at += 2;
    else
        at += is_among(codes[at], "bpmfdtnlgkhjqxrzcsyw");
    while (vowels < 3 && is_vowel(codes[at + vowels]))
        vowels++;
    if (!vowels)
        return 0;
    at += vowels;
    if (codes[at] == 'n')
        at += codes[at + 1] == 'g' ? 2 : 1;
    else
        at += codes[at] == 'r';
    at += is_blank_in_reading(codes[at]);
    return codes[at] == ')' || codes[at] == 0xFF09 ? at + 1 : 0;
}

#define AT_ONCE 32

static inline int is_bracket(uint32_t code) { return (code == '(') | (code == 0xFF08); }

static inline int readings_as(int kind, const void *data, Py_ssize_t length, PyObject *found) {
    for (Py_ssize_t place = 1; place < length; place++) {
        /* Most stretches have no bracket, which is soon known of many characters at once. */
        while (length - place >= AT_ONCE) {
            int any = 0;
            for (int i = 0; i < AT_ONCE; i++)
                any |= is_bracket(code_at(kind, data, place + i));
            if (any)
                break;
            place += AT_ONCE;
        }
        while (place < length && !is_bracket(code_at(kind, data, place)))
            place++;
        if (place >= length)
            break;
        uint32_t before = code_at(kind, data, place - 1), codes[LONGEST_READING] = {0};
        if (before < 0x3400 || before > 0x9FFF)
            continue;
        for (int i = 0; i < LONGEST_READING - 1 && place + i < length; i++)
            codes[i] = code_at(kind, data, place + i);
        int size = reading_at(codes);
        if (size && add_stretch(found, place, place + size) < 0)
            return -1;
    }
    return 0;
}

PyDoc_STRVAR(readings_doc, "readings(text, /)\n--\n\nFrom where to where readings in brackets stand in a text.");

static PyObject *readings(PyObject *Py_UNUSED(module), PyObject *text) {
    if (!PyUnicode_Check(text)) {
        PyErr_SetString(PyExc_TypeError, "readings are looked for in text");
        return NULL;
    }
    PyObject *found = PyList_New(0);
    const void *data = PyUnicode_DATA(text);
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    int failed = 0;
    /* A text of one byte a character has no Han. */
    if (found != NULL && PyUnicode_KIND(text) == PyUnicode_2BYTE_KIND)
        failed = readings_as(PyUnicode_2BYTE_KIND, data, length, found);
    else if (found != NULL && PyUnicode_KIND(text) == PyUnicode_4BYTE_KIND)
        failed = readings_as(PyUnicode_4BYTE_KIND, data, length, found);
    if (failed)
        Py_CLEAR(found);
    return found;
}

/* --- Folding ----------------------------------------------------------------------------------------------------- */

/* What is left of a text: characters, or where they stand. */
typedef struct {
    const uint32_t *table;
    uint32_t kept;    /* the bits of an entry of which one is set where the character is left */
    int beyond;       /* whether characters beyond the table are left, as they are */
    uint32_t *values;
    Py_ssize_t size;
    int places;       /* whether the values are places */
} Left;

static inline void fold_as(int kind, const void *data, Py_ssize_t start, Py_ssize_t end, Left *to) {
    uint32_t *values = to->values + to->size;
    for (Py_ssize_t place = start; place < end; place++) {
        uint32_t code = code_at(kind, data, place), entry, is_left;
        if (kind == PyUnicode_4BYTE_KIND && code >= CHARACTERS) {
            entry = code;
            is_left = (uint32_t)to->beyond;
        } else {
            entry = to->table[code];
            is_left = (entry & to->kept) != 0;
            entry &= FOLDED_MASK;
        }
        *values = to->places ? (uint32_t)place : entry;
        values += is_left;
    }
    to->size = values - to->values;
}

static void fold_part(PyObject *text, Py_ssize_t start, Py_ssize_t end, Left *to) {
    const void *data = PyUnicode_DATA(text);
    switch (PyUnicode_KIND(text)) {
    case PyUnicode_1BYTE_KIND:
        fold_as(PyUnicode_1BYTE_KIND, data, start, end, to);
        break;
    case PyUnicode_2BYTE_KIND:
        fold_as(PyUnicode_2BYTE_KIND, data, start, end, to);
        break;
    default:
        fold_as(PyUnicode_4BYTE_KIND, data, start, end, to);
    }
}

/* Fold a text but for its readings; NULL after an error. */
static PyObject *folded(PyObject *arguments, int places) {
    PyObject *text, *table_object, *readings, *result = NULL;
    int passage;
    if (!PyArg_ParseTuple(arguments, "UOO!p", &text, &table_object, &PyList_Type, &readings, &passage))
        return NULL;
    Py_buffer table;
    if (get_table(table_object, &table) < 0)
        return NULL;
    Py_ssize_t length = PyUnicode_GET_LENGTH(text), start = 0;
    /* One more, since a character that is not left is written before the next one takes its place. */
    Left left = {table.buf, passage ? PASSAGE_BIT : FOLDED_MASK, !passage, NULL, 0, places};
    left.values = PyMem_Malloc(((size_t)length + 1) * sizeof *left.values);
    if (left.values == NULL) {
        PyErr_NoMemory();
        goto done;
    }
    for (Py_ssize_t number = 0; number < PyList_GET_SIZE(readings); number++) {
        Py_ssize_t from, until;
        if (!PyArg_ParseTuple(PyList_GET_ITEM(readings, number), "nn", &from, &until))
            goto done;
        if (from < start || until < from || until > length) {
            PyErr_SetString(PyExc_ValueError, "a reading is not in order, or not in the text");
            goto done;
        }
        fold_part(text, start, from, &left);
        start = until;
    }
    fold_part(text, start, length, &left);
    result = places ? PyBytes_FromStringAndSize((const char *)left.values, left.size * (Py_ssize_t)sizeof *left.values)
                    : PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, left.values, left.size);
done:
    PyMem_Free(left.values);
    PyBuffer_Release(&table);
    return result;
}

PyDoc_STRVAR(fold_doc, "fold(text, table, readings, passage, /)\n--\n\nThe folded text without its readings.");

static PyObject *fold(PyObject *Py_UNUSED(module), PyObject *arguments) { return folded(arguments, 0); }

PyDoc_STRVAR(offsets_doc, "offsets(text, table, readings, passage, /)\n--\n\n"
                          "Where the characters stood that folding has left, in 32 bits each.");

static PyObject *offsets(PyObject *Py_UNUSED(module), PyObject *arguments) { return folded(arguments, 1); }

static PyMethodDef methods[] = {
    {"readings", readings, METH_O, readings_doc},
    {"fold", fold, METH_VARARGS, fold_doc},
    {"offsets", offsets, METH_VARARGS, offsets_doc},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_folding",
    .m_doc = "The loops of folding.",
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit__folding(void) { return PyModule_Create(&definition); }
