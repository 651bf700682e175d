/* The loops of winnowing: folding texts, hashing their grams, choosing fingerprints.

   They give what corpus_lint.duplication.winnowing gives in Python, several times as fast; what it means is
   documented there, and tests/test_native.py holds both to the same results. Whether this file was compiled is a matter
   of speed alone. */

#include "../_native.h"

/* As in corpus_lint.duplication.winnowing; FACTORS are those of grams of 1, 2, 4, 8 and 16 characters. */
#define SHORT_GRAM 16
#define LONG_GRAM 32
#define WINDOW 16
#define FIRST_SYLLABIC 0x2E80
#define RANK_SHIFT 16
#define NONE 0xFFFFFFFFu
static const uint32_t FACTORS[5] = {0x2545F491u, 0xA9CEBA21u, 0xA66FF841u, 0x851C0081u, 0x26384101u};

/* Grams that are worked on at once, with what comes of them in the processor's cache. */
#define BLOCK 1024
#define AROUND (WINDOW - 1)

typedef struct {
    const uint32_t *table;
    uint16_t *folded; /* the folded texts, end to end */
    Py_ssize_t size;  /* how many characters of them there are */
    uint8_t *counted; /* which characters count, a bit each */
    uint8_t *feeds;   /* which are line feeds, likewise */
} Folding;

/* Fold up to eight characters, which have their bits in one byte. */
static inline uint16_t *fold_byte(int kind, const void *data, Py_ssize_t start, int size, uint32_t counts,
                                  Folding *to, uint16_t *folded) {
    uint32_t counted = 0, feeds = 0;
#pragma GCC unroll 8
    for (int i = 0; i < size; i++) {
        uint32_t entry = entry_of(to->table, code_at(kind, data, start + i));
        uint32_t passes = entry >> PASSAGE_SHIFT & counts;
        *folded = (uint16_t)(entry & FOLDED_MASK);
        folded += passes;
        counted = counted << 1 | passes;
        feeds = feeds << 1 | entry >> FEED_SHIFT;
    }
    int behind = 8 - (int)(start % 8) - size;
    to->counted[start / 8] |= (uint8_t)(counted << behind);
    to->feeds[start / 8] |= (uint8_t)(feeds << behind);
    return folded;
}

/* Fold the characters from start to end; unless they count, note only where they stand. */
static inline void fold_as(int kind, const void *data, Py_ssize_t start, Py_ssize_t end, uint32_t counts,
                           Folding *to) {
    uint16_t *folded = to->folded + to->size;
    while (start < end) {
        int size = 8 - (int)(start % 8);
        if (size == 8 && end - start >= 8)
            folded = fold_byte(kind, data, start, 8, counts, to, folded);
        else {
            size = end - start < size ? (int)(end - start) : size;
            folded = fold_byte(kind, data, start, size, counts, to, folded);
        }
        start += size;
    }
    to->size = folded - to->folded;
}

static void fold(int kind, const void *data, Py_ssize_t start, Py_ssize_t end, uint32_t counts, Folding *to) {
    switch (kind) {
    case PyUnicode_1BYTE_KIND:
        fold_as(PyUnicode_1BYTE_KIND, data, start, end, counts, to);
        break;
    case PyUnicode_2BYTE_KIND:
        fold_as(PyUnicode_2BYTE_KIND, data, start, end, counts, to);
        break;
    default:
        fold_as(PyUnicode_4BYTE_KIND, data, start, end, counts, to);
    }
}

typedef struct {
    Column keys, documents, positions;
} Fingerprints;

typedef struct {
    uint32_t codes[BLOCK + 2 * AROUND + 3 * SHORT_GRAM];
    uint32_t hashes[BLOCK + 2 * AROUND + 3 * SHORT_GRAM];
    uint32_t shorter[BLOCK + 2 * AROUND + 3 * SHORT_GRAM];
    uint16_t ranks[BLOCK + 2 * AROUND];
    uint16_t best[BLOCK + 2 * AROUND];
    uint16_t better[BLOCK + 2 * AROUND];
    uint8_t is_chosen[BLOCK + 8];
    uint16_t chosen[BLOCK];
} Workspace;

VECTORISED static void compare(const uint16_t *one, const uint16_t *other, uint8_t *equal, int size) {
    for (int i = 0; i < size; i++)
        equal[i] = one[i] == other[i];
}

/* The numbers of the bytes that are not 0, but 1; behind them all eight more are 0. */
static int numbers_of(const uint8_t *bytes, uint16_t *numbers, int size) {
    int found = 0;
#if defined(__GNUC__) && defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    /* They are few: no step is made for each of the others. */
    for (int i = 0; i < size; i += 8) {
        uint64_t word;
        memcpy(&word, bytes + i, 8);
        for (; word; word &= word - 1)
            numbers[found++] = (uint16_t)(i + __builtin_ctzll(word) / 8);
    }
#else
    for (int i = 0; i < size; i++)
        if (bytes[i])
            numbers[found++] = (uint16_t)i;
#endif
    return found;
}

VECTORISED static void widen(const uint16_t *folded, uint32_t *codes, int size) {
    for (int i = 0; i < size; i++)
        codes[i] = folded[i];
}

VECTORISED static void rank(const uint32_t *hashes, uint16_t *ranks, int size) {
    for (int i = 0; i < size; i++)
        ranks[i] = (uint16_t)(hashes[i] >> RANK_SHIFT);
}

/* The hashes of grams of twice a length, from those of grams of that length. */
WITHIN void lengthen(const uint32_t *APART grams, uint32_t *APART longer, uint32_t factor, int length, int size) {
    for (int i = 0; i < size; i++)
        longer[i] = grams[i] * factor + grams[i + length];
}

/* The hashes of the grams that begin with the first ``size`` characters of ``codes``, of which 2 * SHORT_GRAM more are
   there; of short grams, but of long ones where a letter of an alphabet or a digit is first. */
VECTORISED static void hash(const uint32_t *APART codes, uint32_t *APART hashes, uint32_t *APART shorter, int size) {
    int all = size + SHORT_GRAM;
    lengthen(codes, hashes, FACTORS[0], 1, all + 14);
    lengthen(hashes, shorter, FACTORS[1], 2, all + 12);
    lengthen(shorter, hashes, FACTORS[2], 4, all + 8);
    lengthen(hashes, shorter, FACTORS[3], 8, all);
    for (int i = 0; i < size; i++)
        hashes[i] = shorter[i] + (codes[i] < FIRST_SYLLABIC ? FACTORS[4] : 0) * shorter[i + SHORT_GRAM];
}

WITHIN void least_of_two(const uint16_t *APART ranks, uint16_t *APART least, int apart, int size) {
    for (int i = 0; i < size; i++)
        least[i] = ranks[i] < ranks[i + apart] ? ranks[i] : ranks[i + apart];
}

WITHIN void greatest_of_two(const uint16_t *APART ranks, uint16_t *APART greatest, int apart, int size) {
    for (int i = 0; i < size; i++)
        greatest[i] = ranks[i] > ranks[i + apart] ? ranks[i] : ranks[i + apart];
}

/* For each rank but those of AROUND at both ends the greatest of the least ranks of the windows that it is in: where
   that is the rank itself, it is the least of some window. */
VECTORISED static void greatest_minima(const uint16_t *APART ranks, uint16_t *APART best, uint16_t *APART better,
                                       int size) {
    least_of_two(ranks, better, 1, size - 1);
    least_of_two(better, best, 2, size - 3);
    least_of_two(best, better, 4, size - 7);
    least_of_two(better, best, 8, size - 15);
    greatest_of_two(best, better, 1, size - 16);
    greatest_of_two(better, best, 2, size - 18);
    greatest_of_two(best, better, 4, size - 22);
    greatest_of_two(better, best, 8, size - 30);
}

/* Add the fingerprints of a folded text. */
static int winnow(const uint16_t *folded, Py_ssize_t size, uint32_t document, Workspace *work, Fingerprints *to) {
    Py_ssize_t grams = size - SHORT_GRAM + 1, of_this = 0;
    for (Py_ssize_t from = 0; from < grams; from += BLOCK) {
        int own = (int)(grams - from < BLOCK ? grams - from : BLOCK);
        /* The grams before and behind those of the block have windows in common with them. */
        Py_ssize_t first = from - AROUND;
        int all = own + 2 * AROUND, outside = first < 0 ? (int)-first : 0;
        int needed = all + 2 * SHORT_GRAM, known = (int)(size - first < needed ? size - first : needed);
        for (int i = 0; i < outside; i++)
            work->codes[i] = 0;
        widen(folded + first + outside, work->codes + outside, known - outside);
        for (int i = known; i < needed; i++)
            work->codes[i] = 0;
        hash(work->codes, work->hashes, work->shorter, all);
        for (int i = 0; i < outside; i++)
            work->hashes[i] = NONE;
        for (int i = all - 1; i >= outside && first + i + LONG_GRAM > size; i--)
            if (first + i + SHORT_GRAM > size || work->codes[i] < FIRST_SYLLABIC)
                work->hashes[i] = NONE;
        rank(work->hashes, work->ranks, all);
        greatest_minima(work->ranks, work->best, work->better, all);
        compare(work->best, work->ranks + AROUND, work->is_chosen, own);
        memset(work->is_chosen + own, 0, 8);
        int chosen = numbers_of(work->is_chosen, work->chosen, own);
        if (make_room(&to->keys, chosen * sizeof(uint32_t)) < 0 ||
            make_room(&to->documents, chosen * sizeof(uint32_t)) < 0 ||
            make_room(&to->positions, chosen * sizeof(uint32_t)) < 0)
            return -1;
        uint32_t *keys = (uint32_t *)(to->keys.data + to->keys.size);
        uint32_t *documents = (uint32_t *)(to->documents.data + to->documents.size);
        uint32_t *positions = (uint32_t *)(to->positions.data + to->positions.size);
        Py_ssize_t found = 0;
        for (int i = 0; i < chosen; i++) {
            uint32_t key = work->hashes[work->chosen[i] + AROUND];
            if (key == NONE)
                continue;
            /* Of neighbours with one key, which are a loop in the text, the first and the last are kept. */
            int is_inner = of_this >= 2 && keys[found - 1] == key && keys[found - 2] == key;
            found -= is_inner;
            of_this += !is_inner;
            keys[found] = key;
            documents[found] = document;
            positions[found] = (uint32_t)(from + work->chosen[i]);
            found++;
        }
        to->keys.size += found * sizeof(uint32_t);
        to->documents.size += found * sizeof(uint32_t);
        to->positions.size += found * sizeof(uint32_t);
    }
    return 0;
}

/* Fold the characters from start to end but for those of the readings from ``*number`` on, and go on behind these. */
static int fold_document(PyObject *text, Py_ssize_t start, Py_ssize_t end, PyObject *readings, Py_ssize_t *number,
                         Folding *to) {
    int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    for (; *number < PyList_GET_SIZE(readings); ++*number) {
        Py_ssize_t from, until;
        if (!PyArg_ParseTuple(PyList_GET_ITEM(readings, *number), "nn", &from, &until))
            return -1;
        if (from >= end)
            break;
        if (from < start || until < from || until > end) {
            PyErr_SetString(PyExc_ValueError, "a reading is not in order, or not in one text");
            return -1;
        }
        fold(kind, data, start, from, 1, to);
        fold(kind, data, from, until, 0, to);
        start = until;
    }
    fold(kind, data, start, end, 1, to);
    return 0;
}

PyDoc_STRVAR(sketch_doc, "sketch(text, table, lengths, readings, first, /)\n--\n\n"
                         "Sizes, keys, documents, positions, folded texts, counted characters and line feeds.");

static PyObject *sketch(PyObject *Py_UNUSED(module), PyObject *arguments) {
    PyObject *text, *table_object, *lengths, *readings, *result = NULL;
    unsigned int first;
    if (!PyArg_ParseTuple(arguments, "UOO!O!I:sketch", &text, &table_object, &PyList_Type, &lengths, &PyList_Type,
                          &readings, &first))
        return NULL;
    Py_buffer table;
    if (get_table(table_object, &table) < 0)
        return NULL;
    Py_ssize_t length = PyUnicode_GET_LENGTH(text), total = PyList_GET_SIZE(lengths), start = 0, reading = 0;
    Fingerprints found = {{0}, {0}, {0}};
    Workspace *work = PyMem_Malloc(sizeof *work);
    PyObject *sizes = PyList_New(total);
    PyObject *counted = PyBytes_FromStringAndSize(NULL, (length + 7) / 8);
    PyObject *feeds = PyBytes_FromStringAndSize(NULL, (length + 7) / 8);
    /* One more, since a character that does not count is written before the next one takes its place. */
    PyObject *folded = PyBytes_FromStringAndSize(NULL, (length + 1) * (Py_ssize_t)sizeof(uint16_t));
    if (work == NULL)
        PyErr_NoMemory();
    if (work == NULL || sizes == NULL || counted == NULL || feeds == NULL || folded == NULL)
        goto done;
    memset(PyBytes_AS_STRING(counted), 0, (length + 7) / 8);
    memset(PyBytes_AS_STRING(feeds), 0, (length + 7) / 8);
    Folding folding = {table.buf, (uint16_t *)PyBytes_AS_STRING(folded), 0, (uint8_t *)PyBytes_AS_STRING(counted),
                       (uint8_t *)PyBytes_AS_STRING(feeds)};
    for (Py_ssize_t number = 0; number < total; number++) {
        Py_ssize_t own = PyLong_AsSsize_t(PyList_GET_ITEM(lengths, number)), before = folding.size;
        if (own < 0 || own > length - start) {
            if (!PyErr_Occurred())
                PyErr_SetString(PyExc_ValueError, "the texts are longer than the one that they are joined to");
            goto done;
        }
        if (fold_document(text, start, start + own, readings, &reading, &folding) < 0)
            goto done;
        start += own;
        if (start < length)
            fold(PyUnicode_KIND(text), PyUnicode_DATA(text), start, start + 1, 0, &folding);
        start++;
        if (winnow(folding.folded + before, folding.size - before, first + (uint32_t)number, work, &found) < 0)
            goto done;
        PyObject *size = PyLong_FromSsize_t(folding.size - before);
        if (size == NULL)
            goto done;
        PyList_SET_ITEM(sizes, number, size);
    }
    if (_PyBytes_Resize(&folded, folding.size * (Py_ssize_t)sizeof(uint16_t)) < 0)
        goto done;
    result = Py_BuildValue("ONNNOOO", sizes, to_bytes(&found.keys), to_bytes(&found.documents),
                           to_bytes(&found.positions), folded, counted, feeds);
done:
    Py_XDECREF(sizes);
    Py_XDECREF(counted);
    Py_XDECREF(feeds);
    Py_XDECREF(folded);
    PyMem_Free(found.keys.data);
    PyMem_Free(found.documents.data);
    PyMem_Free(found.positions.data);
    PyMem_Free(work);
    PyBuffer_Release(&table);
    return result;
}

static PyMethodDef methods[] = {
    {"sketch", sketch, METH_VARARGS, sketch_doc},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_winnowing",
    .m_doc = "The loops of winnowing.",
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit__winnowing(void) { return PyModule_Create(&definition); }
