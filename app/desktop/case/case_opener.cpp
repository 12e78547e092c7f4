// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/case/case_opener.h"

#include <utility>

#include "app/desktop/case/case_slide.h"

namespace geneglass {

CaseOpener::CaseOpener(LetGo letGo, QObject* parent)
    : QObject(parent), m_letGo(std::move(letGo)), m_mailbox(std::make_shared<Mailbox>(this)) {}

CaseOpener::~CaseOpener() {
  m_mailbox->close();
  m_letGo(std::move(m_reader));
}

void CaseOpener::giveUp() {
  ++m_mailbox->serial;
}

void CaseOpener::open(const std::filesystem::path& file, Found found) {
  const int wanted = ++m_mailbox->serial;
  const auto refuse = [this, mailbox = m_mailbox, wanted](const std::string& sentence) {
    mailbox->post(wanted, [this, sentence] { Q_EMIT refused(QString::fromStdString(sentence)); });
  };
  m_reader->add(
      [mailbox = m_mailbox, wanted, file, refuse, found = std::move(found)] {
        const Result<std::filesystem::path> slide = slideOfCase(file);
        if (!slide) return refuse(slide.error().sentence);
        mailbox->post(wanted, [found, slide = *slide] { found(slide); });
      },
      [file, refuse](const std::string& reason) {
        refuse("Cannot open '" + file.string() + "': " + reason + ".");
      });
}

}  // namespace geneglass
