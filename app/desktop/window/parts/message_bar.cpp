// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/window/parts/message_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <utility>

namespace geneglass {

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent), m_text(new QLabel), m_remedyButton(new QPushButton) {
  setObjectName(QStringLiteral("messageBar"));
  m_text->setWordWrap(true);
  m_text->setTextFormat(Qt::PlainText);
  m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_text->setAccessibleName(tr("Message"));
  auto* close = new QPushButton(tr("Dismiss"));
  close->setAccessibleName(tr("Dismiss the message"));
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(12, 6, 8, 6);
  layout->addWidget(m_text, 1);
  layout->addWidget(m_remedyButton);
  layout->addWidget(close);
  connect(close, &QPushButton::clicked, this, &MessageBar::dismiss);
  connect(m_remedyButton, &QPushButton::clicked, this, [this] {
    if (m_remedy) m_remedy();
  });
  m_remedyButton->hide();
  hide();
}

void MessageBar::say(const QString& sentence, const QString& remedyName, std::function<void()> remedy) {
  m_text->setText(sentence);
  m_remedy = std::move(remedy);
  m_remedyButton->setText(remedyName);
  m_remedyButton->setAccessibleName(remedyName);
  m_remedyButton->setVisible(!remedyName.isEmpty());
  setVisible(!sentence.isEmpty());
  if (!sentence.isEmpty()) Q_EMIT said(sentence);
}

void MessageBar::note(const QString& sentence) {
  Q_EMIT noted(sentence);
}

void MessageBar::dismiss() {
  say({});
}

QString MessageBar::sentence() const {
  return m_text->text();
}

}  // namespace geneglass
