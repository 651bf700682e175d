/* The loops that find passages in folded texts: what is equal around a place, how it goes on, where lines begin.

   They give what corpus_lint.duplication.side_by_side, .extension, .growth_numpy, .alignment and .folds give in Python, several times
   as fast; what it means is documented there, and tests/test_native_passages.py holds both to the same results. */

#include "../_native.h"
#include "_following.h"

#define ONES_2(n) n, n + 1, n + 1, n + 2
#define ONES_4(n) ONES_2(n), ONES_2(n + 1), ONES_2(n + 1), ONES_2(n + 2)
#define ONES_6(n) ONES_4(n), ONES_4(n + 1), ONES_4(n + 1), ONES_4(n + 2)

/* How many bits of a byte are set. */
static const uint8_t ONES[256] = {ONES_6(0), ONES_6(1), ONES_6(1), ONES_6(2)};

/* --- Columns of numbers ----------------------------------------------------------------------------------------- */

#define COLUMNS 4

/* Folded characters in 16 bits each, and columns of numbers in 64 bits, each as long as the first. */
typedef struct {
    Py_buffer codes, columns[COLUMNS];
    int held;
    Py_ssize_t size, rows;
} Given;

static void release(Given *given) {
    if (given->held > 0)
        PyBuffer_Release(&given->codes);
    for (int i = 0; i + 1 < given->held; i++)
        PyBuffer_Release(&given->columns[i]);
}

static int take(PyObject *arguments, int columns, Given *given) {
    given->held = 0;
    if (PyTuple_GET_SIZE(arguments) != columns + 1) {
        PyErr_Format(PyExc_TypeError, "there must be %d arguments", columns + 1);
        return -1;
    }
    for (int i = 0; i <= columns; i++) {
        Py_buffer *buffer = i ? &given->columns[i - 1] : &given->codes;
        if (PyObject_GetBuffer(PyTuple_GET_ITEM(arguments, i), buffer, PyBUF_SIMPLE) < 0) {
            release(given);
            return -1;
        }
        given->held++;
    }
    given->size = given->codes.len / (Py_ssize_t)sizeof(uint16_t);
    given->rows = columns ? given->columns[0].len / (Py_ssize_t)sizeof(int64_t) : 0;
    for (int i = 0; i < columns; i++)
        if (given->columns[i].len != given->rows * (Py_ssize_t)sizeof(int64_t)) {
            PyErr_SetString(PyExc_ValueError, "the columns are not of one length");
            release(given);
            return -1;
        }
    return 0;
}

static inline const int64_t *column(const Given *given, int number) {
    return given->columns[number].buf;
}

/* Whether so many characters, before or behind a place, are there. */
static inline int is_there(const Given *given, int64_t place, int64_t room, int64_t way) {
    if (room < 0 || place < 0 || place > given->size)
        return 0;
    return way > 0 ? room <= given->size - place : room <= place;
}

static PyObject *outside(void) {
    PyErr_SetString(PyExc_ValueError, "a stretch is not among the characters");
    return NULL;
}

/* --- What is equal ---------------------------------------------------------------------------------------------- */

static inline int64_t equal_on(const uint16_t *one, const uint16_t *other, int64_t room) {
    int64_t same = 0;
    for (; same + 4 <= room && !memcmp(one + same, other + same, 8); same += 4)
        ;
    while (same < room && one[same] == other[same])
        same++;
    return same;
}

static inline int64_t equal_back(const uint16_t *one, const uint16_t *other, int64_t room) {
    int64_t same = 0;
    for (; same + 4 <= room && !memcmp(one - same - 4, other - same - 4, 8); same += 4)
        ;
    while (same < room && one[-same - 1] == other[-same - 1])
        same++;
    return same;
}

PyDoc_STRVAR(extents_doc, "extents(codes, one, other, room, way, /)\n--\n\n"
                          "How many characters are the same from two places on, or before them.");

static PyObject *extents(PyObject *Py_UNUSED(module), PyObject *arguments) {
    Given given;
    if (take(arguments, 4, &given) < 0)
        return NULL;
    const uint16_t *codes = given.codes.buf;
    const int64_t *one = column(&given, 0), *other = column(&given, 1), *room = column(&given, 2);
    const int64_t *way = column(&given, 3);
    PyObject *result = PyBytes_FromStringAndSize(NULL, given.rows * (Py_ssize_t)sizeof(int64_t));
    for (Py_ssize_t row = 0; result != NULL && row < given.rows; row++) {
        if (!is_there(&given, one[row], room[row], way[row]) || !is_there(&given, other[row], room[row], way[row])) {
            Py_DECREF(result);
            result = outside();
            break;
        }
        int64_t same = way[row] > 0 ? equal_on(codes + one[row], codes + other[row], room[row])
                                    : equal_back(codes + one[row], codes + other[row], room[row]);
        memcpy(PyBytes_AS_STRING(result) + row * (Py_ssize_t)sizeof same, &same, sizeof same);
    }
    release(&given);
    return result;
}

/* --- How it goes on --------------------------------------------------------------------------------------------- */

/* The characters of a short text, as they are read by `at`; NULL, and no error, where it is too long or has a character
   beyond 16 bits. */
static const uint16_t *codes_of(PyObject *text, uint16_t *room) {
    Py_ssize_t size = PyUnicode_GET_LENGTH(text);
    if (PyUnicode_KIND(text) == PyUnicode_2BYTE_KIND)
        return PyUnicode_2BYTE_DATA(text);
    if (PyUnicode_KIND(text) != PyUnicode_1BYTE_KIND || size > SAMPLE)
        return NULL;
    for (Py_ssize_t i = 0; i < size; i++)
        room[i] = PyUnicode_1BYTE_DATA(text)[i];
    return room;
}

PyDoc_STRVAR(followed_doc, "followed(one, other, /)\n--\n\n"
                           "Where two texts that begin alike are equal, or None where that is not to be told of them.");

static PyObject *followed(PyObject *Py_UNUSED(module), PyObject *arguments) {
    PyObject *texts[2];
    if (!PyArg_ParseTuple(arguments, "UU:followed", &texts[0], &texts[1]))
        return NULL;
    uint16_t room[2][SAMPLE];
    Side sides[2];
    for (int i = 0; i < 2; i++) {
        sides[i] = (Side){codes_of(texts[i], room[i]), PyUnicode_GET_LENGTH(texts[i]), 1};
        if (sides[i].codes == NULL)
            Py_RETURN_NONE;
    }
    int64_t end, copy_end, good;
    Numbers found = {0};
    PyObject *result = NULL;
    if (!follow_one(&sides[0], &sides[1], &end, &copy_end, &good, &found))
        result = PyList_New((Py_ssize_t)good);
    for (int64_t i = 0; result != NULL && i < good; i++) {
        const int64_t *run = found.data + 3 * i;
        PyObject *one = Py_BuildValue("LLL", (long long)run[0], (long long)run[1], (long long)run[2]);
        if (one == NULL)
            Py_CLEAR(result);
        else
            PyList_SET_ITEM(result, (Py_ssize_t)i, one);
    }
    PyMem_Free(found.data);
    return result;
}

PyDoc_STRVAR(repeats_doc, "repeats(text, start, end, /)\n--\n\n"
                          "Whether most of the runs of eight characters of a stretch are the same as others of it.");

static PyObject *repeats(PyObject *Py_UNUSED(module), PyObject *arguments) {
    PyObject *text;
    Py_ssize_t start, end;
    if (!PyArg_ParseTuple(arguments, "Unn:repeats", &text, &start, &end))
        return NULL;
    if (start < 0 || end > PyUnicode_GET_LENGTH(text)) {
        PyErr_SetString(PyExc_ValueError, "the stretch is not in the text");
        return NULL;
    }
    int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    int size = (int)(end - start < SAMPLE ? end - start : SAMPLE);
    uint32_t codes[SAMPLE];
    for (int i = 0; i < size; i++)
        codes[i] = PyUnicode_READ(kind, data, start + i);
    return PyBool_FromLong(repeats_itself(codes, size));
}

/* --- Where lines begin ------------------------------------------------------------------------------------------ */

PyDoc_STRVAR(breaks_doc, "breaks(counted, feeds, /)\n--\n\n"
                         "Before how many characters that count lines begin, of bits of as many characters.");

static PyObject *breaks(PyObject *Py_UNUSED(module), PyObject *arguments) {
    Py_buffer counted, feeds;
    if (!PyArg_ParseTuple(arguments, "y*y*:breaks", &counted, &feeds))
        return NULL;
    PyObject *result = NULL;
    uint32_t *found = NULL;
    const uint8_t *counts = counted.buf, *ends = feeds.buf;
    /* There may be a byte behind the last bits. */
    Py_ssize_t size = counted.len < feeds.len ? counted.len : feeds.len, lines = 1, number = 1;
    for (Py_ssize_t i = 0; i < size; i++)
        lines += ONES[ends[i]];
    found = PyMem_Malloc((size_t)lines * sizeof *found);
    if (found == NULL) {
        PyErr_NoMemory();
        goto done;
    }
    uint32_t before = 0;
    found[0] = 0;
    for (Py_ssize_t i = 0; i < size; i++) {
        for (unsigned rest = ends[i]; rest;) {
            unsigned smeared = rest | rest >> 1;
            smeared |= smeared >> 2;
            smeared |= smeared >> 4;
            int bit = ONES[smeared] - 1; /* the highest */
            rest ^= 1u << bit;
            uint32_t here = before + ONES[counts[i] >> bit];
            if (here != found[number - 1])
                found[number++] = here;
        }
        before += ONES[counts[i]];
    }
    result = PyBytes_FromStringAndSize((const char *)found, number * (Py_ssize_t)sizeof *found);
done:
    PyMem_Free(found);
    PyBuffer_Release(&counted);
    PyBuffer_Release(&feeds);
    return result;
}

#define SOME_BYTES 256

/* How many bits of some bytes are set, all added up side by side (Warren, Hacker's Delight, 2002, 5-1). */
VECTORISED static Py_ssize_t ones_of_some(const uint8_t *bytes) {
    uint64_t words[SOME_BYTES / 8], all = 0;
    memcpy(words, bytes, sizeof words);
    for (int i = 0; i < SOME_BYTES / 8; i++) {
        uint64_t word = words[i];
        word -= word >> 1 & 0x5555555555555555u;
        word = (word & 0x3333333333333333u) + (word >> 2 & 0x3333333333333333u);
        word = (word + (word >> 4)) & 0x0F0F0F0F0F0F0F0Fu;
        /* Bytes of at most 8 are added to words of 16 bits before any overflows. */
        all += (word & 0x00FF00FF00FF00FFu) + (word >> 8 & 0x00FF00FF00FF00FFu);
    }
    return (Py_ssize_t)((all & 0xFFFF) + (all >> 16 & 0xFFFF) + (all >> 32 & 0xFFFF) + (all >> 48));
}

PyDoc_STRVAR(place_doc, "place(bits, number, /)\n--\n\n"
                        "Where, among bits, the one stands before which so many are set.");

static PyObject *place(PyObject *Py_UNUSED(module), PyObject *arguments) {
    Py_buffer bits;
    Py_ssize_t number, i = 0;
    if (!PyArg_ParseTuple(arguments, "y*n:place", &bits, &number))
        return NULL;
    const uint8_t *data = bits.buf;
    for (; i + SOME_BYTES <= bits.len; i += SOME_BYTES) {
        Py_ssize_t some = ones_of_some(data + i);
        if (number < some)
            break;
        number -= some;
    }
    while (i < bits.len && number >= ONES[data[i]])
        number -= ONES[data[i++]];
    PyObject *result = NULL;
    if (i == bits.len || number < 0)
        PyErr_SetString(PyExc_ValueError, "not so many bits are set");
    else
        for (int bit = 7; result == NULL; bit--)
            if (data[i] >> bit & 1 && number-- == 0)
                result = PyLong_FromSsize_t(8 * i + 7 - bit);
    PyBuffer_Release(&bits);
    return result;
}

PyDoc_STRVAR(places_doc, "places(bits, /)\n--\n\nWhere, among bits, those stand that are set, in 32 bits each.");

static PyObject *places(PyObject *Py_UNUSED(module), PyObject *object) {
    Py_buffer bits;
    if (PyObject_GetBuffer(object, &bits, PyBUF_SIMPLE) < 0)
        return NULL;
    const uint8_t *data = bits.buf;
    Py_ssize_t set = 0, number = 0;
    for (Py_ssize_t i = 0; i < bits.len; i++)
        set += ONES[data[i]];
    PyObject *result = PyBytes_FromStringAndSize(NULL, set * (Py_ssize_t)sizeof(uint32_t));
    char *found = result == NULL ? NULL : PyBytes_AS_STRING(result);
    for (Py_ssize_t i = 0; result != NULL && i < bits.len; i++)
        /* Each is written, and kept if it is set: that is faster than to ask. */
        for (int bit = 7; bit >= 0 && number < set; bit--) {
            uint32_t here = (uint32_t)(8 * i + 7 - bit);
            memcpy(found + number * (Py_ssize_t)sizeof here, &here, sizeof here);
            number += data[i] >> bit & 1;
        }
    PyBuffer_Release(&bits);
    return result;
}

PyDoc_STRVAR(syllables_doc, "syllables(codes, start, end, /)\n--\n\n"
                            "How many characters of a stretch are Han, kana or Hangul.");

static PyObject *syllables_of(PyObject *Py_UNUSED(module), PyObject *arguments) {
    Py_buffer codes;
    Py_ssize_t start, end, found = 0;
    if (!PyArg_ParseTuple(arguments, "y*nn:syllables", &codes, &start, &end))
        return NULL;
    const uint16_t *data = codes.buf;
    Py_ssize_t size = codes.len / (Py_ssize_t)sizeof *data;
    for (Py_ssize_t i = start < 0 ? 0 : start; i < (end < size ? end : size); i++)
        found += data[i] >= FIRST_SYLLABIC;
    PyBuffer_Release(&codes);
    return PyLong_FromSsize_t(found);
}

/* --- Texts -------------------------------------------------------------------------------------------------------- */

PyDoc_STRVAR(text_doc, "text(codes, /)\n--\n\nThe text of characters in 16 bits; None where one of them is no character.");

static PyObject *text(PyObject *Py_UNUSED(module), PyObject *object) {
    Py_buffer codes;
    if (PyObject_GetBuffer(object, &codes, PyBUF_SIMPLE) < 0)
        return NULL;
    const uint16_t *data = codes.buf;
    Py_ssize_t size = codes.len / (Py_ssize_t)sizeof *data;
    uint32_t surrogates = 0;
    for (Py_ssize_t i = 0; i < size; i++)
        surrogates |= (data[i] & 0xF800) == 0xD800;
    PyObject *result = NULL;
    if (surrogates)
        result = Py_NewRef(Py_None);
    else
        result = PyUnicode_FromKindAndData(PyUnicode_2BYTE_KIND, data, size);
    PyBuffer_Release(&codes);
    return result;
}

static PyMethodDef methods[] = {
    {"extents", extents, METH_VARARGS, extents_doc},
    {"followed", followed, METH_VARARGS, followed_doc},
    {"repeats", repeats, METH_VARARGS, repeats_doc},
    {"breaks", breaks, METH_VARARGS, breaks_doc},
    {"place", place, METH_VARARGS, place_doc},
    {"places", places, METH_O, places_doc},
    {"syllables", syllables_of, METH_VARARGS, syllables_doc},
    {"text", text, METH_O, text_doc},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, .m_name = "_passages", .m_doc = "The loops that find passages, compiled.", .m_methods = methods,
};

PyMODINIT_FUNC PyInit__passages(void) {
    return PyModule_Create(&definition);
}
