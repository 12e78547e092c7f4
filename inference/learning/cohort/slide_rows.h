// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>

#include "viewer/foundation/files/csv_reader.h"

namespace geneglass {

/// Cases of `Test` are never trained on.
enum class Split { Train, Test };

/// "train" or "test".
const char* toString(Split split);

/// How every row of a cohort begins.
struct SlideRow {
  std::filesystem::path slide;  ///< is there, in no other row
  std::string name;             ///< of the case, not empty
  Split split = Split::Train;
};

/// Reads a CSV whose columns begin with slide,case,split; slides are relative to it. Errors name the file and
/// the row: another header, a slide that is not there or given twice, a case without a name, another split,
/// no rows; what CsvReader refuses.
class SlideRows final {
 public:
  using OnRow = std::function<Result<void>(SlideRow row, const std::vector<std::string>& cells)>;
  static constexpr size_t kOwn = 3;  ///< columns

  explicit SlideRows(std::filesystem::path file) : m_csv(std::move(file), "cohort") {}

  Result<void> read(const CsvReader::OnRow& onHeader, const OnRow& onRow);
  const CsvReader& csv() const { return m_csv; }  ///< for what else there is to refuse

 private:
  Result<SlideRow> rowOf(const std::vector<std::string>& cells);

  CsvReader m_csv;
  std::map<std::filesystem::path, size_t> m_rowOfSlide;
};

}  // namespace geneglass
