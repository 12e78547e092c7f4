// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/layers/caption_overlay.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <functional>

#include "app/desktop/session/slide_picture.h"
#include "inference/prediction/withheld.h"
#include "viewer/canvas/plate.h"

namespace geneglass {
namespace {

/// Words from the end on are left out until the box is no higher than `most`, pixels.
QString shortened(const QString& text, double most, const std::function<QRectF(const QString&)>& boxOf) {
  if (boxOf(text).height() <= most) return text;
  const QString end =
      QStringLiteral("… ") + QCoreApplication::translate("CaptionOverlay", "Research use only.");
  QStringList words = text.split(QLatin1Char(' '));
  const auto joined = [&] { return words.join(QLatin1Char(' ')) + end; };
  while (words.size() > 1 && boxOf(joined()).height() > most) words.removeLast();
  return joined();
}

}  // namespace

QString modelCaption(const Prediction& prediction) {
  QString statement = QString::fromStdString(prediction.modelStatement);
  if (statement.isEmpty()) statement = QString::fromStdString(prediction.modelName);
  if (!statement.isEmpty()) statement.front() = statement.front().toUpper();
  if (!statement.endsWith(QLatin1Char('.'))) statement += QLatin1Char('.');
  const QString use = QCoreApplication::translate("CaptionOverlay", "Research use only.");
  const bool says = statement.endsWith(QStringLiteral("research use only."), Qt::CaseInsensitive);
  QString caption = says ? statement : statement + QLatin1Char(' ') + use;
  if (isOutside(prediction))
    caption = QCoreApplication::translate("CaptionOverlay", "Unlike the training tissue. %1").arg(caption);
  const QString provisional = provisionalCaption(prediction);
  return provisional.isEmpty() ? caption : provisional + QLatin1Char(' ') + caption;
}

QString provisionalCaption(const Prediction& prediction) {
  const QString computed = provisionalText(prediction);
  return computed.isEmpty() ? computed
                            : QCoreApplication::translate("CaptionOverlay", "Provisional: %1.").arg(computed);
}

void CaptionOverlay::paint(QPainter& painter, const Viewport& viewport) const {
  if (m_text.isEmpty()) return;
  painter.save();
  const double unit = plateUnit(painter), margin = 12 * unit, padding = 7 * unit;
  const QFont font = plateFont(painter, 9.75);
  painter.setFont(font);
  const QRectF room(margin + padding, margin + padding, viewport.width * 0.6, viewport.height);
  const auto boxOf = [&](const QString& text) {
    return QFontMetricsF(font).boundingRect(room, Qt::AlignLeft | Qt::TextWordWrap, text);
  };
  const QString text = shortened(m_text, m_most * viewport.height, boxOf);
  const QRectF box = boxOf(text);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(QColor(255, 255, 255, 225));
  painter.drawRoundedRect(box.adjusted(-padding, -padding, padding, padding), 4 * unit, 4 * unit);
  painter.setPen(QColor(30, 30, 30));
  painter.drawText(box, Qt::AlignLeft | Qt::TextWordWrap, text);
  painter.restore();
}

}  // namespace geneglass
