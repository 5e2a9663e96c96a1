// SHA-256 of OpenSSL's libcrypto, which uses the instructions that processors have for it.
#pragma once
#include <openssl/sha.h>
#include <stddef.h>

// What a hash is so far; nothing of it lies elsewhere, so that a copy of it is a copy.
typedef struct {
  SHA256_CTX context;
} cc_sha256;

// Starts with no bytes.
void cc_sha256_start(cc_sha256 *state);

// Adds bytes.
void cc_sha256_add(cc_sha256 *state, const void *bytes, size_t count);

// Writes the 32 bytes of the hash; the state must not be used again.
void cc_sha256_finish(cc_sha256 *state, unsigned char *hash);
