// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace geneglass {

/// How numbers are written for people, everywhere in the window and in what is drawn or printed from it: with
/// the decimal sign of the window's language, which is QLocale's default, and from 10,000 on with a narrow
/// space between thousands, which no language takes for a decimal sign. (QLocale::c() parts none.) What
/// programs read back (JSON, CSV, texts inside of pictures) is written without, or under FileNumbers. Any
/// thread.
QString numberText(double value, int decimals);     ///< 8.6614, 2: "8.66"; NaN: "nan"
QString shortNumber(double value, int digits);      ///< so many digits that count: 0.000123: "0.000123"
QString countText(qint64 count);                    ///< 13370: "13 370", with a narrow space
QString percentText(double share, int decimals);    ///< 0.932, 0: "93 %"
QString bytesText(qint64 bytes, int decimals = 2);  ///< "8.50 GiB"

/// While one lives, this thread's numbers are written as files have them: a point, no spaces.
class FileNumbers final {
 public:
  FileNumbers();
  ~FileNumbers();
  FileNumbers(const FileNumbers&) = delete;
  FileNumbers& operator=(const FileNumbers&) = delete;

 private:
  const bool m_before;
};

}  // namespace geneglass
