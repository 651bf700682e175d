/* How two folded texts go on from two places: the loops that the modules of passages share.

   They give what corpus_lint.duplication.extension and .alignment give in Python; what it means is documented there. */

#include <Python.h>
#include <stdint.h>
#include <string.h>

/* As in corpus_lint.duplication.extension and .alignment. */
#define FIRST_SYLLABIC 0x2E80
#define SIMILAR 0.75
#define SIMILAR_PIECE 0.6
#define SHORT_SEED 4
#define LONG_SEED 10
#define SEEN 32
#define AHEAD (SEEN + LONG_SEED)
#define SAMPLE 1024
#define RUN 8

/* At least twice as many as a sample has runs. */
#define SLOTS 2048

/* --- How it goes on --------------------------------------------------------------------------------------------- */

/* A text from a place on, or back from there. */
typedef struct {
    const uint16_t *codes;
    int64_t room;
    int64_t way;
} Side;

static inline uint16_t at(const Side *side, int64_t place) {
    return side->way > 0 ? side->codes[place] : side->codes[-1 - place];
}

/* The next short run of equal characters behind two places; whether there is one. */
static int seed(const Side *one, int64_t *start, const Side *other, int64_t *copy) {
    uint16_t window[AHEAD];
    uint64_t there = 0;
    int ahead = (int)(other->room - *copy < AHEAD ? other->room - *copy : AHEAD);
    for (int i = 0; i < ahead; i++) {
        window[i] = at(other, *copy + i);
        there |= (uint64_t)1 << (window[i] & 63);
    }
    int64_t end = *start + SEEN < one->room - SHORT_SEED + 1 ? *start + SEEN : one->room - SHORT_SEED + 1;
    for (int64_t place = *start; place < end; place++) {
        uint16_t first = at(one, place);
        if (!(there >> (first & 63) & 1))
            continue;
        int size = first < FIRST_SYLLABIC ? LONG_SEED : SHORT_SEED;
        if (place + size > one->room)
            continue;
        for (int i = 0; i + size <= ahead; i++) {
            if (window[i] != first)
                continue;
            int same = 1;
            while (same < size && window[i + same] == at(one, place + same))
                same++;
            if (same == size) {
                *start = place;
                *copy += i;
                return 1;
            }
        }
    }
    return 0;
}

/* How many characters two short pieces, of less than 64 characters, share in order.

   By the bits of a number: Hyyrö, "Bit-parallel LCS-length computation revisited", AWOCA 2004. */
static int shared_few(const Side *one, int64_t start, int64_t end, const Side *other, int64_t copy, int64_t copy_end) {
    int size = (int)(copy_end - copy);
    uint16_t piece[AHEAD];
    for (int i = 0; i < size; i++)
        piece[i] = at(other, copy + i);
    uint64_t left = ~(uint64_t)0;
    for (int64_t place = start; place < end; place++) {
        uint16_t code = at(one, place);
        uint64_t equal = 0;
        for (int i = 0; i < size; i++)
            equal |= (uint64_t)(piece[i] == code) << i;
        uint64_t both = left & equal;
        left = (left + both) | (left ^ both);
    }
    int found = 0;
    for (uint64_t passed = ~left & (((uint64_t)1 << size) - 1); passed; passed &= passed - 1)
        found++;
    return found;
}

static int64_t syllables(const Side *side, int64_t start, int64_t end) {
    int64_t found = 0;
    for (int64_t place = start; place < end; place++)
        found += at(side, place) >= FIRST_SYLLABIC;
    return found;
}

typedef struct {
    int64_t *data;
    size_t size, room;
} Numbers;

static int add(Numbers *numbers, int64_t value) {
    if (numbers->size == numbers->room) {
        size_t room = 2 * numbers->room + 1024;
        int64_t *data = PyMem_Realloc(numbers->data, room * sizeof *data);
        if (data == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        numbers->data = data;
        numbers->room = room;
    }
    numbers->data[numbers->size++] = value;
    return 0;
}

/* Follow two texts through what differs; how far they were followed, and how many equal runs are of what is alike. */
static inline int follow_one(const Side *one, const Side *other, int64_t *end, int64_t *copy_end, int64_t *good,
                      Numbers *found) {
    int64_t same = 0, said = 0, runs = 0;
    size_t before = found->size;
    *end = *copy_end = *good = 0;
    for (;;) {
        int64_t place = *end, copy = *copy_end;
        if (!seed(one, &place, other, &copy))
            break;
        int64_t length = 0;
        while (place + length < one->room && copy + length < other->room &&
               at(one, place + length) == at(other, copy + length))
            length++;
        if (add(found, place) < 0 || add(found, copy) < 0 || add(found, length) < 0)
            return -1;
        runs++;
        same += length;
        if (place > *end && copy > *copy_end)
            same += shared_few(one, *end, place, other, *copy_end, copy);
        said += syllables(one, *end, place) + syllables(other, *copy_end, copy);
        said += 2 * syllables(one, place, place + length);
        *end = place + length;
        *copy_end = copy + length;
        int64_t size = *end + *copy_end;
        if ((double)(2 * same) >= (2 * said < size ? SIMILAR : SIMILAR_PIECE) * (double)size)
            *good = runs;
    }
    found->size = before + 3 * (size_t)*good;
    return 0;
}

/* --- Text that repeats itself ----------------------------------------------------------------------------------- */

/* Whether most of the runs of eight characters of a sample are the same as others of it. */
static inline int repeats_itself(const uint32_t *codes, int size) {
    int runs = size - RUN + 1, different = 0;
    uint16_t slots[SLOTS];
    memset(slots, 0, sizeof slots);
    for (int i = 0; i < runs && 2 * different < runs; i++) {
        uint64_t hash = 0;
        for (int j = 0; j < RUN; j++)
            hash = (hash ^ codes[i + j]) * 0x9E3779B97F4A7C15u;
        unsigned slot = (unsigned)(hash >> 53);
        while (slots[slot] && memcmp(codes + slots[slot] - 1, codes + i, RUN * sizeof *codes))
            slot = (slot + 1) % SLOTS;
        different += !slots[slot];
        slots[slot] = (uint16_t)(i + 1);
    }
    return runs > 0 && 2 * different < runs;
}
