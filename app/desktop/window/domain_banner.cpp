// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/window/domain_banner.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "inference/prediction/withheld.h"

namespace geneglass {

DomainBanner::DomainBanner(QWidget* parent) : QFrame(parent), m_text(new QLabel), m_button(new QPushButton) {
  setObjectName(QStringLiteral("domainBanner"));
  m_text->setWordWrap(true);
  m_text->setTextFormat(Qt::PlainText);
  m_text->setAccessibleName(tr("Whether the tissue is like that the model learnt from"));
  m_button->setObjectName(QStringLiteral("showOutside"));
  m_button->setAccessibleName(tr("Show anyway"));
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(12, 6, 8, 6);
  layout->addWidget(m_text, 1);
  layout->addWidget(m_button);
  connect(m_button, &QPushButton::clicked, this, [this] { Q_EMIT allWanted(m_withheld); });
  hide();
}

void DomainBanner::showPrediction(const Prediction* prediction) {
  const bool outside = prediction && isOutside(*prediction);
  setVisible(outside);
  m_text->setText(outside ? QString::fromStdString(outsideSentence(*prediction)) : QString());
  if (!outside) return;
  setToolTip(QString::fromStdString(inWords(*prediction->domain)));
  m_withheld = prediction->withheld;
  m_button->setText(m_withheld ? tr("Show anyway") : tr("Withhold again"));
  m_button->setAccessibleName(m_button->text());
}

QString DomainBanner::sentence() const {
  return m_text->text();
}

}  // namespace geneglass
