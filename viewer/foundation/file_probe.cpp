// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/file_probe.h"

#include <fmt/format.h>
#include <poll.h>

#include <cstring>

#include "viewer/foundation/program_module.h"
#include "viewer/foundation/socket_bytes.h"

namespace geneglass {
namespace {

constexpr size_t kMostIdle = 4;

double secondsFor(const std::filesystem::path& file, double least) {
  std::error_code unknown;
  const uintmax_t size = std::filesystem::file_size(file, unknown);
  return unknown ? least : least + FileProbe::kHdf5SecondsAGiB * double(size) / double(1 << 30);
}

std::string bytesOf(const FileProbe::Request& request, const std::string& path) {
  std::string bytes(sizeof request, '\0');
  std::memcpy(bytes.data(), &request, sizeof request);
  return bytes + path;
}

}  // namespace

FileProbe::FileProbe(std::filesystem::path program, std::chrono::milliseconds patience, double hdf5Seconds)
    : m_program(program.empty() ? libraryPlace("slide_probe") : std::move(program)),
      m_patience(patience),
      m_hdf5Seconds(hdf5Seconds) {
  if (auto prober = start()) m_idle.push_back(std::move(*prober));
}

std::optional<FileProbe::Prober> FileProbe::start() const {
  auto [own, other] = connectedPair();
  if (!own) return {};
  const int passed[] = {other.number()};
  // Else freed memory is handed out again as it was, not filled as the prober asks (M_PERTURB).
  Result<ChildProcess> process =
      ChildProcess::start(m_program, {}, passed, {"GLIBC_TUNABLES=glibc.malloc.tcache_count=0"});
  if (!process) return {};
  return Prober{std::move(*process), std::move(own)};
}

std::optional<FileProbe::Prober> FileProbe::take() {
  {
    const std::scoped_lock lock(m_mutex);
    if (!m_idle.empty()) {
      Prober prober = std::move(m_idle.back());
      m_idle.pop_back();
      return prober;
    }
  }
  return start();
}

std::string FileProbe::befell(Kind kind, const std::filesystem::path& file, double mpp) {
  std::optional<Prober> prober = take();
  const std::string path = std::filesystem::absolute(file).string();
  const double most = kind == Kind::Hdf5 ? secondsFor(file, m_hdf5Seconds) : 0;
  const std::string request = bytesOf({kind, static_cast<uint32_t>(path.size()), mpp, most}, path);
  if (!prober || !sendBytes(prober->connection.number(), request.data(), request.size())) return {};
  pollfd answered{prober->connection.number(), POLLIN, 0};
  if (::poll(&answered, 1, static_cast<int>(m_patience.count())) == 0)
    return readingIt(fmt::format("did not come to an end within {} s", m_patience.count() / 1000));
  int32_t signal = 0;
  if (!receiveBytes(prober->connection.number(), &signal, sizeof signal)) return {};
  {
    const std::scoped_lock lock(m_mutex);
    if (m_idle.size() < kMostIdle) m_idle.push_back(std::move(*prober));
  }
  return signal == 0 ? std::string() : readingIt(endBySignal(signal));
}

std::string FileProbe::readingIt(const std::string& did) {
  return fmt::format("what reads it {}; the file is damaged, or not what it says it is", did);
}

}  // namespace geneglass
