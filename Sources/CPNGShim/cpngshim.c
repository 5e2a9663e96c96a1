#include "cpngshim.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

struct cs_png {
  png_structp png;
  png_infop info;
  int is_reading;
  // The stream that is read, or what has been written.
  const uint8_t *in;
  uint8_t *out;
  size_t count, capacity, position;
  char error[200];
};

// libpng's words, with the jump back into the function below that called it.
static void fail(png_structp png, png_const_charp text) {
  cs_png *self = png_get_error_ptr(png);
  strncpy(self->error, text, sizeof self->error - 1);
  longjmp(png_jmpbuf(png), 1);
}

// Trailing bytes and the like; what matters comes as an error.
static void ignore(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

static void read_bytes(png_structp png, png_bytep to, size_t count) {
  cs_png *self = png_get_io_ptr(png);
  if (count > self->count - self->position) png_error(png, "the file is cut short");
  memcpy(to, self->in + self->position, count);
  self->position += count;
}

static void write_bytes(png_structp png, png_bytep from, size_t count) {
  cs_png *self = png_get_io_ptr(png);
  if (count > self->capacity - self->count) {
    size_t capacity = self->capacity * 2 + count + 65536;
    uint8_t *out = realloc(self->out, capacity);
    if (!out) png_error(png, "out of memory");
    self->out = out;
    self->capacity = capacity;
  }
  memcpy(self->out + self->count, from, count);
  self->count += count;
}

static void flush_bytes(png_structp png) { (void)png; }

cs_png *cs_png_reading(const uint8_t *bytes, size_t count) {
  cs_png *self = calloc(1, sizeof *self);
  if (!self) return NULL;
  self->is_reading = 1;
  self->in = bytes;
  self->count = count;
  self->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, self, fail, ignore);
  if (self->png) self->info = png_create_info_struct(self->png);
  if (!self->info) {
    cs_png_close(self);
    return NULL;
  }
  png_set_read_fn(self->png, self, read_bytes);
  // The caller has a limit of its own, on pixels.
  png_set_user_limits(self->png, 0x7fffffff, 0x7fffffff);
  return self;
}

int cs_png_read_header(cs_png *self, cs_png_header *header) {
  if (setjmp(png_jmpbuf(self->png))) return -1;
  png_read_info(self->png, self->info);
  header->width = png_get_image_width(self->png, self->info);
  header->height = png_get_image_height(self->png, self->info);
  header->bit_depth = png_get_bit_depth(self->png, self->info);
  header->color_type = png_get_color_type(self->png, self->info);
  header->is_interlaced = png_get_interlace_type(self->png, self->info) != PNG_INTERLACE_NONE;
  return 0;
}

int cs_png_read_rows(cs_png *self, void *samples, size_t row_bytes, uint32_t *rows) {
  *rows = 0;
  if (setjmp(png_jmpbuf(self->png))) return -1;
  if (png_get_color_type(self->png, self->info) == PNG_COLOR_TYPE_PALETTE)
    png_set_packing(self->png);
  else if (png_get_bit_depth(self->png, self->info) < 8)
    png_set_expand_gray_1_2_4_to_8(self->png);
  uint16_t one = 1;
  if (png_get_bit_depth(self->png, self->info) == 16 && *(uint8_t *)&one) png_set_swap(self->png);
  int passes = png_set_interlace_handling(self->png);
  png_read_update_info(self->png, self->info);
  if (png_get_rowbytes(self->png, self->info) != row_bytes) png_error(self->png, "rows of another length");
  uint32_t height = png_get_image_height(self->png, self->info);
  for (int pass = 0; pass < passes; pass++) {
    for (uint32_t row = 0; row < height; row++) {
      png_read_row(self->png, (png_bytep)samples + row * row_bytes, NULL);
      if (passes == 1) *rows = row + 1;
    }
  }
  *rows = height;
  png_read_end(self->png, NULL);
  return 0;
}

cs_png *cs_png_writing(const cs_png_header *header, int level) {
  cs_png *self = calloc(1, sizeof *self);
  if (!self) return NULL;
  self->png = png_create_write_struct(PNG_LIBPNG_VER_STRING, self, fail, ignore);
  if (self->png) self->info = png_create_info_struct(self->png);
  if (!self->info || setjmp(png_jmpbuf(self->png))) {
    cs_png_close(self);
    return NULL;
  }
  png_set_write_fn(self->png, self, write_bytes, flush_bytes);
  png_set_user_limits(self->png, 0x7fffffff, 0x7fffffff);
  png_set_IHDR(
    self->png, self->info, header->width, header->height, header->bit_depth, header->color_type,
    header->is_interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_BASE,
    PNG_FILTER_TYPE_BASE);
  png_set_compression_level(self->png, level);
  png_set_compression_buffer_size(self->png, 1 << 18);
  return self;
}

int cs_png_write(cs_png *self, const void *samples, size_t row_bytes) {
  if (setjmp(png_jmpbuf(self->png))) return -1;
  png_write_info(self->png, self->info);
  uint16_t one = 1;
  if (png_get_bit_depth(self->png, self->info) == 16 && *(uint8_t *)&one) png_set_swap(self->png);
  int passes = png_set_interlace_handling(self->png);
  uint32_t height = png_get_image_height(self->png, self->info);
  for (int pass = 0; pass < passes; pass++) {
    for (uint32_t row = 0; row < height; row++)
      png_write_row(self->png, (png_const_bytep)samples + row * row_bytes);
  }
  png_write_end(self->png, NULL);
  return 0;
}

const uint8_t *cs_png_written(const cs_png *self, size_t *count) {
  *count = self->count;
  return self->out;
}

const char *cs_png_error(const cs_png *self) { return self->error; }

void cs_png_close(cs_png *self) {
  if (!self) return;
  if (self->is_reading)
    png_destroy_read_struct(self->png ? &self->png : NULL, self->info ? &self->info : NULL, NULL);
  else
    png_destroy_write_struct(self->png ? &self->png : NULL, self->info ? &self->info : NULL);
  free(self->out);
  free(self);
}
