#include "cjpegshim.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include <jerror.h>

struct cs_jpeg {
  struct jpeg_decompress_struct in;
  struct jpeg_compress_struct out;
  struct jpeg_error_mgr errors;
  struct jpeg_destination_mgr destination;
  jvirt_barray_ptr *coefficients;
  jmp_buf place;
  uint8_t *bytes;
  size_t count, capacity;
  char error[JMSG_LENGTH_MAX], damage[JMSG_LENGTH_MAX];
};

static void fail(j_common_ptr info) {
  cs_jpeg *self = info->client_data;
  info->err->format_message(info, self->error);
  longjmp(self->place, 1);
}

// Keeps the first message that means missing or wrong samples.
static void hear(j_common_ptr info, int level) {
  cs_jpeg *self = info->client_data;
  if (level >= 0 || self->damage[0]) return;
  switch (info->err->msg_code) {
    case JWRN_ARITH_BAD_CODE:
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_JPEG_EOF:
    case JWRN_MUST_RESYNC:
      info->err->format_message(info, self->damage);
  }
}

static void say_nothing(j_common_ptr info) { (void)info; }

static int grow(cs_jpeg *self, size_t least) {
  size_t capacity = self->capacity * 2 > least ? self->capacity * 2 : least;
  uint8_t *bytes = realloc(self->bytes, capacity);
  if (!bytes) return -1;
  self->bytes = bytes;
  self->capacity = capacity;
  return 0;
}

static void point_at_rest(cs_jpeg *self) {
  self->destination.next_output_byte = self->bytes + self->count;
  self->destination.free_in_buffer = self->capacity - self->count;
}

static void begin_output(j_compress_ptr out) {
  cs_jpeg *self = out->client_data;
  self->count = 0;
  if (self->capacity == 0 && grow(self, 1 << 16)) ERREXIT1(out, JERR_OUT_OF_MEMORY, 0);
  point_at_rest(self);
}

static boolean empty_output(j_compress_ptr out) {
  cs_jpeg *self = out->client_data;
  // All of the buffer is meant, whatever the pointers say.
  self->count = self->capacity;
  if (grow(self, 0)) ERREXIT1(out, JERR_OUT_OF_MEMORY, 0);
  point_at_rest(self);
  return TRUE;
}

static void end_output(j_compress_ptr out) {
  cs_jpeg *self = out->client_data;
  self->count = self->capacity - self->destination.free_in_buffer;
}

cs_jpeg *cs_jpeg_reading(const uint8_t *bytes, size_t count) {
  cs_jpeg *self = calloc(1, sizeof *self);
  if (!self) return NULL;
  jpeg_std_error(&self->errors);
  self->errors.error_exit = fail;
  self->errors.emit_message = hear;
  self->errors.output_message = say_nothing;
  self->in.err = self->out.err = &self->errors;
  self->in.client_data = self->out.client_data = self;
  if (setjmp(self->place)) {
    cs_jpeg_close(self);
    return NULL;
  }
  jpeg_create_decompress(&self->in);
  jpeg_mem_src(&self->in, bytes, count);
  return self;
}

int cs_jpeg_read_header(cs_jpeg *self, cs_jpeg_header *header) {
  if (setjmp(self->place)) return -1;
  jpeg_read_header(&self->in, TRUE);
  header->width = self->in.image_width;
  header->height = self->in.image_height;
  header->components = self->in.num_components;
  header->is_progressive = self->in.progressive_mode;
  switch (self->in.jpeg_color_space) {
    case JCS_GRAYSCALE: header->color = cs_jpeg_gray; break;
    case JCS_YCbCr: header->color = cs_jpeg_ycc; break;
    case JCS_RGB: header->color = cs_jpeg_rgb; break;
    case JCS_CMYK:
    case JCS_YCCK: header->color = cs_jpeg_cmyk; break;
    default: header->color = cs_jpeg_other;
  }
  return 0;
}

// BT.601 luma of inks; Adobe's programs store them inverted.
static void gray_of_inks(const uint8_t *inks, uint8_t *gray, uint32_t width, int is_inverted) {
  for (uint32_t x = 0; x < width; x++) {
    unsigned light[4];
    for (int ink = 0; ink < 4; ink++)
      light[ink] = is_inverted ? inks[4 * x + ink] : 255 - inks[4 * x + ink];
    unsigned color = 299 * light[0] + 587 * light[1] + 114 * light[2];
    gray[x] = (color * light[3] + 127500) / 255000;
  }
}

int cs_jpeg_read_gray(cs_jpeg *self, uint8_t *samples, uint32_t *rows) {
  *rows = 0;
  if (setjmp(self->place)) return -1;
  J_COLOR_SPACE space = self->in.jpeg_color_space;
  int is_ink = space == JCS_CMYK || space == JCS_YCCK;
  self->in.out_color_space = is_ink ? JCS_CMYK : JCS_GRAYSCALE;
  // The same samples from every machine.
  self->in.dct_method = JDCT_ISLOW;
  jpeg_start_decompress(&self->in);
  uint32_t width = self->in.output_width;
  JSAMPARRAY inks = NULL;
  if (is_ink)
    inks = self->in.mem->alloc_sarray((j_common_ptr)&self->in, JPOOL_IMAGE, 4 * width, 1);
  while (self->in.output_scanline < self->in.output_height) {
    JSAMPROW row = samples + (size_t)self->in.output_scanline * width;
    jpeg_read_scanlines(&self->in, is_ink ? inks : &row, 1);
    if (is_ink) gray_of_inks(inks[0], row, width, self->in.saw_Adobe_marker);
    if (!self->damage[0]) *rows = self->in.output_scanline;
  }
  jpeg_finish_decompress(&self->in);
  return 0;
}

int cs_jpeg_read_coefficients(cs_jpeg *self) {
  if (setjmp(self->place)) return -1;
  self->coefficients = jpeg_read_coefficients(&self->in);
  return 0;
}

int cs_jpeg_component_of(cs_jpeg *self, int index, cs_jpeg_component *component) {
  const jpeg_component_info *info = self->in.comp_info + index;
  if (!info->quant_table) {
    strcpy(self->error, "a component has no quantisation table");
    return -1;
  }
  component->columns = info->width_in_blocks;
  component->rows = info->height_in_blocks;
  component->horizontal = info->h_samp_factor;
  component->vertical = info->v_samp_factor;
  component->most_horizontal = self->in.max_h_samp_factor;
  component->most_vertical = self->in.max_v_samp_factor;
  memcpy(component->steps, info->quant_table->quantval, sizeof component->steps);
  return 0;
}

int16_t *cs_jpeg_blocks(cs_jpeg *self, int index, uint32_t row) {
  if (setjmp(self->place)) return NULL;
  JBLOCKARRAY blocks = self->in.mem->access_virt_barray(
    (j_common_ptr)&self->in, self->coefficients[index], row, 1, TRUE);
  return blocks[0][0];
}

void cs_jpeg_steps(int quality, uint16_t steps[64]) {
  // ITU-T T.81, table K.1, scaled as the IJG's programs do.
  static const uint8_t table[64] = {
    16, 11, 10, 16, 24,  40,  51,  61,  12, 12, 14, 19, 26,  58,  60,  55,
    14, 13, 16, 24, 40,  57,  69,  56,  14, 17, 22, 29, 51,  87,  80,  62,
    18, 22, 37, 56, 68,  109, 103, 77,  24, 35, 55, 64, 81,  104, 113, 92,
    49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99};
  int scale = jpeg_quality_scaling(quality);
  for (int i = 0; i < 64; i++) {
    int step = (table[i] * scale + 50) / 100;
    steps[i] = step < 1 ? 1 : step > 255 ? 255 : step;
  }
}

// The same steps have the same table; there are four at most.
static void set_steps(j_compress_ptr out, const uint16_t *const steps[]) {
  int used = 0;
  for (int index = 0; index < out->num_components; index++) {
    int number = 0;
    while (number < used
           && memcmp(out->quant_tbl_ptrs[number]->quantval, steps[index], 64 * sizeof(uint16_t)))
      number++;
    if (number == used) {
      if (!out->quant_tbl_ptrs[number])
        out->quant_tbl_ptrs[number] = jpeg_alloc_quant_table((j_common_ptr)out);
      memcpy(out->quant_tbl_ptrs[number]->quantval, steps[index], 64 * sizeof(uint16_t));
      out->quant_tbl_ptrs[number]->sent_table = FALSE;
      used++;
    }
    out->comp_info[index].quant_tbl_no = number;
  }
}

int cs_jpeg_write_coefficients(cs_jpeg *self, const uint16_t *const steps[]) {
  if (setjmp(self->place)) return -1;
  // It may be written more than once.
  jpeg_destroy_compress(&self->out);
  jpeg_create_compress(&self->out);
  self->destination.init_destination = begin_output;
  self->destination.empty_output_buffer = empty_output;
  self->destination.term_destination = end_output;
  self->out.dest = &self->destination;
  jpeg_copy_critical_parameters(&self->in, &self->out);
  self->out.write_JFIF_header = FALSE;
  self->out.write_Adobe_marker = FALSE;
  set_steps(&self->out, steps);
  self->out.restart_interval = self->in.restart_interval;
  self->out.arith_code = self->in.arith_code;
  self->out.optimize_coding = !self->in.arith_code;
  if (self->in.progressive_mode) jpeg_simple_progression(&self->out);
  jpeg_write_coefficients(&self->out, self->coefficients);
  jpeg_finish_compress(&self->out);
  return 0;
}

const uint8_t *cs_jpeg_written(const cs_jpeg *self, size_t *count) {
  *count = self->count;
  return self->bytes;
}

const char *cs_jpeg_error(const cs_jpeg *self) { return self->error; }
const char *cs_jpeg_damage(const cs_jpeg *self) { return self->damage; }

void cs_jpeg_close(cs_jpeg *self) {
  if (!self) return;
  // Both are no-ops for what was never created.
  jpeg_destroy_compress(&self->out);
  jpeg_destroy_decompress(&self->in);
  free(self->bytes);
  free(self);
}
