// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <vector>

#include "viewer/canvas/viewport.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// An annotation that a series of snapshots shows.
struct SeriesAnnotation {
  QString name;       ///< its own, else its kind: "Rectangle"
  QString className;  ///< empty: none
  Rect bounds;        ///< level-0 pixels
  bool isSelected = false;
};

/// The file names of a series, one an annotation: `{slide}`, `{number}` (from 1, as many digits as the last
/// one has), `{name}` and `{class}` in the pattern are replaced; what a file name cannot hold becomes "_",
/// and a long name is cut. Errors: an ending that is no picture's; two annotations get one name.
Result<QStringList> annotationNames(const QString& pattern, const QString& slide,
                                    const std::vector<SeriesAnnotation>& annotations);

/// "Annotation 3 of 12: invasive front (Tumour)."
QString annotationSentence(const SeriesAnnotation& annotation, size_t number, size_t of);

inline constexpr double kAnnotationMargin = 0.25;  ///< of its longer side, on each side of it

/// All of an annotation with a margin (of its longer side), turned and as many pixels as `view`; never
/// finer than the slide's own pixels, so that a small one stands in what surrounds it.
Viewport annotationView(const Viewport& view, const Rect& bounds, double margin);

}  // namespace geneglass
