#ifndef SUKASHI_FUZZER_H
#define SUKASHI_FUZZER_H

#include <stddef.h>
#include <stdint.h>

// libFuzzer as a library: feeds made-up inputs to a function until it is told to stop.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*callback)(const uint8_t *data, size_t size));

#endif
