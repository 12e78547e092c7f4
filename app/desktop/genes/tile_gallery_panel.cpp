// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/genes/tile_gallery_panel.h"

#include <QGuiApplication>
#include <QLabel>
#include <QListWidget>
#include <QPainter>
#include <QVBoxLayout>
#include <cmath>

#include "app/desktop/genes/in_sight.h"
#include "app/desktop/help/glossary.h"
#include "overlays/reason.h"
#include "viewer/canvas/painting/shown_picture.h"
#include "viewer/wording/number_text.h"

namespace geneglass {
namespace {

constexpr int kSoon = 60;  // ms

/// Without a picture yet, or of one that cannot be read: crossed out.
QPixmap emptyTile(bool damaged, const QPalette& palette) {
  QPixmap tile(TileGalleryPanel::kSide, TileGalleryPanel::kSide);
  tile.fill(palette.color(QPalette::AlternateBase));
  if (damaged) {
    QPainter painter(&tile);
    painter.setPen(palette.color(QPalette::Disabled, QPalette::WindowText));
    painter.drawLine(tile.rect().topLeft(), tile.rect().bottomRight());
    painter.drawLine(tile.rect().topRight(), tile.rect().bottomLeft());
  }
  return tile;
}

QString labelOf(const GalleryTile& tile) {
  const QString expression = numberText(tile.expression, 2);
  return tile.attention ? QStringLiteral("%1  ·  %2×").arg(expression).arg(numberText(*tile.attention, 1))
                        : expression;
}

}  // namespace

TileGalleryPanel::TileGalleryPanel(QWidget* parent)
    : QWidget(parent),
      m_pictures(int(std::lround(kSide * qGuiApp->devicePixelRatio()))),
      m_text(new QLabel),
      m_list(new QListWidget) {
  m_text->setWordWrap(true);
  m_text->setAccessibleName(tr("What the gallery shows"));
  m_list->setAccessibleName(tr("Tiles of highest attention, low to high expression"));
  explain(*this, QStringLiteral("attention"));
  m_list->setViewMode(QListView::IconMode);
  m_list->setMovement(QListView::Static);
  m_list->setResizeMode(QListView::Adjust);
  m_list->setUniformItemSizes(true);
  m_list->setIconSize(QSize(kSide, kSide));
  m_list->setGridSize(QSize(kSide + 8, kSide + fontMetrics().lineSpacing() + 10));
  m_list->setFrameShape(QFrame::NoFrame);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(8, 6, 8, 6);
  layout->addWidget(m_text);
  layout->addWidget(m_list, 1);
  m_soon.setSingleShot(true);
  m_soon.setInterval(kSoon);
  connect(&m_soon, &QTimer::timeout, this, &TileGalleryPanel::showPictures);
  connect(&m_pictures, &TilePictures::pictureRead, this, [this] {
    if (!m_soon.isActive()) m_soon.start();
  });
  const auto go = [this](const QListWidgetItem* item) {
    const auto row = size_t(m_list->row(item));
    if (row >= m_tiles.size()) return;
    m_goneTo = m_tiles[row].area;
    Q_EMIT areaWanted(*m_goneTo);
  };
  connect(m_list, &QListWidget::itemClicked, this, go);
  connect(m_list, &QListWidget::itemActivated, this, go);
  choose();
}

void TileGalleryPanel::showScene(const OpenedSlide& opened, const OverlayScene& scene) {
  m_opened = opened;
  m_scene = scene;
  m_isStale = true;
  if (isInSight(*this)) choose();
}

void TileGalleryPanel::setDisplayColour(const DisplayColour& colour) {
  m_colour = colour;
  if (isVisible() && !m_tiles.empty()) m_soon.start();
}

QString TileGalleryPanel::sentence() const {
  return m_text->text();
}

void TileGalleryPanel::paintEvent(QPaintEvent* event) {
  const auto catchUp = [this] {
    if (m_isStale) choose();
  };
  if (m_isStale) QMetaObject::invokeMethod(this, catchUp, Qt::QueuedConnection);
  QWidget::paintEvent(event);
}

void TileGalleryPanel::showEvent(QShowEvent* event) {
  choose();
  QWidget::showEvent(event);
}

void TileGalleryPanel::choose() {
  m_isStale = false;
  m_tiles.clear();
  const Result<GeneMapPtr> map = mapToShow(m_scene.prediction.get(), m_scene.gene);
  if (map) {
    const GenePrediction& gene = m_scene.prediction->genes[size_t(m_scene.gene)];
    m_tiles = chooseGalleryTiles(m_scene.prediction->grid, **map, kTiles);
    const bool weighs = !m_tiles.empty() && m_tiles.front().attention;
    const QString what =
        weighs ? tr("What the prediction of %1 (held-out r %2) looks at: its %3 tiles of highest attention, "
                    "from low to high expression. Below each: expression estimate (%4), attention (1× = "
                    "uniform).")
               : tr("What moves the prediction of %1 (held-out r %2) most: the %3 tiles farthest from the "
                    "training mean, from low to high expression. Below each: expression estimate (%4).");
    m_text->setText(what.arg(QString::fromStdString(gene.symbol))
                        .arg(numberText(gene.heldOutR, 2))
                        .arg(m_tiles.size())
                        .arg(QString::fromStdString(m_scene.prediction->labelUnit)));
  } else {
    m_text->setText(QString::fromStdString(map.error().sentence));
  }
  std::vector<Rect> areas;
  for (const GalleryTile& tile : m_tiles) areas.push_back(tile.area);
  if (m_opened.slide) m_pictures.want(m_opened, areas);
  showPictures();
}

void TileGalleryPanel::showPictures() {
  m_soon.stop();
  const bool same = m_list->count() == int(m_tiles.size());
  if (!same) m_list->clear();
  for (size_t row = 0; row < m_tiles.size(); ++row) {
    const GalleryTile& tile = m_tiles[row];
    const std::optional<QImage> picture = m_pictures.picture(tile.area);
    const bool shown = picture && !picture->isNull();
    QListWidgetItem* item = same ? m_list->item(int(row)) : new QListWidgetItem(m_list);
    const QPixmap pixmap =
        shown ? QPixmap::fromImage(shownAs(*picture, m_colour)) : emptyTile(picture.has_value(), palette());
    QIcon icon(pixmap);
    icon.addPixmap(pixmap, QIcon::Selected);  // a tint would be taken for a stain
    item->setIcon(icon);
    item->setSelected(m_goneTo == tile.area);
    item->setText(labelOf(tile));
    item->setToolTip(picture && !shown ? tr("This tile cannot be read.") : tr("Go there"));
  }
}

}  // namespace geneglass
