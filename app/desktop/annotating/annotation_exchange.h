// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <filesystem>
#include <memory>

#include "app/desktop/annotating/annotation_layer.h"
#include "app/desktop/workplace/job_thread.h"
#include "app/desktop/workplace/mailbox.h"
#include "viewer/annotation/annotation_file.h"

namespace geneglass {

/// Brings annotations of other programs in, and writes ours for them, behind the window. What was read is one
/// step of the case. GUI thread.
class AnnotationExchange final : public QObject {
  Q_OBJECT

 public:
  explicit AnnotationExchange(AnnotationLayer& layer, QObject* parent = nullptr);  ///< which outlives it
  ~AnnotationExchange() override;

  void read(const std::filesystem::path& file);
  void write(const std::filesystem::path& file);  ///< in the dialect that its ending says; else GeoJSON

 Q_SIGNALS:
  void said(const QString& sentences);  ///< how many came in or went out, and what was left out and why
  void refused(const QString& sentence);

 private:
  JobThread::OnError trouble(const QString& sentence, const std::filesystem::path& file);
  void take(const std::filesystem::path& file, Result<ReadAnnotations> read, const Slide* of);

  AnnotationLayer& m_layer;
  const std::shared_ptr<Mailbox> m_mailbox = std::make_shared<Mailbox>(this);
  JobThread m_thread;
};

/// Whether a file of this name may hold annotations: .geojson, .json, .xml, .ndpa.
bool hasAnnotationName(const std::filesystem::path& file);

}  // namespace geneglass
