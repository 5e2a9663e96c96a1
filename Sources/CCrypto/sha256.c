// These calls are marked as superseded by EVP, which loads a provider at run time: that takes two
// milliseconds each time a tool starts, and links all of the library. These are linked alone.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "ccrypto.h"

void cc_sha256_start(cc_sha256 *state) { SHA256_Init(&state->context); }

void cc_sha256_add(cc_sha256 *state, const void *bytes, size_t count) {
  SHA256_Update(&state->context, bytes, count);
}

void cc_sha256_finish(cc_sha256 *state, unsigned char *hash) {
  SHA256_Final(hash, &state->context);
}
