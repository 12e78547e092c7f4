// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/wording/number_text.h"

#include <QLocale>
#include <cmath>

namespace geneglass {
namespace {

constexpr double kLeastParted = 10000;

thread_local bool asInFiles = false;

QString written(double value, char format, int precision) {
  if (asInFiles) return QString::number(value, format, precision);
  QLocale locale;
  locale.setNumberOptions(QLocale::OmitGroupSeparator);
  QString text = locale.toString(value, format, precision);
  if (format != 'f' || locale.language() == QLocale::C || !std::isfinite(value) ||
      std::abs(value) < kLeastParted)
    return text;
  qsizetype point = text.indexOf(locale.decimalPoint());
  if (point < 0) point = text.size();
  const qsizetype first = text.front().isDigit() ? 0 : 1;
  for (qsizetype at = point - 3; at > first; at -= 3) text.insert(at, QChar(0x202F));
  return text;
}

}  // namespace

QString numberText(double value, int decimals) {
  return written(value, 'f', decimals);
}

QString shortNumber(double value, int digits) {
  return written(value, 'g', digits);
}

QString countText(qint64 count) {
  return written(double(count), 'f', 0);
}

QString percentText(double share, int decimals) {
  return numberText(100 * share, decimals) + QStringLiteral(" %");
}

QString bytesText(qint64 bytes, int decimals) {
  return QLocale().formattedDataSize(bytes, decimals);
}

FileNumbers::FileNumbers() : m_before(asInFiles) {
  asInFiles = true;
}

FileNumbers::~FileNumbers() {
  asInFiles = m_before;
}

}  // namespace geneglass
