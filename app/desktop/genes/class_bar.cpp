// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/genes/class_bar.h"

#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

#include "inference/prediction/class_colours.h"
#include "viewer/wording/number_text.h"

namespace geneglass {

static QString shareText(const SlideCall& call, size_t each) {
  return ClassBar::tr("%1 %2 %").arg(QString::fromStdString(call.facts.classes[each].name),
                                     numberText(100 * call.probabilities[each], 0));
}

QString sharesText(const SlideCall& call) {
  QStringList shares;
  for (const size_t each : classesByShare(call))
    if (call.probabilities[each] > 0) shares << shareText(call, each);
  return shares.join(QStringLiteral(", "));
}

ClassBar::ClassBar(QWidget* parent) : QWidget(parent), m_numbers(new QLabel) {
  setAccessibleName(tr("Tiles by class"));
  m_numbers->setAccessibleName(tr("Tiles by class"));
  m_numbers->setTextFormat(Qt::RichText);
  m_numbers->setWordWrap(true);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, barHeight() + 2, 0, 0);
  layout->addWidget(m_numbers);
}

int ClassBar::barHeight() const {
  return fontMetrics().height() * 2 / 3;
}

void ClassBar::showCall(const Prediction& prediction, const SlideCall& call) {
  m_parts.clear();
  QStringList numbers;
  for (const size_t each : classesByShare(call)) {
    if (!(call.probabilities[each] > 0)) continue;
    const QColor colour = QColor::fromRgb(classColour(prediction.panel, call.facts, each));
    m_parts.push_back({call.probabilities[each], colour});
    numbers
        << QStringLiteral("<span style='color:%1'>■</span>&nbsp;%2")
               .arg(
                   colour.name(),
                   shareText(call, each).toHtmlEscaped().replace(QLatin1Char(' '), QStringLiteral("&nbsp;")));
  }
  m_numbers->setText(numbers.join(QStringLiteral("  ")));
  setAccessibleDescription(sharesText(call));
  update();
}

void ClassBar::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  double left = 0;
  for (const Part& part : m_parts) {
    const double right = left + part.share * width();
    painter.fillRect(QRectF(left, 0, right - left, barHeight()), part.colour);
    left = right;
  }
}

}  // namespace geneglass
