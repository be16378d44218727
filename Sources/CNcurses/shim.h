#pragma once
// The wide-character functions exist only with this, set before the include.
#define NCURSES_WIDECHAR 1
#include <curses.h>
