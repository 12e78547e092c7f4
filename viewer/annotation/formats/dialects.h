// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewer/annotation/annotation_dialect.h"

namespace geneglass {

// The rows of the table in annotation_file.cpp; each stands at the end of its own file.
extern const AnnotationDialect kGeoJson;
extern const AnnotationDialect kAsapXml;
extern const AnnotationDialect kImageScopeXml;
extern const AnnotationDialect kHistomicsJson;
extern const AnnotationDialect kNdpaXml;

}  // namespace geneglass
