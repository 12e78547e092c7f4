// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/package/feature_domain.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "viewer/foundation/tensors/tensor_file.h"

namespace geneglass {
namespace {

tl::unexpected<Error> unusableDomain(const std::filesystem::path& file, const std::string& why) {
  return fail(fmt::format("Cannot use '{}': {}.", file.string(), why));
}

/// What is wrong with the numbers; empty where nothing is.
std::string faultOf(const FeatureDomain& domain) {
  const auto isFinite = [](float value) { return std::isfinite(value); };
  const auto isShare = [](float value) { return value >= 0 && value <= 1; };
  if (!std::ranges::all_of(domain.mean, isFinite) || !std::ranges::all_of(domain.whitening, isFinite))
    return "it holds a number that is not finite";
  if (!(domain.limit > 0) || !std::isfinite(domain.limit)) return "its limit is not above 0";
  if (!std::ranges::all_of(domain.heldOutShares, isShare)) return "a share of tiles is not between 0 and 1";
  if (!std::ranges::is_sorted(domain.heldOutShares)) return "its shares of tiles must not fall";
  return "";
}

}  // namespace

Result<void> writeDomain(const std::filesystem::path& file, const FeatureDomain& domain) {
  const auto count = [](const std::vector<float>& values) { return int64_t(values.size()); };
  return writeTensors(file, {{"mean", {{count(domain.mean)}, domain.mean}},
                             {"whitening", {{count(domain.whitening)}, domain.whitening}},
                             {"limit", {{1}, {domain.limit}}},
                             {"tiles", {{1}, {float(domain.tiles)}}},
                             {"heldout_shares", {{count(domain.heldOutShares)}, domain.heldOutShares}}});
}

Result<FeatureDomain> readDomain(const std::filesystem::path& file, int width) {
  Result<TensorFile> tensors = readTensors(file);
  if (!tensors) return tl::unexpected(tensors.error());
  const auto mean = tensors->find("mean");
  const int64_t d = width > 0 || mean == tensors->end() ? width : int64_t(mean->second.values.size());
  const auto shares = tensors->find("heldout_shares");
  const int64_t slides = shares == tensors->end() ? 1 : int64_t(shares->second.values.size());
  const TensorShapes needed{{"mean", {d}},
                            {"whitening", {d * (d + 1) / 2}},
                            {"limit", {1}},
                            {"tiles", {1}},
                            {"heldout_shares", {std::max<int64_t>(slides, 1)}}};
  if (const Result<void> fits = checkShapes(*tensors, needed); !fits)
    return unusableDomain(file, fits.error().sentence);
  FeatureDomain domain;
  domain.mean = std::move(tensors->at("mean").values);
  domain.whitening = std::move(tensors->at("whitening").values);
  domain.limit = tensors->at("limit").values.front();
  domain.tiles = int(tensors->at("tiles").values.front());
  domain.heldOutShares = std::move(shares->second.values);
  if (const std::string fault = faultOf(domain); !fault.empty()) return unusableDomain(file, fault);
  return domain;
}

}  // namespace geneglass
