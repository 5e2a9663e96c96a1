// libpng behind calls that never jump over their caller: errors come back as -1 and a text.
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef struct cs_png cs_png;

// What IHDR says.
typedef struct {
  uint32_t width, height;
  uint8_t bit_depth, color_type, is_interlaced;
} cs_png_header;

// Prepares to read a stream of IHDR, PLTE, IDAT and IEND, which must stay where it is. NULL without
// memory.
cs_png *cs_png_reading(const uint8_t *bytes, size_t count);

// Reads all before the first IDAT.
int cs_png_read_header(cs_png *png, cs_png_header *header);

// Reads all rows to samples: one byte each, gray of less than 8 bits brought to 8, palette indices as
// they are; of 16 bits two bytes in the order of this machine. *rows counts those that are complete,
// also after an error; of an interlaced picture the number is 0 until all are.
int cs_png_read_rows(cs_png *png, void *samples, size_t row_bytes, uint32_t *rows);

// Prepares to write. NULL without memory.
cs_png *cs_png_writing(const cs_png_header *header, int level);

// Writes a whole stream from samples as cs_png_read_rows gives them, no palette.
int cs_png_write(cs_png *png, const void *samples, size_t row_bytes);

// What has been written; belongs to the writer.
const uint8_t *cs_png_written(const cs_png *png, size_t *count);

// The last error.
const char *cs_png_error(const cs_png *png);

void cs_png_close(cs_png *png);
