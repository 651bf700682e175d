/* Chaining: the loops that make passages of leads, of what follows each other in two texts.

   They give what corpus_lint.duplication.chaining gives in Python, many times as fast; what it means is documented there, function by
   function of the same name, and tests/test_native_chaining.py holds both to the same results. */

#define PY_SSIZE_T_CLEAN
#include "_aligning.h"
#include <stdlib.h>

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

/* --- Choosing ---------------------------------------------------------------------------------------------------- */

typedef struct {
    int64_t start, end;
} Range;

static int too_little(const Text *later, Stretches some, int64_t shortest) {
    int64_t length = 0;
    for (int64_t i = 0; i < some.size; i++)
        length += some.data[i].length;
    if (2 * length >= shortest)
        return 0;
    return 9 * length < shortest || evidence(later, some) < shortest;
}

static Chain chain_of(int64_t place, Stretches some) {
    Stretch last = some.data[some.size - 1];
    int64_t size = 0;
    for (int64_t i = 0; i < some.size; i++)
        size += some.data[i].length;
    return (Chain){some, place, some.data[0].later, last.later + last.length, size};
}

/* What is left of a chain without some ranges of the text, into `parts`; whether that is all of it. */
static int outside(Call *call, Stretches whole, const Range *done, size_t size) {
    int is_whole = 1;
    call->parts.size = 0;
    *PUSH(call, &call->parts, Stretches) = whole;
    for (size_t i = 0; i < size; i++) {
        int64_t start = done[i].start, end = done[i].end;
        call->cut.size = 0;
        for (size_t j = 0; j < call->parts.size; j++) {
            Stretches part = ITEMS(call->parts, Stretches)[j];
            Stretch last = part.data[part.size - 1];
            if (last.later + last.length <= start || part.data[0].later >= end) {
                *PUSH(call, &call->cut, Stretches) = part;
                continue;
            }
            is_whole = 0;
            Stretches before = room_for(call, part.size), behind = room_for(call, part.size);
            for (int64_t k = 0; k < part.size; k++) {
                Stretch one = part.data[k];
                if (one.later < start) {
                    int64_t length = start - one.later < one.length ? start - one.later : one.length;
                    if (length >= SHORT_GRAM)
                        before.data[before.size++] = (Stretch){one.later, one.earlier, length};
                }
                if (one.later + one.length > end) {
                    int64_t skipped = end > one.later ? end - one.later : 0;
                    if (one.length - skipped >= SHORT_GRAM)
                        behind.data[behind.size++] =
                            (Stretch){one.later + skipped, one.earlier + skipped, one.length - skipped};
                }
            }
            if (before.size)
                *PUSH(call, &call->cut, Stretches) = before;
            if (behind.size)
                *PUSH(call, &call->cut, Stretches) = behind;
        }
        swap(&call->parts, &call->cut);
    }
    return is_whole;
}

/* Leave of the chains what is left of them without the ranges that are `done`, and says enough. */
static void leave(Call *call, const Text *later) {
    const Range *done = ITEMS(call->done, Range);
    if (!call->done.size || !call->pending.size)
        return;
    int64_t first = done[0].start, last = done[0].end;
    for (size_t i = 1; i < call->done.size; i++) {
        if (done[i].start < first)
            first = done[i].start;
        if (done[i].end > last)
            last = done[i].end;
    }
    call->left.size = 0;
    for (size_t i = 0; i < call->pending.size; i++) {
        Chain chain = ITEMS(call->pending, Chain)[i];
        if (chain.end <= first || chain.start >= last || outside(call, chain.stretches, done, call->done.size)) {
            *PUSH(call, &call->left, Chain) = chain;
            continue;
        }
        for (size_t j = 0; j < call->parts.size; j++) {
            Stretches rest = ITEMS(call->parts, Stretches)[j];
            if (!too_little(later, rest, call->shortest))
                *PUSH(call, &call->left, Chain) = chain_of(chain.place, rest);
        }
    }
    swap(&call->pending, &call->left);
}

static void insert(Call *call, Vector *sorted, int64_t value) {
    PUSH(call, sorted, int64_t);
    int64_t *values = ITEMS(*sorted, int64_t);
    size_t at = sorted->size - 1;
    for (; at && values[at - 1] > value; at--)
        values[at] = values[at - 1];
    values[at] = value;
}

/* How many sorted values are less than one, or, with `or_equal`, not more. */
static size_t values_before(const Vector *sorted, int64_t value, int or_equal) {
    const int64_t *values = ITEMS(*sorted, int64_t);
    size_t low = 0, high = sorted->size;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (values[middle] < value + or_equal)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

typedef struct {
    int64_t place, number;
} Rival;

static int by_rival(const void *one, const void *other) {
    const Rival *a = one, *b = other;
    if (a->place != b->place)
        return a->place < b->place ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

static double same_of(const Vector *passages) {
    double same = 0;
    for (size_t i = 0; i < passages->size; i++) {
        Passage one = ITEMS(*passages, Passage)[i];
        /* Rounded, whatever a processor would do at once. */
        volatile double more = one.similarity * (double)(one.end - one.start);
        same += more;
    }
    return same;
}

/* Add the passages of the chains that are pending, which overlap: what is longest, then what is left of the others. */
static void choose(Call *call, const Text *later) {
    Mark before = mark(call);
    call->done.size = 0;
    if (call->pending.size && call->ends.size) {
        int64_t start = ITEMS(call->pending, Chain)[0].start;
        if (ITEMS(call->ends, int64_t)[call->ends.size - 1] > start)
            for (size_t i = 0; i < call->found.size; i++) {
                Passage one = ITEMS(call->found, Found)[i].passage;
                if (one.end > start)
                    *PUSH(call, &call->done, Range) = (Range){one.start, one.end};
            }
    }
    leave(call, later);
    while (call->pending.size) {
        Chain *pending = ITEMS(call->pending, Chain);
        size_t used = 0, total = call->pending.size;
        Chain best = pending[0];
        for (size_t i = 1; i < total; i++)
            if (pending[i].size > best.size || (pending[i].size == best.size && pending[i].place < best.place))
                best = pending[i], used = i;
        call->rivals.size = call->chosen.size = 0;
        for (size_t i = 0; i < total; i++)
            if (pending[i].place <= best.place && (double)pending[i].size >= RIVAL * (double)best.size &&
                pending[i].start < best.end && pending[i].end > best.start)
                *PUSH(call, &call->rivals, Rival) = (Rival){pending[i].place, (int64_t)i};
        Rival *rivals = ITEMS(call->rivals, Rival);
        qsort(rivals, call->rivals.size, sizeof *rivals, by_rival);
        double most = 0;
        for (size_t i = 0; i < call->rivals.size; i++) {
            Chain chain = pending[rivals[i].number];
            size_t ended = values_before(&call->ends, chain.start, 1);
            size_t behind = values_before(&call->starts, chain.end, 0);
            int64_t low = ended ? ITEMS(call->ends, int64_t)[ended - 1] : 0;
            int64_t high = behind < call->starts.size ? ITEMS(call->starts, int64_t)[behind] : later->size;
            call->confirmed.size = 0;
            confirm(call, later, text_of(call, chain.place), chain.stretches, low, high);
            double same = same_of(&call->confirmed);
            if (call->confirmed.size && same > most) {
                swap(&call->chosen, &call->confirmed);
                used = (size_t)rivals[i].number;
                most = same;
            }
        }
        int64_t place = pending[used].place;
        memmove(pending + used, pending + used + 1, (total - used - 1) * sizeof *pending);
        call->pending.size--;
        call->done.size = 0;
        for (size_t i = 0; i < call->chosen.size; i++) {
            Passage passage = ITEMS(call->chosen, Passage)[i];
            *PUSH(call, &call->found, Found) = (Found){passage, place};
            insert(call, &call->starts, passage.start);
            insert(call, &call->ends, passage.end);
            *PUSH(call, &call->done, Range) = (Range){passage.start, passage.end};
        }
        if (call->pending.size > MANY && !call->done.size && self_similar(later, best.start, best.end))
            *PUSH(call, &call->done, Range) = (Range){best.start, best.end};
        leave(call, later);
    }
    give_back(call, before);
}

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
