/* Choosing: of chains that overlap the longest becomes a passage, then what is left of the others.

   It gives what corpus_lint.duplication.chaining gives in Python; what it means is documented there, function by function of
   the same name. */

#include "_aligning.h"
#include <stdlib.h>

/* As in corpus_lint.duplication.winnowing and .chaining. */
#define SHORT_GRAM 16
#define RIVAL 0.8
#define MANY 8

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
