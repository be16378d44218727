#include "CNcurses.h"

#include <locale.h>
#include <string.h>

void apikeys_nc_set_escape_delay(int milliseconds) { set_escdelay(milliseconds); }

WINDOW *apikeys_nc_screen(void) { return stdscr; }

int apikeys_nc_color_count(void) { return COLORS; }

bool apikeys_nc_set_locale(void) { return setlocale(LC_CTYPE, "") != NULL; }

bool apikeys_nc_can_address(void) {
  char *capability = tigetstr("cup");
  return capability != NULL && capability != (char *)-1;
}

bool apikeys_nc_has_second_screen(void) {
  char *capability = tigetstr("smcup");
  return capability != NULL && capability != (char *)-1;
}

const char *apikeys_nc_string(const char *name) {
  char *capability = tigetstr(name);
  return capability != NULL && capability != (char *)-1 ? capability : "";
}

void apikeys_nc_define_normal_keys(void) {
  define_key("\033[A", KEY_UP);
  define_key("\033[B", KEY_DOWN);
  define_key("\033[C", KEY_RIGHT);
  define_key("\033[D", KEY_LEFT);
  define_key("\033[H", KEY_HOME);
  define_key("\033[F", KEY_END);
  define_key("\033[200~", APIKEYS_NC_KEY_PASTE_BEGIN);
  define_key("\033[201~", APIKEYS_NC_KEY_PASTE_END);
}

struct apikeys_nc_input apikeys_nc_read(void) {
  struct apikeys_nc_input result = {APIKEYS_NC_NONE, 0, 0, 0, 0};
  wint_t value = 0;
  int status = get_wch(&value);
  if (status == ERR) return result;
  if (status != KEY_CODE_YES) {
    result.kind = APIKEYS_NC_CHARACTER;
    result.value = (unsigned int)value;
    return result;
  }
  if (value >= (wint_t)KEY_F(1) && value <= (wint_t)KEY_F(12)) {
    result.kind = APIKEYS_NC_FUNCTION;
    result.value = (unsigned int)(value - KEY_F(0));
    return result;
  }
  switch (value) {
  case KEY_UP: result.kind = APIKEYS_NC_UP; break;
  case KEY_DOWN: result.kind = APIKEYS_NC_DOWN; break;
  case KEY_LEFT: result.kind = APIKEYS_NC_LEFT; break;
  case KEY_RIGHT: result.kind = APIKEYS_NC_RIGHT; break;
  case KEY_PPAGE: result.kind = APIKEYS_NC_PAGE_UP; break;
  case KEY_NPAGE: result.kind = APIKEYS_NC_PAGE_DOWN; break;
  case KEY_HOME: result.kind = APIKEYS_NC_HOME; break;
  case KEY_END: result.kind = APIKEYS_NC_END; break;
  case KEY_ENTER: result.kind = APIKEYS_NC_ENTER; break;
  case KEY_BACKSPACE: result.kind = APIKEYS_NC_BACKSPACE; break;
  case KEY_DC: result.kind = APIKEYS_NC_DELETE; break;
  case KEY_IC: result.kind = APIKEYS_NC_INSERT; break;
  case KEY_BTAB: result.kind = APIKEYS_NC_BACK_TAB; break;
  case APIKEYS_NC_KEY_PASTE_BEGIN: result.kind = APIKEYS_NC_PASTE_BEGIN; break;
  case APIKEYS_NC_KEY_PASTE_END: result.kind = APIKEYS_NC_PASTE_END; break;
  case KEY_RESIZE: result.kind = APIKEYS_NC_RESIZE; break;
  case KEY_MOUSE: {
    MEVENT event;
    result.kind = APIKEYS_NC_OTHER;
    if (getmouse(&event) == OK) {
      result.kind = APIKEYS_NC_MOUSE;
      result.row = event.y;
      result.column = event.x;
      if (event.bstate & BUTTON4_PRESSED) result.scroll = -1;
#ifdef BUTTON5_PRESSED
      else if (event.bstate & BUTTON5_PRESSED) result.scroll = 1;
#endif
    }
    break;
  }
  default: result.kind = APIKEYS_NC_OTHER; break;
  }
  return result;
}

void apikeys_nc_set_mouse(bool on) {
  mmask_t wanted = 0;
  if (on) {
    wanted = BUTTON1_CLICKED | BUTTON1_PRESSED | BUTTON4_PRESSED;
#ifdef BUTTON5_PRESSED
    wanted |= BUTTON5_PRESSED;
#endif
  }
  mousemask(wanted, NULL);
  mouseinterval(0);
}

void apikeys_nc_put(
    int row, int column, const wchar_t *text, int length, bool bold, bool reverse, bool underline, short pair) {
  attr_t attributes = A_NORMAL;
  if (bold) attributes |= A_BOLD;
  if (reverse) attributes |= A_REVERSE;
  if (underline) attributes |= A_UNDERLINE;
  attr_set(attributes, pair, NULL);
  mvaddnwstr(row, column, text, length);
}

// Takes every occurrence of `part` out of a string of curses' own copy of the terminal's description. The string becomes
// shorter in its own place, so there is always room.
static void cut(char *capability, const char *part) {
  if (capability == NULL || capability == (char *)-1) return;
  size_t length = strlen(part);
  for (char *found; (found = strstr(capability, part)) != NULL;) memmove(found, found + length, strlen(found + length) + 1);
}

const char *apikeys_nc_leave_second_set(void) {
  const char *leave = tigetstr("rmacs");
  return leave != NULL && leave != (char *)-1 && strchr(leave, '$') == NULL ? leave : "";
}

void apikeys_nc_shorten_styles(void) {
  const char *leave = apikeys_nc_leave_second_set();
  if (strcmp(leave, "\033(B") == 0) {
    cut(tigetstr("sgr"), "%?%p9%t\033(0%e\033(B%;");
    cut(tigetstr("sgr0"), leave);
  } else if (strcmp(leave, "\017") == 0) {
    cut(tigetstr("sgr"), "%?%p9%t\016%e\017%;");
    cut(tigetstr("sgr0"), leave);
  }
}

void apikeys_nc_keep_palette(void) {
  char *reset = tigetstr("oc");
  if (reset != NULL && reset != (char *)-1 && *reset != 0) *reset = 0;
}
