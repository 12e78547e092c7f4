// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/slide_probe.h"

#include <fmt/format.h>
#include <poll.h>

#include <csignal>
#include <cstring>

#include "viewer/foundation/child_process.h"
#include "viewer/foundation/program_module.h"
#include "viewer/foundation/socket_bytes.h"

namespace geneglass {
namespace {

constexpr size_t kMostIdle = 4;

std::string requestFor(const std::filesystem::path& file, std::optional<double> userMpp) {
  const std::string path = std::filesystem::absolute(file).string();
  const auto length = static_cast<uint32_t>(path.size());
  const double mpp = userMpp.value_or(0);
  std::string request(sizeof length + sizeof mpp, '\0');
  std::memcpy(request.data(), &length, sizeof length);
  std::memcpy(request.data() + sizeof length, &mpp, sizeof mpp);
  return request + path;
}

}  // namespace

SlideProbe::SlideProbe(std::filesystem::path program, std::chrono::milliseconds patience)
    : m_program(program.empty() ? libraryPlace("slide_probe") : std::move(program)), m_patience(patience) {
  if (auto prober = start()) m_idle.push_back(std::move(*prober));
}

std::optional<SlideProbe::Prober> SlideProbe::start() const {
  auto [own, other] = connectedPair();
  if (!own) return {};
  const int passed[] = {other.number()};
  Result<ChildProcess> process = ChildProcess::start(m_program, {}, passed);
  if (!process) return {};
  return Prober{std::move(*process), std::move(own)};
}

std::optional<SlideProbe::Prober> SlideProbe::take() {
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

Result<void> SlideProbe::check(const std::filesystem::path& file, std::optional<double> userMpp) {
  if (const Result<void> fine = checkSlideFile(file); !fine) return fine;
  std::optional<Prober> prober = take();
  const std::string request = requestFor(file, userMpp);
  if (!prober || !sendBytes(prober->connection.number(), request.data(), request.size())) return {};
  pollfd answered{prober->connection.number(), POLLIN, 0};
  const auto cannot = [&](const std::string& why) {
    return fail(
        fmt::format("Cannot open '{}': what reads it {}; the file is damaged, or not what it says it is.",
                    file.string(), why));
  };
  if (::poll(&answered, 1, static_cast<int>(m_patience.count())) == 0)
    return cannot(fmt::format("did not come to an end within {} s", m_patience.count() / 1000));
  int32_t signal = 0;
  if (!receiveBytes(prober->connection.number(), &signal, sizeof signal)) return {};
  {
    const std::scoped_lock lock(m_mutex);
    if (m_idle.size() < kMostIdle) m_idle.push_back(std::move(*prober));
  }
  return signal == 0 ? Result<void>() : cannot(fmt::format("crashed ({})", strsignal(signal)));
}

Result<OpenedSlide> openProbed(SlideProbe& probe, const std::filesystem::path& file,
                               std::optional<double> userMpp) {
  if (const Result<void> fine = probe.check(file, userMpp); !fine) return tl::unexpected(fine.error());
  return openSlide(file, userMpp);
}

}  // namespace geneglass
