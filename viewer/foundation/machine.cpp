// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/machine.h"

#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <new>
#include <sstream>
#include <thread>

namespace geneglass {
namespace {

namespace fs = std::filesystem;

template <typename T>
void keepLeast(std::optional<T>& kept, std::optional<T> found) {
  if (found && (!kept || *found < *kept)) kept = found;
}

std::string textIn(const fs::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// The first number; none: "max", -1, nothing.
std::optional<int64_t> numberOf(std::string_view text) {
  int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc{} || number <= 0) return {};
  return number;
}

std::optional<int> processorsOf(std::optional<int64_t> quota, std::optional<int64_t> period) {
  if (!quota || !period) return {};
  return static_cast<int>(std::clamp<int64_t>((*quota + *period - 1) / *period, 1, 1 << 20));
}

/// A group's own limits, of either version: a file that is not there says nothing.
void takeLimits(const fs::path& group, JobLimits& limits) {
  const std::string both = textIn(group / "cpu.max");
  const size_t space = both.find(' ');
  if (space != std::string::npos)
    keepLeast(limits.processors,
              processorsOf(numberOf(both), numberOf(std::string_view(both).substr(space + 1))));
  keepLeast(limits.processors, processorsOf(numberOf(textIn(group / "cpu.cfs_quota_us")),
                                            numberOf(textIn(group / "cpu.cfs_period_us"))));
  for (const char* name : {"memory.max", "memory.limit_in_bytes"})
    if (const auto bytes = numberOf(textIn(group / name)))
      keepLeast(limits.memoryBytes, std::optional(static_cast<uint64_t>(*bytes)));
}

std::string processorName() {
  std::ifstream stream("/proc/cpuinfo");
  for (std::string line; std::getline(stream, line);)
    if (line.starts_with("model name"))
      if (const size_t colon = line.find(": "); colon != std::string::npos) return line.substr(colon + 2);
  return {};
}

uint64_t physicalMemory() {
  const long pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGE_SIZE);
  return pages > 0 && page > 0 ? static_cast<uint64_t>(pages) * static_cast<uint64_t>(page) : 0;
}

int processorsOnline() {
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) return std::max(1, CPU_COUNT(&allowed));
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

Machine ask() {
  Machine machine{processorName(), processorsOnline(), physicalMemory()};
  JobLimits limits = controlGroupLimits("/sys/fs/cgroup", textIn("/proc/self/cgroup"));
  keepLeast(limits.processors, slurmProcessors(std::getenv("SLURM_CPUS_PER_TASK")));
  if (limits.processors) machine.processors = std::min(machine.processors, *limits.processors);
  if (limits.memoryBytes && (machine.memoryBytes == 0 || *limits.memoryBytes < machine.memoryBytes))
    machine.memoryBytes = *limits.memoryBytes;
  return machine;
}

}  // namespace

JobLimits controlGroupLimits(const fs::path& mounted, std::string_view ofProcess) {
  JobLimits limits;
  std::istringstream lines{std::string(ofProcess)};
  for (std::string line; std::getline(lines, line);) {  // NUMBER:controllers:/path; 0::/path of version 2
    const size_t first = line.find(':'), second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    std::istringstream controllers(line.substr(first + 1, second - first - 1) + ",");
    for (std::string controller; std::getline(controllers, controller, ',');) {
      if (!controller.empty() && controller != "cpu" && controller != "memory") continue;
      const fs::path root = mounted / controller;
      for (fs::path inside = fs::path(line.substr(second + 1)).relative_path();;
           inside = inside.parent_path()) {
        takeLimits(root / inside, limits);
        if (inside.empty()) break;
      }
    }
  }
  return limits;
}

std::optional<int> slurmProcessors(const char* value) {
  const auto number = numberOf(value ? value : "");
  if (!number) return {};
  return static_cast<int>(std::min<int64_t>(*number, 1 << 20));
}

bool hasRoomFor(size_t bytes) {
  const std::unique_ptr<char[]> taken(new (std::nothrow) char[bytes]);
  if (taken) *static_cast<volatile char*>(taken.get()) = 0;  // else compilers leave it out
  return taken != nullptr;
}

const Machine& thisMachine() {
  static const Machine machine = ask();
  return machine;
}

}  // namespace geneglass
