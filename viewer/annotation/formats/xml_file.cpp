// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/annotation/formats/xml_file.h"

#include <fmt/format.h>

#include "viewer/annotation/formats/plain_text.h"

namespace geneglass {
namespace {

constexpr uint64_t kLargestXml = uint64_t{512} << 20;

}  // namespace

Result<pugi::xml_document> readXml(const std::filesystem::path& file) {
  const Result<std::string> text = readWholeText(file, kLargestXml);
  if (!text) return tl::unexpected(text.error());
  pugi::xml_document document;
  const pugi::xml_parse_result parsed = document.load_buffer(text->data(), text->size());
  if (parsed.status == pugi::status_no_document_element) return cannotReadAnnotations(file, "it is no XML");
  if (!parsed)
    return cannotReadAnnotations(file, fmt::format("it is no whole XML (at byte {})", parsed.offset));
  return document;
}

Point pointOf(const pugi::xml_node& node, const char* x, const char* y) {
  return {numberOf(node.attribute(x).value()), numberOf(node.attribute(y).value())};
}

}  // namespace geneglass
