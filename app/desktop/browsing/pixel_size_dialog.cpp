// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/browsing/pixel_size_dialog.h"

#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "app/desktop/workplace/typed_pixel_sizes.h"

namespace geneglass {

PixelSizeDialog::PixelSizeDialog(std::shared_ptr<const Slide> slide, QWidget* parent) : QDialog(parent) {
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("Micrometres per pixel"));
  auto* size = new QDoubleSpinBox;
  size->setDecimals(4);
  size->setRange(0.01, 50);
  size->setSingleStep(0.01);
  size->setValue(slide->mpp ? slide->mpp->mean() : 0.5);
  size->setAccessibleName(tr("Micrometres per pixel"));
  size->selectAll();
  auto* label =
      new QLabel(tr("How many &micrometres is one pixel of the finest level wide?\n"
                    "About 0.25 for a 40× scan, 0.5 for a 20× scan.\n"
                    "It is remembered for this slide, whatever its file is called."));
  label->setBuddy(size);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(label);
  layout->addWidget(size);
  layout->addWidget(buttons);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(buttons, &QDialogButtonBox::accepted, this, [this, slide, size] {
    rememberPixelSize(slide->hash, size->value());
    Q_EMIT chosen(size->value());
    accept();
  });
  if (!typedPixelSize(slide->hash)) return;
  QPushButton* forget = buttons->addButton(tr("As the File Says"), QDialogButtonBox::ResetRole);
  connect(forget, &QPushButton::clicked, this, [this, slide] {
    forgetPixelSize(slide->hash);
    Q_EMIT chosen({});
    accept();
  });
}

}  // namespace geneglass
