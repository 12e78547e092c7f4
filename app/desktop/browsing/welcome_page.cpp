// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/browsing/welcome_page.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QResizeEvent>
#include <algorithm>
#include <system_error>

#include "inference/package/model_package.h"

namespace geneglass {
namespace {

constexpr int kMostRecent = 6;
constexpr int kWidth = 460;  // of a line of buttons

}  // namespace

std::filesystem::path demonstrationSlide() {
  const std::filesystem::path file =
      shippedModelFolder().parent_path().parent_path() / "demo" / "her2st-C5" / "her2st-C5.tif";
  std::error_code error;
  return std::filesystem::exists(file, error) ? file : std::filesystem::path();
}

WelcomePage::WelcomePage(QWidget* parent)
    : QWidget(parent), m_buttons(new QHBoxLayout), m_recent(new QVBoxLayout) {
  setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);  // no slide is kept wide by what lies behind it
  setObjectName(QStringLiteral("welcome"));
  setAttribute(Qt::WA_StyledBackground);
  auto* words = new QLabel(tr("Open a slide with Ctrl+O, or drop its file here."));
  words->setAlignment(Qt::AlignCenter);
  words->setWordWrap(true);
  const auto add = [this](const QString& text, auto deed) {
    auto* button = new QPushButton(text);
    button->setAccessibleName(text);
    m_buttons->addWidget(button);
    connect(button, &QPushButton::clicked, this, deed);
  };
  add(tr("Open…"), &WelcomePage::openWanted);
  add(tr("Slides of a Folder…"), &WelcomePage::folderWanted);
  if (const auto demonstration = demonstrationSlide(); !demonstration.empty())
    add(tr("Demonstration Slide"),
        [this, file = QString::fromStdString(demonstration.string())] { Q_EMIT fileWanted(file); });
  auto* column = new QWidget;
  column->setMaximumWidth(kWidth);
  auto* layout = new QVBoxLayout(column);
  layout->addWidget(words);
  layout->addSpacing(8);
  layout->addLayout(m_buttons);
  layout->addSpacing(8);
  layout->addLayout(m_recent);
  auto* centred = new QHBoxLayout;
  centred->addStretch();
  centred->addWidget(column, 1);
  centred->addStretch();
  auto* page = new QVBoxLayout(this);
  page->addStretch();
  page->addLayout(centred);
  page->addStretch();
}

/// Buttons that have no room beside each other stand below each other.
void WelcomePage::resizeEvent(QResizeEvent* event) {
  int beside = 4 * m_buttons->spacing();
  for (int place = 0; place < m_buttons->count(); ++place)
    beside += m_buttons->itemAt(place)->sizeHint().width();
  m_buttons->setDirection(beside > event->size().width() - 2 * m_buttons->spacing()
                              ? QBoxLayout::TopToBottom
                              : QBoxLayout::LeftToRight);
  shortenRecent();
  QWidget::resizeEvent(event);
}

void WelcomePage::showRecent(const QStringList& files) {
  while (QLayoutItem* item = m_recent->takeAt(0)) {
    delete item->widget();
    delete item;
  }
  for (const QString& file : files.mid(0, kMostRecent)) {
    auto* button = new QPushButton;
    button->setFlat(true);
    button->setToolTip(file);
    button->setAccessibleName(tr("Open %1 again").arg(file));
    m_recent->addWidget(button);
    connect(button, &QPushButton::clicked, this, [this, file] { Q_EMIT fileWanted(file); });
  }
  shortenRecent();
}

void WelcomePage::shortenRecent() {
  for (int place = 0; place < m_recent->count(); ++place) {
    auto* button = qobject_cast<QPushButton*>(m_recent->itemAt(place)->widget());
    const QFileInfo info(button->toolTip());
    button->setText(button->fontMetrics().elidedText(tr("%1   in %2").arg(info.fileName(), info.path()),
                                                     Qt::ElideMiddle, std::min(kWidth, width()) - 60));
  }
}

}  // namespace geneglass
