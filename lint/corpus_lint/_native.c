/* The loops over every character of a text: looking characters up, picking out lines, counting classes, winnowing;
   and over all fingerprints, to find the equal ones.

   They give what corpus_lint.look_up, .excerpts, .census, .winnowing and .pairing give in Python, several times as
   fast; what it means is documented there, and tests/test_native.py holds both to the same results. Whether this file
   was compiled is a matter of speed alone. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <string.h>

#if defined(__x86_64__) && defined(__gnu_linux__) && defined(__GNUC__) && !defined(__clang__)
#define VECTORISED __attribute__((target_clones("avx2", "default"), optimize("O3")))
#else
#define VECTORISED
#endif

/* As in corpus_lint.tables. */
#define CHARACTERS 0x10000
#define FOLDED_MASK 0xFFFFu
#define KIND_SHIFT 16
#define CLASSES 16
#define PASSAGE_SHIFT 20
#define FEED_SHIFT 31

/* As in corpus_lint.winnowing; FACTORS are those of grams of 1, 2, 4, 8 and 16 characters. */
#define SHORT_GRAM 16
#define LONG_GRAM 32
#define WINDOW 16
#define FIRST_SYLLABIC 0x2E80
#define RANK_SHIFT 16
#define NONE 0xFFFFFFFFu
static const uint32_t FACTORS[5] = {0x2545F491u, 0xA9CEBA21u, 0xA66FF841u, 0x851C0081u, 0x26384101u};

/* Grams that are worked on at once, with what comes of them in the processor's cache. */
#define BLOCK 4096
#define AROUND (WINDOW - 1)

/* Values that are only added to. */
typedef struct {
    char *data;
    size_t size, room;
} Column;

static int make_room(Column *column, size_t more) {
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

static int add_place(Column *column, Py_ssize_t place) {
    int64_t value = place;
    if (make_room(column, sizeof value) < 0)
        return -1;
    memcpy(column->data + column->size, &value, sizeof value);
    column->size += sizeof value;
    return 0;
}

static int add_byte(Column *column, uint8_t value) {
    if (make_room(column, 1) < 0)
        return -1;
    column->data[column->size++] = (char)value;
    return 0;
}

static PyObject *to_bytes(const Column *column) {
    return PyBytes_FromStringAndSize(column->data, (Py_ssize_t)column->size);
}

/* A table of characters: 65,536 entries of 32 bits. */
static int get_table(PyObject *object, Py_buffer *table) {
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

static int add_stretch(PyObject *stretches, Py_ssize_t start, Py_ssize_t end) {
    PyObject *stretch = Py_BuildValue("nn", start, end);
    int failed = stretch == NULL || PyList_Append(stretches, stretch) < 0;
    Py_XDECREF(stretch);
    return failed ? -1 : 0;
}

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

PyDoc_STRVAR(brief_doc, "brief(text, feeds, lengths, limit, /)\n--\n\n"
                        "The brief lines of texts that were joined by one line feed each.");

static PyObject *brief(PyObject *Py_UNUSED(module), PyObject *arguments) {
    PyObject *text, *lengths, *result = NULL;
    Py_buffer feeds;
    Py_ssize_t limit;
    if (!PyArg_ParseTuple(arguments, "Uy*O!n:brief", &text, &feeds, &PyList_Type, &lengths, &limit))
        return NULL;
    int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    Py_ssize_t length = PyUnicode_GET_LENGTH(text), start = 0, feed = 0;
    Py_ssize_t all = feeds.len / (Py_ssize_t)sizeof(int64_t);
    result = PyList_New(0);
    for (Py_ssize_t number = 0; result != NULL && number < PyList_GET_SIZE(lengths); number++) {
        Py_ssize_t own = PyLong_AsSsize_t(PyList_GET_ITEM(lengths, number)), end = start + own, place = 0;
        if (own < 0 || own > length - start) {
            if (!PyErr_Occurred())
                PyErr_SetString(PyExc_ValueError, "the texts are longer than the one that they are joined to");
            Py_CLEAR(result);
            break;
        }
        for (int is_last = 0; !is_last; feed++) {
            int64_t until = end;
            if (feed < all)
                memcpy(&until, (const char *)feeds.buf + feed * (Py_ssize_t)sizeof until, sizeof until);
            if (until < start || until > end) {
                PyErr_SetString(PyExc_ValueError, "the line feeds are not those of the texts");
                Py_CLEAR(result);
                break;
            }
            is_last = until == end;
            if (until - start > limit)
                place++;
            else if (!is_blank(kind, data, start, until)) {
                PyObject *line = PyUnicode_Substring(text, start, until);
                PyObject *found = line == NULL ? NULL : Py_BuildValue("nnN", number, place, line);
                int failed = found == NULL || PyList_Append(result, found) < 0;
                Py_XDECREF(found);
                if (failed) {
                    Py_CLEAR(result);
                    break;
                }
                place++;
            }
            start = until + 1;
        }
    }
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

/* --- Winnowing -------------------------------------------------------------------------------------------------- */

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
    uint16_t ranks[BLOCK + 2 * AROUND];
    uint16_t best[BLOCK + 2 * AROUND];
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

/* The hashes of the grams that begin with the first ``size`` characters of ``codes``, of which 2 * SHORT_GRAM more are
   there; of short grams, but of long ones where a letter of an alphabet or a digit is first. */
VECTORISED static void hash(const uint32_t *codes, uint32_t *hashes, int size) {
    int all = size + SHORT_GRAM;
    for (int i = 0; i < all + 14; i++)
        hashes[i] = codes[i] * FACTORS[0] + codes[i + 1];
    for (int i = 0; i < all + 12; i++)
        hashes[i] = hashes[i] * FACTORS[1] + hashes[i + 2];
    for (int i = 0; i < all + 8; i++)
        hashes[i] = hashes[i] * FACTORS[2] + hashes[i + 4];
    for (int i = 0; i < all; i++)
        hashes[i] = hashes[i] * FACTORS[3] + hashes[i + 8];
    for (int i = 0; i < size; i++)
        hashes[i] += (codes[i] < FIRST_SYLLABIC ? FACTORS[4] : 0) * hashes[i + SHORT_GRAM];
}

/* For each rank but those of AROUND at both ends the greatest of the least ranks of the windows that it is in: where
   that is the rank itself, it is the least of some window. */
VECTORISED static void greatest_minima(const uint16_t *ranks, uint16_t *best, int size) {
    for (int i = 0; i < size - 1; i++)
        best[i] = ranks[i] < ranks[i + 1] ? ranks[i] : ranks[i + 1];
    for (int step = 2; step < WINDOW; step *= 2)
        for (int i = 0; i < size - 2 * step + 1; i++)
            best[i] = best[i] < best[i + step] ? best[i] : best[i + step];
    size -= WINDOW - 1;
    for (int step = 1; step < WINDOW; step *= 2)
        for (int i = 0; i < size - 2 * step + 1; i++)
            best[i] = best[i] > best[i + step] ? best[i] : best[i + step];
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
        hash(work->codes, work->hashes, all);
        for (int i = 0; i < outside; i++)
            work->hashes[i] = NONE;
        for (int i = all - 1; i >= outside && first + i + LONG_GRAM > size; i--)
            if (first + i + SHORT_GRAM > size || work->codes[i] < FIRST_SYLLABIC)
                work->hashes[i] = NONE;
        rank(work->hashes, work->ranks, all);
        greatest_minima(work->ranks, work->best, all);
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

/* --- Equal keys ------------------------------------------------------------------------------------------------- */

#define RANGES 64 /* of keys: what is told of one at a time is to stay in the processor's cache */
#define RANGE_SHIFT 26
#define BITS_A_KEY 16

/* Sets of numbers from 0 on, a bit each, of as many bits as two to the power of ``size``. */
static inline int has(const uint64_t *set, uint32_t number) { return (int)(set[number >> 6] >> (number & 63) & 1); }
static inline void put(uint64_t *set, uint32_t number) { set[number >> 6] |= (uint64_t)1 << (number & 63); }
/* Not the factor of corpus_lint.partitions, of whose ranges the keys may be: they would share their upper bits. */
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

PyDoc_STRVAR(recurring_doc, "recurring(columns, /)\n--\n\n"
                            "The keys that stand more than once in some columns, and some others, with their numbers.");

static PyObject *recurring(PyObject *Py_UNUSED(module), PyObject *object) {
    PyObject *list = PySequence_Fast(object, "columns are a list"), *result = NULL;
    if (list == NULL)
        return NULL;
    Py_ssize_t number = PySequence_Fast_GET_SIZE(list), known = 0;
    Py_buffer *columns = PyMem_Calloc((size_t)number + 1, sizeof *columns);
    uint64_t totals[RANGES] = {0}, total = 0;
    uint32_t *keys = NULL;
    Column rows = {0};
    if (columns == NULL) {
        PyErr_NoMemory();
        goto done;
    }
    for (; known < number; known++) {
        if (PyObject_GetBuffer(PySequence_Fast_GET_ITEM(list, known), &columns[known], PyBUF_SIMPLE) < 0)
            goto done;
        const uint32_t *own = columns[known].buf;
        size_t length = (size_t)columns[known].len / sizeof *own;
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
    Py_ssize_t several = gather(columns, number, totals, keys);
    if (several >= 0 && pick(columns, number, keys, several, &rows) == 0)
        result = to_bytes(&rows);
done:
    for (Py_ssize_t column = 0; column < known; column++)
        PyBuffer_Release(&columns[column]);
    PyMem_Free(columns);
    PyMem_Free(keys);
    PyMem_Free(rows.data);
    Py_DECREF(list);
    return result;
}

static PyMethodDef methods[] = {
    {"look_up", look_up, METH_VARARGS, look_up_doc},
    {"stretches", stretches, METH_VARARGS, stretches_doc},
    {"brief", brief, METH_VARARGS, brief_doc},
    {"count", count, METH_VARARGS, count_doc},
    {"recurring", recurring, METH_O, recurring_doc},
    {"sketch", sketch, METH_VARARGS, sketch_doc},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, .m_name = "_native", .m_doc = "The loops over every character, compiled.", .m_methods = methods,
};

PyMODINIT_FUNC PyInit__native(void) {
    return PyModule_Create(&definition);
}
