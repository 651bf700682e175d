/* Alignment: passages that are made of equal stretches of two texts, judged on the texts, and how they go on.

   It gives what corpus_lint.duplication.alignment and .extension give in Python; what it means is documented there, function
   by function of the same name. */

#include "_alike.h"

/* As there. */
#define NEARLY 1.25
#define GAIN 60
#define GAINED 8
#define PIECE 1024

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
