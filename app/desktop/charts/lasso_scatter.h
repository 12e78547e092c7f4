// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPolygonF>
#include <QWidget>
#include <vector>

class QCPCurve;
class QCustomPlot;
class QLabel;

namespace geneglass {

/// Two values a tile against each other, a point a tile. Tiles are marked by a line drawn around them with
/// the button held; of very many a part is drawn, and all are marked. GUI thread.
class LassoScatter final : public QWidget {
  Q_OBJECT

 public:
  static constexpr size_t kMostDrawn = 20'000;

  struct Axis {
    QString label;
    std::vector<float> values;  ///< one a tile
  };
  explicit LassoScatter(QWidget* parent = nullptr);

  void showValues(Axis across, Axis up, const QString& title);  ///< nothing is marked then
  void showNothing(const QString& why);
  void mark(const std::vector<bool>& tiles);  ///< one a tile, or empty for none; without emitting

 Q_SIGNALS:
  void lassoed(const std::vector<bool>& tiles);  ///< one a tile

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void addPoints(const std::vector<bool>& marked);
  void drawLasso();
  void close();

  Axis m_across;
  Axis m_up;
  QPolygonF m_lasso;  ///< in values, while it is drawn
  bool m_drawing = false;
  QLabel* m_title;
  QCustomPlot* m_chart;
};

/// Which of the points lie within the closed line.
std::vector<bool> within(const QPolygonF& line, const std::vector<float>& across,
                         const std::vector<float>& up);

}  // namespace geneglass
