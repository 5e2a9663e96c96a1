// libjpeg behind calls that never jump over their caller: errors come back as -1 and a text.
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef struct cs_jpeg cs_jpeg;

enum { cs_jpeg_most_components = 4 };

// How the components are to be understood.
typedef enum { cs_jpeg_gray, cs_jpeg_ycc, cs_jpeg_rgb, cs_jpeg_cmyk, cs_jpeg_other } cs_jpeg_color;

typedef struct {
  uint32_t width, height;
  int components;
  cs_jpeg_color color;
  int is_progressive;
} cs_jpeg_header;

// A component's blocks of 64 coefficients, and the steps they are quantised with, row by row from the
// lowest frequency (not in zigzag order).
typedef struct {
  uint32_t columns, rows;
  // How many of its samples come to the picture's widest and highest component's.
  int horizontal, vertical, most_horizontal, most_vertical;
  uint16_t steps[64];
} cs_jpeg_component;

// Prepares to read a whole file, which must stay where it is. NULL without memory.
cs_jpeg *cs_jpeg_reading(const uint8_t *bytes, size_t count);
int cs_jpeg_read_header(cs_jpeg *jpeg, cs_jpeg_header *header);

// Reads the picture as gray of 8 bits; *rows counts those that are complete, also after an error.
// Damage that libjpeg goes on after is no error: see cs_jpeg_damage.
int cs_jpeg_read_gray(cs_jpeg *jpeg, uint8_t *samples, uint32_t *rows);

// Reads the coefficients of all components instead.
int cs_jpeg_read_coefficients(cs_jpeg *jpeg);
int cs_jpeg_component_of(cs_jpeg *jpeg, int index, cs_jpeg_component *component);

// A row of blocks, which can be changed; NULL after an error. Good until the next call.
int16_t *cs_jpeg_blocks(cs_jpeg *jpeg, int index, uint32_t row);

// The steps of luma at a quality, 1 to 100, in the order of cs_jpeg_component.
void cs_jpeg_steps(int quality, uint16_t steps[64]);

// Writes the coefficients with their sampling and in their kind of scans, with the steps given for each
// component, and no APPn segments.
int cs_jpeg_write_coefficients(cs_jpeg *jpeg, const uint16_t *const steps[]);

// What has been written; belongs to the reader.
const uint8_t *cs_jpeg_written(const cs_jpeg *jpeg, size_t *count);

// The last error; the first damage that was met, or an empty text.
const char *cs_jpeg_error(const cs_jpeg *jpeg);
const char *cs_jpeg_damage(const cs_jpeg *jpeg);

void cs_jpeg_close(cs_jpeg *jpeg);
