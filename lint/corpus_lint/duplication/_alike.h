/* What pieces of texts say, whether two are alike, and where lines begin.

   It gives what corpus_lint.duplication.alignment and .extension give in Python, function by function of the same name. */

#include "_call.h"

/* As there. */
#define RAGGED 8
#define LINE 90

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
