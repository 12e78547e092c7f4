// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "viewer/foundation/progress.h"

namespace geneglass {

/// What a run over slides says of itself on standard error while it goes on: the progress line for people, or
/// one JSON object a line:
///   {"event": "run", "slides": 60, "part": "1/4"}
///   {"event": "slide", "name": "a", "state": "begun" | "made" | "was there" | "waiting" | "failed" |
///   "stopped",
///    "text": "..."}                    text: of failed the reason, of waiting who works on it
///   {"event": "progress", "name": "a", "stage": "encoding tiles", "done": 12, "total": 80,
///   "seconds_left": 3.5}
///   {"event": "end", "made": 58, "was there": 1, "failed": 1}
class RunEvents final {
 public:
  explicit RunEvents(bool asJsonLines) : m_asJsonLines(asJsonLines) {}

  void run(size_t slides, const std::string& part) const;
  void slide(const std::string& name, const std::string& state, const std::string& text = {}) const;
  OnProgress progressOf(const std::string& name) const;
  void end(size_t made, size_t there, size_t failed) const;

 private:
  const bool m_asJsonLines;
};

}  // namespace geneglass
