// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/ranks/rank_group.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

namespace geneglass {
namespace {

/// A rank that lives may be as long with what it does alone, as judging by held-out slides.
constexpr std::chrono::minutes kLongestStep{30};
constexpr std::chrono::seconds kBeat{1}, kSilence{30};

/// The address of this machine by which it reaches another, so that the other reaches it; empty where there
/// is no way. Nothing is sent.
std::string ownAddressTowards(const std::string& host, uint16_t port) {
  addrinfo hints{}, *found = nullptr;
  hints.ai_socktype = SOCK_DGRAM;
  if (getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found) != 0) return {};
  std::string address;
  for (const addrinfo* each = found; each && address.empty(); each = each->ai_next) {
    const int handle = ::socket(each->ai_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (handle < 0) continue;
    sockaddr_storage own{};
    socklen_t size = sizeof own;
    char text[NI_MAXHOST] = {};
    if (::connect(handle, each->ai_addr, each->ai_addrlen) == 0 &&
        getsockname(handle, reinterpret_cast<sockaddr*>(&own), &size) == 0 &&
        getnameinfo(reinterpret_cast<sockaddr*>(&own), size, text, sizeof text, nullptr, 0, NI_NUMERICHOST) ==
            0)
      address = text;
    ::close(handle);
  }
  freeaddrinfo(found);
  return address;
}

/// LibTorch 2 would keep its store by libuv, without which Debian builds it; LibTorch 1 does not know libuv.
template <class Options>
void setWithoutLibUv(Options& options) {
  if constexpr (requires { options.useLibUV; }) options.useLibUV = false;
}

/// The first line of what LibTorch says: it appends where in its code it was.
std::string firstLine(const char* said) {
  const std::string text(said);
  return text.substr(0, text.find('\n'));
}

torch::Tensor flattened(const std::vector<torch::Tensor>& tensors) {
  std::vector<torch::Tensor> flat;
  for (const torch::Tensor& each : tensors)
    flat.push_back(each.detach().to(torch::kCPU).contiguous().view({-1}));
  return torch::cat(flat);
}

}  // namespace

/// Gloo notices that a process is gone where it waits to hear from it, not where it waits to be heard: each
/// rank counts up in the store while it lives, and who waits looks at the counts.
struct RankGroup::Process {
  c10::intrusive_ptr<c10d::TCPStore> store;
  c10::intrusive_ptr<c10d::ProcessGroupGloo> group;
  int ranks = 1;
  std::vector<int64_t> counts;  ///< a rank each, as last seen
  std::vector<std::chrono::steady_clock::time_point> seen;
  std::jthread beat;  ///< last, so that it ends first

  void startBeating(const RankPlace& place) {
    ranks = place.ranks;
    counts.assign(size_t(ranks), 0);
    seen.assign(size_t(ranks), std::chrono::steady_clock::now());
    beat = std::jthread([this, key = keyOf(place.rank)](const std::stop_token& stop) {
      std::mutex mutex;
      std::condition_variable_any wake;
      std::unique_lock lock(mutex);
      try {
        do store->add(key, 1);
        while (!wake.wait_for(lock, stop, kBeat, [&] { return stop.stop_requested(); }));
      } catch (const std::exception&) {  // rank 0 has ended: who waits is told the same
      }
    });
  }

  static std::string keyOf(int rank) { return fmt::format("beat/{}", rank); }

  /// Throws RankLost; the group is then left as it is, since its threads wait for ever.
  void look() {
    const auto now = std::chrono::steady_clock::now();
    for (int rank = 0; rank < ranks; ++rank) {
      const int64_t count = store->add(keyOf(rank), 0);
      if (std::exchange(counts[size_t(rank)], count) != count) seen[size_t(rank)] = now;
      if (now - seen[size_t(rank)] < kSilence) continue;
      (void)group.release();
      throw RankLost(fmt::format("rank {} has not been heard of for {} s", rank, kSilence.count()));
    }
  }

  /// Whatever LibTorch throws of a call between processes.
  void wait(const char* what, const std::function<c10::intrusive_ptr<c10d::Work>()>& begin) try {
    const auto work = begin();
    const auto done = std::make_shared<std::promise<void>>();
    work->getFuture()->addCallback([done](c10::ivalue::Future&) { done->set_value(); });
    const std::future<void> ended = done->get_future();
    for (auto& last : seen) last = std::chrono::steady_clock::now();  // nobody looked meanwhile
    while (ended.wait_for(kBeat) != std::future_status::ready) look();
    work->wait();
  } catch (const RankLost&) {
    throw;
  } catch (const std::exception& error) {
    throw RankLost(fmt::format("{}: {}", what, firstLine(error.what())));
  }
};

RankGroup::RankGroup() = default;
RankGroup::RankGroup(const RankPlace& place, std::unique_ptr<Process> process)
    : m_place(place), m_process(std::move(process)) {}
RankGroup::RankGroup(RankGroup&&) noexcept = default;
RankGroup::~RankGroup() = default;

Result<RankGroup> RankGroup::join(const RankPlace& place) {
  if (place.ranks == 1) return RankGroup();
  const std::string who =
      fmt::format("Rank {} of {} cannot join at {}:{}", place.rank, place.ranks, place.master, place.port);
  const std::string own = ownAddressTowards(place.master, place.port);
  if (own.empty()) return fail(who + ": there is no way to this address.");
  auto process = std::make_unique<Process>();
  try {
    c10d::TCPStoreOptions options;
    options.port = place.port;
    options.isServer = place.rank == 0;
    options.numWorkers = size_t(place.ranks);
    options.timeout = std::chrono::seconds(place.secondsToJoin);
    setWithoutLibUv(options);
    process->store = c10::make_intrusive<c10d::TCPStore>(place.master, options);
    const auto gloo = c10d::ProcessGroupGloo::Options::create(std::chrono::seconds(place.secondsToJoin));
    gloo->devices.push_back(c10d::ProcessGroupGloo::createDeviceForHostname(own));
    gloo->threads = 2;
    process->group =
        c10::make_intrusive<c10d::ProcessGroupGloo>(process->store, place.rank, place.ranks, gloo);
    process->startBeating(place);
  } catch (const std::exception& error) {
    return fail(fmt::format("{}: {}.", who, firstLine(error.what())));
  }
  return RankGroup(place, std::move(process));
}

torch::Tensor RankGroup::gathered(const torch::Tensor& own) const {
  if (!m_process) return own;
  std::vector<torch::Tensor> input{own.detach().to(torch::kCPU).contiguous()};
  std::vector<std::vector<torch::Tensor>> all(1);
  for (int each = 0; each < ranks(); ++each) all[0].push_back(torch::empty_like(input[0]));
  c10d::AllgatherOptions options;
  options.timeout = kLongestStep;
  m_process->wait("gathering", [&] { return m_process->group->allgather(all, input, options); });
  return torch::cat(all[0]).to(own.device());
}

/// Row r of each rank goes to rank r; they come in the order of the ranks. Float32 on the processor.
torch::Tensor RankGroup::exchanged(const torch::Tensor& own) const {
  torch::Tensor input = own.contiguous(), all = torch::empty_like(input);
  std::vector<int64_t> even;
  c10d::AllToAllOptions options;
  options.timeout = kLongestStep;
  m_process->wait("summing",
                  [&] { return m_process->group->alltoall_base(all, input, even, even, options); });
  return all;
}

/// Each rank sums one piece of all parts, and the pieces are gathered: as much is sent as by a ring.
torch::Tensor RankGroup::summedFlat(const Parts& own) const {
  std::vector<torch::Tensor> rows;
  for (const std::vector<torch::Tensor>& part : own) rows.push_back(flattened(part));
  const int64_t size = rows.front().numel(), piece = (size + ranks() - 1) / ranks();
  const torch::Tensor padded = torch::constant_pad_nd(torch::stack(rows), {0, piece * ranks() - size});
  const torch::Tensor pieces = padded.view({-1, ranks(), piece}).transpose(0, 1);
  const torch::Tensor all = exchanged(pieces).view({-1, piece});  // a row a part, of all ranks
  torch::Tensor sum = all[0].clone();
  for (int64_t part = 1; part < all.size(0); ++part) sum.add_(all[part]);
  return gathered(sum).narrow(0, 0, size);
}

std::vector<torch::Tensor> RankGroup::summed(const Parts& own) const {
  std::vector<torch::Tensor> sums;
  if (!m_process) {
    for (const torch::Tensor& each : own.front()) sums.push_back(each.clone());
    for (size_t part = 1; part < own.size(); ++part)
      for (size_t i = 0; i < sums.size(); ++i) sums[i].add_(own[part][i]);
    return sums;
  }
  const torch::Tensor flat = summedFlat(own);
  int64_t first = 0;
  for (const torch::Tensor& like : own.front()) {
    sums.push_back(flat.narrow(0, first, like.numel()).view(like.sizes()).to(like.device()));
    first += like.numel();
  }
  return sums;
}

torch::Tensor RankGroup::broadcast(torch::Tensor flat) const {
  std::vector<torch::Tensor> one{std::move(flat)};
  c10d::BroadcastOptions options;
  options.rootRank = 0;
  options.timeout = kLongestStep;
  m_process->wait("following rank 0", [&] { return m_process->group->broadcast(one, options); });
  return one[0];
}

void RankGroup::followFirst(const std::vector<torch::Tensor>& tensors) const {
  if (!m_process || tensors.empty()) return;
  const torch::NoGradGuard noGrad;
  const torch::Tensor flat = broadcast(flattened(tensors));
  int64_t first = 0;
  for (torch::Tensor each : tensors) {
    each.copy_(flat.narrow(0, first, each.numel()).view(each.sizes()));
    first += each.numel();
  }
}

std::vector<double> RankGroup::ofFirst(std::vector<double> numbers) const {
  if (!m_process) return numbers;
  const torch::Tensor flat = broadcast(torch::tensor(numbers, torch::kDouble));
  return {flat.data_ptr<double>(), flat.data_ptr<double>() + flat.numel()};
}

bool RankGroup::any(bool own) const {
  if (!m_process) return own;
  return gathered(torch::full({1}, own ? 1.0 : 0.0)).max().item<float>() > 0;
}

}  // namespace geneglass
