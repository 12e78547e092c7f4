// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/browsing/magnification_box.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QToolButton>
#include <cmath>
#include <numbers>
#include <utility>

#include "app/desktop/browsing/place_text.h"

namespace geneglass {

MagnificationBox::MagnificationBox(QWidget* parent)
    : QWidget(parent), m_box(new QComboBox), m_beyond(new QLabel), m_angle(new QToolButton) {
  m_box->setEditable(true);
  m_box->setInsertPolicy(QComboBox::NoInsert);
  m_box->setAccessibleName(tr("Magnification"));
  m_box->setToolTip(tr("Type a magnification, such as 12.5, or 1 : 2 for two slide pixels a screen pixel"));
  m_box->lineEdit()->setAccessibleName(tr("Magnification"));
  m_box->setMinimumWidth(m_box->fontMetrics().horizontalAdvance(QStringLiteral("1 : 128.0×")) + 36);
  m_box->setCompleter(nullptr);
  for (const char* choice : {"40×", "20×", "10×", "5×", "2.5×", "1.25×", "1 : 1"})
    m_box->addItem(QString::fromUtf8(choice));
  m_box->addItem(tr("Fit"));
  m_beyond->setObjectName(QStringLiteral("beyondScan"));
  m_beyond->setProperty("refusal", true);
  m_beyond->setText(tr("beyond the scan"));
  m_beyond->setToolTip(tr(
      "Nearer than the slide was scanned: one of its pixels takes several of the screen's, so nothing more "
      "can be seen."));
  m_angle->setObjectName(QStringLiteral("angle"));
  m_angle->setAutoRaise(true);
  m_angle->setToolTip(tr(
      "How far the slide is turned clockwise, and whether left and right are exchanged then; a click, or the "
      "key 0, shows it as scanned"));
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_box);
  layout->addWidget(m_beyond);
  layout->addWidget(m_angle);
  connect(m_box, &QComboBox::activated, this, [this](int choice) { take(m_box->itemText(choice)); });
  connect(m_box->lineEdit(), &QLineEdit::returnPressed, this, [this] { take(m_box->currentText()); });
  connect(m_angle, &QToolButton::clicked, this, &MagnificationBox::uprightWanted);
  showView(nullptr, {});
}

void MagnificationBox::take(const QString& text) {
  if (!m_slide) return;
  if (text.trimmed().compare(tr("Fit"), Qt::CaseInsensitive) == 0) {
    Q_EMIT fitWanted();
  } else if (const auto downsample = downsampleOf(text, *m_slide)) {
    Q_EMIT downsampleWanted(*downsample);
  } else {
    Q_EMIT refused(QString::fromStdString(downsample.error().sentence));
  }
  m_box->setEditText(m_shown);
  Q_EMIT finished();
}

void MagnificationBox::showView(std::shared_ptr<const Slide> slide, const Viewport& viewport) {
  m_slide = std::move(slide);
  setEnabled(m_slide != nullptr);
  const bool isTyping = m_box->lineEdit()->hasFocus() && m_box->currentText() != m_shown;
  m_shown = m_slide ? magnificationText(viewport.downsample, *m_slide) : QString();
  if (!isTyping) m_box->setEditText(m_shown);
  m_beyond->setVisible(m_slide && viewport.downsample < 0.999);
  const double degrees = std::remainder(viewport.rotation * 180 / std::numbers::pi, 360.0);
  const bool isTurned = std::abs(degrees) >= 0.05;
  m_angle->setVisible(m_slide && (isTurned || viewport.isMirrored));
  const QString angle =
      tr("%1°").arg(QLocale().toString(degrees, 'f', std::abs(degrees - std::round(degrees)) < 0.05 ? 0 : 1));
  m_angle->setText(!viewport.isMirrored ? angle : isTurned ? tr("%1, mirrored").arg(angle) : tr("mirrored"));
  m_angle->setAccessibleName(isTurned ? tr("Turned by %1, make it upright").arg(m_angle->text())
                                      : tr("Mirrored, show it as scanned"));
}

}  // namespace geneglass
