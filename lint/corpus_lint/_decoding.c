/* Decoding UTF-8: a text without errors and without characters beyond the Basic Multilingual Plane, which Python keeps
   in one or two bytes a character, is made in half of the time that the interpreter takes; all else is left to that.

   A byte sequence is well formed as in table 3-7 of the Unicode Standard: none is longer than it must be, and none
   stands for a surrogate. What this gives is what bytes.decode gives, and tests/test_native.py holds it to that. */

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

static PyMethodDef methods[] = {
    {"decode", decode, METH_O, decode_doc},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_decoding",
    .m_doc = "Decoding UTF-8.",
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit__decoding(void) { return PyModule_Create(&definition); }
