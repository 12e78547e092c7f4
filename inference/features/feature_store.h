// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "inference/package/model_package.h"
#include "inference/package/precision.h"
#include "viewer/slide/slide.h"

namespace geneglass {

/// The one keeper of features, for predictions and trainings alike, so that no tile is encoded twice by the
/// same encoder: a folder with KEY.h5 of slides all of whose tiles were read and KEY.growing.h5 of those
/// begun. What was used longest ago goes first when it grows beyond its limit. Other files in the folder are
/// left alone. Any thread, any number of processes.
class FeatureStore final {
 public:
  static constexpr uint64_t kUsualLimit = uint64_t{20} << 30;  ///< bytes
  static constexpr uint64_t kNoLimit = UINT64_MAX;

  explicit FeatureStore(std::filesystem::path folder = usualFolder(), uint64_t limitInBytes = kUsualLimit);

  static std::filesystem::path usualFolder();  ///< see usualCacheFolder()

  const std::filesystem::path& folder() const { return m_folder; }
  uint64_t limitInBytes() const { return m_limit; }

  /// Makes the folder, for its owner alone. Errors name it: there is none, it cannot be made, everybody may
  /// write into it.
  Result<void> prepare() const;

  /// Names all that decides features, 32 digits: slide, pixel size, encoder with its tile recipe, precision,
  /// tissue rule, and how far apart tiles lie where that is not their side. Bags bear it.
  static std::string keyOf(const Slide& slide, const ModelPackage& package, Precision precision,
                           std::optional<double> stride = {});
  std::filesystem::path complete(const std::string& key) const { return m_folder / (key + ".h5"); }
  std::filesystem::path growing(const std::string& key) const { return m_folder / (key + ".growing.h5"); }

  struct Contents {
    int bags = 0;
    uint64_t bytes = 0;
  };
  Contents contents() const;

  /// Removes all bags. What a running prediction writes is lost to the next one, not to it. Errors name the
  /// file.
  Result<void> clear() const;

  /// Notes that it was used just now.
  void touch(const std::filesystem::path& bag) const;
  /// Removes the longest unused ones beyond the limit, but never `kept`.
  void trim(const std::filesystem::path& kept = {}) const;

 private:
  std::filesystem::path m_folder;
  uint64_t m_limit;
};

}  // namespace geneglass
