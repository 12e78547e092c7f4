// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/browsing/picture_window.h"

#include <QDialogButtonBox>
#include <QPainter>
#include <QPushButton>
#include <QTransform>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace geneglass {
namespace {

constexpr int kMostSide = 900;
constexpr int kLeastSide = 160;

/// As large as it has room.
class FittedPicture final : public QWidget {
 public:
  explicit FittedPicture(const QImage& image) : m_image(image) { setMinimumSize(kLeastSide, kLeastSide); }
  QSize sizeHint() const override {
    const QSize own = m_image.size();
    return std::max(own.width(), own.height()) <= kMostSide
               ? own
               : own.scaled(kMostSide, kMostSide, Qt::KeepAspectRatio);
  }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    QRect place(QPoint(), m_image.size().scaled(size(), Qt::KeepAspectRatio));
    place.moveCenter(rect().center());
    painter.drawImage(place, m_image);
  }

 private:
  const QImage& m_image;
};

}  // namespace

PictureWindow::PictureWindow(const QString& name, QImage image, QWidget* parent)
    : QDialog(parent, Qt::Window), m_image(std::move(image)) {
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(name);
  m_shown = new FittedPicture(m_image);
  m_shown->setObjectName(QStringLiteral("picture"));
  m_shown->setAccessibleName(name);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
  QPushButton* turned = buttons->addButton(tr("&Turn"), QDialogButtonBox::ActionRole);
  turned->setShortcut(Qt::Key_R);
  turned->setToolTip(tr("By a quarter clockwise (R)"));
  connect(turned, &QPushButton::clicked, this, &PictureWindow::turn);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(m_shown, 1);
  layout->addWidget(buttons);
}

void PictureWindow::turn() {
  constexpr double kQuarter = 90;  // degrees
  m_image = m_image.transformed(QTransform().rotate(kQuarter));
  m_shown->updateGeometry();
  resize(QSize(height(), width()));
  m_shown->update();
}

}  // namespace geneglass
