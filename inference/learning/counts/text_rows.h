// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <zlib.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "viewer/foundation/result.h"

namespace geneglass {

/// Goes through a text file of spots, gzip or plain, a piece in memory at a time. What is refused is a
/// sentence with the file and, 1 being the first line, the row.
class TextRows final {
 public:
  /// Error: no such file, a folder, one that cannot be opened.
  static Result<TextRows> open(const std::filesystem::path& file);

  /// The next line that is not blank, without its end or a byte order mark; it lives until the next call.
  /// None after the last. Errors: damaged, it ends too early, empty, a line of more than
  /// 32 MiB or a million cells, bytes of 0.
  Result<std::optional<std::string_view>> next();

  size_t row() const { return m_row; }  ///< of the line that next() gave
  tl::unexpected<Error> refuse(const std::string& reason) const;
  tl::unexpected<Error> refuseRow(const std::string& reason) const;

 private:
  TextRows(std::filesystem::path file, gzFile stream) : m_file(std::move(file)), m_stream(stream, gzclose) {}
  Result<bool> readMore();

  std::filesystem::path m_file;
  std::unique_ptr<gzFile_s, int (*)(gzFile)> m_stream;
  std::string m_text;
  size_t m_begin = 0, m_row = 0;
};

/// A line's cells, without quotation marks about them.
std::vector<std::string_view> cellsBetween(char separator, std::string_view line);

/// The whole number or other finite number of 0 or more that a cell holds.
std::optional<float> countIn(std::string_view cell);

}  // namespace geneglass
