/* Chaining: the loops that make passages of leads, of what follows each other in two texts.

   They give what corpus_lint.duplication.chaining gives in Python, many times as fast; what it means is documented there, function by
   function of the same name, and tests/test_native_chaining.py holds both to the same results. */

#include "_choosing.h"

/* As in corpus_lint.duplication.grouping, .leads and .chaining. */
#define ALIKE_GAP 192
#define GAP 64
#define REACH (ALIKE_GAP + 32 + 16)
#define ALONE (-1)

/* --- Chaining ---------------------------------------------------------------------------------------------------- */

typedef struct {
    int64_t start, copy, length, says;
} Lead;

static int is_apart(Call *call, const Text *later, const Text *earlier, int64_t end, int64_t copy_end, int64_t start,
                    int64_t copy) {
    int64_t gap = start - end > copy - copy_end ? start - end : copy - copy_end;
    if (gap <= GAP || gap > ALIKE_GAP)
        return gap > GAP;
    return !alike(call, later, end, start, earlier, copy_end, copy, 0);
}

static int is_enough(const Text *later, Stretches cut, int64_t size, int64_t shortest, int64_t others) {
    if (2 * size >= shortest)
        return 1;
    return shortest <= 9 * size && others + evidence(later, cut) >= shortest;
}

/* The leads to one place in chains; those that say too little are left out. The leads are used up. */
static void chains_of(Call *call, const Text *later, const Text *earlier, int64_t place, Lead *leads, int64_t size) {
    while (size) {
        Stretches chain = room_for(call, size), cut = room_for(call, size);
        int64_t begin = 0, end = 0, copy_end = 0, total = 0, other = 0, says_all = 0;
        for (int64_t i = 0; i < size; i++) {
            Lead lead = leads[i];
            int64_t skipped = 0;
            if (!chain.size) {
                begin = lead.start;
            } else {
                if (lead.start > end + REACH) {
                    memmove(leads + other, leads + i, (size_t)(size - i) * sizeof *leads);
                    other += size - i;
                    break;
                }
                int64_t gap = lead.copy - copy_end;
                if (gap > ALIKE_GAP || lead.length + gap < SHORT_GRAM) {
                    leads[other++] = lead;
                    continue;
                }
                if (end > lead.start || gap < 0)
                    skipped = end - lead.start > -gap ? end - lead.start : -gap;
            }
            int64_t left = lead.length - skipped, least = SHORT_GRAM;
            if (call->is_one) {
                int64_t room = begin - lead.copy - skipped;
                if (left > room)
                    left = room;
                if (least > lead.start - lead.copy)
                    least = lead.start - lead.copy;
            }
            int64_t start = lead.start + skipped, copy = lead.copy + skipped;
            if (left < least || (chain.size && is_apart(call, later, earlier, end, copy_end, start, copy))) {
                if (chain.size)
                    leads[other++] = lead;
                continue;
            }
            Stretch stretch = {start, copy, left};
            if (left < lead.length)
                cut.data[cut.size++] = stretch;
            else
                says_all += lead.says;
            chain.data[chain.size++] = stretch;
            total += left;
            end = start + left, copy_end = copy + left;
        }
        if (chain.size && (says_all >= call->shortest || is_enough(later, cut, total, call->shortest, says_all)))
            *PUSH(call, &call->pending, Chain) = (Chain){chain, place, begin, end, total};
        size = other;
    }
}

/* A row of leads, to be sorted by what they lead to. */
typedef struct {
    int64_t place, group, row;
} Row;

static int by_place(const void *one, const void *other) {
    const Row *a = one, *b = other;
    if (a->place != b->place)
        return a->place < b->place ? -1 : 1;
    if (a->group != b->group)
        return a->group < b->group ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

static int by_start(const void *one, const void *other) {
    const Chain *a = one, *b = other;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    if (a->place != b->place)
        return a->place < b->place ? -1 : 1;
    int64_t copy = a->stretches.data[0].earlier, other_copy = b->stretches.data[0].earlier;
    return (copy > other_copy) - (copy < other_copy);
}

/* The chains of a text, by start, into `pending`. */
static void chains(Call *call, const int64_t *const columns[6], int64_t total) {
    const int64_t *start = columns[0], *place = columns[1], *copy = columns[2], *length = columns[3];
    const int64_t *group = columns[5];
    const Text *later = text_of(call, OWN);
    int64_t end = 0;
    for (int64_t i = 0; i < total; i++) {
        if (call->is_one) {
            /* As corpus_lint.duplication.passages._once: two copies that touch and are too short hide what begins in them. */
            int64_t distance = start[i] - copy[i];
            if (length[i] >= distance && distance < call->shortest && weight(later, copy[i], start[i]) < call->shortest) {
                if (end < start[i] + length[i] - SHORT_GRAM)
                    end = start[i] + length[i] - SHORT_GRAM;
                continue;
            }
            if (start[i] < end)
                continue;
        }
        if (group[i] == ALONE) {
            Stretches chain = room_for(call, 1);
            chain.data[chain.size++] = (Stretch){start[i], copy[i], length[i]};
            *PUSH(call, &call->pending, Chain) = (Chain){chain, place[i], start[i], start[i] + length[i], length[i]};
        } else {
            *PUSH(call, &call->order, Row) = (Row){place[i], group[i], i};
        }
    }
    Row *rows = ITEMS(call->order, Row);
    if (call->order.size)
        qsort(rows, call->order.size, sizeof *rows, by_place);
    size_t next;
    for (size_t first = 0; first < call->order.size; first = next) {
        int64_t size = 0;
        for (next = first; next < call->order.size && rows[next].place == rows[first].place &&
                           rows[next].group == rows[first].group; next++)
            size++;
        Lead *leads = allot(call, size, sizeof *leads);
        for (int64_t i = 0; i < size; i++) {
            int64_t row = rows[first + (size_t)i].row;
            leads[i] = (Lead){start[row], copy[row], length[row], columns[4][row]};
        }
        chains_of(call, later, text_of(call, rows[first].place), rows[first].place, leads, size);
    }
    if (call->pending.size)
        qsort(call->pending.data, call->pending.size, sizeof(Chain), by_start);
}

/* --- Passages ---------------------------------------------------------------------------------------------------- */

/* The passages that a text shares with others. */
static void passages_of(Call *call, const int64_t *const columns[6], int64_t total) {
    const Text *later = text_of(call, OWN);
    chains(call, columns, total);
    size_t every = call->pending.size, next;
    Chain *chains = allot(call, (int64_t)every, sizeof *chains);
    if (every)
        memcpy(chains, call->pending.data, every * sizeof *chains);
    for (size_t first = 0; first < every; first = next) {
        int64_t end = 0;
        call->pending.size = 0;
        for (next = first; next < every && (next == first || chains[next].start < end); next++) {
            *PUSH(call, &call->pending, Chain) = chains[next];
            if (end < chains[next].end)
                end = chains[next].end;
        }
        choose(call, later);
    }
}

/* --- The module -------------------------------------------------------------------------------------------------- */

/* Whether leads and texts are among the characters. */
static int is_inside(const Call *call, const int64_t *const columns[6], int64_t total) {
    for (int64_t i = 0; i < total; i++) {
        int64_t start = columns[0][i], place = columns[1][i], copy = columns[2][i], length = columns[3][i];
        if (place < 0 || place >= call->total || start < 0 || copy < 0 || length < 0 ||
            start > call->texts[0].size - length || copy > call->texts[call->is_one ? 0 : place + 1].size - length)
            return 0;
    }
    return 1;
}

static PyObject *rows_of(const Call *call) {
    PyObject *result = PyList_New((Py_ssize_t)call->found.size);
    for (size_t i = 0; result != NULL && i < call->found.size; i++) {
        Found one = ITEMS(call->found, Found)[i];
        PyObject *row = Py_BuildValue("LLLLdL", (long long)one.passage.start, (long long)one.passage.end,
                                      (long long)one.passage.earlier_start, (long long)one.passage.earlier_end,
                                      one.passage.similarity, (long long)one.place);
        if (row == NULL)
            Py_CLEAR(result);
        else
            PyList_SET_ITEM(result, (Py_ssize_t)i, row);
    }
    return result;
}

static void end_call(Call *call) {
    Vector *vectors[] = {&call->order,     &call->pending, &call->left,   &call->rivals, &call->chosen, &call->confirmed,
                         &call->found, &call->starts,  &call->ends,   &call->parts,  &call->cut,    &call->done};
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++)
        PyMem_Free(vectors[i]->data);
    PyMem_Free(call->runs.data);
    for (int64_t i = 0; call->texts != NULL && i <= call->total; i++)
        if (call->texts[i].breaks != NULL)
            PyBuffer_Release(&call->texts[i].held);
    PyMem_Free(call->texts);
    Block *block = call->block;
    while (block != NULL && block->after != NULL)
        block = block->after;
    while (block != NULL) {
        Block *before = block->before;
        PyMem_Free(block);
        block = before;
    }
}

PyDoc_STRVAR(passages_doc, "passages(codes, leads, places, own, breaks, is_one, shortest, /)\n--\n\n"
                           "The passages that a text shares with others, of its leads to them.");

static PyObject *passages(PyObject *Py_UNUSED(module), PyObject *arguments) {
    Py_buffer codes, leads, places;
    PyObject *breaks, *volatile result = NULL; /* longjmp leaves it as it is */
    int is_one;
    long long own[2], shortest;
    if (!PyArg_ParseTuple(arguments, "y*y*y*(LL)OpL:passages", &codes, &leads, &places, &own[0], &own[1], &breaks,
                          &is_one, &shortest))
        return NULL;
    Call *call = PyMem_Calloc(1, sizeof *call);
    if (call == NULL) {
        PyErr_NoMemory();
        goto done;
    }
    int64_t total = leads.len / (6 * (Py_ssize_t)sizeof(int64_t)), size = codes.len / (Py_ssize_t)sizeof(uint16_t);
    const int64_t *columns[6], *place = places.buf;
    for (int i = 0; i < 6; i++)
        columns[i] = (const int64_t *)leads.buf + i * total;
    call->total = places.len / (2 * (Py_ssize_t)sizeof(int64_t));
    call->breaks = breaks;
    call->is_one = is_one;
    call->shortest = shortest;
    call->texts = PyMem_Calloc((size_t)call->total + 1, sizeof *call->texts);
    if (call->texts == NULL) {
        PyErr_NoMemory();
        goto done;
    }
    int is_right = 1;
    for (int64_t i = 0; is_right && i <= call->total; i++) {
        int64_t start = i ? place[2 * i - 2] : own[0], length = i ? place[2 * i - 1] : own[1];
        is_right = start >= 0 && length >= 0 && start <= size - length;
        call->texts[i].codes = (const uint16_t *)codes.buf + start;
        call->texts[i].size = length;
    }
    if (!is_right || !is_inside(call, columns, total)) {
        PyErr_SetString(PyExc_ValueError, "a lead is not among the characters");
        goto done;
    }
    if (!setjmp(call->failed)) {
        passages_of(call, columns, total);
        result = rows_of(call);
    }
done:
    if (call != NULL)
        end_call(call);
    PyMem_Free(call);
    PyBuffer_Release(&codes);
    PyBuffer_Release(&leads);
    PyBuffer_Release(&places);
    return result;
}

static PyMethodDef methods[] = {
    {"passages", passages, METH_VARARGS, passages_doc},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, .m_name = "_chaining", .m_doc = "The loops that make passages, compiled.", .m_methods = methods,
};

PyMODINIT_FUNC PyInit__chaining(void) {
    return PyModule_Create(&definition);
}
