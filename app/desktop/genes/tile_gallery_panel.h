// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>
#include <optional>
#include <vector>

#include "app/desktop/genes/gallery_tiles.h"
#include "app/desktop/session/tile_pictures.h"
#include "overlays/overlay_plugin.h"
#include "viewer/canvas/display_colour.h"

class QLabel;
class QListWidget;

namespace geneglass {

/// What the chosen gene's prediction looks at: the tiles of highest attention, from low to high expression
/// estimate. A click asks to go there. Reads only while it is visible. GUI thread.
class TileGalleryPanel final : public QWidget {
  Q_OBJECT

 public:
  static constexpr int kTiles = 12;
  static constexpr int kSide = 112;  ///< screen pixels of a tile

  explicit TileGalleryPanel(QWidget* parent = nullptr);

  void showScene(const OpenedSlide& opened, const OverlayScene& scene);
  void setDisplayColour(const DisplayColour& colour);  ///< as the canvas shows the slide

  const std::vector<GalleryTile>& tiles() const { return m_tiles; }  ///< as they are shown
  QString sentence() const;                                          ///< over the tiles, or instead of them

 Q_SIGNALS:
  void areaWanted(const geneglass::Rect& area);  ///< level-0 pixels

 protected:
  void showEvent(QShowEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  void choose();
  void showPictures();

  OpenedSlide m_opened;
  OverlayScene m_scene;
  DisplayColour m_colour;
  std::vector<GalleryTile> m_tiles;
  std::optional<Rect> m_goneTo;  ///< the tile that was clicked last
  TilePictures m_pictures;
  bool m_isStale = false;  ///< another scene was shown since they were chosen
  QTimer m_soon;           ///< brings several pictures, or steps of a slider, into one drawing
  QLabel* m_text;
  QListWidget* m_list;
};

}  // namespace geneglass
