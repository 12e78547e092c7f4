// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace geneglass {

/// How far a long job is.
struct Progress {
  std::string stage;        ///< what is being done, for people: "reading tiles"
  int64_t done = 0;         ///< of `total`, in the stage's own unit
  int64_t total = 0;        ///< 0 where unknown
  double secondsLeft = -1;  ///< estimate for the whole job; negative where there is none yet
};

/// Called on the job's own thread, a few times a second.
using OnProgress = std::function<void(const Progress&)>;

}  // namespace geneglass
