// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/ome_tiff.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <pugixml.hpp>
#include <string_view>
#include <utility>

#include "viewer/foundation/files/xml_text.h"
#include "viewer/slide/channels/channel_layout.h"
#include "viewer/slide/channels/ome_series.h"
#include "viewer/slide/formats/tiff/tiff_facts.h"
#include "viewer/slide/formats/xml_names.h"

namespace geneglass {
namespace {

/// 0 where the unit is no length: "pixel", "reference frame".
double micrometresIn(std::string_view unit) {
  constexpr std::array<std::pair<std::string_view, double>, 9> kUnits{{{"", 1},
                                                                       {"\u00b5m", 1},
                                                                       {"\u03bcm", 1},
                                                                       {"um", 1},
                                                                       {"nm", 1e-3},
                                                                       {"mm", 1e3},
                                                                       {"cm", 1e4},
                                                                       {"m", 1e6},
                                                                       {"in", 25400}}};
  for (const auto& [name, micrometres] : kUnits)
    if (unit == name) return micrometres;
  return 0;
}

std::optional<Mpp> mppOf(const pugi::xml_node& pixels) {
  const auto side = [&](const char* size, const char* unit) {
    return pixels.attribute(size).as_double() * micrometresIn(pixels.attribute(unit).value());
  };
  const Mpp mpp{side("PhysicalSizeX", "PhysicalSizeXUnit"), side("PhysicalSizeY", "PhysicalSizeYUnit")};
  const bool isSize = std::isfinite(mpp.x) && std::isfinite(mpp.y) && mpp.x > 0 && mpp.y > 0;
  return isSize ? std::optional(mpp) : std::nullopt;
}

/// Of the objective that the image names.
std::optional<double> objectivePowerOf(const pugi::xml_node& ome, const pugi::xml_node& image) {
  const std::string_view wanted = childOf(image, "ObjectiveSettings").attribute("ID").value();
  if (wanted.empty()) return {};
  const pugi::xml_node objective = ome.find_node([&](const pugi::xml_node& node) {
    return localNameOf(node) == "Objective" && wanted == node.attribute("ID").value();
  });
  const double power = objective.attribute("NominalMagnification").as_double();
  return std::isfinite(power) && power > 0 ? std::optional(power) : std::nullopt;
}

bool isColourPicture(const TiffDirectory& directory) {
  return directory.samplesPerPixel == 3 && directory.bitsPerSample == 8;
}

/// A sentence, where the file holds images beside the first and its smaller copies.
std::string noteOfImages(const TiffDirectory& first) {
  const std::vector<OmeSeries> all = omeSeriesOf(first.description);
  const auto others = std::ranges::count_if(
      all, [&](const OmeSeries& series) { return !isSmallerCopy(series.size, first.size); });
  return others > 1 ? fmt::format("The largest of {} images in the file is shown.", others) : "";
}

}  // namespace

std::optional<OmeImage> omeImageOf(const std::string& description, Size size) {
  if (description.find("<") == std::string::npos || description.find("OME") == std::string::npos) return {};
  const Result<pugi::xml_document> document = parseXml(description, kSlideXml, pugi::encoding_utf8);
  if (!document) return {};
  const pugi::xml_node ome = childOf(*document, "OME");
  std::optional<OmeImage> found;
  for (const pugi::xml_node& image : ome.children()) {
    const pugi::xml_node pixels = childOf(image, "Pixels");
    if (localNameOf(image) != "Image" || !pixels) continue;
    const Size here{pixels.attribute("SizeX").as_llong(), pixels.attribute("SizeY").as_llong()};
    if (found && here != size) continue;
    found = OmeImage{here, mppOf(pixels), objectivePowerOf(ome, image)};
    if (here == size) break;
  }
  return found;
}

std::optional<OmePyramid> omePyramidOf(const TiffHead& head, uint64_t bytes) {
  if (head.tiled.empty() || !isColourPicture(head.tiled.front())) return {};
  const TiffDirectory& first = head.tiled.front();
  const auto image = omeImageOf(first.description, first.size);
  if (!image) return {};
  OmePyramid pyramid;
  if (head.within.empty()) {
    pyramid.directories = head.tiled;
  } else {
    pyramid.directories = {first};
    pyramid.directories.insert(pyramid.directories.end(), head.within.begin(), head.within.end());
  }
  auto facts = factsOfDirectories(pyramid.directories, "ome-tiff", bytes);
  if (!facts) return {};
  pyramid.facts = std::move(*facts);
  pyramid.facts.mpp = image->mpp;
  pyramid.facts.note = noteOfImages(first);
  pyramid.facts.objectivePower = image->objectivePower;
  return pyramid;
}

}  // namespace geneglass
