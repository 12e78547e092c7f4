// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/ndpi/scan_centre.h"

#include <openslide/openslide.h>

#include <charconv>
#include <cstring>
#include <memory>

#include "viewer/slide/formats/ndpi/ndpi_directories.h"

namespace geneglass {
namespace {

std::optional<double> propertyOf(openslide_t* handle, const char* name) {
  const char* text = openslide_get_property_value(handle, name);
  if (!text) return std::nullopt;
  double number = 0;
  const auto [end, error] = std::from_chars(text, text + std::strlen(text), number);
  return error == std::errc() ? std::optional(number) : std::nullopt;
}

}  // namespace

std::optional<Point> scanCentreOf(const Slide& slide) {
  if (slide.vendor != "hamamatsu") return std::nullopt;
  for (const NdpiDirectory& directory : readNdpiDirectories(PositionedFile(slide.file)))
    if (directory.isLevel()) return directory.centre;
  const std::unique_ptr<openslide_t, void (*)(openslide_t*)> handle(
      openslide_open(slide.file.c_str()), [](openslide_t* opened) { openslide_close(opened); });
  if (!handle) return std::nullopt;
  const auto x = propertyOf(handle.get(), "hamamatsu.XOffsetFromSlideCentre");
  const auto y = propertyOf(handle.get(), "hamamatsu.YOffsetFromSlideCentre");
  return x && y ? std::optional(Point{*x, *y}) : std::nullopt;
}

}  // namespace geneglass
