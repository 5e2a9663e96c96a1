// The library has a context of its own here, which reads no openssl.cnf: what is sealed does not depend
// on how OpenSSL is set up where it is opened.
#include "cciphers.h"

#include <openssl/evp.h>
#include <pthread.h>

enum { tag_size = 16, key_size = 32, largest = 1 << 30 };

static pthread_once_t once = PTHREAD_ONCE_INIT;
static EVP_CIPHER *cipher;
static EVP_MAC *authenticator;

static void prepare(void) {
  OSSL_LIB_CTX *library = OSSL_LIB_CTX_new();
  if (library == NULL) return;
  cipher = EVP_CIPHER_fetch(library, "ChaCha20-Poly1305", NULL);
  authenticator = EVP_MAC_fetch(library, "Poly1305", NULL);
}

int cc_ciphers_prepare(void) {
  pthread_once(&once, prepare);
  return cipher != NULL && authenticator != NULL;
}

int cc_seal(const uint8_t *key, const uint8_t *nonce, const uint8_t *context, size_t context_count,
            const uint8_t *bytes, size_t count, uint8_t *sealed) {
  if (!cc_ciphers_prepare() || count > largest || context_count > largest) return 0;
  EVP_CIPHER_CTX *state = EVP_CIPHER_CTX_new();
  if (state == NULL) return 0;
  int part;
  int is_sealed = EVP_EncryptInit_ex2(state, cipher, key, nonce, NULL) > 0 &&
                  EVP_EncryptUpdate(state, NULL, &part, context, (int)context_count) > 0 &&
                  (count == 0 || EVP_EncryptUpdate(state, sealed, &part, bytes, (int)count) > 0) &&
                  EVP_EncryptFinal_ex(state, sealed + count, &part) > 0 &&
                  EVP_CIPHER_CTX_ctrl(state, EVP_CTRL_AEAD_GET_TAG, tag_size, sealed + count) > 0;
  EVP_CIPHER_CTX_free(state);
  return is_sealed;
}

int cc_open(const uint8_t *key, const uint8_t *nonce, const uint8_t *context, size_t context_count,
            const uint8_t *sealed, size_t count, uint8_t *bytes) {
  if (!cc_ciphers_prepare() || count > largest || context_count > largest) return 0;
  EVP_CIPHER_CTX *state = EVP_CIPHER_CTX_new();
  if (state == NULL) return 0;
  int part;
  int is_good =
      EVP_DecryptInit_ex2(state, cipher, key, nonce, NULL) > 0 &&
      EVP_CIPHER_CTX_ctrl(state, EVP_CTRL_AEAD_SET_TAG, tag_size, (void *)(sealed + count)) > 0 &&
      EVP_DecryptUpdate(state, NULL, &part, context, (int)context_count) > 0 &&
      (count == 0 || EVP_DecryptUpdate(state, bytes, &part, sealed, (int)count) > 0) &&
      EVP_DecryptFinal_ex(state, bytes + count, &part) > 0;
  EVP_CIPHER_CTX_free(state);
  return is_good;
}

cc_poly1305 *cc_poly1305_create(const uint8_t *key) {
  if (!cc_ciphers_prepare()) return NULL;
  EVP_MAC_CTX *state = EVP_MAC_CTX_new(authenticator);
  if (state != NULL && EVP_MAC_init(state, key, key_size, NULL) <= 0) {
    EVP_MAC_CTX_free(state);
    return NULL;
  }
  return (cc_poly1305 *)state;
}

int cc_poly1305_add(cc_poly1305 *state, const void *bytes, size_t count) {
  return EVP_MAC_update((EVP_MAC_CTX *)state, bytes, count) > 0;
}

int cc_poly1305_finish(cc_poly1305 *state, uint8_t *tag) {
  size_t count = 0;
  return EVP_MAC_final((EVP_MAC_CTX *)state, tag, &count, tag_size) > 0 && count == tag_size;
}

void cc_poly1305_destroy(cc_poly1305 *state) { EVP_MAC_CTX_free((EVP_MAC_CTX *)state); }
