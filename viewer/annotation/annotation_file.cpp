// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/annotation/annotation_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>

#include "viewer/annotation/formats/dialects.h"
#include "viewer/annotation/formats/plain_text.h"
#include "viewer/foundation/files/text_file.h"
#include "viewer/slide/formats/ndpi/scan_centre.h"

namespace geneglass {
namespace {

constexpr size_t kHeadBytes = 4096;

/// The beginning of a file, of UTF-16 every other byte.
std::string beginningOf(const std::filesystem::path& file) {
  std::string head(kHeadBytes, '\0');
  std::ifstream stream(file, std::ios::binary);
  stream.read(head.data(), kHeadBytes);
  head.resize(static_cast<size_t>(std::max<std::streamsize>(stream.gcount(), 0)));
  std::erase(head, '\0');
  return head;
}

}  // namespace

SlideFrame frameOf(const Slide& slide) {
  return {slide.size(), slide.mpp, {slide.bounds.x, slide.bounds.y}, scanCentreOf(slide)};
}

std::span<const AnnotationDialect> annotationDialects() {
  static const std::array all{kGeoJson, kAsapXml, kImageScopeXml, kHistomicsJson, kNdpaXml};
  return all;
}

Result<ReadAnnotations> readAnnotations(const std::filesystem::path& file, const SlideFrame* slide) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error))
    return cannotReadAnnotations(
        file, std::filesystem::exists(file, error) ? "it is no regular file" : "there is no such file");
  const std::string head = beginningOf(file);
  if (head.empty())
    return cannotReadAnnotations(
        file, std::filesystem::file_size(file, error) == 0 ? "it is empty" : "it may not be read");
  for (const AnnotationDialect& dialect : annotationDialects())
    if (dialect.knows(head)) return dialect.read(file, slide);
  return cannotReadAnnotations(file, "it is in no format of annotations that is known here");
}

Result<WrittenAnnotations> writeAnnotations(const AnnotationSet& set, const std::string& key,
                                            const std::filesystem::path& file, const SlideFrame* slide) {
  const auto dialects = annotationDialects();
  const auto dialect =
      std::ranges::find_if(dialects, [&](const AnnotationDialect& one) { return one.key == key; });
  if (dialect == dialects.end())
    return fail(fmt::format("Cannot write '{}': '{}' is no format of annotations.", file.string(), key));
  Result<AnnotationDialect::Text> text = dialect->write(set, slide);
  if (!text) return fail(fmt::format("Cannot write '{}': {}.", file.string(), text.error().sentence));
  if (const Result<void> written = writeText(file, text->text); !written)
    return tl::unexpected(written.error());
  return std::move(text->written);
}

}  // namespace geneglass
