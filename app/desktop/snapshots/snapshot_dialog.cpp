// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/snapshots/snapshot_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>
#include <utility>

#include "app/desktop/export/banded_snapshot.h"
#include "viewer/wording/number_text.h"

namespace geneglass {

SnapshotDialog::SnapshotDialog(SnapshotRequest request, const SnapshotChoice& choice, QWidget* parent)
    : QDialog(parent),
      m_request(std::move(request)),
      m_format(new QComboBox),
      m_sizing(new QComboBox),
      m_longSide(new QSpinBox),
      m_downsample(new QDoubleSpinBox),
      m_annotations(new QCheckBox(tr("&Annotations"))),
      m_legend(new QCheckBox(tr("&Legend of the map"))),
      m_scaleBar(new QCheckBox(tr("&Scale bar"))),
      m_caption(new QCheckBox(tr("&Title and model, beneath"))),
      m_orientation(new QCheckBox(tr("&Orientation of the slide"))),
      m_overview(new QCheckBox(tr("O&verview of the slide"))),
      m_estimate(new QLabel) {
  setWindowTitle(tr("Save a snapshot of the view"));
  build();
  show(choice);
  for (QComboBox* box : {m_format, m_sizing})
    connect(box, &QComboBox::currentIndexChanged, this, &SnapshotDialog::showEstimate);
  connect(m_longSide, &QSpinBox::valueChanged, this, &SnapshotDialog::showEstimate);
  connect(m_downsample, &QDoubleSpinBox::valueChanged, this, &SnapshotDialog::showEstimate);
  for (QCheckBox* box : {m_annotations, m_legend, m_scaleBar, m_caption, m_orientation, m_overview})
    connect(box, &QCheckBox::toggled, this, &SnapshotDialog::showEstimate);
  showEstimate();
}

void SnapshotDialog::build() {
  m_format->addItems({tr("PNG, without loss"), tr("JPEG, small"), tr("TIFF, for other programs"),
                      tr("SVG, annotations as lines")});
  m_sizing->addItems({tr("As on the screen"), tr("Twice the screen"), tr("By its longer side"),
                      tr("By the slide's pixels")});
  m_longSide->setRange(64, kMostSnapshotSide);
  m_longSide->setSuffix(tr(" pixels"));
  m_downsample->setRange(0.1, 1000);
  m_downsample->setDecimals(2);
  m_downsample->setPrefix(tr("1 : "));
  m_format->setAccessibleName(tr("Format"));
  m_sizing->setAccessibleName(tr("Size"));
  m_longSide->setAccessibleName(tr("Longer side"));
  m_downsample->setAccessibleName(tr("Slide pixels per pixel"));
  m_estimate->setAccessibleName(tr("How large it will be"));
  m_estimate->setWordWrap(true);
  m_estimate->setMinimumWidth(50 * fontMetrics().averageCharWidth());
  auto* form = new QFormLayout;
  form->addRow(tr("&Format"), m_format);
  form->addRow(tr("Si&ze"), m_sizing);
  form->addRow(tr("Longer si&de"), m_longSide);
  form->addRow(tr("Slide &pixels"), m_downsample);
  auto* shown = new QVBoxLayout;
  for (QCheckBox* box : {m_annotations, m_legend, m_scaleBar, m_caption, m_orientation, m_overview})
    shown->addWidget(box);
  form->addRow(tr("With"), shown);
  m_overview->setToolTip(
      tr("The whole slide, small, with the outline of the view; not where all of it is in view anyway"));
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
  m_save = buttons->addButton(tr("Save…"), QDialogButtonBox::AcceptRole);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  auto* layout = new QVBoxLayout(this);
  layout->addLayout(form);
  layout->addWidget(m_estimate);
  layout->addWidget(buttons);
}

void SnapshotDialog::show(const SnapshotChoice& choice) {
  m_format->setCurrentIndex(int(choice.format));
  m_sizing->setCurrentIndex(int(choice.sizing));
  m_longSide->setValue(choice.longSide);
  m_downsample->setValue(choice.downsample);
  m_annotations->setChecked(choice.parts.annotations);
  m_legend->setChecked(choice.parts.legend);
  m_scaleBar->setChecked(choice.parts.scaleBar);
  m_caption->setChecked(choice.parts.caption);
  m_orientation->setChecked(choice.parts.orientation);
  m_overview->setChecked(choice.parts.overview);
}

SnapshotChoice SnapshotDialog::choice() const {
  return {static_cast<PictureFormat>(m_format->currentIndex()),
          static_cast<SnapshotSizing>(m_sizing->currentIndex()),
          m_longSide->value(),
          m_downsample->value(),
          {m_annotations->isChecked(), m_legend->isChecked(), m_scaleBar->isChecked(), m_caption->isChecked(),
           m_orientation->isChecked(), m_overview->isChecked()}};
}

QString SnapshotDialog::estimate() const {
  return m_estimate->text();
}

void SnapshotDialog::showEstimate() {
  const SnapshotChoice wanted = choice();
  m_longSide->setEnabled(wanted.sizing == SnapshotSizing::LongSide);
  m_downsample->setEnabled(wanted.sizing == SnapshotSizing::SlidePixels);
  SnapshotRequest request = chosenSnapshot(m_request, wanted);
  request.file = (QStringLiteral("snapshot.") + endingOf(wanted.format)).toStdString();
  const auto planned = BandedSnapshot::plan(request);
  m_save->setEnabled(planned.has_value());
  if (!planned) return m_estimate->setText(QString::fromStdString(planned.error().sentence));
  const SnapshotCost cost = (*planned)->cost();
  m_estimate->setText(tr("%1 × %2 pixels, %3. The file will have about %4, twice as much or half as much by "
                         "what is shown; at most %5 of memory are taken meanwhile.")
                          .arg(countText(cost.pixels.width()), countText(cost.pixels.height()),
                               magnificationSentence(*request.opened.slide, request.view.downsample),
                               bytesText(qint64(cost.fileBytes), 0), bytesText(qint64(cost.memoryBytes), 0)));
}

}  // namespace geneglass
