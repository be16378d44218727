#include "CKeyScan.h"
