// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/browsing/slide_list_panel.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>
#include <utility>

namespace geneglass {

SlideListPanel::SlideListPanel(Workplace& workplace, QWidget* parent)
    : QWidget(parent),
      m_glances(workplace),
      m_listing(this, workplace),
      m_view(new QListView),
      m_place(new QLabel(tr("No folder is listed yet."))) {
  m_view->setModel(&m_slides);
  m_view->setUniformItemSizes(true);
  m_view->setIconSize(QSize(SlideGlances::kSide, SlideGlances::kSide) / 1.5);
  m_view->setAccessibleName(tr("Slides"));
  m_view->setTextElideMode(Qt::ElideMiddle);
  m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_place->setAccessibleName(tr("What the list is of"));
  m_place->setWordWrap(true);
  auto* folder = new QPushButton(tr("Folder…"));
  folder->setAccessibleName(tr("List the slides of a folder"));
  auto* manifest = new QPushButton(tr("Manifest…"));
  manifest->setAccessibleName(tr("List the slides of a manifest"));
  manifest->setToolTip(tr("A CSV with a column “slide” and, optional, “name” and “mpp”; a cohort will do"));
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(folder);
  buttons->addWidget(manifest);
  buttons->addStretch();
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(8, 8, 8, 8);
  layout->addLayout(buttons);
  layout->addWidget(m_place);
  layout->addWidget(m_view, 1);
  m_wish.setSingleShot(true);
  m_wish.setInterval(50);
  connect(&m_wish, &QTimer::timeout, this, &SlideListPanel::wantVisible);
  connect(m_view->verticalScrollBar(), &QScrollBar::valueChanged, &m_wish, qOverload<>(&QTimer::start));
  connect(m_view->verticalScrollBar(), &QScrollBar::rangeChanged, &m_wish, qOverload<>(&QTimer::start));
  connect(folder, &QPushButton::clicked, this, &SlideListPanel::askForFolder);
  connect(manifest, &QPushButton::clicked, this, &SlideListPanel::askForManifest);
  connect(m_view, &QListView::activated, this,
          [this](const QModelIndex& at) { Q_EMIT slideWanted(m_slides.slides()[size_t(at.row())]); });
  connect(&m_slides, &QAbstractItemModel::dataChanged, &m_wish, qOverload<>(&QTimer::start));
  connect(&m_glances, &SlideGlances::read, &m_slides, &SlideList::takeGlance);
  connect(&workplace, &Workplace::modelTaken, this, [this] {
    m_slides.forgetPredictions();
    m_wish.start();
  });
}

void SlideListPanel::askForFolder() {
  auto* dialog = new QFileDialog(this, tr("A folder of slides"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::Directory);
  if (!m_open.empty()) dialog->setDirectory(QString::fromStdString(m_open.parent_path().string()));
  connect(dialog, &QFileDialog::fileSelected, this,
          [this](const QString& folder) { listFolder(folder.toStdString()); });
  dialog->open();
}

void SlideListPanel::askForManifest() {
  auto* dialog = new QFileDialog(this, tr("A manifest: a table with a column “slide”"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFile);
  dialog->setNameFilters({tr("Tables (*.csv *.tsv)"), tr("All files (*)")});
  connect(dialog, &QFileDialog::fileSelected, this,
          [this](const QString& file) { listManifest(file.toStdString()); });
  dialog->open();
}

void SlideListPanel::listFolder(const std::filesystem::path& folder) {
  list(folder, slidesOfFolder, true);
}

void SlideListPanel::listManifest(const std::filesystem::path& csv) {
  list(csv, slidesOfManifest, true);
}

void SlideListPanel::list(const std::filesystem::path& place, const List& read, bool isAsked) {
  m_listing.start<std::vector<ListedSlide>>(
      place, [place, read](const std::stop_token&) { return read(place); },
      [this, place, isAsked](const Result<std::vector<ListedSlide>>& slides) {
        if (slides) take(place, *slides);
        if (!isAsked) return;
        if (slides)
          Q_EMIT listed();
        else
          Q_EMIT refused(QString::fromStdString(slides.error().sentence));
      });
}

void SlideListPanel::take(const std::filesystem::path& place, std::vector<ListedSlide> slides) {
  const int count = int(slides.size());
  m_slides.setSlides(std::move(slides));
  const QString name = QString::fromStdString(place.filename().string());
  m_place->setText(count == 1 ? tr("1 slide of %1").arg(name) : tr("%1 slides of %2").arg(count).arg(name));
  m_place->setToolTip(QString::fromStdString(place.string()));
  m_slides.setOpen(m_open);
  select(m_slides.rowOf(m_open));
  m_wish.start();
}

void SlideListPanel::select(int row) {
  if (row < 0) return;
  m_view->setCurrentIndex(m_slides.index(row));
  m_view->scrollTo(m_slides.index(row));
}

void SlideListPanel::showOpen(const std::filesystem::path& file) {
  m_open = file;
  m_slides.setOpen(file);
  if (m_slides.rowOf(file) >= 0) return select(m_slides.rowOf(file));
  if (!file.empty()) list(file.parent_path(), slidesOfFolder, false);
}

void SlideListPanel::step(int rows) {
  const int count = m_slides.rowCount();
  if (count == 0)
    return Q_EMIT said(tr("No slides are listed: open one, or choose a folder in the panel Slides."));
  const int from = m_slides.rowOf(m_open);
  const int row = from < 0 ? (rows > 0 ? 0 : count - 1) : from + rows;
  if (row < 0) return Q_EMIT said(tr("This is the first slide of the list."));
  if (row >= count) return Q_EMIT said(tr("This is the last slide of the list."));
  select(row);
  Q_EMIT slideWanted(m_slides.slides()[size_t(row)]);
}

/// What nobody sees is not read.
void SlideListPanel::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  m_wish.start();
}

/// Those in view first, then a page after them, so that scrolling finds them there.
void SlideListPanel::wantVisible() {
  if (!m_view->isVisible()) return;
  const QRect seen = m_view->viewport()->rect();
  const QModelIndex first = m_view->indexAt(seen.topLeft() + QPoint(4, 4));
  if (!first.isValid()) return;
  const int height = std::max(1, m_view->visualRect(first).height());
  const int page = seen.height() / height + 2;
  std::vector<ListedSlide> wanted;
  for (int row = first.row(); row < std::min(m_slides.rowCount(), first.row() + 2 * page); ++row)
    if (!m_slides.isGlanced(row)) wanted.push_back(m_slides.slides()[size_t(row)]);
  m_glances.want(std::move(wanted));
}

}  // namespace geneglass
