// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "viewer/annotation/annotation_dialect.h"

namespace geneglass {

/// Numbers that go with an annotation, as QuPath shows them in its tables; by the annotation's id.
using AnnotationNumbers = std::map<std::string, std::vector<std::pair<std::string, double>>>;

/// A FeatureCollection as QuPath 0.5 writes and reads it. What QuPath has no shape for (angles, ellipses that
/// are turned) stands there as a line or polygon, and exactly in a member "geneglass" of the properties,
/// which QuPath passes over. Never fails.
Result<AnnotationDialect::Text> geoJsonText(const AnnotationSet& set, const SlideFrame* slide);
/// The same with measurements; those that are not finite are left out.
Result<AnnotationDialect::Text> geoJsonText(const AnnotationSet& set, const SlideFrame* slide,
                                            const AnnotationNumbers& numbers);

}  // namespace geneglass
