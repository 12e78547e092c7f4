// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/session/prediction_status.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <cmath>

namespace geneglass {

constexpr int kSteps = 1000;

/// As Progress names them.
[[maybe_unused]] constexpr const char* kStages[] = {
    QT_TRANSLATE_NOOP("Progress", "finding tissue"),
    QT_TRANSLATE_NOOP("Progress", "cutting the picture into tiles"),
    QT_TRANSLATE_NOOP("Progress", "reading the encoder's weights"),
    QT_TRANSLATE_NOOP("Progress", "encoding tiles"),
    QT_TRANSLATE_NOOP("Progress", "predicting genes"),
    QT_TRANSLATE_NOOP("Progress", "reading tiles"),
    QT_TRANSLATE_NOOP("Progress", "waiting for the other slide"),
    QT_TRANSLATE_NOOP("Progress", "tiles of slides"),
    QT_TRANSLATE_NOOP("Progress", "features of slides"),
    QT_TRANSLATE_NOOP("Progress", "features of spots"),
    QT_TRANSLATE_NOOP("Progress", "slides looked at"),
    QT_TRANSLATE_NOOP("Progress", "filling the bank of negatives"),
    QT_TRANSLATE_NOOP("Progress", "training the encoder, step"),
    QT_TRANSLATE_NOOP("Progress", "linear heads, fold"),
    QT_TRANSLATE_NOOP("Progress", "evaluating case")};

QString stageText(const std::string& stage) {
  return QCoreApplication::translate("Progress", stage.c_str());
}

QString timeLeftText(double seconds) {
  if (seconds < 0) return {};
  if (seconds < 60) return PredictionStatus::tr("about %1 s left").arg(std::lround(std::ceil(seconds)));
  return PredictionStatus::tr("about %1 min left").arg(std::lround(std::ceil(seconds / 60)));
}

PredictionStatus::PredictionStatus(QWidget* parent)
    : QWidget(parent), m_text(new QLabel), m_bar(new QProgressBar), m_cancel(new QPushButton(tr("Cancel"))) {
  m_text->setAccessibleName(tr("State of the prediction"));
  m_bar->setAccessibleName(tr("Progress of the prediction"));
  m_bar->setFixedSize(20 * fontMetrics().averageCharWidth(), fontMetrics().height());
  m_bar->setTextVisible(false);
  m_cancel->setAccessibleName(tr("Cancel the prediction"));
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_text);
  layout->addWidget(m_bar);
  layout->addWidget(m_cancel);
  connect(m_cancel, &QPushButton::clicked, this, &PredictionStatus::cancelled);
  hide();
}

void PredictionStatus::begin() {
  m_precision.clear();
  m_first = -1;
  m_text->setText(tr("Predicting"));
  m_bar->setRange(0, 0);
  show();
}

void PredictionStatus::showProgress(const Progress& progress) {
  constexpr qint64 kSoonest = 500;  // ms; a rate over less says nothing
  QString text = tr("Predicting: %1").arg(stageText(progress.stage));
  if (progress.total > 0) {
    if (m_first < 0 || progress.stage != m_stage) {
      m_stage = progress.stage;
      m_first = progress.done;
      m_clock.start();
    }
    text += tr(", %1 of %2").arg(progress.done).arg(progress.total);
    if (const qint64 elapsed = m_clock.elapsed(); elapsed >= kSoonest)
      text += tr(", %1/s").arg(std::lround(1000 * double(progress.done - m_first) / double(elapsed)));
    if (!m_precision.isEmpty()) text += QStringLiteral(", ") + m_precision;
  }
  if (const QString left = timeLeftText(progress.secondsLeft); !left.isEmpty())
    text += QStringLiteral(", ") + left;
  m_text->setText(text);
  m_bar->setRange(0, progress.total > 0 ? kSteps : 0);
  if (progress.total > 0) m_bar->setValue(int(kSteps * double(progress.done) / double(progress.total)));
}

}  // namespace geneglass
