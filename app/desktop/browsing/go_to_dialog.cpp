// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/browsing/go_to_dialog.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>
#include <utility>

#include "app/desktop/browsing/place_text.h"

namespace geneglass {

GoToDialog::GoToDialog(std::shared_ptr<const Slide> slide, Point now, QWidget* parent)
    : QDialog(parent), m_slide(std::move(slide)), m_place(new QLineEdit), m_refusal(new QLabel) {
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("Go to a place"));
  auto* label = new QLabel(m_slide->mpp ? tr("&Place: x and y from the upper left corner, in px, µm or mm")
                                        : tr("&Place: x and y from the upper left corner, in px"));
  label->setBuddy(m_place);
  m_place->setText(pixelsOf(now));
  m_place->selectAll();
  m_place->setAccessibleName(tr("Place"));
  m_place->setMinimumWidth(360);
  m_refusal->setProperty("refusal", true);
  m_refusal->setWordWrap(true);
  m_refusal->setObjectName(QStringLiteral("placeRefusal"));
  m_refusal->hide();
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(label);
  layout->addWidget(m_place);
  layout->addWidget(m_refusal);
  layout->addWidget(buttons);
  layout->setSizeConstraint(QLayout::SetFixedSize);  // grows with what is refused
  connect(buttons, &QDialogButtonBox::accepted, this, &GoToDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void GoToDialog::accept() {
  const auto place = placeOf(m_place->text(), *m_slide);
  if (!place) {
    m_refusal->setText(QString::fromStdString(place.error().sentence));
    m_refusal->show();
    m_place->setFocus();
    m_place->selectAll();
    return;
  }
  Q_EMIT placeWanted(*place);
  QDialog::accept();
}

}  // namespace geneglass
