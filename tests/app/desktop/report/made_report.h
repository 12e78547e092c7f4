// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QBuffer>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <memory>
#include <utility>

#include "app/desktop/report/report.h"
#include "tests/app/desktop/export/made_drawing.h"
#include "tests/support/held_maps.h"

namespace geneglass::testing {

/// A report of madeSlide() and madePrediction(), drawn without graphics.
inline ReportRequest madeReport(const std::filesystem::path& file, Prediction prediction = madePrediction(),
                                std::vector<OverlayEntry> overlays = {}) {
  return {file,
          {std::make_shared<Slide>(madeSlide()), nullptr},
          std::make_shared<Prediction>(std::move(prediction)),
          -1,
          std::move(overlays),
          drawMade,
          {}};
}

inline QByteArray bytesOf(const std::filesystem::path& path) {
  QFile opened(QString::fromStdString(path.string()));
  return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
}

inline int pagesOf(const QByteArray& pdf) {
  static const QRegularExpression page(QStringLiteral("/Type\\s*/Page\\b"));
  return int(QString::fromLatin1(pdf).count(page));
}

/// The text of each page, in reading order; empty where pdftotext is not installed.
inline QStringList pageTexts(const std::filesystem::path& path) {
  const QString program = QStandardPaths::findExecutable(QStringLiteral("pdftotext"));
  if (program.isEmpty()) return {};
  QProcess process;
  process.start(program,
                {QStringLiteral("-layout"), QString::fromStdString(path.string()), QStringLiteral("-")});
  process.waitForFinished();
  return QString::fromUtf8(process.readAllStandardOutput()).split(u'\f', Qt::SkipEmptyParts);
}

inline Prediction manyGenes(int count) {
  Prediction prediction = madePrediction();
  const GenePrediction pattern = prediction.genes[0];
  for (int i = int(prediction.genes.size()); i < count; ++i) {
    prediction.genes.push_back(pattern);
    prediction.genes.back().symbol = "GENE" + std::to_string(i);
    prediction.genes.back().group = i % 6 - 1;
    prediction.genes.back().percentile = i % 80;
  }
  const std::vector<float> ones(prediction.grid.count(), 1);
  std::vector<GeneMap> maps(size_t(count), {ones, ones, ones, {}});
  maps[0] = **prediction.maps.of(0);
  prediction.maps = heldMaps(maps);
  return prediction;
}

/// One of FSCN1, two of no gene: 400 x 300 pixels somewhere on the slide.
inline ReportPicture madePicture(const QString& caption, Point centre) {
  QImage image(400, 300, QImage::Format_RGB32);
  image.fill(qRgb(222, 170, 200));
  QBuffer png;
  png.open(QIODevice::WriteOnly);
  image.save(&png, "PNG");
  return {png.data(), {.centre = centre, .downsample = 2, .width = 400, .height = 300}, caption, {}, {}, {}};
}

}  // namespace geneglass::testing
