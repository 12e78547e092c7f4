// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/snapshots/snapshot_series.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "app/desktop/export/file_saver.h"
#include "app/desktop/export/picture_file.h"

namespace geneglass {

QString fileNameOf(QString text) {
  for (QChar& letter : text)
    if (letter == u'/' || letter == u'\\' || letter == u':' || letter.unicode() < 32) letter = u'_';
  return text;
}

Result<std::vector<std::filesystem::path>> seriesFiles(const QString& folder, const QStringList& names) {
  std::vector<std::filesystem::path> files;
  QStringList taken;
  for (const QString& name : names) {
    files.push_back(std::filesystem::path(folder.toStdString()) / name.toStdString());
    std::error_code ignored;
    if (std::filesystem::exists(std::filesystem::symlink_status(files.back(), ignored))) taken << name;
  }
  if (taken.isEmpty()) return files;
  return fail(
      fmt::format("Nothing was saved into '{}': {} of {} files are there already, '{}' first. Choose "
                  "another folder or other names.",
                  folder.toStdString(), taken.size(), names.size(), taken.first().toStdString()));
}

Result<QStringList> seriesNames(const QString& pattern, const QString& slide, const QStringList& symbols) {
  QStringList names;
  for (const QString& symbol : symbols) {
    QString name = fileNameOf(pattern);
    name.replace(QStringLiteral("{slide}"), fileNameOf(slide));
    name.replace(QStringLiteral("{gene}"), fileNameOf(symbol));
    if (const auto format = pictureFormatOf(name.toStdString()); !format)
      return tl::unexpected(format.error());
    if (names.contains(name))
      return fail("Two genes would be saved as '" + name.toStdString() +
                  "': the name must hold {gene}, which stands for the gene's symbol.");
    names << name;
  }
  return names;
}

SeriesGenes seriesGenes(const Prediction& prediction, const std::vector<int>& wanted) {
  SeriesGenes series;
  const QString computed = provisionalText(prediction);
  for (const int gene : wanted) {
    const GenePrediction& facts = prediction.genes[size_t(gene)];
    const QString symbol = QString::fromStdString(facts.symbol);
    if (!facts.wellPredicted)
      series.passedOver << SnapshotSeries::tr("%1 cannot be predicted by this model.").arg(symbol);
    else if (!computed.isEmpty())
      series.passedOver << SnapshotSeries::tr("%1 is provisional: %2.").arg(symbol, computed);
    else
      series.genes.push_back(gene);
  }
  return series;
}

SnapshotSeries::SnapshotSeries(FileSaver& saver, QObject* parent) : QObject(parent), m_saver(saver) {
  connect(&m_saver, &FileSaver::saved, this, [this](const QString& file) {
    if (!m_isRunning || file.toStdString() != m_items[m_saved].file.string()) return;
    ++m_saved;
    next();
  });
  connect(&m_saver, &FileSaver::cancelled, this, [this] {
    if (m_isRunning) end();
  });
  connect(&m_saver, &FileSaver::refused, this, [this] {
    if (m_isRunning) end();
  });
}

void SnapshotSeries::start(std::shared_ptr<const Prediction> prediction, std::vector<Item> items,
                           MakeRequest make) {
  if (m_isRunning) end();
  m_prediction = std::move(prediction);
  m_items = std::move(items);
  m_make = std::move(make);
  m_saved = 0;
  m_isRunning = true;
  next();
}

void SnapshotSeries::next() {
  if (m_saved == m_items.size()) return end();
  const Item& item = m_items[m_saved];
  m_maps.want(m_prediction, item.gene, [this, item] {
    if (m_isRunning) m_saver.save(m_make(item));
  });
}

void SnapshotSeries::end() {
  m_isRunning = false;
  m_maps.drop();
  m_prediction.reset();
  Q_EMIT finished(int(m_saved), int(m_items.size()));
}

}  // namespace geneglass
