// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/annotating/annotation_exchange.h"

#include <QStringList>
#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace geneglass {
namespace {

std::string endingOf(const std::filesystem::path& file) {
  std::string ending = file.extension().string();
  std::ranges::transform(ending, ending.begin(), [](unsigned char c) { return std::tolower(c); });
  return ending;
}

std::string dialectFor(const std::filesystem::path& file) {
  for (const AnnotationDialect& dialect : annotationDialects())
    if (endingOf(file) == dialect.extension) return dialect.key;
  return "geojson";
}

QString withRemarks(QString sentence, const std::vector<std::string>& remarks) {
  for (const std::string& remark : remarks) sentence += QLatin1Char(' ') + QString::fromStdString(remark);
  return sentence;
}

}  // namespace

bool hasAnnotationName(const std::filesystem::path& file) {
  static constexpr std::array kEndings{".geojson", ".json", ".xml", ".ndpa"};
  return std::ranges::find(kEndings, endingOf(file)) != kEndings.end();
}

AnnotationExchange::AnnotationExchange(AnnotationLayer& layer, QObject* parent)
    : QObject(parent), m_layer(layer) {}

AnnotationExchange::~AnnotationExchange() {
  m_mailbox->close();
}

/// Says, back in the window, why a job of the thread ended early.
JobThread::OnError AnnotationExchange::trouble(const QString& sentence, const std::filesystem::path& file) {
  return [this, mailbox = m_mailbox, sentence, file](const std::string& reason) {
    mailbox->post([this, sentence, file, reason] {
      Q_EMIT refused(sentence.arg(QString::fromStdString(file.string()), QString::fromStdString(reason)));
    });
  };
}

void AnnotationExchange::read(const std::filesystem::path& file) {
  const auto slide = m_layer.slide();
  if (!slide) {
    Q_EMIT refused(tr("Annotations are drawn on a slide: open it first, then “%1”.")
                       .arg(QString::fromStdString(file.filename().string())));
    return;
  }
  m_thread.add(
      [this, mailbox = m_mailbox, file, slide] {
        const SlideFrame frame = frameOf(*slide);
        auto found = std::make_shared<Result<ReadAnnotations>>(readAnnotations(file, &frame));
        mailbox->post([this, file, slide, found] { take(file, std::move(*found), slide.get()); });
      },
      trouble(tr("Cannot read “%1”: %2."), file));
}

void AnnotationExchange::take(const std::filesystem::path& file, Result<ReadAnnotations> read,
                              const Slide* of) {
  if (!read) {
    Q_EMIT refused(QString::fromStdString(read.error().sentence));
    return;
  }
  if (m_layer.slide().get() != of) return;  // another slide was opened meanwhile
  const QString name = QString::fromStdString(file.filename().string());
  const int count = static_cast<int>(read->annotations.size());
  AnnotationSetPtr set = m_layer.document().annotations();
  for (Annotation& annotation : read->annotations)
    if (set->find(annotation.id)) annotation.id.clear();  // the same file once more is a copy, not an edit
  for (const AnnotationClass& known : read->classes)
    if (std::ranges::find(set->classes(), known.name, &AnnotationClass::name) == set->classes().end())
      set = set->withClass(known);
  m_layer.document().change(set->with(std::move(read->annotations)), tr("Import %1").arg(name));
  Q_EMIT said(withRemarks(tr("%n annotation(s) of “%1” (%2) came in.", "", count)
                              .arg(name, QString::fromStdString(read->dialect)),
                          read->remarks));
}

void AnnotationExchange::write(const std::filesystem::path& file) {
  const auto slide = m_layer.slide();
  if (!slide) return;
  const AnnotationSetPtr set = m_layer.document().annotations();
  m_thread.add(
      [this, mailbox = m_mailbox, file, slide, set] {
        const SlideFrame frame = frameOf(*slide);
        auto written = std::make_shared<Result<WrittenAnnotations>>(
            writeAnnotations(*set, dialectFor(file), file, &frame));
        mailbox->post([this, file, written] {
          if (!*written) {
            Q_EMIT refused(QString::fromStdString(written->error().sentence));
            return;
          }
          Q_EMIT said(withRemarks(tr("%n annotation(s) were written to “%1”.", "", int((*written)->count))
                                      .arg(QString::fromStdString(file.filename().string())),
                                  (*written)->remarks));
        });
      },
      trouble(tr("Cannot write “%1”: %2."), file));
}

}  // namespace geneglass
