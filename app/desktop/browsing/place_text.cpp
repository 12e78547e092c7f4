// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/browsing/place_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>
#include <cmath>
#include <optional>

#include "viewer/canvas/viewport.h"

namespace geneglass {
namespace {

QString words(const char* text) {
  return QCoreApplication::translate("geneglass", text);
}

tl::unexpected<Error> refuse(const QString& sentence) {
  return fail(sentence.toStdString());
}

/// With a decimal point, else as the user's language writes it.
std::optional<double> numberIn(const QString& text) {
  for (const QLocale& locale : {QLocale::c(), QLocale()}) {
    bool fine = false;
    const double number = locale.toDouble(text.trimmed(), &fine);
    if (fine && std::abs(number) < 1e12) return number;
  }
  return {};
}

struct Written {
  double x = 0;
  double y = 0;
  QString unit;
};

/// Two numbers with their unit, of a pattern of numbers and of what stands between them.
std::optional<Written> readAs(const QString& text, const QString& number, const QString& between) {
  static const QString kUnit = QStringLiteral("\\s*(px|µm|μm|um|mm)?");
  const QRegularExpression pattern(
      QStringLiteral("^\\s*(?:x\\s*[=:]?)?\\s*%1%2%3(?:y\\s*[=:]?)?\\s*%1%2\\s*$")
          .arg(number, kUnit, between),
      QRegularExpression::CaseInsensitiveOption);
  const QRegularExpressionMatch match = pattern.match(text);
  if (!match.hasMatch()) return {};
  const auto x = numberIn(match.captured(1)), y = numberIn(match.captured(3));
  QString first = match.captured(2).toLower(), unit = match.captured(4).toLower();
  if (!x || !y) return {};
  if (unit.isEmpty()) unit = first;
  if (first.isEmpty()) first = unit;
  if (first != unit) return {};
  return Written{*x, *y, unit};
}

std::optional<Written> placeIn(const QString& text) {
  if (const auto plain =
          readAs(text, QStringLiteral("([-+]?\\d+(?:\\.\\d+)?)"), QStringLiteral("\\s*(?:[,;]\\s*|\\s)")))
    return plain;
  return readAs(text, QStringLiteral("([-+]?\\d[\\d.,'’\u202f]*)"), QStringLiteral("\\s*(?:;\\s*|\\s)"));
}

}  // namespace

Result<Point> placeOf(const QString& text, const Slide& slide) {
  const auto written = placeIn(text);
  if (!written)
    return refuse(words("“%1” is no place: write x and y, such as 12000, 8000 px or 3000, 2000 µm.")
                      .arg(text.trimmed()));
  Point place{written->x, written->y};
  const bool inPixels = written->unit.isEmpty() || written->unit == QStringLiteral("px");
  if (!inPixels && !slide.mpp)
    return refuse(
        words("A place in micrometres cannot be found on “%1”: it does not say how large its pixels "
              "are.")
            .arg(QString::fromStdString(slide.name())));
  if (!inPixels) {
    const double micrometres = written->unit == QStringLiteral("mm") ? 1000 : 1;
    place = {place.x * micrometres / slide.mpp->x, place.y * micrometres / slide.mpp->y};
  }
  const Size size = slide.size();
  if (place.x < 0 || place.y < 0 || place.x > double(size.width) || place.y > double(size.height))
    return refuse(words("The place %1 lies outside the slide, which is %2 × %3 pixels.")
                      .arg(text.trimmed())
                      .arg(size.width)
                      .arg(size.height));
  return place;
}

QString pixelsOf(Point place) {
  return QStringLiteral("%1, %2 px").arg(place.x, 0, 'f', 0).arg(place.y, 0, 'f', 0);
}

QString micrometresOf(Point place, const Mpp& mpp) {
  return QStringLiteral("%1, %2 µm").arg(place.x * mpp.x, 0, 'f', 1).arg(place.y * mpp.y, 0, 'f', 1);
}

Result<double> downsampleOf(const QString& text, const Slide& slide) {
  static const QRegularExpression kShare(QStringLiteral("^\\s*1\\s*:\\s*(.+)$"));
  static const QRegularExpression kTimes(QStringLiteral("^\\s*([^×xX]+)[×xX]?\\s*$"));
  const auto share = kShare.match(text), times = kTimes.match(text);
  const auto number = numberIn(share.hasMatch() ? share.captured(1) : times.captured(1));
  if (!number || *number <= 0)
    return refuse(words("“%1” is no magnification: write 20, 20× or 1 : 4.").arg(text.trimmed()));
  if (share.hasMatch()) return *number;
  if (!slide.mpp)
    return refuse(
        words("The magnification of “%1” is unknown, as it does not say how large its pixels are: write "
              "1 : 4 for four of them a screen pixel.")
            .arg(QString::fromStdString(slide.name())));
  return downsampleFor(*number, slide.mpp->mean());
}

QString magnificationText(double downsample, const Slide& slide) {
  const QLocale locale;
  return slide.mpp ? QStringLiteral("%1×").arg(
                         locale.toString(magnificationOf(downsample, slide.mpp->mean()), 'f', 1))
                   : QStringLiteral("1 : %1").arg(locale.toString(downsample, 'f', 1));
}

}  // namespace geneglass
