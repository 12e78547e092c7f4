// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "overlays/overlay_plugin.h"

class QLabel;
class QTableWidget;

namespace geneglass {

/// The chosen gene's hotspots by rank, with area and mean: choosing one asks to go there. GUI thread.
class HotspotPanel final : public QWidget {
  Q_OBJECT

 public:
  explicit HotspotPanel(QWidget* parent = nullptr);
  void showScene(const OverlayScene& scene);
  void step(int by);         ///< chooses the next (1) or the one before (-1), round and round
  QString sentence() const;  ///< over the list, or why there is none

 Q_SIGNALS:
  void areaWanted(const geneglass::Rect& area);  ///< level-0 pixels

 private:
  QString headingOf(const GenePrediction& gene) const;
  void showRows();
  void go(int row);

  OverlayScene m_scene;
  GeneMapPtr m_map;  ///< null where nothing is listed
  QLabel* m_text;
  QTableWidget* m_list;
};

}  // namespace geneglass
