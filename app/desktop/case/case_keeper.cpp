// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/case/case_keeper.h"

#include <QStandardPaths>
#include <utility>

namespace geneglass {

CaseKeeper::CaseKeeper(Case& kept, LetGo letGo, size_t stepsKept)
    : m_case(kept),
      m_letGo(std::move(letGo)),
      m_stepsKept(stepsKept),
      m_mailbox(std::make_shared<Mailbox>(this)) {
  connect(&m_case, &Case::changed, this, &CaseKeeper::keep);
}

CaseKeeper::~CaseKeeper() {
  m_mailbox->close();
  retire();
}

/// It writes what is left, elsewhere.
void CaseKeeper::retire() {
  if (m_writer) m_letGo(std::move(m_writer));
  m_writer = nullptr;
}

CaseReports CaseKeeper::reports(int serial) {
  const auto post = [this, mailbox = m_mailbox, serial](std::function<void()> job) {
    mailbox->post([this, serial, job = std::move(job)] {
      if (serial == m_serial) job();
    });
  };
  const auto tell = [this, post](void (CaseKeeper::*signal)(const QString&), const std::string& sentence) {
    post([this, signal, text = QString::fromStdString(sentence)] { Q_EMIT(this->*signal)(text); });
  };
  return {.found =
              [this, post](std::optional<CaseContent> content, AnnotationSetPtr annotations) {
                post([this, content = std::move(content), annotations] { take(content, annotations); });
              },
          .saved =
              [this, post](uint64_t number) {
                post([this, number] {
                  m_saved = number;
                  Q_EMIT saved();
                });
              },
          .refused = [tell](const std::string& sentence) { tell(&CaseKeeper::saveRefused, sentence); },
          .said = [tell](const std::string& sentence) { tell(&CaseKeeper::said, sentence); }};
}

void CaseKeeper::open(const CasePlace& place, const SlideIdentity& slide) {
  if (m_writer && slide.hash == m_case.content().slide.hash && place.file == m_place.file) {
    if (!m_isOpening) Q_EMIT opened(true);
    return;
  }
  retire();
  m_place = place;
  ++m_serial;
  m_added = m_saved = 0;
  m_isOpening = true;
  m_case.begin(slide);
  m_writer = std::make_shared<CaseWriter>(place, m_case.content(), reports(m_serial), m_stepsKept);
}

void CaseKeeper::take(std::optional<CaseContent> content, const AnnotationSetPtr& annotations) {
  m_isOpening = false;
  const bool found = content.has_value();
  if (found)
    m_case.take(std::move(*content), annotations);
  else if (!m_case.content().steps.empty())
    keep({m_case.content().steps, m_case.content().head, m_case.content().entries});
  Q_EMIT opened(found);
}

/// What happens while the case is read comes in with take().
void CaseKeeper::keep(const CaseChanges& changes) {
  if (!m_writer || m_isOpening) return;
  if (const uint64_t number = m_writer->add(changes); number > 0) m_added = number;
}

void CaseKeeper::saveAs(const std::filesystem::path& file) {
  if (m_writer) m_writer->saveAs(file);
}

std::filesystem::path CaseKeeper::file() const {
  return m_writer ? m_writer->target() : std::filesystem::path();
}

std::filesystem::path ownCaseFolder() {
  if (const QString named = qEnvironmentVariable("GENEGLASS_CASES"); !named.isEmpty())
    return named.toStdString();
  return std::filesystem::path(
             QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation).toStdString()) /
         "geneglass" / "cases";
}

}  // namespace geneglass
