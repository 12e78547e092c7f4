// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/features/slide_features.h"

#include <fmt/format.h>

#include "inference/package/package_precision.h"

namespace geneglass {

static Result<FeatureBag> givenBag(const std::filesystem::path& file, const ModelPackage& package) {
  Result<FeatureBag> bag = readBagWithoutPlaces(file);
  if (!bag) return bag;
  if (!bag->encoderHash.empty() && bag->encoderHash != featuresHash(package, Precision::Float32))
    return fail(
        fmt::format("Cannot use the bag '{}': another encoder made it than that of '{}', or it saw "
                    "tiles of other sizes.",
                    file.string(), package.folder.string()));
  if (bag->features.columns != featuresATile(package))
    return fail(
        fmt::format("Cannot use the bag '{}': it has {} features a tile, the encoder of '{}' gives {}.",
                    file.string(), bag->features.columns, package.folder.string(), featuresATile(package)));
  return bag;
}

Result<FeatureBag> featuresOf(const std::filesystem::path& slide, const LoadedEncoder& encoder,
                              const ExtractOptions& options, std::stop_token stop) {
  if (slide.extension() == ".h5" || slide.extension() == ".pt") return givenBag(slide, encoder.package());
  const Result<OpenedSlide> opened = openSlide(slide);
  if (!opened) return tl::unexpected(opened.error());
  return extractFeatures(*opened, encoder, options, std::move(stop), {}).map([](ExtractedBag extracted) {
    return std::move(extracted.bag);
  });
}

}  // namespace geneglass
