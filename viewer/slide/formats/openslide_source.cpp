// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/openslide_source.h"

#include <openslide/openslide.h>
#include <tiffio.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdarg>
#include <functional>
#include <limits>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>

#include "viewer/slide/content_hash.h"
#include "viewer/slide/formats/memory_watch.h"
#include "viewer/slide/formats/slide_parts.h"
#include "viewer/slide/formats/tiff/tiff_facts.h"
#include "viewer/slide/formats/tiff_small_level.h"

namespace geneglass {
namespace {

using Handle = std::shared_ptr<openslide_t>;

/// Whole levels, by their index, that OpenSlide would garble.
using SmallLevels = std::unordered_map<int, Image>;

/// OpenSlide opens its TIFFs without a handler of its own, so libtiff's default one would write to standard
/// error.
void silenceTiff() {
  static std::once_flag once;
  std::call_once(once, [] {
    const auto hear = [](const char*, const char* format, va_list) { MemoryWatch::hear(format); };
    TIFFSetErrorHandler(hear);
    TIFFSetWarningHandler(hear);
  });
}

/// Why the handle is dead; empty while it lives.
std::string reasonOf(const Handle& handle) {
  const char* reason = handle ? openslide_get_error(handle.get()) : "the file is no slide any more";
  return reason ? reason : "";
}

/// Null where no reader of OpenSlide knows the format. A handle that failed holds its error.
Handle openHandle(const std::filesystem::path& file) {
  silenceTiff();
  Handle handle(openslide_open(file.c_str()), [](openslide_t* opened) {
    if (opened) openslide_close(opened);
  });
  MemoryWatch::hear();
  MemoryWatch::hear(reasonOf(handle).c_str());
  return handle;
}

class OpenSlideSource final : public TileSource {
 public:
  OpenSlideSource(std::filesystem::path file, std::vector<Level> levels, SmallLevels smallLevels,
                  Handle handle)
      : m_file(std::move(file)),
        m_levels(std::move(levels)),
        m_smallLevels(std::move(smallLevels)),
        m_handle(std::move(handle)) {}

  Result<TilePtr> read(TileKey key) const override;
  Result<Image> readAssociatedImage(const std::string& name) const override;

 private:
  /// One attempt: puts pixels into the image and gives the reason where it could not.
  using Attempt = std::function<std::string(const Handle&, Image&)>;

  Result<Image> readSafely(const std::string& what, const Attempt& attempt) const;
  Handle current() const;
  void replace(const Handle& dead) const;

  const std::filesystem::path m_file;
  const std::vector<Level> m_levels;
  const SmallLevels m_smallLevels;
  mutable std::mutex m_mutex;
  mutable Handle
      m_handle;  ///< shared by all readers; an error kills it for good, then a fresh one takes its place
};

Image cutOut(const Image& whole, int64_t x, int64_t y, int width, int height) {
  Image part(width, height);
  for (int row = 0; row < height; ++row)
    std::copy_n(&whole.pixels[static_cast<size_t>((y + row) * whole.width + x)], width, &part.at(0, row));
  return part;
}

Handle OpenSlideSource::current() const {
  const std::lock_guard lock(m_mutex);
  return m_handle;
}

void OpenSlideSource::replace(const Handle& dead) const {
  const std::lock_guard lock(m_mutex);
  if (m_handle != dead) return;
  if (Handle fresh = openHandle(m_file); reasonOf(fresh).empty()) m_handle = std::move(fresh);
}

/// An error on the shared handle may be another reader's, so a handle of its own gives the verdict.
Result<Image> OpenSlideSource::readSafely(const std::string& what, const Attempt& attempt) const {
  Image image;
  const Handle shared = current();
  if (attempt(shared, image).empty()) return image;
  replace(shared);
  const Handle own = openHandle(m_file);
  std::string reason = reasonOf(own);
  if (reason.empty()) reason = attempt(own, image);
  if (reason.empty()) return image;
  while (reason.ends_with('.')) reason.pop_back();
  return fail(fmt::format("Cannot read {} of '{}': {}.", what, m_file.string(), reason));
}

Result<TilePtr> OpenSlideSource::read(TileKey key) const {
  const std::string what = fmt::format("tile (level {}, column {}, row {})", key.level, key.column, key.row);
  if (key.level < 0 || key.level >= static_cast<int>(m_levels.size()) || key.column < 0 || key.row < 0 ||
      key.column >= m_levels[static_cast<size_t>(key.level)].columns() ||
      key.row >= m_levels[static_cast<size_t>(key.level)].rows())
    return fail(fmt::format("Cannot read {} of '{}': there is no such tile.", what, m_file.string()));
  const Level& level = m_levels[static_cast<size_t>(key.level)];
  const int64_t x = key.column * level.tile.width;
  const int64_t y = key.row * level.tile.height;
  const auto width = static_cast<int>(std::min(level.tile.width, level.size.width - x));
  const auto height = static_cast<int>(std::min(level.tile.height, level.size.height - y));
  if (const auto small = m_smallLevels.find(key.level); small != m_smallLevels.end())
    return std::make_shared<const Tile>(Tile{key, cutOut(small->second, x, y, width, height)});
  const int64_t fullX = std::llround(static_cast<double>(x) * level.downsample);
  const int64_t fullY = std::llround(static_cast<double>(y) * level.downsample);
  Result<Image> image = readSafely(what, [&](const Handle& handle, Image& pixels) {
    pixels = Image(width, height);
    openslide_read_region(handle.get(), pixels.pixels.data(), fullX, fullY, key.level, width, height);
    return reasonOf(handle);
  });
  if (!image) return tl::unexpected(image.error());
  return std::make_shared<const Tile>(Tile{key, std::move(*image)});
}

Result<Image> OpenSlideSource::readAssociatedImage(const std::string& name) const {
  return readSafely(fmt::format("the image '{}'", name),
                    [&](const Handle& handle, Image& pixels) -> std::string {
                      int64_t width = 0;
                      int64_t height = 0;
                      openslide_get_associated_image_dimensions(handle.get(), name.c_str(), &width, &height);
                      if (std::string reason = reasonOf(handle); !reason.empty()) return reason;
                      if (width <= 0 || height <= 0) return "there is no such image";
                      if (width > std::numeric_limits<int>::max() / 4 / height) return "it is too large";
                      pixels = Image(static_cast<int>(width), static_cast<int>(height));
                      openslide_read_associated_image(handle.get(), name.c_str(), pixels.pixels.data());
                      return reasonOf(handle);
                    });
}

std::optional<double> numberProperty(openslide_t* handle, const std::string& name) {
  const char* text = openslide_get_property_value(handle, name.c_str());
  if (!text) return {};
  double number = 0;
  const char* end = text + std::char_traits<char>::length(text);
  const auto [stopped, problem] = std::from_chars(text, end, number);
  if (problem != std::errc() || stopped != end || !std::isfinite(number)) return {};
  return number;
}

std::optional<double> positiveProperty(openslide_t* handle, const std::string& name) {
  const std::optional<double> number = numberProperty(handle, name);
  return number && *number > 0 ? number : std::nullopt;
}

/// The file's own tiles where they are of a size that suits drawing, else squares of 512.
Size tileSize(openslide_t* handle, int level) {
  constexpr double kSmallest = 64;
  constexpr double kLargest = 2048;
  const auto width = numberProperty(handle, fmt::format("openslide.level[{}].tile-width", level));
  const auto height = numberProperty(handle, fmt::format("openslide.level[{}].tile-height", level));
  const auto suits = [](std::optional<double> side) {
    return side && *side >= kSmallest && *side <= kLargest;
  };
  if (!suits(width) || !suits(height)) return {512, 512};
  return {static_cast<int64_t>(*width), static_cast<int64_t>(*height)};
}

std::vector<Level> readLevels(openslide_t* handle) {
  std::vector<Level> levels(static_cast<size_t>(std::max(0, openslide_get_level_count(handle))));
  for (int i = 0; Level & level : levels) {
    openslide_get_level_dimensions(handle, i, &level.size.width, &level.size.height);
    level.downsample = openslide_get_level_downsample(handle, i);
    level.tile = tileSize(handle, i++);
  }
  return levels;
}

SmallLevels readSmallLevels(openslide_t* handle, const FileHead& head, const std::vector<Level>& levels) {
  SmallLevels images;
  for (int i = 0; const Level& level : levels) {
    const auto width = numberProperty(handle, fmt::format("openslide.level[{}].tile-width", i));
    const auto height = numberProperty(handle, fmt::format("openslide.level[{}].tile-height", i));
    const bool small =
        width && height &&
        (static_cast<double>(level.size.width) < *width || static_cast<double>(level.size.height) < *height);
    if (small)
      if (std::optional<Image> image = readTiffSmallLevel(head, level.size))
        images.emplace(i, std::move(*image));
    ++i;
  }
  return images;
}

/// A thumbnail shows the scanned field alone; anything else may show the paper label.
bool mayIdentifyPatient(const std::string& name) {
  return name != "thumbnail";
}

std::vector<AssociatedImage> readAssociatedImages(openslide_t* handle) {
  std::vector<AssociatedImage> images;
  for (const char* const* name = openslide_get_associated_image_names(handle); *name; ++name) {
    AssociatedImage image{*name, {}, mayIdentifyPatient(*name)};
    openslide_get_associated_image_dimensions(handle, *name, &image.size.width, &image.size.height);
    images.push_back(std::move(image));
  }
  return images;
}

Rect readBounds(openslide_t* handle, Size whole) {
  const auto x = numberProperty(handle, OPENSLIDE_PROPERTY_NAME_BOUNDS_X);
  const auto y = numberProperty(handle, OPENSLIDE_PROPERTY_NAME_BOUNDS_Y);
  const auto width = positiveProperty(handle, OPENSLIDE_PROPERTY_NAME_BOUNDS_WIDTH);
  const auto height = positiveProperty(handle, OPENSLIDE_PROPERTY_NAME_BOUNDS_HEIGHT);
  if (x && y && width && height) return {*x, *y, *width, *height};
  return {0, 0, static_cast<double>(whole.width), static_cast<double>(whole.height)};
}

Slide readFacts(openslide_t* handle) {
  Slide slide;
  slide.levels = readLevels(handle);
  if (slide.levels.empty()) return slide;
  const char* vendor = openslide_get_property_value(handle, OPENSLIDE_PROPERTY_NAME_VENDOR);
  slide.vendor = vendor ? vendor : "";
  const auto x = positiveProperty(handle, OPENSLIDE_PROPERTY_NAME_MPP_X);
  const auto y = positiveProperty(handle, OPENSLIDE_PROPERTY_NAME_MPP_Y);
  if (x && y) slide.mpp = Mpp{*x, *y};
  slide.objectivePower = positiveProperty(handle, OPENSLIDE_PROPERTY_NAME_OBJECTIVE_POWER);
  slide.associatedImages = readAssociatedImages(handle);
  slide.bounds = readBounds(handle, slide.size());
  return slide;
}

/// What needs more than OpenSlide's word: whose identity and colours these are.
Result<void> addIdentity(Slide& slide, const FileHead& head) {
  const auto parts = slideParts(head, slide.vendor);
  if (!parts) return tl::unexpected(parts.error());
  Result<std::string> hash = contentHash(*head.file, head.path, *parts);
  if (!hash) return tl::unexpected(hash.error());
  slide.hash = std::move(*hash);
  addColours(slide, head.tiff);
  return {};
}

constexpr std::array<std::string_view, 10> kNameEndings{".svs", ".tif", ".tiff", ".ndpi",    ".mrxs",
                                                        ".scn", ".vms", ".vmu",  ".svslide", ".bif"};

}  // namespace

const Driver kOpenSlideDriver{.nameEndings = kNameEndings, .open = openWithOpenSlide};

std::string openSlidesVendor(const std::filesystem::path& file) {
  silenceTiff();
  const char* vendor = openslide_detect_vendor(file.c_str());
  return vendor ? vendor : "";
}

Result<std::optional<DriverOutcome>> openWithOpenSlide(const FileHead& head) {
  if (!head.file) return std::nullopt;
  const std::filesystem::path& file = head.path;
  Handle handle = openHandle(file);
  if (!handle) return std::nullopt;
  if (const std::string reason = reasonOf(handle); !reason.empty()) return cannotOpen(file, reason);
  Slide slide = readFacts(handle.get());
  if (const std::string reason = reasonOf(handle); !reason.empty()) return cannotOpen(file, reason);
  for (const Level& level : slide.levels)
    if (level.size.width <= 0 || level.size.height <= 0)
      return cannotOpen(file, "it has a level without pixels");
  if (slide.levels.empty()) return cannotOpen(file, "it has no level");
  slide.driver = "openslide";
  if (auto fine = addIdentity(slide, head); !fine) return tl::unexpected(fine.error());
  SmallLevels smallLevels = readSmallLevels(handle.get(), head, slide.levels);
  auto source =
      std::make_shared<const OpenSlideSource>(file, slide.levels, std::move(smallLevels), std::move(handle));
  return DriverOutcome{std::move(slide), std::move(source)};
}

}  // namespace geneglass
