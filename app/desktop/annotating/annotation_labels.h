// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "viewer/annotation/annotation_set.h"
#include "viewer/canvas/overlay.h"
#include "viewer/slide/slide.h"

namespace geneglass {

/// What is written beside an annotation: its name; what a ruler, an angle or a counter measures; of a
/// selected one all it measures. Empty for nothing.
QString labelOf(const Annotation& annotation, const std::optional<Mpp>& mpp, bool selected);

/// Names, measures, and what marks the selected ones, over the lines that the canvas draws.
class AnnotationLabels final : public Overlay {
 public:
  AnnotationLabels(AnnotationSetPtr set, std::set<std::string> selection, std::optional<Mpp> mpp);

  void paint(QPainter& painter, const Viewport& viewport) const override;
  QString textAt(Point slide) const override;  ///< class and name of the area that the place lies in

 private:
  struct Label {
    size_t place;  ///< in the set
    QString text;
  };
  void paintSelected(QPainter& painter, const Viewport& viewport) const;

  AnnotationSetPtr m_set;
  std::set<std::string> m_selection;
  std::optional<Mpp> m_mpp;
  std::vector<Label> m_labels;
};

/// Lines, names and measures, with what marks the selected ones; without overlay where there is nothing.
OverlayLayer annotationsLayer(const AnnotationSetPtr& set, const std::set<std::string>& selection,
                              const std::optional<Mpp>& mpp);

}  // namespace geneglass
