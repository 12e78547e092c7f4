// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace geneglass {

/// What a barcode of The Cancer Genome Atlas names: "TCGA-A6-2671-01A-11R-0905-07" is an aliquot of a primary
/// tumour of the patient TCGA-A6-2671. Dots for dashes, as R makes them of column names, are taken too.
struct TcgaBarcode {
  std::string patient;  ///< its first 12 letters, with dashes
  int sampleType = 0;   ///< 1 to 9 tumour, 10 to 19 normal, 20 to 29 control; 0: it names the patient alone
  bool isTumour() const { return sampleType >= 1 && sampleType <= 9; }
};

/// Nothing where it is none. Pure.
std::optional<TcgaBarcode> tcgaBarcode(std::string_view name);

/// The patient of a name that begins as a barcode does (TCGA-AA-3511 of TCGA-AA-3511-01A or
/// TCGA.AA.3511-DX1); of other names the name itself.
std::string patientOf(const std::string& name);

}  // namespace geneglass
