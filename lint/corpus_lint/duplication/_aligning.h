/* Alignment: what two texts say that share some stretches, judged on the texts; the memory of a call, its texts.

   It gives what corpus_lint.duplication.alignment and .extension give in Python; what it means is documented there, function by
   function of the same name. An error ends all at once (`fail`): whatever is allocated belongs to the call. */

#include "_following.h"
#include <setjmp.h>

/* As in corpus_lint.duplication.winnowing, .grouping, .leads, .chaining, .alignment and .extension. */
#define SHORT_GRAM 16
#define ALIKE_GAP 192
#define GAP 64
#define REACH (ALIKE_GAP + 32 + 16)
#define ALONE (-1)
#define RIVAL 0.8
#define MANY 8
#define NEARLY 1.25
#define GAIN 60
#define GAINED 8
#define RAGGED 8
#define LINE 90
#define PIECE 1024

typedef struct {
    int64_t later, earlier, length;
} Stretch;

/* Some stretches, which are kept elsewhere. */
typedef struct {
    Stretch *data;
    int64_t size;
} Stretches;

typedef struct {
    int64_t start, end, earlier_start, earlier_end;
    double similarity;
} Passage;

typedef struct {
    Passage passage;
    int64_t place;
} Found;

typedef struct {
    Stretches stretches;
    int64_t place, start, end, size;
} Chain;

typedef struct {
    const uint16_t *codes;
    int64_t size;
    /* Where lines begin, and how many do; NULL as long as it was not asked for. */
    const uint32_t *breaks;
    int64_t lines;
    Py_buffer held;
} Text;

/* --- What a call has -------------------------------------------------------------------------------------------- */

/* Memory that is given back last in, first out. */
typedef struct Block {
    struct Block *before, *after;
    size_t size, used;
    /* What follows is aligned as any number. */
    int64_t data[];
} Block;

typedef struct {
    char *data;
    size_t size, room;
} Vector;

typedef struct {
    jmp_buf failed;
    Block *block;
    Numbers runs;
    Vector order, pending, left, rivals, chosen, confirmed, found, starts, ends, parts, cut, done;
    Text *texts;
    int64_t total;
    PyObject *breaks;
    int is_one;
    int64_t shortest;
} Call;

static void fail(Call *call) {
    longjmp(call->failed, 1);
}

static void *push(Call *call, Vector *vector, size_t width) {
    if (vector->size == vector->room) {
        size_t room = 2 * vector->room + 64;
        char *data = PyMem_Realloc(vector->data, room * width);
        if (data == NULL) {
            PyErr_NoMemory();
            fail(call);
        }
        vector->data = data;
        vector->room = room;
    }
    return vector->data + vector->size++ * width;
}

#define PUSH(call, vector, kind) ((kind *)push(call, vector, sizeof(kind)))
#define ITEMS(vector, kind) ((kind *)(vector).data)

static void swap(Vector *one, Vector *other) {
    Vector kept = *one;
    *one = *other;
    *other = kept;
}

static void *allot(Call *call, int64_t number, size_t width) {
    size_t size = ((size_t)number * width + sizeof(int64_t) - 1) / sizeof(int64_t);
    Block *block = call->block;
    while (block != NULL && block->size - block->used < size && block->after != NULL) {
        block = block->after;
        block->used = 0;
    }
    if (block == NULL || block->size - block->used < size) {
        size_t room = size > 8192 ? size : 8192;
        Block *more = PyMem_Malloc(sizeof *more + room * sizeof(int64_t));
        if (more == NULL) {
            PyErr_NoMemory();
            fail(call);
        }
        *more = (Block){block, NULL, room, 0};
        if (block != NULL)
            block->after = more;
        block = more;
    }
    call->block = block;
    void *result = block->data + block->used;
    block->used += size;
    return result;
}

static Stretches room_for(Call *call, int64_t number) {
    return (Stretches){allot(call, number, sizeof(Stretch)), 0};
}

typedef struct {
    Block *block;
    size_t used;
} Mark;

static Mark mark(Call *call) {
    if (call->block == NULL)
        allot(call, 1, 1);
    return (Mark){call->block, call->block->used};
}

static void give_back(Call *call, Mark mark) {
    call->block = mark.block;
    call->block->used = mark.used;
}

/* The number of the text itself. */
#define OWN (-1)

/* A text, with its lines. */
static const Text *text_of(Call *call, int64_t place) {
    int64_t number = call->is_one ? OWN : place;
    Text *text = &call->texts[number + 1];
    if (text->breaks != NULL)
        return text;
    PyObject *known = PyObject_CallFunction(call->breaks, "L", (long long)number);
    if (known == NULL)
        fail(call);
    int failed = PyObject_GetBuffer(known, &text->held, PyBUF_SIMPLE) < 0;
    Py_DECREF(known);
    if (failed)
        fail(call);
    text->lines = text->held.len / (Py_ssize_t)sizeof(uint32_t);
    text->breaks = text->held.buf;
    if (!text->lines || text->breaks[0] || text->breaks[text->lines - 1] > text->size) {
        PyErr_SetString(PyExc_ValueError, "lines begin outside of a text");
        fail(call);
    }
    return text;
}

/* --- What texts say ---------------------------------------------------------------------------------------------- */

static int64_t said(const Text *text, int64_t start, int64_t end) {
    int64_t found = 0;
    for (int64_t i = start; i < end; i++)
        found += text->codes[i] >= FIRST_SYLLABIC;
    return found;
}

static int64_t weight(const Text *text, int64_t start, int64_t end) {
    return end - start + 2 * said(text, start, end);
}

static int64_t evidence(const Text *text, Stretches some) {
    int64_t found = 0;
    for (int64_t i = 0; i < some.size; i++) {
        int64_t start = some.data[i].later, length = some.data[i].length;
        found += 2 * length + 7 * said(text, start, start + length);
    }
    return found;
}

static int says(const Text *text, int64_t start, int64_t end, int64_t least) {
    if (end - start >= least)
        return 1;
    return 3 * (end - start) >= least && weight(text, start, end) >= least;
}

/* How many characters two pieces share in order: of one for each 64 characters of the shorter, by the bits of a number
   (Hyyrö, as `shared_few`), with what is carried from one number to the next. */
static int64_t shared(Call *call, const Text *one, int64_t start, int64_t end, const Text *other, int64_t copy,
                      int64_t copy_end) {
    const uint16_t *a = one->codes + start, *b = other->codes + copy;
    int64_t size = end - start, copy_size = copy_end - copy, same = 0;
    while (size > 0 && copy_size > 0 && *a == *b)
        a++, b++, size--, copy_size--, same++;
    while (size > 0 && copy_size > 0 && a[size - 1] == b[copy_size - 1])
        size--, copy_size--, same++;
    if (size <= 0 || copy_size <= 0)
        return same;
    if (size > copy_size) {
        const uint16_t *kept = a;
        int64_t kept_size = size;
        a = b, size = copy_size;
        b = kept, copy_size = kept_size;
    }
    if (size == 1) {
        for (int64_t i = 0; i < copy_size; i++)
            if (b[i] == *a)
                return same + 1;
        return same;
    }
    Mark before = mark(call);
    uint8_t *carried = NULL;
    if (size > 64) {
        carried = allot(call, copy_size, 1);
        memset(carried, 0, (size_t)copy_size);
    }
    for (int64_t first = 0; first < size; first += 64) {
        int some = (int)(size - first < 64 ? size - first : 64);
        uint64_t masks[128] = {0};
        uint16_t codes[128];
        for (int i = 0; i < some; i++) {
            unsigned slot = (a[first + i] * 0x9E37u & 0xFFFF) >> 9;
            while (masks[slot] && codes[slot] != a[first + i])
                slot = (slot + 1) % 128;
            codes[slot] = a[first + i];
            masks[slot] |= (uint64_t)1 << i;
        }
        uint64_t left = ~(uint64_t)0;
        for (int64_t i = 0; i < copy_size; i++) {
            unsigned slot = (b[i] * 0x9E37u & 0xFFFF) >> 9;
            while (masks[slot] && codes[slot] != b[i])
                slot = (slot + 1) % 128;
            uint64_t both = left & masks[slot], sum = left + both;
            if (carried != NULL) {
                uint64_t carry = sum < left;
                sum += carried[i];
                carry |= sum < carried[i];
                carried[i] = (uint8_t)carry;
            }
            left = sum | (left ^ both);
        }
        uint64_t passed = ~left;
        if (some < 64)
            passed &= ((uint64_t)1 << some) - 1;
        for (; passed; passed &= passed - 1)
            same++;
    }
    give_back(call, before);
    return same;
}

/* Whether two pieces that share so many characters are similar. */
static int is_similar(int64_t same, const Text *one, int64_t start, int64_t end, const Text *other, int64_t copy,
                      int64_t copy_end) {
    int64_t size = end - start + copy_end - copy;
    if ((double)(2 * same) >= SIMILAR * (double)size)
        return 1;
    if ((double)(2 * same) < SIMILAR_PIECE * (double)size)
        return 0;
    return weight(one, start, end) + weight(other, copy, copy_end) >= 2 * size;
}

/* How many characters two lines, or pieces of lines, share in order; 0 when they are not alike. */
static int64_t alike(Call *call, const Text *one, int64_t start, int64_t end, const Text *other, int64_t copy,
                     int64_t copy_end, int whole) {
    int64_t size = end - start, copy_size = copy_end - copy, both = size + copy_size;
    int64_t shorter = size < copy_size ? size : copy_size;
    if ((double)(2 * shorter) < SIMILAR_PIECE * (double)both)
        return 0;
    if (!whole) {
        int64_t same = shared(call, one, start, end, other, copy, copy_end);
        return is_similar(same, one, start, end, other, copy, copy_end) ? same : 0;
    }
    if (3 * shorter < LINE)
        return 0;
    if (shorter < LINE && (weight(one, start, end) < LINE || weight(other, copy, copy_end) < LINE))
        return 0;
    int64_t same = shared(call, one, start, end, other, copy, copy_end);
    return (double)(2 * same) >= SIMILAR * (double)both ? same : 0;
}

/* --- Lines ------------------------------------------------------------------------------------------------------- */

/* How many lines begin before a place, or, with `at` it, there. */
static int64_t lines_before(const Text *text, int64_t place, int at_it) {
    int64_t low = 0, high = text->lines;
    while (low < high) {
        int64_t middle = (low + high) / 2;
        if ((int64_t)text->breaks[middle] < place + at_it)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int64_t line(const Text *text, int64_t number) {
    return number < text->lines ? (int64_t)text->breaks[number] : text->size;
}

/* Where the line of a character begins, and where the next one does. */
static int64_t line_of(const Text *text, int64_t place, int64_t *next) {
    int64_t number = lines_before(text, place, 1);
    *next = line(text, number);
    return number ? line(text, number - 1) : 0;
}

static int begins_line(const Text *text, int64_t place) {
    int64_t next;
    return place == text->size || line_of(text, place, &next) == place;
}

static int begins(const Text *text, int64_t place, int64_t ragged) {
    int64_t next;
    return place - line_of(text, place, &next) <= ragged;
}

static int ends(const Text *text, int64_t place, int64_t ragged) {
    int64_t next;
    line_of(text, place - 1, &next);
    return next - place <= ragged;
}

static int64_t line_before(const Text *text, int64_t place, int *whole) {
    int64_t number = lines_before(text, place, 1) - 1;
    int64_t start = line(text, number);
    *whole = place - start <= RAGGED && start;
    return *whole ? line(text, number - 1) : start;
}

static int64_t line_behind(const Text *text, int64_t place, int *whole) {
    int64_t number = lines_before(text, place, 0);
    int64_t end = line(text, number);
    *whole = end - place <= RAGGED && end != text->size;
    return *whole ? line(text, number + 1) : end;
}

/* --- Extension --------------------------------------------------------------------------------------------------- */

/* The equal stretches from a place in both texts on, or before it, in so much room. */
static Stretches grown(Call *call, const Text *later, const Text *earlier, int64_t place, int64_t copy, int64_t room,
                       int64_t copy_room, int64_t way) {
    if (room > PIECE)
        room = PIECE;
    if (copy_room > PIECE)
        copy_room = PIECE;
    if (room <= 0 || copy_room <= 0)
        return (Stretches){NULL, 0};
    Side one = {later->codes + place, room, way}, other = {earlier->codes + copy, copy_room, way};
    int64_t end, copy_end, good;
    call->runs.size = 0;
    if (follow_one(&one, &other, &end, &copy_end, &good, &call->runs) < 0)
        fail(call);
    Stretches result = room_for(call, good);
    for (int64_t i = 0; i < good; i++) {
        const int64_t *run = call->runs.data + 3 * (way > 0 ? i : good - 1 - i);
        int64_t back = way > 0 ? 0 : run[2];
        result.data[result.size++] = (Stretch){place + way * run[0] - back, copy + way * run[1] - back, run[2]};
    }
    return result;
}

/* A passage with the rest of its first and last line, and the lines around, as far as they are alike. */
static Passage extended(Call *call, const Text *later, const Text *earlier, Passage passage, int64_t low,
                        int64_t high) {
    int64_t start = passage.start, end = passage.end, copy = passage.earlier_start, copy_end = passage.earlier_end;
    double same = passage.similarity * (double)(end - start + copy_end - copy) / 2;
    int64_t more = 0, copy_low = 2 * copy - copy_end > 0 ? 2 * copy - copy_end : 0;
    if (call->is_one && low < copy_end)
        low = copy_end;
    if (low < 2 * start - end)
        low = 2 * start - end;
    while (start > low && copy > copy_low) {
        int whole, copy_whole;
        int64_t first = line_before(later, start, &whole), copy_first;
        if (first < low)
            break;
        copy_first = line_before(earlier, copy, &copy_whole);
        if (whole != copy_whole || copy_first < copy_low)
            break;
        int64_t found = alike(call, later, first, start, earlier, copy_first, copy, whole);
        if (!found)
            break;
        start = first, copy = copy_first, more += found;
    }
    same += (double)more;
    int64_t copy_high = call->is_one ? start : earlier->size;
    if (copy_high > 2 * copy_end - copy)
        copy_high = 2 * copy_end - copy;
    if (high > 2 * end - start)
        high = 2 * end - start;
    more = 0;
    while (end < high && copy_end < copy_high) {
        int whole, copy_whole;
        int64_t last = line_behind(later, end, &whole), copy_last;
        if (last > high)
            break;
        copy_last = line_behind(earlier, copy_end, &copy_whole);
        if (whole != copy_whole || copy_last > copy_high)
            break;
        int64_t found = alike(call, later, end, last, earlier, copy_end, copy_last, whole);
        if (!found)
            break;
        end = last, copy_end = copy_last, more += found;
    }
    same += (double)more;
    return (Passage){start, end, copy, copy_end, 2 * same / (double)(end - start + copy_end - copy)};
}

/* --- Alignment --------------------------------------------------------------------------------------------------- */

typedef struct {
    int64_t size, same;
} Difference;

static Difference between(Call *call, const Text *later, const Text *earlier, Stretch one, Stretch two) {
    int64_t end = one.later + one.length, copy_end = one.earlier + one.length;
    int64_t size = two.later - end, copy_size = two.earlier - copy_end, longer = size > copy_size ? size : copy_size;
    if (size <= 0 || copy_size <= 0)
        return (Difference){longer > 0 ? longer : 0, 0};
    return (Difference){longer, shared(call, later, end, two.later, earlier, copy_end, two.earlier)};
}

static Passage core_of(Stretches some, int64_t between) {
    Stretch first = some.data[0], last = some.data[some.size - 1];
    int64_t end = last.later + last.length, copy_end = last.earlier + last.length;
    Passage result = {first.later, end, first.earlier, copy_end, 1.0};
    if (some.size > 1) {
        int64_t same = between;
        for (int64_t i = 0; i < some.size; i++)
            same += some.data[i].length;
        result.similarity = (double)(2 * same) / (double)(end - first.later + copy_end - first.earlier);
    }
    return result;
}

static int enough(const Text *later, Stretches some, int64_t shortest) {
    Stretch last = some.data[some.size - 1];
    return says(later, some.data[0].later, last.later + last.length, shortest);
}

static int64_t weights(const Text *later, Stretches some) {
    int64_t found = 0;
    for (int64_t i = 0; i < some.size; i++)
        found += weight(later, some.data[i].later, some.data[i].later + some.data[i].length);
    return found;
}

/* The stretches without the part of a line at either end; they are changed where they are. */
static Stretches trimmed(const Text *later, const Text *earlier, Stretches some, int64_t before, int64_t behind,
                         int64_t chance) {
    for (;;) {
        Stretch *first = some.data;
        int64_t ragged = before ? RAGGED : 0, following, begin = line_of(later, first->later, &following);
        int64_t piece = following - first->later;
        if (piece <= chance && !(first->later - begin <= ragged && begins(earlier, first->earlier, ragged)) &&
            (3 * piece <= chance || weight(later, first->later, following) <= chance)) {
            if (piece < first->length && begins_line(earlier, first->earlier + piece)) {
                *first = (Stretch){first->later + piece, first->earlier + piece, first->length - piece};
            } else if (before && piece >= first->length) {
                some.data++, some.size--, before--;
                continue;
            }
        }
        Stretch *last = some.data + some.size - 1;
        int64_t end = last->later + last->length, copy_end = last->earlier + last->length;
        ragged = behind ? RAGGED : 0;
        begin = line_of(later, end - 1, &following);
        piece = end - begin;
        if (piece <= chance && !(following - end <= ragged && ends(earlier, copy_end, ragged)) &&
            (3 * piece <= chance || weight(later, begin, end) <= chance)) {
            if (piece < last->length && begins_line(earlier, copy_end - piece)) {
                last->length -= piece;
            } else if (behind && piece >= last->length) {
                some.size--, before = 0, behind--;
                continue;
            }
        }
        return some;
    }
}

typedef struct {
    int64_t later, earlier;
} Limit;

/* The passage that has these stretches, as far as it goes on at either end; whether it says enough.

   Of the stretches, `inner` characters between are the same, too. */
static int judged(Call *call, const Text *later, const Text *earlier, Stretches part, int64_t inner, Passage core,
                  Limit low, Limit high, Passage *passage) {
    int64_t shortest = call->shortest;
    if (call->is_one && low.later < core.earlier_end)
        low.later = core.earlier_end;
    Stretches before = grown(call, later, earlier, core.start, core.earlier_start, core.start - low.later,
                             core.earlier_start - low.earlier, -1);
    if (call->is_one) {
        int64_t begin = before.size ? before.data[0].later : core.start;
        if (high.earlier > begin)
            high.earlier = begin;
    }
    Stretches behind = grown(call, later, earlier, core.end, core.earlier_end, high.later - core.end,
                             high.earlier - core.earlier_end, 1);
    Stretches whole = room_for(call, 2 * (before.size + part.size + behind.size));
    Stretches kept = {whole.data + before.size + part.size + behind.size, 0};
#define ADD(to, some) (memcpy((to).data + (to).size, (some).data, (size_t)(some).size * sizeof(Stretch)), (to).size += (some).size)
#define JOIN(to) \
    do { \
        (to).size = 0; \
        if (before.size) \
            ADD(to, before); \
        ADD(to, part); \
        if (behind.size) \
            ADD(to, behind); \
    } while (0)
    JOIN(whole);
    if (!enough(later, whole, (int64_t)((double)shortest / NEARLY)))
        return 0;
    if ((before.size || behind.size) && enough(later, part, shortest)) {
        int64_t least = weight(later, core.start, core.end) / GAINED;
        if (least < GAIN)
            least = GAIN;
        int64_t at_lines = core.similarity < 1 ? GAIN : least;
        if (before.size) {
            Stretch one = before.data[0];
            int at_line = begins(later, one.later, RAGGED) && begins(earlier, one.earlier, RAGGED);
            if (weights(later, before) < (at_line ? at_lines : least))
                before.size = 0;
        }
        if (behind.size) {
            Stretch one = behind.data[behind.size - 1];
            int at_line = ends(later, one.later + one.length, RAGGED) && ends(earlier, one.earlier + one.length, RAGGED);
            if (weights(later, behind) < (at_line ? at_lines : least))
                behind.size = 0;
        }
        JOIN(whole);
    }
    JOIN(kept);
    kept = trimmed(later, earlier, kept, before.size, behind.size, shortest / 2);
    if (!enough(later, kept, shortest) && enough(later, whole, shortest))
        kept = whole;
    int is_part = kept.size == part.size && !memcmp(kept.data, part.data, (size_t)part.size * sizeof(Stretch));
    *passage = core;
    if (!is_part) {
        int64_t first = 0, same = inner;
        while (kept.data[first].later + kept.data[first].length <= part.data[0].later)
            first++;
        for (int64_t i = 0; i + 1 < kept.size; i++)
            if (i < first || i >= first + part.size - 1)
                same += between(call, later, earlier, kept.data[i], kept.data[i + 1]).same;
        *passage = core_of(kept, same);
    }
    if (passage->similarity < 1 || !enough(later, kept, shortest)) {
        Passage longer = extended(call, later, earlier, *passage, low.later, high.later);
        if (longer.similarity >= SIMILAR)
            *passage = longer;
    }
    return says(later, passage->start, passage->end, shortest) && passage->similarity >= SIMILAR;
}

static int self_similar(const Text *text, int64_t start, int64_t end) {
    int size = (int)(end - start < SAMPLE ? end - start : SAMPLE);
    uint32_t codes[SAMPLE];
    for (int i = 0; i < size; i++)
        codes[i] = text->codes[start + i];
    return repeats_itself(codes, size);
}

/* The passages, in order, that are made of equal stretches and of what differs between them: into `confirmed`. */
static void confirm(Call *call, const Text *later, const Text *earlier, Stretches some, int64_t low, int64_t high) {
    Mark before = mark(call);
    Difference *gaps = allot(call, some.size, sizeof *gaps);
    for (int64_t i = 0; i + 1 < some.size; i++)
        gaps[i] = between(call, later, earlier, some.data[i], some.data[i + 1]);
    /* Parts that wait: the first and the last of their stretches. */
    int64_t *parts = allot(call, 2 * (some.size + 1), sizeof *parts), waiting = 1;
    parts[0] = 0, parts[1] = some.size;
    Limit lowest = {low, 0}, highest = {high, earlier->size};
    while (waiting) {
        waiting--;
        int64_t first = parts[2 * waiting], last = parts[2 * waiting + 1], inner = 0;
        Stretches part = {some.data + first, last - first};
        for (int64_t i = first; i + 1 < last; i++)
            inner += gaps[i].same;
        Passage core = core_of(part, inner), passage;
        if (core.similarity >= SIMILAR) {
            Limit above = highest;
            if (last < some.size)
                above = (Limit){some.data[last].later, some.data[last].earlier};
            if (judged(call, later, earlier, part, inner, core, lowest, above, &passage) &&
                !self_similar(later, passage.start, passage.end)) {
                *PUSH(call, &call->confirmed, Passage) = passage;
                lowest = (Limit){passage.end, passage.earlier_end};
            }
        } else if (part.size > 1) {
            int64_t cut = first;
            for (int64_t i = first; i + 1 < last; i++)
                if (gaps[i].size > gaps[cut].size)
                    cut = i;
            cut++;
            parts[2 * waiting] = cut, parts[2 * waiting + 1] = last;
            parts[2 * waiting + 2] = first, parts[2 * waiting + 3] = cut;
            waiting += 2;
        }
    }
    give_back(call, before);
}
