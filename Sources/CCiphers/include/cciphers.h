// ChaCha20-Poly1305 and Poly1305 of OpenSSL's libcrypto (RFC 8439), which use the widest vectors that
// processors have.
#pragma once
#include <stddef.h>
#include <stdint.h>

// Prepares the library, once for all threads; 0 when it cannot be used.
int cc_ciphers_prepare(void);

// Encrypts bytes and puts their tag of 16 bytes behind them.
//
// key: 32 bytes; nonce: 12 bytes; sealed: room for count + 16 bytes, not where the bytes are.
// Returns 1; 0 when there is no memory.
int cc_seal(const uint8_t *key, const uint8_t *nonce, const uint8_t *context, size_t context_count,
            const uint8_t *bytes, size_t count, uint8_t *sealed);

// Decrypts bytes with their tag behind them.
//
// sealed: count + 16 bytes; bytes: room for count, of no use when this fails.
// Returns 1; 0 when the tag is wrong, or there is no memory.
int cc_open(const uint8_t *key, const uint8_t *nonce, const uint8_t *context, size_t context_count,
            const uint8_t *sealed, size_t count, uint8_t *bytes);

// An authenticator of bytes that come in pieces.
typedef struct cc_poly1305 cc_poly1305;

// Begins with a key of 32 bytes; NULL when there is no memory.
cc_poly1305 *cc_poly1305_create(const uint8_t *key);

// Takes the next bytes; 0 when that fails.
int cc_poly1305_add(cc_poly1305 *state, const void *bytes, size_t count);

// Writes the tag of 16 bytes, once; 0 when that fails.
int cc_poly1305_finish(cc_poly1305 *state, uint8_t *tag);

// Overwrites and frees the state.
void cc_poly1305_destroy(cc_poly1305 *state);
