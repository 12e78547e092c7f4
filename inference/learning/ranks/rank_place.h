// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "viewer/foundation/result.h"

namespace geneglass {

/// One of several processes that learn together, and where they find each other.
struct RankPlace {
  int rank = 0;                      ///< 0 writes the files
  int ranks = 1;                     ///< 1: it is alone, and no network is used
  std::string master = "127.0.0.1";  ///< the machine of rank 0
  uint16_t port = 29500;
  int secondsToJoin = 120;  ///< that rank 0 and the others wait for each other

  bool operator==(const RankPlace&) const = default;
};

using Environment = std::function<std::optional<std::string>(const char* name)>;

/// By RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT, as torchrun and people set them; without RANK and
/// WORLD_SIZE by SLURM_PROCID and SLURM_STEP_NUM_TASKS, as srun sets them for each task; alone where neither
/// is there. Errors: half of a pair, no numbers, several machines without MASTER_ADDR.
Result<RankPlace> rankPlaceOf(const Environment& environment);

/// The process's own.
std::optional<std::string> environmentOf(const char* name);

/// The part of a batch that is the rank's, so that all together see what one process would see. `part`: tiles
/// whose batch norms are computed together, 0 for all that a process has. The error, to follow "...: ", says
/// why the batch cannot be shared so.
Result<int64_t> shareOf(const RankPlace& place, int64_t batch, int64_t part);

}  // namespace geneglass
