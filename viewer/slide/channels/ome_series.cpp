// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/channels/ome_series.h"

#include <algorithm>
#include <pugixml.hpp>

#include "viewer/foundation/files/xml_text.h"
#include "viewer/slide/formats/xml_names.h"

namespace geneglass {
namespace {

constexpr long long kMostCount = 1'000'000'000;

size_t countIn(const pugi::xml_node& node, const char* name, long long otherwise) {
  return static_cast<size_t>(std::clamp(node.attribute(name).as_llong(otherwise), 0LL, kMostCount));
}

OmeTiffData tiffDataOf(const pugi::xml_node& node) {
  OmeTiffData data;
  data.ifd = countIn(node, "IFD", 0);
  data.firstChannel = countIn(node, "FirstC", 0);
  data.firstSlice = countIn(node, "FirstZ", 0);
  data.firstTime = countIn(node, "FirstT", 0);
  data.planes = countIn(node, "PlaneCount", node.attribute("IFD") ? 1 : 0);
  const pugi::xml_node uuid = childOf(node, "UUID");
  data.uuid = uuid.child_value();
  data.file = uuid.attribute("FileName").value();
  return data;
}

/// Red, green, blue and alpha from the highest byte on, as a number with a sign.
OmeChannel channelOf(const pugi::xml_node& node) {
  OmeChannel channel;
  channel.name = node.attribute("Name").value();
  if (const auto colour = node.attribute("Color"))
    channel.colour = static_cast<uint32_t>(colour.as_llong()) >> 8;
  channel.samples = std::max<size_t>(1, countIn(node, "SamplesPerPixel", 1));
  return channel;
}

OmeSeries seriesOf(const pugi::xml_node& image, const pugi::xml_node& pixels) {
  OmeSeries series;
  series.name = image.attribute("Name").value();
  series.size = {pixels.attribute("SizeX").as_llong(), pixels.attribute("SizeY").as_llong()};
  series.channels = std::max<size_t>(1, countIn(pixels, "SizeC", 1));
  series.slices = std::max<size_t>(1, countIn(pixels, "SizeZ", 1));
  series.times = std::max<size_t>(1, countIn(pixels, "SizeT", 1));
  series.order = pixels.attribute("DimensionOrder").as_string("XYCZT");
  series.significantBits = static_cast<int>(std::min<size_t>(64, countIn(pixels, "SignificantBits", 0)));
  for (const pugi::xml_node& part : pixels.children())
    if (localNameOf(part) == "Channel")
      series.channelElements.push_back(channelOf(part));
    else if (localNameOf(part) == "TiffData")
      series.places.push_back(tiffDataOf(part));
  return series;
}

/// A plane's number among all of the image, in its order.
uint64_t planeNumber(const OmeSeries& series, size_t channelPlanes, size_t channel, size_t slice,
                     size_t time) {
  uint64_t number = 0;
  uint64_t step = 1;
  for (const char dimension : series.order) {
    const bool isC = dimension == 'C', isZ = dimension == 'Z', isT = dimension == 'T';
    if (!isC && !isZ && !isT) continue;
    number += step * (isC ? channel : isZ ? slice : time);
    step *= isC ? channelPlanes : isZ ? series.slices : series.times;
  }
  return number;
}

}  // namespace

std::vector<OmeSeries> omeSeriesOf(const std::string& description) {
  std::vector<OmeSeries> all;
  if (description.find('<') == std::string::npos || description.find("OME") == std::string::npos) return all;
  const Result<pugi::xml_document> document = parseXml(description, kSlideXml, pugi::encoding_utf8);
  if (!document) return all;
  const pugi::xml_node ome = childOf(*document, "OME");
  for (const pugi::xml_node& image : ome.children()) {
    const pugi::xml_node pixels = childOf(image, "Pixels");
    if (localNameOf(image) != "Image" || !pixels) continue;
    OmeSeries series = seriesOf(image, pixels);
    if (series.size.width <= 0 || series.size.height <= 0) continue;
    series.uuid = ome.attribute("UUID").value();
    all.push_back(std::move(series));
  }
  return all;
}

std::optional<size_t> directoryOf(const OmeSeries& series, size_t channelPlanes, size_t channel, size_t slice,
                                  std::string& elsewhere) {
  const uint64_t wanted = planeNumber(series, channelPlanes, channel, slice, 0);
  if (series.places.empty()) return wanted;
  const uint64_t all = uint64_t{channelPlanes} * series.slices * series.times;
  for (const OmeTiffData& data : series.places) {
    const uint64_t first =
        planeNumber(series, channelPlanes, data.firstChannel, data.firstSlice, data.firstTime);
    const uint64_t count = data.planes == 0 ? all : data.planes;
    if (wanted < first || wanted - first >= count) continue;
    if (!data.uuid.empty() && !series.uuid.empty() && data.uuid != series.uuid) {
      elsewhere = data.file.empty() ? "another file" : data.file;
      return {};
    }
    return data.ifd + (wanted - first);
  }
  return {};
}

}  // namespace geneglass
