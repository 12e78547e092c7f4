// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/cohort/tcga_barcode.h"

#include <algorithm>
#include <cctype>

namespace geneglass {

constexpr size_t kPatient = 12;  // TCGA-A6-2671

/// The name with dashes, where it is a patient's and, after another dash, whatever.
static std::optional<std::string> patientAndMore(std::string_view name) {
  std::string dashed(name);
  std::ranges::replace(dashed, '.', '-');
  if (dashed.size() < kPatient || !dashed.starts_with("TCGA-") || dashed[7] != '-') return {};
  if (dashed.size() > kPatient && dashed[kPatient] != '-') return {};
  const auto isPart = [](char letter) { return std::isalnum(static_cast<unsigned char>(letter)) != 0; };
  const auto areParts = [&](size_t from, size_t count) {
    return std::all_of(dashed.begin() + ptrdiff_t(from), dashed.begin() + ptrdiff_t(from + count), isPart);
  };
  if (!areParts(5, 2) || !areParts(8, 4)) return {};
  return dashed;
}

std::optional<TcgaBarcode> tcgaBarcode(std::string_view name) {
  const std::optional<std::string> whole = patientAndMore(name);
  if (!whole) return {};
  const std::string& dashed = *whole;
  TcgaBarcode barcode{dashed.substr(0, kPatient), 0};
  if (dashed.size() == kPatient) return barcode;
  const auto isDigit = [&](size_t at) { return std::isdigit(static_cast<unsigned char>(dashed[at])) != 0; };
  if (dashed.size() < kPatient + 3 || !isDigit(13) || !isDigit(14)) return {};
  barcode.sampleType = 10 * (dashed[13] - '0') + (dashed[14] - '0');
  return barcode;
}

std::string patientOf(const std::string& name) {
  const std::optional<std::string> whole = patientAndMore(name);
  return whole ? whole->substr(0, kPatient) : name;
}

}  // namespace geneglass
