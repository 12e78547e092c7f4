// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/channels/qptiff_layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <pugixml.hpp>
#include <string_view>

#include "viewer/foundation/files/xml_text.h"

namespace geneglass {
namespace {

constexpr const char* kRoot = "PerkinElmer-QPI-ImageDescription";

/// What one directory says of itself.
struct QptiffPage {
  std::string type;  ///< "FullResolution", "ReducedResolution", "Thumbnail", "Overview", "Label"
  Channel channel;
  bool hasColour = false;
  double magnification = 0;
};

std::optional<QptiffPage> describedBy(const std::string& text) {
  // The encoding that it names, UTF-16, is that of the writing program's memory.
  const Result<pugi::xml_document> document = parseXml(text, kSlideXml, pugi::encoding_utf8);
  if (!document) return {};
  const pugi::xml_node root = document->child(kRoot);
  if (!root) return {};
  QptiffPage page;
  page.type = root.child_value("ImageType");
  page.channel.name = root.child_value("Name");
  if (page.channel.name.empty()) page.channel.name = root.child_value("Biomarker");
  unsigned red = 0, green = 0, blue = 0;
  page.hasColour = std::sscanf(root.child_value("Color"), "%3u,%3u,%3u", &red, &green, &blue) == 3;
  page.channel.colour = (red & 0xff) << 16 | (green & 0xff) << 8 | (blue & 0xff);
  page.channel.exposureMs = std::clamp(root.child("ExposureTime").text().as_double() / 1000, 0.0, 1e6);
  page.magnification = root.child("Objective").text().as_double();  // "10x"
  return page;
}

void addBeside(ChannelLayout& layout, const TiffPage& page, size_t index, const std::string& type) {
  const char* name = type == "Thumbnail"  ? "thumbnail"
                     : type == "Label"    ? "label"
                     : type == "Overview" ? "macro"
                                          : nullptr;
  if (!name) return;
  for (const auto& [image, ignored] : layout.associatedImages)
    if (image.name == name) return;
  layout.associatedImages.push_back({{name, page.size, type != "Thumbnail"}, index});
}

/// Levels of as many pages as the finest, by size; a level that lacks some is left out.
void addReduced(ChannelLayout& layout, const std::vector<TiffPage>& pages,
                const std::vector<size_t>& reduced) {
  std::vector<ChannelLevel> found;
  for (const size_t index : reduced) {
    const Size size = pages[index].size;
    auto level = std::ranges::find_if(found, [&](const ChannelLevel& each) { return each.size == size; });
    if (level == found.end()) level = found.insert(found.end(), {size, {}});
    for (const ChannelPlace& place : samplesOf(pages[index], index)) level->places.push_back(place);
  }
  std::ranges::sort(found, [](const auto& a, const auto& b) { return a.size.width > b.size.width; });
  for (ChannelLevel& level : found)
    if (level.places.size() == layout.channels.size() && isSmallerCopy(level.size, layout.levels.back().size))
      layout.levels.push_back(std::move(level));
}

std::string takeChannels(ChannelLayout& layout, const std::vector<TiffPage>& pages,
                         const std::map<size_t, QptiffPage>& described) {
  ChannelLevel finest{pages[described.begin()->first].size, {}};
  bool haveColours = true;
  for (const auto& [index, said] : described) {
    const TiffPage& page = pages[index];
    if (valueSamples(page) != 1) return "a channel of it is a colour picture";
    finest.places.push_back({index, 0, 0});
    FoundChannel found{said.channel, false, 0};
    if (found.channel.name.empty()) found.channel.name = fmt::format("Channel {}", finest.places.size());
    haveColours &= said.hasColour;
    layout.channels.push_back(std::move(found));
  }
  if (!haveColours) colourChannels(layout.channels);
  layout.levels.push_back(std::move(finest));
  return {};
}

}  // namespace

FoundLayout qptiffLayout(const std::vector<TiffPage>& pages) {
  if (pages.front().description.find(kRoot) == std::string::npos) return std::nullopt;
  ChannelLayout layout;
  layout.vendor = "perkinelmer-qptiff";
  std::map<size_t, QptiffPage> full;
  std::vector<size_t> reduced;
  for (size_t i = 0; i < pages.size(); ++i) {
    const std::optional<QptiffPage> said = describedBy(pages[i].description);
    if (!said || pages[i].isWithin) continue;
    if (said->type == "FullResolution")
      full[i] = *said;
    else if (said->type == "ReducedResolution")
      reduced.push_back(i);
    else
      addBeside(layout, pages[i], i, said->type);
    if (full.size() > kMostChannels)
      return fail(fmt::format("it says it has more than {} channels", kMostChannels));
  }
  if (full.empty()) return fail("it is a QPTIFF without a picture of full resolution");
  const auto& [first, said] = *full.begin();
  layout.mpp = pages[first].resolution;
  if (said.magnification > 0) layout.objectivePower = said.magnification;
  if (isRgb(pages[first])) {
    layout.isColour = true;
    layout.channels = unnamedChannels(3, true);
    layout.levels.push_back({pages[first].size, samplesOf(pages[first], first)});
  } else if (std::string reason = takeChannels(layout, pages, full); !reason.empty()) {
    return fail(std::move(reason));
  }
  addReduced(layout, pages, reduced);
  return layout;
}

}  // namespace geneglass
