/* The loops over UTF-8: decoding it, and what is asked of it without.

   A text without errors and without characters beyond the Basic Multilingual Plane, which Python keeps
   in one or two bytes a character, is made in half of the time that the interpreter takes; all else is left to that.

   A byte sequence is well formed as in table 3-7 of the Unicode Standard: none is longer than it must be, and none
   stands for a surrogate. What this gives is what bytes.decode gives, and tests/test_utf8.py holds it to that. */

#include "_native.h"

/* Bytes with which characters begin: the first of those beyond Latin-1, and beyond the Basic Multilingual Plane. */
#define FIRST_LONG 0xC4
#define FIRST_WIDE 0xF0

#define LEAST_OF_THREE 0x800
#define SURROGATES 0xD800
#define OF_SURROGATES 0xF800 /* the bits in which all of them are equal */

/* What is to be known before a text can be made: how many characters it has, and the greatest of its bytes. */
typedef struct {
    Py_ssize_t characters;
    uint8_t greatest;
} Measured;

/* Characters that are tried together. */
#define TOGETHER 16

#define SPAN 64

VECTORISED static Measured measure(const uint8_t *bytes, Py_ssize_t size) {
    Measured found = {0, 0};
    Py_ssize_t start = 0;
    for (; start + SPAN <= size; start += SPAN) {
        uint8_t greatest = 0, beginning = 0;
        for (int i = 0; i < SPAN; i++) {
            uint8_t byte = bytes[start + i];
            greatest = byte > greatest ? byte : greatest;
            beginning += (int8_t)byte >= (int8_t)0xC0;
        }
        found.characters += beginning;
        found.greatest = greatest > found.greatest ? greatest : found.greatest;
    }
    for (; start < size; start++) {
        found.greatest = bytes[start] > found.greatest ? bytes[start] : found.greatest;
        found.characters += (int8_t)bytes[start] >= (int8_t)0xC0;
    }
    return found;
}

static inline uint16_t of_three(const uint8_t *bytes) {
    return (uint16_t)((bytes[0] & 0xF) << 12 | (bytes[1] & 0x3F) << 6 | (bytes[2] & 0x3F));
}

/* Whether what three bytes give may not be written so. */
static inline int is_wrong(uint16_t code) {
    return (code < LEAST_OF_THREE) | ((code & OF_SURROGATES) == SURROGATES);
}

/* Decode so many characters of three bytes each, if that is what they are; vectors are made of this. */
VECTORISED static int fill_of_three(const uint8_t *APART bytes, uint16_t *APART codes) {
    uint16_t wrong = 0;
    for (int i = 0; i < TOGETHER; i++) {
        const uint8_t *own = bytes + 3 * i;
        uint16_t code = of_three(own);
        codes[i] = code;
        wrong |= (uint16_t)(((own[0] & 0xF0) ^ 0xE0) | ((own[1] & 0xC0) ^ 0x80) | ((own[2] & 0xC0) ^ 0x80));
        wrong |= (uint16_t)is_wrong(code);
    }
    return !wrong;
}

VECTORISED static int fill_of_one(const uint8_t *APART bytes, uint16_t *APART codes) {
    uint8_t all = 0;
    for (int i = 0; i < TOGETHER; i++) {
        codes[i] = bytes[i];
        all |= bytes[i];
    }
    return all < 0x80;
}

/* Decode into so many characters, all below FIRST_WIDE; whether the bytes are well formed. */
static int fill(const uint8_t *bytes, Py_ssize_t size, uint16_t *codes, Py_ssize_t characters) {
    const uint8_t *end = bytes + size;
    const uint16_t *last = codes + characters;
    while (bytes < end) {
        if (codes == last)
            return 0;
        if (bytes[0] < 0x80) {
            while (end - bytes >= TOGETHER && last - codes >= TOGETHER && fill_of_one(bytes, codes)) {
                codes += TOGETHER;
                bytes += TOGETHER;
            }
            while (bytes < end && bytes[0] < 0x80 && codes < last)
                *codes++ = *bytes++;
        } else if (bytes[0] >= 0xE0) {
            while (end - bytes >= 3 * TOGETHER && last - codes >= TOGETHER && fill_of_three(bytes, codes)) {
                codes += TOGETHER;
                bytes += 3 * TOGETHER;
            }
            while (end - bytes >= 3 && bytes[0] >= 0xE0 && codes < last) {
                if ((bytes[0] & 0xF0) != 0xE0 || (bytes[1] & 0xC0) != 0x80 || (bytes[2] & 0xC0) != 0x80)
                    return 0;
                *codes = of_three(bytes);
                if (is_wrong(*codes++))
                    return 0;
                bytes += 3;
            }
            if (bytes < end && bytes[0] >= 0xE0)
                return 0;
        } else {
            if (bytes[0] < 0xC2 || end - bytes < 2 || (bytes[1] & 0xC0) != 0x80)
                return 0;
            *codes++ = (uint16_t)((bytes[0] & 0x1F) << 6 | (bytes[1] & 0x3F));
            bytes += 2;
        }
    }
    return codes == last;
}

PyDoc_STRVAR(decode_doc, "decode(data, /)\n--\n\n"
                         "As data.decode(); None where that is to be asked, as of what is no UTF-8.");

static PyObject *decode(PyObject *Py_UNUSED(module), PyObject *data) {
    if (!PyBytes_Check(data)) {
        PyErr_SetString(PyExc_TypeError, "bytes are wanted");
        return NULL;
    }
    const uint8_t *bytes = (const uint8_t *)PyBytes_AS_STRING(data);
    Py_ssize_t size = PyBytes_GET_SIZE(data);
    Measured found = measure(bytes, size);
    if (found.greatest < 0x80)
        return PyUnicode_FromKindAndData(PyUnicode_1BYTE_KIND, bytes, size);
    if (found.greatest < FIRST_LONG || found.greatest >= FIRST_WIDE)
        Py_RETURN_NONE;
    PyObject *text = PyUnicode_New(found.characters, 0xFFFF);
    if (text == NULL || fill(bytes, size, PyUnicode_2BYTE_DATA(text), found.characters))
        return text;
    Py_DECREF(text);
    Py_RETURN_NONE;
}

/* --- Without decoding -------------------------------------------------------------------------------------------- */

PyDoc_STRVAR(is_valid_doc, "is_valid(data, /)\n--\n\nWhether bytes are UTF-8.");

static PyObject *is_valid(PyObject *Py_UNUSED(module), PyObject *object) {
    Py_buffer buffer;
    if (PyObject_GetBuffer(object, &buffer, PyBUF_SIMPLE) < 0)
        return NULL;
    const uint8_t *data = buffer.buf;
    Py_ssize_t size = buffer.len;
    uint8_t wrong = 0;
    for (Py_ssize_t i = 0; i < size && i < 3; i++)
        wrong |= (data[i] & 0xC0) == 0x80 && !(i > 0 && data[i - 1] >= 0xC0) && !(i > 1 && data[i - 2] >= 0xE0);
    if (size > 1 && data[0] >= 0xC0)
        wrong |= (data[1] & 0xC0) != 0x80;
    if (size > 2 && (data[1] >= 0xC0 || data[0] >= 0xE0))
        wrong |= (data[2] & 0xC0) != 0x80;
    /* No branches, so that compilers make of it comparisons of many bytes at once. */
    for (Py_ssize_t i = 3; i < size; i++) {
        uint8_t one = data[i], before = data[i - 1];
        wrong |= (uint8_t)(((one & 0xC0) == 0x80) ^ ((before >= 0xC0) | (data[i - 2] >= 0xE0) | (data[i - 3] >= 0xF0)));
    }
    for (Py_ssize_t i = 1; i < size; i++) {
        uint8_t one = data[i], before = data[i - 1];
        wrong |= (uint8_t)(((before == 0xE0) & (one < 0xA0)) | ((before == 0xED) & (one >= 0xA0)) |
                           ((before == 0xF0) & (one < 0x90)) | ((before == 0xF4) & (one >= 0x90)));
    }
    for (Py_ssize_t i = 0; i < size; i++)
        wrong |= (uint8_t)((data[i] == 0xC0) | (data[i] == 0xC1) | (data[i] > 0xF4));
    for (Py_ssize_t i = 1; i <= 3 && i <= size; i++)
        wrong |= data[size - i] >= (i == 1 ? 0xC0 : i == 2 ? 0xE0 : 0xF0);
    PyBuffer_Release(&buffer);
    return PyBool_FromLong(!wrong);
}

PyDoc_STRVAR(reach_doc, "reach(data, start, characters, /)\n--\n\n"
                        "Where in UTF-8 so many characters behind a byte are over.");

static PyObject *reach(PyObject *Py_UNUSED(module), PyObject *arguments) {
    Py_buffer buffer;
    Py_ssize_t at, left;
    if (!PyArg_ParseTuple(arguments, "y*nn:reach", &buffer, &at, &left))
        return NULL;
    const uint8_t *data = buffer.buf;
    at = at < 0 ? 0 : at;
    while (left >= 128 && at + 128 <= buffer.len) {
        uint8_t some = 0;
        for (int i = 0; i < 128; i++)
            some += (data[at + i] & 0xC0) != 0x80;
        left -= some;
        at += 128;
    }
    /* Up to the byte that begins one character more. */
    for (; at < buffer.len; at++)
        if ((data[at] & 0xC0) != 0x80 && left-- <= 0)
            break;
    PyBuffer_Release(&buffer);
    return PyLong_FromSsize_t(at);
}

/* Some at a time, in numbers as small as characters: compilers make of that one comparison of many characters. */
#define COUNT_FEEDS(kind, characters) \
    for (const kind *data = characters; start < end;) { \
        Py_ssize_t stop = end - start < 128 ? end : start + 128; \
        kind some = 0; \
        for (Py_ssize_t i = start; i < stop; i++) \
            some += data[i] == '\n'; \
        found += some; \
        start = stop; \
    }

PyDoc_STRVAR(feeds_doc, "feeds(text, start, end, /)\n--\n\nHow many line feeds stand in a stretch of a text.");

static PyObject *feeds(PyObject *Py_UNUSED(module), PyObject *arguments) {
    PyObject *text;
    Py_ssize_t start, end, found = 0;
    if (!PyArg_ParseTuple(arguments, "Onn:feeds", &text, &start, &end))
        return NULL;
    if (!PyUnicode_Check(text) && !PyBytes_Check(text)) {
        PyErr_SetString(PyExc_TypeError, "neither text nor bytes");
        return NULL;
    }
    int kind = PyUnicode_Check(text) ? (int)PyUnicode_KIND(text) : PyUnicode_1BYTE_KIND;
    const void *all = PyUnicode_Check(text) ? PyUnicode_DATA(text) : PyBytes_AS_STRING(text);
    Py_ssize_t size = PyUnicode_Check(text) ? PyUnicode_GET_LENGTH(text) : PyBytes_GET_SIZE(text);
    end = end < size ? end : size;
    start = start < 0 ? 0 : start;
    if (kind == PyUnicode_1BYTE_KIND)
        COUNT_FEEDS(uint8_t, all)
    else if (kind == PyUnicode_2BYTE_KIND)
        COUNT_FEEDS(uint16_t, all)
    else
        COUNT_FEEDS(uint32_t, all)
    return PyLong_FromSsize_t(found);
}

PyDoc_STRVAR(characters_doc, "characters(data, start, end, /)\n--\n\n"
                             "How many characters begin in a stretch of UTF-8.");

static PyObject *characters(PyObject *Py_UNUSED(module), PyObject *arguments) {
    PyObject *data;
    Py_ssize_t start, end;
    if (!PyArg_ParseTuple(arguments, "Snn:characters", &data, &start, &end))
        return NULL;
    Py_ssize_t size = PyBytes_GET_SIZE(data);
    end = end < size ? end : size;
    start = start < 0 ? 0 : start;
    if (start >= end)
        return PyLong_FromLong(0);
    return PyLong_FromSsize_t(measure((const uint8_t *)PyBytes_AS_STRING(data) + start, end - start).characters);
}

static PyMethodDef methods[] = {
    {"decode", decode, METH_O, decode_doc},
    {"is_valid", is_valid, METH_O, is_valid_doc},
    {"reach", reach, METH_VARARGS, reach_doc},
    {"feeds", feeds, METH_VARARGS, feeds_doc},
    {"characters", characters, METH_VARARGS, characters_doc},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_utf8",
    .m_doc = "The loops over UTF-8.",
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit__utf8(void) { return PyModule_Create(&definition); }
