#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <vterm.h>

// The cell's scalars, ended by 0 where there are fewer than six; its width in columns; and its attributes as bits:
// 1 bold, 2 underline, 4 reverse. The second half of a wide character has the scalar 0xFFFFFFFF.
struct cvterm_cell {
  uint32_t scalars[6];
  int width;
  int attributes;
};

static inline struct cvterm_cell cvterm_read_cell(const VTermScreen *screen, int row, int column) {
  struct cvterm_cell result = {{0}, 1, 0};
  VTermScreenCell cell;
  VTermPos place = {row, column};
  if (!vterm_screen_get_cell(screen, place, &cell)) return result;
  for (int i = 0; i < 6; i++) {
    result.scalars[i] = cell.chars[i];
    if (cell.chars[i] == 0) break;
  }
  result.width = cell.width;
  result.attributes = (cell.attrs.bold ? 1 : 0) | (cell.attrs.underline ? 2 : 0) | (cell.attrs.reverse ? 4 : 0);
  return result;
}
