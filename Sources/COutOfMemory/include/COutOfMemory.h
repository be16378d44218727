#pragma once

// Sets what ends the program with a sentence where the system refuses memory; it must not return. Until then the refusal
// is left to whoever asked.
void apikeys_set_out_of_memory(void (*action)(void));
