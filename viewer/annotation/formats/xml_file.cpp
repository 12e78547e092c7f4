// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/annotation/formats/xml_file.h"

#include "viewer/annotation/formats/plain_text.h"
#include "viewer/foundation/files/xml_text.h"

namespace geneglass {
namespace {

constexpr XmlLimits kLargestXml{uint64_t{512} << 20, 32'000'000, 64};

}  // namespace

Result<pugi::xml_document> readXml(const std::filesystem::path& file) {
  const Result<std::string> text = readAnnotationText(file, kLargestXml.bytes);
  if (!text) return tl::unexpected(text.error());
  Result<pugi::xml_document> document = parseXml(*text, kLargestXml);
  if (!document) return cannotReadAnnotations(file, "it " + document.error().sentence);
  return document;
}

Point pointOf(const pugi::xml_node& node, const char* x, const char* y) {
  return {numberOf(node.attribute(x).value()), numberOf(node.attribute(y).value())};
}

}  // namespace geneglass
