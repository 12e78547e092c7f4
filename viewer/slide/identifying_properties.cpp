// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/identifying_properties.h"

#include <openslide.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <memory>

#include "viewer/slide/formats/dicom/dicom_properties.h"

namespace geneglass {
namespace {

constexpr size_t kLongest = 200;  ///< characters of a value that says one thing

/// In names of properties, as scanners and standards write them, without spaces, bars and dots.
constexpr std::array<std::string_view, 24> kWords{
    "patient", "barcode",   "accession", "label",    "filename",    "slidename", "slideid",   "caseid",
    "date",    "created",   "updated",   "title",    "user",        "operator",  "artist",    "hostcomputer",
    "author",  "physician", "study",     "specimen", "institution", "imageid",   "reference", "description"};

std::string inLetters(std::string_view name) {
  std::string letters;
  for (const char each : name.substr(name.rfind('.') == std::string_view::npos ? 0 : name.rfind('.') + 1))
    if (std::isalnum(static_cast<unsigned char>(each)))
      letters += static_cast<char>(std::tolower(static_cast<unsigned char>(each)));
  return letters;
}

}  // namespace

bool mayIdentify(std::string_view propertyName) {
  const std::string letters = inLetters(propertyName);
  if (letters == "time") return true;
  return std::ranges::any_of(kWords,
                             [&](std::string_view word) { return letters.find(word) != std::string::npos; });
}

std::vector<SlideProperty> identifyingProperties(const std::filesystem::path& file) {
  if (std::vector<SlideProperty> dicom = dicomProperties(file); !dicom.empty()) return dicom;
  const std::unique_ptr<openslide_t, void (*)(openslide_t*)> slide(openslide_open(file.c_str()),
                                                                   openslide_close);
  std::vector<SlideProperty> found;
  if (!slide || openslide_get_error(slide.get())) return found;
  for (const char* const* name = openslide_get_property_names(slide.get()); *name; ++name) {
    const char* value = openslide_get_property_value(slide.get(), *name);
    if (value && *value && std::string_view(value).size() <= kLongest && mayIdentify(*name))
      found.push_back({*name, value});
  }
  return found;
}

}  // namespace geneglass
