// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <time.h>

#include <string>

#include "app/desktop/case/annotation_text.h"
#include "app/desktop/case/case.h"
#include "viewer/foundation/sha256.h"

namespace geneglass::testing {

/// Of all that is drawn and of the bookmarks, as 64 digits.
inline std::string digestOf(const Case& document) {
  std::string all = textOf(document.annotations()->classes()) + document.entry("bookmarks");
  for (const AnnotationPtr& annotation : document.annotations()->all()) all += textOf(*annotation);
  return sha256(all);
}

/// Milliseconds of the clock that all processes share.
inline long long millisecondsNow() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

}  // namespace geneglass::testing
