/* What a call has that makes passages of leads: its memory, its texts, what it has found.

   An error ends all at once (`fail`): whatever is allocated belongs to the call. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include "_following.h"
#include <setjmp.h>

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
