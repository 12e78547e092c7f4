// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/ranks/rank_place.h"

#include <fmt/format.h>

#include <charconv>
#include <cstdlib>

namespace geneglass {
namespace {

constexpr int kMostRanks = 4096;

/// A whole number within [least, most].
Result<int> numberOf(const Environment& environment, const char* name, int least, int most) {
  const std::string text = environment(name).value_or("");
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < least || number > most)
    return fail(
        fmt::format("{} is '{}', and must be a whole number from {} to {}.", name, text, least, most));
  return number;
}

/// Of rank and their number: by these names, or none of them is set.
Result<std::optional<RankPlace>> placeBy(const Environment& environment, const char* rank,
                                         const char* ranks) {
  const bool hasRank = environment(rank).has_value(), hasRanks = environment(ranks).has_value();
  if (!hasRank && !hasRanks) return std::optional<RankPlace>();
  if (!hasRank || !hasRanks)
    return fail(fmt::format("{} is set and {} is not: several processes learn together by both.",
                            hasRank ? rank : ranks, hasRank ? ranks : rank));
  RankPlace place;
  const Result<int> count = numberOf(environment, ranks, 1, kMostRanks);
  if (!count) return tl::unexpected(count.error());
  const Result<int> own = numberOf(environment, rank, 0, *count - 1);
  if (!own) return tl::unexpected(own.error());
  place.rank = *own;
  place.ranks = *count;
  return std::optional(place);
}

}  // namespace

Result<RankPlace> rankPlaceOf(const Environment& environment) {
  Result<std::optional<RankPlace>> found = placeBy(environment, "RANK", "WORLD_SIZE");
  if (found && !*found) found = placeBy(environment, "SLURM_PROCID", "SLURM_STEP_NUM_TASKS");
  if (!found) return tl::unexpected(found.error());
  if (!*found || (*found)->ranks == 1) return RankPlace();
  RankPlace place = **found;
  if (const auto master = environment("MASTER_ADDR"); master && !master->empty())
    place.master = *master;
  else if (environment("SLURM_STEP_NUM_NODES").value_or("1") != "1")
    return fail("MASTER_ADDR is not set: the processes on other machines cannot find that of rank 0.");
  if (environment("MASTER_PORT")) {
    const Result<int> port = numberOf(environment, "MASTER_PORT", 1, 65'535);
    if (!port) return tl::unexpected(port.error());
    place.port = uint16_t(*port);
  }
  return place;
}

std::optional<std::string> environmentOf(const char* name) {
  const char* value = std::getenv(name);
  return value ? std::optional<std::string>(value) : std::nullopt;
}

Result<int64_t> shareOf(const RankPlace& place, int64_t batch, int64_t part) {
  const int64_t unit = part > 0 ? part : 1, share = batch / place.ranks;
  if (place.ranks == 1) return batch;
  if (batch % place.ranks != 0 || share % unit != 0)
    return fail(fmt::format("a batch of {} tiles in parts of {} cannot be shared evenly by {} processes",
                            batch, unit, place.ranks));
  return share;
}

}  // namespace geneglass
