// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/case/measure_text.h"

#include <QCoreApplication>
#include <QStringList>
#include <cmath>

#include "viewer/wording/number_text.h"
#include "viewer/wording/units.h"

namespace geneglass {
namespace {

/// The names that measure() gives.
[[maybe_unused]] constexpr const char* kMeasures[] = {
    QT_TRANSLATE_NOOP("Measurement", "Area"),   QT_TRANSLATE_NOOP("Measurement", "Perimeter"),
    QT_TRANSLATE_NOOP("Measurement", "Length"), QT_TRANSLATE_NOOP("Measurement", "Angle"),
    QT_TRANSLATE_NOOP("Measurement", "Count"),  QT_TRANSLATE_NOOP("Measurement", "Width"),
    QT_TRANSLATE_NOOP("Measurement", "Height")};

QString signOf(const std::string& unit) {
  if (unit == "deg") return QStringLiteral("°");
  QString sign = QString::fromStdString(unit);
  if (sign.startsWith(QLatin1Char('u'))) sign.replace(0, 1, QChar(0xB5));
  if (sign.endsWith(QLatin1Char('2'))) sign.replace(sign.size() - 1, 1, QChar(0xB2));
  return sign.isEmpty() ? sign : QLatin1Char(' ') + sign;
}

}  // namespace

QString measureText(const Measurement& measurement) {
  const double size = std::abs(measurement.value);
  const int decimals = measurement.unit.empty() || size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  return QStringLiteral("%1 %2%3").arg(QCoreApplication::translate("Measurement", measurement.name.c_str()),
                                       numberText(measurement.value, decimals), signOf(measurement.unit));
}

QString measuresOf(const Shape& shape, const std::optional<Mpp>& mpp) {
  QStringList lines;
  for (const Measurement& measurement : measure(shape, shownMpp(mpp))) lines << measureText(measurement);
  return lines.join(QLatin1Char('\n'));
}

QString firstMeasureOf(const Shape& shape, const std::optional<Mpp>& mpp) {
  const auto measured = measure(shape, shownMpp(mpp));
  return measured.empty() ? QString() : measureText(measured.front());
}

}  // namespace geneglass
