// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/snapshots/annotation_series.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "app/desktop/export/picture_file.h"
#include "app/desktop/snapshots/snapshot_series.h"

namespace geneglass {
namespace {

constexpr qsizetype kMostLetters = 40;  ///< of a name within a file's name, which has at most 255 bytes

QString cut(const QString& name) {
  QString shown = name.simplified();
  if (shown.size() <= kMostLetters) return shown;
  shown.truncate(shown.at(kMostLetters - 1).isHighSurrogate() ? kMostLetters - 1 : kMostLetters);
  return shown.trimmed();
}

}  // namespace

Result<QStringList> annotationNames(const QString& pattern, const QString& slide,
                                    const std::vector<SeriesAnnotation>& annotations) {
  QStringList names;
  const auto digits = int(QString::number(annotations.size()).size());
  for (const SeriesAnnotation& annotation : annotations) {
    QString name = fileNameOf(pattern);
    name.replace(QStringLiteral("{number}"),
                 QStringLiteral("%1").arg(names.size() + 1, digits, 10, QLatin1Char('0')));
    name.replace(QStringLiteral("{slide}"), fileNameOf(slide));
    name.replace(QStringLiteral("{class}"), fileNameOf(cut(annotation.className)));
    name.replace(QStringLiteral("{name}"), fileNameOf(cut(annotation.name)));
    if (const auto format = pictureFormatOf(name.toStdString()); !format)
      return tl::unexpected(format.error());
    if (names.contains(name, Qt::CaseInsensitive))  // one file on some disks
      return fail("Two annotations would be saved as '" + name.toStdString() +
                  "': the name must hold {number}.");
    names << name;
  }
  return names;
}

QString annotationSentence(const SeriesAnnotation& annotation, size_t number, size_t of) {
  const QString text = annotation.className.isEmpty()
                           ? QCoreApplication::translate("AnnotationSeries", "Annotation %1 of %2: %3.")
                           : QCoreApplication::translate("AnnotationSeries", "Annotation %1 of %2: %3 (%4).");
  const QString counted = text.arg(number).arg(of);
  return annotation.className.isEmpty() ? counted.arg(annotation.name.simplified())
                                        : counted.arg(annotation.name.simplified(), annotation.className);
}

Viewport annotationView(const Viewport& view, const Rect& bounds, double margin) {
  const double cosine = std::abs(std::cos(view.rotation)), sine = std::abs(std::sin(view.rotation));
  const double around = 2 * margin * std::max(bounds.width, bounds.height);
  const double width = bounds.width * cosine + bounds.height * sine + around;
  const double height = bounds.width * sine + bounds.height * cosine + around;
  Viewport shown = view;
  shown.centre = {bounds.x + bounds.width / 2, bounds.y + bounds.height / 2};
  shown.downsample = std::max({1.0, width / view.width, height / view.height});
  return shown;
}

}  // namespace geneglass
