// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace geneglass {

/// What this process may have of the machine it runs on, a job of an engine or a container included.
struct Machine {
  std::string processor;     ///< its name; empty where the system does not say
  int processors = 1;        ///< that it may run on at once
  uint64_t memoryBytes = 0;  ///< that it may take; 0: unknown
};

/// Asked once. Any thread.
const Machine& thisMachine();

/// Whether the system would give so much at once now; none is kept. Any thread.
bool hasRoomFor(size_t bytes);

/// What a job is granted; none: no limit.
struct JobLimits {
  std::optional<int> processors;  ///< a share of one counts as one
  std::optional<uint64_t> memoryBytes;
};

/// The least of all limits on the way from the process's control group up: cpu.max and memory.max of version
/// 2, cpu.cfs_quota_us and memory.limit_in_bytes of version 1. `mounted`: /sys/fs/cgroup; `ofProcess`: the
/// text of /proc/self/cgroup. What cannot be read is no limit.
JobLimits controlGroupLimits(const std::filesystem::path& mounted, std::string_view ofProcess);

/// SLURM_CPUS_PER_TASK; none where it is not set or no number.
std::optional<int> slurmProcessors(const char* value);

}  // namespace geneglass
