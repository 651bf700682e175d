/* Leads: from fingerprints that stand in two texts to what is equal around them.

   It gives what corpus_lint.duplication.leads and .leads_numpy give in Python, but for what the latter leaves out because no chain
   can be made of it; tests/test_native_leads.py holds them to the same results. */

#define PY_SSIZE_T_CLEAN
#include "_following.h"
#include <stdlib.h>

/* As in corpus_lint.duplication.winnowing, .grouping, .pairing, .loops and .leads. */
#define SHORT_GRAM 16
#define REACH 240
#define GRID 480
#define LONGEST 5000
#define WITHIN 8
#define LAST 9
#define COPIES 3
#define SLACK 94

enum { DOCUMENT, POSITION, PLACE, AT, SLOT, COLUMNS };

/* Something equal: `is_last` as in a pair, `starts` the pair that has led to it. */
typedef struct {
    int64_t start, place, is_last, copy, length, says;
} Lead;

typedef struct {
    int64_t start, end, period;
} Round;

/* What is known by a place and a number, in a table of which `mark` says whether it is there. */
typedef struct {
    int64_t place, number, end, value;
} Slot;

typedef struct {
    /* Of each pair of a document: its chain, whether it is near others, whether it may be of a loop. */
    int64_t *chain, *weight;
    uint8_t *near, *turns;
    Lead *leads;
    Round *rounds;
    Slot *slots;
    size_t mask;
} Work;

typedef struct {
    Py_buffer codes, starts, sizes, columns[COLUMNS];
    int held;
    Py_ssize_t rows;
    int64_t first, shortest, evidence;
} Given;

static void release(Given *given) {
    Py_buffer *buffers[] = {&given->codes, &given->starts, &given->sizes};
    for (int i = 0; i < given->held; i++)
        PyBuffer_Release(i < 3 ? buffers[i] : &given->columns[i - 3]);
}

static inline int64_t cell_of(const Given *given, int column, Py_ssize_t row) {
    return ((const int64_t *)given->columns[column].buf)[row];
}

static inline int64_t floored(int64_t number, int64_t by) {
    return number >= 0 ? number / by : -((-number + by - 1) / by);
}

/* Where in the table something is, or may be put. */
static Slot *slot_of(const Work *work, int64_t place, int64_t number) {
    uint64_t hash = ((uint64_t)place * 0x9E3779B97F4A7C15u ^ (uint64_t)number) * 0xC2B2AE3D27D4EB4Fu;
    size_t at = (size_t)(hash >> 32) & work->mask;
    while (work->slots[at].place >= 0 && (work->slots[at].place != place || work->slots[at].number != number))
        at = (at + 1) & work->mask;
    return &work->slots[at];
}

static void clear(Work *work, size_t rows) {
    size_t size = 16;
    while (size < 2 * rows)
        size *= 2;
    work->mask = size - 1;
    memset(work->slots, 0xFF, size * sizeof *work->slots);
}

/* Put a row, of those by start, into the chain of its neighbourhood; its chain. */
static int64_t chained(Work *work, int64_t place, int64_t cell, int64_t start, int64_t end, int64_t says,
                       int64_t *chains) {
    Slot *slot = slot_of(work, place, cell);
    if (slot->place < 0 || start - slot->end > REACH) {
        slot->place = place;
        slot->number = cell;
        slot->value = (*chains)++;
        work->weight[slot->value] = 0;
    }
    slot->end = end;
    work->weight[slot->value] += says;
    return slot->value;
}

/* Where the text of a document begins and how many characters it has; whether that is known. */
static int text_of(const Given *given, int64_t number, int64_t *start, int64_t *size) {
    int64_t at = number - given->first;
    if (at < 0 || at >= given->starts.len / (Py_ssize_t)sizeof(int64_t))
        return 0;
    *start = ((const int64_t *)given->starts.buf)[at];
    *size = ((const int64_t *)given->sizes.buf)[at];
    return *start >= 0 && *size >= 0 && *start <= given->codes.len / (Py_ssize_t)sizeof(uint16_t) - *size;
}

static int by_place(const void *one, const void *other) {
    const int64_t *a = one, *b = other;
    for (int i = 0; i < 4; i++)
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    return 0;
}

static int by_start(const void *one, const void *other) {
    const int64_t *a = one, *b = other;
    for (int i = 0; i < 3; i++)
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    return 0;
}

static inline int64_t text_place(const Given *given, Py_ssize_t row) {
    return 2 * cell_of(given, PLACE, row) + (cell_of(given, SLOT, row) == LAST);
}

/* Which pairs of a document are near others that lead to the same neighbourhood, and which may be of a loop. */
static void choose(const Given *given, Work *work, Py_ssize_t from, Py_ssize_t to) {
    memset(work->near, 0, (size_t)(to - from));
    memset(work->turns, 0, (size_t)(to - from));
    for (int shift = 0; shift < 2; shift++) {
        int64_t chains = 0;
        clear(work, (size_t)(to - from));
        for (Py_ssize_t row = from; row < to; row++) {
            int64_t position = cell_of(given, POSITION, row), distance = position - cell_of(given, AT, row);
            int64_t cell = floored(distance + shift * REACH, GRID);
            work->chain[row - from] = chained(work, text_place(given, row), cell, position, position, 1, &chains);
        }
        for (Py_ssize_t row = from; row < to; row++)
            work->near[row - from] |= work->weight[work->chain[row - from]] >= given->evidence;
    }
    /* By period: from the first to the last of its pairs. */
    clear(work, (size_t)(to - from));
    for (int again = 0; again < 2; again++)
        for (Py_ssize_t row = from; row < to; row++) {
            int64_t position = cell_of(given, POSITION, row), period = position - cell_of(given, AT, row);
            if (cell_of(given, SLOT, row) <= WITHIN || period > LONGEST)
                continue;
            Slot *slot = slot_of(work, 0, period);
            if (again) {
                work->turns[row - from] = slot->end - slot->value >= (COPIES - 1) * period - SLACK;
                continue;
            }
            if (slot->place < 0)
                *slot = (Slot){0, period, position, position};
            slot->end = position;
        }
}

/* Find what is equal around the chosen pairs of a document; how many leads and rounds, -1 where a text is unknown. */
static int compare(const Given *given, Work *work, Py_ssize_t from, Py_ssize_t to, int64_t *leads, int64_t *rounds) {
    const uint16_t *codes = given->codes.buf;
    int64_t later, later_size;
    *leads = *rounds = 0;
    if (!text_of(given, cell_of(given, DOCUMENT, from), &later, &later_size))
        return -1;
    clear(work, (size_t)(to - from));
    for (Py_ssize_t row = from; row < to; row++) {
        if (!work->near[row - from] && !work->turns[row - from])
            continue;
        int64_t place = cell_of(given, PLACE, row), position = cell_of(given, POSITION, row);
        int64_t at = cell_of(given, AT, row), is_last = cell_of(given, SLOT, row) == LAST;
        int64_t earlier, earlier_size;
        if (!text_of(given, place, &earlier, &earlier_size))
            return -1;
        if (position < 0 || at < 0 || position > later_size || at > earlier_size)
            return -2;
        /* What is equal on a diagonal of two texts is looked at once: of the last such, where it begins and ends. */
        Slot *slot = slot_of(work, place, position - at);
        if (slot->place < 0 || position >= slot->end) {
            const uint16_t *one = codes + later + position, *other = codes + earlier + at;
            int64_t room = position < at ? position : at, back = 0, on = 0;
            while (back < room && one[-back - 1] == other[-back - 1])
                back++;
            room = later_size - position < earlier_size - at ? later_size - position : earlier_size - at;
            while (on < room && one[on] == other[on])
                on++;
            /* The value: where it begins, and whether leads of either kind are known. */
            *slot = (Slot){place, position - at, position + on, 4 * (position - back)};
        }
        int64_t start = slot->value >> 2, length = slot->end - start, period = position - at;
        if (work->near[row - from] && length >= SHORT_GRAM && !(slot->value >> is_last & 1)) {
            slot->value |= 1 << is_last;
            int64_t said = length < given->shortest ? length : given->shortest, says = 2 * said;
            for (int64_t i = 0; i < said && says < given->shortest; i++)
                says += codes[later + start + i] >= FIRST_SYLLABIC ? 7 : 0;
            if (says > given->shortest)
                says = given->shortest;
            work->leads[(*leads)++] = (Lead){start, place, is_last, start - period, length, says};
        }
        if (work->turns[row - from] && length >= (COPIES - 1) * period)
            work->rounds[(*rounds)++] = (Round){start - period, start + length, period};
    }
    qsort(work->leads, (size_t)*leads, sizeof(Lead), by_place);
    qsort(work->rounds, (size_t)*rounds, sizeof(Round), by_start);
    return 0;
}

/* Keep the leads that are in a neighbourhood that says enough; how many. */
static int64_t keep(const Given *given, Work *work, int64_t leads) {
    memset(work->near, 0, (size_t)leads);
    for (int shift = 0; shift < 2; shift++) {
        int64_t chains = 0;
        clear(work, (size_t)leads);
        for (int64_t i = 0; i < leads; i++) {
            Lead one = work->leads[i];
            int64_t cell = floored(one.start - one.copy + shift * REACH, GRID);
            work->chain[i] = chained(work, 2 * one.place + one.is_last, cell, one.start, one.start + one.length,
                                     one.says, &chains);
        }
        for (int64_t i = 0; i < leads; i++)
            work->near[i] |= work->weight[work->chain[i]] >= given->shortest;
    }
    int64_t kept = 0;
    for (int64_t i = 0; i < leads; i++)
        if (work->near[i])
            work->leads[kept++] = work->leads[i];
    return kept;
}

static int add_all(Numbers *numbers, const int64_t *values, int count) {
    for (int i = 0; i < count; i++)
        if (add(numbers, values[i]) < 0)
            return -1;
    return 0;
}

/* The leads and rounds of a document, behind those of others. */
static int tell(Work *work, int64_t document, int64_t leads, int64_t rounds, Numbers found[3]) {
    for (int64_t i = 0; i < leads; i++) {
        Lead one = work->leads[i];
        int is_within = one.place == document;
        int64_t row[] = {document, one.start, is_within ? one.is_last : one.place, one.copy, one.length, one.says, 0};
        if (add_all(&found[!is_within], row, 7) < 0)
            return -1;
    }
    for (int64_t i = 0; i < rounds; i++) {
        Round one = work->rounds[i];
        int64_t row[] = {document, one.start, one.end, one.period};
        if ((!i || by_start(&one, &work->rounds[i - 1])) && add_all(&found[2], row, 4) < 0)
            return -1;
    }
    return 0;
}

static int work_for(Work *work, size_t rows) {
    size_t slots = 16;
    while (slots < 2 * rows)
        slots *= 2;
    work->chain = PyMem_Malloc(rows * sizeof *work->chain);
    work->weight = PyMem_Malloc(rows * sizeof *work->weight);
    work->near = PyMem_Malloc(rows);
    work->turns = PyMem_Malloc(rows);
    work->leads = PyMem_Malloc(rows * sizeof *work->leads);
    work->rounds = PyMem_Malloc(rows * sizeof *work->rounds);
    work->slots = PyMem_Malloc(slots * sizeof *work->slots);
    if (work->chain && work->weight && work->near && work->turns && work->leads && work->rounds && work->slots)
        return 0;
    PyErr_NoMemory();
    return -1;
}

static void free_work(Work *work) {
    void *all[] = {work->chain, work->weight, work->near, work->turns, work->leads, work->rounds, work->slots};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        PyMem_Free(all[i]);
}

/* The end of the document that begins at a row. */
static Py_ssize_t end_of(const Given *given, Py_ssize_t from) {
    int64_t document = cell_of(given, DOCUMENT, from);
    Py_ssize_t to = from + 1;
    while (to < given->rows && cell_of(given, DOCUMENT, to) == document)
        to++;
    return to;
}

PyDoc_STRVAR(leads_doc, "leads(codes, starts, sizes, first, pairs, shortest, evidence, /)\n--\n\n"
                        "What is equal around pairs of fingerprints.");

static PyObject *leads(PyObject *Py_UNUSED(module), PyObject *arguments) {
    PyObject *objects[3], *columns[COLUMNS], *result = NULL;
    Given given = {.held = 0};
    Work work = {0};
    Numbers found[3] = {{0}, {0}, {0}};
    long long first, shortest, evidence;
    if (!PyArg_ParseTuple(arguments, "OOOL(OOOOO)LL:leads", &objects[0], &objects[1], &objects[2], &first, &columns[0],
                          &columns[1], &columns[2], &columns[3], &columns[4], &shortest, &evidence))
        return NULL;
    given.first = first, given.shortest = shortest, given.evidence = evidence;
    Py_buffer *buffers[] = {&given.codes, &given.starts, &given.sizes};
    for (int i = 0; i < 3 + COLUMNS; i++, given.held++)
        if (PyObject_GetBuffer(i < 3 ? objects[i] : columns[i - 3], i < 3 ? buffers[i] : &given.columns[i - 3],
                               PyBUF_SIMPLE) < 0)
            goto done;
    given.rows = given.columns[0].len / (Py_ssize_t)sizeof(int64_t);
    for (int i = 1; i < COLUMNS; i++)
        if (given.columns[i].len != given.columns[0].len || given.sizes.len != given.starts.len) {
            PyErr_SetString(PyExc_ValueError, "the columns are not of one length");
            goto done;
        }
    Py_ssize_t most = 1;
    for (Py_ssize_t from = 0, to; from < given.rows; from = to) {
        to = end_of(&given, from);
        most = to - from > most ? to - from : most;
    }
    if (work_for(&work, (size_t)most) < 0)
        goto done;
    for (Py_ssize_t from = 0, to; from < given.rows; from = to) {
        int64_t leads, rounds;
        to = end_of(&given, from);
        choose(&given, &work, from, to);
        int known = compare(&given, &work, from, to, &leads, &rounds);
        if (known == -1) {
            result = Py_NewRef(Py_None);
            goto done;
        }
        if (known < 0) {
            PyErr_SetString(PyExc_ValueError, "a pair is not among the characters");
            goto done;
        }
        if (tell(&work, cell_of(&given, DOCUMENT, from), keep(&given, &work, leads), rounds, found) < 0)
            goto done;
    }
#define BYTES(i) found[i].data ? (const char *)found[i].data : "", (Py_ssize_t)(found[i].size * sizeof(int64_t))
    result = Py_BuildValue("y#y#y#", BYTES(0), BYTES(1), BYTES(2));
done:
    for (int i = 0; i < 3; i++)
        PyMem_Free(found[i].data);
    free_work(&work);
    release(&given);
    return result;
}

static PyMethodDef methods[] = {
    {"leads", leads, METH_VARARGS, leads_doc},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, .m_name = "_leads", .m_doc = "The loops that find leads, compiled.", .m_methods = methods,
};

PyMODINIT_FUNC PyInit__leads(void) {
    return PyModule_Create(&definition);
}
