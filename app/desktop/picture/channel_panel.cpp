// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/picture/channel_panel.h"
#include "viewer/wording/number_text.h"

#include <QCheckBox>
#include <QColorDialog>
#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

namespace geneglass {
namespace {

constexpr int kRangeSteps = 1000;  ///< of a slider over all values there can be
constexpr int kSoonMilliseconds = 40;

/// The square root, so that the dark values, where most signals are, have most of the way.
int stepOf(const Channel& channel, double value) {
  const double share = (value - channel.least) / (channel.most - channel.least);
  return static_cast<int>(std::lround(kRangeSteps * std::sqrt(std::clamp(share, 0.0, 1.0))));
}

double valueAt(const Channel& channel, int step) {
  const double share = static_cast<double>(step) / kRangeSteps;
  return channel.least + (channel.most - channel.least) * share * share;
}

QIcon swatch(uint32_t colour) {
  QPixmap pixels(16, 16);
  pixels.fill(QColor(QRgb(colour)));
  QPainter painter(&pixels);
  painter.setPen(QColor(128, 128, 128));
  painter.drawRect(0, 0, 15, 15);
  return pixels;
}

QSlider* makeSlider(const QString& accessibleName) {
  auto* slider = new QSlider(Qt::Horizontal);
  slider->setRange(0, kRangeSteps);
  slider->setPageStep(kRangeSteps / 20);
  slider->setAccessibleName(accessibleName);
  return slider;
}

}  // namespace

ChannelPanel::ChannelPanel(QWidget* parent) : QWidget(parent), m_layout(new QVBoxLayout(this)) {
  m_layout->setContentsMargins(10, 8, 10, 10);
  m_layout->setSpacing(6);
  auto* head = new QHBoxLayout;
  auto* heading = new QLabel(tr("Channels"));
  QFont bold = heading->font();
  bold.setBold(true);
  heading->setFont(bold);
  head->addWidget(heading, 1);
  auto* reset = new QPushButton(tr("Reset"));
  reset->setAccessibleName(tr("Reset the channels"));
  reset->setToolTip(tr("As they were when the slide opened"));
  head->addWidget(reset);
  m_layout->addLayout(head);
  m_soon.setSingleShot(true);
  m_soon.setInterval(kSoonMilliseconds);
  connect(&m_soon, &QTimer::timeout, this, &ChannelPanel::chosen);
  connect(reset, &QPushButton::clicked, this, [this] {
    for (size_t i = 0; i < m_now.size(); ++i) change(i, m_opened[i]);
  });
  setAccessibleName(tr("Channels"));
  hide();
}

void ChannelPanel::showChannels(const std::vector<Channel>& opened, const std::vector<Channel>& now) {
  m_soon.stop();
  delete m_list;
  m_rows.clear();
  m_opened = opened;
  m_now = now;
  m_list = new QWidget;
  auto* grid = new QGridLayout(m_list);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setVerticalSpacing(3);
  grid->setColumnStretch(1, 1);
  m_layout->addWidget(m_list);
  for (size_t i = 0; i < m_now.size(); ++i) addRow(i);
  setVisible(!m_now.empty());
}

void ChannelPanel::addRow(size_t channel) {
  const QString name = QString::fromStdString(m_now[channel].name);
  Row row{new QCheckBox(name), new QPushButton, makeSlider(tr("Black of %1").arg(name)),
          makeSlider(tr("Brightest of %1").arg(name)), new QLabel};
  row.shown->setAccessibleName(tr("Show %1").arg(name));
  row.colour->setAccessibleName(tr("Colour of %1").arg(name));
  row.colour->setToolTip(tr("Chooses another colour"));
  row.colour->setFixedWidth(4 * fontMetrics().averageCharWidth());
  row.range->setAccessibleName(tr("Range of %1").arg(name));
  row.range->setEnabled(false);
  auto* grid = static_cast<QGridLayout*>(m_list->layout());
  const int at = grid->rowCount();
  grid->addWidget(row.shown, at, 0, 1, 2);
  grid->addWidget(row.colour, at, 2);
  grid->addWidget(new QLabel(tr("Black")), at + 1, 0);
  grid->addWidget(row.low, at + 1, 1, 1, 2);
  grid->addWidget(new QLabel(tr("Bright")), at + 2, 0);
  grid->addWidget(row.high, at + 2, 1, 1, 2);
  grid->addWidget(row.range, at + 3, 0, 1, 3);
  grid->setRowMinimumHeight(at + 4, 6);
  connect(row.shown, &QCheckBox::toggled, this, [this, channel](bool on) {
    Channel wanted = m_now[channel];
    wanted.shown = on;
    change(channel, wanted);
  });
  connect(row.colour, &QPushButton::clicked, this, [this, channel] { askForColour(channel); });
  connect(row.low, &QSlider::valueChanged, this,
          [this, channel](int step) { takeRange(channel, true, step); });
  connect(row.high, &QSlider::valueChanged, this,
          [this, channel](int step) { takeRange(channel, false, step); });
  m_rows.push_back(row);
  showRow(channel);
}

void ChannelPanel::showRow(size_t channel) {
  const Row& row = m_rows[channel];
  const Channel& now = m_now[channel];
  const QSignalBlocker quiet[] = {QSignalBlocker(row.shown), QSignalBlocker(row.low),
                                  QSignalBlocker(row.high)};
  row.shown->setChecked(now.shown);
  row.colour->setIcon(swatch(now.colour));
  row.low->setValue(stepOf(now, now.low));
  row.high->setValue(stepOf(now, now.high));
  row.range->setText(
      tr("%1 to %2, %3")
          .arg(shortNumber(now.low, 5), shortNumber(now.high, 5), QString::fromStdString(now.unit)));
  for (QWidget* each :
       {static_cast<QWidget*>(row.colour), static_cast<QWidget*>(row.low), static_cast<QWidget*>(row.high)})
    each->setEnabled(now.shown);
}

void ChannelPanel::change(size_t channel, const Channel& wanted) {
  if (wanted == m_now[channel]) return;
  m_now[channel] = wanted;
  showRow(channel);
  if (!m_soon.isActive()) m_soon.start();
}

/// The two ends push one another: black stays below bright.
void ChannelPanel::takeRange(size_t channel, bool isLow, int step) {
  Channel wanted = m_now[channel];
  const int kept = isLow ? std::min(step, kRangeSteps - 1) : std::max(step, 1);
  (isLow ? wanted.low : wanted.high) = valueAt(wanted, kept);
  if (wanted.low >= wanted.high)
    (isLow ? wanted.high : wanted.low) = valueAt(wanted, isLow ? kept + 1 : kept - 1);
  change(channel, wanted);
  if (kept != step) showRow(channel);
}

void ChannelPanel::askForColour(size_t channel) {
  auto* dialog = new QColorDialog(QColor(QRgb(m_now[channel].colour)), this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(tr("Colour of %1").arg(QString::fromStdString(m_now[channel].name)));
  connect(m_list, &QObject::destroyed, dialog, &QDialog::close);
  connect(dialog, &QColorDialog::colorSelected, this, [this, channel](const QColor& colour) {
    if (channel >= m_now.size()) return;
    Channel wanted = m_now[channel];
    wanted.colour = colour.rgb() & 0xffffffu;
    change(channel, wanted);
  });
  dialog->open();
}

}  // namespace geneglass
