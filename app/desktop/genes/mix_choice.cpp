// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/genes/mix_choice.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <algorithm>

namespace geneglass {

MixChoice::MixChoice(QWidget* parent) : QWidget(parent), m_text(new QLabel), m_ways(new QComboBox) {
  m_ways->addItem(tr("colours added"), int(ColourMix::Sum));
  m_ways->addItem(tr("the highest on its scale"), int(ColourMix::Highest));
  m_ways->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_ways->setMinimumContentsLength(9);
  m_ways->setAccessibleName(tr("How several genes are shown"));
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_text);
  layout->addWidget(m_ways, 1);
  connect(m_ways, &QComboBox::activated, this, &MixChoice::chosen);
  hide();
}

void MixChoice::showCount(size_t genes) {
  setVisible(genes > 1);
  m_text->setText(tr("%n gene(s) together:", nullptr, int(genes)));
  const int twoWay = m_ways->findData(int(ColourMix::TwoWay));
  if (genes == 2 && twoWay < 0) m_ways->addItem(tr("two-way"), int(ColourMix::TwoWay));
  if (genes != 2 && twoWay >= 0) m_ways->removeItem(twoWay);
}

void MixChoice::choose(ColourMix mix) {
  m_ways->setCurrentIndex(std::max(0, m_ways->findData(int(mix))));
}

ColourMix MixChoice::mix() const {
  return ColourMix(m_ways->currentData().toInt());
}

}  // namespace geneglass
