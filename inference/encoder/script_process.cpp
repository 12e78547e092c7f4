// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/encoder/script_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "viewer/foundation/program_module.h"
#include "viewer/foundation/socket_bytes.h"

namespace geneglass {
namespace {

constexpr uint64_t kMiB = uint64_t(1) << 20;

/// Copies that loading and optimising make of the weights, and 1,024 planes of a lane's tiles at a time; at
/// most three quarters of the machine's.
uint64_t mostMemory(uint64_t weights, const ScriptShape& shape) {
  struct sysinfo machine {};
  ::sysinfo(&machine);
  const uint64_t whole = uint64_t(machine.totalram) * machine.mem_unit / 4 * 3;
  const uint64_t lanes =
      shape.lanes * ScriptShape::kTogether * shape.tile * shape.tile * 1024 * sizeof(float);
  return std::min(whole, 1024 * kMiB + 6 * weights + lanes + shape.bytes());
}

/// For one call, or for loading: large networks take seconds a tile, on a busy machine many times as long.
std::chrono::seconds patienceWith(uint64_t weights) {
  return std::chrono::seconds(30 + weights / (20 * kMiB));
}

OwnFile sharedMemory(size_t bytes) {
  OwnFile memory(::memfd_create("tiles", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!memory || ::ftruncate(memory.number(), static_cast<off_t>(bytes)) != 0) return {};
  // Whoever could make it smaller could end the other who reads it.
  ::fcntl(memory.number(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL);
  return memory;
}

}  // namespace

Result<std::unique_ptr<ScriptProcess>> ScriptProcess::start(const std::filesystem::path& weights,
                                                            ScriptShape shape, const std::stop_token& stop) {
  std::error_code error;
  const OwnFile file(::open(weights.c_str(), O_RDONLY | O_CLOEXEC));
  const uint64_t bytes = std::filesystem::file_size(weights, error);
  if (!file || error) return fail("it cannot be read");
  std::unique_ptr<ScriptProcess> process(new ScriptProcess());
  process->m_shape = shape;
  process->m_patience = patienceWith(bytes);
  const OwnFile memory = sharedMemory(shape.bytes());
  void* place = memory
                    ? ::mmap(nullptr, shape.bytes(), PROT_READ | PROT_WRITE, MAP_SHARED, memory.number(), 0)
                    : MAP_FAILED;
  if (place == MAP_FAILED) return fail("there is no memory for its tiles");
  process->m_memory = static_cast<float*>(place);
  std::vector<OwnFile> others;
  std::vector<int> passed{file.number(), memory.number()};
  for (size_t pair = 0; pair <= shape.lanes; ++pair) {
    auto [own, other] = connectedPair();
    if (!own) return fail(fmt::format("it cannot be connected ({})", std::strerror(errno)));
    passed.push_back(others.emplace_back(std::move(other)).number());
    if (pair == 0)
      process->m_life = std::move(own);
    else
      process->m_lanes.push_back(std::move(own));
  }
  Result<ChildProcess> child =
      ChildProcess::start(libraryPlace("script_worker"),
                          {std::to_string(shape.tile), std::to_string(shape.width),
                           std::to_string(shape.lanes), std::to_string(mostMemory(bytes, shape))},
                          passed);
  if (!child) return tl::unexpected(child.error());
  process->m_process.emplace(std::move(*child));
  others.clear();  // or a worker that has gone would look as if it were silent
  const ScriptAnswer loaded = process->await(0, stop);
  if (loaded.state == ScriptState::OutOfMemory)
    return fail(fmt::format("it takes more than {} MiB of memory", mostMemory(bytes, shape) / kMiB));
  if (loaded.state == ScriptState::Failed) return fail(loaded.reason);
  return process;
}

ScriptProcess::~ScriptProcess() {
  m_process.reset();
  if (m_memory) ::munmap(m_memory, m_shape.bytes());
}

std::span<float> ScriptProcess::tilesOf(size_t lane) {
  return {m_shape.tilesOf(m_memory, lane), ScriptShape::kTogether * m_shape.planes()};
}

std::span<const float> ScriptProcess::featuresOf(size_t lane) const {
  return {m_shape.featuresOf(m_memory, lane), ScriptShape::kTogether * m_shape.width};
}

ScriptAnswer ScriptProcess::compute(size_t lane, size_t tiles, const std::stop_token& stop) {
  const auto count = static_cast<uint32_t>(tiles);
  sendBytes(m_lanes[lane].number(), &count, sizeof count);  // where it has gone, it does not answer either
  return await(lane, stop);
}

ScriptAnswer ScriptProcess::await(size_t lane, const std::stop_token& stop) {
  using Clock = std::chrono::steady_clock;
  constexpr int kLook = 50;  // ms
  constexpr std::chrono::seconds kAfterStop{1}, kToEnd{1};
  const auto deadline = Clock::now() + m_patience;
  std::optional<Clock::time_point> stopped;
  ScriptAnswer answer;
  const auto given = [&](const std::string& reason) {
    const std::scoped_lock lock(m_ending);
    m_hasEnded = true;
    m_process->end();
    return ScriptAnswer{ScriptState::Failed, reason};
  };
  pollfd connection{m_lanes[lane].number(), POLLIN, 0};
  while (::poll(&connection, 1, kLook) == 0) {
    if (stop.stop_requested() && !stopped) stopped = Clock::now();
    if (stopped && Clock::now() - *stopped > kAfterStop) return given("it was stopped");
    if (Clock::now() > deadline)
      return given(fmt::format("its program was ended: it did not answer within {} s", m_patience.count()));
  }
  if (receiveAnswer(m_lanes[lane].number(), answer)) return answer;
  const std::scoped_lock lock(m_ending);
  m_hasEnded = true;
  return {ScriptState::Failed, fmt::format("its program {}", m_process->end(kToEnd))};
}

}  // namespace geneglass
