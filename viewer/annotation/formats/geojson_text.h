// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewer/annotation/annotation_dialect.h"

namespace geneglass {

/// A FeatureCollection as QuPath 0.5 writes and reads it. What QuPath has no shape for (angles, ellipses that
/// are turned) stands there as a line or polygon, and exactly in a member "geneglass" of the properties,
/// which QuPath passes over. Never fails.
Result<AnnotationDialect::Text> geoJsonText(const AnnotationSet& set, const SlideFrame* slide);

}  // namespace geneglass
