#pragma once
// The wide-character functions exist only with this, set before the include.
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <stdbool.h>

// Macros and variables that Swift does not import, as functions.

void apikeys_nc_set_escape_delay(int milliseconds);
WINDOW *apikeys_nc_screen(void);
int apikeys_nc_color_count(void);
// The characters alone: the other categories cost a dozen files at the start, and nothing here uses them.
bool apikeys_nc_set_locale(void);

// True where the terminal can put its cursor anywhere: without that nothing can be drawn.
bool apikeys_nc_can_address(void);

// True where the terminal has a second screen for full-screen programs, and brings the first one back after them.
bool apikeys_nc_has_second_screen(void);

// A string of the terminal's description; empty where it has none.
const char *apikeys_nc_string(const char *name);

// Codes of ours, above all of curses: what a terminal sends before and after pasted text.
#define APIKEYS_NC_KEY_PASTE_BEGIN 0x1001
#define APIKEYS_NC_KEY_PASTE_END 0x1002

/// curses switches keypad mode on with its first read, so the first key of a session comes in the normal form.
void apikeys_nc_define_normal_keys(void);

// What one read gave.
enum apikeys_nc_kind {
  APIKEYS_NC_NONE, APIKEYS_NC_CHARACTER, APIKEYS_NC_UP, APIKEYS_NC_DOWN, APIKEYS_NC_LEFT, APIKEYS_NC_RIGHT,
  APIKEYS_NC_PAGE_UP, APIKEYS_NC_PAGE_DOWN, APIKEYS_NC_HOME, APIKEYS_NC_END, APIKEYS_NC_ENTER,
  APIKEYS_NC_BACKSPACE, APIKEYS_NC_DELETE, APIKEYS_NC_INSERT, APIKEYS_NC_BACK_TAB, APIKEYS_NC_FUNCTION,
  APIKEYS_NC_MOUSE, APIKEYS_NC_RESIZE, APIKEYS_NC_PASTE_BEGIN, APIKEYS_NC_PASTE_END, APIKEYS_NC_OTHER
};

struct apikeys_nc_input {
  enum apikeys_nc_kind kind;
  unsigned int value; // the scalar, or the function key's number
  int row, column, scroll;
};

struct apikeys_nc_input apikeys_nc_read(void);

void apikeys_nc_set_mouse(bool on);

// Writes `length` wide characters with a style from a cell on. A 0 has to follow them: curses looks at what follows
// before it looks at the length.
void apikeys_nc_put(
    int row, int column, const wchar_t *text, int length, bool bold, bool reverse, bool underline, short pair);

// What makes the terminal leave its second set of characters, where it has one: an empty string elsewhere.
const char *apikeys_nc_leave_second_set(void);

// Nothing here is drawn in that second set, yet curses leaves it with every change of style, which is three bytes each.
// Who opens the screen leaves it once, and then the changes of style do not speak of it.
void apikeys_nc_shorten_styles(void);

// Leaving the screen would reset the terminal's palette by an OSC, and this program changes no palette: where its own
// copy command is the only OSC that it ever sends, a log of the session can be checked for others. The library has no
// switch for it; what it returns here is its own copy of the terminal's description.
void apikeys_nc_keep_palette(void);
