// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/window/parts/domain_banner.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "inference/prediction/withheld.h"

namespace geneglass {

DomainBanner::DomainBanner(QWidget* parent)
    : QFrame(parent),
      m_text(new QLabel),
      m_advice(new QLabel),
      m_take(new QPushButton),
      m_button(new QPushButton) {
  setObjectName(QStringLiteral("domainBanner"));
  m_text->setWordWrap(true);
  m_text->setTextFormat(Qt::PlainText);
  m_text->setAccessibleName(tr("Whether the tissue is like that the model learnt from"));
  m_button->setObjectName(QStringLiteral("showOutside"));
  m_button->setAccessibleName(tr("Show anyway"));
  m_advice->setObjectName(QStringLiteral("modelAdvice"));
  m_advice->setTextFormat(Qt::PlainText);
  m_advice->setWordWrap(true);  // or the text above is given a height for more width than there is
  m_take->setObjectName(QStringLiteral("takeSuitedModel"));
  m_advice->hide();
  m_take->hide();
  connect(m_take, &QPushButton::clicked, this, [this] { Q_EMIT modelWanted(m_suited); });
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(12, 6, 8, 6);
  auto* texts = new QVBoxLayout;
  texts->setSpacing(2);
  texts->addWidget(m_text);
  texts->addWidget(m_advice);
  layout->addLayout(texts, 1);
  layout->addWidget(m_take);
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

void DomainBanner::showAdvice(const ModelAdvice& advice) {
  const auto& suited = advice.suited();
  m_advice->setText(advice.state() == ModelAdvice::State::NotAsked  ? QString()
                    : advice.state() == ModelAdvice::State::Looking ? tr("Looking for a model that suits…")
                    : suited ? tr("Another installed model learnt from tissue like it: %1.")
                                   .arg(QString::fromStdString(suited->name))
                             : tr("No installed model learnt from such tissue."));
  m_advice->setVisible(!m_advice->text().isEmpty());
  m_take->setVisible(suited.has_value());
  if (!suited) return;
  m_suited = suited->folder;
  m_take->setText(tr("Use %1").arg(QString::fromStdString(suited->name)));
  m_take->setToolTip(QString::fromStdString(inWords(suited->domain)));
  m_take->setAccessibleName(m_take->text());
}

QString DomainBanner::sentence() const {
  return m_text->text();
}

}  // namespace geneglass
