// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir>
#include <algorithm>
#include <cmath>
#include <span>

#include "inference/encoder/encoder.h"
#include "inference/import/import_encoder.h"
#include "tests/inference/painted_slide.h"
#include "tests/support/written_npz.h"
#include "tests/support/written_safetensors.h"

namespace geneglass::testing {

inline Image paintedTile(int side) {
  Image tile(side, side);
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x) tile.at(x, y) = tissue(x * 3, y * 3);
  return tile;
}

inline std::vector<float> featuresOf(const ModelPackage& package, const Image& tile) {
  Result<Encoder> encoder = loadEncoder(package);
  if (!encoder) qFatal("%s", encoder.error().sentence.c_str());
  return encoder->encode(std::span(&tile, 1)).value().values;
}

/// The largest difference as a part of the largest feature.
inline double relativeDifference(std::span<const float> found, const std::vector<double>& expected) {
  double difference = found.size() == expected.size() ? 0 : INFINITY, largest = 0;
  for (size_t i = 0; i < std::min(found.size(), expected.size()); ++i) {
    difference = std::max(difference, std::abs(double(found[i]) - expected[i]));
    largest = std::max(largest, std::abs(expected[i]));
  }
  return difference / largest;
}

/// A folder in which encoders are written as foreign files, and imported from there, each into a folder of
/// its own.
class ForeignImports {
 protected:
  std::filesystem::path path(const std::string& name) const {
    return m_folder.path().toStdString() + "/" + name;
  }
  std::filesystem::path freshPackage() { return path("package" + std::to_string(m_made++)); }
  std::filesystem::path safetensors(const TensorFile& tensors) const {
    writeSafetensors(path("weights.safetensors"), tensors);
    return path("weights.safetensors");
  }
  std::filesystem::path npz(const TensorFile& tensors) const {
    writeNpz(path("weights.npz"), tensors);
    return path("weights.npz");
  }
  ImportRequest requestFor(const std::filesystem::path& source, std::optional<int> lastBlock = {},
                           const std::string& licence = "CC0-1.0", std::optional<int> tile = 32) {
    return {source, freshPackage(), licence, 0.5, tile, lastBlock};
  }
  /// Why it is refused, what comes before the reason left out; no folder may be left.
  static std::string reason(const ImportRequest& request) {
    const Result<ModelPackage> package = importEncoder(request);
    if (package) return "it was imported";
    if (std::filesystem::exists(request.out) || std::filesystem::exists(request.out.string() + ".partial"))
      return "a folder is left";
    const std::string start = "Cannot import '" + request.source.string() + "': ",
                      said = package.error().sentence;
    return said.starts_with(start) ? said.substr(start.size()) : said;
  }

 private:
  QTemporaryDir m_folder;
  int m_made = 0;
};

}  // namespace geneglass::testing
